// The options of neighbor discovery, RFC 4861, section 4.6; RFC 4191 (routes), 5175 (flags), 8106 (DNS), 8910 (portal).
#include "base/text.h"
#include "dissect/time_text.h"
#include "protocols/internet/icmpv6.h"
#include "protocols/list.h"

namespace tracedrop::dissect::icmpv6 {

namespace {

enum Option : uint8_t {
  kPrefix = 3,
  kRedirected = 4,
  kMtu = 5,
  kInterval = 7,
  kHomeAgent = 8,
  kTimestamp = 13,
  kNonce = 14,
  kRoute = 24,
  kDnsServers = 25,
  kFlagsExtension = 26,
  kDomains = 31,
  kPortal = 37,
};

void append_link_address(Context& context, uint8_t option_number, Bytes address) {
  if (context.info() == nullptr) return;
  *context.info() += option_number == kSourceAddressOption ? " from " : " is at ";
  append_address(*context.info(), Address::mac(address));
}

/// One option that is here as a whole; `end` is where it ends.
class Report {
 public:
  Report(Layer& in, uint32_t line, size_t end) : in_(in), line_(line), end_(end) {}

  void run(uint8_t number) {
    const size_t length = end_ - in_.at();
    switch (number) {
      case kSourceAddressOption:
      case kTargetAddressOption: return link_address(length);
      case kPrefix: return length >= 30 ? prefix() : unknown(number);
      case kRedirected: return redirected();
      case kMtu: return reserved(2), append(" : ", in_(f.option_mtu));
      case kInterval: return reserved(2), append(" : ", in_(f.advertisement_interval));
      case kHomeAgent:
        reserved(2);
        in_(f.agent_preference);
        in_(f.agent_lifetime);
        return;
      case kTimestamp: return length >= 14 ? timestamp() : unknown(number);
      case kNonce: in_.bytes(f.nonce, length); return;
      case kRoute: return route();
      case kDnsServers: return servers();
      case kFlagsExtension: return flags();
      case kDomains: return domains();
      case kPortal: return portal(length);
      default: return unknown(number);
    }
  }

 private:
  template <typename... Parts>
  void append(const Parts&... parts) {
    in_.tree()->append(line_, parts...);
  }
  void reserved(size_t size) { in_.bytes(f.option_reserved, size); }

  void link_address(size_t length) {
    const Bytes raw = in_.bytes(f.link_address, length);
    if (length != 6) return;
    std::string text;
    append_address(text, Address::mac(raw));
    in_.replace("Link-layer address: ", text);
    append(" : ", text);
  }
  void append_prefix(Bytes prefix, uint32_t bits) {
    std::string text;
    append_address(text, Address::ipv6(prefix));
    append(text, '/', bits);
  }
  void prefix() {
    const uint32_t bits = in_(f.prefix_length);
    const uint32_t value = in_(f.prefix_flags);
    report_flags(in_, value, 1, {&f.on_link, &f.autonomous, &f.router_address, &f.delegates},
                 {&f.on_link, &f.autonomous, &f.router_address, &f.delegates, &f.prefix_reserved});
    in_(f.valid_lifetime);
    in_(f.preferred_lifetime);
    reserved(4);
    const Bytes prefix = in_.bytes(f.prefix, 16);
    append(" : ");
    append_prefix(prefix, bits);
  }
  void redirected() {
    reserved(6);
    if (in_.at() >= end_) return;
    const Bytes packet = in_.rest().first(end_ - in_.at());
    in_.add_bytes(f.redirected, in_.at(), packet.size());
    in_.context().quote(ipv6_protocol, packet);
  }
  /// 48 bits of seconds, and 1/65536 of one (RFC 3971, section 5.3.1).
  void timestamp() {
    reserved(6);
    const uint64_t value = in_.rest().be64(0);
    const uint64_t ns = (value >> 16) * 1'000'000'000 + ((value & 0xFFFF) * 1'000'000'000 >> 16);
    in_.add(f.timestamp, ns, in_.at(), 8);
  }
  void route() {
    const uint32_t bits = in_(f.prefix_length);
    const uint32_t value = in_(f.route_flags);
    const uint64_t preference = masked(f.route_preference.format, value);
    in_.append(", Route Preference: ", f.route_preference.names.of(preference));
    report_flags(in_, value, 1, {}, {&f.route_preference, &f.route_reserved});
    in_(f.route_lifetime);
    std::string prefix(16, '\0');
    const Bytes given = in_.rest().first(std::min<size_t>(end_ - in_.at(), 16));
    prefix.replace(0, given.size(), given.text());
    append(" : ", f.route_preference.names.of(preference), ' ');
    append_prefix(Bytes::of(prefix), bits);
    if (given.size() > 0) in_.add_text(f.prefix, prefix, in_.at(), given.size());
  }
  void servers() {
    reserved(2);
    in_(f.servers_lifetime);
    while (in_.at() + 16 <= end_) {
      const Bytes server = in_.bytes(f.server, 16);
      std::string text;
      append_address(text, Address::ipv6(server));
      append(' ', text);
    }
  }
  /// Names as in DNS, without compression; the rest is zero.
  void domains() {
    reserved(2);
    in_(f.domains_lifetime);
    while (in_.at() < end_ && in_.rest().u8(0) != 0) {
      const size_t from = in_.at();
      std::string name;
      for (size_t label = in_.rest().u8(0); label != 0 && in_.at() + 1 + label <= end_; label = in_.rest().u8(0)) {
        if (!name.empty()) name += '.';
        name += in_.rest().sub(1, label).text();
        in_.skip(1 + label);
      }
      if (in_.at() == from) break;
      if (in_.at() < end_) in_.skip(1);
      in_.add_text(f.domains, name, from, in_.at() - from);
      append(' ', name);
    }
    if (in_.at() < end_) in_.bytes(f.padding, end_ - in_.at());
  }
  void flags() {
    const size_t at = in_.at();
    const uint64_t value = in_.wide(f.flags_expansion);
    const auto below = in_.below();
    in_.add(f.expansion_reserved, value >> 2, at, 6);
    in_.add(f.expansion_private, value & 3, at, 6);
  }
  void portal(size_t length) {
    const std::string_view text = in_.rest().first(length).text();
    in_.add_text(f.portal, text.substr(0, text.find('\0')), in_.at(), length);
  }
  void unknown(uint8_t number) {
    if (f.option_type.names.of(number).empty()) {
      const uint32_t last = in_.tree()->last();
      in_.tree()->set_last(line_);
      in_.expert(f.undecoded_option, Severity::note, ExpertGroup::undecoded, "Dissector for ICMPv6 Option (", number,
                 ") code not implemented, Contact Wireshark developers if you want this supported");
      in_.tree()->set_last(last);
    }
    in_.bytes(f.data, end_ - in_.at());
  }

  Layer& in_;
  uint32_t line_;
  size_t end_;
};

void report_option(Layer& in, size_t from, size_t length) {
  Tree& tree = *in.tree();
  const uint8_t number = in.all().u8(from);
  const auto branch = in.group(f.option, from, length);
  const uint32_t line = tree.last();
  const std::string_view name = f.option_type.names.of(number);
  name.empty() ? tree.append(line, " (Unknown ", number) : tree.append(line, " (", name);
  in.seek(from);
  in(f.option_type);
  in(f.option_length);
  in.replace("Length: ", length / 8, " (", length, " bytes)");
  if (length == 0) {
    in.expert(f.bad_option_length, Severity::error, ExpertGroup::malformed, "Invalid option length (Zero)");
    return;
  }
  if (in.all().size() >= from + length) Report(in, line, from + length).run(number);
  tree.append(line, ')');
}

}  // namespace

void write_option_lifetime(std::string& out, uint64_t seconds) {
  append(out, seconds, " (");
  seconds == UINT32_MAX ? out.append("Infinity") : (append_duration(out, seconds), out);
  out += ')';
}

void report_flags(Layer& in, uint64_t value, size_t size, std::initializer_list<const Field*> named,
                  std::initializer_list<const Field*> shown) {
  if (in.tree() == nullptr || !in.ok()) return;
  for (const Field* field : named)
    if (masked(field->format, value) != 0) in.append(", ", field->title);
  const auto below = in.below();
  for (const Field* field : shown) in.note(*field, masked(field->format, value), size);
}

void dissect_options(Layer& in, Context& context) {
  while (in.ok() && in.rest().wire_size() > 0) {
    const size_t from = in.at();
    const uint8_t number = in.u8();
    const size_t length = size_t{in.u8()} * 8;
    if (in.tree() != nullptr && in.ok()) report_option(in, from, length);
    if (!in.ok() || length == 0) return;
    // The packet that a redirect is about is in the chain of layers, whether or not somebody asks for lines.
    const bool has_packet = number == kRedirected && length > 8 && in.all().size() >= from + length;
    if (has_packet && in.tree() == nullptr) context.quote(ipv6_protocol, in.all().sub(from + 8, length - 8));
    in.seek(from + 2);
    const bool has_address = (number == kSourceAddressOption || number == kTargetAddressOption) && length == 8;
    const Bytes value = in.rest().first(6);
    in.skip(length - 2);
    if (has_address && in.ok()) append_link_address(context, number, value);
  }
}

}  // namespace tracedrop::dissect::icmpv6
