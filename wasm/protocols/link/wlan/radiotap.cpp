// Radiotap (radiotap.org): version (1), pad (1), length of the header (2), then a word of 32 bits that says which
// fields follow, each where a multiple of its own size is, and more such words while their highest bit is set.
#include "base/text.h"
#include "protocols/link/wlan/radio.h"
#include "protocols/link/wlan/radiotap_fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr RadiotapFields radiotap_fields;
constexpr auto& f = radiotap_fields;
constexpr Claim kClaims[] = {{link_types, 127}};

enum Bit : uint8_t {
  kTimestamp = 0,
  kFlags = 1,
  kRate = 2,
  kChannel = 3,
  kHopping = 4,
  kSignalDbm = 5,
  kNoiseDbm = 6,
  kQuality = 7,
  kAttenuation = 8,
  kAttenuationDb = 9,
  kPower = 10,
  kAntenna = 11,
  kSignalDb = 12,
  kNoiseDb = 13,
  kRxFlags = 14,
  kTxFlags = 15,
  kDataRetries = 17,
  kXChannel = 18,
  kMcs = 19,
  kAggregate = 20,
  kSameSpace = 29,
  kVendorSpace = 30,
  kMoreWords = 31,
};

struct Shape {
  uint8_t alignment, size;
};
constexpr Shape kShapes[29] = {{8, 8}, {1, 1},  {1, 1},  {2, 4},  {2, 2},  {1, 1}, {1, 1}, {2, 2}, {2, 2}, {2, 2},
                               {1, 1}, {1, 1},  {1, 1},  {1, 1},  {2, 2},  {2, 2}, {1, 1}, {1, 1}, {4, 8}, {1, 3},
                               {4, 8}, {2, 12}, {8, 12}, {2, 12}, {2, 12}, {2, 6}, {1, 1}, {2, 4}, {4, 4}};

uint32_t report_word(Layer& in) {
  const uint32_t word = in.all().le32(in.at());
  in(f.word);
  if (in.tree() == nullptr || !in.ok()) return word;
  const auto below = in.below();
  in.note(f.tsft, word & 1, 4);
  for (const Field* field = &f.present_1; field <= &f.present_31; ++field)
    in.note(*field, masked(field->format, word), 4);
  return word;
}

class Reader {
 public:
  Reader(Layer& in, Radio& radio) : in_(in), radio_(radio) {}

  void read(uint8_t bit) {
    switch (bit) {
      case kTimestamp: radio_.timestamp_us = in_.wide(f.mactime); break;
      case kFlags: read_flags(); break;
      case kRate: read_rate(); break;
      case kChannel: read_channel(); break;
      case kHopping:
        in_(f.hopset);
        in_(f.pattern);
        radio_.phy = Phy::fhss;
        break;
      case kSignalDbm: radio_.signal_dbm = static_cast<int8_t>(with_unit(f.dbm_signal, " dBm", true)); break;
      case kNoiseDbm: radio_.noise_dbm = static_cast<int8_t>(with_unit(f.dbm_noise, " dBm", true)); break;
      case kQuality: in_(f.quality); break;
      case kAttenuation: in_(f.attenuation); break;
      case kAttenuationDb: in_(f.db_attenuation); break;
      case kPower: with_unit(f.tx_power, " dBm", true); break;
      case kAntenna: in_(f.antenna); break;
      case kSignalDb: radio_.signal_db = static_cast<uint8_t>(with_unit(f.db_signal, " dB", false)); break;
      case kNoiseDb: radio_.noise_db = static_cast<uint8_t>(with_unit(f.db_noise, " dB", false)); break;
      case kRxFlags: read_bits(f.rx_flags, &f.bad_plcp, &f.bad_plcp); break;
      case kTxFlags: read_bits(f.tx_flags, &f.tx_fail, &f.tx_order); break;
      case kDataRetries: in_(f.data_retries); break;
      case kXChannel: read_extended_channel(); break;
      case kMcs: read_mcs(); break;
      case kAggregate: read_aggregate(); break;
      default: in_.skip(kShapes[bit].size); break;
    }
  }

 private:
  uint32_t with_unit(const Field& field, std::string_view unit, bool is_signed) {
    const uint32_t value = in_(field);
    const int shown = is_signed ? static_cast<int8_t>(value) : static_cast<int>(value);
    in_.replace(field.title, ": ", shown, unit);
    return value;
  }
  void read_bits(const Field& field, const Field* first, const Field* last) {
    const uint32_t value = in_(field);
    if (in_.tree() == nullptr || !in_.ok()) return;
    const auto below = in_.below();
    for (; first <= last; ++first) in_.note(*first, masked(first->format, value), field.format.width);
  }
  void read_flags() {
    enum Flag : uint8_t { kShortPreamble = 0x02, kHasFcs = 0x10, kPadded = 0x20, kShortGap = 0x80 };
    const uint8_t flags = in_.all().u8(in_.at());
    read_bits(f.flags, &f.cfp, &f.short_gi);
    radio_.reception.has_fcs = (flags & kHasFcs) != 0;
    radio_.reception.is_padded = (flags & kPadded) != 0;
    radio_.has_short_preamble = (flags & kShortPreamble) != 0;
  }
  void read_rate() {
    const uint8_t half_megabits = in_.Cursor::u8();
    if (!in_.ok()) return;
    const double rate = half_megabits * 0.5;
    if (half_megabits != 0) radio_.rate_mbps = rate;
    if (in_.tree() == nullptr) return;
    in_.note(f.rate, float_bits(rate), 1);
    std::string text = "Data Rate: ";
    append_decimal(text, rate);
    in_.replace(text, " Mb/s");
  }
  void read_channel() {
    const uint32_t frequency = in_(f.frequency);
    if (!in_.ok()) return;
    radio_.frequency_mhz = frequency;
    radio_.channel = channel_at(frequency);
    std::string text = "Channel frequency: ";
    append_frequency(text, frequency);
    in_.replace(text);
    const uint16_t flags = in_.all().le16(in_.at());
    in_(f.channel_flags);
    tell_phy(flags);
    if (in_.tree() == nullptr || !in_.ok()) return;
    const auto below = in_.below();
    for (const Field* field = &f.channel_0; field <= &f.channel_14; ++field) {
      const uint64_t value = masked(field->format, flags);
      in_.note(*field, value, 2);
      if (value != 0 && in_.wants_texts()) in_.tree()->append(below.line(), ", ", field->title);
    }
  }
  void tell_phy(uint32_t flags) {
    enum Flag : uint16_t {
      kCck = 0x0020,
      kOfdm = 0x0040,
      k2Ghz = 0x0080,
      k5Ghz = 0x0100,
      kDynamic = 0x0400,
      kGfsk = 0x0800
    };
    constexpr uint32_t kKinds = kCck | kOfdm | k2Ghz | k5Ghz | kDynamic | kGfsk;
    switch (flags & kKinds) {
      case k2Ghz | kGfsk: radio_.phy = Phy::fhss; break;
      case k5Ghz | kOfdm: radio_.phy = Phy::a; break;
      case k2Ghz | kCck: radio_.phy = Phy::b; break;
      case k2Ghz | kOfdm:
      case k2Ghz | kDynamic: radio_.phy = Phy::g; break;
      default: break;
    }
  }
  void read_extended_channel() {
    read_bits(f.x_flags, &f.x_0, &f.x_14);
    const uint32_t frequency = in_(f.x_frequency);
    const uint32_t number = in_(f.x_number);
    in_(f.x_power);
    if (!in_.ok()) return;
    radio_.frequency_mhz = frequency;
    radio_.channel = number;
  }
  void read_mcs() {
    enum Known : uint8_t { kBandwidth = 1, kIndex = 2, kGap = 4, kFormat = 8, kFec = 16, kStbc = 32, kNess = 64 };
    const Bytes all = in_.all();
    const uint8_t known = all.u8(in_.at()), flags = all.u8(in_.at() + 1);
    auto mcs = in_.part(f.mcs);
    read_bits(f.mcs_known, &f.mcs_have_bw, &f.mcs_ness_bit1);
    in_.skip(1);
    if (!in_.ok()) return;
    radio_.phy = Phy::n;
    const auto tell = [&](Known what, const Field& field) {
      if ((known & what) == 0) return std::optional<uint32_t>();
      in_.note(field, masked(field.format, flags), 1);
      return std::optional<uint32_t>(static_cast<uint32_t>(masked(field.format, flags)));
    };
    radio_.bandwidth = tell(kBandwidth, f.mcs_bw);
    if (const auto gap = tell(kGap, f.mcs_gi)) radio_.has_short_gap = *gap != 0;
    if (const auto format = tell(kFormat, f.mcs_format)) radio_.is_greenfield = *format != 0;
    if (const auto fec = tell(kFec, f.mcs_fec)) radio_.has_ldpc = *fec != 0;
    radio_.stbc = tell(kStbc, f.mcs_stbc);
    tell(kNess, f.mcs_ness_bit0);
    const uint32_t index = in_.Cursor::u8();
    if ((known & kIndex) == 0 || !in_.ok()) return;
    in_.note(f.mcs_index, index, 1);
    radio_.mcs = index;
  }
  void read_aggregate() {
    constexpr uint32_t kLast = 0x8, kError = 0x10, kHasCrc = 0x20;
    auto aggregate = in_.part(f.ampdu);
    radio_.aggregate = in_(f.ampdu_reference);
    const uint32_t flags = in_.all().le16(in_.at());
    read_bits(f.ampdu_flags, &f.ampdu_report, &f.ampdu_eof_known);
    radio_.is_last_of_aggregate = (flags & kLast) != 0;
    radio_.has_delimiter_error = (flags & kError) != 0;
    if ((flags & kHasCrc) != 0)
      in_(f.ampdu_crc);
    else
      in_.skip(1);
    in_.skip(1);
  }

  Layer& in_;
  Radio& radio_;
};

/// All words that say what is there; the fields come behind the last.
constexpr size_t kMostWords = 16;
size_t read_words(Layer& in, uint32_t (&words)[kMostWords]) {
  auto present = in.part(f.present);
  size_t count = 0;
  uint32_t word = 0;
  do {
    word = report_word(in);
    words[count++] = word;
  } while (in.ok() && (word >> kMoreWords & 1) != 0 && count < kMostWords);
  return count;
}

void read_fields(Layer& in, Radio& radio, size_t length) {
  uint32_t words[kMostWords];
  const size_t count = read_words(in, words);
  Reader reader(in, radio);
  for (size_t i = 0; i < count && in.ok(); ++i) {
    // What another vendor's fields are, only their length tells; none of the bits behind them are known then.
    if (i > 0 && (words[i - 1] >> kVendorSpace & 1) != 0) return;
    if (i > 0 && (words[i - 1] >> kSameSpace & 1) == 0) return;
    for (uint8_t bit = 0; bit < kSameSpace && in.ok(); ++bit) {
      if ((words[i] >> bit & 1) == 0) continue;
      const Shape& shape = kShapes[bit];
      if (in.at() % shape.alignment != 0) in.skip(shape.alignment - in.at() % shape.alignment);
      if (in.at() + shape.size > length) return;
      reader.read(bit);
    }
  }
}

void dissect(Context& context, Bytes bytes) {
  constexpr size_t kFixedBytes = 8;
  Radio radio;
  size_t length = 0;
  {
    Layer in(context, radiotap_protocol, bytes);
    context.set_protocol(radiotap_protocol);
    context.clear_info();
    const uint32_t version = in(f.version);
    in(f.pad);
    length = in(f.length);
    if (!in.ok()) return;
    context.set_info("Radiotap Capture v", version, ", Length ", length);
    in.replace_title("Radiotap Header v", version, ", Length ", length);
    in.span(std::min(length, bytes.size()));
    if (version == 0 && length >= kFixedBytes) read_fields(in, radio, length);
    if (!bytes.has(0, length)) {
      in.seek(0);
      in.skip(length);
    }
    if (!in.ok()) return;
  }
  dissect_with_radio(context, bytes.from(length), radio);
}

}  // namespace
}  // namespace wlan

const Protocol radiotap_protocol{.filter_name = "radiotap",
                                 .column_name = "WLAN",
                                 .title = "Radiotap Capture header",
                                 .fields = listed<wlan::radiotap_fields>,
                                 .claims = wlan::kClaims,
                                 .dissect = wlan::dissect};

}  // namespace tracedrop::dissect
