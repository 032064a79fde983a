// ICMP and IGMP: what the rows say, as Wireshark words it.
#include "packet_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

const std::string kIcmp = "10.0.0.1 > 10.0.0.2 | ICMP | ";

Octets frame(unsigned protocol, const Octets& message, const Ipv4& header = {}) {
  return ethernet(0x0800, ipv4(protocol, message, header));
}
std::string icmp(std::string_view notation) { return row_of(kEthernet, frame(1, octets(notation))); }
std::string igmp(std::string_view notation) { return row_of(kEthernet, frame(2, octets(notation))).substr(22); }

}  // namespace

TEST_CASE("ICMP: echo and its reply") {
  Rows rows;
  rows.add(frame(1, octets("08 00 F7F1 0007 0009")));
  rows.add(frame(1, octets("08 00 F7F0 0007 000A")));
  rows.add(frame(1, octets("00 00 FFF1 0007 0009"), {"0A000002", "0A000001"}));
  rows.add(frame(1, octets("00 00 FFF1 0007 0009"), {"0A000002", "0A000001"}));
  CHECK(rows.lines() ==
        std::vector<std::string>{
            kIcmp + "Echo (ping) request  id=0x0007, seq=9/2304, ttl=64 (reply in 3)",
            kIcmp + "Echo (ping) request  id=0x0007, seq=10/2560, ttl=64 (no response found!)",
            "10.0.0.2 > 10.0.0.1 | ICMP | Echo (ping) reply    id=0x0007, seq=9/2304, ttl=64 (request in 1)",
            "10.0.0.2 > 10.0.0.1 | ICMP | Echo (ping) reply    id=0x0007, seq=9/2304, ttl=64"});
  CHECK(rows.row(0).flow >> 1 == rows.row(2).flow >> 1);
  CHECK(contains(rows.fields(0), "icmp.resp_in=3"));
  CHECK(contains(rows.fields(2), "icmp.resp_to=1"));
  CHECK(contains(rows.fields(0), "icmp.seq_le=2304"));
}

TEST_CASE("ICMP: a reply answers the request whose data it has") {
  Rows rows;
  rows.add(frame(1, octets("08 00 F7F1 0007 0009")));
  rows.add(frame(1, octets("00 00 1234 0007 0009"), {"0A000002", "0A000001"}));
  CHECK(rows.info(0) == "Echo (ping) request  id=0x0007, seq=9/2304, ttl=64 (no response found!)");
  CHECK(rows.info(1) == "Echo (ping) reply    id=0x0007, seq=9/2304, ttl=64");
}

TEST_CASE("ICMP: echo to everybody") {
  CHECK(Rows().add(frame(1, octets("08 00 F7F1 0007 0009"), {"0A000001", "FFFFFFFF"})).info(0) ==
        "Echo (ping) request  id=0x0007, seq=9/2304, ttl=64 (broadcast)");
}

TEST_CASE("ICMP: a quoted segment is counted in its stream, which it may begin") {
  const auto segment = [](unsigned port, std::string_view flags) {
    return be16(port) + octets("1F90 00000064 00000000 50") + octets(flags) + octets("2000 0000 0000");
  };
  const auto quoting = [](const Octets& quoted) { return frame(1, octets("03 01 0000 00000000") + ipv4(6, quoted)); };
  Rows rows;
  rows.add(frame(6, segment(1000, "02")));
  rows.add(quoting(segment(1000, "02")));
  rows.add(quoting(segment(1001, "02")));
  rows.add(frame(6, segment(1002, "02")));
  rows.add(frame(6, segment(1001, "02")));
  const auto known = rows.fields(1), first = rows.fields(2), later = rows.fields(4);
  CHECK(contains(known, "tcp.stream=0"));
  CHECK(contains(known, "tcp.stream.pnum=2"));
  CHECK(contains(known, "tcp.seq=100"));
  CHECK_FALSE(contains(known, "tcp.len=0"));
  CHECK(contains(first, "tcp.stream=1"));
  CHECK(contains(first, "tcp.stream.pnum=1"));
  CHECK(contains(first, "tcp.completeness=1"));
  CHECK(contains(rows.fields(3), "tcp.stream=2"));
  CHECK(contains(later, "tcp.stream=1"));
  CHECK(contains(later, "tcp.stream.pnum=2"));
  CHECK(contains(later, "tcp.time_relative=2000000"));
}

TEST_CASE("ICMP: what an echo carries is data, behind its time of sending") {
  Rows rows;
  rows.add(frame(1, octets("08 00 F7F1 0007 0009 61626364")));
  rows.add(frame(1, octets("08 00 F7F1 0007 0009 00000000 00000000 61626364")));
  CHECK(contains(rows.fields(0), "data.len=4"));
  CHECK(contains(rows.fields(1), "data.len=4"));
}

TEST_CASE("ICMP: types and codes") {
  CHECK(icmp("03 03 0000 00000000") == kIcmp + "Destination unreachable (Port unreachable)");
  CHECK(icmp("03 10 0000 00000000") == kIcmp + "Destination unreachable (Unknown code: 16)");
  CHECK(icmp("05 01 0000 01020304 45") == kIcmp + "Redirect             (Redirect for host)");
  CHECK(icmp("0B 00 0000 00000000") == kIcmp + "Time-to-live exceeded (Time to live exceeded in transit)");
  CHECK(icmp("0C 00 0000 00000000") == kIcmp + "Parameter problem    (Pointer indicates the error)");
  CHECK(icmp("0A 00 0000 00000000") == kIcmp + "Router solicitation ");
  CHECK(icmp("09 00 0000 00000000") == kIcmp + "Mobile IP Advertisement (Normal router advertisement)");
  CHECK(icmp("09 01 0000 00000000") == kIcmp + "Router advertisement (Unknown code: 1)");
  CHECK(icmp("0E 00 0000 0007 0009 00000000 00000000 00000000") ==
        kIcmp + "Timestamp reply      id=0x0007, seq=9/2304, ttl=64");
  CHECK(icmp("11 00 0000 0007 0009 00000000") == kIcmp + "Address mask request id=0x0007, seq=9/2304, ttl=64");
  CHECK(icmp("2B 02 0000 00000000") == kIcmp + "Extended Echo reply  (No Such Interface)");
  CHECK(icmp("07 00 0000 00000000") == kIcmp + "Unknown ICMP (obsolete or malformed?)");
}

TEST_CASE("ICMP: an error keeps its row, and shows the packet it is about in the tree") {
  const Octets about = ipv4(17, udp(octets("'abcd'")), {"0A000002", "0A000009"});
  Rows rows;
  rows.add(frame(1, octets("03 03 0000 00000000") + about));
  CHECK(rows.line(0) == kIcmp + "Destination unreachable (Port unreachable)");
  CHECK(contains(rows.fields(0), "udp.dstport=2000"));
  CHECK(contains(rows.fields(0), "ip.dst=0a000009"));
  CHECK(contains(rows.fields(0), "udp.stream=0"));
  CHECK_FALSE(contains(rows.fields(0), "udp.stream.pnum=1"));  // the stream begins, but it is none of its packets
  const Octets cut = frame(1, octets("03 03 0000 00000000") + about);
  CHECK(row_of(kEthernet, cut, 50) ==
        kIcmp + "Destination unreachable (Port unreachable)[Packet size limited during capture]");
}

TEST_CASE("ICMP: cut short") {
  CHECK(icmp("08 00 F7") == kIcmp + "[Malformed Packet]");
  CHECK(icmp("08 00 F7F1 0007") == kIcmp + "Echo (ping) request [Malformed Packet]");
  CHECK(icmp("0D 00 0000 0007 0009") == kIcmp + "Timestamp request    id=0x0007, seq=9/2304, ttl=64[Malformed Packet]");
  CHECK(icmp("05 01 0000 01020304") == kIcmp + "Redirect             (Redirect for host)[Malformed Packet]");
  check_every_cut(kEthernet, frame(1, octets("08 00 F7F1 0007 0009")));
}

TEST_CASE("IGMP: versions 1 and 2") {
  CHECK(igmp("11 00 0000 00000000") == "IGMPv1 | Membership Query");
  CHECK(igmp("12 00 0000 E0000009") == "IGMPv1 | Membership Report");
  CHECK(igmp("11 05 0000 00000000") == "IGMPv2 | Membership Query, general");
  CHECK(igmp("11 05 0000 E0000009") == "IGMPv2 | Membership Query, specific for group 224.0.0.9");
  CHECK(igmp("16 00 0000 E0000009") == "IGMPv2 | Membership Report group 224.0.0.9");
  CHECK(igmp("17 00 0000 E0000009") == "IGMPv2 | Leave Group 224.0.0.9");
  CHECK(igmp("01 00 0000 E0000009") == "IGMPv0 | Create Group Request");
  CHECK(igmp("15 00 0000 E0000009") == "IGMP | Unknown Type:0x15");
  CHECK(igmp("16 00 0000 E000") == "IGMPv2 | Membership Report[Malformed Packet]");
}

TEST_CASE("IGMP: version 3") {
  CHECK(igmp("11 05 0000 00000000 027D 0000") == "IGMPv3 | Membership Query, general");
  CHECK(igmp("11 05 0000 E0000009 027D 0002 01020300 01020301") ==
        "IGMPv3 | Membership Query, specific for group 224.0.0.9, sources {1.2.3.0, 1.2.3.1}");
  const auto report = [](const std::string& records) { return igmp("22 00 0000 0000 " + records); };
  CHECK(report("0000") == "IGMPv3 | Membership Report - General query");
  CHECK(report("0001 04 00 0000 E0000009") == "IGMPv3 | Membership Report / Join group 224.0.0.9 for any sources");
  CHECK(report("0001 03 00 0000 E0000009") == "IGMPv3 | Membership Report / Leave group 224.0.0.9");
  CHECK(report("0001 01 00 0001 E0000009 01020300") ==
        "IGMPv3 | Membership Report / Join group 224.0.0.9 for source {1.2.3.0}");
  CHECK(report("0001 02 00 0001 E0000009 01020300") ==
        "IGMPv3 | Membership Report / Join group 224.0.0.9, for source not {1.2.3.0}");
  CHECK(report("0001 05 00 0001 E0000009 01020300") ==
        "IGMPv3 | Membership Report / Group 224.0.0.9, new source {1.2.3.0}");
  CHECK(report("0001 06 00 0000 E0000009") ==
        "IGMPv3 | Membership Report / Group 224.0.0.9, BLOCK_OLD_SOURCES but no source specified (?)");
  CHECK(report("0002 04 00 0000 E0000009 03 00 0000 E0000008") ==
        "IGMPv3 | Membership Report / Join group 224.0.0.9 for any sources / Leave group 224.0.0.8");
  CHECK(report("0002 04 00 0000 E0000009") ==
        "IGMPv3 | Membership Report / Join group 224.0.0.9 for any sources[Malformed Packet]");
  check_every_cut(kEthernet, frame(2, octets("22 00 0000 0000 0001 01 00 0001 E0000009 01020300")));
}
