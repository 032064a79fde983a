// TCP's sequence analysis: each note where Wireshark puts it (User's Guide, "TCP Analysis"), and the evidence behind
// answers.
#include "catch.h"
#include "packetdrill.h"

using namespace tracedrop;
using test::check_notes;
using test::run_script;

namespace {

#define HANDSHAKE                                                      \
  "+0    > S 0:0(0) win 65535 <mss 1460,wscale 6,sackOK>\n"            \
  "+.010 < S. 0:0(0) ack 1 win 64240 <mss 1386,sackOK,nop,wscale 7>\n" \
  "+.001 > . 1:1(0) ack 1 win 4096\n"

}  // namespace

TEST_CASE("TCP: an ordinary exchange has no notes") {
  check_notes(HANDSHAKE R"(
    +.001 > P. 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 101 win 502
    +.001 < P. 1:1001(1000) ack 101 win 502
    +.000 > . 101:101(0) ack 1001 win 4096
    +.001 > F. 101:101(0) ack 1001 win 4096
    +.010 < F. 1001:1001(0) ack 102 win 502
    +.000 > . 102:102(0) ack 1002 win 4096
  )");
}

TEST_CASE("TCP: what is sent again after a while is a retransmission") {
  check_notes(HANDSHAKE R"(
    +.001 > P. 1:101(100) ack 1 win 4096
    +.300 > P. 1:101(100) ack 1 win 4096     ; [TCP Retransmission]
  )");
}

TEST_CASE("TCP: what one unacknowledged segment held was sent again, however soon") {
  check_notes(HANDSHAKE R"(
    +.001 > . 1:101(100) ack 1 win 4096
    +.000 > . 101:201(100) ack 1 win 4096
    +.000 > . 201:301(100) ack 1 win 4096
    +.001 < . 1:1(0) ack 51 win 502
    +.000 > . 51:101(50) ack 1 win 4096      ; [TCP Retransmission]
    +.000 > . 110:190(80) ack 1 win 4096     ; [TCP Retransmission]
    +.000 > . 150:250(100) ack 1 win 4096    ; [TCP Out-Of-Order]
    +.000 > . 40:90(50) ack 1 win 4096       ; [TCP Out-Of-Order]
    +.000 > . 60:301(241) ack 1 win 4096     ; [TCP Retransmission]
    +.012 > . 150:251(101) ack 1 win 4096    ; [TCP Retransmission]
  )");
}

TEST_CASE("TCP: the round trip that out-of-order is measured by ends with the first ACK after the SYN") {
  constexpr std::string_view kExchange = R"(
    +.100 > . 1:101(100) ack 1 win 4096
    +.000 > . 101:201(100) ack 1 win 4096
    +.000 < . 1:1(0) ack 1 win 503           ; [TCP Window Update]
  )";
  const std::string handshake = "+0 > S 0:0(0) win 65535\n+.010 < S. 0:0(0) ack 1 win 64240\n";
  check_notes(handshake + "+.010 < . 1:1(0) ack 1 win 502 ; [TCP Window Update]\n" + std::string(kExchange) +
              "+.019 > . 51:151(100) ack 1 win 4096 ; [TCP Out-Of-Order]\n"
              "+.002 > . 51:152(101) ack 1 win 4096 ; [TCP Retransmission]\n");
}

TEST_CASE("TCP: a FIN sent again counts its own number where there was data before it") {
  check_notes(HANDSHAKE R"(
    +.001 > F. 1:1(0) ack 1 win 4096
    +.001 < . 1:1(0) ack 2 win 502
    +.001 > F. 1:1(0) ack 1 win 4096         ; [TCP Out-Of-Order]
  )");
  check_notes(HANDSHAKE R"(
    +.001 > . 1:101(100) ack 1 win 4096
    +.001 > F. 101:101(0) ack 1 win 4096
    +.001 < . 1:1(0) ack 102 win 502
    +.001 > F. 101:101(0) ack 1 win 4096     ; [TCP Retransmission]
  )");
}

TEST_CASE("TCP: one byte is a zero window probe only when the receiver's window is known to be closed") {
  check_notes(R"(
    +0    > . 1:101(100) ack 1 win 4096
    +.001 > . 101:102(1) ack 1 win 4096
    +.001 < . 1:1(0) ack 102 win 0           ; [TCP ZeroWindow]
    +.001 > . 102:103(1) ack 1 win 4096      ; [TCP ZeroWindowProbe]
  )");
}

TEST_CASE("TCP: ACKs of unseen data are named until they reach what was captured in one piece") {
  check_notes(HANDSHAKE R"(
    +.001 > . 101:201(100) ack 1 win 4096    ; [TCP Previous segment not captured]
    +.001 > . 201:301(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 51 win 502          ; [TCP ACKed unseen segment]
    +.001 < . 1:1(0) ack 101 win 502         ; [TCP ACKed unseen segment]
    +.001 < . 1:1(0) ack 201 win 502
    +.001 < . 1:1(0) ack 301 win 502
    +.001 < . 1:1(0) ack 302 win 502         ; [TCP ACKed unseen segment]
  )");
}

TEST_CASE("TCP: after a FIN or RST of either side a SYN begins anew, with the same number too") {
  for (const std::string_view end : {"+.1 > F. 1:1(0) ack 1 win 4096\n", "+.1 < F. 1:1(0) ack 1 win 502\n",
                                     "+.1 > R. 1:1(0) ack 1 win 0\n", "+.1 < R 1:1(0) win 0\n"}) {
    const test::Drill drill = run_script(std::string(HANDSHAKE) + std::string(end) + HANDSHAKE);
    REQUIRE(drill.packets.size() == 7);
    CHECK(drill.packets[4].notes == "[TCP Port numbers reused]");
    CHECK(drill.packets[5].notes.empty());
    CHECK(drill.findings.conversations.size() == 2);
  }
  const test::Drill open = run_script(std::string(HANDSHAKE) + "+.1 > S 0:0(0) win 65535\n");
  CHECK(open.packets[3].notes == "[TCP Retransmission]");
  CHECK(open.findings.conversations.size() == 1);
}

TEST_CASE("TCP: a SYN and a FIN sent again are retransmissions, however soon") {
  check_notes(R"(
    +0    > S 0:0(0) win 65535
    +.001 > S 0:0(0) win 65535               ; [TCP Retransmission]
    +.010 < S. 0:0(0) ack 1 win 64240
    +.001 > . 1:1(0) ack 1 win 4096
    +.001 > F. 1:1(0) ack 1 win 4096
    +.001 > F. 1:1(0) ack 1 win 4096         ; [TCP Retransmission]
  )");
}

TEST_CASE("TCP: three duplicate ACKs bring a fast retransmission") {
  check_notes(HANDSHAKE R"(
    +.001 < . 1:1001(1000) ack 1 win 502
    +.000 < . 2001:3001(1000) ack 1 win 502  ; [TCP Previous segment not captured]
    +.000 > . 1:1(0) ack 1001 win 4096
    +.000 > . 1:1(0) ack 1001 win 4096       ; [TCP Dup ACK 6#1]
    +.000 > . 1:1(0) ack 1001 win 4096       ; [TCP Dup ACK 6#2]
    +.012 < . 1001:2001(1000) ack 1 win 502  ; [TCP Fast Retransmission]
  )");
}

TEST_CASE("TCP: what comes a little late fills the gap out of order") {
  check_notes(HANDSHAKE R"(
    +.001 < . 1:1001(1000) ack 1 win 502
    +.000 < . 2001:3001(1000) ack 1 win 502  ; [TCP Previous segment not captured]
    +.001 < . 1001:2001(1000) ack 1 win 502  ; [TCP Out-Of-Order]
  )");
}

TEST_CASE("TCP: data that has been acknowledged already is retransmitted spuriously, and that proves it needless") {
  const auto drill = run_script(HANDSHAKE R"(
    +.001 > P. 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 101 win 502
    +.300 > P. 1:101(100) ack 1 win 4096     ; [TCP Spurious Retransmission]
  )");
  CHECK(drill.packets[5].notes == "[TCP Spurious Retransmission]");
  CHECK((drill.packets[5].row.notes & dissect::kRetransmission) != 0);
  REQUIRE(drill.findings.needless.size() == 1);
  CHECK(drill.findings.needless[0].retransmission == 5);
  CHECK(drill.findings.needless[0].proof == 4);
}

TEST_CASE("TCP: a D-SACK proves the retransmission needless (RFC 2883)") {
  const auto drill = run_script(HANDSHAKE R"(
    +.001 > P. 1:101(100) ack 1 win 4096
    +.300 > P. 1:101(100) ack 1 win 4096
    +.001 < . 1:1(0) ack 101 win 502
    +.010 < . 1:1(0) ack 101 win 502 <nop,nop,sack 1:101>
  )");
  CHECK(drill.packets[6].notes == "[TCP Dup ACK 6#1]");
  REQUIRE(drill.findings.needless.size() == 1);
  CHECK(drill.findings.needless[0].retransmission == 4);
  CHECK(drill.findings.needless[0].proof == 6);
  CHECK(drill.findings.needless[0].why == dissect::NeedlessRetransmission::Why::duplicate_sack);
}

TEST_CASE("TCP: a SACK of what is still missing proves nothing") {
  const auto drill = run_script(HANDSHAKE R"(
    +.001 > . 1:101(100) ack 1 win 4096
    +.000 > . 101:201(100) ack 1 win 4096
    +.300 > . 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 1 win 502 <nop,nop,sack 101:201>
  )");
  CHECK(drill.findings.needless.empty());
}

TEST_CASE("TCP: keep-alives and their ACKs are neither loss nor duplicate ACKs") {
  check_notes(HANDSHAKE R"(
    +.001 > P. 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 101 win 502
    +45.0 > . 100:100(0) ack 1 win 4096      ; [TCP Keep-Alive]
    +.010 < . 1:1(0) ack 101 win 502         ; [TCP Keep-Alive ACK]
    +45.0 > . 100:101(1) ack 1 win 4096      ; [TCP Keep-Alive]
    +.010 < . 1:1(0) ack 101 win 502         ; [TCP Keep-Alive ACK]
  )");
}

TEST_CASE("TCP: a closed window is probed, and reopens with an update") {
  check_notes(HANDSHAKE R"(
    +.001 > . 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 101 win 0           ; [TCP ZeroWindow]
    +1.00 > . 101:102(1) ack 1 win 4096      ; [TCP ZeroWindowProbe]
    +.010 < . 1:1(0) ack 101 win 0           ; [TCP ZeroWindowProbeAck] [TCP ZeroWindow]
    +1.00 < . 1:1(0) ack 101 win 502         ; [TCP Window Update]
  )");
}

TEST_CASE("TCP: data up to the window's edge fills it") {
  check_notes(R"(
    +0    > S 0:0(0) win 65535 <mss 1460>
    +.010 < S. 0:0(0) ack 1 win 1000 <mss 1460>
    +.001 > . 1:1(0) ack 1 win 4096
    +.001 > . 1:1001(1000) ack 1 win 4096    ; [TCP Window Full]
  )");
}

TEST_CASE("TCP: an ACK of what the capture lacks is said once") {
  check_notes(HANDSHAKE R"(
    +.001 > . 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 201 win 502         ; [TCP ACKed unseen segment]
    +.010 < P. 1:11(10) ack 201 win 502
  )");
}

TEST_CASE("TCP: a new SYN on old ports begins a new conversation") {
  const auto drill = run_script(HANDSHAKE R"(
    +.001 > R. 1:1(0) ack 1 win 4096
    +9.00 > S 70000:70000(0) win 65535
    +.010 < S. 500:500(0) ack 70001 win 64240
  )");
  CHECK(drill.packets[4].notes == "[TCP Port numbers reused]");
  CHECK(drill.packets[5].notes.empty());
  CHECK(drill.findings.tcp_streams == 2);
  CHECK(drill.packets[5].row.flow >> 1 == drill.packets[4].row.flow >> 1);
}

TEST_CASE("TCP: windows are scaled only when both sides offered it (RFC 7323)") {
  const auto both = run_script(HANDSHAKE);
  CHECK(both.findings.conversations[0].window_shift == std::array<int8_t, 2>{6, 7});
  const auto one = run_script(R"(
    +0    > S 0:0(0) win 65535 <mss 1460,nop,wscale 6>
    +.010 < S. 0:0(0) ack 1 win 64240 <mss 1386>
  )");
  constexpr int8_t kNone = dissect::Conversation::kNoScaling;
  CHECK(one.findings.conversations[0].window_shift == std::array<int8_t, 2>{kNone, kNone});
}

TEST_CASE("TCP: round trips follow Karn's rule and leave probes out") {
  const auto drill = run_script(HANDSHAKE R"(
    +.001 > P. 1:101(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 101 win 502
    +.001 > P. 101:201(100) ack 1 win 4096
    +.300 > P. 101:201(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 201 win 502
    +45.0 > . 200:200(0) ack 1 win 4096
    +.010 < . 1:1(0) ack 201 win 502
  )");
  const auto& samples = drill.findings.rtt_samples;
  REQUIRE(samples.size() == 3);  // SYN, SYN/ACK, the first data segment
  CHECK(samples[2].segment == 3);
  CHECK(samples[2].ack == 4);
  CHECK(drill.packets[4].row.ts_ns - drill.packets[3].row.ts_ns == 10'000'000);
}

TEST_CASE("TCP: one ACK of many segments measures the newest") {
  const auto drill = run_script(HANDSHAKE R"(
    +.001 > . 1:101(100) ack 1 win 4096
    +.001 > . 101:201(100) ack 1 win 4096
    +.010 < . 1:1(0) ack 201 win 502
  )");
  REQUIRE(drill.findings.rtt_samples.size() == 3);
  CHECK(drill.findings.rtt_samples[2].segment == 4);
}

TEST_CASE("TCP: relative numbers begin at 1 where the handshake is missing") {
  const auto drill = run_script("+0 > . 500:600(100) ack 300 win 10\n+0 < . 300:300(0) ack 600 win 10\n");
  const auto& conversation = drill.findings.conversations[0];
  CHECK(drill.packets[0].row.seq - conversation.base_seq[0] == 1);
  CHECK(drill.packets[1].row.seq - conversation.base_seq[1] == 1);
  CHECK(drill.packets[1].row.ack - conversation.base_seq[0] == 101);
}
