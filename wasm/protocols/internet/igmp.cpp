// Internet Group Management Protocol, versions 1 to 3 (RFC 1112, 2236, 3376): type (1), maximum response time (1),
// checksum (2), group (4). Version 3's queries and reports go on with sources:
//
//   query:   flags (1), interval (1), number of sources (2), sources (4 each)
//   report:  (type, 0, checksum) reserved (2), number of records (2); each record: type (1), auxiliary length in words
//   (1),
//            number of sources (2), group (4), sources (4 each), auxiliary data
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

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

constexpr Field version{"igmp.version", "IGMP Version", u8};
constexpr Field type{"igmp.type", "Type", x8, kTypes};
constexpr Field max_response{"igmp.max_resp", "Max Resp Time", u8};
constexpr Field checksum{"igmp.checksum", "Checksum", x16};
constexpr Field group_address{"igmp.maddr", "Multicast Address", ipv4_32};
constexpr Field source_count{"igmp.num_src", "Num Src", u16};
constexpr Field source_address{"igmp.saddr", "Source Address", ipv4_32};
constexpr Field record_count{"igmp.num_grp_recs", "Num Group Records", u16};
constexpr Field record{"igmp.group_record", "Group Record", label};
constexpr Field record_type{"igmp.record_type", "Record Type", u8, kRecordTypes};
constexpr Field aux_len{"igmp.aux_data_len", "Aux Data Len", u8};
constexpr const Field* kFields[] = {&version,       &type,         &max_response,   &checksum,
                                    &group_address, &source_count, &source_address, &record_count,
                                    &record,        &record_type,  &aux_len};
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
    const Bytes source = in.bytes(source_address, 4);
    if (!in.ok()) return;
    append_ipv4(context, "", source);
    if (i + 1 < count) context.append_info(", ");
  }
  context.append_info("}");
}

void dissect_query3(Layer& in, Bytes group) {
  Context& context = in.context();
  in.skip(2);
  const uint16_t count = in.be16(source_count);
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
  const auto branch = in.group(record, kPlainLength);
  const uint8_t kind = in.u8(record_type);
  const size_t aux = size_t{in.u8(aux_len)} * 4;
  const uint16_t count = in.be16(source_count);
  const Bytes group = in.bytes(group_address, 4);
  if (!in.ok()) return;
  const bool includes = kind == kInclude || kind == kToInclude;
  const bool excludes = kind == kExclude || kind == kToExclude;
  const std::string_view before = includes && count == 0 ? " / Leave group "
                                  : includes || excludes ? " / Join group "
                                                         : " / Group ";
  append_ipv4(in.context(), before, group);
  dissect_record_sources(in, kind, count);
  in.skip(aux);
}

void dissect_report3(Layer& in) {
  in.skip(2);
  const uint16_t count = in.be16(record_count);
  if (in.ok() && count == 0) in.context().append_info(" - General query");
  for (uint16_t i = 0; in.ok() && i < count; ++i) dissect_record(in);
}

void dissect_group(Layer& in, uint8_t message_type, uint8_t message_version) {
  Context& context = in.context();
  const Bytes group = in.bytes(group_address, 4);
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

void dissect(Context& context, Bytes bytes) {
  if (bytes.empty()) {
    if (bytes.wire_size() > 0) context.shortage = Shortage::snapped;
    return;
  }
  Layer in(context, igmp_protocol, bytes);
  const uint8_t message_type = in.u8(type);
  const uint8_t message_version = version_of(bytes);
  context.set_protocol(column_name(message_type, message_version));
  const std::string_view name = name_of(kTypes, message_type);
  name.empty() ? name_unknown(context, message_type) : context.set_info(name);
  if (message_version == 0) return;
  in.note(version, message_version);
  in.u8(max_response);
  in.be16(checksum);
  if (!in.ok()) return;
  message_type == kReport3 ? dissect_report3(in) : dissect_group(in, message_type, message_version);
}

}  // namespace

const Protocol igmp_protocol{"igmp", "IGMP", "Internet Group Management Protocol", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
