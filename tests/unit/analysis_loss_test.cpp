// Loss: the counts, what proves a retransmission needless, and the verdict.
#include "analysis/loss.h"

#include "analysis/evidence.h"
#include "catch.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::analysis;
using test::all;
using test::numbers;
using test::trace_of;

namespace {
using Numbers = std::vector<uint32_t>;
}

TEST_CASE("a retransmission answered by a D-SACK was needless: nothing is proven lost") {
  const trace::Trace trace = trace_of(R"(
    0.840  c:1 > s:443  TLSv1.2  656  [PSH, ACK] Seq=9840 Ack=1 Len=602
    0.844  c:1 > s:443  TCP      656  [TCP Retransmission] [PSH, ACK] Seq=9840 Ack=1 Len=602
    0.850  s:443 > c:1  TCP      54   [ACK] Seq=1 Ack=10442 Len=0
    0.851  s:443 > c:1  TCP      66   [TCP Dup ACK 3#1] [ACK] Seq=1 Ack=10442 Len=0  {D-SACK of 2}
  )");
  const Loss found = loss(trace, all(trace));
  CHECK(found.retransmissions == 1);
  CHECK(found.timeout == 1);
  CHECK(found.lost == 0);
  CHECK(found.duplicate_acks == 1);
  CHECK(found.verdict == Verdict::not_lost);
  CHECK(found.sentence ==
        "Nothing was lost: 1 retransmission, proven needless: the receiver reported a duplicate (D-SACK in packet 4).");
  CHECK(numbers(evidence(trace, all(trace), "retransmissions")) == Numbers{2});
  CHECK(numbers(evidence(trace, all(trace), "needless")) == Numbers{2, 4});
  CHECK(numbers(evidence(trace, all(trace), "lost")) == Numbers{2, 4});

  SECTION("a selection without it has none; without TCP nothing can be known") {
    const Loss rest = loss(trace, trace::Selection::run(2, 4));
    CHECK(rest.retransmissions == 0);
    CHECK(rest.needless.empty());
    CHECK(rest.sentence == "Nothing was lost: no segment was sent again, and none is missing.");
    CHECK_FALSE(loss(trace, trace::Selection::run(0, 0)).known());
    const trace::Trace udp = trace_of("0.0 c:1 > s:53 DNS 70");
    CHECK(loss(udp, all(udp)).sentence ==
          "No TCP segment is among these packets: without sequence numbers loss cannot be seen.");
  }
}

TEST_CASE("retransmissions by kind, and those that nothing proves needless are lost") {
  const trace::Trace trace = trace_of(R"(
    0.0  c:1 > s:443  TCP  154  [TCP Retransmission] [ACK] Seq=1 Len=100
    0.1  c:1 > s:443  TCP  154  [TCP Fast Retransmission] [ACK] Seq=101 Len=100
    0.2  c:1 > s:443  TCP  154  [TCP Spurious Retransmission] [ACK] Seq=201 Len=100
    0.3  c:1 > s:443  TCP  154  [TCP Out-Of-Order] [ACK] Seq=301 Len=100
    0.4  s:443 > c:1  TCP  66   [ACK] Seq=1 Ack=401 Len=0  {D-SACK of 3}
    0.5  s:443 > c:1  TCP  66   [TCP Keep-Alive ACK] [ACK] Seq=1 Ack=401 Len=0
  )");
  const Loss found = loss(trace, all(trace));
  CHECK(found.retransmissions == 3);
  CHECK(found.fast == 1);
  CHECK(found.spurious == 1);
  CHECK(found.timeout == 1);
  CHECK(found.lost == 2);
  CHECK(found.out_of_order == 1);
  CHECK(found.keep_alive_acks == 1);
  // Spurious and reported by a D-SACK: one needless retransmission, with its proof.
  REQUIRE(found.needless.size() == 1);
  CHECK(found.needless[0].proof == 4);
  CHECK(found.verdict == Verdict::lost);
  CHECK(
      found.sentence ==
      "Lost in the network: 3 retransmissions, 1 of them proven needless (packet 3: the receiver reported a duplicate "
      "(D-SACK in packet 5)); nothing proves that the first copy of 2 segments had arrived.");
  CHECK(numbers(evidence(trace, all(trace), "lost")) == Numbers{1, 2});
  CHECK(numbers(evidence(trace, all(trace), "fast")) == Numbers{2});
  CHECK(numbers(evidence(trace, all(trace), "timeout")) == Numbers{1});
  CHECK(numbers(evidence(trace, all(trace), "out_of_order")) == Numbers{4});
}

TEST_CASE("a packet that the capture holds twice is a retransmission for Wireshark, and no loss") {
  const trace::Trace trace = trace_of(R"(
    0.0001  c:1 > s:443  TCP  154  [ACK] Seq=1 Len=100
    0.0002  c:1 > s:443  TCP  154  [TCP Retransmission] [ACK] Seq=1 Len=100           {copy of 1}
    0.0003  s:443 > c:1  TCP  54   [ACK] Seq=1 Ack=101 Len=0
    0.0004  s:443 > c:1  TCP  54   [TCP Dup ACK 3#1] [ACK] Seq=1 Ack=101 Len=0        {copy of 3}
    0.3     c:1 > s:443  TCP  154  [TCP Spurious Retransmission] [ACK] Seq=1 Len=100
    0.3001  c:1 > s:443  TCP  154  [TCP Spurious Retransmission] [ACK] Seq=1 Len=100  {copy of 5}
  )");
  const Loss found = loss(trace, all(trace));
  CHECK(found.retransmissions == 3);
  CHECK(found.spurious == 2);
  CHECK(found.copies == 2);
  CHECK(found.needless.size() == 3);
  CHECK(found.lost == 0);
  CHECK(found.verdict == Verdict::not_lost);
  CHECK(found.sentence ==
        "Nothing was lost: 3 retransmissions, 2 of them copies that the capture's place made (packet 2: it is packet 1 "
        "again), "
        "1 of them proven needless (packet 5: its acknowledgment had been captured before).");
  CHECK(numbers(evidence(trace, all(trace), "copies")) == Numbers{1, 2, 5, 6});
  CHECK(numbers(evidence(trace, all(trace), "doubled-packets")) == Numbers{2, 4, 6});
  CHECK(loss(trace, trace::Selection::run(0, 2)).sentence ==
        "Nothing was lost: 1 retransmission, a copy that the capture's place made: it is packet 1 again.");
}

TEST_CASE("what the snap length keeps Wireshark from marking is lost all the same") {
  const trace::Trace trace = trace_of(R"(
    0.0  c:1 > s:443  TCP  154  [ACK] Seq=1 Len=100                       {options cut}
    0.3  c:1 > s:443  TCP  154  [TCP Retransmission] [ACK] Seq=1 Len=100  {options cut}
    0.6  c:1 > s:443  TCP  154  [TCP Retransmission] [ACK] Seq=1 Len=100
  )");
  const Loss found = loss(trace, all(trace));
  CHECK(found.retransmissions == 1);
  CHECK(found.unmarked == 1);
  CHECK(found.lost == 2);
  CHECK(found.sentence ==
        "Lost in the network: 2 retransmissions, 1 of them unmarked in Wireshark because the snap length cut off the "
        "options; nothing proves that the first copy of 2 segments had arrived.");
  CHECK(numbers(evidence(trace, all(trace), "retransmissions")) == Numbers{3});
  CHECK(numbers(evidence(trace, all(trace), "lost")) == Numbers{2, 3});
  const trace::Trace gap =
      trace_of("0.0 c:1 > s:443 TCP 154 [TCP Previous segment not captured] [ACK] Seq=9 Len=100 {options cut}");
  CHECK(loss(gap, all(gap)).lost_segments == 0);
  CHECK(loss(gap, all(gap)).verdict == Verdict::not_visible);
  CHECK(numbers(evidence(gap, all(gap), "lost_segments")).empty());
}

TEST_CASE("a spurious retransmission is needless without another proof") {
  const trace::Trace trace = trace_of("0.2 c:1 > s:443 TCP 154 [TCP Spurious Retransmission] [ACK] Seq=201 Len=100");
  const Loss found = loss(trace, all(trace));
  CHECK(found.lost == 0);
  REQUIRE(found.needless.size() == 1);
  CHECK(found.needless[0].proof == dissect::kNoPacket);
  CHECK(found.sentence ==
        "Nothing was lost: 1 retransmission, proven needless: its acknowledgment had been captured before.");
  CHECK(numbers(evidence(trace, all(trace), "needless")) == Numbers{1});
}

TEST_CASE("segments that the capture lacks make the verdict invisible, keep-alives do not") {
  const trace::Trace missing = trace_of(R"(
    0.0  c:1 > s:443  TCP  154  [TCP Previous segment not captured] [ACK] Seq=201 Len=100
    0.1  s:443 > c:1  TCP  54   [TCP ACKed unseen segment] [ACK] Seq=1 Ack=501 Len=0
  )");
  CHECK(loss(missing, all(missing)).verdict == Verdict::not_visible);
  CHECK(loss(missing, all(missing)).lost == 0);
  CHECK(loss(missing, all(missing)).sentence ==
        "Not visible to this capture: 1 gap in the sequence numbers and 1 acknowledgment of segments that were never "
        "seen, "
        "and no retransmissions: either the capture missed segments, or they were lost before they reached it.");
  const trace::Trace idle = trace_of("0.0 c:1 > s:443 TCP 55 [TCP Keep-Alive] [ACK] Seq=100 Len=1");
  CHECK(loss(idle, all(idle)).verdict == Verdict::not_lost);
  CHECK(loss(idle, all(idle)).keep_alives == 1);
}
