#include "catch.h"
#include "filter.h"
#include "hosts.h"

using namespace tracedrop::native_capture;

namespace {

Host host(const char* address) { return resolve_host(address); }

/// The place and the hint of an error: "4-7 did you mean 'port'?".
std::string place(const std::string& expression) {
  const auto error = check_filter(expression);
  if (!error) return "usable";
  return std::to_string(error->begin) + "-" + std::to_string(error->end) +
         (error->suggestion.empty() ? "" : " " + error->suggestion);
}

}  // namespace

TEST_CASE("the filter takes every address of every host, each once") {
  CHECK(build_filter({}, "").empty());
  CHECK(build_filter({host("192.0.2.1")}, "") == "host 192.0.2.1");
  CHECK(build_filter({host("192.0.2.1"), host("2001:db8::1"), host("192.0.2.1")}, "") ==
        "host 192.0.2.1 or host 2001:db8::1");
}

TEST_CASE("an expression of one's own comes on top, and cannot change what it is joined with") {
  CHECK(build_filter({}, "tcp or udp") == "tcp or udp");
  CHECK(build_filter({host("192.0.2.1")}, "tcp or udp") == "host 192.0.2.1 and (tcp or udp)");
  CHECK(build_filter({host("192.0.2.1"), host("192.0.2.2")}, "tcp or udp") ==
        "(host 192.0.2.1 or host 192.0.2.2) and (tcp or udp)");
  CHECK(place("tcp) or (udp") == "3-4");
}

TEST_CASE("expressions for any link type are usable") {
  for (const char* text :
       {"", "host 192.0.2.1", "tcp port 443 and not net 10.0.0.0/8", "tcp[13] & 2 != 0", "wlan type mgt",
        "vlan 5 and udp", "ether host 00:00:5e:00:53:01", "(tcp or udp) and len > 100"})
    CHECK(place(text) == "usable");
}

TEST_CASE("the place of an error is the first word that nothing can be made of") {
  CHECK(place("tcp prt 80") == "4-7 did you mean 'port'?");
  CHECK(place("hsot 192.0.2.1") == "0-4 did you mean 'host'?");
  CHECK(place("udp adn port 53") == "4-7 did you mean 'and'?");
  CHECK(place("tcp port 80 and and udp") == "16-19");
  CHECK(place("tcp port 80)") == "11-12");
  CHECK(place("host 192.0.2.1 port 80") == "15-19");
  CHECK(place("port 99999") == "5-10");
  CHECK(place("tcp port") == "8-8 the expression ends too early");
  CHECK(place("not (tcp and (udp)") == "18-18 the expression ends too early");
  CHECK(place("tcp[13] & 2 ==") == "14-14 the expression ends too early");
}

TEST_CASE("one of Wireshark's display filters is recognised") {
  CHECK(place("ip.addr == 192.0.2.1").find("Wireshark's display filters") != std::string::npos);
  CHECK(place("tcp.port == 80").find("Wireshark's display filters") != std::string::npos);
}

TEST_CASE("the message marks the place, in columns as they are seen") {
  CHECK(filter_error_text("port zwölf", {"unknown port 'zwölf'", 5, 11, ""}) ==
        "this is not a capture filter: unknown port 'zwölf'\n"
        "  port zwölf\n"
        "       ^~~~~\n"
        "Examples: 'tcp port 443', 'udp port 53 or icmp', 'net 192.0.2.0/24 and not port 22'; all of it: man "
        "pcap-filter.");
}

TEST_CASE("a host may be pasted as a URL") {
  CHECK(host_in_url("www.example.org") == "www.example.org");
  CHECK(host_in_url("https://www.example.org/a/b?c#d") == "www.example.org");
  CHECK(host_in_url("https://user:word@www.example.org:8443/") == "www.example.org");
  CHECK(host_in_url("www.example.org/a") == "www.example.org");
  CHECK(host_in_url("192.0.2.1:443") == "192.0.2.1");
  CHECK(host_in_url("2001:db8::1") == "2001:db8::1");
  CHECK(host_in_url("http://[2001:db8::1]:80/") == "2001:db8::1");
  CHECK(host_in_url("fe80::1%eth0") == "fe80::1%eth0");
}

TEST_CASE("addresses are taken as they are") {
  const Host v4 = host("128.135.24.72");
  REQUIRE(v4.addresses.size() == 1);
  CHECK(v4.addresses[0].text() == "128.135.24.72");
  CHECK_FALSE(v4.addresses[0].is_loopback());
  const Host v6 = host("2001:DB8:0::1");
  REQUIRE(v6.addresses.size() == 1);
  CHECK(v6.addresses[0].text() == "2001:db8::1");
  CHECK(host("127.0.0.9").addresses[0].is_loopback());
  CHECK(host("::1").addresses[0].is_loopback());
  CHECK(host("fe80::1").addresses[0].is_link_local_v6());
  CHECK_FALSE(host("2001:db8::1").addresses[0].is_link_local_v6());
}
