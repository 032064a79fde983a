// Round trips: which samples count, which direction is the network's, and what is said when it cannot be told.
#include "analysis/round_trip.h"

#include "analysis/evidence.h"
#include "catch.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::analysis;
using test::all;
using test::numbers;
using test::trace_of;

namespace {

RoundTrip measure(const trace::Trace& trace, const trace::Selection& selection) {
  return round_trip(trace, selection, CapturePoint(trace));
}
RoundTrip measure(const trace::Trace& trace) { return measure(trace, all(trace)); }

const char* const kAtClient = R"(
  0.000000  c:1000 > s:443  TCP      78   [SYN] Seq=0 Len=0
  0.004181  s:443 > c:1000  TCP      66   [SYN, ACK] Seq=0 Ack=1 Len=0       {acks 1}
  0.004277  c:1000 > s:443  TCP      54   [ACK] Seq=1 Ack=1 Len=0            {acks 2}
  0.004419  c:1000 > s:443  TLSv1.2  571  [PSH, ACK] Seq=1 Ack=1 Len=517
  0.008067  s:443 > c:1000  TCP      56   [ACK] Seq=1 Ack=518 Len=0          {acks 4}
  0.008071  s:443 > c:1000  TLSv1.2  1440 [ACK] Seq=1 Ack=518 Len=1386
  0.008165  c:1000 > s:443  TCP      54   [ACK] Seq=518 Ack=1387 Len=0       {acks 6}
)";

}  // namespace

TEST_CASE("captured at the client: SYN to SYN/ACK, and the server's ACKs measure the network") {
  const trace::Trace trace = trace_of(kAtClient);
  const RoundTrip found = measure(trace);
  CHECK(found.method == RttMethod::handshake);
  CHECK(found.rtt_ms == 4.181);
  CHECK(found.samples == 1);
  CHECK(found.initial_rtt_ms == 4.277);
  CHECK(found.sentence == "SYN to SYN/ACK, at the sender of the SYN.");
  REQUIRE(found.handshakes.size() == 1);
  CHECK_FALSE(found.handshakes[0].captured_at_server);
  REQUIRE(found.data.size() == 2);
  for (const DataRtt& d : found.data) {
    CHECK(d.samples == 2);
    const bool answered_by_server = trace.findings.addresses.at(d.to) == Address::text("s");
    CHECK(d.network == answered_by_server);
    CHECK(d.min_ns == (answered_by_server ? 3'648'000 : 94'000));
    CHECK(d.max_ns == (answered_by_server ? 4'181'000 : 96'000));
    CHECK(d.median_ms == (answered_by_server ? 3.9145 : 0.095));
  }
  CHECK(numbers(evidence(trace, all(trace), "rtt_ms")) == std::vector<uint32_t>{1, 2, 3});
  CHECK(numbers(evidence(trace, all(trace), "data_rtt")) == std::vector<uint32_t>{1, 2, 4, 5});

  SECTION("a selection without the SYN/ACK falls back on its data, of the network's direction alone") {
    const RoundTrip later = measure(trace, trace::Selection::run(2, 7));
    CHECK(later.method == RttMethod::data);
    CHECK(later.rtt_ms == 3.648);
    CHECK(later.samples == 1);
    CHECK(numbers(evidence(trace, trace::Selection::run(2, 7), "rtt_ms")) == std::vector<uint32_t>{4, 5});
  }
  SECTION("with nothing but the capturing host's own ACKs there is no answer") {
    const RoundTrip own = measure(trace, trace::Selection::of_list({5, 6}, trace.size()));
    CHECK_FALSE(own.rtt_ms);
    CHECK(own.sentence ==
          "No measurable handshake (SYN and its SYN/ACK) is among these packets; all acknowledgments were sent by the "
          "capturing "
          "host "
          "itself, and measure that host, not the network.");
  }
  SECTION("nothing selected") {
    const RoundTrip nothing = measure(trace, trace::Selection::run(0, 0));
    CHECK_FALSE(nothing.rtt_ms);
    CHECK(nothing.sentence == "No packets are selected.");
  }
}

TEST_CASE("captured at the server: SYN/ACK to ACK is the network's, and the answer says so") {
  const trace::Trace trace = trace_of(R"(
    0.000000  c:1000 > s:443  TCP  78   [SYN] Seq=0 Len=0
    0.000050  s:443 > c:1000  TCP  66   [SYN, ACK] Seq=0 Ack=1 Len=0
    0.020050  c:1000 > s:443  TCP  54   [ACK] Seq=1 Ack=1 Len=0
  )");
  const RoundTrip found = measure(trace);
  CHECK(found.rtt_ms == 20.0);
  CHECK(found.initial_rtt_ms == 20.05);
  CHECK(found.handshakes.at(0).captured_at_server);
  CHECK(found.sentence == "SYN/ACK to ACK, because the capture was made at the server: this part crossed the network.");
}

TEST_CASE("what the capture says goes before what timing suggests") {
  trace::Trace trace = trace_of(kAtClient);
  test::captured_at(trace, "s");
  const RoundTrip found = measure(trace);
  CHECK(found.rtt_ms == 0.096);
  CHECK(found.handshakes.at(0).captured_at_server);
}

TEST_CASE("where the capture was made cannot be told from answers that take alike") {
  // Half way between the two; and on one host, where one answer is quicker, but both are too quick for a network.
  for (const auto& [answer, ack, rtt_ms] :
       {std::tuple{"0.010", "0.022", 10.0}, std::tuple{"0.000050", "0.000055", 0.05}}) {
    const trace::Trace trace = trace_of(std::string(R"(
      0.0  c:1000 > s:443  TCP  78   [SYN] Seq=0 Len=0
      )") + answer + R"(  s:443 > c:1000  TCP  66   [SYN, ACK] Seq=0 Ack=1 Len=0  {acks 1}
      )" + ack + R"(  c:1000 > s:443  TCP  54   [ACK] Seq=1 Ack=1 Len=0)");
    const RoundTrip found = measure(trace);
    CHECK(found.rtt_ms == rtt_ms);
    CHECK(
        found.sentence ==
        "SYN to SYN/ACK, at the sender of the SYN; the packets do not tell at which end the capture was made, so it is "
        "taken to be the sender's.");
    CHECK_FALSE(found.data.at(0).network);
  }
}

TEST_CASE("data alone, with both directions alike, gives no answer") {
  const trace::Trace trace = trace_of(R"(
    0.000  a:1000 > b:443  TCP  154  [PSH, ACK] Seq=1 Ack=1 Len=100
    0.010  b:443 > a:1000  TCP  154  [PSH, ACK] Seq=1 Ack=101 Len=100  {acks 1}
    0.022  a:1000 > b:443  TCP  54   [ACK] Seq=101 Ack=101 Len=0       {acks 2}
  )");
  const RoundTrip found = measure(trace);
  CHECK_FALSE(found.rtt_ms);
  CHECK(found.method == RttMethod::none);
  CHECK(found.sentence ==
        "No measurable handshake (SYN and its SYN/ACK) is among these packets; data was acknowledged, but the packets "
        "do not tell "
        "in "
        "which direction that crossed the network.");
}

TEST_CASE("one host captures all connections: those that timing leaves open follow the others") {
  const trace::Trace trace = trace_of(std::string(kAtClient) + R"(
    2.000  c:2000 > t:443  TCP  154  [PSH, ACK] Seq=1 Ack=1 Len=100
    2.007  t:443 > c:2000  TCP  54   [ACK] Seq=1 Ack=101 Len=0  {acks 8}
  )");
  const RoundTrip found = measure(trace, trace::Selection::run(7, 9));
  CHECK(found.method == RttMethod::data);
  CHECK(found.rtt_ms == 7.0);
}

TEST_CASE("several servers of one client that all seem near are not taken for the capturing host") {
  // A VPN on the phone answers every SYN in the servers' place.
  const std::string one = R"(
    0.0000  c:1000 > s:443  TCP  78  [SYN] Seq=0 Len=0
    0.0010  s:443 > c:1000  TCP  66  [SYN, ACK] Seq=0 Ack=1 Len=0
    0.0170  c:1000 > s:443  TCP  54  [ACK] Seq=1 Ack=1 Len=0
  )";
  CHECK(measure(trace_of(one)).rtt_ms == 16.0);
  const trace::Trace several = trace_of(one + R"(
    1.0000  c:1001 > t:443  TCP  78  [SYN] Seq=0 Len=0
    1.0010  t:443 > c:1001  TCP  66  [SYN, ACK] Seq=0 Ack=1 Len=0
    1.0150  c:1001 > t:443  TCP  54  [ACK] Seq=1 Ack=1 Len=0
  )");
  CHECK(measure(several).rtt_ms == 1.0);
  CHECK_FALSE(measure(several).handshakes.at(0).captured_at_server);
}

TEST_CASE("a single slow answer is outvoted by the host's other connections") {
  std::string lines = R"(
    0.0000  c:1000 > s:443  TCP  78  [SYN] Seq=0 Len=0
    0.0010  s:443 > c:1000  TCP  66  [SYN, ACK] Seq=0 Ack=1 Len=0
    0.0410  c:1000 > s:443  TCP  54  [ACK] Seq=1 Ack=1 Len=0
  )";
  for (const std::string port : {"1001", "1002", "1003"}) {
    lines += "1.000 c:" + port + " > t:443 TCP 78 [SYN] Seq=0 Len=0\n";
    lines += "1.001 t:443 > c:" + port + " TCP 66 [SYN, ACK] Seq=0 Ack=1 Len=0\n";
    lines += "1.00101 c:" + port + " > t:443 TCP 54 [ACK] Seq=1 Ack=1 Len=0\n";
  }
  const trace::Trace trace = trace_of(lines);
  CHECK(measure(trace).rtt_ms == 1.0);
  for (const Handshake& h : measure(trace).handshakes) CHECK_FALSE(h.captured_at_server);
}

TEST_CASE("a SYN that was sent twice is left out, and the answer says so") {
  const std::string repeated = R"(
    0.0    c:1000 > s:443  TCP  78   [SYN] Seq=0 Len=0
    1.0    c:1000 > s:443  TCP  78   [TCP Retransmission] [SYN] Seq=0 Len=0
    1.010  s:443 > c:1000  TCP  66   [SYN, ACK] Seq=0 Ack=1 Len=0
    1.0101 c:1000 > s:443  TCP  54   [ACK] Seq=1 Ack=1 Len=0
  )";
  const trace::Trace alone = trace_of(repeated);
  const RoundTrip found = measure(alone);
  CHECK_FALSE(found.rtt_ms);
  CHECK_FALSE(found.initial_rtt_ms);
  CHECK(found.ambiguous_handshakes == 1);
  CHECK(found.sentence.find("1 handshake left out: a SYN that was sent twice") != std::string::npos);

  const trace::Trace two = trace_of(repeated + R"(
    2.0    c:1001 > s:443  TCP  78   [SYN] Seq=0 Len=0
    2.012  s:443 > c:1001  TCP  66   [SYN, ACK] Seq=0 Ack=1 Len=0
  )");
  CHECK(measure(two).rtt_ms == 12.0);
  CHECK(measure(two).samples == 1);
  CHECK(measure(two).ambiguous_handshakes == 1);
}

TEST_CASE("several connections: the median of theirs") {
  std::string lines;
  // 4, 9, 5 and 30 ms
  for (const auto& [second, answer] : {std::pair{"1", "1.004"}, {"2", "2.009"}, {"3", "3.005"}, {"4", "4.030"}}) {
    const std::string port = std::string("100") + second;
    lines += std::string(second) + ".0 c:" + port + " > s:443 TCP 78 [SYN] Seq=0 Len=0\n";
    lines += std::string(answer) + " s:443 > c:" + port + " TCP 66 [SYN, ACK] Seq=0 Ack=1 Len=0\n";
  }
  const trace::Trace trace = trace_of(lines);
  CHECK(measure(trace).rtt_ms == 7.0);
  CHECK(measure(trace).samples == 4);
  CHECK(measure(trace, trace::Selection::run(0, 6)).rtt_ms == 5.0);
  CHECK(measure(trace).sentence.find("Median of 4 connections: SYN to SYN/ACK") == 0);
}

TEST_CASE("without TCP: echo, then DNS, and never where there is TCP") {
  const std::string lines = R"(
    0.000  c:5000 > r:53  DNS   70   Standard query 0x1 A example.com (reply in 2)
    0.030  r:53 > c:5000  DNS   86   Standard query response 0x1
    1.000  c > s          ICMP  98   Echo (ping) request  id=1 (reply in 4)
    1.012  s > c          ICMP  98   Echo (ping) reply    id=1
    2.000  c > s          ICMP  98   Echo (ping) request  id=1
  )";
  const trace::Trace trace = trace_of(lines);
  CHECK(measure(trace).method == RttMethod::echo);
  CHECK(measure(trace).rtt_ms == 12.0);
  CHECK(measure(trace).samples == 1);
  CHECK(numbers(evidence(trace, all(trace), "rtt_ms")) == std::vector<uint32_t>{3, 4});
  const RoundTrip dns = measure(trace, trace::Selection::run(0, 2));
  CHECK(dns.method == RttMethod::dns);
  CHECK(dns.rtt_ms == 30.0);

  SECTION("an unanswered request, or one whose answer is not selected, is no sample") {
    const RoundTrip none = measure(trace, trace::Selection::of_list({0, 2, 4}, trace.size()));
    CHECK_FALSE(none.rtt_ms);
    CHECK(none.sentence ==
          "The selection holds no TCP connection, and no echo request, QUIC Initial or DNS query with its reply.");
  }
  SECTION("requests that the capturing host answered measure that host") {
    trace::Trace at_server = trace_of(lines);
    test::captured_at(at_server, "s");
    CHECK(measure(at_server).method == RttMethod::dns);
  }
  SECTION("beside TCP they do not answer for it") {
    const trace::Trace mixed = trace_of(lines + "3.0 c:1 > s:443 TCP 54 [ACK] Seq=1 Ack=1 Len=0");
    CHECK_FALSE(measure(mixed).rtt_ms);
  }
}

TEST_CASE("a clock that ran backwards gives no negative round trip") {
  const trace::Trace trace = trace_of(R"(
    1.0  c:1000 > s:443  TCP  78  [SYN] Seq=0 Len=0
    0.9  s:443 > c:1000  TCP  66  [SYN, ACK] Seq=0 Ack=1 Len=0  {acks 1}
  )");
  CHECK_FALSE(measure(trace).rtt_ms);
  CHECK(measure(trace).data.empty());
}
