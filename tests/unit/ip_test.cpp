// IPv4 and IPv6, their extension headers, fragments and tunnels: what the rows say, as Wireshark words it.
#include "dissect/protocol.h"
#include "dissect/tree_text.h"
#include "packet_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

Octets datagram() { return udp(octets("'abcd'")); }
const std::string kRow = "10.0.0.1 > 10.0.0.2 | UDP | 1000 → 2000 Len=4";
const std::string kRow6 = "2001:db8::1 > 2001:db8::2 | UDP | 1000 → 2000 Len=4";
const std::string kIpv4 = "10.0.0.1 > 10.0.0.2 | IPv4 | ";
const std::string kIpv6 = "2001:db8::1 > 2001:db8::2 | IPv6 | ";

std::string in_ipv4(unsigned protocol, const Octets& payload, const Ipv4& header = {}) {
  return row_of(kEthernet, ethernet(0x0800, ipv4(protocol, payload, header)));
}
std::string in_ipv6(unsigned next, const Octets& payload) {
  return row_of(kEthernet, ethernet(0x86DD, ipv6(next, payload)));
}

Octets fragment4(const Octets& payload, unsigned flags_and_offset, unsigned id = 0xABCD) {
  Ipv4 header;
  header.fragment = flags_and_offset;
  header.id = id;
  return ethernet(0x0800, ipv4(17, payload, header));
}

Octets part(const Octets& bytes, size_t from, size_t to) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.begin() + static_cast<std::ptrdiff_t>(to)};
}

Octets text_of(size_t length) { return Octets(length, 'x'); }

}  // namespace

TEST_CASE("IPv4: protocols with and without a dissector") {
  CHECK(in_ipv4(17, datagram()) == kRow);
  CHECK(in_ipv4(63, octets("00")) == kIpv4 + "any local network (63)");
  CHECK(in_ipv4(150, octets("00")) == kIpv4 + "Unassigned (150)");
  CHECK(in_ipv4(253, octets("00")) == kIpv4 + "Unknown (253)");
  CHECK(in_ipv4(253, {}) == kIpv4);
  CHECK(in_ipv4(17, {}) == kIpv4);
}

TEST_CASE("IPv4: lengths that cannot be") {
  const std::string macs = "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff | IPv4 | ";
  Ipv4 header;
  header.total_len = 19;
  CHECK(in_ipv4(17, datagram(), header) == macs + "Bogus IP length (19, less than header length 20)");
  header.total_len = 0;
  CHECK(in_ipv4(17, datagram(), header) == kRow);
  header.total_len = 500;
  CHECK(in_ipv4(17, datagram(), header) == kRow);
  header.total_len = 22;
  CHECK(in_ipv4(17, datagram(), header) == kIpv4 + "[Malformed Packet]");
  CHECK(row_of(kEthernet, ethernet(0x0800, octets("44") + Octets(30, 0))) ==
        macs + "Bogus IP header length (16, must be at least 20)");
  CHECK(row_of(kEthernet, ethernet(0x0800, octets("00") + Octets(30, 0))) ==
        macs + "Bogus IPv4 version (0, must be 4)");
}

TEST_CASE("IPv4: a source route shows where the packet goes in the end") {
  Ipv4 header;
  header.options = "83 0B 08 C0A80102 C0A80103 00";
  CHECK(in_ipv4(17, datagram(), header) == "10.0.0.1 > 192.168.1.3 | UDP | 1000 → 2000 Len=4");
  header.options = "89 07 08 C0A80102 00";
  CHECK(in_ipv4(17, datagram(), header) == kRow);
  header.options = "07 FF 04 C0A80102 00";
  CHECK(in_ipv4(17, datagram(), header) == kRow);
}

TEST_CASE("IPv6: next headers") {
  CHECK(in_ipv6(17, datagram()) == kRow6);
  CHECK(in_ipv6(59, {}) == kIpv6 + "IPv6 no next header");
  CHECK(in_ipv6(253, octets("00")) == kIpv6 + "Unknown IP Protocol: Unknown (253)");
  CHECK(in_ipv6(41, octets("40") + Octets(40, 0)) == kIpv6 + "Unknown IP Protocol: IPv6 (41)");
  CHECK(row_of(kEthernet, ethernet(0x86DD, ipv6(17, datagram(), 0))) == kIpv6 + "[Malformed Packet]");
}

TEST_CASE("IPv6: extension headers") {
  CHECK(in_ipv6(0, octets("11 00 0104 00000000") + datagram()) == kRow6);
  CHECK(in_ipv6(60, octets("11 00 0104 00000000") + datagram()) == kRow6);
  CHECK(in_ipv6(0, octets("3B 00 0104 00000000")) == kIpv6 + "IPv6 no next header");
  CHECK(in_ipv6(0, octets("11 00 0104 0000")) == kIpv6 + "IPv6 hop-by-hop options[Malformed Packet]");
  CHECK(in_ipv6(60, octets("11")) == kIpv6 + "IPv6 destination options[Malformed Packet]");
  CHECK(check_every_cut(kEthernet, ethernet(0x86DD, ipv6(0, octets("11 00 0104 00000000") + datagram()))) > 70);
}

TEST_CASE("IPv6: a routing header shows where the packet goes in the end") {
  const std::string addresses = "20010DB800000000000000000000000A 20010DB800000000000000000000000B";
  const auto row = [&](std::string_view start) {
    return in_ipv6(43, octets(start) + octets("00000000") + octets(addresses) + datagram());
  };
  CHECK(row("11 04 00 01") == "2001:db8::1 > 2001:db8::b | UDP | 1000 → 2000 Len=4");
  CHECK(row("11 04 04 01") == "2001:db8::1 > 2001:db8::a | UDP | 1000 → 2000 Len=4");
  CHECK(row("11 04 00 00") == kRow6);
  CHECK(in_ipv6(43, octets("11 04 00 01 0000")) == kIpv6 + "IPv6 routing[Malformed Packet]");
}

TEST_CASE("UDP: lengths that cannot be") {
  const auto row = [](std::string_view notation) { return in_ipv4(17, octets(notation)); };
  const std::string start = "10.0.0.1 > 10.0.0.2 | UDP | 1000 → 2000";
  CHECK(row("03E8 07D0 0007 0000 61626364") == start + " [BAD UDP LENGTH 7 < 8]");
  CHECK(row("03E8 07D0 0064 0000 61626364") == start + " [BAD UDP LENGTH 100 > IP PAYLOAD LENGTH] Len=92");
  CHECK(row("03E8 07D0 0010 0000") == start + " [BAD UDP LENGTH 16 > IP PAYLOAD LENGTH] Len=8[Malformed Packet]");
  CHECK(row("03E8 07D0") == start + "[Malformed Packet]");
  CHECK(row("03E8 07") == kIpv4 + "[Malformed Packet]");
  CHECK(in_ipv6(17, udp(octets("'abcd'"), 0)) == kRow6 + " [ILLEGAL CHECKSUM (0)]");
  CHECK(in_ipv6(17, octets("03E8 07D0 0000 0001 61626364")) == kRow6 + " [Jumbogram]");
}

TEST_CASE("UDP: cut short") {
  const Octets frame = ethernet(0x0800, ipv4(17, udp(text_of(100))));
  const std::string start = "10.0.0.1 > 10.0.0.2 | UDP | 1000 → 2000";
  const std::string cut = "[Packet size limited during capture]";
  CHECK(row_of(kEthernet, frame, 37) == kIpv4 + cut);
  CHECK(row_of(kEthernet, frame, 38) == start + cut);
  CHECK(row_of(kEthernet, frame, 40) == start + " Len=100" + cut);
  CHECK(row_of(kEthernet, frame, 45) == start + " Len=100" + cut);
  CHECK(row_of(kEthernet, frame, 46) == start + " Len=100");
}

TEST_CASE("IPv4: fragments, in order") {
  const Octets whole = udp(text_of(40));
  Rows rows;
  rows.add(fragment4(part(whole, 0, 24), 0x2000)).add(fragment4(part(whole, 24, 48), 0x0003));
  CHECK(rows.lines() ==
        std::vector<std::string>{kIpv4 + "Fragmented IP protocol (proto=UDP 17, off=0, ID=abcd) [Reassembled in #2]",
                                 "10.0.0.1 > 10.0.0.2 | UDP | 1000 → 2000 Len=40"});
  CHECK(rows.row(1).payload_len == 40);
  CHECK(contains(rows.fields(1), "udp.length=48"));
  CHECK(contains(rows.fields(0), "ip.reassembled_in=2"));
}

TEST_CASE("IPv4: fragments in any order, twice, and of two datagrams at a time") {
  const Octets whole = udp(text_of(40));
  Rows rows;
  rows.add(fragment4(part(whole, 24, 48), 0x0003));
  rows.add(fragment4(part(whole, 0, 24), 0x2000, 0x1234));
  rows.add(fragment4(part(whole, 8, 24), 0x2001));
  rows.add(fragment4(part(whole, 8, 24), 0x2001));
  rows.add(fragment4(part(whole, 0, 8), 0x2000));
  rows.add(fragment4(part(whole, 0, 8), 0x2000));
  for (const size_t i : {0, 2, 3}) CHECK(rows.info(i).find("[Reassembled in #5]") != std::string::npos);
  CHECK(rows.info(0) == "Fragmented IP protocol (proto=UDP 17, off=24, ID=abcd) [Reassembled in #5]");
  CHECK(rows.info(1) == "Fragmented IP protocol (proto=UDP 17, off=0, ID=1234)");
  CHECK(rows.info(4) == "1000 → 2000 Len=40");
  CHECK(rows.info(5) == "Fragmented IP protocol (proto=UDP 17, off=0, ID=abcd)");
}

TEST_CASE("IPv4: fragments that never come, or were not captured whole") {
  const Octets whole = udp(text_of(40));
  Rows rows;
  rows.add(fragment4(part(whole, 0, 24), 0x2000), 50);
  rows.add(fragment4(part(whole, 24, 48), 0x0003));
  CHECK(rows.info(0) == "1000 → 2000 Len=40");
  CHECK(rows.info(1) == "Fragmented IP protocol (proto=UDP 17, off=24, ID=abcd)");
}

TEST_CASE("IPv4: an echo request in fragments finds its reply") {
  const auto fragments_of = [](Rows& rows, const Octets& message, const Ipv4& from) {
    Ipv4 header = from;
    header.fragment = 0x2000;
    rows.add(ethernet(0x0800, ipv4(1, part(message, 0, 16), header)));
    header.fragment = 0x0002;
    rows.add(ethernet(0x0800, ipv4(1, part(message, 16, message.size()), header)));
  };
  Rows rows;
  fragments_of(rows, octets("08 00 1111 0007 0009") + Octets(24, 0), {});
  fragments_of(rows, octets("00 00 1911 0007 0009") + Octets(24, 0), {"0A000002", "0A000001"});
  CHECK(rows.info(1) == "Echo (ping) request  id=0x0007, seq=9/2304, ttl=64 (reply in 4)");
  CHECK(rows.info(3) == "Echo (ping) reply    id=0x0007, seq=9/2304, ttl=64 (request in 2)");
}

TEST_CASE("IPv4: what is kept of fragments is limited, and what the rows show is not") {
  constexpr size_t kDatagrams = 700;
  const Octets whole = udp(text_of(60000));
  Rows rows;
  for (unsigned i = 0; i < kDatagrams; ++i) {
    rows.add(fragment4(part(whole, 0, 32000), 0x2000, i));
    rows.add(fragment4(part(whole, 32000, whole.size()), 32000 / 8, i));
  }
  size_t kept = 0;
  for (const auto& one : rows.findings().reassembled) kept += one.payload.size();
  CHECK(kept <= size_t{32} << 20);
  CHECK(rows.findings().reassembled.size() < kDatagrams);
  for (const size_t i : {size_t{1}, kDatagrams * 2 - 1}) CHECK(rows.info(i) == "1000 → 2000 Len=60000");
  CHECK(rows.info(kDatagrams * 2 - 2) ==
        "Fragmented IP protocol (proto=UDP 17, off=0, ID=02bb) [Reassembled in #1400]");
}

TEST_CASE("IPv6: fragments") {
  const Octets whole = udp(text_of(40));
  Rows rows;
  rows.add(ethernet(0x86DD, ipv6(44, octets("11 00 0001 00000005") + part(whole, 0, 24))));
  rows.add(ethernet(0x86DD, ipv6(44, octets("11 00 0018 00000005") + part(whole, 24, 48))));
  rows.add(ethernet(0x86DD, ipv6(44, octets("11 00 0000 00000006") + whole)));
  CHECK(rows.lines() == std::vector<std::string>{kIpv6 + "IPv6 fragment (off=0 more=y ident=0x00000005 nxt=17)",
                                                 "2001:db8::1 > 2001:db8::2 | UDP | 1000 → 2000 Len=40",
                                                 "2001:db8::1 > 2001:db8::2 | UDP | 1000 → 2000 Len=40"});
}

TEST_CASE("Tunnels: the row is that of the packet inside") {
  const Octets inner = ipv4(17, datagram());
  const Octets inner6 = ipv6(17, datagram());
  const Ipv4 outer{"C0000201", "C0000202"};
  CHECK(in_ipv4(4, inner, outer) == kRow);
  CHECK(in_ipv4(41, inner6, outer) == kRow6);
  CHECK(in_ipv6(4, inner) == kRow);
  CHECK(in_ipv4(47, octets("0000 0800") + inner, outer) == kRow);
  CHECK(in_ipv4(47, octets("B000 0800 00000000 00000007 00000001") + inner, outer) == kRow);
  CHECK(in_ipv4(47, octets("0000 6558") + ethernet(0x0800, inner), outer) == kRow);
  CHECK(in_ipv4(47, octets("1000 88BE 00000001 10010001 00000000") + ethernet(0x0800, inner), outer) == kRow);
  CHECK(in_ipv4(47, octets("3001 880B 0008 0005 00000001 FF03 0021") + inner, outer) == kRow);
  CHECK(in_ipv4(47, octets("0000 9999") + inner) == "10.0.0.1 > 10.0.0.2 | GRE | Encapsulated 0x9999 (unknown)");
  CHECK(in_ipv4(47, octets("2081 880B 0000 0005 00000001")) == "10.0.0.1 > 10.0.0.2 | GRE | Encapsulated PPP");
  const auto in_udp = [&](unsigned port, const Octets& payload) {
    return in_ipv4(17, be16(5000) + be16(port) + be16(static_cast<unsigned>(payload.size() + 8)) + be16(0) + payload,
                   outer);
  };
  CHECK(in_udp(4789, octets("08000000 00000500") + ethernet(0x0800, inner)) == kRow);
  CHECK(in_udp(6081, octets("01000800 00000500 61626364") + inner) == kRow);
  CHECK(in_udp(3544, inner6) == kRow6);
  const Octets arp = octets("0001 0800 06 04 0001 020000000001 C0A80001 000000000000 C0A80002");
  CHECK(in_udp(4789, octets("08000000 00000500") + ethernet(0x0806, arp)) ==
        "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff | ARP | Who has 192.168.0.2? Tell 192.168.0.1");
}

TEST_CASE("Tunnels without end") {
  Octets packet = ipv4(17, datagram());
  for (int i = 0; i < 100; ++i) packet = ipv4(4, packet);
  CHECK(row_of(kEthernet, ethernet(0x0800, packet)).find("[Malformed Packet]") != std::string::npos);
}

TEST_CASE("IPsec") {
  const std::string esp = "10.0.0.1 > 10.0.0.2 | ESP | ";
  CHECK(in_ipv4(50, octets("12345678 00000001") + Octets(40, 0)) == esp + "ESP (SPI=0x12345678)");
  CHECK(in_ipv4(50, octets("12345678 000000")) == esp + "[Malformed Packet]");
  CHECK(in_ipv4(51, octets("11 04 0000 00000001 00000002") + Octets(12, 0) + datagram()) == kRow);
  CHECK(in_ipv4(51, octets("FD 04 0000 00000001 00000002") + Octets(12, 0)) ==
        "10.0.0.1 > 10.0.0.2 | AH | AH (SPI=0x00000001)");
  const auto in_udp = [](std::string_view notation) {
    const Octets payload = octets(notation);
    return in_ipv4(17, octets("1194 1194") + be16(static_cast<unsigned>(payload.size() + 8)) + be16(0) + payload);
  };
  CHECK(in_udp("FF") == "10.0.0.1 > 10.0.0.2 | UDPENCAP | NAT-keepalive");
  CHECK(in_udp("FE") == "10.0.0.1 > 10.0.0.2 | UDPENCAP | [Malformed Packet]");
  CHECK(in_udp("01020304 00000001") == esp + "ESP (SPI=0x01020304)");
}

namespace {

/// "name | text" of the lines of a packet's tree that belong to a field of this name or one below it.
std::vector<std::string> texts(const Rows& rows, size_t i, std::string_view name) {
  std::vector<std::string> found;
  const dissect::Tree tree = rows.tree(i);
  for (const dissect::Line& line : tree.lines()) {
    if (line.field == nullptr || line.field->name.substr(0, name.size()) != name) continue;
    found.emplace_back();
    append_line_text(found.back(), tree, line);
  }
  return found;
}

}  // namespace

TEST_CASE("IPv4: a header's lines, with values in their own unit and a picture of their bits") {
  Ipv4 header;
  header.options = "94040000";
  header.fragment = 0x4000;
  Rows rows;
  rows.add(ethernet(0x0800, ipv4(17, datagram(), header)));
  CHECK(texts(rows, 0, "ip.hdr_len") == std::vector<std::string>{".... 0110 = Header Length: 24 bytes (6)"});
  CHECK(contains(rows.fields(0), "ip.hdr_len=24"));
  CHECK(texts(rows, 0, "ip.dsfield") ==
        std::vector<std::string>{"Differentiated Services Field: 0x00 (DSCP: CS0, ECN: Not-ECT)",
                                 "0000 00.. = Differentiated Services Codepoint: Default (0)",
                                 ".... ..00 = Explicit Congestion Notification: Not ECN-Capable Transport (0)"});
  CHECK(texts(rows, 0, "ip.flags")[0] == "010. .... = Flags: 0x2, Don't fragment");
  CHECK(texts(rows, 0, "ip.options") ==
        std::vector<std::string>{"IP Option - Router Alert (4 bytes): Router shall examine packet (0)"});
}

TEST_CASE("IPv4: the index of a pair of addresses is the same both ways, and each quoted pair has one too") {
  Ipv4 back;
  std::swap(back.source, back.destination);
  Ipv4 elsewhere;
  elsewhere.destination = "0A000063";
  const Octets about = ipv4(17, datagram(), elsewhere);
  Rows rows;
  rows.add(ethernet(0x0800, ipv4(17, datagram())));
  rows.add(ethernet(0x0800, ipv4(1, octets("0303 0000 00000000") + about, back)));
  rows.add(ethernet(0x0800, ipv4(17, datagram(), elsewhere)));
  CHECK(texts(rows, 1, "ip.stream") == std::vector<std::string>{"Stream index: 0", "Stream index: 1"});
  CHECK(texts(rows, 2, "ip.stream") == std::vector<std::string>{"Stream index: 1"});
  CHECK(texts(rows, 2, "udp.stream") == std::vector<std::string>{"Stream index: 1", "Stream Packet Number: 1"});
}

TEST_CASE("IPv4: the packet that completes a datagram tells of what it was made, in a data source of its own") {
  const Octets whole = udp(text_of(16));
  Rows rows;
  rows.add(fragment4(part(whole, 0, 16), 0x2000)).add(fragment4(part(whole, 16, 24), 2));
  CHECK(texts(rows, 0, "ip.reassembled_in") == std::vector<std::string>{"Reassembled IPv4 in frame: 2"});
  const auto lines = texts(rows, 1, "ip.fragment");
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == "2 IPv4 Fragments (24 bytes): #1(16), #2(8)");
  CHECK(lines[1] == "Frame: 1, payload: 0-15 (16 bytes)");
  CHECK(lines[2] == "Frame: 2, payload: 16-23 (8 bytes)");
  const dissect::Tree tree = rows.tree(1);
  REQUIRE(tree.sources().size() == 2);
  CHECK(tree.sources()[1].name == "Reassembled IPv4");
  CHECK(tree.sources()[1].size == 24);
}

TEST_CASE("IPv6: extension headers stand within the layer of IPv6, and it ends behind them") {
  Rows rows;
  rows.add(ethernet(0x86DD, ipv6(0, octets("1100 050200000100") + datagram())));
  const dissect::Tree tree = rows.tree(0);
  const auto find = [&](std::string_view name) -> const dissect::Line& {
    for (const dissect::Line& line : tree.lines())
      if (line.protocol != nullptr && line.protocol->filter_name == name) return line;
    FAIL("no layer");
    return tree.lines().front();
  };
  CHECK(&tree.lines()[find("ipv6.hopopts").parent] == &find("ipv6"));
  CHECK(find("ipv6").size == 48);
  CHECK(find("udp").parent == dissect::Line::kNone);
  CHECK(texts(rows, 0, "ipv6.opt")[0] == "Router Alert");
}
