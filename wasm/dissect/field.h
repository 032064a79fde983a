// The declaration of one field of one protocol: its name in display filters, its title in the detail tree, what stands
// in the packet for it and how it is shown. Declared once, in the protocol's file; reading, tree, filters and exports
// all use this.
//
//   struct Udp {
//     Field source_port{"udp.srcport", "Source Port", u16, {}, "udp.port"};
//     Field checksum{"udp.checksum", "Checksum", x16};
//     Field more{"ip.flags.mf", "More fragments", flag(u8, 0x20), kSet};
//   } constexpr f;
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tracedrop::dissect {

enum class Kind : uint8_t {
  none,  ///< a labelled branch of the tree, without a value
  boolean,
  number,
  signed_number,
  float_number,  ///< IEEE 754, 4 or 8 bytes
  bytes,
  text,
  mac,
  ipv4,
  ipv6,
  eui64,
  guid,           ///< 16 bytes; with little endian as DCE has them
  oid,            ///< an object identifier, as BER encodes it
  absolute_time,  ///< value in nanoseconds since 1970
  relative_time,  ///< value in nanoseconds
  packet,         ///< number of another packet
  protocol,       ///< a layer: what `ip` is in a filter
};

enum class Base : uint8_t { dec, hex, oct, dec_hex, hex_dec, character, utc };

/// What stands in the packet for a field, and how numbers are shown.
struct Format {
  Kind kind = Kind::none;
  uint8_t width = 0;  ///< bytes; 0: as many as the reader is told
  bool little_endian = false;
  Base base = Base::dec;
  uint64_t mask = 0;       ///< of the bytes that are read, the bits that are the value; 0: all
  uint8_t shown_bits = 0;  ///< of a bit field's picture ("..1. ...."); 0: as many as are read
  uint8_t scale = 1;       ///< the value is this many times what the bits say (a length in words)
};

inline constexpr Format label{};
inline constexpr Format u8{Kind::number, 1}, u16{Kind::number, 2}, u24{Kind::number, 3}, u32{Kind::number, 4},
    u40{Kind::number, 5}, u48{Kind::number, 6}, u56{Kind::number, 7}, u64{Kind::number, 8};
inline constexpr Format x8{Kind::number, 1, false, Base::hex}, x16{Kind::number, 2, false, Base::hex},
    x24{Kind::number, 3, false, Base::hex}, x32{Kind::number, 4, false, Base::hex},
    x40{Kind::number, 5, false, Base::hex}, x48{Kind::number, 6, false, Base::hex},
    x56{Kind::number, 7, false, Base::hex}, x64{Kind::number, 8, false, Base::hex};
inline constexpr Format s8{Kind::signed_number, 1}, s16{Kind::signed_number, 2}, s24{Kind::signed_number, 3},
    s32{Kind::signed_number, 4}, s64{Kind::signed_number, 8};
inline constexpr Format f32{Kind::float_number, 4}, f64{Kind::float_number, 8};
inline constexpr Format boolean{Kind::boolean, 1};
inline constexpr Format raw_bytes{Kind::bytes}, plain_text{Kind::text};
inline constexpr Format mac48{Kind::mac, 6}, ipv4_32{Kind::ipv4, 4}, ipv6_128{Kind::ipv6, 16}, eui_64{Kind::eui64, 8},
    guid_128{Kind::guid, 16}, object_id{Kind::oid};
inline constexpr Format absolute_ns{Kind::absolute_time}, utc_ns{Kind::absolute_time, 0, false, Base::utc},
    relative_ns{Kind::relative_time};
inline constexpr Format packet_number{Kind::packet, 4};

/// The same, least significant byte first.
constexpr Format le(Format format) {
  format.little_endian = true;
  return format;
}
/// A number shown in both bases, or in another one.
constexpr Format in_base(Format format, Base base) {
  format.base = base;
  return format;
}
/// The bits of `mask` in what `format` reads; `shown_bits` where Wireshark pictures fewer than are read.
constexpr Format bits(Format format, uint64_t mask, uint8_t shown_bits = 0) {
  format.mask = mask;
  format.shown_bits = shown_bits;
  return format;
}
/// A number that counts units of `scale`: a length in words, an offset in 8 bytes.
constexpr Format times(Format format, uint8_t scale) {
  format.scale = scale;
  return format;
}
/// One bit (or: any of some), true or false.
constexpr Format flag(Format format, uint64_t mask, uint8_t shown_bits = 0) {
  format.kind = Kind::boolean;
  return bits(format, mask, shown_bits);
}

struct ValueName {
  uint64_t value;
  std::string_view name;
};
struct RangeName {
  uint64_t first, last;
  std::string_view name;
};
/// What the two values of a boolean mean.
struct TrueFalse {
  std::string_view yes, no;
};
/// What stands behind a number, by its grammatical number.
struct Unit {
  std::string_view one, many;
};
inline constexpr TrueFalse kSet{"Set", "Not set"};
inline constexpr Unit kBytesUnit{" byte", " bytes"}, kSecondsUnit{" second", " seconds"};

/// The name of `value` in a table that is sorted by value, or nothing.
constexpr std::string_view name_of(std::span<const ValueName> names, uint64_t value) {
  constexpr size_t kFew = 16;
  if (names.size() <= kFew) {
    for (const ValueName& known : names)
      if (known.value == value) return known.name;
    return {};
  }
  size_t first = 0, count = names.size();
  while (count > 0) {
    const size_t half = count / 2;
    if (names[first + half].value < value) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first < names.size() && names[first].value == value ? names[first].name : std::string_view{};
}

/// What the values of a field are called.
class Names {
 public:
  using Write = void (*)(std::string& out, uint64_t value);

  constexpr Names() = default;
  constexpr Names(std::span<const ValueName> table) : values_(table) {}
  template <size_t kCount>
  constexpr Names(const ValueName (&table)[kCount]) : values_(table) {}
  template <size_t kCount>
  constexpr Names(const RangeName (&table)[kCount]) : ranges_(table) {}
  constexpr Names(TrueFalse two) : pair_{two.yes, two.no} {}
  constexpr Names(Unit after) : pair_{after.one, after.many}, has_unit_(true) {}
  /// Writes the whole value ("1.5 seconds"), as no table can.
  constexpr Names(Write write_value) : write_(write_value) {}

  constexpr std::span<const ValueName> values() const { return values_; }
  constexpr std::span<const RangeName> ranges() const { return ranges_; }
  constexpr bool has_names() const { return !values_.empty() || !ranges_.empty(); }
  constexpr bool has_unit() const { return has_unit_; }
  constexpr Write write() const { return write_; }
  constexpr TrueFalse truth() const { return pair_.yes.empty() || has_unit_ ? TrueFalse{"True", "False"} : pair_; }
  constexpr Unit unit() const { return {pair_.yes, pair_.no}; }
  constexpr std::string_view of(uint64_t value) const {
    for (const RangeName& range : ranges_)
      if (range.first <= value && value <= range.last) return range.name;
    return name_of(values_, value);
  }

 private:
  std::span<const ValueName> values_;
  std::span<const RangeName> ranges_;
  TrueFalse pair_{};  // or the unit
  Write write_ = nullptr;
  bool has_unit_ = false;
};

struct Field {
  std::string_view name;   ///< "tcp.srcport": Wireshark's
  std::string_view title;  ///< "Source Port"
  Format format{};
  Names names{};
  std::string_view also{};  ///< another name that stands for this and others: "tcp.port"
};

/// All fields of a protocol that declares nothing else in a struct of its own.
template <typename Fields>
std::span<const Field> fields_of(const Fields& all) {
  static_assert(sizeof(Fields) % sizeof(Field) == 0 && alignof(Fields) == alignof(Field));
  return {reinterpret_cast<const Field*>(&all), sizeof(Fields) / sizeof(Field)};
}

/// The bits of `value` that are a field's, moved to where numbers begin, in the field's unit.
constexpr uint64_t masked(const Format& format, uint64_t value) {
  if (format.mask == 0) return value * format.scale;
  uint64_t mask = format.mask;
  value &= mask;
  for (; (mask & 1) == 0; mask >>= 1) value >>= 1;
  return value * format.scale;
}

}  // namespace tracedrop::dissect
