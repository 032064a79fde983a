// ARP in all its forms: what the rows say, as Wireshark words it.
#include <algorithm>

#include "packet_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

const std::string kMacs = "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff | ";

Octets arp(unsigned operation, std::string_view addresses) {
  return ethernet(0x0806, octets("0001 0800 06 04") + be16(operation) + octets(addresses));
}

/// The row after the addresses of the frame.
std::string shown(const Octets& frame) {
  const std::string row = row_of(kEthernet, frame);
  REQUIRE(row.substr(0, kMacs.size()) == kMacs);
  return row.substr(kMacs.size());
}
std::string shown(unsigned operation) { return shown(arp(operation, "020000000001 C0A80001 000000000000 C0A80002")); }

}  // namespace

TEST_CASE("ARP: requests and replies") {
  CHECK(shown(1) == "ARP | Who has 192.168.0.2? Tell 192.168.0.1");
  CHECK(shown(2) == "ARP | 192.168.0.1 is at 02:00:00:00:00:01");
  CHECK(shown(arp(1, "020000000001 00000000 000000000000 C0A80002")) == "ARP | Who has 192.168.0.2? (ARP Probe)");
}

TEST_CASE("ARP: gratuitous ones and announcements") {
  CHECK(shown(arp(1, "020000000001 C0A80001 000000000000 C0A80001")) == "ARP | ARP Announcement for 192.168.0.1");
  CHECK(shown(arp(1, "020000000001 C0A80001 FFFFFFFFFFFF C0A80001")) ==
        "ARP | Gratuitous ARP for 192.168.0.1 (Request)");
  CHECK(shown(arp(2, "020000000001 C0A80001 FFFFFFFFFFFF C0A80001")) == "ARP | Gratuitous ARP for 192.168.0.1 (Reply)");
}

TEST_CASE("ARP: the other operations") {
  CHECK(shown(3) == "RARP | Who is 00:00:00:00:00:00? Tell 02:00:00:00:00:01");
  CHECK(shown(4) == "RARP | 00:00:00:00:00:00 is at 192.168.0.2");
  CHECK(shown(5) == "DRARP | Who is 00:00:00:00:00:00? Tell 02:00:00:00:00:01");
  CHECK(shown(7) == "DRARP | DRARP Error");
  CHECK(shown(8) == "Inverse ARP | Who is 00:00:00:00:00:00? Tell 02:00:00:00:00:01");
  CHECK(shown(9) == "Inverse ARP | 02:00:00:00:00:01 is at 192.168.0.1");
  CHECK(shown(10) == "ARP | ARP NAK");
  CHECK(shown(11) == "MARS | MARS request from 02:00:00:00:00:01 at 192.168.0.1");
  CHECK(shown(23) == "MAPOS | MAPOS UNARP request from 02:00:00:00:00:01 at 192.168.0.1");
  CHECK(shown(24) == "ARP | Experimental 1 ( opcode 24 )");
  CHECK(shown(26) == "ARP | Unknown ARP opcode 0x001a");
  CHECK(shown(0) == "ARP | Reserved opcode 0");
}

TEST_CASE("ARP: addresses that are neither Ethernet's nor IPv4's") {
  const auto row = [](const std::string& notation) { return shown(ethernet(0x0806, octets(notation))); };
  CHECK(row("0001 86DD 06 04 0001 020000000001 C0A80001 000000000000 C0A80002") ==
        "ARP | Who has c0a80002? Tell c0a80001");
  CHECK(row("0007 0800 01 04 0002 50 C0A80001 BE C0A80002") == "ARP | 192.168.0.1 is at 50");
  CHECK(row("0001 0800 00 04 0002 C0A80001 C0A80002") == "ARP | 192.168.0.1 is at <No address>");
  const std::string long_address(74, '2');  // 37 bytes, of which 36 are shown
  CHECK(row("0001 0800 06 25 0001 020000000001 " + long_address + "000000000000 03" + long_address.substr(2)) ==
        "ARP | Who has 03" + long_address.substr(4) + "…? Tell " + long_address.substr(2) + "…");
}

TEST_CASE("ARP: another station uses the address") {
  Rows rows;
  rows.add(arp(2, "020000000001 C0A80001 020000000009 C0A80009"));
  rows.add(arp(1, "020000000002 C0A80001 000000000000 C0A80003"));
  rows.add(arp(1, "020000000001 C0A80001 000000000000 C0A80003"));
  rows.add(arp(1, "020000000005 C0A80009 000000000000 C0A80009"));
  CHECK(rows.info(0) == "192.168.0.1 is at 02:00:00:00:00:01");
  CHECK(rows.info(1) == "Who has 192.168.0.3? Tell 192.168.0.1 (duplicate use of 192.168.0.1 detected!)");
  const auto fields = rows.fields(1);
  CHECK(std::find(fields.begin(), fields.end(), "arp.duplicate-address-frame=1") != fields.end());
  CHECK(rows.info(2) == "Who has 192.168.0.3? Tell 192.168.0.1");
  CHECK(rows.info(3) == "ARP Announcement for 192.168.0.9 (duplicate use of 192.168.0.9 detected!)");
}

TEST_CASE("ARP: cut short, nothing is told") {
  const Octets frame = arp(1, "020000000001 C0A80001 000000000000 C0A80002");
  CHECK(row_of(kEthernet, frame, 41) == kMacs + "ARP | [Packet size limited during capture]");
  CHECK(shown(Octets(frame.begin(), frame.end() - 1)) == "ARP | [Malformed Packet]");
  CHECK(check_every_cut(kEthernet, frame) == frame.size());
}

TEST_CASE("ARP: fields") {
  const auto fields = Rows().add(arp(1, "020000000001 C0A80001 000000000000 C0A80001")).fields(0);
  for (const char* field : {"arp.opcode=1", "arp.src.hw_mac=020000000001", "arp.src.proto_ipv4=c0a80001",
                            "arp.isgratuitous=1", "arp.isannouncement=1"})
    CHECK(contains(fields, field));
}
