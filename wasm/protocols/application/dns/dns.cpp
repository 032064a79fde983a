// Domain Name System, RFC 1035, section 4.1, and what shares its format: multicast DNS (RFC 6762) and LLMNR (RFC 4795).
//
//   id (2), flags (2): response 1 · opcode 4 · authoritative 1 · truncated 1 · recursion desired 1 · available 1 · Z 3
//   · rcode 4 counts (2 each) of questions, answers, authority and additional records; then those question: name, type
//   (2), class (2)         record: name, type (2), class (2), TTL (4), data length (2), data
//
// Over TCP each message is preceded by its length (2). Stateful operations (RFC 8490) have counts of 0 and then
// type (2), length (2), value.
#include "protocols/application/dns/dns.h"
#include "base/hash.h"
#include "base/text.h"
#include "dissect/state.h"
#include "protocols/application/dns/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace dns {

namespace {

constexpr size_t kLengthPrefix = 2;
constexpr uint16_t kResponse = 0x8000;
constexpr uint16_t kTopBit = 0x8000;  // mDNS: of a class, "QU" or cache flush
constexpr uint16_t kRcodeMask = 0x000F;
constexpr uint32_t kStatefulOperation = 6;
// A query that is repeated within this time is the same one, as in Wireshark.
constexpr int64_t kRetransmissionNs = 5'000'000'000;

constexpr Claim kDnsClaims[] = {{udp_ports, 53}, {tcp_ports, 53}, {tcp_ports, 5353}};
constexpr Claim kMdnsClaims[] = {{udp_ports, 5353}};
constexpr Claim kLlmnrClaims[] = {{udp_ports, 5355}};

constexpr const Field* kFlagBits[] = {&field::response,
                                      &field::opcode,
                                      &field::authoritative,
                                      &field::truncated,
                                      &field::recursion_desired,
                                      &field::recursion_available,
                                      &field::zero,
                                      &field::authenticated,
                                      &field::checking_disabled,
                                      &field::rcode};

class Message {
 public:
  Message(Context& context, const Protocol& protocol, Bytes bytes, std::string* info)
      : in_(context, protocol, bytes), info_(info), is_mdns_(&protocol == &mdns_protocol) {}

  void dissect() {
    const uint16_t id = in_.be16(field::id);
    const uint16_t flags = in_.be16(field::flags);
    if (!in_.ok()) return;
    in_.note_bits(kFlagBits, flags, 2);
    if (info_ != nullptr) append_title(id, flags);
    const uint32_t opcode = flags >> 11 & 15;
    const size_t questions = in_.be16(field::query_count);
    size_t records = in_.be16(field::answer_count);
    records += in_.be16(field::authority_count);
    records += in_.be16(field::additional_count);
    if (opcode == kStatefulOperation && questions + records == 0) return stateful();
    for (size_t i = 0; i < questions && goes_on(); ++i) question();
    for (size_t i = 0; i < records && goes_on(); ++i) record();
  }

 private:
  bool goes_on() const { return in_.ok() && !in_.is_exhausted(); }

  void append_title(uint16_t id, uint16_t flags) {
    const uint32_t opcode = flags >> 11 & 15;
    append_named(kOpcodeNames, opcode, "Unknown operation (");
    if ((flags & kResponse) != 0) *info_ += " response";
    *info_ += " 0x";
    append_hex(*info_, id, 4);
    if ((flags & kResponse) == 0 || (flags & kRcodeMask) == 0) return;
    *info_ += ' ';
    append_named(kRcodeNames, flags & kRcodeMask, "Unknown error (");
  }

  void append_named(std::span<const ValueName> names, uint32_t value, std::string_view unknown) {
    const std::string_view name = name_of(names, value);
    *info_ += name.empty() ? unknown : name;
    if (!name.empty()) return;
    append_number(*info_, value);
    *info_ += ')';
  }

  void append_type_to_info(uint16_t type) {
    *info_ += ' ';
    append_type(*info_, type);
  }

  void stateful() {
    do {
      in_.skip(2);
      in_.skip(in_.be16());
    } while (in_.ok() && in_.at() < in_.all().wire_size());
  }

  void question() {
    const size_t start = in_.at();
    const Name name = read_name(in_, field::query_name);
    const size_t name_len = in_.at() - start;
    in_.note(field::query_name_len, name.text.size(), name_len);
    in_.note(field::label_count, name.labels, name_len);
    const uint16_t type = in_.be16(field::query_type);
    const uint16_t rr_class = in_.be16();
    if (!in_.ok()) return;
    in_.note(field::query_class, is_mdns_ ? rr_class & ~kTopBit : rr_class, 2);
    if (is_mdns_) in_.note(field::unicast_question, rr_class >> 15, 2);
    if (info_ == nullptr) return;
    append_type_to_info(type);
    *info_ += ' ';
    *info_ += name.text;
    if (is_mdns_) *info_ += (rr_class & kTopBit) != 0 ? ", \"QU\" question" : ", \"QM\" question";
  }

  void record() {
    const Name owner = read_name(in_, field::record_name);
    const uint16_t type = in_.be16(field::record_type);
    const uint16_t rr_class = in_.be16();
    const bool flush = is_mdns_ && (rr_class & kTopBit) != 0;
    if (type == kOpt) {
      note_opt_class(rr_class, flush);
    } else {
      in_.note(field::record_class, is_mdns_ ? rr_class & ~kTopBit : rr_class, 2);
      if (is_mdns_) in_.note(field::cache_flush, flush, 2);
      in_.be32(field::ttl);
    }
    const size_t data_len = in_.be16(field::data_len);
    if (!in_.ok()) return;
    if (info_ != nullptr) {
      append_type_to_info(type);
      if (flush) *info_ += ", cache flush";
    }
    const size_t end = in_.at() + data_len;
    if (data_len == 0) return;
    Record described{in_,      owner.text, type, static_cast<uint16_t>(is_mdns_ ? rr_class & ~kTopBit : rr_class),
                     data_len, end,        info_};
    dissect_data(described);
    if (!in_.ok()) return;
    if (in_.at() > end) in_.spend(in_.at() - end);
    in_.seek(end);
  }

  /// OPT has other contents in the places of class and TTL (RFC 6891, section 6.1.2).
  void note_opt_class(uint16_t rr_class, bool flush) {
    in_.note(field::opt_payload_size, is_mdns_ ? rr_class & ~kTopBit : rr_class, 2);
    if (is_mdns_) in_.note(field::cache_flush, flush, 2);
    in_.u8(field::opt_rcode);
    in_.u8(field::opt_version);
    const uint16_t z = in_.be16(field::opt_z);
    in_.note(field::opt_dnssec_ok, z >> 15, 2);
  }

  MessageLayer in_;
  std::string* info_;
  const bool is_mdns_;
};

/// Joins queries and responses of one conversation. A query that was only sent again stays one, asked at its first
/// time.
void match(Context& context, Bytes bytes) {
  if (!bytes.has(0, 4)) return;
  State& state = *context.state();
  const uint64_t key = hash_mix(hash_mix(context.row.flow >> 1, bytes.be16(0)), 53);
  if ((bytes.be16(2) & kResponse) != 0) {
    const auto asked = state.pending.find(key);
    if (asked == state.pending.end()) return;
    state.links.emplace_back(asked->second.packet, context.index + 1);
    context.row.seq = asked->second.packet + 1;
    state.pending.erase(asked);
    return;
  }
  const auto now_ms = static_cast<uint32_t>(context.row.ts_ns >> 20);
  Pending& query = state.pending[key];
  const bool again = query.packet != kNoPacket && now_ms - query.asked_ms < (kRetransmissionNs >> 20);
  if (!again) query = {context.index, now_ms};
}

void dissect_datagram(Context& context, const Protocol& protocol, Bytes bytes) {
  context.set_protocol(protocol);
  if (context.has_memory() && &protocol != &mdns_protocol) match(context, bytes);
  std::string* info = context.info();
  if (info == nullptr && context.tree() == nullptr) return;
  if (info != nullptr) info->clear();
  Message(context, protocol, bytes, info).dissect();
}

void dissect_dns(Context& context, Bytes bytes) { dissect_datagram(context, dns_protocol, bytes); }
void dissect_mdns(Context& context, Bytes bytes) { dissect_datagram(context, mdns_protocol, bytes); }
void dissect_llmnr(Context& context, Bytes bytes) { dissect_datagram(context, llmnr_protocol, bytes); }

StreamResult dissect_stream(Context& context, Bytes bytes) {
  StreamResult result;
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    if (rest.wire_size() < kLengthPrefix) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    const size_t length = kLengthPrefix + rest.be16(0);
    if (length > rest.wire_size()) {
      result.message_len = length;
      return result;
    }
    context.set_protocol(dns_protocol);
    context.keep_info("");
    Message(context, dns_protocol, rest.first(length).from(kLengthPrefix), &context.keep_info()).dissect();
    result.used += length;
  }
  return result;
}

/// On ports that nobody claims, Wireshark takes a datagram for DNS when its header is plausible for its length.
bool recognise(Bytes payload) {
  constexpr size_t kHeader = 12, kMinQuestion = 6, kMinRecord = 11, kMaxAnswers = 100, kMaxRecords = 10;
  if (!payload.has(0, kHeader)) return false;
  const uint16_t flags = payload.be16(2);
  const size_t questions = payload.be16(4), answers = payload.be16(6), authorities = payload.be16(8),
               more = payload.be16(10);
  if ((flags >> 11 & 15) != 0 || questions > 1 || answers > kMaxAnswers || authorities > kMaxRecords ||
      more > kMaxRecords)
    return false;
  const bool is_response = (flags & kResponse) != 0;
  if (!is_response && (questions != 1 || answers != 0 || authorities != 0)) return false;
  if (is_response && questions == 0 && answers == 0) return false;
  return kHeader + kMinQuestion * questions + kMinRecord * (answers + authorities + more) <= payload.wire_size();
}

}  // namespace
}  // namespace dns

const Protocol dns_protocol{"dns",
                            "DNS",
                            "Domain Name System",
                            dns::field::kAll,
                            dns::kDnsClaims,
                            dns::dissect_dns,
                            dns::dissect_stream,
                            nullptr,
                            dns::recognise};
const Protocol mdns_protocol{"mdns", "MDNS", "Multicast Domain Name System", {}, dns::kMdnsClaims, dns::dissect_mdns};
const Protocol llmnr_protocol{"llmnr", "LLMNR",           "Link-local Multicast Name Resolution",
                              {},      dns::kLlmnrClaims, dns::dissect_llmnr};

}  // namespace tracedrop::dissect
