#include "protocols/application/stun/attributes.h"

#include <algorithm>
#include <iterator>

#include "protocols/application/data.h"
#include "protocols/application/stun/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect::stun {

namespace {

constexpr size_t kHead = 4;
constexpr uint8_t kIpv4 = 1, kIpv6 = 2;

const Attribute* attribute_of(uint32_t type) {
  const auto found = std::lower_bound(std::begin(kAttributes), std::end(kAttributes), type,
                                      [](const Attribute& known, uint32_t wanted) { return known.type < wanted; });
  return found != std::end(kAttributes) && found->type == type ? found : nullptr;
}

/// Those that RFC 5389 took back: their addresses are not told in the row.
bool is_deprecated(uint32_t type) {
  return type == 0x0002 || type == 0x0004 || type == 0x0005 || type == 0x000B || type == 0x0011;
}

std::string shown(std::string_view raw) {
  std::string text;
  append_printable(text, raw);
  return text;
}

/// CRC-32 (ISO 3309) of the message up to the fingerprint, mixed with "STUN" (RFC 8489, section 14.7).
uint32_t fingerprint_of(Bytes bytes) {
  constexpr uint32_t kPolynomial = 0xEDB88320, kMixed = 0x5354554E;
  uint32_t crc = 0xFFFFFFFF;
  for (size_t i = 0; i < bytes.size(); ++i) {
    crc ^= bytes.u8(i);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? kPolynomial : 0);
  }
  return (crc ^ 0xFFFFFFFF) ^ kMixed;
}

class Attributes {
 public:
  explicit Attributes(Layer& in) : in_(in), context_(in.context()) {}

  void read() {
    const auto all = in_.group(f.attributes, in_.at(), in_.left());
    while (in_.ok() && in_.left() > 0 && read_one()) {
    }
  }

 private:
  /// False when the attributes end with it.
  bool read_one() {
    const size_t at = in_.at();
    const uint32_t type = in_.rest().be16(0), length = in_.rest().be16(2);
    if (in_.left() < kHead) {
      in_.skip(kHead);
      return false;
    }
    const size_t padded = (size_t{length} + 3) & ~size_t{3};
    const Attribute* const known = attribute_of(type);
    if (known != nullptr) {
      in_.add(f.attribute, type, at, kHead + padded);
      in_.replace(known->name, is_deprecated(type) ? " (Deprecated)" : "");
    } else {
      in_.line(at, kHead + padded, "Unknown attribute 0x", hex(type));
      in_.expert(f.unknown_attribute, Severity::warning, ExpertGroup::undecoded, "Unknown attribute 0x", hex(type));
    }
    if (known == nullptr && kHead + padded > in_.left()) {
      in_.malformed();
      return false;
    }
    auto attribute = in_.below();
    report_type(type, known);
    in_(f.attribute_length);
    if (length > in_.left()) {
      in_.append(" (bogus, goes past the end of the message)");
      return false;
    }
    const size_t end = in_.at() + length;
    read_value(attribute, known, type, end);
    if (!in_.ok()) return false;
    in_.seek(end);
    const size_t padding = std::min(padded - length, in_.left());
    if (padding > 0) in_.add(f.padding, padding, end, padding);
    in_.skip(padding);
    return true;
  }

  static std::string hex(uint32_t number) {
    std::string text;
    append_hex(text, number, 4);
    return text;
  }

  void report_type(uint32_t type, const Attribute* known) {
    const size_t at = in_.at();
    in_.skip(2);
    if (in_.tree() == nullptr) return;
    in_.add(f.attribute_type, type, at, 2);
    in_.replace("Attribute Type: ", known != nullptr ? std::string(known->name) : "0x" + hex(type));
    if (known == nullptr) return;
    const auto below = in_.below();
    in_.add(f.comprehension, type >> 15, at, 2);
    in_.add(f.assignment, type >> 14 & 1, at, 2);
  }

  template <typename Branch>
  void read_value(Branch& attribute, const Attribute* known, uint32_t type, size_t end) {
    const size_t size = end - in_.at();
    switch (known == nullptr ? Shape::value : known->shape) {
      case Shape::nothing: return;
      case Shape::address: return read_address(attribute, *known, end, false);
      case Shape::xor_address: return read_address(attribute, *known, end, true);
      case Shape::change_request: return read_change_request(size);
      case Shape::text: return read_text(attribute, *known, size);
      case Shape::raw:
        if (size > 0 && known->field->format.width == 0) in_.bytes(*known->field, size);
        if (size >= 8 && known->field->format.width == 8) in_(*known->field);
        return;
      case Shape::number: return read_number(attribute, *known, size);
      case Shape::error: return read_error(attribute, end);
      case Shape::unknown_list:
        for (size_t left = size; left > 0 && in_.ok(); left -= std::min<size_t>(left, 2)) in_(f.unknown);
        return;
      case Shape::channel: return read_channel(attribute, size);
      case Shape::data: return read_data(size);
      case Shape::family:
        if (size < 4) return;
        in_(f.family);
        in_.replace("Protocol Family: ", family_name(in_.all().u8(in_.at() - 1)));
        in_.bytes(f.reserved, 3);
        return;
      case Shape::even_port:
        if (size > 0) in_(f.reserve_next);
        return;
      case Shape::transport: return read_transport(attribute, size);
      case Shape::algorithms: return read_algorithms(end);
      case Shape::padding: in_.add(f.padding, size, in_.at(), size); return;
      case Shape::icmp:
        if (size < 4) return;
        in_(f.icmp_type);
        in_(f.icmp_code);
        return;
      case Shape::fingerprint: return read_fingerprint(size);
      case Shape::ms_sequence:
        if (size < 24) return;
        in_.bytes(f.ms_connection, 20);
        in_(f.ms_sequence);
        return;
      case Shape::ms_quality:
        if (size < 4) return;
        in_(f.ms_stream);
        in_(f.ms_quality);
        return;
      case Shape::ms_candidate:
        if (size >= 4) in_.text(f.ms_foundation, 4);
        return;
      case Shape::network_info:
        if (size < 4) return;
        in_(f.network_id);
        in_(f.network_cost);
        return;
      case Shape::microsoft: return read_microsoft(attribute, *known, size);
      case Shape::value:
        if (size > 0) in_.bytes(f.value, size);
        return;
    }
    (void)type;
  }

  static std::string family_name(uint8_t family) {
    std::string text(name_of(kFamilies, family));
    if (text.empty()) text = "Unknown";
    append(text, " (", Hex{family, 2}, ')');
    return text;
  }

  template <typename Branch>
  void read_address(Branch& attribute, const Attribute& known, size_t end, bool is_xor) {
    if (end - in_.at() < 2) return;
    in_.bytes(f.reserved, 1);
    const uint8_t family = in_.rest().u8(0);
    in_(f.family);
    in_.replace("Protocol Family: ", family_name(family));
    if (end - in_.at() < 2) return;
    const size_t at = in_.at();
    const Bytes all = in_.all();
    uint32_t port = all.be16(at);
    if (is_xor) {
      in_.add_bytes(f.port_xor, at, 2);
      port ^= all.be16(4);
    }
    in_.add(f.port, port, at, 2);
    if (is_xor) in_.generated();
    in_.skip(2);
    const size_t size = family == kIpv4 ? 4 : family == kIpv6 ? 16 : 0;
    if (size == 0 || end - in_.at() < size) return;
    std::string address(in_.rest().first(size).text());
    if (is_xor) {
      in_.add_bytes(family == kIpv4 ? f.ipv4_xor : f.ipv6_xor, in_.at(), size);
      for (size_t i = 0; i < size; ++i)
        address[i] = static_cast<char>(static_cast<uint8_t>(address[i]) ^ all.u8(4 + i));
    }
    in_.add_text(family == kIpv4 ? f.ipv4 : f.ipv6, address, in_.at(), size);
    if (is_xor) in_.generated();
    in_.skip(size);
    if (in_.tree() == nullptr && context_.info() == nullptr) return;
    std::string text;
    append_address(text, size == 4 ? Address::ipv4(Bytes::of(address)) : Address::ipv6(Bytes::of(address)));
    append(text, ':', port);
    attribute.append(": ", text);
    if (!is_deprecated(known.type)) context_.append_info(' ', known.name, ": ", text);
  }

  void read_change_request(size_t size) {
    if (size < 4) return;
    const auto [ip, port] = in_.bits(f.change_ip, f.change_port);
    if (ip != 0 && port != 0) return context_.append_info(", Change IP and Port");
    if (ip != 0) context_.append_info(", Change IP");
    if (port != 0) context_.append_info(", Change Port");
  }

  template <typename Branch>
  void read_text(Branch& attribute, const Attribute& known, size_t size) {
    std::string_view text = in_.rest().first(size).text();
    text = text.substr(0, text.find('\0'));
    in_.add_text(*known.field, text, in_.at(), size);
    in_.skip(size);
    const bool is_username = known.field == &f.username, is_realm = known.field == &f.realm;
    if (known.field == &f.nonce) context_.append_info(" with nonce");
    if (is_username) context_.append_info(" user: ", shown(text));
    if (is_realm) context_.append_info(" realm: ", shown(text));
    if (known.field != &f.software && in_.tree() != nullptr) attribute.append(": ", shown(text));
  }

  template <typename Branch>
  void read_number(Branch& attribute, const Attribute& known, size_t size) {
    if (size < 4) return;
    const uint32_t number = in_(*known.field);
    if (known.field == &f.lifetime) {
      attribute.append(' ', number);
      context_.append_info(" lifetime: ", number);
    } else if (known.field == &f.bandwidth) {
      attribute.append(' ', number);
      context_.append_info(" bandwidth: ", number);
    }
  }

  template <typename Branch>
  void read_error(Branch& attribute, size_t end) {
    if (end - in_.at() < 4) return;
    in_.bytes(f.reserved, 2);
    const uint32_t kind = in_(f.error_class), rest = in_(f.error), code = kind * 100 + rest;
    const std::string_view name = name_of(kErrors, code);
    const std::string_view known_name = name.empty() ? std::string_view("*Unknown error code*") : name;
    attribute.append(' ', code, " (", known_name, ')');
    context_.append_info(" error-code: ", code, " (", known_name, ')');
    if (in_.at() >= end) return;
    const std::string_view reason = in_.text(f.reason, end - in_.at());
    if (in_.tree() != nullptr) attribute.append(": ", shown(reason));
    context_.append_info(' ', shown(reason));
  }

  template <typename Branch>
  void read_channel(Branch& attribute, size_t size) {
    if (size < 4) return;
    const uint32_t channel = in_(f.channel_number);
    in_.bytes(f.reserved, 2);
    attribute.append(": 0x", hex(channel));
    context_.append_info(" ChannelNumber=0x", hex(channel));
  }

  void read_data(size_t size) {
    if (size == 0) return;
    const Bytes data = in_.rest().first(size);
    in_.bytes(f.value, size);
    if (in_.tree() == nullptr) return dissect_relayed(context_, data);
    const uint32_t before = in_.tree()->nest();
    dissect_relayed(context_, data);
    in_.tree()->unnest(before);
  }

  template <typename Branch>
  void read_transport(Branch& attribute, size_t size) {
    if (size < 4) return;
    const uint32_t protocol = in_(f.transport);
    const std::string_view name = name_of(kTransports, protocol);
    std::string text(name);
    if (name.empty()) {
      std::string digits;
      append_hex(digits, protocol, 1);
      text = "Unknown (0x" + std::string(8 - digits.size(), ' ') + digits + ')';
    }
    if (name.empty()) in_.replace("Transport: Unknown (", Hex{protocol, 2}, ')');
    in_.bytes(f.reserved, 3);
    attribute.append(": ", text);
    context_.append_info(' ', text);
  }

  void read_algorithms(size_t end) {
    while (in_.ok() && end - in_.at() >= 4) {
      in_(f.algorithm);
      const uint32_t size = in_(f.algorithm_length);
      if (size > end - in_.at()) return in_.malformed();
      if (size > 0) in_.bytes(f.algorithm_data, size);
    }
  }

  void read_fingerprint(size_t size) {
    if (size < 4) return;
    const size_t at = in_.at();
    const uint32_t crc = in_(f.crc);
    if (in_.tree() == nullptr) return;
    const uint32_t wanted = fingerprint_of(in_.all().first(at - kHead));
    if (crc == wanted) {
      in_.append(" [correct]");
    } else {
      in_.append(" incorrect, should be ", Hex{wanted, 8});
      in_.expert(f.bad_crc, Severity::warning, ExpertGroup::checksum, "Bad Fingerprint [should be ", Hex{wanted, 8},
                 ']');
    }
    in_.conclude(f.crc_status, crc == wanted ? 1 : 0, at);
    in_.replace("CRC-32 Status: ", crc == wanted ? "Good" : "Bad");
  }

  template <typename Branch>
  void read_microsoft(Branch& attribute, const Attribute& known, size_t size) {
    if (size < 4) return;
    const uint32_t version = in_(*known.field);
    const std::string_view name = known.field->names.of(version);
    attribute.append(": ", name.empty() ? std::string_view("Unknown") : name);
  }

  Layer& in_;
  Context& context_;
};

}  // namespace

void read_attributes(Layer& in) { Attributes(in).read(); }

void dissect_relayed(Context& context, Bytes bytes) {
  for (const Protocol* protocol : {&rtcp_protocol, &sip_protocol})
    if (protocol->recognise_datagram(bytes)) return context.call(*protocol, bytes);
  dissect_data(context, bytes);
}

}  // namespace tracedrop::dissect::stun
