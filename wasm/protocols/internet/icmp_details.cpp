// What trees show of ICMP's messages: the fields of each type, and the extensions of errors (RFC 4884, RFC 4950).
#include "dissect/state.h"
#include "dissect/time_text.h"
#include "protocols/application/data.h"
#include "protocols/internet/echo.h"
#include "protocols/internet/icmp.h"
#include "protocols/list.h"

namespace tracedrop::dissect::icmp {

namespace {

void report_identifiers(Layer& in, Bytes message) {
  in(f.identifier);
  in.add(f.identifier_le, message.le16(4), 4, 2);
  if (!is_query(message.u8(0))) return;
  in(f.sequence);
  in.add(f.sequence_le, message.le16(6), 6, 2);
}

/// A multicast or broadcast has no one reply.
bool may_have_reply(const Context& context) {
  const uint32_t destination = context.destination.raw.be32(0);
  return destination >> 28 != 0xE && destination != UINT32_MAX;
}

void report_match(Layer& in, const Context& context, bool is_request) {
  if (context.link() == 0) {
    if (!is_request || !may_have_reply(context)) return;
    in.conclude(f.no_response, 0, 0);
    in.expert(f.response_not_found, Severity::warning, ExpertGroup::sequence, "No response seen to ICMP request");
    return;
  }
  in.conclude(is_request ? f.response_in : f.response_to, context.link(), 0);
  if (is_request) return;
  if (const auto asked_ns = time_of_request(context)) {
    in.conclude(f.response_time, 0, 0);
    in.replace("Response time: ", ThreeDigits{context.row.ts_ns - *asked_ns}, " ms");
  }
}

void report_echo_data(Layer& in, const Context& context) {
  const Bytes data = in.rest();
  if (data.empty()) return;
  const SentAt sent = sent_at(data, context.row.ts_ns);
  if (sent.size < data.size()) in.context().enter_layer(data_protocol);
  if (in.tree() == nullptr) return;
  const size_t at = in.at();
  in.add_bytes(f.data, at, data.size());
  if (sent.size == 0) {
    in.hidden();
    return report_data(*in.tree(), data);
  }
  const auto below = in.below();
  in.add(f.data_time, static_cast<uint64_t>(sent.ns), at, sent.size);
  in.conclude(f.data_time_relative, static_cast<uint64_t>(context.row.ts_ns - sent.ns), at, sent.size);
  if (sent.size < data.size()) report_data(*in.tree(), data.from(sent.size));
}

void report_routers(Layer& in) {
  const uint32_t count = in(f.address_count);
  const uint32_t words = in(f.entry_size);
  in(f.lifetime);
  for (uint32_t i = 0; i < count && words == 2 && in.rest().size() >= 8; ++i) {
    in.bytes(f.router, 4);
    in(f.preference);
  }
}

void report_extended_echo(Layer& in, bool is_request) {
  in(f.echo_sequence);
  if (is_request) {
    in.bits(f.request_reserved, f.is_local);
  } else {
    in.bits(f.state, f.reply_reserved, f.is_active, f.runs_ipv4, f.runs_ipv6);
  }
  constexpr size_t kExtensionHeader = 4;
  if (in.rest().size() > kExtensionHeader) report_extensions(in, in.at());
}

void report_labels(Layer& in, size_t end) {
  while (in.at() + 4 <= end) {
    const uint32_t entry = in.rest().be32(0);
    const auto line = in.group_line(in.at(), 4, "Label: ", entry >> 12, ", Exp: ", entry >> 9 & 7,
                                    ", S: ", entry >> 8 & 1, ", TTL: ", entry & 0xFF);
    const size_t at = in.at();
    in(f.label);
    in.add(f.experimental, entry >> 9 & 7, at + 2, 1);
    in.add(f.is_bottom, entry >> 8 & 1, at + 2, 1);
    in(f.ttl);
  }
}

void report_object(Layer& in) {
  constexpr uint8_t kLabels = 1;
  const size_t from = in.at();
  const size_t length = in.rest().be16(0);
  const uint8_t object_class = in.rest().u8(2);
  const std::string_view name = f.object_class.names.of(object_class);
  const auto line = in.group_line(from, length,
                                  object_class == kLabels ? "MPLS Stack Entry"
                                  : name.empty()          ? "Unknown object"
                                                          : name);
  in(f.object_length);
  in(f.object_class);
  in(f.object_type);
  const size_t end = from + std::max(length, size_t{4});
  if (object_class == kLabels) report_labels(in, end);
  if (in.at() < end) in.bytes(f.object_data, end - in.at());
}

}  // namespace

SentAt sent_at(Bytes data, int64_t packet_ns) {
  constexpr int64_t kDay = 86400ll * 1'000'000'000;
  const auto try_out = [&](size_t size, uint64_t seconds, uint64_t us) -> SentAt {
    if (data.size() < size || us >= 1'000'000 || seconds > UINT32_MAX) return {};
    const int64_t ns = static_cast<int64_t>(seconds) * 1'000'000'000 + static_cast<int64_t>(us) * 1000;
    const int64_t apart = packet_ns - ns;
    return apart < kDay && apart > -kDay ? SentAt{size, ns} : SentAt{};
  };
  for (const SentAt& found : {try_out(16, data.le64(0), data.le64(8)), try_out(16, data.be64(0), data.be64(8)),
                              try_out(8, data.le32(0), data.le32(4)), try_out(8, data.be32(0), data.be32(4))})
    if (found.size > 0) return found;
  return {};
}

void write_lifetime(std::string& out, uint64_t seconds) {
  append(out, seconds, " (");
  append_duration(out, seconds);
  out += ')';
}

void write_time_of_day(std::string& out, uint64_t ms) {
  append(out, ms, " (");
  append_duration_ms(out, ms);
  out += " after midnight UTC)";
}

void report_query(Layer& in, Context& context, Bytes message) {
  const uint8_t message_type = message.u8(0);
  if (message_type == kRouterAdvertisement) return report_routers(in);
  const bool is_extended = message_type == kExtendedRequest || message_type == kExtendedReply;
  if (!is_query(message_type) && !is_extended) return;
  report_identifiers(in, message);
  if (is_extended) return report_extended_echo(in, message_type == kExtendedRequest);
  const bool is_request = message_type == kEchoRequest;
  if (is_request || message_type == kEchoReply) {
    if (in.tree() != nullptr) report_match(in, context, is_request);
    return report_echo_data(in, context);
  }
  if (message_type == kTimestampRequest || message_type == kTimestampReply)
    for (const Field* field : {&f.originate, &f.receive, &f.transmit}) in(*field);
  if (message_type == kMaskRequest || message_type == kMaskReply) in.bytes(f.mask, 4);
}

void report_extensions(Layer& in, size_t at) {
  in.seek(at);
  const Bytes whole = in.rest();
  const auto all = in.group(f.extensions, whole.size());
  constexpr uint8_t kVersion = 2;
  in.replace("ICMP Multi-Part Extensions", whole.u8(0) >> 4 == kVersion ? "" : " (unsupported version)");
  in.add(f.extension_version, whole.u8(0) >> 4, at, 1);
  in(f.extension_reserved);
  const uint32_t sum = in(f.extension_checksum);
  if (sum == 0) {
    in.replace("Checksum: [missing]");
    in.conclude(f.extension_checksum_status, kChecksumNotPresent, at + 2, 2);
  } else {
    const bool is_right = checksum_of(whole, 2) == sum;
    is_right ? in.append(" [correct]") : in.append(" incorrect, should be ", Hex{checksum_of(whole, 2), 4});
    if (!is_right)
      in.expert(f.extension_checksum_bad, Severity::warning, ExpertGroup::checksum, "Bad checksum [should be ",
                Hex{checksum_of(whole, 2), 4}, ']');
    in.conclude(f.extension_checksum_status, is_right ? kChecksumGood : kChecksumBad, at + 2);
  }
  if (whole.u8(0) >> 4 != kVersion) return;
  while (in.rest().size() >= 4 && in.rest().be16(0) >= 4 && in.rest().be16(0) <= in.rest().size()) report_object(in);
}

}  // namespace tracedrop::dissect::icmp
