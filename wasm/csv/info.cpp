#include "csv/info.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>

namespace tracedrop::csv {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <typename Word>
bool same_word(const char* a, const char* b) {
  Word left, right;
  std::memcpy(&left, a, sizeof left);
  std::memcpy(&right, b, sizeof right);
  return left == right;
}

/// a == b for a length that the compiler knows: no call (which is what WebAssembly makes of memcmp).
template <size_t kSize>
bool same_bytes(const char* a, const char* b) {
  if constexpr (kSize > 8) {
    return same_word<uint64_t>(a, b) && same_bytes<kSize - 8>(a + 8, b + 8);
  } else if constexpr (kSize == 8) {
    return same_word<uint64_t>(a, b);
  } else if constexpr (kSize >= 4) {
    return same_word<uint32_t>(a, b) && same_word<uint32_t>(a + kSize - 4, b + kSize - 4);
  } else {
    for (size_t i = 0; i < kSize; ++i)
      if (a[i] != b[i]) return false;
    return true;
  }
}

/// Takes a literal from the front.
template <size_t N>
bool take(std::string_view& text, const char (&prefix)[N]) {
  if (text.size() < N - 1 || !same_bytes<N - 1>(text.data(), prefix)) return false;
  text.remove_prefix(N - 1);
  return true;
}

void take_blanks(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

/// The number at the front; false, and nothing taken, when there is none or it needs more than 32 bits. (Calling it
/// takes a third of its time, and an Info text has half a dozen numbers.)
[[gnu::always_inline]] inline bool take_number(std::string_view& text, uint32_t& number) {
  constexpr size_t kNeverTooLarge = 9;  // digits
  const size_t sure = std::min(text.size(), kNeverTooLarge);
  uint32_t value = 0;
  size_t at = 0;
  for (; at < sure && is_digit(text[at]); ++at) value = value * 10 + static_cast<uint32_t>(text[at] - '0');
  for (; at >= kNeverTooLarge && at < text.size() && is_digit(text[at]); ++at) {
    const uint64_t larger = uint64_t{value} * 10 + static_cast<uint64_t>(text[at] - '0');
    if (larger > UINT32_MAX) return false;
    value = static_cast<uint32_t>(larger);
  }
  if (at == 0) return false;
  number = value;
  text.remove_prefix(at);
  return true;
}

bool take_number(std::string_view& text, uint16_t& number) {
  std::string_view rest = text;
  uint32_t value = 0;
  if (!take_number(rest, value) || value > UINT16_MAX) return false;
  number = static_cast<uint16_t>(value);
  text = rest;
  return true;
}

bool take_hex(std::string_view& text, uint32_t& number) {
  uint32_t value = 0;
  size_t at = 0;
  for (; at < text.size() && at < 8; ++at) {
    const char c = text[at];
    const char lower = static_cast<char>(c | 0x20);
    if (is_digit(c)) {
      value = value << 4 | static_cast<uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value << 4 | static_cast<uint32_t>(lower - 'a' + 10);
    } else {
      break;
    }
  }
  if (at == 0) return false;
  number = value;
  text.remove_prefix(at);
  return true;
}

/// "reply in 2" anywhere in the text.
uint32_t number_after(std::string_view text, std::string_view words) {
  const size_t at = text.rfind(words);
  if (at == text.npos) return 0;
  text.remove_prefix(at + words.size());
  uint32_t number = 0;
  take_number(text, number);
  return number;
}

// [TCP …] notes: any number of them stand before everything else.

struct NoteName {
  std::string_view name;
  uint16_t bits;
};

using namespace dissect;

constexpr NoteName kNoteNames[] = {
    {"Window Update", kWindowUpdate},
    {"Retransmission", kRetransmission},
    {"Out-Of-Order", kOutOfOrder},
    {"Previous segment not captured", kLostSegment},
    {"Previous segment lost", kLostSegment},
    {"Spurious Retransmission", kRetransmission | kSpuriousRetransmission},
    {"Fast Retransmission", kRetransmission | kFastRetransmission},
    {"Keep-Alive", kKeepAlive},
    {"Keep-Alive ACK", kKeepAliveAck},
    {"ACKed unseen segment", kAckedLostSegment},
    {"ACKed lost segment", kAckedLostSegment},
    {"ZeroWindow", kZeroWindow},
    {"ZeroWindowProbe", kZeroWindowProbe},
    {"ZeroWindowProbeAck", kZeroWindowProbeAck},
    {"Window Full", kWindowFull},
    {"Port numbers reused", kReusedPorts},
};

void read_note(std::string_view note, InfoFacts& facts) {
  if (take(note, "Dup ACK ")) {
    uint32_t original = 0, number = 0;
    if (!take_number(note, original) || !take(note, "#") || !take_number(note, number)) return;
    facts.notes |= kDuplicateAck;
    facts.duplicate_of = original;
    facts.duplicate_number = number;
    return;
  }
  for (const NoteName& known : kNoteNames) {
    if (note == known.name) {
      facts.notes |= known.bits;
      return;
    }
  }
}

void take_notes(std::string_view& text, InfoFacts& facts) {
  while (take(text, "[")) {
    const size_t end = text.find(']');
    if (end == text.npos) return;
    std::string_view note = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (take(note, "TCP ")) read_note(note, facts);
    take_blanks(text);
  }
}

// Ports: "443 → 56064", "443 > 56064", "443  >  56064", "443  56064", "https(443) > 56064", "https > 56064".

struct ServiceName {
  std::string_view name;
  uint16_t port;
};

/// The names that students' captures hold when port names are shown without numbers, as Wireshark before 1.12 did.
constexpr ServiceName kServices[] = {
    {"http", 80},     {"https", 443}, {"domain", 53}, {"ssh", 22},     {"http-alt", 8080}, {"ftp", 21},
    {"ftp-data", 20}, {"smtp", 25},   {"imap", 143},  {"imaps", 993},  {"pop3", 110},      {"telnet", 23},
    {"ntp", 123},     {"ssdp", 1900}, {"mdns", 5353}, {"llmnr", 5355},
};

/// A port's number, its name, or "name(number)". 0 for a name that is not known.
bool take_port(std::string_view& text, uint16_t& port) {
  if (!text.empty() && is_digit(text.front())) return take_number(text, port);
  if (text.empty() || !is_letter(text.front())) return false;
  constexpr size_t kLongestName = 40;
  size_t end = 1;
  while (end < text.size() && end <= kLongestName &&
         (is_letter(text[end]) || is_digit(text[end]) || text[end] == '-' || text[end] == '_' || text[end] == '.')) {
    ++end;
  }
  const std::string_view name = text.substr(0, end);
  std::string_view rest = text.substr(end);
  if (take(rest, "(")) {
    if (!take_number(rest, port) || !take(rest, ")")) return false;
  } else {
    const auto known = std::find_if(std::begin(kServices), std::end(kServices),
                                    [&](const ServiceName& service) { return service.name == name; });
    port = known == std::end(kServices) ? uint16_t{0} : known->port;
  }
  text = rest;
  return true;
}

/// What stands between two ports. `certain` when it is an arrow of some spelling, and not blanks alone. An arrow that
/// went through a wrong character set is some bytes beyond ASCII, or a question mark.
bool take_arrow(std::string_view& text, bool& certain) {
  constexpr std::string_view kUsual = " \xE2\x86\x92 ";  // Wireshark's own, with a port behind it
  if (text.size() > kUsual.size() && is_digit(text[kUsual.size()]) && take(text, " \xE2\x86\x92 ")) {
    certain = true;
    return true;
  }
  constexpr size_t kLongest = 16;
  size_t end = 0, blanks = 0;
  bool question = false;
  certain = false;
  for (; end < text.size() && end < kLongest; ++end) {
    const char c = text[end];
    if (c == ' ') {
      ++blanks;
    } else if (c == '?') {
      question = true;
    } else if (c == '>' || (c & 0x80) != 0) {
      certain = true;
    } else {
      break;
    }
  }
  if (!certain && blanks < 2) return false;
  certain = certain || question;
  text.remove_prefix(end);
  return true;
}

bool take_flags(std::string_view& text, InfoFacts& facts);

/// Words and numbers with blanks between them are ports only when a segment or a datagram follows.
bool is_followed_by_transport(std::string_view text) {
  InfoFacts ignored;
  return text.substr(0, 5) == " Len=" || (take(text, " ") && take_flags(text, ignored));
}

bool take_ports(std::string_view& text, InfoFacts& facts) {
  std::string_view rest = text;
  uint16_t source = 0, destination = 0;
  bool certain = false;
  const bool by_name = !rest.empty() && is_letter(rest.front());
  if (!take_port(rest, source) || !take_arrow(rest, certain) || !take_port(rest, destination)) return false;
  if (!rest.empty() && rest.front() != ' ') return false;
  if ((!certain || by_name) && !is_followed_by_transport(rest)) return false;
  facts.has_ports = true;
  facts.source_port = source;
  facts.destination_port = destination;
  text = rest;
  return true;
}

/// "Source port: 1024  Destination port: 53": UDP before Wireshark 1.12.
bool take_worded_ports(std::string_view text, InfoFacts& facts) {
  uint16_t source = 0, destination = 0;
  if (!take(text, "Source port: ") || !take_port(text, source)) return false;
  take_blanks(text);
  if (!take(text, "Destination port: ") || !take_port(text, destination)) return false;
  facts.has_ports = true;
  facts.source_port = source;
  facts.destination_port = destination;
  return true;
}

// A segment: "[PSH, ACK] Seq=1 Ack=1 Win=502 Len=10 TSval=1 TSecr=2".

uint16_t flag_bit(std::string_view name) {
  if (name == "ACK") return kAck;
  if (name == "PSH") return kPsh;
  if (name == "SYN") return kSyn;
  if (name == "FIN") return kFin;
  if (name == "RST") return kRst;
  if (name == "URG") return kUrg;
  if (name == "ECE" || name == "ECN") return kEce;
  if (name == "CWR") return kCwr;
  if (name == "AE" || name == "NS") return kAccurateEcn;
  return 0;
}

/// "[SYN, ACK]" or "[<None>]"; other brackets take nothing.
bool take_flags(std::string_view& text, InfoFacts& facts) {
  // Nearly all segments have these.
  uint16_t flags = take(text, "[ACK]") ? kAck : take(text, "[PSH, ACK]") ? kPsh | kAck : 0;
  if (flags != 0) {
    facts.is_segment = true;
    facts.flags = flags;
    return true;
  }
  std::string_view rest = text;
  if (!take(rest, "[")) return false;
  for (;;) {
    const size_t end = rest.find_first_of(",]");
    if (end == rest.npos) return false;
    const std::string_view name = rest.substr(0, end);
    const uint16_t bit = flag_bit(name);
    if (bit == 0 && name != "<None>" && name != "Reserved") return false;
    flags |= bit;
    const bool last = rest[end] == ']';
    rest.remove_prefix(end + 1);
    if (last) break;
    take_blanks(rest);
  }
  facts.is_segment = true;
  facts.flags = flags;
  text = rest;
  return true;
}

void add_sack_edge(InfoFacts& facts, bool left, uint32_t value) {
  if (left) {
    if (facts.sack_count < facts.sack.size()) facts.sack[facts.sack_count].left = value;
  } else if (facts.sack_count < facts.sack.size()) {
    facts.sack[facts.sack_count++].right = value;
  }
}

/// One "Key=number". False when the text goes on in another way.
bool take_value(std::string_view& text, InfoFacts& facts) {
  if (text.empty()) return false;
  uint32_t ignored = 0;
  switch (text.front()) {
    case 'A': return take(text, "Ack=") && (facts.has_ack = take_number(text, facts.ack));
    case 'L': return take(text, "Len=") && (facts.has_payload_len = take_number(text, facts.payload_len));
    case 'M': return take(text, "MSS=") && take_number(text, facts.mss);
    case 'U': return take(text, "Urg=") && take_number(text, ignored);
    case 'W':
      if (take(text, "Win=")) return facts.has_window = take_number(text, facts.window);
      return take(text, "WS=") && take_number(text, facts.window_scale);
    case 'T':
      if (take(text, "TSval=")) return facts.has_timestamps = take_number(text, facts.ts_value);
      return take(text, "TSecr=") && take_number(text, facts.ts_echo);
    case 'S': break;
    default: return false;
  }
  if (take(text, "Seq=")) return facts.has_seq = take_number(text, facts.seq);
  if (take(text, "SACK_PERM")) {
    facts.sack_permitted = true;
    return !take(text, "=") || take_number(text, ignored);
  }
  const bool left = take(text, "SLE=");
  if (!left && !take(text, "SRE=")) return false;
  uint32_t edge = 0;
  if (!take_number(text, edge)) return false;
  add_sack_edge(facts, left, edge);
  return true;
}

/// Values until something else follows; an option that is not known ("TFO=C") is passed over.
void take_values(std::string_view& text, InfoFacts& facts) {
  for (take_blanks(text); !text.empty() && text.front() != '['; take_blanks(text)) {
    const std::string_view before = text;
    if (take_value(text, facts)) continue;
    const std::string_view word = before.substr(0, before.find_first_of(" ["));
    if (word.find('=') == word.npos) return;
    text = before.substr(word.size());
  }
}

void read_transport(std::string_view text, InfoFacts& facts) {
  take_blanks(text);
  take_flags(text, facts);
  take_values(text, facts);
  if (take(text, "[TCP PDU reassembled in ")) take_number(text, facts.completed_in);
}

// "Standard query 0xed0c A example.com", "Standard query response 0xed0c No such name …", "Dynamic update 0x…".
void read_dns(std::string_view text, InfoFacts& facts) {
  const size_t at = text.find(" 0x");
  if (at == text.npos) return;
  const std::string_view words = text.substr(0, at);
  text.remove_prefix(at + 3);
  uint32_t id = 0;
  if (!take_hex(text, id)) return;
  constexpr std::string_view kResponse = " response";
  const bool response = words.size() > kResponse.size() && words.substr(words.size() - kResponse.size()) == kResponse;
  facts.exchange = response ? Exchange::dns_response : Exchange::dns_query;
  facts.exchange_id = id & 0xFFFF;
}

// "(ping) request  id=0xab12, seq=0/0, ttl=64 (reply in 2)" after "Echo "; ICMPv6 and old versions write no "/0".
void read_echo(std::string_view text, InfoFacts& facts) {
  const bool request = take(text, "(ping) request");
  if (!request && !take(text, "(ping) reply")) return;
  uint32_t id = 0, sequence = 0;
  take_blanks(text);
  if (!take(text, "id=0x") || !take_hex(text, id) || !take(text, ", seq=") || !take_number(text, sequence)) return;
  facts.exchange = request ? Exchange::echo_request : Exchange::echo_reply;
  facts.exchange_id = (id & 0xFFFF) << 16 | (sequence & 0xFFFF);
  if (request) facts.completed_in = number_after(text, "(reply in ");
  if (!request) facts.request_in = number_after(text, "(request in ");
}

}  // namespace

InfoFacts parse_info(std::string_view protocol, std::string_view info) {
  InfoFacts facts;
  take_blanks(info);
  take_notes(info, facts);
  if (info.empty()) return facts;
  if (is_digit(info.front())) {
    if (take_ports(info, facts)) read_transport(info, facts);
    return facts;
  }
  switch (info.front()) {
    case 'S':
      if (take_worded_ports(info, facts)) return facts;
      [[fallthrough]];
    case 'D':
    case 'Z':
    case 'I':
    case 'U':
      if (protocol == "DNS" || protocol == "MDNS" || protocol == "LLMNR") read_dns(info, facts);
      break;
    case 'E':
      if (take(info, "Echo ")) read_echo(info, facts);
      break;
    default: break;
  }
  if ((protocol == "TCP" || protocol == "UDP") && is_letter(info.front()) && take_ports(info, facts)) {
    read_transport(info, facts);
  }
  return facts;
}

}  // namespace tracedrop::csv
