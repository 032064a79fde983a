// What a capture tells of how a frame of IEEE 802.11 was sent and received, whatever header it does so with.
#pragma once

#include <optional>

#include "dissect/layer.h"
#include "protocols/link/wlan/wlan.h"

namespace tracedrop::dissect::wlan {

enum class Phy : uint8_t {
  unknown = 0,
  fhss = 1,
  infrared = 2,
  dsss = 3,
  b = 4,
  a = 5,
  g = 6,
  n = 7,
  ac = 8,
  ad = 9,
  ax = 11
};

struct Radio {
  Reception reception;
  Phy phy = Phy::unknown;
  std::optional<bool> has_short_preamble;
  std::optional<double> rate_mbps;
  std::optional<uint32_t> channel, frequency_mhz;
  std::optional<uint32_t> signal_percent, noise_percent;
  std::optional<uint8_t> signal_db, noise_db;
  std::optional<int8_t> signal_dbm, noise_dbm;
  std::optional<uint64_t> timestamp_us;
  // IEEE 802.11n
  std::optional<uint32_t> mcs, bandwidth, stbc, ness;
  std::optional<bool> has_short_gap, is_greenfield, has_ldpc;
  // of several frames in one
  std::optional<uint32_t> aggregate;
  bool is_last_of_aggregate = false, has_delimiter_error = false;
};

/// The layer of its own that Wireshark has for it, and the frame.
void dissect_with_radio(Context& context, Bytes frame, const Radio& radio);

/// The channel's number at a frequency.
std::optional<uint32_t> channel_at(uint32_t frequency_mhz);
/// "2412 [2.4 GHz 1]"
void append_frequency(std::string& out, uint32_t frequency_mhz);
/// A number with a decimal fraction of at least one digit: "5.5".
void append_decimal(std::string& out, double value);
/// A float as a tree keeps its value.
uint64_t float_bits(double value);

}  // namespace tracedrop::dissect::wlan
