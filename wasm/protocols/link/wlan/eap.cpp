// Extensible Authentication Protocol (RFC 3748, section 4): code (1), identifier (1), length (2); requests and
// responses go on with the method's type (1) and its data. TLS and what builds upon it (RFC 5216, section 3.1): flags
// (1), length of all fragments (4) if the flags say so, TLS.
#include "dissect/layer.h"
#include "protocols/link/wlan/eap_fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr EapFields eap_fields;
constexpr auto& f = eap_fields;

enum Code : uint8_t { kRequest = 1, kResponse = 2 };
enum Method : uint8_t {
  kIdentity = 1,
  kNotification = 2,
  kNak = 3,
  kMd5 = 4,
  kTls = 13,
  kTtls = 21,
  kPeap = 25,
};

void warn(Layer& in) {
  const auto below = in.below();
  in.expert(f.mitm, Severity::warning, ExpertGroup::security, f.mitm.title);
}

void read_md5(Layer& in) {
  const uint32_t size = in(f.md5_size);
  in.bytes(f.md5_value, std::min<size_t>(size, in.rest().wire_size()));
  if (in.ok() && in.rest().wire_size() > 0) in.bytes(f.md5_extra, in.rest().wire_size());
}

void read_tls(Layer& in) {
  constexpr uint32_t kHasLength = 0x80;
  const uint32_t flags = in(f.tls_flags);
  {
    const auto below = in.below();
    for (const Field* field : {&f.tls_has_length, &f.tls_more, &f.tls_start, &f.tls_version})
      in.note(*field, masked(field->format, flags), 1);
  }
  if ((flags & kHasLength) != 0) in(f.tls_length);
}

void read_method(Layer& in, uint32_t type) {
  const size_t left = in.rest().wire_size();
  if (left == 0) return;
  switch (type) {
    case kIdentity: in.text(f.identity, left); break;
    case kNotification: in.text(f.notification, left); break;
    case kNak:
      for (size_t i = 0; i < left && in.ok(); ++i) in(f.desired);
      break;
    case kMd5: read_md5(in); break;
    case kTls:
    case kTtls:
    case kPeap: read_tls(in); break;
    default: break;
  }
}

void dissect(Context& context, Bytes bytes) {
  constexpr size_t kHeaderBytes = 4;
  const size_t length = bytes.be16(2);
  Layer in(context, eap_protocol, bytes);
  context.set_protocol(eap_protocol);
  context.clear_info();
  const uint32_t code = in(f.code);
  in(f.id);
  in(f.length);
  if (!bytes.has(0, 1)) return;
  const std::string_view name = name_of(kEapCode, code);
  name.empty() ? context.append_info("Unknown code (", Hex{code, 2}, ')') : context.append_info(name);
  if (!in.ok()) return;
  if (length > kHeaderBytes) in.span(length);
  if (code != kRequest && code != kResponse) return;
  const uint32_t type = in(f.type);
  if (!in.ok()) return;
  const std::string_view method = name_of(kEapType, type);
  method.empty() ? context.append_info(", Unknown type (", Hex{type, 2}, ')') : context.append_info(", ", method);
  if (type == kMd5) warn(in);
  if (length <= kHeaderBytes + 1) return;
  Layer data(in, bytes.sub(kHeaderBytes + 1, length - kHeaderBytes - 1));
  read_method(data, type);
  in.lacks(data.shortage());
  if (length > bytes.wire_size()) in.malformed();
}

}  // namespace
}  // namespace wlan

const Protocol eap_protocol{.filter_name = "eap",
                            .column_name = "EAP",
                            .title = "Extensible Authentication Protocol",
                            .fields = listed<wlan::eap_fields>,
                            .dissect = wlan::dissect};

}  // namespace tracedrop::dissect
