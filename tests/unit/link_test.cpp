// Link layers: what their rows say, as Wireshark words it.
#include "packet_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

Octets packet4() { return ipv4(17, udp(octets("'abcd'"))); }
Octets packet6() { return ipv6(17, udp(octets("'abcd'"))); }
const std::string kRow = "10.0.0.1 > 10.0.0.2 | UDP | 1000 → 2000 Len=4";
const std::string kRow6 = "2001:db8::1 > 2001:db8::2 | UDP | 1000 → 2000 Len=4";
const std::string kMacs = "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff | ";

std::string in_ethernet(unsigned type, const Octets& payload) { return row_of(kEthernet, ethernet(type, payload)); }

Octets llc(std::string_view notation) {
  const Octets payload = octets(notation);
  return ethernet(static_cast<unsigned>(payload.size()), payload);
}

}  // namespace

TEST_CASE("Ethernet: types with and without a dissector") {
  CHECK(in_ethernet(0x0800, packet4()) == kRow);
  CHECK(in_ethernet(0x86DD, packet6()) == kRow6);
  CHECK(in_ethernet(0x88B5, packet4()) == kMacs + "0x88b5 | Local Experimental Ethertype 1");
  CHECK(in_ethernet(0x9999, packet4()) == kMacs + "0x9999 | Ethernet II");
  CHECK(in_ethernet(0x0000, packet4()) == kMacs + "0x0000 | Ethernet II");
  CHECK(in_ethernet(0x86DD, packet4()) == kMacs + "0x86dd | IPv6");
  CHECK(in_ethernet(0x0800, packet6()) == kRow6);
  CHECK(in_ethernet(1501, packet4()) == kMacs + "Ethernet | Ethernet Unknown: Invalid length/type: 0x05dd (1501)");
}

TEST_CASE("Ethernet: frames cut short") {
  const Octets frame = ethernet(0x0800, packet4());
  CHECK(row_of(kEthernet, frame, 5) == " >  | Ethernet | [Packet size limited during capture]");
  CHECK(row_of(kEthernet, frame, 11) == " > ff:ff:ff:ff:ff:ff | Ethernet | [Packet size limited during capture]");
  CHECK(row_of(kEthernet, frame, 13) == kMacs + "Ethernet | [Packet size limited during capture]");
  CHECK(row_of(kEthernet, frame, 29) == kMacs + "IPv4 | [Packet size limited during capture]");
  CHECK(row_of(kEthernet, frame, 31) == "10.0.0.1 > ff:ff:ff:ff:ff:ff | IPv4 | [Packet size limited during capture]");
  CHECK(row_of(kEthernet, octets("FFFFFFFFFFFF 0200")) == " > ff:ff:ff:ff:ff:ff | Ethernet | [Malformed Packet]");
  CHECK(row_of(kEthernet, {}) == " >  | Ethernet | [Malformed Packet]");
  CHECK(check_every_cut(kEthernet, frame) == frame.size());
}

TEST_CASE("Ethernet: what follows the packet") {
  const Octets frame = ethernet(0x0800, packet4());
  CHECK(row_of(kEthernet, frame + Octets(14, 0)) == kRow);
  CHECK(row_of(kEthernet, frame + octets("FFFFFF")) == kRow + "[Malformed Packet]");
  CHECK(row_of(kEthernet, frame + octets("FFFFFFFF")) == kRow);
  CHECK(row_of(kEthernet, frame + Octets(14, 0), frame.size() + 5) == kRow + "[Packet size limited during capture]");
  CHECK(row_of(kEthernet, frame + Octets(14, 0), frame.size()) == kRow);
}

TEST_CASE("VLAN: the row is that of the packet inside") {
  CHECK(in_ethernet(0x8100, octets("2005 0800") + packet4()) == kRow);
  CHECK(in_ethernet(0x8100, octets("2005 8100 0006 0800") + packet4()) == kRow);
  CHECK(in_ethernet(0x88A8, octets("2005 8100 0006 0800") + packet4()) == kRow);
  CHECK(in_ethernet(0x9100, octets("2005 0800") + packet4()) == kRow);
  CHECK(in_ethernet(0x8100, octets("2005 9999") + packet4()) == kMacs + "0x9999 | PRI: 1  DEI: 0  ID: 5");
  CHECK(in_ethernet(0x8100, octets("3005 88B5") + packet4()) == kMacs + "0x88b5 | Local Experimental Ethertype 1");
  CHECK(in_ethernet(0x88A8, octets("2005 9999") + packet4()) == kMacs + "0x9999 | PRI: 1  DROP: 0 ID: 5");
  CHECK(in_ethernet(0x8100, octets("2005")) == kMacs + "VLAN | PRI: 1  DEI: 0  ID: 5[Malformed Packet]");
  CHECK(in_ethernet(0x8100, octets("20")) == kMacs + "VLAN | [Malformed Packet]");
  const auto fields = Rows().add(ethernet(0x8100, octets("B005 0800") + packet4())).fields(0);
  CHECK(contains(fields, "vlan.priority=5"));
  CHECK(contains(fields, "vlan.dei=1"));
  CHECK(contains(fields, "vlan.id=5"));
}

TEST_CASE("BSD loopback: families in either byte order") {
  for (const char* family : {"02000000", "00000002", "00020000"})
    CHECK(row_of(kNull, octets(family) + packet4()) == kRow);
  for (const char* family : {"18000000", "1C000000", "1E000000", "0000001E"})
    CHECK(row_of(kNull, octets(family) + packet6()) == kRow6);
  CHECK(row_of(kNull, octets("00000800") + packet4()) == kRow);
  CHECK(row_of(kNull, octets("63000000") + packet4()) == "N/A > N/A | N/A | Null/Loopback");
  CHECK(row_of(kNull, octets("0200")) == "N/A > N/A | N/A | Null/Loopback[Malformed Packet]");
  CHECK(row_of(kNull, {}) == " >  | Packet | [Malformed Packet]");
  CHECK(row_of(kLoop, octets("00000002") + packet4()) == kRow);
  CHECK(row_of(kLoop, octets("02000000") + packet4()) == "N/A > N/A | N/A | Null/Loopback");
  check_every_cut(kNull, octets("02000000") + packet4());
}

TEST_CASE("Linux cooked capture: version 1") {
  const Octets header = octets("0004 0001 0006 020000000001 0000");
  CHECK(row_of(kCooked, header + octets("0800") + packet4()) == kRow);
  CHECK(row_of(kCooked, header + octets("86DD") + packet6()) == kRow6);
  CHECK(row_of(kCooked, header + octets("1234") + packet4()) == "02:00:00:00:00:01 >  | 0x1234 | Sent by us");
  CHECK(row_of(kCooked, octets("0000 0001 0004 01020304 00000000 1234") + packet4()) ==
        "1.2.3.4 >  | 0x1234 | Unicast to us");
  CHECK(row_of(kCooked, octets("0400 0001 0000 00000000 00000000 0300") + packet4()) == " >  | SLL | Unknown (1024)");
  CHECK(row_of(kCooked, octets("0000 0001 0006 0200")) == " >  | SLL | Unicast to us[Malformed Packet]");
  CHECK(row_of(kCooked, octets("0000 00")) == " >  | Packet | [Malformed Packet]");
  check_every_cut(kCooked, header + octets("0800") + packet4());
}

TEST_CASE("Linux cooked capture: version 2") {
  const Octets start = octets("0800 0000 00000003 0001");
  CHECK(row_of(kCooked2, start + octets("04 06 020000000001 0000") + packet4()) == kRow);
  CHECK(row_of(kCooked2, octets("1234 0000 00000003 0001 01 06 020000000001 0000") + packet4()) ==
        "02:00:00:00:00:01 >  | 0x1234 | Broadcast");
  CHECK(row_of(kCooked2, start) == " >  | Packet | [Malformed Packet]");
  check_every_cut(kCooked2, start + octets("04 06 020000000001 0000") + packet4());
}

TEST_CASE("Linux cooked capture: who sent is known") {
  Rows rows(kCooked);
  rows.add(octets("0000 0001 0006 020000000001 0000 0800") + packet4());
  CHECK(rows.findings().conversations[rows.row(0).flow >> 1].sent_by_capturer ==
        dissect::Conversation::kUnknownDirection);
  const Octets back = ipv4(17, octets("07D0 03E8 0008 0000"), {"0A000002", "0A000001"});
  rows.add(octets("0004 0001 0006 020000000002 0000 0800") + back);
  CHECK(rows.row(1).flow == (rows.row(0).flow ^ 1));
  CHECK(rows.findings().conversations[rows.row(0).flow >> 1].sent_by_capturer == (rows.row(1).flow & 1));
}

TEST_CASE("Raw IP") {
  for (const uint16_t link_type : std::initializer_list<uint16_t>{101, 12, 14, 228}) {
    CHECK(row_of(link_type, packet4()) == kRow);
    CHECK(row_of(link_type, packet6()) == kRow6);
  }
  CHECK(row_of(kRaw, octets("000102")) == " >  | N/A | Raw packet data[Malformed Packet]");
  CHECK(row_of(kRaw, octets("40") + Octets(30, 0)) == " >  | IPv4 | Bogus IP header length (0, must be at least 20)");
  CHECK(row_of(228, octets("000102")) == " >  | IPv4 | Bogus IPv4 version (0, must be 4)");
  CHECK(row_of(229, packet6()) == kRow6);
  CHECK(row_of(229, packet4()) == " >  | IPv6 | Bogus IPv6 version (4, must be 6)");
  CHECK(row_of(228, octets("6000")) == " >  | IPv6 | Invalid IPv6 header (2 bytes, need exactly 40)[Malformed Packet]");
}

TEST_CASE("PPP: protocols, with and without address and control") {
  CHECK(row_of(kPpp, octets("FF03 0021") + packet4()) == kRow);
  CHECK(row_of(kPpp, octets("0021") + packet4()) == kRow);
  CHECK(row_of(kPpp, octets("21") + packet4()) == kRow);
  CHECK(row_of(50, octets("FF03 0057") + packet6()) == kRow6);
  CHECK(row_of(kPpp, octets("0F00 0800") + packet4()) == kRow);
  CHECK(row_of(kPpp, octets("FF03 C021 01 01 0004")) == "N/A > N/A | PPP LCP | Configuration Request");
  CHECK(row_of(kPpp, octets("FF03 C021 09 01 0004")) == "N/A > N/A | PPP LCP | Echo Request[Malformed Packet]");
  CHECK(row_of(kPpp, octets("FF03 8021 03 01 0004")) == "N/A > N/A | PPP IPCP | Configuration Nak");
  CHECK(row_of(kPpp, octets("FF03 3030 03 01 0004")) == "N/A > N/A | 0x3030 | PPP Unknown (0x3030)");
  CHECK(row_of(kPpp, octets("FF03 C025 03 01 0004")) == "N/A > N/A | 0xc025 | PPP Link Quality Report (0xc025)");
  CHECK(row_of(kPpp, octets("FF03")) == "N/A > N/A | PPP | [Malformed Packet]");
  check_every_cut(kPpp, octets("FF03 0021") + packet4());
}

TEST_CASE("PPP over Ethernet") {
  const auto discovery = [](std::string_view notation) { return in_ethernet(0x8863, octets(notation)); };
  CHECK(in_ethernet(0x8864, octets("11 00 0005 0022 0021") + packet4()) == kRow);
  CHECK(in_ethernet(0x8864, octets("11 00 0005 0006 8021 01 01 0004")) == kMacs + "PPP IPCP | Configuration Request");
  CHECK(discovery("11 09 0000 0000") == kMacs + "PPPoED | Active Discovery Initiation (PADI)");
  CHECK(discovery("11 07 0000 000C 0101 0000 0102 0004'BRAS'") ==
        kMacs + "PPPoED | Active Discovery Offer (PADO) AC-Name='BRAS'");
  CHECK(discovery("11 07 0000 0008 0102 0004'BR'") ==
        kMacs + "PPPoED | Active Discovery Offer (PADO)[Malformed Packet]");
  CHECK(discovery("11 42 0000 0000") == kMacs + "PPPoED | Unknown");
  CHECK(row_of(kEthernet, ethernet(0x8864, octets("11 00 0005 0022 0021") + packet4()), 20) ==
        kMacs + "PPPoES | Session Data[Packet size limited during capture]");
}

TEST_CASE("LLC: what Info says of the control field") {
  const auto row = [](std::string_view notation) { return row_of(kEthernet, llc(notation)); };
  CHECK(row("F0F0 7F") == kMacs + "LLC | U P, func=SABME; DSAP NetBIOS Individual, SSAP NetBIOS Command");
  CHECK(row("F0F1 73") == kMacs + "LLC | U F, func=UA; DSAP NetBIOS Individual, SSAP NetBIOS Response");
  CHECK(row("F0F1 43") == kMacs + "LLC | U, func=RD; DSAP NetBIOS Individual, SSAP NetBIOS Response");
  CHECK(row("F0F1 01 07") == kMacs + "LLC | S F, func=RR, N(R)=3; DSAP NetBIOS Individual, SSAP NetBIOS Response");
  CHECK(row("4401 00 21") == kMacs + "LLC | I P, N(R)=16, N(S)=0; DSAP 0x44 Individual, SSAP NULL LSAP Response");
  CHECK(row("9933 03") == kMacs + "LLC | U, func=UI; DSAP ARP Group, SSAP 0x32 Response");
  CHECK(row("F0F0 01") == kMacs + "LLC | [Malformed Packet]");
}

TEST_CASE("LLC: SNAP") {
  CHECK(row_of(kEthernet, ethernet(8 + 32, octets("AAAA 03 000000 0800") + packet4())) == kRow);
  CHECK(row_of(kEthernet, llc("AAAA 03 00000C 0806 00")) ==
        kMacs + "LLC | U, func=UI; SNAP, OUI 0x00000C (Cisco Systems, Inc), PID 0x0806");
  CHECK(row_of(kEthernet, llc("AAAA 03 123456 0007 00")) ==
        kMacs + "LLC | U, func=UI; SNAP, OUI 0x123456 (Unknown), PID 0x0007");
  CHECK(row_of(kEthernet, ethernet(40, octets("AAAA 03 000000 0800") + packet4()), 19) ==
        kMacs + "LLC | U, func=UI[Packet size limited during capture]");
}

TEST_CASE("Spanning tree") {
  const std::string root = "8001 00E0A33EC100 00000004 8001 00603EC94F3B 8144 0000 1400 0200 0F00";
  CHECK(row_of(kEthernet, llc("424203 0000 00 00 00" + root)) ==
        kMacs + "STP | Conf. Root = 32768/1/00:e0:a3:3e:c1:00  Cost = 4  Port = 0x8144");
  CHECK(row_of(kEthernet, llc("424203 0000 02 02 01" + root + "00")) ==
        kMacs + "STP | RST. TC + Root = 32768/1/00:e0:a3:3e:c1:00  Cost = 4  Port = 0x8144");
  CHECK(row_of(kEthernet, llc("424203 0000 03 02 00" + root + "00 0000")) ==
        kMacs + "STP | MST. Root = 32768/1/00:e0:a3:3e:c1:00  Cost = 4  Port = 0x8144");
  CHECK(row_of(kEthernet, llc("424203 0000 00 80")) == kMacs + "STP | Topology Change Notification");
  CHECK(row_of(kEthernet, llc("424203 0000 00 20")) == kMacs + "STP | Unknown BPDU type (32)");
}

TEST_CASE("Ethernet's configuration test") {
  CHECK(in_ethernet(0x9000, octets("0000 0100 0500 616263")) == kMacs + "LOOP | Reply");
  CHECK(in_ethernet(0x9000, octets("0800 0200 010203040506 0100 0000")) == kMacs + "LOOP | Reply");
  CHECK(in_ethernet(0x9000, octets("0000 0200 010203040506")) == kMacs + "LOOP | Forward Data[Malformed Packet]");
  CHECK(in_ethernet(0x9000, octets("0045 0200")) == kMacs + "LOOP | [Malformed Packet]");
  CHECK(in_ethernet(0x9000, octets("0045 0100 0000")) == kMacs + "LOOP | No valid function found");
  CHECK(in_ethernet(0x9000, octets("00")) == kMacs + "LOOP | [Malformed Packet]");
}

TEST_CASE("MPLS: the payload is guessed from its first half byte") {
  CHECK(in_ethernet(0x8847, octets("00064140") + packet4()) == kRow);
  CHECK(in_ethernet(0x8847, octets("00064040 000C8140") + packet6()) == kRow6);
  CHECK(in_ethernet(0x8847, octets("00064140 00000000") + ethernet(0x0800, packet4())) == kRow);
  CHECK(in_ethernet(0x8847, octets("00064140") + ethernet(0x0800, packet4())) == kRow);
  CHECK(in_ethernet(0x8847, octets("00064140 10000021") + packet4()) == kRow);
  CHECK(in_ethernet(0x8847, octets("00064140 50") + Octets(30, 0)) == kMacs + "MPLS | MPLS Label Switched Packet");
  CHECK(in_ethernet(0x8847, octets("00064040")) == kMacs + "MPLS | MPLS Label Switched Packet[Malformed Packet]");
}

namespace {

/// Apple's header: its length, record type and the link type that it tells.
Octets pktap(unsigned link_type, unsigned length = 108, unsigned kind = 1) {
  const auto le32 = [](unsigned value) {
    return Octets{static_cast<uint8_t>(value), static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value >> 16), 0};
  };
  return le32(length) + le32(kind) + le32(link_type) + octets("'en0'") + Octets(21, 0) + Octets(16, 0) +
         octets("F5010000'curl'") + Octets(length < 60 ? 0 : length - 60, 0);
}

/// An attribute of NFLOG, in either byte order.
Octets attribute(unsigned kind, const Octets& value, int length = -1, bool big_endian = false) {
  const unsigned size = length < 0 ? static_cast<unsigned>(value.size()) + 4 : static_cast<unsigned>(length);
  const auto number = [&](unsigned n) {
    const Octets be = be16(n);
    return big_endian ? be : Octets{be[1], be[0]};
  };
  return number(size) + number(kind) + value + Octets((4 - value.size() % 4) % 4, 0);
}

Octets nflog(unsigned family) { return Octets{static_cast<uint8_t>(family), 0} + be16(5); }
Octets packet_header(unsigned ether_type) { return attribute(1, be16(ether_type) + Octets{3, 0}); }

constexpr uint16_t kPktap = 258, kUser2 = 149, kNflog = 239;
const std::string kTap = " >  | PKTAP | PKTAP, 108 byte header";

}  // namespace

TEST_CASE("PKTAP: the packet behind the header, by the link type it tells") {
  const Octets frame = ethernet(0x0800, packet4());
  CHECK(row_of(kPktap, pktap(1) + frame) == kRow);
  CHECK(row_of(kUser2, pktap(1) + frame) == kRow);
  CHECK(row_of(kPktap, pktap(1, 156) + frame) == kRow);
  for (const unsigned link_type : {12u, 14u, 101u, 228u}) CHECK(row_of(kPktap, pktap(link_type) + packet4()) == kRow);
  CHECK(row_of(kPktap, pktap(0) + octets("02000000") + packet4()) == kRow);
  CHECK(row_of(kPktap, pktap(108) + octets("00000002") + packet4()) == kRow);
  CHECK(row_of(kPktap, pktap(9) + octets("FF03 0021") + packet4()) == kRow);
  CHECK(row_of(kPktap, pktap(kPktap) + pktap(1) + frame) == kRow);
  CHECK(row_of(kPktap, pktap(9999) + frame) == kTap);
  CHECK(row_of(kPktap, pktap(1, 108, 0) + frame) == kTap);
  CHECK(row_of(kPktap, pktap(1, 100)) == " >  | PKTAP | PKTAP, 100 byte header");
  const auto fields = Rows(kPktap).add(pktap(1) + frame).fields(0);
  CHECK(contains(fields, "pktap.hdrlen=108"));
  CHECK(contains(fields, "pktap.ifname=en0"));
  CHECK(contains(fields, "pktap.pid=501"));
  CHECK(contains(fields, "pktap.cmdname=curl"));
}

TEST_CASE("PKTAP: cut short, and nested without end") {
  const Octets frame = ethernet(0x0800, packet4());
  CHECK(row_of(kPktap, {}) == " >  | PKTAP | [Malformed Packet]");
  CHECK(row_of(kPktap, octets("6C0000")) == " >  | PKTAP | [Malformed Packet]");
  CHECK(row_of(kPktap, pktap(1) + frame, 50) == kTap + "[Packet size limited during capture]");
  CHECK(row_of(kPktap, pktap(1)) == " >  | Ethernet | PKTAP, 108 byte header[Malformed Packet]");
  Octets long_header = pktap(1, 5000);
  long_header.resize(108);
  CHECK(row_of(kPktap, long_header) == " >  | PKTAP | PKTAP, 5000 byte header[Malformed Packet]");
  Octets nested;
  for (int i = 0; i < 40; ++i) nested = nested + pktap(kPktap);
  CHECK(row_of(kPktap, nested) == kTap + "[Malformed Packet]");
  check_every_cut(kPktap, pktap(1) + frame);
}

TEST_CASE("NFLOG: the packet by its protocol, else by the family") {
  CHECK(row_of(kNflog, nflog(2) + attribute(9, packet4())) == kRow);
  CHECK(row_of(kNflog, nflog(2) + attribute(9, packet6())) == kRow6);
  CHECK(row_of(kNflog, nflog(10) + attribute(10, octets("'in'00")) + attribute(9, packet6())) == kRow6);
  CHECK(row_of(kNflog, nflog(7) + packet_header(0x0800) + attribute(9, packet4())) == kRow);
  CHECK(row_of(kNflog, nflog(7) + attribute(9, packet4()) + packet_header(0x0800)) == kRow);
  CHECK(row_of(kNflog, nflog(0) + packet_header(0x8100) + attribute(9, octets("0005 0800") + packet4())) == kRow);
  CHECK(row_of(kNflog, nflog(2) + packet_header(0) + attribute(9, packet4())) == kRow);
  const std::string none = " >  | NFLOG | ";
  CHECK(row_of(kNflog, nflog(2) + packet_header(0x88B5) + attribute(9, packet4())) == none);
  CHECK(row_of(kNflog, nflog(2) + packet_header(0x0001) + attribute(9, packet4())) == none);
  CHECK(row_of(kNflog, nflog(7) + attribute(9, ethernet(0x0800, packet4()))) == none);
  CHECK(row_of(kNflog, nflog(2) + packet_header(0x0800)) == none);
  CHECK(row_of(kNflog, nflog(2) + attribute(9, octets("15"))) == " >  | IP | Bogus IP version (1)");
  CHECK(row_of(kNflog, nflog(10) + attribute(9, packet4())) == " >  | IPv6 | Bogus IPv6 version (4, must be 6)");
}

TEST_CASE("NFLOG: length and type in the other byte order") {
  const Octets big = nflog(2) + attribute(1, be16(0x0800) + Octets{3, 0}, -1, true) + attribute(9, packet4(), -1, true);
  CHECK(row_of(kNflog, big) == kRow);
  const auto fields = Rows(kNflog).add(big).fields(0);
  CHECK(contains(fields, "nflog.tlv_length=8"));
  CHECK(contains(fields, "nflog.tlv_type=9"));
  CHECK(contains(fields, "nflog.protocol=2048"));
  CHECK(contains(fields, "nflog.hook=3"));
}

TEST_CASE("NFLOG: lengths that cannot be, and cut ones") {
  const std::string none = " >  | NFLOG | ";
  const Octets packet = attribute(9, packet4());
  CHECK(row_of(kNflog, {}) == none + "[Malformed Packet]");
  CHECK(row_of(kNflog, octets("02 00")) == none);
  CHECK(row_of(kNflog, nflog(2) + attribute(10, {}, 0) + packet) == none);
  CHECK(row_of(kNflog, nflog(2) + attribute(10, {}, 3) + packet) == none);
  CHECK(row_of(kNflog, nflog(2) + attribute(10, {}, 400) + packet) == none);
  CHECK(row_of(kNflog, nflog(2) + packet + attribute(10, {}, 400)) == kRow);
  CHECK(row_of(kNflog, nflog(2) + packet + octets("00 00 00")) == kRow);
  CHECK(row_of(kNflog, nflog(2) + packet + octets("00 00 00 00")) == none);
  CHECK(row_of(kNflog, nflog(2) + packet, 4) == none + "[Packet size limited during capture]");
  CHECK(row_of(kNflog, nflog(2) + packet, 8) == none + "[Packet size limited during capture]");
  CHECK(row_of(kNflog, nflog(2) + attribute(9, {})) == none + "[Malformed Packet]");
  check_every_cut(kNflog, nflog(2) + packet_header(0x0800) + packet + attribute(10, octets("'in'00")));
}

TEST_CASE("What follows a packet in its frame is padding, trailer and check sequence") {
  const auto fields_of = [](std::string_view behind) {
    return Rows()
        .add(ethernet(0x0806,
                      octets("0001 0800 06 04 0001 020000000001 C0A80001 000000000000 C0A80002") + octets(behind)))
        .fields(0);
  };
  const std::string zeros(36, '0');
  CHECK(contains(fields_of(zeros), "eth.padding=" + zeros));
  CHECK(contains(fields_of(zeros + "01020304"), "eth.fcs=16909060"));
  const auto trailed = fields_of(zeros + "AABB 01020304");
  CHECK(contains(trailed, "eth.trailer=aabb"));
  CHECK(contains(trailed, "eth.fcs=16909060"));
  CHECK(contains(fields_of("0000"), "eth.trailer=0000"));  // too few for the least frame
  CHECK_FALSE(contains(fields_of("0000"), "eth.padding=0000"));
}

TEST_CASE("Pairs of addresses are numbered in the order in which they appear") {
  const std::string a = "020000000001", b = "020000000002", c = "020000000003";
  Rows rows;
  for (const auto& pair : {a + b, a + c, b + a}) rows.add(octets(pair + "88B5 00"));
  CHECK(contains(rows.fields(0), "eth.stream=0"));
  CHECK(contains(rows.fields(1), "eth.stream=1"));
  CHECK(contains(rows.fields(2), "eth.stream=0"));
}
