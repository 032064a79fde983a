// The detail trees of DNS, LLMNR and the NetBIOS name service, line by line as Wireshark shows them.
#include <algorithm>

#include "catch.h"
#include "dissect/protocol.h"
#include "dissect/tree_text.h"
#include "packet_fixtures.h"

using namespace tracedrop;
using test::octets;
using test::Octets;
using test::Rows;
using test::udp_frame;
using Lines = std::vector<std::string>;

namespace {

/// The lines from the first on whose text begins with `from`, down to the end of the packet, two blanks a level.
Lines lines_from(const dissect::Tree& tree, std::string_view from) {
  Lines all;
  const auto depth_of = [&](const dissect::Line& line) {
    size_t depth = 0;
    for (uint32_t up = line.parent; up != dissect::Line::kNone; up = tree.lines()[up].parent) ++depth;
    return depth;
  };
  for (const dissect::Line& line : tree.lines()) {
    std::string text;
    append_line_text(text, tree, line);
    if (all.empty() && text.substr(0, from.size()) != from) continue;
    if (line.is_generated) text = '[' + text + ']';
    all.push_back(std::string(2 * depth_of(line), ' ') + text);
  }
  return all;
}

struct Captured : Rows {
  Captured(std::initializer_list<Octets> frames) {
    for (const Octets& frame : frames) add(frame);
  }
};

Lines message_lines(std::string_view message, std::string_view from, uint16_t port = 53) {
  return lines_from(Captured({udp_frame(octets(message), port, port)}).tree(0), from);
}

/// The lines of one record's data: what stands behind its length.
Lines data_lines(std::string_view type, std::string_view data) {
  const Octets bytes = octets(data);
  char length[8];
  std::snprintf(length, sizeof length, "%04zX ", bytes.size());
  Lines lines = message_lines(
      "1234 8400 0000 0001 0000 0000 01'a'00 " + std::string(type) + " 0001 0000003C " + length + std::string(data),
      "Data length");
  lines.erase(lines.begin());
  while (!lines.empty() && lines.back().substr(0, 6) != "      ") lines.pop_back();
  for (std::string& line : lines) line.erase(0, 6);
  return lines;
}

constexpr std::string_view kQuery = "1234 0100 0001 0000 0000 0000 07'example'03'com'00 0001 0001";
constexpr std::string_view kAnswer =
    "1234 8180 0001 0001 0000 0000 07'example'03'com'00 0001 0001 C00C 0001 0001 0000012C 0004 5DB8D822";

}  // namespace

TEST_CASE("DNS tree: a query and its response") {
  const Captured rows({udp_frame(octets(kQuery), 40000, 53), udp_frame(octets(kAnswer), 53, 40000)});
  CHECK(lines_from(rows.tree(0), "Domain Name System") ==
        Lines{"Domain Name System (query)",
              "  Transaction ID: 0x1234",
              "  Flags: 0x0100 Standard query",
              "    0... .... .... .... = Response: Message is a query",
              "    .000 0... .... .... = Opcode: Standard query (0)",
              "    .... ..0. .... .... = Truncated: Message is not truncated",
              "    .... ...1 .... .... = Recursion desired: Do query recursively",
              "    .... .... .0.. .... = Z: reserved (0)",
              "    .... .... ...0 .... = Non-authenticated data: Unacceptable",
              "  Questions: 1",
              "  Answer RRs: 0",
              "  Authority RRs: 0",
              "  Additional RRs: 0",
              "  Queries",
              "    example.com: type A, class IN",
              "      Name: example.com",
              "      [Name Length: 11]",
              "      [Label Count: 2]",
              "      Type: A (1) (Host Address)",
              "      Class: IN (0x0001)",
              "  [Response In: 2]"});
  CHECK(lines_from(rows.tree(1), "Answers") ==
        Lines{"  Answers", "    example.com: type A, class IN, addr 93.184.216.34", "      Name: example.com",
              "      Type: A (1) (Host Address)", "      Class: IN (0x0001)", "      Time to live: 300 (5 minutes)",
              "      Data length: 4", "      Address: 93.184.216.34", "  [Request In: 1]",
              "  [Time: 1.000000 milliseconds]"});
}

TEST_CASE("DNS tree: what was sent again, and what nobody asked for or answered") {
  const Octets query = udp_frame(octets(kQuery), 40000, 53), answer = udp_frame(octets(kAnswer), 53, 40000);
  const Octets lone = udp_frame(octets("0001 0100 0000 0000 0000 0000"), 40000, 53);
  const Captured rows({answer, query, query, answer, answer, lone});
  const auto end = [&](size_t i) {
    const Lines lines = lines_from(rows.tree(i), "Domain Name System");
    return Lines(lines.end() - 2, lines.end());
  };
  CHECK(end(0)[1] == "  [Unsolicited: True]");
  CHECK(end(2)[0] == "  [Retransmitted request. Original request in: 2]");
  CHECK(end(2)[1] == "  [Retransmission: True]");
  CHECK(end(3)[0] == "  [Request In: 2]");
  CHECK(end(3)[1] == "  [Time: 2.000000 milliseconds]");
  CHECK(end(4)[0] == "  [Retransmitted response. Original response in: 4]");
  const Lines missing = lines_from(rows.tree(5), "Expert Info");
  REQUIRE(!missing.empty());
  CHECK(missing[0] == "    [Expert Info (Warning/Protocol): DNS response missing]");
}

TEST_CASE("DNS tree: a section that ends too early stands for the rest; what is too much is extraneous") {
  CHECK(message_lines("1234 0100 0001 0000 0000 0000 01'a'00 00", "Queries").front() == "  Queries");
  CHECK(message_lines("1234 0100 0001 0000 0000 0000 01'a'00 0001 0001 'xy'", "Extraneous Data (")[1] ==
        "    Extraneous Data Bytes: 7879");
}

TEST_CASE("DNS tree: data of records") {
  CHECK(data_lines("0006", "02'ns'00 02'me'01'x'00 00000001 00000002 00015180 00000004 00000000") ==
        Lines{"Primary name server: ns", "Responsible authority's mailbox: me.x",
              "[Responsible authority's mailbox name: me@x]", "Serial Number: 1", "Refresh Interval: 2 (2 seconds)",
              "Retry Interval: 86400 (1 day)", "Expire limit: 4 (4 seconds)", "Minimum TTL: 0 (0 seconds)"});
  CHECK(data_lines("000B", "01020304 06 8005") ==
        Lines{"Address: 1.2.3.4", "Protocol: TCP (6)", "Bits: 0x80 (0)", "Bits: 0x05 (13, 15)"});
  CHECK(data_lines("001D", "00 12 16 13 89148A0E 7F43A072 0098C6B9").at(4) ==
        "Latitude: 2299824654 (42 deg 19 min 1.006 sec N)");
  CHECK(data_lines("002F", "00 0001 40") == Lines{"Next Domain Name: <Root>", "RR type in bit map: A (Host Address)"});
  CHECK(data_lines("0030", "0101 03 08 03010001'abcdefgh'").at(7) == "[Key id: 39072]");
  CHECK(data_lines("0032", "01 01 000A 00 04'hash'").back() == "[Next hashed owner: d1gn6q0]");
  CHECK(data_lines("0041", "0001 00 0001 0006 02'h2'02'h3' 0004 0004 C0000201 1267 0001'x'") ==
        Lines{"SvcPriority: 1", "TargetName: <Root>", "SvcParam: alpn=h2,h3", "  SvcParamKey: alpn (1)",
              "  SvcParamValue length: 6", "  ALPN length: 2", "  ALPN: h2", "  ALPN length: 2", "  ALPN: h3",
              "SvcParam: ipv4hint=192.0.2.1", "  SvcParamKey: ipv4hint (4)", "  SvcParamValue length: 4",
              "  IP: 192.0.2.1", "SvcParam: key4711=x", "  SvcParamKey: Unknown (4711)", "  SvcParamValue length: 1",
              "  SvcParamValue: 78"});
  CHECK(data_lines("0101", "80 05'issue''ca.x'") == Lines{"CAA Flags: 0x80", "  1... .... = Issuer Critical: Critical",
                                                          "Issue: ca.x", "  Tag length: 5", "  Tag: issue",
                                                          "  Value: ca.x"});
}

TEST_CASE("DNS tree: options") {
  CHECK(message_lines("1234 0100 0000 0000 0000 0001 00 0029 04D0 00 00 8000 000B 0008 0007 0001 18 00 C00002",
                      "UDP payload size") ==
        Lines{"      UDP payload size: 1232", "      Higher bits in extended RCODE: 0x00", "      EDNS0 version: 0",
              "      Z: 0x8000", "        1... .... .... .... = DO bit: Accepts DNSSEC security RRs",
              "        .000 0000 0000 0000 = Reserved: 0x0000", "      Data length: 11",
              "      Option: CSUBNET - Client subnet", "        Option Code: CSUBNET - Client subnet (8)",
              "        Option Length: 7", "        Option Data: 00011800c00002", "        Family: IPv4 (1)",
              "        Source Netmask: 24", "        Scope Netmask: 0", "        Client Subnet: 192.0.2.0",
              "    [Expert Info (Warning/Protocol): DNS response missing]", "      [DNS response missing]",
              "      [Severity level: Warning]", "      [Group: Protocol]"});
}

TEST_CASE("LLMNR tree: an answer from a member of the group") {
  const Octets query = octets("7991 0000 0001 0000 0000 0000 04'wpad'00 0001 0001");
  const Octets answer = octets("7991 8000 0001 0000 0000 0000 04'wpad'00 0001 0001");
  const auto frame = [](const Octets& message, const char* from, const char* to, uint16_t source,
                        uint16_t destination) {
    using test::operator+;
    const Octets datagram = test::be16(source) + test::be16(destination) +
                            test::be16(static_cast<unsigned>(message.size() + 8)) + test::be16(0) + message;
    test::Ipv4 header;
    header.source = from;
    header.destination = to;
    return test::ethernet(0x0800, test::ipv4(17, datagram, header));
  };
  const Captured rows(
      {frame(query, "0A000002", "E00000FC", 7000, 5355), frame(answer, "0A000003", "0A000002", 5355, 7000)});
  CHECK(lines_from(rows.tree(0), "Domain").empty());
  CHECK(lines_from(rows.tree(0), "Link-local").back() == "  [Response In: 2]");
  CHECK(lines_from(rows.tree(1), "Request In").front() == "  [Request In: 1]");
}

TEST_CASE("NetBIOS name service tree") {
  CHECK(message_lines("8000 8500 0000 0001 0000 0000 20'FHFAEBEECACACACACACACACACACACAAA'00 0020 0001 00000000 0006 "
                      "E000 01020304",
                      "NetBIOS Name Service", 137) ==
        Lines{"NetBIOS Name Service",
              "  Transaction ID: 0x8000",
              "  Flags: 0x8500, Response, Opcode: Name query, Authoritative, Recursion desired, Reply code: No error",
              "    1... .... .... .... = Response: Message is a response",
              "    .000 0... .... .... = Opcode: Name query (0)",
              "    .... .1.. .... .... = Authoritative: Server is an authority for domain",
              "    .... ..0. .... .... = Truncated: Message is not truncated",
              "    .... ...1 .... .... = Recursion desired: Do query recursively",
              "    .... .... 0... .... = Recursion available: Server can't do recursive queries",
              "    .... .... ...0 .... = Broadcast: Not a broadcast packet",
              "    .... .... .... 0000 = Reply code: No error (0)",
              "  Questions: 0",
              "  Answer RRs: 1",
              "  Authority RRs: 0",
              "  Additional RRs: 0",
              "  Answers",
              "    WPAD<00>: type NB, class IN",
              "      Name: WPAD<00> (Workstation/Redirector)",
              "      Type: NB (32)",
              "      Class: IN (1)",
              "      Time to live: 0 seconds",
              "      Data length: 6",
              "      Name flags: 0xe000, Name type, ONT: Unknown (H-node, group)",
              "        1... .... .... .... = Name type: Group name",
              "        .11. .... .... .... = ONT: Unknown (3)",
              "      Addr: 1.2.3.4"});
}
