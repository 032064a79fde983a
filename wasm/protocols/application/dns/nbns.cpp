// NetBIOS name service, RFC 1002, section 4.2: DNS's message format with operations, types and names of its own.
//
// A NetBIOS name has 16 bytes, the last of which tells what it names; its first label holds them in "first-level
// encoding" (RFC 1001, section 14.1): two letters a byte, 'A' plus the high half and 'A' plus the low half. More labels
// are the scope.
#include "base/text.h"
#include "protocols/application/dns/dns.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace nbns {

namespace {

enum Type : uint16_t { kNb = 32, kNbstat = 33 };
enum Opcode : uint8_t { kWaitForAcknowledgment = 7 };
constexpr uint16_t kResponse = 0x8000;
constexpr size_t kNameBytes = 16;
constexpr size_t kNodeName = 18;  // of a node status: name (16), flags (2)

constexpr ValueName kOpcodes[] = {{0, "Name query"},
                                  {5, "Registration"},
                                  {6, "Release"},
                                  {kWaitForAcknowledgment, "Wait for acknowledgment"},
                                  {8, "Refresh"},
                                  {9, "Refresh (alternate opcode)"},
                                  {15, "Multi-homed registration"}};
constexpr ValueName kReplyCodes[] = {{0, "No error"},
                                     {1, "Request was invalidly formatted"},
                                     {2, "Server failure"},
                                     {3, "Requested name does not exist"},
                                     {4, "Request is not implemented"},
                                     {5, "Request was refused"},
                                     {6, "Name is owned by another node"},
                                     {7, "Name is in conflict"}};
constexpr ValueName kTypes[] = {{kNb, "NB"}, {kNbstat, "NBSTAT"}};

constexpr Field id{"nbns.id", "Transaction ID", x16};
constexpr Field flags{"nbns.flags", "Flags", x16};
constexpr Field response{"nbns.flags.response", "Response", flag(u8, 0x8000)};
constexpr Field opcode{"nbns.flags.opcode", "Opcode", bits(u16, 0x7800), kOpcodes};
constexpr Field truncated{"nbns.flags.truncated", "Truncated", flag(u8, 0x0200)};
constexpr Field recursion_desired{"nbns.flags.recdesired", "Recursion desired", flag(u8, 0x0100)};
constexpr Field broadcast{"nbns.flags.broadcast", "Broadcast", flag(u8, 0x0010)};
constexpr Field reply_code{"nbns.flags.rcode", "Reply code", bits(u16, 0x000F), kReplyCodes};
constexpr Field query_count{"nbns.count.queries", "Questions", u16};
constexpr Field answer_count{"nbns.count.answers", "Answer RRs", u16};
constexpr Field authority_count{"nbns.count.auth_rr", "Authority RRs", u16};
constexpr Field additional_count{"nbns.count.add_rr", "Additional RRs", u16};
constexpr Field name{"nbns.name", "Name", plain_text};
constexpr Field type_field{"nbns.type", "Type", u16, kTypes};
constexpr Field class_field{"nbns.class", "Class", u16};
constexpr Field ttl{"nbns.ttl", "Time to live", u32};
constexpr Field name_flags{"nbns.nb_flags", "Name flags", x16};
constexpr Field address{"nbns.addr", "Addr", ipv4_32};

constexpr const Field* kFlagBits[] = {&response, &opcode, &truncated, &recursion_desired, &broadcast, &reply_code};
constexpr const Field* kFields[] = {
    &id,        &flags,      &response,    &opcode,       &truncated,       &recursion_desired,
    &broadcast, &reply_code, &query_count, &answer_count, &authority_count, &additional_count,
    &name,      &type_field, &class_field, &ttl,          &name_flags,      &address};
constexpr Claim kClaims[] = {{udp_ports, 137}};

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// What is wrong with a name, in Wireshark's words.
std::string illegal(std::string_view why) { return "Illegal NetBIOS name (" + std::string(why) + ')'; }

void append_name_byte(std::string& out, uint8_t byte) {
  if (byte >= 0x20 && byte < 0x7F) {
    out += static_cast<char>(byte);
    return;
  }
  out += '<';
  append_hex(out, byte, 2);
  out += '>';
}

/// "WORKGROUP<1d>" from labels joined by dots.
std::string decode_name(std::string_view labels) {
  uint8_t bytes[kNameBytes];
  size_t count = 0;
  size_t at = 0;
  while (at < labels.size() && labels[at] != '.') {
    if (!is_letter(labels[at])) return illegal("1st character not between A and Z in first-level encoding");
    if (at + 1 == labels.size() || labels[at + 1] == '.') return illegal("odd number of bytes");
    if (!is_letter(labels[at + 1])) return illegal("2nd character not between A and Z in first-level encoding");
    if (count < kNameBytes) bytes[count++] = static_cast<uint8_t>((labels[at] - 'A') << 4 | (labels[at + 1] - 'A'));
    at += 2;
  }
  if (count != kNameBytes) return illegal(std::to_string(count) + " bytes long");
  size_t length = kNameBytes - 1;
  while (length > 0 && bytes[length - 1] == ' ') --length;
  if (length == 0) length = kNameBytes - 1;
  std::string text;
  for (size_t i = 0; i < length; ++i) append_name_byte(text, bytes[i]);
  text += '<';
  append_hex(text, bytes[kNameBytes - 1], 2);
  text += '>';
  append_printable(text, labels.substr(at));
  return text;
}

class Message {
 public:
  Message(Context& context, Bytes bytes) : in_(context, nbns_protocol, bytes), info_(context.info()) {}

  void dissect() {
    in_.be16(id);
    flags_ = in_.be16(flags);
    if (!in_.ok()) return;
    in_.note_bits(kFlagBits, flags_, 2);
    if (info_ != nullptr) append_title();
    const size_t questions = in_.be16(query_count);
    const size_t answers = in_.be16(answer_count);
    size_t others = in_.be16(authority_count);
    others += in_.be16(additional_count);
    for (size_t i = 0; i < questions && goes_on(); ++i) question();
    for (size_t i = 0; i < answers && goes_on(); ++i) record(is_response());
    for (size_t i = 0; i < others && goes_on(); ++i) record(false);
  }

 private:
  bool goes_on() const { return in_.ok() && !in_.is_exhausted(); }
  bool is_response() const { return (flags_ & kResponse) != 0; }
  uint32_t operation() const { return flags_ >> 11 & 15; }

  void append_title() {
    const std::string_view known = name_of(kOpcodes, operation());
    *info_ += known.empty() ? "Unknown operation (" : known;
    if (known.empty()) {
      append_number(*info_, operation());
      *info_ += ')';
    }
    if (!is_response()) return;
    *info_ += " response";
    const uint16_t code = flags_ & 15;
    if (code == 0) return;
    const std::string_view error = name_of(kReplyCodes, code);
    *info_ += ", ";
    *info_ += error.empty() ? "Unknown error" : error;
  }

  void append_type(uint16_t type) {
    const std::string_view known = name_of(kTypes, type);
    *info_ += ' ';
    *info_ += known.empty() ? "Unknown" : known;
  }

  std::string read_name() {
    const size_t start = in_.at();
    const dns::Name encoded = dns::read_name(in_);
    const std::string text =
        in_.is_exhausted() ? encoded.text : decode_name(encoded.raw.empty() ? encoded.text : encoded.raw);
    if (in_.ok()) in_.note_text(name, text, in_.at() - start);
    return text;
  }

  void question() {
    const std::string text = read_name();
    const uint16_t type = in_.be16(type_field);
    in_.be16(class_field);
    if (!in_.ok() || info_ == nullptr || is_response()) return;
    append_type(type);
    *info_ += ' ';
    *info_ += text;
  }

  void record(bool is_shown) {
    read_name();
    const uint16_t type = in_.be16(type_field);
    in_.be16(class_field);
    in_.be32(ttl);
    const size_t length = in_.be16();
    if (!in_.ok()) return;
    const size_t end = in_.at() + length;
    const bool is_shown_here = is_shown && info_ != nullptr;
    if (type == kNb && operation() != kWaitForAcknowledgment) {
      addresses(end, is_shown_here);
    } else if (is_shown_here && type != kNb) {
      append_type(type);
    }
    if (type == kNbstat) in_.skip(kNodeName * in_.u8());
    if (in_.ok() && end > in_.at()) in_.skip(end - in_.at());
  }

  /// Flags (2) and address (4) of each owner; the row shows the first.
  void addresses(size_t end, bool is_shown) {
    do {
      in_.be16(name_flags);
      const Bytes owner = in_.bytes(address, 4);
      if (is_shown && in_.ok()) {
        append_type(kNb);
        *info_ += ' ';
        append_address(*info_, Address::ipv4(owner));
      }
      is_shown = false;
    } while (in_.ok() && in_.at() < end);
  }

  dns::MessageLayer in_;
  std::string* info_;
  uint16_t flags_ = 0;
};

void dissect(Context& context, Bytes bytes) {
  context.set_protocol(nbns_protocol);
  context.set_info("");
  if (context.info() == nullptr && context.tree() == nullptr) return;
  Message(context, bytes).dissect();
}

}  // namespace
}  // namespace nbns

const Protocol nbns_protocol{"nbns", "NBNS", "NetBIOS Name Service", nbns::kFields, nbns::kClaims, nbns::dissect};

}  // namespace tracedrop::dissect
