// Info texts as Wireshark 1.8 to 4.6 writes them, and what they tell.
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "csv/info.h"

namespace tracedrop::test {
namespace {

using csv::InfoFacts;

constexpr std::pair<uint16_t, const char*> kFlagNames[] = {
    {dissect::kFin, "F"}, {dissect::kSyn, "S"}, {dissect::kRst, "R"}, {dissect::kPsh, "P"},        {dissect::kAck, "."},
    {dissect::kUrg, "U"}, {dissect::kEce, "E"}, {dissect::kCwr, "W"}, {dissect::kAccurateEcn, "A"}};

constexpr std::pair<uint16_t, const char*> kNoteNames[] = {{dissect::kRetransmission, "retransmission"},
                                                           {dissect::kFastRetransmission, "fast"},
                                                           {dissect::kSpuriousRetransmission, "spurious"},
                                                           {dissect::kOutOfOrder, "out-of-order"},
                                                           {dissect::kLostSegment, "lost-segment"},
                                                           {dissect::kAckedLostSegment, "acked-lost-segment"},
                                                           {dissect::kDuplicateAck, "duplicate-ack"},
                                                           {dissect::kKeepAlive, "keep-alive"},
                                                           {dissect::kKeepAliveAck, "keep-alive-ack"},
                                                           {dissect::kWindowUpdate, "window-update"},
                                                           {dissect::kZeroWindow, "zero-window"},
                                                           {dissect::kZeroWindowProbe, "zero-window-probe"},
                                                           {dissect::kZeroWindowProbeAck, "zero-window-probe-ack"},
                                                           {dissect::kWindowFull, "window-full"},
                                                           {dissect::kReusedPorts, "reused-ports"}};

void add(std::string& out, const char* name, uint64_t value) {
  out += out.empty() ? "" : " ";
  append_number(out += name, value);
}

/// Everything that was found, in packetdrill's manner: "443 > 56064 [S.] seq 0 ack 1 win 64240 len 0 mss 1386 …".
std::string facts(std::string_view info, std::string_view protocol = "TCP") {
  const InfoFacts f = csv::parse_info(protocol, info);
  std::string out;
  for (const auto& [bit, name] : kNoteNames)
    if ((f.notes & bit) != 0) out += std::string(out.empty() ? "" : " ") + name;
  if (f.duplicate_of != 0) {
    add(out, "#", f.duplicate_of);
    append_number(out += "#", f.duplicate_number);
  }
  if (f.has_ports) {
    add(out, "", f.source_port);
    append_number(out += " > ", f.destination_port);
  }
  if (f.is_segment) {
    out += " [";
    for (const auto& [bit, name] : kFlagNames)
      if ((f.flags & bit) != 0) out += name;
    out += "]";
  }
  if (f.has_seq) add(out, "seq ", f.seq);
  if (f.has_ack) add(out, "ack ", f.ack);
  if (f.has_window) add(out, "win ", f.window);
  if (f.has_ports) add(out, "len ", f.payload_len);
  if (f.mss != 0) add(out, "mss ", f.mss);
  if (f.window_scale != 0) add(out, "ws ", f.window_scale);
  if (f.sack_permitted) out += " sackOK";
  if (f.has_timestamps) {
    add(out, "TS ", f.ts_value);
    add(out, "ecr ", f.ts_echo);
  }
  for (size_t i = 0; i < f.sack_count; ++i) {
    add(out, "sack ", f.sack[i].left);
    append_number(out += ":", f.sack[i].right);
  }
  static constexpr const char* kExchanges[] = {"", "query ", "response ", "request ", "reply "};
  if (f.exchange != csv::Exchange::none) {
    out += kExchanges[static_cast<int>(f.exchange)];
    append_hex(out, f.exchange_id, 4);
  }
  if (f.completed_in != 0) add(out, "completed in ", f.completed_in);
  if (f.request_in != 0) add(out, "request in ", f.request_in);
  return out;
}

}  // namespace

TEST_CASE("info: a handshake with its options") {
  CHECK(facts("56064 > 443 [SYN] Seq=0 Win=65535 Len=0 MSS=1460 WS=64 TSval=1814174363 TSecr=0 SACK_PERM=1") ==
        "56064 > 443 [S] seq 0 win 65535 len 0 mss 1460 ws 64 sackOK TS 1814174363 ecr 0");
  CHECK(facts("443 → 56064 [SYN, ACK] Seq=0 Ack=1 Win=64240 Len=0 MSS=1386 SACK_PERM WS=128") ==
        "443 > 56064 [S.] seq 0 ack 1 win 64240 len 0 mss 1386 ws 128 sackOK");
  CHECK(facts("443 → 50575 [SYN, ACK, ECE] Seq=0 Ack=1 Win=28960 Len=0 TFO=C MSS=1452 WS=16384") ==
        "443 > 50575 [S.E] seq 0 ack 1 win 28960 len 0 mss 1452 ws 16384");
}

TEST_CASE("info: every way to join the ports") {
  const std::string segment = " [ACK] Seq=1 Ack=1 Win=502 Len=7";
  for (const char* ports :
       {"443 > 56064", "443 → 56064", "443  >  56064", "443  →  56064", "443  56064", "443>56064",
        "443 \xC3\xA2\xE2\x80\xA0\xE2\x80\x99 56064", "443 ? 56064", "https(443) > 56064", "https > 56064"}) {
    INFO(ports);
    CHECK(facts(ports + segment) == "443 > 56064 [.] seq 1 ack 1 win 502 len 7");
  }
  CHECK(facts("56064 → some-service(8000)" + segment) == "56064 > 8000 [.] seq 1 ack 1 win 502 len 7");
  CHECK(facts("56064 > some-service" + segment) == "56064 > 0 [.] seq 1 ack 1 win 502 len 7");
}

TEST_CASE("info: flags") {
  const auto flags = [](const char* names) { return facts(std::string("1 → 2 [") + names + "] Seq=1 Win=0 Len=0"); };
  CHECK(flags("FIN, PSH, ACK, URG") == "1 > 2 [FP.U] seq 1 win 0 len 0");
  CHECK(flags("RST") == "1 > 2 [R] seq 1 win 0 len 0");
  CHECK(flags("<None>") == "1 > 2 [] seq 1 win 0 len 0");
  CHECK(flags("SYN, ECN, CWR") == "1 > 2 [SEW] seq 1 win 0 len 0");
  CHECK(flags("SYN, ECE, CWR, AE") == "1 > 2 [SEWA] seq 1 win 0 len 0");
  CHECK(flags("FIN, ACK, URG, AE, Reserved") == "1 > 2 [F.UA] seq 1 win 0 len 0");
  CHECK(flags("SYN, WHAT") == "1 > 2 len 0");
}

TEST_CASE("info: selective acknowledgments") {
  CHECK(facts("[TCP Dup ACK 1178#1] 443 > 56064 [ACK] Seq=1366847 Ack=10442 Win=64128 Len=0 SLE=9840 SRE=10442") ==
        "duplicate-ack #1178#1 443 > 56064 [.] seq 1366847 ack 10442 win 64128 len 0 sack 9840:10442");
  CHECK(
      facts(
          "1 → 2 [ACK] Seq=1 Ack=4294907737 Win=8 Len=0 SLE=61968 SRE=63256 SLE=4294920617 SRE=4294927560 SLE=5 SRE=6 "
          "SLE=7 SRE=8 SLE=9 SRE=10") ==
      "1 > 2 [.] seq 1 ack 4294907737 win 8 len 0 sack 61968:63256 sack 4294920617:4294927560 sack 5:6 sack 7:8");
}

TEST_CASE("info: TCP's notes, old and new") {
  CHECK(facts("[TCP Retransmission] 56064 > 443 [PSH, ACK] Seq=9840 Ack=1261511 Win=4194240 Len=602") ==
        "retransmission 56064 > 443 [P.] seq 9840 ack 1261511 win 4194240 len 602");
  const auto note = [](const char* name) {
    return facts(std::string("[TCP ") + name + "] Application Data", "TLSv1.2");
  };
  CHECK(note("Fast Retransmission") == "retransmission fast");
  CHECK(note("Spurious Retransmission") == "retransmission spurious");
  CHECK(note("Out-Of-Order") == "out-of-order");
  CHECK(note("Previous segment not captured") == "lost-segment");
  CHECK(note("Previous segment lost") == "lost-segment");
  CHECK(note("ACKed unseen segment") == "acked-lost-segment");
  CHECK(note("ACKed lost segment") == "acked-lost-segment");
  CHECK(note("Dup ACK 17#2") == "duplicate-ack #17#2");
  CHECK(note("Keep-Alive") == "keep-alive");
  CHECK(note("Keep-Alive ACK") == "keep-alive-ack");
  CHECK(note("Window Update") == "window-update");
  CHECK(note("ZeroWindow") == "zero-window");
  CHECK(note("ZeroWindowProbe") == "zero-window-probe");
  CHECK(note("ZeroWindowProbeAck") == "zero-window-probe-ack");
  CHECK(note("Window Full") == "window-full");
  CHECK(note("Port numbers reused") == "reused-ports");
  CHECK(note("segment of a reassembled PDU").empty());
  CHECK(note("Retransmissions are fun").empty());
}

TEST_CASE("info: several notes, and notes before other protocols") {
  CHECK(facts("[TCP Previous segment not captured] [TCP Spurious Retransmission] , Continuation Data", "TLSv1.2") ==
        "retransmission spurious lost-segment");
  CHECK(facts("[TCP Keep-Alive] [TCP ACKed unseen segment] 1 > 2 [ACK] Seq=1 Ack=2 Win=3 Len=1") ==
        "acked-lost-segment keep-alive 1 > 2 [.] seq 1 ack 2 win 3 len 1");
  CHECK(facts("[TCP Fast Retransmission] [Packet size limited during capture]", "SSL") == "retransmission fast");
  CHECK(facts("[TCP Window Full] C: DATA fragment, 1460 bytes", "SMTP") == "window-full");
  CHECK(facts("Application Data [TCP segment of a reassembled PDU]", "TLSv1.3").empty());
}

TEST_CASE("info: segments of a message") {
  CHECK(facts("80 → 51392 [PSH, ACK] Seq=243 Ack=954 Win=65535 Len=1248 [TCP PDU reassembled in 37]") ==
        "80 > 51392 [P.] seq 243 ack 954 win 65535 len 1248 completed in 37");
  CHECK(facts("80 → 51392 [ACK] Seq=243 Ack=954 Win=65535 Len=1248 [TCP segment of a reassembled PDU]") ==
        "80 > 51392 [.] seq 243 ack 954 win 65535 len 1248");
  CHECK(facts("88 → 53646 [FIN] Seq=1, bogus TCP header length (8, must be at least 20)") ==
        "88 > 53646 [F] seq 1 len 0");
  CHECK(facts("58218 → 21 [ACK] Seq=1 Ack=2 Win=3 Urg=4 Len=5[Malformed Packet]") ==
        "58218 > 21 [.] seq 1 ack 2 win 3 len 5");
}

TEST_CASE("info: UDP") {
  CHECK(facts("51234 → 53 Len=48", "UDP") == "51234 > 53 len 48");
  CHECK(facts("51234  >  443 Len=1357[Malformed Packet]", "QUIC") == "51234 > 443 len 1357");
  CHECK(facts("Source port: 1024  Destination port: domain", "UDP") == "1024 > 53 len 0");
  CHECK(facts("Payload (Encrypted), PKN: 12, CID: 3", "QUIC").empty());
}

TEST_CASE("info: DNS") {
  CHECK(facts("Standard query 0xed0c A fonts.gstatic.com", "DNS") == "query ed0c");
  CHECK(facts("Standard query response 0xed0c No such name A x.example SOA ns.example", "DNS") == "response ed0c");
  CHECK(facts("Dynamic update 0x1b2c SOA example.com", "DNS") == "query 1b2c");
  CHECK(facts("Standard query 0x0000 PTR _tcp.local, \"QM\" question", "MDNS") == "query 0000");
  CHECK(facts("Standard query", "DNS").empty());
  CHECK(facts("Standard query 0xzz", "DNS").empty());
}

TEST_CASE("info: echo requests and replies") {
  CHECK(facts("Echo (ping) request  id=0xab12, seq=7/1792, ttl=64 (reply in 2)", "ICMP") ==
        "request ab120007 completed in 2");
  CHECK(facts("Echo (ping) reply    id=0xab12, seq=7/1792, ttl=64 (request in 1)", "ICMP") ==
        "reply ab120007 request in 1");
  CHECK(facts("Echo (ping) request id=0x0001, seq=1, hop limit=64 (no response found!)", "ICMPv6") == "request 10001");
  CHECK(facts("Echo of something else", "X").empty());
}

TEST_CASE("info: other texts tell nothing") {
  for (const char* text : {"",
                           " ",
                           "[",
                           "[]",
                           "[TCP ",
                           "[TCP Dup ACK ",
                           "[TCP Dup ACK 1#",
                           "443",
                           "443 >",
                           "443 > ",
                           "443  ",
                           "192.168.0.1 is at 00:11:22:33:44:55",
                           "200 OK",
                           "443 99999 [ACK]",
                           "70000 > 1 [ACK]",
                           "1 > 99999",
                           "220  250 [text]",
                           "Who has 10.0.0.1? Tell 10.0.0.2",
                           "GET / HTTP/1.1 ",
                           "Response: 220 > 3"}) {
    INFO(text);
    CHECK(facts(text).empty());
  }
  CHECK(facts("1 > 2 [ACK] Seq=99999999999 Ack=1") == "1 > 2 [.] ack 1 len 0");
  CHECK(facts("1 > 2 [ACK] Seq= Ack=") == "1 > 2 [.] len 0");
}

}  // namespace tracedrop::test
