// Timeline, groups, health, and the whole answer.
#include "analysis/answers.h"

#include "analysis/evidence.h"
#include "analysis/groups.h"
#include "analysis/words.h"
#include "catch.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::analysis;
using test::all;
using test::numbers;
using test::trace_of;

namespace {

using Numbers = std::vector<uint32_t>;

Numbers evidence_of(const trace::Trace& trace, std::string_view name) {
  return numbers(evidence(trace, all(trace), name));
}

Figure figure(const Answers& answers, std::string_view name) {
  for (const Figure& f : figures(answers))
    if (f.name == name) return f;
  FAIL("no figure " << name);
  return {};
}

const char* const kMixed = R"(
  0.000  c:1000 > s:443  TCP  78    [SYN] Seq=0 Len=0
  0.004  s:443 > c:1000  TCP  66    [SYN, ACK] Seq=0 Ack=1 Len=0
  0.004  c:1000 > s:443  TCP  54    [ACK] Seq=1 Ack=1 Len=0
  0.010  c:1000 > s:443  TLSv1.2  571  [PSH, ACK] Seq=1 Ack=1 Len=517
  0.500  c:5000 > r:53   DNS  70
  0.530  r:53 > c:5000   DNS  86
  0.900  c > r           ARP  42
)";

}  // namespace

TEST_CASE("every figure of an empty selection is absent, with a reason and never a zero") {
  const trace::Trace trace = trace_of(kMixed);
  for (const Figure& f : figures(answer(trace, trace::Selection::run(2, 2)))) {
    if (f.name == "packets") {
      CHECK(f.value == 0.0);
      continue;
    }
    INFO(f.name);
    CHECK_FALSE(f.value);
    CHECK(f.why_absent.size() > 10);
  }
}

TEST_CASE("a file without packets says so in every figure") {
  trace::Trace trace;
  trace.complete = true;
  trace.kind = trace::SourceKind::pcap;
  for (const Figure& f : figures(answer(trace, all(trace)))) {
    INFO(f.name);
    if (f.name != "packets") CHECK(f.why_absent.find("The capture holds no packets: ") == 0);
  }
  trace.kind = trace::SourceKind::csv;
  CHECK(figure(answer(trace, all(trace)), "rtt_ms").why_absent.find("The csv holds no packets: ") == 0);
}

TEST_CASE("a link type that is not dissected is the reason for what it hides") {
  trace::Trace trace = trace_of("0.0 a > b Unknown 27\n0.1 a > b Unknown 31");
  trace.interfaces[0].link_type = 249;
  const Answers a = answer(trace, all(trace));
  const std::string why =
      "The link type of these packets is not dissected (USBPcap): no addresses, connections or requests are seen in "
      "them, only their number, sizes and times.";
  CHECK(figure(a, "rtt_ms").why_absent == why);
  CHECK(figure(a, "lost").why_absent == why);
  CHECK(figure(a, "retransmissions").why_absent == why);
  CHECK(figure(a, "size_mean").value == 29.0);
  REQUIRE(a.health.size() == 1);
  CHECK(a.health[0].code == "link-type");
  CHECK(a.health[0].count == 2);
  CHECK(a.health[0].text.find("2 packets have a link type that is not dissected (USBPcap), first packet 1: ") == 0);
  CHECK(evidence_of(trace, "link-type") == Numbers{1, 2});
  trace.interfaces[0].link_type = 4711;
  CHECK(figure(answer(trace, all(trace)), "lost").why_absent.find("(link type 4711)") != std::string::npos);

  // Beside packets of a link type that is known, it is a note of these packets.
  trace.interfaces.push_back(trace.interfaces[0]);
  trace.interfaces[0].link_type = 1;
  trace.packet_interface = {0, 1};
  const Answers both = answer(trace, all(trace));
  CHECK(figure(both, "lost").why_absent.find("No TCP segment is among these packets") == 0);
  REQUIRE(both.health.size() == 1);
  CHECK(both.health[0].text.find("1 packet has a link type") == 0);
  CHECK(both.health[0].first == 1);
}

TEST_CASE("the figures of one packet: sizes without a deviation, no interarrival time") {
  const trace::Trace trace = trace_of(kMixed);
  const Answers one = answer(trace, trace::Selection::run(4, 5));
  CHECK(figure(one, "packets").value == 1.0);
  CHECK(figure(one, "total_time_s").value == 0.0);
  CHECK(figure(one, "size_mean").value == 70.0);
  CHECK(figure(one, "size_std").why_absent == "A standard deviation takes two packets.");
  CHECK(figure(one, "iat_mean_s").why_absent == "An interarrival time takes two packets.");
  CHECK_FALSE(figure(one, "iat_zero").value);
  CHECK_FALSE(figure(one, "retransmissions").value);
  CHECK(figure(one, "lost").why_absent ==
        "No TCP segment is among these packets: without sequence numbers loss cannot be seen.");
}

TEST_CASE("an answer counts what is selected") {
  const trace::Trace trace = trace_of(kMixed);
  const Answers a = answer(trace, all(trace));
  CHECK(a.packets == 7);
  CHECK(a.bytes == 967);
  CHECK(a.conversations == 3);
  CHECK(a.tcp_connections == 1);
  CHECK(figure(a, "total_time_s").value == 0.9);
  CHECK(figure(a, "rtt_ms").value == 4.0);
  CHECK(figure(a, "lost").value == 0.0);
  CHECK(figure(a, "iat_zero").value == 1.0);
  CHECK(figure(a, "iat_mean_s").value == 0.15);
  CHECK(figure(a, "size_median").value == 70.0);
  CHECK(answer(trace, trace::Selection::run(4, 7)).tcp_connections == 0);
}

TEST_CASE("every figure has its packets") {
  const trace::Trace trace = trace_of(kMixed);
  for (const Figure& f : figures(answer(trace, all(trace)))) {
    INFO(f.name);
    if (f.name != "retransmissions" && f.name != "lost") CHECK_FALSE(evidence_of(trace, f.name).empty());
  }
  CHECK(evidence_of(trace, "packets").size() == 7);
  CHECK(evidence_of(trace, "total_time_s") == Numbers{1, 7});
  CHECK(evidence_of(trace, "size_max") == Numbers{4});
  CHECK(evidence_of(trace, "size_min") == Numbers{7});
  CHECK(evidence_of(trace, "size_median") == Numbers{2, 3, 5, 7});
  CHECK(evidence_of(trace, "iat_max_s") == Numbers{4, 5});
  CHECK(evidence_of(trace, "iat_zero") == Numbers{3});
  CHECK(evidence_of(trace, "no such figure").empty());
}

TEST_CASE("a timeline's bins hold every packet of the range, its ends included") {
  const trace::Trace trace = trace_of(R"(
    0.000  a > b  ARP  10
    0.999  a > b  ARP  20
    1.000  a > b  ARP  40
    4.000  a > b  ARP  80
    2.500  a > b  ARP  160
  )");
  const TimeRange range = *time_range(trace, all(trace));
  CHECK(range.first_ns == 0);
  CHECK(range.last_ns == 4'000'000'000);
  const Timeline line = timeline(trace, all(trace), range.first_ns, range.last_ns, 4);
  CHECK(line.width_ns == 1'000'000'001);
  CHECK(line.packets == Numbers{3, 0, 1, 1});
  CHECK(line.bytes == std::vector<uint64_t>{70, 0, 160, 80});
  CHECK(line.outside == 0);

  SECTION("a part of it, of a selection") {
    const Timeline part = timeline(trace, trace::Selection::run(1, 5), 500'000'000, 2'499'999'999, 2);
    CHECK(part.width_ns == 1'000'000'000);
    CHECK(part.packets == Numbers{2, 0});
    CHECK(part.outside == 2);
  }
  SECTION("ranges that are no ranges") {
    CHECK(timeline(trace, all(trace), 0, 0, 5).packets == Numbers{1, 0, 0, 0, 0});
    CHECK(timeline(trace, all(trace), 5, 4, 1).outside == 5);
    CHECK(timeline(trace, all(trace), INT64_MIN, INT64_MAX, 1).packets == Numbers{5});
    CHECK(timeline(trace, all(trace), INT64_MIN, INT64_MAX, 2).packets == Numbers{0, 5});
    CHECK_FALSE(time_range(trace, trace::Selection::run(1, 1)));
  }
}

TEST_CASE("groups: statistics of each part, and the rest counted") {
  const trace::Trace trace = trace_of(kMixed);
  const Groups protocols = groups(trace, all(trace), GroupBy::protocol, 2);
  REQUIRE(protocols.top.size() == 2);
  CHECK(protocols.top[0].label == "TCP");
  CHECK(protocols.top[0].packets == 3);
  CHECK(protocols.top[0].bytes == 198);
  CHECK(protocols.top[0].size->median == 66);
  CHECK(protocols.top[0].interarrival->mean == 0.002);
  CHECK(protocols.top[1].label == "DNS");
  CHECK(protocols.top[1].interarrival->mean == 0.03);
  CHECK(protocols.other_groups == 2);
  CHECK(protocols.other_packets == 2);
  CHECK(protocols.other_bytes == 613);

  const Groups conversations = groups(trace, all(trace), GroupBy::conversation, 10);
  REQUIRE(conversations.top.size() == 3);
  CHECK(conversations.top[0].label == "TCP c:1000 ↔ s:443");
  CHECK(conversations.top[1].label == "UDP c:5000 ↔ r:53");
  CHECK(conversations.top[2].label == "c ↔ r");
  CHECK_FALSE(conversations.top[2].interarrival);

  // DNS and ARP go the same way from c to r.
  const Groups directions = groups(trace, all(trace), GroupBy::direction, 10);
  REQUIRE(directions.top.size() == 4);
  CHECK(directions.top[0].label == "c → s");
  CHECK(directions.top[0].packets == 3);
  CHECK(directions.top[1].label == "c → r");
  CHECK(directions.top[1].interarrival->max == 0.4);
  CHECK(numbers(group_packets(trace, all(trace), GroupBy::direction, directions.top[1].key)) == Numbers{5, 7});
  CHECK(group_packets(trace, all(trace), GroupBy::direction, UINT64_MAX).empty());

  CHECK(groups(trace, trace::Selection::run(0, 0), GroupBy::protocol, 5).top.empty());
}

TEST_CASE("a sound capture has no health notes") {
  const trace::Trace trace = trace_of(kMixed);
  CHECK(health(trace, all(trace)).empty());
}

TEST_CASE("what is wrong with a capture is told from its packets") {
  const auto only_note = [](const trace::Trace& trace) {
    const std::vector<HealthNote> notes = health(trace, all(trace));
    REQUIRE(notes.size() == 1);
    return notes[0];
  };
  SECTION("a snap length") {
    const trace::Trace trace = trace_of("0.0 a > b ARP 60 {captured 60}\n0.1 a > b ARP 200 {captured 96}");
    const HealthNote note = only_note(trace);
    CHECK(note.code == "snap-length");
    CHECK(note.severity == Severity::note);
    CHECK(note.count == 1);
    CHECK(note.first == 1);
    CHECK(evidence_of(trace, "snap-length") == Numbers{2});
  }
  SECTION("segmentation offload") {
    trace::Trace trace = trace_of("0.0 a > b IPv4 1514\n0.1 a > b IPv4 29014");
    CHECK(only_note(trace).code == "segmentation-offload");
    CHECK(
        only_note(trace).text.find("1 packet is larger than an Ethernet frame of 1,514 bytes, from packet 2 on, up to "
                                   "29,014 bytes: segmentation offload.") == 0);
    CHECK(evidence_of(trace, "segmentation-offload") == Numbers{2});
    trace.interfaces[0].link_type = 101;
    CHECK(health(trace, all(trace)).empty());
  }
  SECTION("VLAN tags are not segmentation offload") {
    CHECK(only_note(trace_of("0.1 a > b IPv4 1518")).text.find("VLAN tags") != std::string::npos);
  }
  SECTION("time going backwards") {
    const trace::Trace trace = trace_of("0.2 a > b ARP 60\n0.1 a > b ARP 60\n0.3 a > b ARP 60\n0.25 a > b ARP 60");
    CHECK(only_note(trace).code == "time-backwards");
    CHECK(only_note(trace).count == 2);
    CHECK(evidence_of(trace, "time-backwards") == Numbers{2, 4});
  }
  SECTION("doubled packets, but not a real retransmission") {
    const trace::Trace trace = trace_of(R"(
      0.000000  c:1 > s:443  TCP  78   [SYN] Seq=0 Len=0
      0.000003  c:1 > s:443  TCP  78   [TCP Retransmission] [SYN] Seq=0 Len=0  {copy of 1}
      1.000000  c:1 > s:443  TCP  78   [TCP Retransmission] [SYN] Seq=0 Len=0
    )");
    CHECK(only_note(trace).code == "doubled-packets");
    CHECK(only_note(trace).count == 1);
    CHECK(evidence_of(trace, "doubled-packets") == Numbers{2});
  }
  SECTION("doubled rows of a csv: it does not tell the identification, so that only the time tells") {
    trace::Trace trace = trace_of(R"(
      0.000000  c:1 > s:443  TCP  78   [SYN] Seq=0 Len=0
      0.000003  c:1 > s:443  TCP  78   [TCP Retransmission] [SYN] Seq=0 Len=0
      1.000000  c:1 > s:443  TCP  78   [TCP Retransmission] [SYN] Seq=0 Len=0
    )");
    trace.kind = trace::SourceKind::csv;
    CHECK(evidence_of(trace, "doubled-packets") == Numbers{2});
    CHECK(loss(trace, all(trace)).copies == 1);
    CHECK(loss(trace, all(trace)).lost == 1);
    trace.time_digits = 3;
    CHECK(health(trace, all(trace)).empty());
  }
  SECTION("a connection that began before") {
    const trace::Trace trace =
        trace_of("0.0 a:1 > b:443 TCP 60 [ACK] Seq=5 Len=0\n0.1 b:443 > a:1 TCP 60 [ACK] Seq=5 Len=0");
    CHECK(only_note(trace).code == "no-handshake");
    CHECK(only_note(trace).count == 1);
    CHECK(evidence_of(trace, "no-handshake") == Numbers{1});
  }
  SECTION("packets that the capturing system dropped") {
    trace::Trace trace = trace_of("0.0 a > b ARP 60");
    trace.interfaces[0].dropped = 0;
    CHECK(health(trace, all(trace)).empty());
    trace.interfaces[0].dropped = 1234;
    CHECK(only_note(trace).text ==
          "The capturing system dropped 1,234 packets: they were on the wire and are not in this file.");
  }
  SECTION("a csv's rows are shorter than its packets, which says nothing") {
    trace::Trace trace = trace_of("0.0 a > b ARP 60 {captured 20}");
    trace.kind = trace::SourceKind::csv;
    CHECK(health(trace, all(trace)).empty());
  }
}

TEST_CASE("figures in sentences") {
  CHECK(counted(0, "packet") == "no packets");
  CHECK(counted(1, "packet is", "packets are") == "1 packet is");
  CHECK(counted(1234567, "packet") == "1,234,567 packets");
  CHECK(duration(0) == "0 s");
  CHECK(duration(1) == "1 ns");
  CHECK(duration(198'800) == "198.8 µs");
  CHECK(duration(4'181'000) == "4.181 ms");
  CHECK(duration(45'480'514'000) == "45.48 s");
  CHECK(duration(-1'500'000'000) == "-1.5 s");
  CHECK(duration(92'000'000'000'000) == "92000 s");
  CHECK(packet_number(1152) == "packet 1153");
}
