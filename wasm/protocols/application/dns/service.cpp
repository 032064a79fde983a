// SVCB and HTTPS records (RFC 9460, section 2.2): priority (2), target name, then parameters: key (2), length (2),
// value.
#include "base/text.h"
#include "dissect/escape.h"
#include "protocols/application/dns/ech.h"
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

enum ServiceKey : uint16_t {
  kMandatory = 0,
  kAlpn = 1,
  kPort = 3,
  kIpv4Hint = 4,
  kEch = 5,
  kIpv6Hint = 6,
  kDohPath = 7,
  kOdohConfig = 32769,
};

/// RFC 4648, section 4.
std::string base64(std::string_view raw) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t at = 0; at < raw.size(); at += 3) {
    const Bytes three = Bytes::of(raw.substr(at, 3));
    const uint32_t bits = uint32_t{three.u8(0)} << 16 | uint32_t{three.u8(1)} << 8 | three.u8(2);
    for (unsigned i = 0; i < 4; ++i) text += i <= three.size() ? kLetters[bits >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string key_name(uint32_t key) {
  const std::string_view name = name_of(kServiceKeyNames, key);
  return name.empty() ? "key" + std::to_string(key) : std::string(name);
}

/// One parameter. Its line, which is there, shows the values: "alpn=h2,h3".
class Parameter {
 public:
  Parameter(Layer& in, uint32_t key) : in_(in), key_(key) {
    if (in_.tree() != nullptr) line_ = in_.tree()->last();
  }

  void dissect() {
    const auto below = in_.below();
    in_(f.svcb_svcparam_key);
    const size_t length = in_(f.svcb_svcparam_value_length);
    if (!in_.ok()) return;
    end_ = in_.at() + length;
    if (in_.tree() != nullptr) in_.tree()->append(line_, ": ", key_name(key_));
    switch (key_) {
      case kMandatory: return each([&] { value(key_name(in_(f.svcb_svcparam_mandatory_key))); });
      case kAlpn:
        return each([&] {
          const size_t size = in_(f.svcb_svcparam_alpn_length);
          text(f.svcb_svcparam_alpn, size);
        });
      case kPort: return value(in_(f.svcb_svcparam_port));
      case kIpv4Hint: return each([&] { value(Address::ipv4(in_.bytes(f.svcb_svcparam_ipv4hint_ip, 4))); });
      case kIpv6Hint: return each([&] { value(Address::ipv6(in_.bytes(f.svcb_svcparam_ipv6hint_ip, 16))); });
      case kDohPath: return text(f.svcb_svcparam_dohpath, end_ - in_.at());
      case kEch: return dissect_ech_configs(in_, end_ - in_.at());
      case kOdohConfig: return configuration();
      default: return unknown();
    }
  }

 private:
  template <typename Read>
  void each(Read&& read) {
    while (in_.ok() && in_.at() < end_) read();
    if (in_.ok() && in_.at() != end_) in_.malformed();
  }

  template <typename Value>
  void value(const Value& shown) {
    if (in_.tree() == nullptr || !in_.ok()) return;
    if constexpr (std::is_same_v<Value, Address>) {
      std::string address;
      append_address(address, shown);
      in_.tree()->append(line_, has_value_ ? ',' : '=', address);
    } else {
      in_.tree()->append(line_, has_value_ ? ',' : '=', shown);
    }
    has_value_ = true;
  }

  void text(const Field& field, size_t size) {
    const std::string_view raw = in_.bytes(size).text();
    if (!in_.ok() || in_.tree() == nullptr) return;
    const std::string shown = key_ == kDohPath ? std::string(raw.substr(0, raw.find('\0'))) : ascii(raw);
    in_.note_text(field, shown, size);
    std::string printable;
    append_printable(printable, shown);
    value(printable);
  }

  void configuration() {
    const std::string_view raw = in_.bytes(end_ - in_.at()).text();
    if (!in_.ok() || in_.tree() == nullptr) return;
    const std::string shown = base64(raw);
    in_.note_text(f.svcb_svcparam_odohconfig, raw, raw.size());
    in_.replace(f.svcb_svcparam_odohconfig.title, ": ", shown);
    value(shown);
  }

  void unknown() {
    if (end_ == in_.at()) return;
    const std::string_view raw = in_.bytes(f.svcb_svcparam_value, end_ - in_.at()).text();
    if (in_.tree() == nullptr) return;
    std::string printable;
    append_escaped(printable, raw);
    value(printable);
  }

  Layer& in_;
  const uint32_t key_;
  size_t end_ = 0;
  uint32_t line_ = 0;
  bool has_value_ = false;
};

}  // namespace

void dissect_service(Record& record) {
  MessageLayer& in = record.in;
  in(f.svcb_svcpriority);
  read_name(in, f.svcb_targetname);
  while (in.ok() && in.at() < record.end) {
    const size_t start = in.at();
    in.add_bytes(f.svcb_svcparam, start, 4 + size_t{in.rest().be16(2)});
    Parameter(in, in.rest().be16(0)).dissect();
  }
}

}  // namespace tracedrop::dissect::dns
