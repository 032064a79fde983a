// DNS stateful operations, RFC 8490, section 5.4: a message whose counts are 0, and then type (2), length (2), value.
// Wireshark reads the values of the types that it knows however long they say that they are.
#include "protocols/application/dns/dns.h"
#include "protocols/application/dns/fields.h"

namespace tracedrop::dissect::dns {

namespace {

constexpr size_t kTypeAndLength = 4;

void dissect_value(Layer& in) {
  enum Type : uint16_t { kKeepAlive = 1, kRetryDelay = 2, kPadding = 3 };
  const uint16_t type = in.rest().be16(0);
  const size_t length = in.rest().be16(2);
  const auto value = in.group(f.dso_tlv, kTypeAndLength + length);
  in.append(": ", Names(kStatefulTypes).of(type));
  in(f.dso_tlv_type);
  in(f.dso_tlv_length);
  if (type == kKeepAlive) {
    in(f.dso_tlv_keepalive_inactivity);
    in(f.dso_tlv_keepalive_interval);
  } else if (type == kRetryDelay) {
    in(f.dso_tlv_retrydelay_retrydelay);
  } else if (length > 0) {
    in.bytes(type == kPadding ? f.dso_tlv_encpad_padding : f.dso_tlv_data, length);
  }
}

}  // namespace

void dissect_stateful(MessageLayer& in) {
  const size_t start = in.at(), end = in.all().wire_size();
  if (start >= end) return in.malformed();
  const auto operations = in.group(f.dso, end);
  const uint32_t line = in.tree() != nullptr ? in.tree()->last() : 0;
  while (in.ok() && in.at() + kTypeAndLength <= end) dissect_value(in);
  if (in.tree() != nullptr && in.ok()) in.tree()->set_range(line, in.all().sub(start, in.at() - start));
}

}  // namespace tracedrop::dissect::dns
