// Names, RFC 1035, section 4.1.4: labels, each a length (6 bits) and its bytes, up to the empty label of the root; or,
// with the top two bits 11, the place (14 bits) in the message where the name goes on. With 01 they begin an extended
// label type (RFC 2671), of which the bit string (RFC 2673: count of bits, bits) was the only one.
#include "base/text.h"
#include "dissect/escape.h"
#include "dissect/time_text.h"
#include "protocols/application/dns/dns.h"
#include "protocols/application/dns/names.h"

namespace tracedrop::dissect::dns {

namespace {

constexpr size_t kMaxText = 253;        // RFC 1035, section 2.3.4: 255 bytes on the wire
constexpr size_t kMaxProcessed = 4096;  // of a name that is too long anyway, no more is followed
constexpr size_t kPointerEffort = 4;    // in labels: it leads elsewhere, and names seldom have a second one
constexpr uint8_t kBitString = 0x41;
constexpr size_t kMinUnknownLabel = 2;

enum LabelKind : uint8_t { kPlain = 0x00, kExtended = 0x40, kPointer = 0xC0, kKindMask = 0xC0 };

class NameReader {
 public:
  explicit NameReader(MessageLayer& in) : in_(in), start_(in.at()) {}

  Name read() {
    while (in_.ok() && !ended_) {
      if (after_ != 0 && !in_.spend(1)) {
        end_with("<Name not followed>");
        break;
      }
      read_label();
    }
    if (after_ != 0 && in_.ok()) in_.seek(after_);
    if (has_bits_ && raw_.empty() && name_.text.empty()) in_.malformed();  // Wireshark has no name for bits alone
    if (name_.text.empty()) {
      if (raw_.size() > kMaxText) {
        name_.text = "<Name too long>";
      } else if (raw_.empty()) {
        name_.text = "<Root>";
      } else {
        append_escaped(name_.text, raw_);
        name_.is_raw = true;
      }
    }
    name_.raw = std::move(raw_);
    return std::move(name_);
  }

 private:
  void read_label() {
    const uint8_t length = in_.u8();
    if (!in_.ok()) return;
    if (length == 0) {
      ended_ = true;
      return;
    }
    switch (length & kKindMask) {
      case kPlain: return plain(length);
      case kExtended: return extended(length);
      case kPointer: return pointer(length);
      default: in_.malformed(); return;
    }
  }

  void plain(uint8_t length) {
    const Bytes label = in_.bytes(length);
    processed_ += size_t{1} + length;
    if (!in_.ok()) return;
    append(label.text());
    pointers_ = 0;
    if (after_ != 0 && is_hopeless()) ended_ = true;
  }

  /// Of a label of an unknown type the length is not known; the message is taken to go on right behind its first byte.
  void extended(uint8_t type) {
    if (type == kBitString) {
      const int bits = in_.u8();
      in_.skip(static_cast<size_t>((bits - 1) / 8 + 1));
      has_bits_ = true;
      return;
    }
    if (in_.at() < start_ + kMinUnknownLabel) return in_.malformed();
    after_ = 0;
    end_with("<Unknown extended label>");
  }

  void pointer(uint8_t high) {
    const size_t to = size_t{high & 0x3Fu} << 8 | in_.u8();
    if (!in_.ok()) return;
    if (after_ == 0) after_ = in_.at();
    processed_ += 2;
    in_.spend(kPointerEffort);
    // Wireshark's test: whoever has followed more bytes than the message has goes in circles.
    if (processed_ >= in_.all().wire_size() || is_circle(to)) return end_with("<Name contains a pointer that loops>");
    if (is_hopeless()) {
      ended_ = true;
      return;
    }
    in_.seek(to);
  }

  bool is_hopeless() const { return processed_ > kMaxProcessed && raw_.size() > kMaxText; }

  /// Pointers without a label between them that come back to where they were: they would go on until the test is met.
  /// (A name that is too long already ends by its own test.) Looks at the places 1, 2, 4, … pointers after a label.
  bool is_circle(size_t to) {
    if (raw_.size() > kMaxText) return false;
    if (pointers_ != 0 && to == marked_) return true;
    if ((pointers_ & (pointers_ - 1)) == 0) marked_ = to;
    ++pointers_;
    return false;
  }

  void end_with(std::string_view text) {
    name_.text = text;
    ended_ = true;
  }

  void append(std::string_view label) {
    if (raw_.size() > kMaxText) return;
    if (!raw_.empty()) raw_ += '.';
    raw_ += label;
  }

  MessageLayer& in_;
  const size_t start_;
  size_t after_ = 0;      // behind the first pointer: where the message goes on
  size_t processed_ = 0;  // bytes followed
  size_t pointers_ = 0;   // since the last label
  size_t marked_ = 0;     // where one of them led
  bool ended_ = false;
  bool has_bits_ = false;
  std::string raw_;
  Name name_;
};

}  // namespace

void append_type(std::string& out, uint16_t type) {
  const std::string_view name = name_of(kTypeNames, type);
  out += name.empty() ? "Unknown (" : name;
  if (!name.empty()) return;
  append_number(out, type);
  out += ')';
}

std::string type_title(uint16_t type) {
  if (const std::string_view title = name_of(kTypeTitles, type); !title.empty()) return std::string(title);
  std::string text;
  if (name_of(kTypeNames, type).empty()) append_type(text, type);
  return text;
}

void write_ttl(std::string& out, uint64_t seconds) {
  append(out, seconds, " (");
  if (seconds == 0) {
    out += "0 seconds";
  } else {
    append_relative_time(out, static_cast<int64_t>(seconds) * 1'000'000'000);
  }
  out += ')';
}

Name read_name(MessageLayer& in) { return NameReader(in).read(); }

Name read_name(MessageLayer& in, const Field& field) {
  const size_t start = in.at();
  Name name = read_name(in);
  if (in.ok()) in.note_text(field, name.text, in.at() - start);
  return name;
}

}  // namespace tracedrop::dissect::dns
