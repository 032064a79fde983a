// How a frame was sent and received: a layer of Wireshark's own, that says the same whatever header told it.
#include "protocols/link/wlan/radio.h"

#include <cmath>
#include <cstring>

#include "base/text.h"
#include "protocols/link/wlan/radio_fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr RadioFields radio_fields;
constexpr auto& f = radio_fields;

struct Band {
  uint32_t first_mhz, last_mhz;
  uint32_t base_mhz;  ///< of channel 0
};
constexpr Band kBands[] = {{2412, 2472, 2407}, {5000, 5925, 5000}, {4910, 4980, 4000}, {5955, 7115, 5950}};
constexpr uint32_t kJapan = 2484, kJapanChannel = 14;

/// Time of what precedes a frame's bits, and of the frame, in microseconds.
struct AirTime {
  uint32_t preamble_us = 0, total_us = 0;
};

bool is_direct_sequence(const Radio& radio) {
  const double rate = *radio.rate_mbps;
  return rate == 1.0 || rate == 2.0 || rate == 5.5 || rate == 11.0;
}

/// Symbols of OFDM come without one of its kind.
bool has_preamble(const Radio& radio) {
  if (radio.phy == Phy::g) return radio.rate_mbps && is_direct_sequence(radio);
  return radio.phy == Phy::b || radio.phy == Phy::dsss || radio.phy == Phy::unknown;
}

/// By IEEE 802.11, sections 15 to 17: DSSS sends its preamble at a rate of its own, OFDM in symbols of 4 microseconds.
std::optional<AirTime> air_time(const Radio& radio, size_t frame_bytes) {
  if (!radio.rate_mbps || *radio.rate_mbps <= 0) return std::nullopt;
  const auto bits = static_cast<double>(frame_bytes) * 8;
  AirTime time;
  const bool is_old =
      radio.phy == Phy::b || radio.phy == Phy::dsss || (radio.phy == Phy::g && is_direct_sequence(radio));
  if (is_old) {
    time.preamble_us = radio.has_short_preamble.value_or(true) ? 96 : 192;
    time.total_us = time.preamble_us + static_cast<uint32_t>(std::ceil(bits / *radio.rate_mbps));
    return time;
  }
  if (radio.phy != Phy::a && radio.phy != Phy::g) return std::nullopt;
  constexpr double kServiceAndTailBits = 16 + 6, kSymbolUs = 4;
  time.preamble_us = 20;
  time.total_us = time.preamble_us +
                  static_cast<uint32_t>(std::ceil((bits + kServiceAndTailBits) / (*radio.rate_mbps * kSymbolUs))) * 4;
  return time;
}

void report_air_time(Layer& in, const Radio& radio, size_t frame_bytes) {
  const std::optional<AirTime> time = air_time(radio, frame_bytes);
  if (!time) return;
  const bool assumes = (radio.phy == Phy::b || radio.phy == Phy::dsss) && !radio.has_short_preamble;
  in.conclude(f.duration, time->total_us, 0);
  in.replace("Duration: ", time->total_us, "µs");
  const auto below = in.below();
  if (assumes)
    in.expert(f.assumed_short, Severity::warning, ExpertGroup::assumption,
              "No preamble length information was available, assuming short preamble.");
  in.conclude(f.preamble, time->preamble_us, 0);
  in.replace("Preamble: ", time->preamble_us, "µs");
  if (!radio.timestamp_us) return;
  const uint64_t end = *radio.timestamp_us, start = end - time->total_us;
  in.conclude(f.start, start, 0);
  in.replace("Start: ", start, "µs");
  in.conclude(f.end, end, 0);
  in.replace("End: ", end, "µs");
}

void report_high_throughput(Layer& in, const Radio& radio) {
  if (radio.mcs) in.add(f.mcs_index, *radio.mcs, 0, 0);
  if (radio.bandwidth) in.add(f.bandwidth, *radio.bandwidth, 0, 0);
  if (radio.has_short_gap) in.add(f.short_gi, *radio.has_short_gap, 0, 0);
  if (radio.is_greenfield) in.add(f.greenfield, *radio.is_greenfield, 0, 0);
  if (radio.has_ldpc) in.add(f.fec, *radio.has_ldpc, 0, 0);
  if (radio.stbc) in.add(f.stbc, *radio.stbc, 0, 0);
  if (radio.ness) in.add(f.ness, *radio.ness, 0, 0);
}

/// A number and its unit as one text.
template <typename Value>
void add_with_unit(Layer& in, const Field& field, const std::optional<Value>& value, std::string_view unit) {
  if (!value) return;
  in.add(field, static_cast<uint64_t>(static_cast<int64_t>(*value)), 0, 0);
  if (unit.empty() || !in.wants_texts()) return;
  in.replace(field.title, ": ", *value, unit);
}

void report(Layer& in, const Radio& radio, size_t frame_bytes) {
  if (radio.phy != Phy::unknown) in.add(f.phy, static_cast<uint64_t>(radio.phy), 0, 0);
  if (radio.phy == Phy::a) in.add(f.turbo_type, 0, 0, 0);
  if (radio.phy == Phy::g) in.add(f.mode, 0, 0, 0);
  if (radio.phy == Phy::n) report_high_throughput(in, radio);
  if (radio.has_short_preamble && has_preamble(radio)) in.add(f.short_preamble, *radio.has_short_preamble, 0, 0);
  if (radio.rate_mbps) {
    in.add(f.data_rate, float_bits(*radio.rate_mbps), 0, 0);
    std::string rate = "Data rate: ";
    append_decimal(rate, *radio.rate_mbps);
    in.replace(rate, " Mb/s");
  }
  add_with_unit(in, f.channel, radio.channel, "");
  add_with_unit(in, f.frequency, radio.frequency_mhz, "MHz");
  add_with_unit(in, f.signal_percent, radio.signal_percent, "%");
  add_with_unit(in, f.signal_db, radio.signal_db, " dB");
  add_with_unit(in, f.signal_dbm, radio.signal_dbm, " dBm");
  add_with_unit(in, f.noise_percent, radio.noise_percent, "%");
  add_with_unit(in, f.noise_db, radio.noise_db, " dB");
  add_with_unit(in, f.noise_dbm, radio.noise_dbm, " dBm");
  if (radio.signal_dbm && radio.noise_dbm)
    add_with_unit(in, f.snr, std::optional<int>(*radio.signal_dbm - *radio.noise_dbm), " dB");
  if (radio.timestamp_us) in.add(f.timestamp, *radio.timestamp_us, 0, 0);
  if (radio.aggregate) {
    in.add(f.last_part, radio.is_last_of_aggregate, 0, 0);
    in.add(f.crc_error, radio.has_delimiter_error, 0, 0);
    in.add(f.aggregate_id, *radio.aggregate, 0, 0);
  }
  report_air_time(in, radio, frame_bytes);
}

}  // namespace

uint64_t float_bits(double value) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

void append_decimal(std::string& out, double value) {
  const auto tenths = static_cast<uint64_t>(value * 10 + 0.5);
  append_number(out, tenths / 10);
  out += '.';
  append_number(out, tenths % 10);
}

std::optional<uint32_t> channel_at(uint32_t frequency_mhz) {
  if (frequency_mhz == kJapan) return kJapanChannel;
  for (const Band& band : kBands)
    if (band.first_mhz <= frequency_mhz && frequency_mhz <= band.last_mhz && (frequency_mhz - band.base_mhz) % 5 == 0)
      return (frequency_mhz - band.base_mhz) / 5;
  return std::nullopt;
}

void append_frequency(std::string& out, uint32_t frequency_mhz) {
  append_number(out, frequency_mhz);
  const std::optional<uint32_t> channel = channel_at(frequency_mhz);
  if (!channel) return append(out, " [UNKNOWN]");
  append(out, frequency_mhz < 3000 ? " [2.4 GHz " : frequency_mhz < 5950 ? " [5 GHz " : " [6 GHz ", *channel, ']');
}

void dissect_with_radio(Context& context, Bytes frame, const Radio& radio) {
  {
    Layer in(context, wlan_radio_protocol, frame);
    in.span(0);
    if (in.tree() != nullptr) report(in, radio, frame.wire_size());
  }
  dissect_frame(context, frame, radio.reception);
}

}  // namespace wlan

const Protocol wlan_radio_protocol{.filter_name = "wlan_radio",
                                   .column_name = "802.11",
                                   .title = "802.11 radio information",
                                   .fields = listed<wlan::radio_fields>};

}  // namespace tracedrop::dissect
