// The idle tail: where it begins, what it is made of, and when there is none.
#include "analysis/idle_tail.h"

#include "catch.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::analysis;
using test::all;
using test::trace_of;

TEST_CASE("keep-alives after the last data are an idle tail") {
  const trace::Trace trace = trace_of(R"(
    0.000000   c:1000 > s:443  TCP      78   [SYN] Seq=0 Len=0
    0.004181   s:443 > c:1000  TCP      66   [SYN, ACK] Seq=0 Ack=1 Len=0
    0.004277   c:1000 > s:443  TCP      54   [ACK] Seq=1 Ack=1 Len=0
    1.032377   s:443 > c:1000  TLSv1.2  1262 [PSH, ACK] Seq=1 Ack=1 Len=1208
    1.032544   c:1000 > s:443  TCP      54   [ACK] Seq=1 Ack=1209 Len=0
    46.512323  c:1000 > s:443  TCP      54   [TCP Keep-Alive] [ACK] Seq=0 Ack=1209 Len=0
    46.516834  s:443 > c:1000  TCP      56   [TCP Keep-Alive ACK] [ACK] Seq=1209 Ack=1 Len=0
    91.997348  c:1000 > s:443  TCP      54   [TCP Keep-Alive] [ACK] Seq=0 Ack=1209 Len=1
    92.001504  s:443 > c:1000  TCP      56   [TCP Keep-Alive ACK] [ACK] Seq=1209 Ack=1 Len=0
  )");
  const Activity found = activity(trace, all(trace));
  CHECK(found.total_ns == 92'001'504'000);
  CHECK(found.active_ns == 1'032'544'000);
  REQUIRE(found.idle_tail);
  CHECK(found.idle_tail->first_packet == 5);
  CHECK(found.idle_tail->before_packet == 4);
  CHECK(found.idle_tail->gap_ns == 45'479'779'000);
  CHECK(found.idle_tail->packets == 4);
  CHECK(found.idle_tail->keep_alives == 2);
  CHECK(found.idle_tail->keep_alive_acks == 2);
  CHECK(found.reason ==
        "After packet 5 nothing comes for 45.48 s, and then no new data: only 2 keep-alives and 2 keep-alive ACKs.");

  SECTION("a selection has its own tail") {
    const Activity head = activity(trace, trace::Selection::run(0, 5));
    CHECK_FALSE(head.idle_tail);
    CHECK(head.active_ns == head.total_ns);
    CHECK(head.reason == "No gap of more than one second follows the last packet with new data (packet 4).");
    const Activity tail = activity(trace, trace::Selection::run(5, 9));
    CHECK_FALSE(tail.idle_tail);
    CHECK(tail.active_ns == 45'489'181'000);
    CHECK(tail.reason.find("No selected packet carries new data") == 0);
  }
  SECTION("nothing selected") {
    const Activity nothing = activity(trace, trace::Selection::run(3, 3));
    CHECK_FALSE(nothing.total_ns);
    CHECK_FALSE(nothing.active_ns);
    CHECK(nothing.reason == "No packets are selected.");
  }
}

TEST_CASE("what begins the tail is the first gap after the data, not the longest") {
  const trace::Trace trace = trace_of(R"(
    0.0   c:1000 > s:443  TCP  154  [PSH, ACK] Seq=1 Len=100
    # not longer than a second: still active
    1.0   s:443 > c:1000  TCP  54   [ACK] Seq=1 Ack=101 Len=0
    2.000000001  s:443 > c:1000  TCP  54  [FIN, ACK] Seq=1 Ack=101 Len=0
    60.0  c:1000 > s:443  TCP  54   [RST] Seq=101 Len=0
    61.0  c:1000 > s:443  TCP  154  [TCP Retransmission] [PSH, ACK] Seq=1 Len=100
  )");
  const Activity found = activity(trace, all(trace));
  REQUIRE(found.idle_tail);
  CHECK(found.idle_tail->first_packet == 2);
  CHECK(found.active_ns == 1'000'000'000);
  CHECK(found.idle_tail->fins == 1);
  CHECK(found.idle_tail->resets == 1);
  CHECK(found.idle_tail->other == 1);
  CHECK(found.reason ==
        "After packet 2 nothing comes for 1 s, and then no new data: only 1 RST, 1 FIN and 1 other segment without new "
        "data.");
}

TEST_CASE("neighbors that are asked for their addresses are part of the tail") {
  const std::string head = R"(
    0.0   c:1000 > s:443  TCP  154  [PSH, ACK] Seq=1 Len=100
    5.0   c > s  ARP  42  {finds neighbors}
    5.1   s > c  ARP  42  {finds neighbors}
    9.0   c > s  ICMPv6  86  {finds neighbors}
    9.1   s > c  ICMPv6  86  {finds neighbors}
  )";
  const Activity found = activity(trace_of(head), trace::Selection::all(5));
  CHECK(found.active_ns == 0);
  REQUIRE(found.idle_tail);
  CHECK(found.idle_tail->neighbor_discovery == 4);
  CHECK(found.reason ==
        "After packet 1 nothing comes for 5 s, and then no new data: only 4 packets of ARP or neighbor discovery.");
  CHECK_FALSE(activity(trace_of(head + "9.2  c > s  ICMPv6  118"), trace::Selection::all(6)).idle_tail);
}

TEST_CASE("a late packet with new data, or of another protocol, leaves no tail") {
  const std::string head = R"(
    0.0   c:1000 > s:443  TCP  154  [PSH, ACK] Seq=1 Len=100
    50.0  c:1000 > s:443  TCP  54   [TCP Keep-Alive] [ACK] Seq=100 Len=1
  )";
  CHECK(activity(trace_of(head), trace::Selection::all(2)).idle_tail);
  for (const std::string last : {"90.0  c:1000 > s:443  TCP  64  [PSH, ACK] Seq=101 Len=10",
                                 "90.0  c:1001 > s:443  TCP  64  [SYN] Seq=0 Len=0", "90.0  c > s  ICMP  98"}) {
    const trace::Trace trace = trace_of(head + last);
    CHECK_FALSE(activity(trace, all(trace)).idle_tail);
  }
}

TEST_CASE("total time runs from the earliest to the latest packet, wherever they stand") {
  const trace::Trace trace = trace_of(R"(
    5.0  c > s  ARP  42  {finds neighbors}
    3.5  s > c  ARP  42  {finds neighbors}
    4.0  c > s  ARP  42  {finds neighbors}
  )");
  CHECK(activity(trace, all(trace)).total_ns == 1'500'000'000);
}
