// EAP over LAN, IEEE 802.1X (section 11.3): version (1), type (1), length (2), body. A key's body (IEEE 802.11, section
// 12.7.2) begins with the kind of descriptor (1); those of WPA and RSN go on with
//
//   key information (2), key length (2), replay counter (8), nonce (32), initialization vector (16), receive sequence
//   counter (8), reserved (8), message integrity code (16), data length (2), data: elements, often encrypted
//
// and the older one of RC4 with key length (2), replay counter (8), initialization vector (16), index (1), signature
// (16), key.
#include "protocols/link/wlan/eapol_fields.h"
#include "protocols/link/wlan/wlan.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr EapolFields eapol_fields;
constexpr auto& f = eapol_fields;
constexpr Claim kClaims[] = {{ether_types, 0x888E}};

enum Type : uint8_t { kEap = 0, kKey = 3, kKeyAgreement = 5 };
enum Descriptor : uint8_t { kRc4 = 1, kRsn = 2, kWpa = 254 };
enum KeyInfo : uint16_t {
  kPairwise = 0x0008,
  kInstall = 0x0040,
  kAck = 0x0080,
  kSecure = 0x0200,
  kError = 0x0400,
  kRequest = 0x0800,
  kEncrypted = 0x1000,
};

/// What the flags of a key frame say where in its handshake it stands.
struct Step {
  std::string_view name;
  uint8_t number;
};

bool is_zero(Bytes bytes) {
  for (size_t i = 0; i < bytes.size(); ++i)
    if (bytes.u8(i) != 0) return false;
  return true;
}

Step step_of(Bytes key) {
  constexpr size_t kInfoAt = 1, kNonceAt = 13, kNonceBytes = 32, kDataLengthAt = 93;
  const uint16_t info = key.be16(kInfoAt);
  if ((info & kRequest) != 0) return {(info & kError) != 0 ? "Request, Error" : "Request", 0};
  if ((info & kPairwise) == 0)
    return (info & kAck) != 0 ? Step{"Group Message 1 of 2", 1} : Step{"Group Message 2 of 2", 2};
  if ((info & kAck) != 0) return (info & kInstall) != 0 ? Step{"Message 3 of 4", 3} : Step{"Message 1 of 4", 1};
  const bool has_data = key.be16(kDataLengthAt) > 0;
  const bool has_nonce = (info & kSecure) == 0 && !is_zero(key.sub(kNonceAt, kNonceBytes));
  return has_data || has_nonce ? Step{"Message 2 of 4", 2} : Step{"Message 4 of 4", 4};
}

void read_info(Layer& in, uint8_t number) {
  if (number != 0) in.conclude(f.message, number, in.at());
  const uint32_t info = in(f.info);
  if (in.tree() == nullptr) return;
  const auto below = in.below();
  for (const Field* field = &f.info_version; field <= &f.info_smk; ++field)
    in.note(*field, masked(field->format, info), 2);
}

void read_handshake_key(Layer& in, Bytes key, uint8_t descriptor) {
  const Step step = step_of(key);
  const uint16_t info = key.be16(1);
  if (key.has(0, 3)) in.context().append_info(" (", step.name, ')');
  read_info(in, step.number);
  in(f.key_length);
  in(f.replay);
  in.bytes(f.nonce, 32);
  in.bytes(f.iv, 16);
  in.bytes(f.rsc, 8);
  in.bytes(f.id, 8);
  in.bytes(f.mic, 16);
  const uint32_t length = in(f.data_length);
  if (length == 0 || !in.ok()) return;
  const bool is_encrypted = (info & kEncrypted) != 0 || (descriptor == kWpa && (info & kPairwise) == 0);
  const Bytes data = in.bytes(f.data, length);
  if (is_encrypted || in.tree() == nullptr || !in.ok()) return;
  const auto below = in.below();
  Layer elements(in, data);
  dissect_elements(elements);
}

void read_rc4_key(Layer& in) {
  const uint32_t length = in(f.key_length);
  in(f.replay);
  in.bytes(f.iv, 16);
  const uint32_t index = in(f.index);
  {
    const auto below = in.below();
    in.note(f.index_type, index >> 7, 1);
    in.note(f.index_number, index & 0x7F, 1);
  }
  in.bytes(f.signature, 16);
  if (in.ok() && length > 0 && in.rest().wire_size() > 0) in.bytes(f.key, length);
}

void read_key(Layer& in) {
  const Bytes key = in.rest();
  const uint32_t descriptor = in(f.descriptor);
  if (!in.ok()) return;
  if (descriptor == kRsn || descriptor == kWpa) return read_handshake_key(in, key, static_cast<uint8_t>(descriptor));
  if (descriptor == kRc4) return read_rc4_key(in);
  if (in.rest().wire_size() > 0) in.bytes(f.body, in.rest().wire_size());
}

void dissect(Context& context, Bytes bytes) {
  constexpr size_t kHeaderBytes = 4;
  const Bytes whole = bytes.first(kHeaderBytes + bytes.be16(2));
  Layer in(context, eapol_protocol, whole);
  context.set_protocol(eapol_protocol);
  context.clear_info();
  in(f.version);
  const uint32_t type = in(f.type);
  in(f.length);
  if (!in.ok()) return;
  in.span_all();
  if (type == kEap) return context.call(eap_protocol, in.rest());
  const std::string_view name = name_of(kEapolType, type);
  if (name.empty()) return context.append_info("Unknown Type (", Hex{type, 2}, ')');
  context.append_info(name);
  if (type == kKey) read_key(in);
}

}  // namespace
}  // namespace wlan

namespace wlan {
constexpr const Protocol* kLent[] = {&wlan_protocol};
}
const Protocol eapol_protocol{.filter_name = "eapol",
                              .column_name = "EAPOL",
                              .title = "802.1X Authentication",
                              .fields = listed<wlan::eapol_fields>,
                              .claims = wlan::kClaims,
                              .dissect = wlan::dissect,
                              .borrows = wlan::kLent};

}  // namespace tracedrop::dissect
