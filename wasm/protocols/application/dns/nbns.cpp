// NetBIOS name service, RFC 1002, section 4.2: DNS's message format with operations, types and names of its own.
#include <algorithm>

#include "base/text.h"
#include "dissect/time_text.h"
#include "protocols/application/dns/dns.h"
#include "protocols/application/dns/nbns_fields.h"
#include "protocols/application/dns/nbns_name.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace nbns {

namespace {

constexpr uint16_t kResponse = 0x8000;
constexpr size_t kIdAndFlags = 4;
constexpr std::string_view kNodes[] = {"B-node", "P-node", "M-node", "H-node"};

constexpr Claim kClaims[] = {{udp_ports, 137}};

std::string_view known(std::span<const ValueName> names, uint64_t value) {
  const std::string_view name = name_of(names, value);
  return name.empty() ? "Unknown" : name;
}

/// " (Server service)".
std::string kind_of(const NetbiosName& name) {
  return name.is_legal ? " (" + std::string(known(kNameKinds, name.kind)) + ')' : std::string();
}

class Message {
 public:
  Message(Context& context, Bytes bytes) : in_(context, nbns_protocol, bytes), info_(context.info()) { in_.span_all(); }

  void dissect() {
    in_(f.id);
    flags_ = in_.be16();
    if (!in_.ok()) return;
    report_flags(flags_, is_response());
    if (info_ != nullptr) append_title();
    const size_t questions = in_(f.count_queries);
    const size_t answers = in_(f.count_answers);
    const size_t authorities = in_(f.count_auth_rr);
    const size_t more = in_(f.count_add_rr);
    section("Queries", questions, [this] { question(); });
    section("Answers", answers, [this] { record(is_response()); });
    section("Authoritative nameservers", authorities, [this] { record(false); });
    section("Additional records", more, [this] { record(false); });
  }

 private:
  bool goes_on() const { return in_.ok() && !in_.is_exhausted(); }
  bool is_response() const { return (flags_ & kResponse) != 0; }
  uint32_t operation() const { return flags_ >> 11 & 15; }

  void append_title() {
    const std::string_view name = name_of(kOpcodes, operation());
    if (name.empty()) {
      append(*info_, "Unknown operation (", operation(), ')');
    } else {
      *info_ += name;
    }
    if (!is_response()) return;
    *info_ += " response";
    const uint16_t code = flags_ & 15;
    if (code == 0) return;
    const std::string_view error = name_of(kReplyCodes, code);
    append(*info_, ", ", error.empty() ? "Unknown error" : error);
  }

  /// The flags that were read last. Behind their number stand those that are set.
  void report_flags(uint16_t flags, bool have_reply_code) {
    if (in_.tree() == nullptr) return;
    const bool answers = (flags & kResponse) != 0;
    in_.note(f.flags, flags, 2);
    if (answers) in_.append(", Response");
    in_.append(", Opcode: ", known(kOpcodes, masked(f.flags_opcode.format, flags)));
    const Field* const bits[] = {&f.flags_authoritative, &f.flags_truncated, &f.flags_recdesired, &f.flags_recavail,
                                 &f.flags_broadcast};
    const auto is_shown = [&](const Field& bit) {
      return answers || (&bit != &f.flags_authoritative && &bit != &f.flags_recavail);
    };
    for (const Field* bit : bits)
      if (is_shown(*bit) && (flags & bit->format.mask) != 0) in_.append(", ", bit->title);
    if (have_reply_code) in_.append(", Reply code: ", known(kReplyCodes, flags & 15));
    const auto below = in_.below();
    note_bit(f.flags_response, flags);
    note_bit(f.flags_opcode, flags);
    for (const Field* bit : bits)
      if (is_shown(*bit)) note_bit(*bit, flags);
    if (have_reply_code) note_bit(f.flags_rcode, flags);
  }

  void note_bit(const Field& bit, uint16_t flags) { in_.note(bit, masked(bit.format, flags), 2); }

  /// Its line stands for all that follows when the message ends too early.
  template <typename Read>
  void section(std::string_view title, size_t count, Read&& read) {
    if (count == 0 || !goes_on()) return;
    const size_t start = in_.at();
    if (in_.left() == 0) return in_.skip(1);  // no line without a byte to stand for
    in_.line(start, in_.all().wire_size(), title);
    const uint32_t line = in_.tree() != nullptr ? in_.tree()->last() : 0;
    const auto below = in_.below();
    for (size_t i = 0; i < count && goes_on(); ++i) read();
    if (in_.tree() != nullptr && in_.ok()) in_.tree()->set_range(line, in_.all().sub(start, in_.at() - start));
  }

  void append_type(uint16_t type) { append(*info_, ' ', known(kTypes, type)); }

  NetbiosName read_name() {
    const dns::Name encoded = dns::read_name(in_);
    if (in_.is_exhausted()) return {encoded.text};
    return decode_name(encoded.raw.empty() ? encoded.text : encoded.raw);
  }

  /// "HOST<00>: type NB, class IN".
  void summary(size_t start, size_t size, const NetbiosName& name, uint16_t type, uint16_t rr_class) {
    in_.line(start, size, name.text, ": type ", known(kTypes, type), ", class ", known(kClasses, rr_class));
  }

  void question() {
    const size_t start = in_.at();
    const NetbiosName name = read_name();
    const size_t at = in_.at();
    const uint16_t type = in_.be16();
    const uint16_t rr_class = in_.be16();
    if (!in_.ok()) return;
    if (in_.tree() != nullptr) {
      summary(start, in_.at() - start, name, type, rr_class);
      const auto below = in_.below();
      in_.add_text(f.name, name.text, start, at - start);
      in_.append(kind_of(name));
      in_.add(f.rr_type, type, at, 2);
      in_.add(f.rr_class, rr_class, at + 2, 2);
    }
    if (info_ == nullptr || is_response()) return;
    append_type(type);
    *info_ += ' ';
    *info_ += name.text;
  }

  void record(bool is_shown) {
    const size_t start = in_.at();
    const NetbiosName name = read_name();
    const size_t at = in_.at();
    const uint16_t type = in_.be16();
    const uint16_t rr_class = in_.be16();
    in_.skip(4);
    left_ = in_.be16();
    if (!in_.ok()) return;
    summary(start, in_.at() - start + left_, name, type, rr_class);
    const auto below = in_.below();
    // The name's line begins at its second byte, in Wireshark too.
    in_.add_text(f.name, name.text, start + 1, at - start - 1);
    if (in_.tree() != nullptr && type == kNb) in_.append(kind_of(name));
    in_.add(f.rr_type, type, at, 2);
    in_.add(f.rr_class, rr_class, at + 2, 2);
    in_.add(f.ttl, in_.all().be32(at + 4), at + 4, 4);
    in_.add(f.data_length, left_, at + 8, 2);
    if (type == kNb) return operation() == kWaitForAcknowledgment ? acknowledged() : addresses(is_shown);
    if (is_shown && info_ != nullptr) append_type(type);
    if (type == kNbstat) return node_status();
    in_.bytes(f.data, left_);
  }

  /// Whether the record has so many bytes more; else the line that says so. (What is read on from there is the next
  /// record, as in Wireshark.)
  bool has(size_t count) {
    if (!in_.ok()) return false;
    if (left_ >= count) {
      left_ -= count;
      return true;
    }
    in_.line(in_.at(), left_, f.incomplete_entry.title);
    in_.expert(f.incomplete_entry, Severity::error, ExpertGroup::malformed, f.incomplete_entry.title);
    if (in_.left() < left_) in_.malformed();
    return false;
  }

  /// The flags of the operation that is waited for.
  void acknowledged() {
    while (in_.ok() && left_ > 0) {
      if (!has(2)) return;
      const uint16_t flags = in_.be16();
      if (in_.ok()) report_flags(flags, false);
    }
  }

  /// Flags (2) and address (4) of each owner; the row shows the first.
  void addresses(bool is_shown) {
    if (is_shown) look_at_first();
    while (in_.ok() && left_ > 0) {
      if (!has(2)) return;
      const auto flags = static_cast<uint16_t>(in_(f.nb_flags));
      if (in_.ok()) report_owner(flags);
      if (!has(4)) return;
      const Bytes owner = in_.bytes(f.addr, 4);
      if (is_shown && info_ != nullptr && in_.ok()) {
        append_type(kNb);
        *info_ += ' ';
        append_address(*info_, Address::ipv4(owner));
      }
      is_shown = false;
    }
  }

  /// For the row Wireshark reads it, whether the record has it or not.
  void look_at_first() {
    const size_t at = in_.at();
    in_.skip(6);
    if (in_.ok()) in_.seek(at);
  }

  void report_owner(uint16_t flags) {
    if (in_.tree() == nullptr) return;
    const bool is_group = (flags & f.nb_flags_group.format.mask) != 0;
    const uint64_t node = masked(f.nb_flags_ont.format, flags);
    in_.append(is_group ? ", Name type" : "", ", ONT: ", known(kNodeTypes, node), " (", kNodes[node],
               is_group ? ", group)" : ", unique)");
    const auto below = in_.below();
    note_bit(f.nb_flags_group, flags);
    note_bit(f.nb_flags_ont, flags);
  }

  /// RFC 1002, section 4.2.18: count of names (1), of each the name (16) and flags (2), then statistics.
  void node_status() {
    constexpr size_t kNodeName = kNameBytes + 2;
    const size_t names = in_(f.number_of_names);
    for (size_t i = 0; i < names; ++i) {
      if (!has(kNodeName)) return;
      node_name();
    }
    if (!has(6)) return;
    in_(f.unit_id);
    for (const Field* statistic :
         {&f.jumpers, &f.test_result, &f.version_number, &f.period_of_statistics, &f.num_crcs, &f.num_alignment_errors,
          &f.num_collisions, &f.num_send_aborts, &f.num_good_sends, &f.num_good_receives, &f.numretransmits,
          &f.num_no_resource_conditions, &f.numcommand_blocks, &f.numpending_sessions, &f.max_num_pending_sessions,
          &f.max_total_sessions_possible, &f.session_data_packet_size}) {
      if (!has(statistic->format.width)) return;
      in_(*statistic);
    }
  }

  void node_name() {
    const size_t at = in_.at();
    const Bytes raw = in_.bytes(kNameBytes);
    if (in_.ok() && in_.tree() != nullptr) {
      uint8_t bytes[kNameBytes] = {};
      std::copy_n(raw.data(), std::min(raw.size(), kNameBytes), bytes);
      const NetbiosName name = name_of_bytes(bytes);
      in_.add_text(f.netbios_name, name.text + kind_of(name), at, kNameBytes);
    }
    const auto flags = static_cast<uint16_t>(in_(f.name_flags));
    if (!in_.ok() || in_.tree() == nullptr) return;
    const Field* const bits[] = {&f.name_flags_drg, &f.name_flags_cnf, &f.name_flags_act, &f.name_flags_prm};
    if ((flags & f.name_flags_group.format.mask) != 0) in_.append(", ", f.name_flags_group.title);
    in_.append(", ONT: ", known(kNodeTypes, masked(f.name_flags_ont.format, flags)));
    for (const Field* bit : bits)
      if ((flags & bit->format.mask) != 0) in_.append(", ", bit->title);
    const auto below = in_.below();
    note_bit(f.name_flags_group, flags);
    note_bit(f.name_flags_ont, flags);
    for (const Field* bit : bits) note_bit(*bit, flags);
  }

  dns::MessageLayer in_;
  std::string* info_;
  uint16_t flags_ = 0;
  size_t left_ = 0;  ///< of the record's data
};

void dissect(Context& context, Bytes bytes) {
  context.set_protocol(nbns_protocol);
  context.set_info("");
  Tree* const tree = context.tree();
  if (context.info() == nullptr && tree == nullptr) {
    if (bytes.has(0, kIdAndFlags)) context.enter_layer(nbns_protocol);
    return;
  }
  if (!bytes.has(0, kIdAndFlags)) context.want_tree(nullptr);  // Wireshark shows no layer that has no flags
  Message(context, bytes).dissect();
  context.want_tree(tree);
}

}  // namespace

void write_duration(std::string& out, uint64_t seconds) {
  if (seconds == 0) {
    out += "0 seconds";
    return;
  }
  append_relative_time(out, static_cast<int64_t>(seconds) * 1'000'000'000);
}

}  // namespace nbns

const Protocol nbns_protocol{"nbns", "NBNS", "NetBIOS Name Service", listed<nbns::f>, nbns::kClaims, nbns::dissect};

}  // namespace tracedrop::dissect
