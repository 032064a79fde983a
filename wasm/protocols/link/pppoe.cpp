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

constexpr Field version{"pppoe.version", "Version", bits(u8, 0xF0)};
constexpr Field type{"pppoe.type", "Type", bits(u8, 0x0F)};
constexpr Field code{"pppoe.code", "Code", x8, kCodes};
constexpr Field session{"pppoe.session_id", "Session ID", x16};
constexpr Field length{"pppoe.payload_length", "Payload Length", u16};
constexpr Field tag_type{"pppoed.tag", "Tag", x16};
constexpr Field tag_length{"pppoed.tag_length", "Tag Length", u16};
constexpr Field concentrator{"pppoed.tags.ac_name", "AC-Name", plain_text};
constexpr const Field* kDiscoveryFields[] = {&version, &type,     &code,       &session,
                                             &length,  &tag_type, &tag_length, &concentrator};
constexpr const Field* kSessionFields[] = {&version, &type, &code, &session, &length};
constexpr const Field* kFirstBits[] = {&version, &type};
constexpr Claim kDiscoveryClaims[] = {{ether_types, 0x8863}};
constexpr Claim kSessionClaims[] = {{ether_types, 0x8864}};

enum Tag : uint16_t { kEndOfList = 0x0000, kConcentratorName = 0x0102 };

/// Bytes after the header, as many as it says.
Bytes read_header(Layer& in) {
  Context& context = in.context();
  context.clear_info();
  const uint8_t first = in.u8();
  in.note_bits(kFirstBits, first, 1);
  const uint8_t number = in.u8(code);
  if (in.ok()) {
    const std::string_view name = name_of(kCodes, number);
    context.set_info(name.empty() ? "Unknown" : name);
  }
  in.be16(session);
  const size_t payload_len = in.be16(length);
  return in.rest().first(payload_len);
}

void dissect_tags(Context& context, Layer& in, size_t payload_len) {
  const size_t end = in.at() + payload_len;
  while (in.ok() && in.at() + 4 <= end) {
    const uint16_t tag = in.be16(tag_type);
    const size_t tag_len = in.be16(tag_length);
    if (tag == kEndOfList) return;
    const Bytes value = in.bytes(tag_len);
    if (!in.ok() || tag != kConcentratorName) continue;
    in.note_text(concentrator, value.text(), tag_len);
    if (context.info() == nullptr) continue;
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

}  // namespace

const Protocol pppoe_discovery_protocol{"pppoed",         "PPPoED",         "PPP-over-Ethernet Discovery",
                                        kDiscoveryFields, kDiscoveryClaims, dissect_discovery};
const Protocol pppoe_session_protocol{"pppoes",       "PPPoES",       "PPP-over-Ethernet Session",
                                      kSessionFields, kSessionClaims, dissect_session};

}  // namespace tracedrop::dissect
