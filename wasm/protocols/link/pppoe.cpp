// PPP over Ethernet, RFC 2516, section 4: version and type (4 bits each), code (1), session (2), length (2). Discovery
// (EtherType 0x8863) carries tags of type (2), length (2), value; sessions (0x8864) carry PPP.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kCodes[] = {{0x00, "Session Data"},
                                {0x07, "Active Discovery Offer (PADO)"},
                                {0x09, "Active Discovery Initiation (PADI)"},
                                {0x0A, "Active Discovery Session-Grant (PADG)"},
                                {0x0B, "Active Discovery Session-Credit Resp.(PADC)"},
                                {0x0C, "Active Discovery Quality (PADQ)"},
                                {0x19, "Active Discovery Request (PADR)"},
                                {0x65, "Active Discovery Session-confirmation (PADS)"},
                                {0xA7, "Active Discovery Terminate (PADT)"},
                                {0xD3, "Active Discovery Message (PADM)"},
                                {0xD4, "Active Discovery Network (PADN)"}};

struct HeaderFields {
  Field version{"pppoe.version", "Version", bits(u8, 0xF0)};
  Field type{"pppoe.type", "Type", bits(u8, 0x0F)};
  Field code{"pppoe.code", "Code", x8, kCodes};
  Field session{"pppoe.session_id", "Session ID", x16};
  Field length{"pppoe.payload_length", "Payload Length", u16};
};

struct TagFields {
  Field all{"pppoed.tags", "PPPoE Tags"};
  Field type{"pppoed.tag", "Tag", x16};
  Field length{"pppoed.tag_length", "Tag Length", u16};
  Field unknown{"pppoed.tag.unknown_data", "Unknown Data", raw_bytes};
  Field service_name{"pppoed.tags.service_name", "Service-Name", plain_text};
  Field concentrator{"pppoed.tags.ac_name", "AC-Name", plain_text};
  Field host_unique{"pppoed.tags.host_uniq", "Host-Uniq", raw_bytes};
  Field cookie{"pppoed.tags.ac_cookie", "AC-Cookie", raw_bytes};
  Field vendor{"pppoed.tags.vendor_id", "Vendor id", u32};
  Field vendor_data{"pppoed.tags.vendor_unspecified", "Vendor unspecified", raw_bytes};
  Field relay_session{"pppoed.tags.relay_session_id", "Relay-Session-Id", raw_bytes};
  Field hurl{"pppoed.tags.hurl", "HURL", raw_bytes};
  Field motm{"pppoed.tags.motm", "MOTM", raw_bytes};
  Field max_payload{"pppoed.tags.max_payload", "PPP-Max-Payload", raw_bytes};
  Field route{"pppoed.tags.ip_route_add", "IP Route Add", raw_bytes};
  Field service_error{"pppoed.tags.service_name_error", "Service-Name-Error", plain_text};
  Field system_error{"pppoed.tags.ac_system_error", "AC-System-Error", plain_text};
  Field generic_error{"pppoed.tags.generic_error", "Generic-Error", plain_text};
};
struct Fields {
  HeaderFields header;
  TagFields tags;
} constexpr f;
constexpr const HeaderFields& header = f.header;
constexpr const TagFields& tags = f.tags;

constexpr Claim kDiscoveryClaims[] = {{ether_types, 0x8863}};
constexpr Claim kSessionClaims[] = {{ether_types, 0x8864}};

enum Tag : uint16_t { kEndOfList = 0x0000, kConcentratorName = 0x0102, kVendorSpecific = 0x0105 };

const Field* field_of(uint16_t tag) {
  switch (tag) {
    case 0x0101: return &tags.service_name;
    case kConcentratorName: return &tags.concentrator;
    case 0x0103: return &tags.host_unique;
    case 0x0104: return &tags.cookie;
    case 0x0110: return &tags.relay_session;
    case 0x0111: return &tags.hurl;
    case 0x0112: return &tags.motm;
    case 0x0120: return &tags.max_payload;
    case 0x0121: return &tags.route;
    case 0x0201: return &tags.service_error;
    case 0x0202: return &tags.system_error;
    case 0x0203: return &tags.generic_error;
    default: return nullptr;
  }
}

Bytes read_header(Layer& in) {
  Context& context = in.context();
  context.clear_info();
  in.bits(header.version, header.type);
  const uint32_t number = in(header.code);
  if (in.ok()) {
    const std::string_view name = name_of(kCodes, number);
    context.set_info(name.empty() ? "Unknown" : name);
  }
  in(header.session);
  const size_t payload_len = in(header.length);
  return in.rest().first(payload_len);
}

/// What is empty has no line.
void read_tag(Layer& in, uint16_t tag, size_t length) {
  constexpr size_t kVendorId = 4;
  if (tag == kVendorSpecific && length >= kVendorId) {
    in(tags.vendor);
    if (length > kVendorId) in.bytes(tags.vendor_data, length - kVendorId);
  } else if (const Field* field = field_of(tag)) {
    length == 0 ? in.skip(0) : void(in.bytes(*field, length));
  } else {
    in.add(tags.type, tag, in.at() - 4, 2);
    in.replace("Tag: Unknown (", Hex{tag, 4}, ')');
    in.add(tags.length, length, in.at() - 2, 2);
    in.add_bytes(tags.unknown, in.at() - 2, 2);  // as Wireshark has it
    in.skip(length);
  }
}

void dissect_tags(Context& context, Layer& in, size_t payload_len) {
  const size_t end = in.at() + payload_len;
  if (payload_len == 0) return;
  const auto branch = in.group(tags.all, payload_len);
  while (in.ok() && in.at() + 4 <= end) {
    const uint16_t tag = in.be16();
    const size_t tag_len = in.be16();
    if (tag == kEndOfList) return;
    const Bytes value = in.rest().first(tag_len);
    read_tag(in, tag, tag_len);
    if (!in.ok() || tag != kConcentratorName || context.info() == nullptr) continue;
    *context.info() += " AC-Name='";
    append_printable(*context.info(), value.text());
    *context.info() += '\'';
  }
}

void dissect_discovery(Context& context, Bytes bytes) {
  Layer in(context, pppoe_discovery_protocol, bytes);
  context.set_protocol(pppoe_discovery_protocol);
  const Bytes payload = read_header(in);
  if (in.ok()) dissect_tags(context, in, payload.wire_size());
}

void dissect_session(Context& context, Bytes bytes) {
  Layer in(context, pppoe_session_protocol, bytes);
  context.set_protocol(pppoe_session_protocol);
  const Bytes payload = read_header(in);
  if (!in.ok()) return;
  if (payload.empty()) return in.skip(payload.wire_size() > 0 ? 1 : bytes.wire_size());
  context.call(ppp_protocol, payload);
}

std::span<const Field> session_fields() { return fields_of(header); }

}  // namespace

const Protocol pppoe_discovery_protocol{"pppoed",  "PPPoED",         "PPP-over-Ethernet Discovery",
                                        listed<f>, kDiscoveryClaims, dissect_discovery};
const Protocol pppoe_session_protocol{"pppoes",       "PPPoES",       "PPP-over-Ethernet Session",
                                      session_fields, kSessionClaims, dissect_session};

}  // namespace tracedrop::dissect
