// Messages, RFC 1035, section 4.1, and what shares their format: multicast DNS (RFC 6762) and LLMNR (RFC 4795).
//
//   id (2), flags (2): response 1 · opcode 4 · authoritative 1 · truncated 1 · recursion desired 1 · available 1 · Z 3
//   · rcode 4 counts (2 each) of questions, answers, authority and additional records; then those question: name, type
//   (2), class (2)         record: name, type (2), class (2), TTL (4), data length (2), data
//
// In a dynamic update (RFC 2136) they are zones, prerequisites, updates and additional records.
#include "protocols/application/dns/message.h"

#include <optional>

#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"
#include "protocols/list.h"

namespace tracedrop::dissect::dns {

namespace {

constexpr uint16_t kResponse = 0x8000;
constexpr uint16_t kTopBit = 0x8000;  // mDNS: of a class, "QU" or cache flush
constexpr uint16_t kRcodeMask = 0x000F;
constexpr uint32_t kUpdate = 5, kStatefulOperation = 6;

/// mDNS: without the top bit, which tells something else.
constexpr Field kMdnsQueryClass{"dns.qry.class", "Class", bits(x16, 0x7FFF), kClassNames};
constexpr Field kMdnsRecordClass{"dns.resp.class", "Class", bits(x16, 0x7FFF), kClassNames};
/// LLMNR: what a responder says with the bit of the authoritative answer.
constexpr Field kConflictOfResponse{"dns.flags.conflict", "Conflict", flag(u16, 0x0400),
                                    TrueFalse{"The name is not considered unique", "The name is considered unique"}};

class Message {
 public:
  Message(Context& context, const Protocol& protocol, Bytes bytes, std::string* info)
      : in_(context, protocol, bytes),
        info_(info),
        is_mdns_(&protocol == &mdns_protocol),
        is_llmnr_(&protocol == &llmnr_protocol) {
    in_.span_all();
  }

  void dissect(const Exchange& exchange, Bytes with_length) {
    if (!with_length.empty()) begin_with(with_length);
    const uint16_t id = in_.be16(f.id);
    const uint32_t id_line = in_.tree() != nullptr ? in_.tree()->last() : 0;
    flags_ = in_.be16();
    if (!in_.ok()) return;
    if (in_.tree() != nullptr) report_flags();
    if (info_ != nullptr) append_title(id);
    sections();
    if (!in_.ok()) return;
    report(in_, exchange, is_response(), id_line);
    if (in_.tree() != nullptr) extraneous();
  }

 private:
  bool goes_on() const { return in_.ok() && !in_.is_exhausted(); }
  bool is_response() const { return (flags_ & kResponse) != 0; }
  uint32_t opcode() const { return flags_ >> 11 & 15; }

  void begin_with(Bytes with_length) {
    in_.span(with_length);
    if (in_.tree() != nullptr) in_.tree()->add(f.length, with_length.first(2), with_length.be16(0));
  }

  void report_flags() {
    in_.append_title(is_response() ? " (response)" : " (query)");
    in_.note(f.flags, flags_, 2);
    const std::string_view operation = name_of(kOpcodeNames, opcode());
    in_.append(' ', operation.empty() ? "Unknown operation" : operation);
    if (is_response()) {
      const std::string_view error = name_of(kRcodeNames, flags_ & kRcodeMask);
      in_.append(" response, ", error.empty() ? "Unknown error" : error);
    }
    const auto below = in_.below();
    const auto bit = [this](const Field& field) { in_.note(field, masked(field.format, flags_), 2); };
    bit(f.flags_response);
    bit(f.flags_opcode);
    if (is_llmnr_) {
      bit(is_response() ? kConflictOfResponse : f.flags_conflict);
      bit(f.flags_truncated);
      bit(f.flags_tentative);
    } else {
      if (is_response()) bit(f.flags_authoritative);
      bit(f.flags_truncated);
      bit(f.flags_recdesired);
      if (is_response()) bit(f.flags_recavail);
      bit(f.flags_z);
      if (is_response()) bit(f.flags_authenticated);
      if (!is_response() && (flags_ & f.flags_ad.format.mask) != 0) bit(f.flags_ad);
      bit(f.flags_checkdisable);
    }
    if (is_response()) bit(f.flags_rcode);
  }

  void append_title(uint16_t id) {
    append_named(kOpcodeNames, opcode(), "Unknown operation (");
    if (is_response()) *info_ += " response";
    append(*info_, ' ', Hex{id, 4});
    if (!is_response() || (flags_ & kRcodeMask) == 0) return;
    *info_ += ' ';
    append_named(kRcodeNames, flags_ & kRcodeMask, "Unknown error (");
  }

  void append_named(std::span<const ValueName> names, uint32_t value, std::string_view unknown) {
    const std::string_view name = name_of(names, value);
    if (name.empty()) return append(*info_, unknown, value, ')');
    *info_ += name;
  }

  void append_type_to_info(uint16_t type) {
    *info_ += ' ';
    append_type(*info_, type);
  }

  void sections() {
    const bool is_update = opcode() == kUpdate;
    const size_t questions = in_(is_update ? f.count_zones : f.count_queries);
    const size_t answers = in_(is_update ? f.count_prerequisites : f.count_answers);
    const size_t authorities = in_(is_update ? f.count_updates : f.count_auth_rr);
    const size_t more = in_(f.count_add_rr);
    if (opcode() == kStatefulOperation && questions + answers + authorities + more == 0) return dissect_stateful(in_);
    section(is_update ? "Zone" : "Queries", questions, &Message::question);
    section(is_update ? "Prerequisites" : "Answers", answers, &Message::record);
    section(is_update ? "Updates" : "Authoritative nameservers", authorities, &Message::record);
    section("Additional records", more, &Message::record);
  }

  /// Its line stands for all that follows when the message ends too early.
  void section(std::string_view title, size_t count, void (Message::*read)()) {
    if (count == 0 || !goes_on()) return;
    const size_t start = in_.at();
    Tree* const tree = in_.tree();
    if (in_.left() == 0) return in_.skip(1);  // no line without a byte to stand for
    in_.line(start, in_.all().wire_size(), title);
    const uint32_t line = tree != nullptr ? tree->last() : 0;
    const auto below = in_.below();
    for (size_t i = 0; i < count && goes_on(); ++i) (this->*read)();
    if (tree != nullptr && in_.ok()) tree->set_range(line, in_.all().sub(start, in_.at() - start));
  }

  void question() {
    const size_t start = in_.at();
    const Name name = read_name(in_);
    const size_t name_len = in_.at() - start;
    const uint16_t type = in_.be16();
    const uint16_t rr_class = in_.be16();
    if (!in_.ok()) return;
    if (in_.tree() != nullptr) report_question(name, start, name_len, type, rr_class);
    if (info_ == nullptr) return;
    append_type_to_info(type);
    append(*info_, ' ', name.text);
    if (is_mdns_) *info_ += mdns_question(rr_class);
  }

  static std::string_view mdns_question(uint16_t rr_class) {
    return (rr_class & kTopBit) != 0 ? ", \"QU\" question" : ", \"QM\" question";
  }

  /// "a.b: type A, class IN".
  void summary(size_t start, size_t size, std::string_view name, uint16_t type, std::optional<uint16_t> rr_class) {
    if (in_.tree() == nullptr) return;
    std::string text(name);
    text += ": type ";
    append_type(text, type);
    if (rr_class) {
      const std::string_view class_name = name_of(kClassNames, is_mdns_ ? *rr_class & ~kTopBit : *rr_class);
      append(text, ", class ", class_name.empty() ? "Unknown" : class_name);
    }
    in_.line(start, size, text);
  }

  void report_question(const Name& name, size_t start, size_t name_len, uint16_t type, uint16_t rr_class) {
    summary(start, in_.at() - start, name.text, type, rr_class);
    if (is_mdns_) in_.append(mdns_question(rr_class));
    const auto below = in_.below();
    const std::string_view shown = name.is_raw ? name.raw : name.text;
    const bool is_counted = shown.size() > 1;
    const auto dots = static_cast<size_t>(std::count(shown.begin(), shown.end(), '.'));
    in_.add_text(f.qry_name, name.text, start, name_len);
    in_.conclude(f.qry_name_len, is_counted ? shown.size() : 0, start, name_len);
    in_.conclude(f.count_labels, is_counted ? dots + 1 : 0, start, name_len);
    const size_t at = start + name_len;
    in_.add(f.qry_type, type, at, 2);
    in_.append(' ', type_title(type));
    const Field& class_field = is_mdns_ ? kMdnsQueryClass : f.qry_class;
    in_.add(class_field, masked(class_field.format, rr_class), at + 2, 2);
    if (is_mdns_) in_.add(f.qry_qu, rr_class >> 15, at + 2, 2);
  }

  void record() {
    const size_t start = in_.at();
    const Name owner = read_name(in_);
    const size_t at = in_.at();
    const uint16_t type = in_.be16();
    const uint16_t rr_class = in_.be16();
    in_.skip(4);
    const size_t data_len = in_.be16();
    if (!in_.ok()) return;
    const bool flush = is_mdns_ && (rr_class & kTopBit) != 0;
    if (info_ != nullptr) {
      append_type_to_info(type);
      if (flush) *info_ += ", cache flush";
    }
    const size_t end = in_.at() + data_len;
    Record described{in_,      owner.text, type,  static_cast<uint16_t>(is_mdns_ ? rr_class & ~kTopBit : rr_class),
                     data_len, end,        info_, at - start};
    summary(start, end - start, owner.text, type, type == kOpt ? std::nullopt : std::optional(rr_class));
    if (flush) in_.append(", cache flush");
    if (in_.tree() != nullptr) described.line = in_.tree()->last();
    const auto below = in_.below();
    if (in_.tree() != nullptr) report_record(described, start, at, rr_class);
    if (data_len == 0) return;
    dissect_data(described);
    if (!in_.ok()) return;
    if (in_.at() > end) in_.spend(in_.at() - end);
    in_.seek(end);
  }

  /// What stands before the data; `at` is behind the name.
  void report_record(const Record& record, size_t start, size_t at, uint16_t rr_class) {
    if (record.type == kSrv) report_service_name(record.owner, start, at);
    if (record.type != kSrv) in_.add_text(f.resp_name, record.owner, start, at - start);
    in_.add(f.resp_type, record.type, at, 2);
    in_.append(' ', type_title(record.type));
    if (record.type == kOpt) {
      report_opt(at + 2, rr_class);
    } else {
      const Field& class_field = is_mdns_ ? kMdnsRecordClass : f.resp_class;
      in_.add(class_field, masked(class_field.format, rr_class), at + 2, 2);
      if (is_mdns_) in_.add(f.resp_cache_flush, rr_class >> 15, at + 2, 2);
      const uint32_t ttl = in_.all().be32(at + 4);
      in_.add(f.resp_ttl, ttl, at + 4, 4);
      if ((ttl >> 31) != 0)
        in_.expert(f.ttl_high_bit_set, Severity::warning, ExpertGroup::protocol, f.ttl_high_bit_set.title);
    }
    in_.add(f.resp_len, record.data_len, at + 8, 2);
  }

  /// OPT has other contents in the places of class and TTL (RFC 6891, section 6.1.2).
  void report_opt(size_t at, uint16_t rr_class) {
    if (is_mdns_) {
      in_.add(f.rr_udp_payload_size, rr_class & ~kTopBit, at, 2);
      in_.add(f.resp_cache_flush, rr_class >> 15, at, 2);
    } else {
      in_.add(f.rr_udp_payload_size, rr_class, at, 2);
      in_.replace(f.rr_udp_payload_size.title, ": ", rr_class);
    }
    in_.peek(f.resp_ext_rcode, at + 2);
    in_.peek(f.resp_edns0_version, at + 3);
    in_.peek(f.resp_z, at + 4);
    const auto below = in_.below();
    in_.peek(f.resp_z_do, at + 4);
    in_.peek(f.resp_z_reserved, at + 4);
  }

  /// RFC 2782: "_service._protocol.name"; before it, the instance of a service (RFC 6763, section 4.1).
  void report_service_name(std::string_view name, size_t start, size_t end) {
    const auto next = [&name] {
      const size_t dot = std::min(name.find('.'), name.size());
      const std::string_view label = name.substr(0, dot);
      name.remove_prefix(std::min(dot + 1, name.size()));
      return label;
    };
    const auto add = [&](const Field& field, std::string_view text) {
      if (!text.empty()) in_.add_text(field, text, start, end - start);
    };
    const size_t second = std::min(name.find('.'), name.size() - 1) + 1;
    const size_t third = name.find('.', second);
    const bool has_instance = third != std::string_view::npos && name.substr(third + 1, 1) == "_";
    if (has_instance) add(f.srv_instance, next());
    add(f.srv_service, next());
    add(f.srv_proto, next());
    add(f.srv_name, name);
  }

  /// What stands behind the last record.
  void extraneous() {
    const size_t start = in_.at(), size = in_.left();
    if (size == 0) return;
    const auto group = in_.group_line(start, size, "Extraneous Data (", size, " bytes)");
    in_.add_bytes(f.extraneous_data, start, size);
    in_.add(f.extraneous_length, size, start, 0);
    in_.line(start, size, f.extraneous.title);
    in_.expert(f.extraneous, Severity::note, ExpertGroup::undecoded, f.extraneous.title);
  }

  MessageLayer in_;
  std::string* info_;
  const bool is_mdns_, is_llmnr_;
  uint16_t flags_ = 0;
};

}  // namespace

void dissect_message(Context& context, const Protocol& protocol, Bytes message, std::string* info,
                     const Exchange& exchange, Bytes with_length) {
  Message(context, protocol, message, info).dissect(exchange, with_length);
}

}  // namespace tracedrop::dissect::dns
