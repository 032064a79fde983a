// What a trace becomes of a csv. Packets are written as
//
//   packets(R"(
//     0.000000 | laptop | www | TCP | 74 | 5000 > 443 [SYN] Seq=0 Win=64240 Len=0
//   )")
//
// and numbered from 1; findings are read back with such numbers.
#include "trace/csv_builder.h"

#include <memory>
#include <sstream>

#include "csv_fixtures.h"

namespace tracedrop::test {
namespace {

using dissect::PacketIndex;
using trace::Trace;

using Lines = std::vector<std::string>;

constexpr std::string_view kColumns = "No.,Time,Source,Destination,Protocol,Length,Info\n";

std::string trimmed_cell(std::string cell) {
  cell.erase(0, cell.find_first_not_of(' '));
  cell.erase(cell.find_last_not_of(' ') + 1);
  return cell;
}

/// Rows of a csv, without a header, from the notation above.
std::string packets(const std::string& text, int first_number = 1) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    if (trimmed_cell(line).empty()) continue;
    out += in_quotes(std::to_string(first_number++));
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '|');) out += "," + in_quotes(trimmed_cell(cell));
    out += "\n";
  }
  return out;
}

std::unique_ptr<Built> build(const std::string& rows) { return std::make_unique<Built>(std::string(kColumns) + rows); }

/// "laptop:5000 > www:443 tcp 0, packets 1 2 3" for each conversation; a packet back is written as -2.
Lines conversations(const Trace& trace) {
  Lines lines;
  for (uint32_t c = 0; c < trace.findings.conversations.size(); ++c) {
    const dissect::Conversation& conversation = trace.findings.conversations[c];
    std::string& line = lines.emplace_back();
    for (size_t end = 0; end < 2; ++end) {
      if (end == 1) line += " > ";
      append_address(line, trace.findings.addresses.at(conversation.address[end]));
      if (conversation.port[end] != 0) line += ":" + std::to_string(conversation.port[end]);
    }
    static constexpr const char* kTransports[] = {"", " tcp ", " udp "};
    line += kTransports[static_cast<int>(conversation.transport)];
    if (conversation.transport != dissect::Transport::none) line += std::to_string(conversation.stream);
    line += ":";
    for (PacketIndex i = 0; i < trace.size(); ++i)
      if (trace.columns.flow(i) >> 1 == c) line += (trace.direction(i) == 1 ? " -" : " ") + number_of(i);
  }
  return lines;
}

/// "1->2 …": each sample's segment and its ACK.
std::string samples(const Trace& trace) {
  std::string out;
  for (const dissect::RttSample& sample : trace.findings.rtt_samples)
    out += (out.empty() ? "" : " ") + number_of(sample.segment) + "->" + number_of(sample.ack);
  return out;
}

std::string times(const Trace& trace) {
  std::string out;
  for (PacketIndex i = 0; i < trace.size(); ++i) {
    out += out.empty() ? "" : " ";
    append_seconds(out, trace.columns.ts_ns(i), trace.time_digits);
  }
  return out;
}

std::string links(const Trace& trace) {
  std::string out;
  for (PacketIndex i = 0; i < trace.size(); ++i)
    if (const uint32_t link = trace.columns.row(i).link; link != 0)
      out += (out.empty() ? "" : " ") + number_of(i) + ":" + std::to_string(link);
  return out;
}

const std::string kHandshake = R"(
  0.000 | laptop | www | TCP | 74 | 5000 > 443 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 WS=128
  0.010 | www | laptop | TCP | 74 | 443 > 5000 [SYN, ACK] Seq=0 Ack=1 Win=64240 Len=0 MSS=1400 WS=64
  0.011 | laptop | www | TCP | 66 | 5000 > 443 [ACK] Seq=1 Ack=1 Win=64256 Len=0
)";

}  // namespace

TEST_CASE("csv builder: a row of numbers for each packet") {
  const auto built = build(packets(R"(
    0.5 | 10.0.0.1 | www.example | TCP | 656 | [TCP Retransmission] 5000 > 443 [PSH, ACK] Seq=9840 Ack=7 Win=5 Len=602
    0.6 | www.example | 10.0.0.1 | TLSv1.2 | 1440 | [TCP Out-Of-Order] , Application Data
  )"));
  const Trace& trace = built->trace;
  REQUIRE(trace.size() == 2);
  CHECK(trace.kind == trace::SourceKind::csv);
  const dissect::Row first = trace.columns.row(0), second = trace.columns.row(1);
  CHECK(first.ts_ns == 500'000'000);
  CHECK(first.wire_len == 656);
  CHECK(first.offset == kColumns.size());
  CHECK(first.seq == 9840);
  CHECK(first.ack == 7);
  CHECK(first.flags == (dissect::kPsh | dissect::kAck | dissect::kIsTcp));
  CHECK(first.payload_len == 602);
  CHECK(first.notes == dissect::kRetransmission);
  CHECK(first.text == 0);
  CHECK(second.offset == first.offset + first.cap_len + 1);
  CHECK(second.flags == 0);
  CHECK(second.notes == dissect::kOutOfOrder);
  CHECK(trace.findings.protocols.text(second.protocol) == "TLSv1.2");
  CHECK(trace.findings.addresses.at(trace.conversation(0).address[0]).kind() == AddressKind::ipv4);
}

TEST_CASE("csv builder: neighbor discovery is told by its protocol and message, as in a capture") {
  const auto built = build(packets(R"(
    0 | fe80::1 | ff02::1:ff00:9 | ICMPv6 | 86 | Neighbor Solicitation for fe80::9 from 02:00:00:00:00:01
    1 | fe80::9 | fe80::1 | ICMPv6 | 86 | Neighbor Advertisement fe80::9 (sol)
    2 | fe80::1 | fe80::9 | ICMPv6 | 118 | Echo (ping) request id=0x0007, seq=9, hop limit=64
    3 | fe80::1 | ff02::2 | UDP | 70 | Router Solicitation
    4 | 02:00:00:00:00:01 | ff:ff:ff:ff:ff:ff | ARP | 42 | Who has 10.0.0.1? Tell 10.0.0.2
  )"));
  const auto flags = [&](PacketIndex i) { return built->trace.columns.flags(i); };
  constexpr uint16_t kFound = dissect::kFindsNeighbors;
  CHECK(std::vector<uint16_t>{flags(0), flags(1), flags(2), flags(3), flags(4)} ==
        std::vector<uint16_t>{kFound, kFound, 0, 0, kFound});
}

TEST_CASE("csv builder: a handshake, and what it tells") {
  const auto built = build(packets(kHandshake));
  const dissect::Conversation& conversation = built->trace.findings.conversations[0];
  CHECK(number_of(conversation.syn) == "1");
  CHECK(number_of(conversation.syn_ack) == "2");
  CHECK(number_of(conversation.handshake_ack) == "3");
  CHECK(conversation.window_shift == std::array<int8_t, 2>{7, 6});
  CHECK(samples(built->trace) == "1->2 2->3");
}

TEST_CASE("csv builder: window scaling is in use only when both offer it") {
  const auto built = build(packets(R"(
    0.000 | laptop | www | TCP | 74 | 5000 > 443 [SYN] Seq=0 Win=64240 Len=0 WS=128
    0.010 | www | laptop | TCP | 74 | 443 > 5000 [SYN, ACK] Seq=0 Ack=1 Win=64240 Len=0
  )"));
  constexpr int8_t kNone = dissect::Conversation::kNoScaling;
  CHECK(built->trace.findings.conversations[0].window_shift == std::array<int8_t, 2>{kNone, kNone});
}

TEST_CASE("csv builder: conversations by names and ports") {
  CHECK(conversations(build(packets(R"(
    0.0 | laptop | www | TCP | 60 | 5000 > 443 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.1 | www | laptop | TCP | 60 | 443 > 5001 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.2 | laptop | www | TCP | 60 | 5001 > 443 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.3 | www | laptop | TCP | 60 | 443 > 5000 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.4 | laptop | www | UDP | 60 | 5000 > 443 Len=18
    0.5 | laptop | www | ICMP | 60 | Echo (ping) request  id=0x0001, seq=1/256, ttl=64
    0.5 | laptop | www | UDP/XML | 60 | 5000 > 3702 Len=18
    0.6 | fe80::1 | FF02::fb | MDNS | 60 | Standard query 0x0000 A x
    0.7 | 00:11:22:33:44:55 | Broadcast | ARP | 60 | Who has 10.0.0.1? Tell 10.0.0.2
  )"))
                          ->trace) == Lines{"laptop:5000 > www:443 tcp 0: 1 -4", "www:443 > laptop:5001 tcp 1: 2 -3",
                                            "laptop:5000 > www:443 udp 0: 5", "laptop > www: 6",
                                            "laptop:5000 > www:3702 udp 1: 7", "fe80::1 > ff02::fb udp 2: 8",
                                            "00:11:22:33:44:55 > Broadcast: 9"});
}

TEST_CASE("csv builder: a row without ports belongs to the most recent conversation of its transport") {
  CHECK(conversations(build(packets(R"(
    0.0 | laptop | www | TCP | 60 | 5000 > 443 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.1 | www | laptop | TLSv1.2 | 99 | Application Data
    0.2 | laptop | www | TCP | 60 | 5001 > 443 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.3 | www | laptop | HTTP/XML | 99 | HTTP/1.1 200 OK
    0.4 | laptop | mail | TLSv1.2 | 99 | Client Hello
    0.5 | www | laptop | DNS | 99 | Standard query response 0x0001 A x
    0.6 | www | laptop | WHAT | 99 | [TCP Retransmission] something
  )"))
                          ->trace) == Lines{"laptop:5000 > www:443 tcp 0: 1 -2", "laptop:5001 > www:443 tcp 1: 3 -4 -7",
                                            "laptop > mail tcp 2: 5", "www > laptop udp 0: 6"});
}

TEST_CASE("csv builder: a conversation without ports takes the first that are shown, unless they begin another") {
  CHECK(conversations(build(packets(R"(
    0.0 | laptop | www | TLSv1.2 | 99 | Application Data
    0.1 | www | laptop | TCP | 60 | 443 > 5000 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.2 | laptop | old | TLSv1.2 | 99 | Application Data
    0.3 | laptop | old | TCP | 60 | 5001 > 443 [SYN] Seq=0 Win=5 Len=0
    0.4 | laptop | old | TLSv1.2 | 99 | Client Hello
  )"))
                          ->trace) ==
        Lines{"laptop:5000 > www:443 tcp 0: 1 -2", "laptop > old tcp 1: 3", "laptop:5001 > old:443 tcp 2: 4 5"});
}

TEST_CASE("csv builder: ports in columns of their own") {
  const Built built(
      "Time,Source,Destination,Protocol,Length,Info,Src_port,Dst_port\n"
      "0.0,a,b,TLSv1.2,99,Application Data,5000,443\n"
      "0.1,b,a,TLSv1.2,99,Application Data,443,5001\n"
      "0.2,b,a,TLSv1.2,99,Application Data,443,5000\n"
      "0.3,a,b,ICMP,99,x,,\n");
  CHECK(conversations(built.trace) == Lines{"a:5000 > b:443 tcp 0: 1 -3", "b:443 > a:5001 tcp 1: 2", "a > b: 4"});
  CHECK(built.trace.extra_columns == Lines{"Src_port", "Dst_port"});
}

TEST_CASE("csv builder: ports used again begin a new conversation") {
  CHECK(conversations(build(packets(R"(
    0.0 | a | b | TCP | 60 | 5000 > 80 [SYN] Seq=0 Win=5 Len=0
    0.1 | a | b | TCP | 60 | [TCP Retransmission] 5000 > 80 [SYN] Seq=0 Win=5 Len=0
    0.2 | b | a | TCP | 60 | 80 > 5000 [RST, ACK] Seq=1 Ack=1 Win=0 Len=0
    0.3 | a | b | TCP | 60 | [TCP Port numbers reused] 5000 > 80 [SYN] Seq=0 Win=5 Len=0
    0.4 | b | a | TCP | 60 | 80 > 5000 [SYN, ACK] Seq=0 Ack=1 Win=5 Len=0
    0.5 | a | b | TCP | 60 | 5000 > 80 [SYN] Seq=0 Win=5 Len=0
  )"))
                          ->trace) ==
        Lines{"a:5000 > b:80 tcp 0: 1 2 -3", "a:5000 > b:80 tcp 1: 4 -5", "a:5000 > b:80 tcp 2: 6"});
}

TEST_CASE("csv builder: a host that speaks to itself") {
  CHECK(conversations(build(packets(R"(
    0.0 | 127.0.0.1 | 127.0.0.1 | TCP | 60 | 5000 > 80 [SYN] Seq=0 Win=5 Len=0
    0.1 | 127.0.0.1 | 127.0.0.1 | TCP | 60 | 80 > 5000 [SYN, ACK] Seq=0 Ack=1 Win=5 Len=0
  )"))
                          ->trace) == Lines{"127.0.0.1:5000 > 127.0.0.1:80 tcp 0: 1 -2"});
}

TEST_CASE("csv builder: round trips from numbers that are shown") {
  const auto samples_after_handshake = [](const std::string& rows) {
    const std::string all = samples(build(packets(kHandshake + rows))->trace);
    return all.size() > 9 ? all.substr(10) : "";
  };
  const std::string sent = "1.0 | laptop | www | TCP | 166 | 5000 > 443 [PSH, ACK] Seq=1 Ack=1 Win=5 Len=100\n";
  const std::string acked = "1.2 | www | laptop | TCP | 66 | 443 > 5000 [ACK] Seq=1 Ack=101 Win=5 Len=0\n";
  CHECK(samples_after_handshake(sent + acked) == "4->5");
  SECTION("the newest segment that an ACK covers") {
    CHECK(samples_after_handshake(sent + "1.1|laptop|www|TCP|166|5000 > 443 [ACK] Seq=101 Ack=1 Win=5 Len=50\n" +
                                  "1.2|www|laptop|TCP|66|443 > 5000 [ACK] Seq=1 Ack=151 Win=5 Len=0\n") == "5->6");
  }
  SECTION("an ACK of more or less than was shown tells nothing") {
    CHECK(samples_after_handshake(sent + "1.2|www|laptop|TCP|66|443 > 5000 [ACK] Seq=1 Ack=51 Win=5 Len=0\n").empty());
    CHECK(samples_after_handshake(sent + "1.2|www|laptop|TCP|66|443 > 5000 [ACK] Seq=1 Ack=201 Win=5 Len=0\n").empty());
  }
  SECTION("a row that hides its ACK may have been the first") {
    CHECK(samples_after_handshake(sent + "1.1 | www | laptop | TLSv1.2 | 99 | Application Data\n" + acked).empty());
    CHECK(samples_after_handshake(sent + "1.1 | laptop | www | TLSv1.2 | 99 | Application Data\n" + acked) == "4->6");
    CHECK(samples_after_handshake(sent + "1.1 | other | laptop | TLSv1.2 | 99 | Application Data\n" + acked) == "4->6");
  }
  SECTION("Karn's rule: nothing of what was sent twice") {
    CHECK(samples_after_handshake(sent +
                                  "1.1|laptop|www|TCP|166|[TCP Retransmission] 5000 > 443 [PSH, ACK] Seq=1 Ack=1 Win=5 "
                                  "Len=100\n" +
                                  acked)
              .empty());
    CHECK(samples_after_handshake(sent + "1.1|laptop|www|TLSv1.2|166|[TCP Retransmission] , Application Data\n" + acked)
              .empty());
  }
  SECTION("keep-alives measure nothing") {
    CHECK(
        samples_after_handshake("9.0|laptop|www|TCP|67|[TCP Keep-Alive] 5000 > 443 [ACK] Seq=0 Ack=1 Win=5 Len=1\n"
                                "9.1|www|laptop|TCP|66|[TCP Keep-Alive ACK] 443 > 5000 [ACK] Seq=1 Ack=1 Win=5 Len=0\n")
            .empty());
  }
  SECTION("sequence numbers wrap") {
    CHECK(samples_after_handshake("1.0|laptop|www|TCP|166|5000 > 443 [PSH, ACK] Seq=4294967290 Ack=1 Win=5 Len=100\n"
                                  "1.1|www|laptop|TCP|66|443 > 5000 [ACK] Seq=1 Ack=94 Win=5 Len=0\n") == "4->5");
  }
}

TEST_CASE("csv builder: needless retransmissions") {
  const auto proven = [](const std::string& rows) { return needless(build(packets(rows))->trace); };
  const std::string again = "0.1|a|b|TCP|166|[TCP Retransmission] 5 > 6 [ACK] Seq=101 Ack=1 Win=5 Len=100\n";
  SECTION("a D-SACK below the ACK") {
    CHECK(proven(again + "0.2|b|a|TCP|78|[TCP Dup ACK 1#1] 6 > 5 [ACK] Seq=1 Ack=201 Win=5 Len=0 SLE=101 SRE=201\n") ==
          "1 by 2 D-SACK");
    CHECK(proven(again + "0.2|b|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=301 Win=5 Len=0 SLE=1 SRE=301\n") == "1 by 2 D-SACK");
  }
  SECTION("a D-SACK inside the second block") {
    CHECK(proven(again + "0.2|b|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=1 Win=5 Len=0 SLE=101 SRE=201 SLE=51 SRE=401\n") ==
          "1 by 2 D-SACK");
  }
  SECTION("a SACK above the ACK is none") {
    CHECK(proven(again + "0.2|b|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=1 Win=5 Len=0 SLE=101 SRE=201\n").empty());
    CHECK(
        proven(again + "0.2|b|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=1 Win=5 Len=0 SLE=101 SRE=201 SLE=301 SRE=401\n").empty());
  }
  SECTION("a D-SACK of a part or of other data does not prove the whole") {
    CHECK(proven(again + "0.2|b|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=201 Win=5 Len=0 SLE=101 SRE=150\n").empty());
    CHECK(proven(again + "0.2|c|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=201 Win=5 Len=0 SLE=101 SRE=201\n").empty());
  }
  SECTION("each D-SACK proves one") {
    const std::string report = "0.2|b|a|TCP|78|6 > 5 [ACK] Seq=1 Ack=201 Win=5 Len=0 SLE=101 SRE=201\n";
    CHECK(proven(again + again + report) == "1 by 3 D-SACK");
    CHECK(proven(again + again + report + report) == "1 by 3 D-SACK, 2 by 4 D-SACK");
  }
  SECTION("what had been acknowledged before it was sent again") {
    CHECK(proven("0.0|b|a|TCP|66|6 > 5 [ACK] Seq=1 Ack=201 Win=5 Len=0\n"
                 "0.1|b|a|TCP|66|6 > 5 [ACK] Seq=1 Ack=201 Win=9 Len=0\n"
                 "0.2|a|b|TCP|166|[TCP Spurious Retransmission] 5 > 6 [ACK] Seq=101 Ack=1 Win=5 Len=100\n") ==
          "3 by 1 acked");
    CHECK(proven("0.2|a|b|SSL|166|[TCP Spurious Retransmission] Continuation Data\n") == "1 by 1 acked");
  }
}

TEST_CASE("csv builder: duplicate ACKs and links name packets by the file's numbers") {
  const std::string rows = R"(
    0.0 | a | b | TCP | 66 | 5 > 6 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.1 | a | b | TCP | 66 | [TCP Dup ACK 11#1] 5 > 6 [ACK] Seq=1 Ack=1 Win=5 Len=0
    0.2 | b | a | TCP | 66 | 6 > 5 [ACK] Seq=1 Ack=1 Win=5 Len=9 [TCP PDU reassembled in 14]
    0.3 | b | a | HTTP | 66 | HTTP/1.1 200 OK
    0.4 | b | a | TCP | 66 | [TCP Dup ACK 3#1] 6 > 5 [ACK] Seq=1 Ack=1 Win=5 Len=0 [TCP PDU reassembled in 99]
  )";
  const auto check = [](const Trace& trace) {
    REQUIRE(trace.findings.duplicate_acks.size() == 2);
    CHECK(number_of(trace.findings.duplicate_acks[0].packet) == "2");
    CHECK(number_of(trace.findings.duplicate_acks[0].original) == "1");
    CHECK(trace.findings.duplicate_acks[0].number == 1);
    CHECK(number_of(trace.findings.duplicate_acks[1].original) == "-");
    CHECK(links(trace) == "3:4");
  };
  const auto filtered = build(packets(rows, 11));
  check(filtered->trace);
  CHECK(filtered->trace.file_numbers == std::vector<uint32_t>{11, 12, 13, 14, 15});
  SECTION("also when rows are missing between") {
    const std::string gap = R"(
      0.0 | a | b | TCP | 66 | 5 > 6 [ACK] Seq=1 Ack=1 Win=5 Len=9 [TCP PDU reassembled in 9]
    )"
                            "\n",
                      end = "0.9 | a | b | HTTP | 66 | GET /\n";
    const auto built = build(packets(gap, 3) + packets(end, 9));
    CHECK(links(built->trace) == "1:2");
  }
}

TEST_CASE("csv builder: packet numbers are kept only when they are not the rows' own") {
  const std::string row = "0.5 | a | b | TCP | 60 | x\n";
  CHECK(build(packets(row + row + row))->trace.file_numbers.empty());
  CHECK(build(packets(row + row) + packets(row, 7))->trace.file_numbers == std::vector<uint32_t>{1, 2, 7});
  CHECK(Built("Time,Length\n0,60\n1,61\n").trace.file_numbers.empty());
}

TEST_CASE("csv builder: answers are tied to their requests by id") {
  CHECK(links(build(packets(R"(
    0.0 | a | dns | DNS | 77 | Standard query 0xed0c A x.example
    0.1 | a | dns | DNS | 77 | Standard query 0xed0d AAAA x.example
    0.2 | dns | a | DNS | 93 | Standard query response 0xed0d AAAA x.example AAAA 2001:db8::1
    0.3 | dns | a | DNS | 93 | Standard query response 0xed0c A x.example A 192.0.2.1
    0.4 | dns | b | DNS | 93 | Standard query response 0xed0c A x.example A 192.0.2.1
    0.5 | a | x | ICMP | 98 | Echo (ping) request  id=0xab12, seq=0/0, ttl=64 (reply in 7)
    0.6 | x | a | ICMP | 98 | Echo (ping) reply    id=0xab12, seq=0/0, ttl=64 (request in 6)
    0.7 | a | x | ICMP | 98 | Echo (ping) request  id=0xab12, seq=1/256, ttl=64
    0.8 | x | a | ICMP | 98 | Echo (ping) reply    id=0xab12, seq=1/256, ttl=64
    0.9 | a | mdns | MDNS | 77 | Standard query 0x0000 A x.local
    1.0 | mdns | a | MDNS | 77 | Standard query response 0x0000 A y.local A 192.0.2.7
  )"))
                  ->trace) == "1:4 2:3 6:7 8:9");
}

TEST_CASE("csv builder: times since the previous packet are summed up") {
  const auto of_times = [](std::string_view column, const std::vector<std::string>& cells) {
    std::string file = "No.," + std::string(column) + ",Length\n";
    for (size_t i = 0; i < cells.size(); ++i) file += std::to_string(i + 1) + "," + cells[i] + ",60\n";
    return times(Built(file).trace);
  };
  CHECK(of_times("Time", {"0.000000", "0.000134", "2.697431", "0.000228", "0.000207"}) ==
        "0.000000 0.000134 2.697565 2.697793 2.698000");
  CHECK(of_times("Delta time", {"0.5", "0.6", "0.7"}) == "0.5 1.1 1.8");
  SECTION("but not a capture whose clock stepped back, or rows in another order") {
    CHECK(of_times("Time", {"0.0", "0.1", "0.2", "0.3", "0.1", "0.2", "0.3"}) == "0.0 0.1 0.2 0.3 0.1 0.2 0.3");
    CHECK(of_times("Time", {"0.0", "4.6", "6.7", "4.4", "7.1", "7.8", "7.6"}) == "0.0 4.6 6.7 4.4 7.1 7.8 7.6");
    CHECK(of_times("Time", {"0.0", "-3.0", "-1.0", "-3.0", "-2.0"}) == "0.0 -3.0 -1.0 -3.0 -2.0");
    CHECK(of_times("Time", {"0.3", "0.1", "0.2", "0.0"}) == "0.3 0.1 0.2 0.0");
    CHECK(times(Built("No.,Time,Length\n1,0.0,9\n3,0.2,8\n2,0.1,7\n").trace) == "0.0 0.2 0.1");
  }
  SECTION("nor dates, nor a time column that stands beside the deltas") {
    CHECK(times(Built("Delta_time,Time,Length\n0.00,0.00,9\n0.10,0.10,8\n0.05,0.15,7\n").trace) == "0.00 0.10 0.15");
    CHECK(of_times("Time", {"1970-01-01 00:00:00", "1970-01-01 00:00:09", "1970-01-01 00:00:05"}) == "0 9 5");
  }
}

TEST_CASE("csv builder: what the times count from") {
  const auto base = [](const std::string& cell) { return Built("Time,Length\n" + cell + ",60\n").trace.time_base; };
  CHECK(base("0.5") == trace::TimeBase::relative);
  CHECK(base("1664370469.5") == trace::TimeBase::absolute);
  CHECK(base("2022-09-28 13:07:49") == trace::TimeBase::absolute);
  CHECK(base("13:07:49") == trace::TimeBase::of_day);
}

TEST_CASE("csv builder: times of day go on over midnight") {
  const Built built("Time,Length\n23:59:59.9,60\n00:00:00.1,60\n23:59:59.95,60\n00:00:00.2,60\n");
  CHECK(times(built.trace) == "86399.9 86400.1 86399.9 86400.2");
  CHECK(built.trace.columns.ts_ns(2) == 86'399'950'000'000);
}

TEST_CASE("csv builder: the digits that most times have") {
  CHECK(Built("Time,Length\n0,60\n0.10,60\n0.20,60\n").trace.time_digits == 2);
}

TEST_CASE("csv builder: what fails, and what only warns") {
  CHECK(Built("a,b\n1,2\n").builder.failed());
  const Built all_bad("Time,Length\nx,60\ny,60\n");
  CHECK(all_bad.builder.failure() ==
        "No row of this csv could be read. Line 2 was skipped: its Time \"x\" is no time.");
  const Built some_bad("Time,Length\nx,60\n0.5,60\ny,60\n");
  CHECK_FALSE(some_bad.builder.failed());
  REQUIRE(some_bad.trace.warnings.list().size() == 2);
  CHECK(some_bad.trace.warnings.list()[1].code == "bad-row");
  CHECK(some_bad.trace.warnings.list()[1].count == 2);
  CHECK(some_bad.trace.warnings.list()[1].offset == 12);
  CHECK_FALSE(Built("Time,Length\n").builder.failed());
}

}  // namespace tracedrop::test
