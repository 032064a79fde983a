// Internet Group Management Protocol, versions 1 to 3 (RFC 1112, 2236, 3376): type (1), maximum response time (1),
// checksum (2), group (4). Version 3's queries and reports go on with sources:
//
//   query:   flags (1), interval (1), number of sources (2), sources (4 each)
//   report:  (type, 0, checksum) reserved (2), number of records (2); each record: type (1), auxiliary length in words
//   (1),
//            number of sources (2), group (4), sources (4 each), auxiliary data
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/checksum.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace igmp {
namespace {

enum Type : uint8_t { kQuery = 0x11, kReport1 = 0x12, kReport2 = 0x16, kLeave = 0x17, kReport3 = 0x22 };
enum RecordType : uint8_t { kInclude = 1, kExclude = 2, kToInclude = 3, kToExclude = 4, kAllow = 5, kBlock = 6 };

constexpr ValueName kTypes[] = {{0x01, "Create Group Request"},  {0x02, "Create Group Reply"},
                                {0x03, "Join Group Request"},    {0x04, "Join Group Reply"},
                                {0x05, "Leave Group Request"},   {0x06, "Leave Group Reply"},
                                {0x07, "Confirm Group Request"}, {0x08, "Confirm Group Reply"},
                                {kQuery, "Membership Query"},    {kReport1, "Membership Report"},
                                {0x13, "DVMRP Protocol"},        {0x14, "PIM Routing Message"},
                                {kReport2, "Membership Report"}, {kLeave, "Leave Group"},
                                {0x1E, "Traceroute Response"},   {0x1F, "Traceroute Query or Request"},
                                {kReport3, "Membership Report"}};
constexpr ValueName kRecordTypes[] = {{kInclude, "Mode Is Include"},          {kExclude, "Mode Is Exclude"},
                                      {kToInclude, "Change To Include Mode"}, {kToExclude, "Change To Exclude Mode"},
                                      {kAllow, "Allow New Sources"},          {kBlock, "Block Old Sources"}};

/// Beyond 127 it is a floating point number (RFC 3376, section 4.1.1); versions before 3 have none.
constexpr uint32_t tenths_of(uint32_t code, bool has_exponent) {
  return code < 128 || !has_exponent ? code : ((code & 15) | 16) << ((code >> 4 & 7) + 3);
}

struct Fields {
  Field version{"igmp.version", "IGMP Version", u8};
  Field type{"igmp.type", "Type", x8, kTypes};
  Field reserved{"igmp.reserved", "Reserved", raw_bytes};
  Field max_response{"igmp.max_resp", "Max Resp Time", u8};
  Field exponent{"igmp.max_resp.exp", "Exponent", bits(x8, 0x70)};
  Field mantissa{"igmp.max_resp.mant", "Mantissa", bits(x8, 0x0F)};
  Field checksum{"igmp.checksum", "Checksum", x16};
  Field checksum_status{"igmp.checksum.status", "Checksum Status", u8, write_checksum_status};
  Field checksum_bad{"igmp.bad_checksum", "Bad checksum"};
  Field group_address{"igmp.maddr", "Multicast Address", ipv4_32};
  Field suppress{"igmp.s", "S", flag(u8, 0x08),
                 TrueFalse{"SUPPRESS router side processing", "Do not suppress router side processing"}};
  Field robustness{"igmp.qrv", "QRV", bits(u8, 0x07)};
  Field interval{"igmp.qqic", "QQIC", u8};
  Field source_count{"igmp.num_src", "Num Src", u16};
  Field source_address{"igmp.saddr", "Source Address", ipv4_32};
  Field record_count{"igmp.num_grp_recs", "Num Group Records", u16};
  Field record_type{"igmp.record_type", "Record Type", u8, kRecordTypes};
  Field aux_len{"igmp.aux_data_len", "Aux Data Len", u8};
  Field aux_data{"igmp.aux_data", "Aux Data", raw_bytes};
  Field data{"igmp.data", "Data", raw_bytes};
} constexpr f;
constexpr Claim kClaims[] = {{ip_protocols, 2}};

constexpr size_t kPlainLength = 8;
constexpr size_t kQuery3Length = 12;

uint8_t version_of(Bytes message) {
  switch (message.u8(0)) {
    case kQuery:
      if (message.wire_size() >= kQuery3Length) return 3;
      return message.u8(1) == 0 ? 1 : 2;
    case kReport1: return 1;
    case kReport2:
    case kLeave: return 2;
    case kReport3: return 3;
    default: return 0;
  }
}

void append_ipv4(Context& context, std::string_view before, Bytes address) {
  if (context.info() == nullptr) return;
  *context.info() += before;
  append_address(*context.info(), Address::ipv4(address));
}

/// "{a, b}" after `one` or `many`, read as they come.
void dissect_sources(Layer& in, uint16_t count, std::string_view one, std::string_view many) {
  Context& context = in.context();
  if (count == 0) return;
  context.append_info(count == 1 ? one : many);
  context.append_info(" {");
  for (uint16_t i = 0; i < count; ++i) {
    const Bytes source = in.bytes(f.source_address, 4);
    if (!in.ok()) return;
    append_ipv4(context, "", source);
    if (i + 1 < count) context.append_info(", ");
  }
  context.append_info("}");
}

void dissect_query3(Layer& in, Bytes group) {
  Context& context = in.context();
  in.bits(f.suppress, f.robustness);
  in(f.interval);
  const auto count = static_cast<uint16_t>(in(f.source_count));
  if (!in.ok()) return;
  if (group.be32(0) == 0) {
    context.append_info(", general");
  } else {
    append_ipv4(context, ", specific for group ", group);
  }
  dissect_sources(in, count, ", source", ", sources");
}

void dissect_record_sources(Layer& in, uint8_t kind, uint16_t count) {
  Context& context = in.context();
  switch (kind) {
    case kInclude:
    case kToInclude: return dissect_sources(in, count, " for source", " for sources in");
    case kExclude:
    case kToExclude:
      if (count == 0) context.append_info(" for any sources");
      return dissect_sources(in, count, ", for source not", ", for sources not in");
    case kAllow:
      if (count == 0) context.append_info(", ALLOW_NEW_SOURCES but no source specified (?)");
      return dissect_sources(in, count, ", new source", ", new sources");
    case kBlock:
      if (count == 0) context.append_info(", BLOCK_OLD_SOURCES but no source specified (?)");
      return dissect_sources(in, count, ", block source", ", block sources");
    default:
      context.append_info(", unknown record type (?)");
      return dissect_sources(in, count, ", sources", ", sources");
  }
}

void dissect_record(Layer& in) {
  auto line = in.part_line("Group Record : ");
  const auto kind = static_cast<uint8_t>(in(f.record_type));
  const size_t aux = size_t{in(f.aux_len)} * 4;
  const auto count = static_cast<uint16_t>(in(f.source_count));
  const Bytes group = in.bytes(f.group_address, 4);
  if (!in.ok()) return;
  if (in.tree() != nullptr) {
    std::string text;
    append_address(text, Address::ipv4(group));
    line.append(text, "  ", name_of(kRecordTypes, kind));
  }
  const bool includes = kind == kInclude || kind == kToInclude;
  const bool excludes = kind == kExclude || kind == kToExclude;
  const std::string_view before = includes && count == 0 ? " / Leave group "
                                  : includes || excludes ? " / Join group "
                                                         : " / Group ";
  append_ipv4(in.context(), before, group);
  dissect_record_sources(in, kind, count);
  if (aux > 0) in.bytes(f.aux_data, aux);
}

void dissect_report3(Layer& in) {
  in.bytes(f.reserved, 2);
  const uint32_t count = in(f.record_count);
  if (in.ok() && count == 0) in.context().append_info(" - General query");
  for (uint32_t i = 0; in.ok() && i < count; ++i) dissect_record(in);
}

void dissect_group(Layer& in, uint8_t message_type, uint8_t message_version) {
  Context& context = in.context();
  const Bytes group = in.bytes(f.group_address, 4);
  if (!in.ok()) return;
  if (message_version == 3) return dissect_query3(in, group);
  if (message_version != 2) return;
  if (message_type == kReport2) return append_ipv4(context, " group ", group);
  if (message_type == kLeave) return append_ipv4(context, " ", group);
  if (group.be32(0) == 0) return context.append_info(", general");
  append_ipv4(context, ", specific for group ", group);
}

void name_unknown(Context& context, uint8_t message_type) {
  if (context.info() == nullptr) return;
  *context.info() = "Unknown Type:0x";
  append_hex(*context.info(), message_type, 2);
}

std::string_view column_name(uint8_t message_type, uint8_t message_version) {
  constexpr std::string_view kNames[] = {"IGMPv0", "IGMPv1", "IGMPv2", "IGMPv3"};
  return message_version > 0 || (message_type >= 1 && message_type <= 8) ? kNames[message_version] : "IGMP";
}

/// The byte behind the type: a time to respond, or nothing.
void read_max_response(Layer& in, uint8_t message_type, uint8_t message_version) {
  if (message_version == 1 || message_type == kReport3) {
    in.bytes(f.reserved, 1);
    return;
  }
  const uint32_t code = in(f.max_response);
  if (in.tree() == nullptr || !in.ok()) return;
  const uint32_t tenths = tenths_of(code, message_version == 3);
  in.replace("Max Resp Time: ", tenths / 10, '.', tenths % 10, " sec (", Hex{code, 2}, ')');
  if (message_version < 3 || code < 128) return;
  const auto below = in.below();
  in.note(f.exponent, code >> 4 & 7, 1);
  in.note(f.mantissa, code & 15, 1);
}

void dissect(Context& context, Bytes bytes) {
  if (bytes.empty()) {
    if (bytes.wire_size() > 0) context.shortage = Shortage::snapped;
    return;
  }
  const uint8_t message_version = version_of(bytes);
  const bool is_plain = message_version == 1 || message_version == 2;
  Layer in(context, igmp_protocol, is_plain ? bytes.first(kPlainLength) : bytes);
  if (message_version > 0) in.conclude(f.version, message_version, 0);
  const auto message_type = static_cast<uint8_t>(in(f.type));
  context.set_protocol(column_name(message_type, message_version));
  const std::string_view name = name_of(kTypes, message_type);
  name.empty() ? name_unknown(context, message_type) : context.set_info(name);
  if (message_version == 0) {
    if (in.tree() != nullptr) in.bytes(f.data, in.rest().size());
    return;
  }
  read_max_response(in, message_type, message_version);
  read_checksum(in, {f.checksum, f.checksum_status, f.checksum_bad, Severity::error});
  if (!in.ok()) return;
  message_type == kReport3 ? dissect_report3(in) : dissect_group(in, message_type, message_version);
}

}  // namespace
}  // namespace igmp

const Protocol igmp_protocol{.filter_name = "igmp",
                             .column_name = "IGMP",
                             .title = "Internet Group Management Protocol",
                             .fields = listed<igmp::f>,
                             .claims = igmp::kClaims,
                             .dissect = igmp::dissect};

}  // namespace tracedrop::dissect
