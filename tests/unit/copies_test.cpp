// Packets that the capture holds twice: which are told from those that were sent again, and what the answers make of
// them.
#include "dissect/copies.h"

#include <vector>

#include "catch.h"
#include "packetdrill.h"

using namespace tracedrop;
using dissect::Copies;
using dissect::kNoPacket;
using dissect::NeedlessRetransmission;
using test::run_script;

namespace {

/// A datagram with an identification and a payload byte that tells it from others.
std::vector<uint8_t> datagram(uint16_t id, uint8_t content, uint8_t ttl = 64) {
  std::vector<uint8_t> out = {0x45,
                              0,
                              0,
                              30,
                              static_cast<uint8_t>(id >> 8),
                              static_cast<uint8_t>(id),
                              0,
                              0,
                              ttl,
                              17,
                              0x12,
                              static_cast<uint8_t>(ttl),
                              10,
                              0,
                              0,
                              1,
                              10,
                              0,
                              0,
                              2,
                              0,
                              53,
                              0,
                              53,
                              0,
                              10,
                              0,
                              0};
  out.push_back(content);
  out.push_back(content);
  return out;
}

struct Seen {
  Copies copies;
  int64_t now_ns = 0;
  dissect::PacketIndex index = 0;

  Copies::Found find(const std::vector<uint8_t>& packet, int64_t after_ns = 1000) {
    now_ns += after_ns;
    return copies.find(Bytes(packet.data(), packet.size()), 7, now_ns, index++);
  }
};

std::vector<uint32_t> copied(const test::Drill& drill) {
  std::vector<uint32_t> found;
  for (size_t i = 0; i < drill.packets.size(); ++i)
    if ((drill.packets[i].row.flags & dissect::kIsCopy) != 0) found.push_back(static_cast<uint32_t>(i + 1));
  return found;
}

using Numbers = std::vector<uint32_t>;

}  // namespace

TEST_CASE("copies: equal bytes and identification, whatever a router changed, within a millisecond") {
  Seen seen;
  CHECK(seen.find(datagram(1, 'a')).original == kNoPacket);
  CHECK(seen.find(datagram(2, 'b')).original == kNoPacket);
  const Copies::Found again = seen.find(datagram(1, 'a', 63));
  CHECK(again.original == 0);
  CHECK(again.same_id);
  CHECK(seen.find(datagram(2, 'b')).original == 1);
  CHECK(seen.find(datagram(3, 'b')).original == kNoPacket);  // sent again: another identification
  CHECK(seen.find(datagram(2, 'c')).original == kNoPacket);
  CHECK(seen.find(datagram(1, 'a'), Copies::kMostApartNs).original == kNoPacket);
  CHECK(seen.find({0x45, 0, 0}).original == kNoPacket);
}

TEST_CASE("copies: an identification that does not tell packets apart proves nothing") {
  Seen seen;
  seen.find(datagram(0, 'a'));
  CHECK_FALSE(seen.find(datagram(0, 'a')).same_id);
  seen.find(datagram(5, 'b'));
  seen.find(datagram(5, 'c'));
  const Copies::Found again = seen.find(datagram(5, 'c'));
  CHECK(again.original == 3);
  CHECK_FALSE(again.same_id);
}

TEST_CASE("copies: a segment that stands twice is Wireshark's retransmission and nobody's loss") {
  const test::Drill drill = run_script(R"(
    +0     > S 0:0(0) win 65535 <mss 1460> id 1
    +.0001 > S 0:0(0) win 65535 <mss 1460> id 1 ttl 63        ; [TCP Retransmission]
    +.010  < S. 0:0(0) ack 1 win 64240 <mss 1460> id 0
    +.0001 < S. 0:0(0) ack 1 win 64240 <mss 1460> id 0        ; [TCP Retransmission]
    +.001  > . 1:1(0) ack 1 win 4096 id 2
    +.0001 > . 1:1(0) ack 1 win 4096 id 2                     ; [TCP Dup ACK 5#1]
    +.001  > P. 1:101(100) ack 1 win 4096 id 3
    +.0001 > P. 1:101(100) ack 1 win 4096 id 3                ; [TCP Retransmission]
    +.0001 > P. 1:101(100) ack 1 win 4096 id 4                ; [TCP Retransmission]
    +.010  < . 1:1(0) ack 101 win 502 id 9
    +.0001 > P. 1:101(100) ack 1 win 4096 id 5                ; [TCP Spurious Retransmission]
    +.0001 > P. 1:101(100) ack 1 win 4096 id 5                ; [TCP Spurious Retransmission]
  )");
  for (const test::DrillPacket& packet : drill.packets) {
    INFO(packet.line);
    CHECK(packet.notes == packet.expected);
  }
  CHECK(copied(drill) == Numbers{2, 4, 6, 8, 12});
  std::vector<uint32_t> retransmissions;
  for (const NeedlessRetransmission& needless : drill.findings.needless)
    if (needless.why == NeedlessRetransmission::Why::copy) retransmissions.push_back(needless.retransmission + 1);
  CHECK(retransmissions == Numbers{2, 4, 8, 12});
  // The copy of the SYN/ACK does not hide how long its ACK took; packet 9 was sent again, so that of 7 is not known.
  REQUIRE(drill.findings.rtt_samples.size() == 2);
  CHECK(drill.findings.rtt_samples[1].segment == 2);
}

TEST_CASE("copies: without an identification, what nobody asked for again was not sent again") {
  CHECK(copied(run_script(R"(
    +0     > . 1:101(100) ack 1 win 4096 id 0
    +.0001 < . 1:1(0) ack 1 win 502 id 0
    +.0001 > . 1:101(100) ack 1 win 4096 id 0
  )")) == Numbers{3});
  // Duplicate ACKs can bring a segment back within a millisecond.
  CHECK(copied(run_script(R"(
    +0     < . 1:1(0) ack 1 win 502 id 0
    +.0001 > . 1:101(100) ack 1 win 4096 id 0
    +.0001 < . 1:1(0) ack 1 win 502 id 0 <nop,nop,sack 101:201>
    +.0001 > . 1:101(100) ack 1 win 4096 id 0
  )"))
            .empty());
}
