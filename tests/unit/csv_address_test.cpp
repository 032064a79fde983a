// Addresses in Source and Destination cells.
#include <string>

#include "base/address_text.h"
#include "base/text.h"
#include "catch.h"

namespace tracedrop::test {
namespace {

/// "ipv4 192.0.2.1": the kind, and the address as it is shown.
std::string read(std::string_view text) {
  const Address address = parse_address(text);
  static constexpr const char* kKinds[] = {"none ", "mac ", "ipv4 ", "ipv6 ", "text "};
  std::string out = kKinds[static_cast<int>(address.kind())];
  append_address(out, address);
  return out;
}

}  // namespace

TEST_CASE("csv address: addresses") {
  CHECK(read("192.0.2.1") == "ipv4 192.0.2.1");
  CHECK(read("0.0.0.0") == "ipv4 0.0.0.0");
  CHECK(read("255.255.255.255") == "ipv4 255.255.255.255");
  CHECK(read("00:11:22:aA:bb:cc") == "mac 00:11:22:aa:bb:cc");
  CHECK(read("::") == "ipv6 ::");
  CHECK(read("::1") == "ipv6 ::1");
  CHECK(read("fe80::1") == "ipv6 fe80::1");
  CHECK(read("FF02::FB") == "ipv6 ff02::fb");
  CHECK(read("2001:db8::") == "ipv6 2001:db8::");
  CHECK(read("2001:db8:1:2:3:4:5:6") == "ipv6 2001:db8:1:2:3:4:5:6");
  CHECK(read("2001:0db8:0:0::0001") == "ipv6 2001:db8::1");
  CHECK(read("::ffff:192.0.2.1") == "ipv6 ::ffff:192.0.2.1");
  CHECK(read("64:ff9b::192.0.2.33") == "ipv6 64:ff9b::c000:221");
  CHECK(read("") == "none ");
}

TEST_CASE("csv address: names, and what only looks like an address") {
  for (const char* text : {"www.example",
                           "192.0.2",
                           "192.0.2.1.5",
                           "192.0.2.256",
                           "192.0.2.01",
                           "192.0.2.1 ",
                           "1.2.3.",
                           ".1.2.3.4",
                           "00:11:22:33:44",
                           "00:11:22:33:44:5g",
                           "0:11:22:33:44:55:6",
                           "00:1c:da:ff:ff:00:20:07",
                           ":",
                           ":::",
                           "1::2::3",
                           "12345::",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7",
                           "::1:2:3:4:5:6:7:8",
                           "fe80::1%eth0",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "fe80:",
                           ":1",
                           "Broadcast",
                           "Cisco_11:22:33",
                           "0x0000"}) {
    CHECK(read(text) == std::string("text ") + text);
  }
}

}  // namespace tracedrop::test
