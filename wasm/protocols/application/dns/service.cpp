// Records that hold lists of options.
//
// OPT (RFC 6891, section 6.1.2): code (2), length (2), data. SVCB and HTTPS (RFC 9460, section 2.2): priority (2),
// target name, then parameters: key (2), length (2), value.
#include "protocols/application/dns/dns.h"
#include "protocols/application/dns/fields.h"

namespace tracedrop::dissect::dns {

namespace {

enum ServiceKey : uint16_t { kMandatory = 0, kAlpn = 1, kPort = 3, kIpv4Hint = 4, kIpv6Hint = 6 };

void dissect_parameter(Layer& in, uint16_t key, size_t end) {
  const auto each = [&](auto&& read) {
    while (in.ok() && in.at() < end) read();
    if (in.ok() && in.at() != end) in.malformed();
  };
  switch (key) {
    case kMandatory: return each([&] { in.be16(field::svcb_mandatory); });
    case kAlpn:
      return each([&] {
        const size_t length = in.u8(field::svcb_alpn_len);
        const Bytes protocol = in.bytes(length);
        if (in.ok()) in.note_text(field::svcb_alpn, protocol.text(), length);
      });
    case kPort: in.be16(field::svcb_port); return;
    case kIpv4Hint: return each([&] { in.bytes(field::svcb_ipv4, 4); });
    case kIpv6Hint: return each([&] { in.bytes(field::svcb_ipv6, 16); });
    default: in.bytes(field::svcb_value, end - in.at()); return;
  }
}

}  // namespace

void dissect_options(Record& record) {
  MessageLayer& in = record.in;
  while (in.ok() && in.at() < record.end) {
    in.be16(field::opt_code);
    const size_t length = in.be16(field::opt_len);
    in.bytes(field::opt_data, length);
  }
}

void dissect_service(Record& record) {
  MessageLayer& in = record.in;
  in.be16(field::svcb_priority);
  read_name(in, field::svcb_target);
  while (in.ok() && in.at() < record.end) {
    const uint16_t key = in.be16(field::svcb_key);
    const size_t length = in.be16(field::svcb_len);
    if (in.ok()) dissect_parameter(in, key, in.at() + length);
  }
}

}  // namespace tracedrop::dissect::dns
