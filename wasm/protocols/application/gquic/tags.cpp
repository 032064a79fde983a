// Handshake messages of Google's QUIC ("QUIC Crypto"), least significant byte first: the message's tag (4), how many
// values (2), padding (2), then for each value its tag (4) and where it ends (4), then the values.
#include "protocols/application/gquic/gquic.h"

namespace tracedrop::dissect::gquic {

namespace {

enum class Shape : uint8_t {
  bytes,
  text,   ///< which the tag's own line tells, too
  words,  ///< of four bytes each
  words_shown,
  algorithms,  ///< such words, with their names
  number,
  number_shown,
  numbers,  ///< of eight bytes each
  reasons,
  public_values,
  time,    ///< seconds
  config,  ///< a message within
  address,
};

struct Tag {
  std::string_view code, name;
  Shape shape;
  const Field* field;
};

constexpr Tag kTags[] = {{"PAD", "Padding", Shape::bytes, &f.pad},
                         {"SNI", "Server Name Indication", Shape::text, &f.sni},
                         {"VER", "Version", Shape::words_shown, &f.tag_version},
                         {"CCS", "Common Certificate Sets", Shape::numbers, &f.ccs},
                         {"UAID", "Client's User Agent ID", Shape::text, &f.uaid},
                         {"PDMD", "Proof Demand", Shape::text, &f.pdmd},
                         {"STK", "Source Address Token", Shape::bytes, &f.stk},
                         {"SNO", "Server nonce", Shape::bytes, &f.sno},
                         {"PROF", "Proof (Signature)", Shape::bytes, &f.prof},
                         {"SCFG", "Server Config", Shape::config, &f.scfg},
                         {"RREJ", "Reasons for server sending", Shape::reasons, &f.rrej},
                         {"STTL", "Server Config TTL", Shape::number, &f.sttl},
                         {"CRT\xFF", "Certificate chain", Shape::bytes, &f.crt},
                         {"AEAD", "Authenticated encryption algorithms", Shape::algorithms, &f.aead},
                         {"SCID", "Server config ID", Shape::bytes, &f.server_config_id},
                         {"PUBS", "Public value", Shape::public_values, &f.pubs},
                         {"KEXS", "Key exchange algorithms", Shape::algorithms, &f.kexs},
                         {"OBIT", "Server Orbit", Shape::bytes, &f.obit},
                         {"EXPY", "Expiry", Shape::number, &f.expy},
                         {"NONC", "Client Nonce", Shape::bytes, &f.nonc},
                         {"MSPC", "Max streams per connection", Shape::number_shown, &f.mspc},
                         {"TCID", "Connection ID truncation", Shape::number, &f.tcid},
                         {"SRBF", "Socket receive buffer", Shape::number, &f.srbf},
                         {"ICSL", "Idle connection state", Shape::number, &f.icsl},
                         {"CTIM", "Client Timestamp", Shape::time, &f.ctim},
                         {"SCLS", "Silently close on timeout", Shape::number, &f.scls},
                         {"COPT", "Connection options", Shape::words, &f.copt},
                         {"CCRT", "Cached certificates", Shape::bytes, &f.ccrt},
                         {"IRTT", "Estimated initial RTT", Shape::number_shown, &f.irtt},
                         {"CFCW", "Initial session/connection", Shape::number_shown, &f.cfcw},
                         {"SFCW", "Initial stream flow control", Shape::number_shown, &f.sfcw},
                         {"CETV", "Client encrypted tag-value", Shape::bytes, &f.cetv},
                         {"XLCT", "Expected leaf certificate", Shape::bytes, &f.xlct},
                         {"NONP", "Client Proof Nonce", Shape::bytes, &f.nonp},
                         {"CSCT", "Signed cert timestamp (RFC6962) of leaf cert", Shape::bytes, &f.csct},
                         {"RNON", "Public Reset Nonce Proof", Shape::number, &f.rnon},
                         {"RSEQ", "Rejected Packet Number", Shape::number, &f.rseq},
                         {"MIDS", "Max incoming dynamic streams", Shape::number_shown, &f.mids},
                         {"FHOL", "Force Head Of Line blocking", Shape::number_shown, &f.fhol},
                         {"SMHL", "Support Max Header List (size)", Shape::number_shown, &f.smhl},
                         {"TBKP", "Token Binding Key Params", Shape::text, &f.tbkp},
                         {"QLVE", "Legacy Version Encapsulation", Shape::bytes, &f.qlve},
                         {"CGST", "Congestion Control Feedback Type", Shape::bytes, &f.cgst},
                         {"EPID", "Endpoint Identifier", Shape::text, &f.epid},
                         {"SRST", "Stateless Reset Token", Shape::bytes, &f.srst},
                         {"CADR", "Client Address", Shape::address, &f.address_type}};

struct Algorithm {
  std::string_view code, name;
};
constexpr Algorithm kAlgorithms[] = {{"AESG", "AES-GCM with a 12-byte tag and IV"},
                                     {"S20P", "Salsa20 with Poly1305"},
                                     {"C255", "Curve25519"},
                                     {"P256", "P-256"}};
constexpr Algorithm kMessages[] = {
    {"CHLO", "Client Hello"},        {"SHLO", "Server Hello"}, {"REJ", "Rejection"},
    {"SCFG", "Server Config"},       {"PRST", "Public Reset"}, {"SREJ", "Stateless rejection"},
    {"SCUP", "Server config update"}};

template <typename List>
std::string_view find_name(const List& list, std::string_view code) {
  for (const auto& known : list)
    if (known.code == code) return known.name;
  return {};
}

/// A tag without the zeros that fill it up.
std::string_view code_of(std::string_view raw) { return raw.substr(0, raw.find('\0')); }

std::string printable(std::string_view raw) {
  std::string out;
  append_printable(out, raw);
  return out;
}

class Message {
 public:
  Message(Layer& in, int depth) : in_(in), depth_(depth) {}

  void read(uint32_t count, size_t values_at) {
    uint32_t from = 0;
    for (uint32_t i = 0; i < count && in_.ok(); ++i) from = read_tag(values_at, from);
    if (in_.ok()) in_.seek(std::min(values_at + from, in_.all().size()));
  }

 private:
  uint32_t read_tag(size_t values_at, uint32_t from) {
    const size_t at = in_.at();
    const std::string_view code = code_of(in_.all().sub(at, 4).text());
    const Tag* tag = nullptr;
    for (const Tag& known : kTags)
      if (known.code == code) tag = &known;
    const std::string name(tag == nullptr ? std::string_view("Unknown") : tag->name), shown = printable(code);
    auto line = in_.group(f.tags, at, 8);
    in_.text(f.tag_type, 4);
    in_.replace("Tag Type: ", shown, " (", name, ')');
    const uint32_t end = in_(f.tag_end);
    if (!in_.ok()) return from;
    const uint32_t length = end - std::min(end, from);
    in_.conclude(f.tag_length, length, at + 4, 4);
    line.replace("Tag/value: ", shown, " (", name, ") (l=", length, ')');
    const size_t next = in_.at();
    const Bytes value = in_.all().sub(values_at + from, length);
    if (value.size() < length)
      in_.expert(f.tag_truncated, Severity::note, ExpertGroup::malformed, f.tag_truncated.title);
    in_.add_bytes(f.tag_value, values_at + from, value.size());
    {
      Layer part(in_, value);
      show(part, tag, line, shown);
    }
    in_.seek(next);
    return end < from ? from : end;
  }

  void show(Layer& part, const Tag* tag, Layer::Branch& line, const std::string& shown) {
    if (part.tree() == nullptr) return;
    if (tag == nullptr) {
      part.bytes(f.tag_unknown, part.left());
      return part.expert(f.tag_undecoded, Severity::note, ExpertGroup::undecoded, "Dissector for (Google) QUIC Tag ",
                         shown,
                         " (Unknown) code not implemented, Contact Wireshark developers if you want this supported");
    }
    switch (tag->shape) {
      case Shape::bytes: part.bytes(*tag->field, part.left()); return;
      case Shape::text: line.append(": ", printable(part.text(*tag->field, part.left()))); return;
      case Shape::words: return each(part, 4, [&] { part.text(*tag->field, 4); });
      case Shape::words_shown: return show_words(part, *tag->field, line);
      case Shape::algorithms: return show_algorithms(part, *tag->field, line);
      case Shape::number: part(*tag->field); return;
      case Shape::number_shown: line.append(": ", part(*tag->field)); return;
      case Shape::numbers: return each(part, 8, [&] { part(*tag->field); });
      case Shape::reasons:
        return each(part, 4, [&] {
          const uint32_t reason = part(*tag->field);
          const std::string_view name = tag->field->names.of(reason);
          line.append(", Code ", name.empty() ? std::string_view("Unknown") : name);
        });
      case Shape::public_values: return show_public_values(part, *tag->field);
      case Shape::time: {
        const uint64_t seconds = part.le64();
        if (part.ok()) part.add(*tag->field, seconds * 1'000'000'000, 0, 8);
        return;
      }
      case Shape::config: return show_config(part);
      case Shape::address: return show_address(part);
    }
  }

  template <typename Read>
  static void each(Layer& part, size_t size, const Read& read) {
    while (part.left() >= size) read();
  }

  static void show_words(Layer& part, const Field& field, Layer::Branch& line) {
    bool is_first = true;
    each(part, 4, [&] {
      line.append(is_first ? ": " : ", ", printable(part.text(field, 4)));
      is_first = false;
    });
  }

  static void show_algorithms(Layer& part, const Field& field, Layer::Branch& line) {
    each(part, 4, [&] {
      const std::string_view code = part.text(field, 4), known = find_name(kAlgorithms, code);
      const std::string_view name = known.empty() ? std::string_view("Unknown") : known;
      part.append(" (", name, ')');
      line.append(", ", name);
    });
  }

  /// As Wireshark reads them: two bytes, then three at a time.
  static void show_public_values(Layer& part, const Field& field) {
    if (part.left() < 2) return;
    part.add(field, part.all().le16(0), 0, 2);
    part.skip(2);
    each(part, 3, [&] { part(field); });
  }

  void show_config(Layer& part) {
    constexpr int kMost = 4;
    if (depth_ >= kMost) return;
    part.text(f.scfg, 4);
    const uint32_t count = part(f.scfg_number);
    if (!part.ok()) return;
    Message(part, depth_ + 1).read(count, part.at() + 8 * std::min<size_t>(count, part.left() / 8));
  }

  static void show_address(Layer& part) {
    constexpr uint32_t kIpv4 = 2, kIpv6 = 10;
    const uint32_t type = part(f.address_type);
    if (type == kIpv4) part(f.address_ipv4);
    if (type == kIpv6) part(f.address_ipv6);
    if (type == kIpv4 || type == kIpv6) part(f.address_port);
  }

  Layer& in_;
  int depth_;
};

}  // namespace

std::string_view message_name(Bytes message) {
  const std::string_view name = find_name(kMessages, code_of(message.first(4).text()));
  return name.empty() ? std::string_view("Unknown") : name;
}

bool is_message(Bytes bytes) {
  const std::string_view tag = bytes.first(4).text();
  return tag == "CHLO" || tag == "SHLO" || tag == std::string_view("REJ\0", 4);
}

void dissect_message(Layer& in) {
  const std::string_view name = message_name(in.rest());
  const std::string shown = printable(code_of(in.text(f.tag, 4)));
  in.replace("Tag: ", shown, " (", name, ')');
  const uint32_t count = in(f.tag_number);
  in.bytes(f.tag_padding, 2);
  if (!in.ok()) return;
  if (in.left() / 8 < count) return in.malformed();
  if (in.tree() == nullptr) return in.skip(in.left());
  Message(in, 0).read(count, in.at() + 8 * size_t{count});
}

}  // namespace tracedrop::dissect::gquic
