// SNMP, and the BER that it is written in: rows and trees of what fits and of what does not.
#include "catch.h"
#include "dissect/tree_text.h"
#include "packet_fixtures.h"

using namespace tracedrop;
using test::octets;
using test::Octets;
using test::Rows;
using test::operator+;
using Lines = std::vector<std::string>;

namespace {

Octets snmp(std::string_view message, bool is_answer = false) {
  const Octets payload = octets(message);
  const Octets ports = octets(is_answer ? "00A1 9C40" : "9C40 00A1");
  test::Ipv4 header;
  if (is_answer) std::swap(header.source, header.destination);
  const Octets length = test::be16(static_cast<unsigned>(payload.size() + 8));
  return test::ethernet(0x0800, test::ipv4(17, ports + length + octets("0000") + payload, header));
}

std::string text_of(const dissect::Tree& tree, const dissect::Line& line) {
  std::string text;
  append_line_text(text, tree, line);
  return line.is_generated ? '[' + text + ']' : text;
}

/// All lines from the first on whose text begins with `from`.
Lines lines_from(Rows& rows, size_t packet, std::string_view from) {
  const dissect::Tree tree = rows.tree(packet);
  Lines all;
  for (const dissect::Line& line : tree.lines()) {
    const std::string text = text_of(tree, line);
    if (line.is_hidden || (all.empty() && text.compare(0, from.size(), from) != 0)) continue;
    all.push_back(text);
  }
  return all;
}

std::string row_of(std::string_view message) { return test::row_of(test::kEthernet, snmp(message)); }

// get-request 7 of sysName.0: 1.3.6.1.2.1.1.5.0
constexpr std::string_view kRequest =
    "3026 020101 0406'public' A019 020107 020100 020100 300E 300C 06082B06010201010500 0500";
constexpr std::string_view kResponse =
    "3029 020101 0406'public' A21C 020107 020100 020100 3011 300F 06082B06010201010500 0403'abc'";

}  // namespace

TEST_CASE("snmp: a request and its answer know each other, however often they come") {
  Rows rows;
  rows.add(snmp(kRequest)).add(snmp(kRequest)).add(snmp(kResponse, true)).add(snmp(kResponse, true));
  CHECK(lines_from(rows, 0, "[Response").front() == "[Response In: 4]");
  CHECK(lines_from(rows, 2, "[Response").front() == "[Response In: 4]");
  CHECK(lines_from(rows, 3, "[Response").front() == "[Response To: 2]");
}

TEST_CASE("snmp: a binding's line says the name and the value") {
  Rows rows;
  rows.add(snmp(kResponse, true));
  CHECK(lines_from(rows, 0, "variable-bindings") == Lines{"variable-bindings: 1 item", "1.3.6.1.2.1.1.5.0: \"abc\"",
                                                          "Object Name: 1.3.6.1.2.1.1.5.0 (iso.3.6.1.2.1.1.5.0)",
                                                          "Value (OctetString): \"abc\"",
                                                          "Variable-binding-string: abc"});
}

TEST_CASE("snmp: what does not begin as a message is nobody's, what ends too early is malformed") {
  CHECK(row_of("3005 'abc'") == "10.0.0.1 > 10.0.0.2 | UDP | 40000 → 161 Len=5");
  CHECK(row_of("3026 020101 0406'public' A019 020107 020100") == "10.0.0.1 > 10.0.0.2 | UDP | 40000 → 161 Len=21");
  CHECK(row_of("30") == "10.0.0.1 > 10.0.0.2 | UDP | 40000 → 161 Len=1[Malformed Packet]");
  CHECK(row_of("3007 020104 040161 05") == "10.0.0.1 > 10.0.0.2 | SNMP | 40000 → 161 Len=9");
  CHECK(row_of("300E 020101 0406'public' A07F0201") == "10.0.0.1 > 10.0.0.2 | SNMP | [Malformed Packet]");
}

TEST_CASE("snmp: indefinite lengths end with two zeros, at most eight within each other") {
  CHECK(row_of("3080 020101 0401'p' A080 020107 020100 020100 3000 0000 0000") ==
        "10.0.0.1 > 10.0.0.2 | SNMP | get-request");
  std::string nested;
  for (int i = 0; i < 2000; ++i) nested += "3080 ";
  CHECK(row_of(nested) == "10.0.0.1 > 10.0.0.2 | UDP | 40000 → 161 Len=4000");
}

TEST_CASE("snmp: components that ASN.1 does not know there") {
  Rows rows;
  rows.add(snmp("3014 020101 0401'p' A00C 0401'x' 020100 020100 0500 0500"));
  const Lines lines = lines_from(rows, 0, "BER Error");
  CHECK(lines.front() ==
        "BER Error: Wrong field in SEQUENCE: expected class:UNIVERSAL(0) tag:2(INTEGER) but found class:UNIVERSAL(0) "
        "tag:4");
  CHECK(std::count(lines.begin(), lines.end(),
                   "BER Error: Wrong field in SEQUENCE: expected class:UNIVERSAL(0) tag:16(SEQUENCE) but found "
                   "class:UNIVERSAL(0) tag:5") == 1);
}
