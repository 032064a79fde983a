// What is said of filters that are none: the place, marked, and the reason.
#include <string>

#include "catch.h"
#include "filter/problem.h"
#include "filter/program.h"

using namespace tracedrop;

namespace {

/// "reason\n    filter\n    ^~~~".
std::string complaint(const std::string& text) {
  filter::Problem problem;
  if (filter::compile(text, problem) != nullptr) return "none";
  return problem.text + '\n' + filter::marked(text, problem.place);
}

std::string warning(const std::string& text) {
  filter::Problem problem;
  const auto program = filter::compile(text, problem);
  if (program == nullptr || program->warnings.size() != 1) return "not one";
  return program->warnings[0].text + '\n' + filter::marked(text, program->warnings[0].place);
}

}  // namespace

TEST_CASE("filter errors: names") {
  CHECK(complaint("htp.request") ==
        "\"htp.request\" is no known field or protocol; did you mean http.request?\n"
        "    htp.request\n"
        "    ^~~~~~~~~~~");
  CHECK(complaint("ip && tcp.prt == 80") ==
        "\"tcp.prt\" is no known field or protocol; did you mean tcp.port?\n"
        "    ip && tcp.prt == 80\n"
        "          ^~~~~~~");
  CHECK(complaint("TCP") == "\"TCP\" is no known field or protocol; did you mean tcp?\n    TCP\n    ^~~");
  CHECK(complaint("zzzzzzzzzz.qqqq") ==
        "\"zzzzzzzzzz.qqqq\" is no known field or protocol\n    zzzzzzzzzz.qqqq\n    ^~~~~~~~~~~~~~~");
  CHECK(complaint("tcp.len == tcp.lenn") ==
        "\"tcp.lenn\" is no number\n    tcp.len == tcp.lenn\n               ^~~~~~~~");
  CHECK(complaint("leng(tcp) == 3") ==
        "there is no function leng(); did you mean len()?\n    leng(tcp) == 3\n    ^~~~");
  CHECK(complaint("port == 80") ==
        "\"port\" is no known field or protocol: this is how capture filters begin; here one writes tcp.port == 80 or "
        "udp.port == 53\n    port == 80\n    ^~~~");
}

TEST_CASE("filter errors: signs") {
  CHECK(complaint("tcp.port = 80") == "one = compares nothing: write ==\n    tcp.port = 80\n             ^");
  CHECK(complaint("tcp | udp") == "one | is none of the operators: write ||, or the word or\n    tcp | udp\n        ^");
  CHECK(complaint("tcp AND udp") == "operators are written in small letters: and\n    tcp AND udp\n        ^~~");
  CHECK(complaint("tcp.port 80") ==
        "an operator is missing before this: == for a comparison, && between two tests\n    tcp.port 80\n             "
        "^~");
  CHECK(complaint("tcp.port ==") ==
        "the filter ends too early: something must follow\n    tcp.port ==\n               ^");
  CHECK(complaint("") == "the filter is empty\n    \n    ^");
  CHECK(complaint("(tcp") == "this parenthesis is not closed\n    (tcp\n    ^");
  CHECK(complaint("tcp)") == "nothing opened this parenthesis\n    tcp)\n       ^");
  CHECK(
      complaint("(tcp.len) == 0") ==
      "parentheses group tests; numbers are grouped by braces: {tcp.len + 1} == 5\n    (tcp.len) == 0\n    ^~~~~~~~~");
  CHECK(complaint("frame.number in {1 2}") ==
        "the members of a set are separated by commas\n    frame.number in {1 2}\n                       ^");
  CHECK(complaint("frame[2-1]") == "[2-1] ends before it begins\n    frame[2-1]\n          ^~~");
  CHECK(complaint("http.host == \"abc") == "the closing \" is missing\n    http.host == \"abc\n                 ^~~~");
  CHECK(complaint("tcp.port == \xC3\xA9") ==
        "this character can stand in double quotes only\n    tcp.port == \xC3\xA9\n                ^");
  CHECK(complaint(std::string(1000, '!') + "tcp").substr(0, 32) == "the filter is nested too deeply\n");
}

TEST_CASE("filter errors: values") {
  CHECK(complaint("tcp.port == 99999") ==
        "99999 is too large for tcp.port, which is at most 65535\n    tcp.port == 99999\n                ^~~~~");
  CHECK(complaint("tcp.port == \"80\"") ==
        "\"80\" in quotes is a text, and a number is wanted here\n    tcp.port == \"80\"\n                ^~~~");
  CHECK(complaint("ip.addr == 10.0.0") ==
        "\"10.0.0\" is not an IPv4 address: write 192.0.2.1, or 192.0.2.0/24 for a network\n    ip.addr == 10.0.0\n"
        "               ^~~~~~");
  CHECK(complaint("ip.addr == 10.0.0.0/33") ==
        "a prefix has at most 32 bits here, not 33\n    ip.addr == 10.0.0.0/33\n               ^~~~~~~~~~~");
  CHECK(complaint("eth.addr == 00:11:22") ==
        "\"00:11:22\" has 3 bytes, a MAC address has 6\n    eth.addr == 00:11:22\n                ^~~~~~~~");
  CHECK(complaint("ip.proto == \"Foo\"") ==
        "\"Foo\" is none of the names that values of ip.proto have\n    ip.proto == \"Foo\"\n                ^~~~~");
  CHECK(complaint("frame.time > \"yesterday\"").substr(0, 36) == "\"yesterday\" is no date and time: wri");
  CHECK(complaint("ip.src == eth.src") ==
        "ip.src is an IPv4 address, and eth.src is a MAC address: these cannot be compared\n    ip.src == eth.src\n"
        "              ^~~~~~~");
  CHECK(complaint("ip.proto == udp") ==
        "ip.proto is a number, and udp is a protocol's bytes: these cannot be compared; a name of a value stands in "
        "quotes: \"udp\"\n    ip.proto == udp\n                ^~~");
  CHECK(complaint("tcp.port contains 80") ==
        "tcp.port is a number, in which nothing can be searched; string(tcp.port) is its text\n    tcp.port contains "
        "80\n    ^~~~~~~~");
  CHECK(complaint("http.host matches foo") ==
        "a regular expression stands in double quotes: matches \"foo\"\n    http.host matches foo\n"
        "                      ^~~");
  CHECK(complaint("http.host matches \"(\"").substr(0, 33) == "this is no regular expression: mi");
  CHECK(complaint("5 == 5").substr(0, 30) == "\"5\" is no known field or proto");
  CHECK(complaint("tcp.port[0] == 1").substr(0, 40) == "this is a number, which has no bytes to ");
}

TEST_CASE("filter warnings: old names, and what can be read in two ways") {
  CHECK(warning("ssl") == "\"ssl\" is an old name; it is called tls now\n    ssl\n    ^~~");
  CHECK(warning("tcp or udp and ip") ==
        "\"and\" binds more strongly than \"or\"; parentheses around this say so\n    tcp or udp and ip\n"
        "           ^~~~~~~~~~");
  CHECK(warning("tcp or (udp and ip)") == "not one");
}
