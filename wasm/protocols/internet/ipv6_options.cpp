#include "protocols/internet/ipv6_options.h"

namespace tracedrop::dissect::ipv6 {

namespace {

enum Option : uint8_t { kPad1 = 0, kPadN = 1, kTunnelLimit = 4, kRouterAlert = 5, kJumbo = 0xC2, kHomeAddress = 0xC9 };

bool is_experimental(uint8_t option) { return (option & 0x1F) == 0x1E; }

void report_type(Layer& in, const OptionFields& f, uint8_t option) {
  in(f.type);
  if (option == kPad1) return;
  const auto bits = in.below();
  for (const Field* field : {&f.action, &f.may_change, &f.rest}) in.note(*field, masked(field->format, option), 1);
}

void report_data(Layer& in, const OptionFields& f, uint8_t option, size_t length) {
  if (option == kPadN) {
    in.bytes(f.padn, length);
    if (length == 0) in.replace("PadN: <none>");
  } else if (option == kRouterAlert && length == 2) {
    in(f.router_alert);
  } else if (option == kTunnelLimit && length == 1) {
    in(f.tunnel_limit);
  } else if (option == kJumbo && length == 4) {
    in(f.jumbo);
  } else if (option == kHomeAddress && length == 16) {
    in.bytes(f.home_address, 16);
  } else {
    in.bytes(is_experimental(option) ? f.experimental : f.unknown, length);
  }
}

}  // namespace

void report_options(Layer& in, size_t end, const OptionFields& f) {
  while (in.ok() && in.at() < end) {
    const size_t from = in.at();
    const uint8_t option = in.rest().u8(0);
    const size_t length = in.rest().u8(1);
    if (option != kPad1 && from + 2 + length > end) return;
    const auto branch = in.group(f.option, 2 + length);  // (Pad1 has no length: Wireshark takes what follows for one)
    const std::string_view name = f.type.names.of(option);
    name.empty() ? in.replace("IPv6 Option (Unknown ", option, ')') : in.replace(name);
    report_type(in, f, option);
    if (option == kPad1) {
      in.add_bytes(f.pad1, from, 1);
      continue;
    }
    in(f.length);
    report_data(in, f, option, length);
    in.seek(from + 2 + length);
  }
}

}  // namespace tracedrop::dissect::ipv6
