// Elements of IEEE 802.11 that tell of the network as a whole (section 9.4.2): who has traffic waiting, where it is,
// how strong one may send, what it can do.
#include "protocols/link/wlan/elements.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& n = f.network;

}  // namespace

void read_traffic_map(Element& element) {
  constexpr size_t kFixedBytes = 3;
  Layer& in = element.in;
  if (element.length < kFixedBytes + 1) return;
  const uint32_t count = in(n.dtim_count), period = in(n.dtim_period), control = in(n.bitmap_control);
  {
    const auto below = in.below();
    add_bits(in, n.multicast, n.bitmap_offset, control, 1);
  }
  in.bytes(n.bitmap, element.length - kFixedBytes);
  element.tag.append(": DTIM ", count, " of ", period, " bitmap");
}

void read_country(Element& element) {
  constexpr size_t kTripletBytes = 3;
  constexpr uint32_t kFirstExtension = 201;
  Layer& in = element.in;
  if (element.length < 6) return;
  const std::string_view code = in.text(n.country, 2);
  const uint32_t environment = in(n.environment);
  const std::string_view place = name_of(kNetCountryInfoEnvironment, environment);
  element.tag.append(": Country Code ", code, ", Environment ");
  place.empty() ? element.tag.append(Hex{environment, 2}) : element.tag.append(place);
  while (in.ok() && in.at() + kTripletBytes <= element.length) {
    if (in.all().u8(in.at()) >= kFirstExtension) return in.skip(element.length - in.at());
    auto triplet = in.part(n.triplet);
    const uint32_t first = in(n.first_channel), count = in(n.channel_count), power = in(n.max_power);
    in.replace("Maximum Transmit Power Level: ", power, " dBm");
    triplet.append(": First Channel Number: ", first, ", Number of Channels: ", count,
                   ", Maximum Transmit Power Level: ", power, " dBm");
  }
  while (in.ok() && in.at() < element.length) in.bytes(n.country_padding, 1);
}

void read_constraint(Element& element) {
  if (element.length != 1) return;
  const uint32_t value = element.in(n.constraint);
  element.tag.append(": ", value);
}

void read_power_capability(Element& element) {
  if (element.length != 2) return;
  Layer& in = element.in;
  const auto least = static_cast<int8_t>(in(n.min_power));
  in.replace("Minimum Transmit Power: ", static_cast<int>(least), " dBm");
  const auto most = static_cast<int8_t>(in(n.max_capability));
  in.replace("Maximum Transmit Power: ", static_cast<int>(most), " dBm");
  element.tag.append(" Min: ", static_cast<int>(least), ", Max: ", static_cast<int>(most));
}

void read_erp(Element& element) {
  if (element.length != 1) return;
  Layer& in = element.in;
  const uint32_t value = in(n.erp);
  const auto below = in.below();
  add_bits(in, n.erp_present, n.erp_reserved, value, 1);
}

namespace {

struct Octet {
  const Field* first;
  const Field* last;
};
constexpr Octet kOctets[] = {{&n.extended_b0, &n.extended_b7},   {&n.extended_b8, &n.extended_b15},
                             {&n.extended_b16, &n.extended_b23}, {&n.extended_b24, &n.extended_b31},
                             {&n.extended_b32, &n.extended_b39}, {&n.extended_b40, &n.extended_b47},
                             {&n.extended_b48, &n.extended_b55}, {&n.extended_b56, &n.extended_b63}};

}  // namespace

void read_extended_capabilities(Element& element) {
  Layer& in = element.in;
  if (element.length == 0) return;
  element.tag.append(" (", Counted{element.length, "octet", "octets"}, ')');
  for (size_t i = 0; i < element.length && i < std::size(kOctets) && in.ok(); ++i) {
    // Where it goes on behind the eighth octet, one number has bits in both.
    if (i + 1 == std::size(kOctets) && element.length > std::size(kOctets)) break;
    const uint32_t value = in(n.extended);
    in.append(" (octet ", i + 1, ')');
    const auto below = in.below();
    add_bits(in, *kOctets[i].first, *kOctets[i].last, value, 1);
  }
  if (element.length <= std::size(kOctets) || !in.ok()) return;
  const uint32_t pair = in(n.extended_pair);
  in.append(" (octets 8 & 9)");
  {
    const auto below = in.below();
    add_bits(in, n.pair_b56, n.pair_b71, pair, 2);
  }
  if (in.at() >= element.length) return;
  const uint32_t tenth = in(n.extended);
  in.append(" (octet 10)");
  const auto below = in.below();
  add_bits(in, n.extended_b72, n.extended_b79, tenth, 1);
}

void read_supported_channels(Element& element) {
  Layer& in = element.in;
  for (uint32_t i = 1; in.ok() && in.at() + 2 <= element.length; ++i) {
    auto set = in.part(n.channels);
    const uint32_t first = in(n.channels_first), range = in(n.channels_range);
    set.append(" #", i, " First: ", first, ", Range: ", range, ' ');
  }
}

void read_interworking(Element& element) {
  constexpr size_t kAddressBytes = 6;
  Layer& in = element.in;
  if (element.length == 0) return;
  in.bits(n.access_type, n.internet, n.asra, n.esr, n.uesa);
  if (element.length == 3 || element.length == 9) in.skip(2);
  if (element.length >= 1 + kAddressBytes) in(n.hessid);
}

void read_timeout(Element& element) {
  if (element.length != 5) return;
  element.in(n.timeout_type);
  element.in(n.timeout_value);
}

}  // namespace tracedrop::dissect::wlan
