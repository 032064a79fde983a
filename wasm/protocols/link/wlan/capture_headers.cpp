// What captures put before a frame, besides radiotap:
//
//   PPI (Per-Packet Information): version (1), flags (1), length (2), link type (4), then fields of type (2), length
//   (2), content; type 2 tells of IEEE 802.11. Least significant byte first. AVS: magic and version (4), length (4),
//   times, PHY, channel and so on. Most significant byte first. Prism: message code (4), length (4), device (16), then
//   items of ID (4), status (2), length (2), value (4), in the byte order of who wrote it.
#include "base/text.h"
#include "protocols/link/wlan/capture_header_fields.h"
#include "protocols/link/wlan/radio.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr PpiFields ppi_fields;
constexpr AvsFields avs_fields;
constexpr PrismFields prism_fields;
constexpr Claim kPpiClaims[] = {{link_types, 192}};
constexpr Claim kAvsClaims[] = {{link_types, 163}};
constexpr Claim kPrismClaims[] = {{link_types, 119}};
constexpr uint32_t kPlainFrames = 105;

void add_rate(Layer& in, const Field& field, uint64_t value, double mbps, size_t size, std::string_view unit) {
  in.note(field, value, size);
  if (!in.wants_texts()) return;
  std::string text(field.title);
  text += ": ";
  append_decimal(text, mbps);
  in.replace(text, unit);
}

void add_bits(Layer& in, const Field* first, const Field* last, uint64_t value, size_t size) {
  if (in.tree() == nullptr || !in.ok()) return;
  const auto below = in.below();
  for (; first <= last; ++first) in.note(*first, masked(first->format, value), size);
}

Phy phy_of_channel(uint32_t flags) {
  enum Flag : uint16_t { kCck = 0x0020, kOfdm = 0x0040, k2Ghz = 0x0080, k5Ghz = 0x0100, kDynamic = 0x0400 };
  switch (flags & (kCck | kOfdm | k2Ghz | k5Ghz | kDynamic)) {
    case k2Ghz | kCck: return Phy::b;
    case k2Ghz | kOfdm:
    case k2Ghz | kDynamic: return Phy::g;
    case k5Ghz | kOfdm: return Phy::a;
    default: return Phy::unknown;
  }
}

void read_common(Layer& in, Radio& radio) {
  constexpr auto& f = ppi_fields;
  constexpr uint32_t kHasFcs = 1, kIsMilliseconds = 2;
  const uint64_t timestamp = in.wide(f.tsft);
  const uint32_t flags = in(f.common_flags);
  add_bits(in, &f.fcs, &f.phy_error, flags, 2);
  const uint32_t half_megabits = in.Cursor::le16();
  add_rate(in, f.rate, half_megabits, half_megabits * 0.5, 2, " Mbps");
  const uint32_t frequency = in.Cursor::le16();
  in.note(f.frequency, frequency, 2);
  std::string text = "Channel frequency: ";
  append_frequency(text, frequency);
  in.replace(text);
  const uint32_t channel = in(f.channel);
  add_bits(in, &f.turbo, &f.gfsk, channel, 2);
  in(f.hopset);
  in(f.pattern);
  const auto signal = static_cast<int8_t>(in(f.dbm_signal)), noise = static_cast<int8_t>(in(f.dbm_noise));
  if (!in.ok()) return;
  radio.timestamp_us = (flags & kIsMilliseconds) != 0 ? timestamp * 1000 : timestamp;
  radio.reception.has_fcs = (flags & kHasFcs) != 0;
  if (half_megabits != 0) radio.rate_mbps = half_megabits * 0.5;
  if (frequency != 0) radio.frequency_mhz = frequency;
  radio.channel = channel_at(frequency);
  radio.phy = phy_of_channel(channel);
  if (signal != 0) radio.signal_dbm = signal;
  if (noise != 0) radio.noise_dbm = noise;
}

void read_ppi_fields(Layer& in, Radio& radio, size_t length, bool is_aligned) {
  constexpr uint32_t kCommon = 2;
  while (in.ok() && in.at() + 4 <= length) {
    const std::string_view name = name_of(kPpiFieldType, in.all().le16(in.at()));
    auto one = in.part_line(name.empty() ? "Unknown" : name);
    const uint32_t type = in(ppi_fields.type), size = in(ppi_fields.size);
    const size_t end = std::min(length, in.at() + size);
    if (type == kCommon && size >= 20) read_common(in, radio);
    if (in.at() < end) in.skip(end - in.at());
    if (is_aligned && in.at() % 4 != 0) in.skip(4 - in.at() % 4);
  }
}

void dissect_ppi(Context& context, Bytes bytes) {
  constexpr auto& f = ppi_fields;
  Radio radio;
  size_t length = 0;
  uint32_t link_type = 0;
  {
    Layer in(context, ppi_protocol, bytes);
    context.set_protocol(ppi_protocol);
    const uint32_t version = in(f.version), flags = in(f.flags);
    add_bits(in, &f.alignment, &f.reserved, flags, 1);
    length = in(f.length);
    link_type = in(f.dlt);
    if (!in.ok()) return;
    context.set_info("PPI version ", version, ", ", length, " bytes");
    in.replace_title("PPI version ", version, ", ", length, " bytes");
    in.span(std::min(length, bytes.size()));
    read_ppi_fields(in, radio, length, (flags & 1) != 0);
    if (in.at() < length) in.skip(length - in.at());
    if (!in.ok()) return;
  }
  if (link_type == kPlainFrames) return dissect_with_radio(context, bytes.from(length), radio);
  context.call(link_types, link_type, bytes.from(length));
}

void read_avs_fields(Layer& in, Radio& radio) {
  constexpr auto& f = avs_fields;
  radio.timestamp_us = in.wide(f.mactime);
  in(f.hosttime);
  const uint32_t phy = in(f.phytype), channel = in(f.channel), rate = in.Cursor::be32();
  // (Units of 100 kbit/s, or of bit/s.)
  const double mbps = rate < 100000 ? rate * 0.1 : rate / 1e6;
  add_rate(in, f.rate, static_cast<uint64_t>(mbps * 1e6), mbps, 4, " Mb/s");
  in(f.antenna);
  in(f.priority);
  in(f.ssi_type);
  in(f.signal);
  in(f.noise);
  const uint32_t preamble = in(f.preamble);
  in(f.encoding);
  if (!in.ok()) return;
  constexpr Phy kPhys[] = {Phy::unknown, Phy::fhss, Phy::dsss, Phy::infrared, Phy::b, Phy::b, Phy::g, Phy::g, Phy::a};
  if (phy < std::size(kPhys)) radio.phy = kPhys[phy];
  if (rate != 0) radio.rate_mbps = mbps;
  if (preamble == 1 || preamble == 2) radio.has_short_preamble = preamble == 1;
  radio.channel = channel;
  if (channel >= 1 && channel <= 13) radio.frequency_mhz = 2407 + 5 * channel;
}

void dissect_avs(Context& context, Bytes bytes) {
  constexpr auto& f = avs_fields;
  Radio radio;
  const size_t length = bytes.be32(4);
  {
    Layer in(context, avs_protocol, bytes);
    context.set_protocol(avs_protocol);
    const auto version = in.bits(f.magic, f.version);
    in(f.length);
    if (!in.ok()) return;
    context.set_info("AVS WLAN Capture v");
    if (context.info() != nullptr) append_hex(*context.info(), version[1], 1);
    context.append_info(", Length ", length);
    in.span(std::min(length, bytes.size()));
    read_avs_fields(in, radio);
    if (in.at() < length) in.skip(length - in.at());
    if (!in.ok()) return;
  }
  dissect_with_radio(context, bytes.from(length), radio);
}

/// Items of Prism that tell of the frame, by the number in the middle of their ID.
enum Item : uint8_t { kMacTime = 2, kChannel = 3, kSignal = 4, kRate = 8 };

void read_prism_items(Layer& in, Radio& radio, size_t length, bool is_short) {
  constexpr size_t kItemBytes = 12;
  constexpr auto& f = prism_fields;
  while (in.ok() && in.at() + kItemBytes <= length) {
    auto item = in.part(f.did);
    const uint32_t id = in(f.did_type), number = is_short ? id >> 12 & 0xF : id >> 16 & 0xF;
    in(f.did_status);
    in(f.did_length);
    const uint32_t value = in.Cursor::le32();
    if (!in.ok()) return;
    switch (number) {
      case kMacTime: radio.timestamp_us = value; break;
      case kChannel: radio.channel = value; break;
      case kSignal: radio.signal_dbm = static_cast<int8_t>(value); break;
      case kRate: radio.rate_mbps = value * 0.5; break;
      default: break;
    }
  }
}

void dissect_prism(Context& context, Bytes bytes) {
  enum Code : uint32_t { kLong = 0x44, kShort = 0x41 };
  constexpr uint32_t kAvsMagic = 0x80211000, kAvsMask = 0xFFFFFFF0;
  constexpr size_t kDeviceBytes = 16;
  constexpr auto& f = prism_fields;
  if ((bytes.be32(0) & kAvsMask) == kAvsMagic) return context.call(avs_protocol, bytes);
  const uint32_t code = bytes.le32(0);
  if (code != kLong && code != kShort) return dissect_frame(context, bytes, {});
  Radio radio;
  size_t length = 0;
  {
    Layer in(context, prism_protocol, bytes);
    context.set_protocol(prism_protocol);
    in(f.code);
    length = in(f.length);
    in.text(f.device, kDeviceBytes);
    if (!in.ok()) return;
    in.span(std::min(length, bytes.size()));
    radio.phy = Phy::b;
    read_prism_items(in, radio, length, code == kShort);
    if (in.at() < length) in.skip(length - in.at());
    if (!in.ok()) return;
  }
  dissect_with_radio(context, bytes.from(length), radio);
}

}  // namespace
}  // namespace wlan

const Protocol ppi_protocol{.filter_name = "ppi",
                            .column_name = "PPI",
                            .title = "PPI Packet Header",
                            .fields = listed<wlan::ppi_fields>,
                            .claims = wlan::kPpiClaims,
                            .dissect = wlan::dissect_ppi};
const Protocol avs_protocol{.filter_name = "wlancap",
                            .column_name = "WLAN",
                            .title = "AVS WLAN Capture header",
                            .fields = listed<wlan::avs_fields>,
                            .claims = wlan::kAvsClaims,
                            .dissect = wlan::dissect_avs};
const Protocol prism_protocol{.filter_name = "prism",
                              .column_name = "Prism",
                              .title = "Prism capture header",
                              .fields = listed<wlan::prism_fields>,
                              .claims = wlan::kPrismClaims,
                              .dissect = wlan::dissect_prism};

}  // namespace tracedrop::dissect
