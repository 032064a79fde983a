#include "attacks.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace tracedrop::test {

namespace {

using std::string;

string be(uint64_t value, int bytes) {
  string out;
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes));
  return out;
}
string le32(uint32_t value) {
  string out = be(value, 4);
  return {out.rbegin(), out.rend()};
}

/// A capture of Ethernet frames, a microsecond apart.
class Capture {
 public:
  Capture() { file_ = le32(0xA1B2C3D4) + le32(2 | 4 << 16) + le32(0) + le32(0) + le32(262144) + le32(1); }

  void ipv4(uint32_t from, uint32_t to, uint8_t protocol, const string& payload, uint16_t id = 0,
            uint16_t fragment = 0) {
    put(be(0x0800, 2) + be(0x45, 1) + be(0, 1) + be(20 + payload.size(), 2) + be(id, 2) + be(fragment, 2) + be(64, 1) +
        be(protocol, 1) + be(0, 2) + be(from, 4) + be(to, 4) + payload);
  }
  void ipv6(const string& from, const string& to, uint8_t protocol, const string& payload) {
    put(be(0x86DD, 2) + be(6u << 28, 4) + be(payload.size(), 2) + be(protocol, 1) + be(64, 1) + from + to + payload);
  }
  void arp(uint32_t from, uint64_t mac) {
    put(be(0x0806, 2) + be(1, 2) + be(0x0800, 2) + be(6, 1) + be(4, 1) + be(1, 2) + be(mac, 6) + be(from, 4) +
        be(0, 6) + be(0x0A000001, 4));
  }
  const string& file() const { return file_; }

 private:
  void put(const string& frame) {
    static const string kMacs("\x02\0\0\0\0\x02\x02\0\0\0\0\x01", 12);
    file_ += le32(1'600'000'000 + packets_ / 1'000'000) + le32(packets_ % 1'000'000);
    ++packets_;
    const auto size = static_cast<uint32_t>(kMacs.size() + frame.size());
    file_ += le32(size) + le32(size) + kMacs + frame;
  }

  string file_;
  uint32_t packets_ = 0;
};

constexpr uint32_t kClient = 0x0A000001, kServer = 0x0A000002;
constexpr uint8_t kTcp = 6, kUdp = 17;
constexpr uint16_t kSyn = 2, kAck = 16;

string udp(uint16_t from, uint16_t to, const string& payload) {
  return be(from, 2) + be(to, 2) + be(8 + payload.size(), 2) + be(0, 2) + payload;
}
string tcp(uint16_t from, uint16_t to, uint32_t seq, uint32_t ack, uint16_t flags, const string& payload = {}) {
  return be(from, 2) + be(to, 2) + be(seq, 4) + be(ack, 4) + be(0x5000u | flags, 2) + be(65535, 2) + be(0, 4) + payload;
}

/// What one side of a connection sends from its well-known port.
class Sender {
 public:
  explicit Sender(uint16_t port, uint32_t seq = 1000) : port_(port), seq_(seq) {}
  Sender& send(const string& payload) {
    again(seq_, payload);
    seq_ += static_cast<uint32_t>(payload.size());
    return *this;
  }
  void again(uint32_t seq, const string& payload) {
    capture_.ipv4(kServer, kClient, kTcp, tcp(port_, 50000, seq, 1, kAck, payload));
  }
  Sender& in_pieces(std::string_view bytes, size_t piece = 1) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) send(string(bytes.substr(0, piece)));
    return *this;
  }
  void acknowledge(uint32_t ack) { capture_.ipv4(kClient, kServer, kTcp, tcp(50000, port_, 1, ack, kAck)); }
  uint32_t seq() const { return seq_; }
  const string& file() const { return capture_.file(); }

 private:
  Capture capture_;
  uint16_t port_;
  uint32_t seq_;
};

string times(size_t n, std::string_view text) {
  string out;
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}
const string kOk = "HTTP/1.1 200 OK\r\n";
const string kChunked = kOk + "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";

// HTTP over many segments.

string http_head(size_t n) { return Sender(80).in_pieces(kOk + times(n / 6, "a: b\r\n")).file(); }
string http_first_line(size_t n) { return Sender(80).in_pieces("HTTP/1.1 200 " + string(n, 'a')).file(); }
string http_blank_lines(size_t n) {
  Sender sender(80);
  sender.send(times(n, "\r\n") + "H").in_pieces("TTP/1.1 200 " + string(n, 'a'));
  return sender.file();
}
string http_line_then_head(size_t n) {
  Sender sender(80);
  sender.send(kOk.substr(0, 15) + string(n, 'a') + "\r\n").in_pieces(times(n / 6, "a: b\r\n"));
  return sender.file();
}
string http_chunk_line(size_t n) { return Sender(80).send(kChunked).in_pieces("1;" + string(n, 'a')).file(); }
string http_trailer(size_t n) { return Sender(80).send(kChunked + "0\r\n").in_pieces(times(n / 6, "a: b\r\n")).file(); }
string http_chunks(size_t n) { return Sender(80).send(kChunked).in_pieces(times(n, "1\r\nx\r\n"), 6).file(); }
string http_chunks_bytewise(size_t n) { return Sender(80).send(kChunked).in_pieces(times(n, "1\r\nx\r\n")).file(); }
string http_head_and_chunks(size_t n) {
  Sender sender(80);
  sender.send(kOk + times(n, "a: b\r\n") + kChunked.substr(kOk.size()));
  return sender.in_pieces(times(n, "1\r\nx\r\n"), 6).file();
}
string http_multipart_chunks(size_t n) {
  Sender sender(80);
  sender.send(kOk + "Content-Type: multipart/mixed; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n");
  return sender.in_pieces(times(n, "1\r\nx\r\n"), 6).file();
}
string http_boundary(size_t n) {
  Sender sender(80);
  sender.send(kOk + "Content-Type: multipart/mixed; boundary=" + string(n / 4, '-') +
              "x\r\nContent-Length: " + std::to_string(n) + "\r\n\r\n");
  return sender.in_pieces(string(n, '-'), 1400).file();
}
string http_pipelined(size_t n) {
  return Sender(80).in_pieces(times(n, kOk + "Content-Length: 0\r\n\r\n"), 1400).file();
}

// TLS and DNS over many segments.

string tls_handshake(size_t n) {
  const string message = string("\x0B", 1) + be(std::min<size_t>(n, 1 << 20), 3) + string(n, 'x');
  string records;
  for (const char c : message) records += string("\x16\x03\x03\0\x01", 5) + c;
  return Sender(443).in_pieces(records, 1400).file();
}
string tls_record(size_t n) {
  return Sender(443).in_pieces(times(n / 1005 + 1, string("\x16\x03\x03\x03\xE8", 5) + string(1000, 'x'))).file();
}
string dns_over_tcp(size_t n) {
  return Sender(53).in_pieces(times(n / 202 + 1, be(200, 2) + string(200, '\x01'))).file();
}

// Segments out of order.

string tcp_last_first(size_t n) {
  Sender sender(80);
  sender.send(kOk + "Content-Type: text/html\r\nContent-Length: " + std::to_string(n) + "\r\n\r\n");
  for (size_t i = n; i-- > 0;) sender.again(sender.seq() + static_cast<uint32_t>(i), "x");
  return sender.file();
}
string tcp_gaps(size_t n) {
  Sender sender(80);
  sender.send(kOk + "Content-Type: text/html\r\nContent-Length: " + std::to_string(2 * n) + "\r\n\r\n");
  for (size_t i = n; i-- > 0;) sender.again(sender.seq() + static_cast<uint32_t>(2 * i + 1), "x");
  for (size_t i = 0; i < n; ++i) sender.again(sender.seq() + static_cast<uint32_t>(2 * i), "x");
  return sender.file();
}
string tcp_gaps_kept(size_t n) {
  Sender sender(443);
  sender.send("\x16\x03\x03\x40");
  for (size_t i = n; i-- > 0;) sender.again(sender.seq() + 1 + static_cast<uint32_t>(i % 16000), "x");
  return sender.file();
}
string tcp_closed(size_t n) {
  Sender sender(443);
  const string record = string("\x17\x03\x03\0\x08", 5) + string(8, 'x');
  for (size_t i = 0; i < n; ++i) sender.send(record.substr(0, 7)).send(record.substr(7));
  for (size_t i = 0; i < n; ++i) sender.again(1000 - 7, string(7, 'x'));
  return sender.file();
}
string tcp_closed_backwards(size_t n) {
  Sender sender(443, 100'000'000);
  const string record = string("\x17\x03\x03\0\x08", 5) + string(8, 'x');
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t at = sender.seq() - 20 * i;
    sender.again(at, record.substr(0, 7));
    sender.again(at + 7, record.substr(7));
  }
  return sender.file();
}
string tcp_unacked(size_t n) {
  Sender sender(9999);
  sender.in_pieces(string(n, 'x'));
  for (uint32_t i = 0; i < n; ++i) sender.acknowledge(1001 + i);
  return sender.file();
}
string tcp_unacked_repeated(size_t n) {
  Sender sender(9999);
  sender.in_pieces(string(n, 'x'));
  for (uint32_t i = 0; i < n; ++i) sender.again(1000 + i, "x");
  for (uint32_t i = 0; i < n; ++i) sender.acknowledge(1000);
  return sender.file();
}
string tcp_unacked_backwards(size_t n) {
  Sender sender(9999, 100'000'000);
  for (uint32_t i = 0; i < n; ++i) sender.again(sender.seq() - i, "x");
  for (uint32_t i = 0; i < n; ++i) sender.acknowledge(sender.seq() - static_cast<uint32_t>(n));
  return sender.file();
}
string tcp_syn_flood(size_t n) {
  Capture capture;
  for (uint32_t i = 0; i < n; ++i) capture.ipv4(0x01000000 + i, kServer, kTcp, tcp(1024, 80, 1000, 0, kSyn));
  return capture.file();
}
string tcp_ports_reused(size_t n) {
  Capture capture;
  for (uint32_t i = 0; i < n; ++i) capture.ipv4(kClient, kServer, kTcp, tcp(1024, 80, 1000 * i, 0, kSyn));
  return capture.file();
}

// Datagrams.

string fragments_of_one(size_t n) {
  Capture capture;
  for (size_t i = 0; i < n; ++i)
    capture.ipv4(kClient, kServer, kUdp, "12345678", 1, static_cast<uint16_t>(0x2000 | (8190 - i % 8190)));
  return capture.file();
}
string fragments_of_many(size_t n) {
  Capture capture;
  for (size_t i = 0; i < n; ++i)
    capture.ipv4(kClient + static_cast<uint32_t>(i >> 16), kServer, kUdp, "12345678", static_cast<uint16_t>(i), 0x2000);
  return capture.file();
}

/// DNS answers of 60 KB each, made of one record of a type that nobody knows, whose data begin at kDataAt, and others.
constexpr unsigned kDataAt = 23;
string dns_answers(size_t n, const string& data, const string& record) {
  Capture capture;
  const size_t count = (60'000 - data.size()) / record.size();
  const string first = string(1, '\0') + be(65399, 2) + be(1, 2) + be(0, 4) + be(data.size(), 2) + data;
  const string message =
      be(1, 2) + be(0x8180, 2) + be(0, 2) + be(count + 1, 2) + be(0, 4) + first + times(count, record);
  for (size_t i = 0; i < n; ++i) capture.ipv4(kServer, kClient, kUdp, udp(53, 1024, message));
  return capture.file();
}
string pointer(unsigned to) { return be(0xC000 | to, 2); }
const string kEmptyA = be(1, 2) + be(1, 2) + be(0, 4) + be(0, 2);
string dns_loops(size_t n) { return dns_answers(n, pointer(kDataAt), pointer(kDataAt) + kEmptyA); }
string dns_pointers(size_t n) {
  string chain;  // each points to the next, the last to the root
  while (chain.size() < 12'000) chain += pointer(kDataAt + static_cast<unsigned>(chain.size()) + 2);
  return dns_answers(n, chain + string(1, '\0'), pointer(kDataAt) + kEmptyA);
}
string dns_long_names(size_t n) {
  return dns_answers(n, times(6'000, "\x01x") + string(1, '\0'), pointer(kDataAt) + kEmptyA);
}
string dns_names_beyond_data(size_t n) {
  return dns_answers(n, {},
                     string(1, '\0') + be(5, 2) + be(1, 2) + be(0, 4) + be(1, 2) + "\x01x\x01x\x01x\x01x\x01x\x01");
}
string dns_hints_beyond_data(size_t n) {
  return dns_answers(n, {},
                     string(1, '\0') + be(65, 2) + be(1, 2) + be(0, 4) + be(7, 2) + be(1, 2) + string(1, '\0') +
                         be(4, 2) + be(40'000, 2));
}

/// Options that name an agent, whose name goes on through all options behind.
string dns_option_names(size_t n) {
  constexpr size_t kOptions = 2000;
  const string options = times(kOptions, be(18, 2) + be(1, 2) + "\x3b");
  return dns_answers(n, {}, string(1, '\0') + be(41, 2) + be(1232, 2) + be(0, 4) + be(options.size(), 2) + options);
}

// Ends and names that all had one hash once.

string one_hash_ipv6(size_t n) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
  Capture capture;
  const uint64_t rest = 9 | 9 << 16 | uint64_t{2} << 32 | uint64_t{3} << 40;
  const string from = be(kFactor ^ rest, 8) + be(kFactor, 8);
  for (size_t i = 0; i < n; ++i) capture.ipv6(from, be(0xFE80000000000000, 8) + be(i, 8), kUdp, udp(9, 9, "x"));
  return capture.file();
}
string one_bucket_arp(size_t n) {
  Capture capture;  // multiples of the sizes that the standard library's tables have
  for (size_t i = 0; i < n; ++i) capture.arp(static_cast<uint32_t>((i + 1) * 62'233 * 13), 0x020000000001);
  return capture.file();
}
const string kTitles = "\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\",\"Length\",\"Info\"\n";
string one_hash_csv(size_t n) {
  string csv = kTitles;
  for (size_t i = 0; i < n; ++i) {
    string name;
    for (int word = 0; word < 22; ++word) name += ((i >> word & 1) != 0 ? "b" : "c") + string(7, 'x');
    csv += '"' + std::to_string(i + 1) + "\",\"0.5\",\"" + name + "\",\"10.0.0.1\",\"UDP\",\"60\",\"x\"\n";
  }
  return csv;
}

string dtls_fragments(size_t n) {
  Capture capture;
  for (size_t i = 0; i < n; ++i) {
    const string fragment = be(11, 1) + be(100'000, 3) + be(0, 2) + be(100'000 - 2 * i, 3) + be(1, 3) + "x";
    capture.ipv4(kClient, kServer, kUdp,
                 udp(50'000, 4433, be(22, 1) + be(0xFEFD, 2) + be(i, 8) + be(fragment.size(), 2) + fragment));
  }
  return capture.file();
}

string quic_connections(size_t n) {
  Capture capture;
  for (size_t i = 0; i < n; ++i)
    capture.ipv4(kClient, kServer, kUdp,
                 udp(50'000, 443,
                     be(0xC0, 1) + be(1, 4) + be(8, 1) + be(i, 8) + be(0, 1) + be(0, 1) + be(40, 1) + times(40, "x")));
  return capture.file();
}

string csv_quotes(size_t n) { return kTitles + times(n, "a\"b,\"\n"); }
string csv_quotes_between_rows(size_t n) {
  return kTitles + times(n, "a\"b,\"\n\"1\",\"0.5\",\"10.0.0.1\",\"10.0.0.2\",\"UDP\",\"60\",\"x\"\n");
}

}  // namespace

const std::vector<Attack>& attacks() {
  static const std::vector<Attack> kAttacks = {
      {"HTTP head byte by byte", http_head, 8000},
      {"HTTP first line byte by byte", http_first_line, 8000},
      {"HTTP first line behind blank lines", http_blank_lines, 4000},
      {"HTTP long first line, head byte by byte", http_line_then_head, 8000},
      {"HTTP chunk size byte by byte", http_chunk_line, 8000},
      {"HTTP trailer byte by byte", http_trailer, 8000},
      {"HTTP chunks of a byte", http_chunks, 4000},
      {"HTTP chunks byte by byte", http_chunks_bytewise, 2000},
      {"HTTP long head, chunks of a byte", http_head_and_chunks, 4000},
      {"HTTP multipart in chunks of a byte", http_multipart_chunks, 4000},
      {"HTTP multipart, long boundary", http_boundary, 30000},
      {"HTTP many messages a segment", http_pipelined, 2000},
      {"TLS handshake message in records of a byte", tls_handshake, 100000},
      {"TLS records byte by byte", tls_record, 8000},
      {"DNS over TCP byte by byte", dns_over_tcp, 8000},
      {"TCP last segment first", tcp_last_first, 8000},
      {"TCP every other segment first", tcp_gaps, 8000},
      {"TCP last segment first, all kept", tcp_gaps_kept, 8000},
      {"TCP first message repeated", tcp_closed, 8000},
      {"TCP last message first", tcp_closed_backwards, 8000},
      {"TCP each segment acknowledged late", tcp_unacked, 4000},
      {"TCP all repeated, none acknowledged", tcp_unacked_repeated, 4000},
      {"TCP last first, none acknowledged", tcp_unacked_backwards, 4000},
      {"TCP connections of a SYN each", tcp_syn_flood, 8000},
      {"TCP ports reused", tcp_ports_reused, 8000},
      {"IP fragments of one datagram", fragments_of_one, 8000},
      {"IP fragments of many datagrams", fragments_of_many, 8000},
      {"DTLS fragments of a byte, the last first", dtls_fragments, 8000},
      {"QUIC connections of a packet each", quic_connections, 4000},
      {"DNS names that point to themselves", dns_loops, 2},
      {"DNS names behind many pointers", dns_pointers, 2},
      {"DNS names without end", dns_long_names, 2},
      {"DNS names beyond their records", dns_names_beyond_data, 2},
      {"DNS hints beyond their records", dns_hints_beyond_data, 2},
      {"DNS names beyond their options", dns_option_names, 2},
      {"IPv6 ends of one hash", one_hash_ipv6, 8000},
      {"ARP addresses of one bucket", one_bucket_arp, 8000},
      {"csv names of one hash", one_hash_csv, 4000},
      {"csv lines that open quotes", csv_quotes, 100000},
      {"csv rows between lines that open quotes", csv_quotes_between_rows, 20000},
  };
  return kAttacks;
}

}  // namespace tracedrop::test
