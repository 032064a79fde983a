// ICMPv6 with neighbour and listener discovery: what the rows say, as Wireshark words it.
#include "packet_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

const std::string kRow = "2001:db8::1 > 2001:db8::2 | ICMPv6 | ";
const std::string kTarget = "FE800000000000000000000000000009";

Octets frame(const Octets& message) { return ethernet(0x86DD, ipv6(58, message)); }
std::string row(const std::string& notation) { return row_of(kEthernet, frame(octets(notation))); }

}  // namespace

TEST_CASE("ICMPv6: echo and its reply") {
  Rows rows;
  rows.add(frame(octets("80 00 1111 0007 0009")));
  rows.add(frame(octets("81 00 1011 0007 0009")));
  rows.add(frame(octets("80 00 1110 0007 000A")));
  CHECK(rows.lines() ==
        std::vector<std::string>{kRow + "Echo (ping) request id=0x0007, seq=9, hop limit=64 (reply in 2)",
                                 kRow + "Echo (ping) reply id=0x0007, seq=9, hop limit=64 (request in 1)",
                                 kRow + "Echo (ping) request id=0x0007, seq=10, hop limit=64 (no response found!)"});
  CHECK(contains(rows.fields(0), "icmpv6.resp_in=2"));
}

TEST_CASE("ICMPv6: neighbour discovery") {
  const std::string source = "0101020000000001", target = "0201020000000002";
  CHECK(row("87 00 0000 00000000" + kTarget + source) ==
        kRow + "Neighbor Solicitation for fe80::9 from 02:00:00:00:00:01");
  CHECK(row("87 00 0000 00000000" + kTarget) == kRow + "Neighbor Solicitation for fe80::9");
  CHECK(row("88 00 0000 E0000000" + kTarget + target) ==
        kRow + "Neighbor Advertisement fe80::9 (rtr, sol, ovr) is at 02:00:00:00:00:02");
  CHECK(row("88 00 0000 40000000" + kTarget) == kRow + "Neighbor Advertisement fe80::9 (sol)");
  CHECK(row("88 00 0000 00000000" + kTarget) == kRow + "Neighbor Advertisement fe80::9 (none)");
  CHECK(row("85 00 0000 00000000") == kRow + "Router Solicitation");
  CHECK(row("86 00 0000 40000708 00000000 00000000 0501000000000500" + source) ==
        kRow + "Router Advertisement from 02:00:00:00:00:01");
  CHECK(row("89 00 0000 00000000" + kTarget + kTarget + target) == kRow + "Redirect is at 02:00:00:00:00:02");
  Rows rows;
  CHECK(rows.add(frame(octets("87 00 0000 00000000" + kTarget))).row(0).flags == dissect::kFindsNeighbors);
  CHECK(rows.add(frame(octets("80 00 1111 0007 0009"))).row(1).flags == 0);
}

TEST_CASE("ICMPv6: options that are too long, of no length, or missing") {
  const std::string start = "87 00 0000 00000000" + kTarget;
  const std::string shown = kRow + "Neighbor Solicitation for fe80::9";
  CHECK(row(start + "0100020000000001") == shown);
  CHECK(row(start + "0102020000000001AABBCCDDEEFF0011") == shown);
  CHECK(row(start + "01010200000000") == shown + "[Malformed Packet]");
  CHECK(row(start + "0303000000000000") == shown + "[Malformed Packet]");
  CHECK(row("87 00 0000 00000000 FE80") == kRow + "Neighbor Solicitation[Malformed Packet]");
}

TEST_CASE("ICMPv6: errors") {
  const std::string about = "60000000 0000 3B 40" + kTarget + kTarget;
  CHECK(row("01 04 0000 00000000" + about) == kRow + "Destination Unreachable (Port unreachable)");
  CHECK(row("01 09 0000 00000000" + about) == kRow + "Destination Unreachable (Unknown)");
  CHECK(row("02 00 0000 00000500" + about) == kRow + "Packet Too Big");
  CHECK(row("03 00 0000 00000000" + about) == kRow + "Time Exceeded (Hop limit exceeded in transit)");
  CHECK(row("03 02 0000 00000000" + about) == kRow + "Time Exceeded (Unknown (2))");
  CHECK(row("04 02 0000 00000028" + about) == kRow + "Parameter Problem (Unrecognized IPv6 option encountered)");
  CHECK(row("01 00 0000 00000000") == kRow + "Destination Unreachable (No route to destination)[Malformed Packet]");
}

TEST_CASE("ICMPv6: listener discovery") {
  CHECK(row("82 00 0000 0000 0000" + kTarget) == kRow + "Multicast Listener Query");
  CHECK(row("83 00 0000 0000 0000" + kTarget) == kRow + "Multicast Listener Report");
  CHECK(row("84 00 0000 0000 0000" + kTarget) == kRow + "Multicast Listener Done");
  CHECK(row("8F 00 0000 0000 0001 04 00 0000" + kTarget) == kRow + "Multicast Listener Report Message v2");
  CHECK(row("8F 00 0000 0000 0001 04 00 0001" + kTarget) ==
        kRow + "Multicast Listener Report Message v2[Malformed Packet]");
  CHECK(row("82 00 0000 0000 0000") == kRow + "Multicast Listener Query[Malformed Packet]");
}

TEST_CASE("ICMPv6: other types") {
  CHECK(row("9B 01 0000 00000000") == kRow + "RPL Control (DODAG Information Object)");
  CHECK(row("8B 00 0000 0000 0000 0000000000000000") ==
        kRow + "Node Information Query (Query subject = IPv6 addresses)");
  CHECK(row("05 00 0000 00000000") == kRow + "Unknown (5)");
}

TEST_CASE("ICMPv6: cut short") {
  CHECK(row("") == kRow + "[Malformed Packet]");
  CHECK(row("80") == kRow + "Echo (ping) request[Malformed Packet]");
  check_every_cut(kEthernet, frame(octets("87 00 0000 00000000" + kTarget + "0101020000000001")));
  check_every_cut(kEthernet, frame(octets("8F 00 0000 0000 0001 04 00 0001" + kTarget + kTarget)));
}
