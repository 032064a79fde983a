#include "dissect/tree_text.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/address.h"
#include "base/text.h"
#include "dissect/protocol.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kMostText = 239;
constexpr std::string_view kCut = " [\xE2\x80\xA6]";

unsigned shown_bits(const Format& format) { return format.shown_bits != 0 ? format.shown_bits : format.width * 8u; }

/// "..1. .... = ".
void append_picture(std::string& out, const Format& format, uint64_t value) {
  const uint64_t whole = value / format.scale << static_cast<unsigned>(std::countr_zero(format.mask));
  const unsigned count = shown_bits(format);
  for (unsigned i = count; i-- > 0;) {
    const uint64_t bit = uint64_t{1} << i;
    out += (format.mask & bit) == 0 ? '.' : (whole & bit) != 0 ? '1' : '0';
    if (i % 4 == 0 && i != 0) out += ' ';
  }
  out += " = ";
}

int hex_digits(const Format& format) {
  if (format.mask == 0) return format.width * 2;
  const int width = 64 - std::countl_zero(format.mask) - std::countr_zero(format.mask);
  return (width + 3) / 4;
}

/// 'A', '\n', '\x01'.
void append_character(std::string& out, uint8_t value) {
  constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\'", kLetters = "abfnrtv\\'";
  const size_t known = kEscaped.find(static_cast<char>(value));
  out += '\'';
  if (known != std::string_view::npos) {
    append(out, '\\', kLetters[known]);
  } else if (value >= 0x20 && value < 0x7F) {
    out += static_cast<char>(value);
  } else {
    out += "\\x";
    append_hex(out, value, 2);
  }
  out += '\'';
}

void append_plain_number(std::string& out, const Format& format, uint64_t value) {
  if (format.kind == Kind::signed_number) return append_number(out, static_cast<int64_t>(value));
  const Hex hex{value, hex_digits(format)};
  switch (format.base) {
    case Base::dec:
    case Base::utc: append_number(out, value); break;
    case Base::hex: append_part(out, hex); break;
    case Base::dec_hex: append(out, value, " (", hex, ')'); break;
    case Base::hex_dec: append(out, hex, " (", value, ')'); break;
    case Base::oct: {
      char digits[32];
      const int length = std::snprintf(digits, sizeof digits, "%#llo", static_cast<unsigned long long>(value));
      out.append(digits, static_cast<size_t>(length));
      break;
    }
    case Base::character: append_character(out, static_cast<uint8_t>(value)); break;
  }
}

void append_number_value(std::string& out, const Field& field, uint64_t value) {
  const Names& names = field.names;
  if (names.has_names()) {
    const std::string_view name = names.of(value);
    out += name.empty() ? std::string_view("Unknown") : name;
    out += " (";
    append_plain_number(out, field.format, value);
    out += ')';
    return;
  }
  append_plain_number(out, field.format, value);
  if (names.has_unit()) out += value == 1 ? names.unit().one : names.unit().many;
}

/// With as few digits as tell it from its neighbours.
void append_float(std::string& out, uint64_t bits, bool is_narrow) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  char digits[40];
  int length = 0;
  for (int precision = 6; precision <= 17; ++precision) {
    length = std::snprintf(digits, sizeof digits, "%.*g", precision, value);
    const double again = std::strtod(digits, nullptr);
    if (is_narrow ? static_cast<float>(again) == static_cast<float>(value) : again == value) break;
  }
  out.append(digits, static_cast<size_t>(length));
}

void append_bytes(std::string& out, std::string_view raw) {
  if (raw.empty()) out += "<MISSING>";
  for (const char byte : raw.substr(0, kMostText)) append_hex(out, static_cast<uint8_t>(byte), 2);
}

void append_eui64(std::string& out, std::string_view raw) {
  for (size_t i = 0; i < raw.size(); ++i) {
    if (i != 0) out += ':';
    append_hex(out, static_cast<uint8_t>(raw[i]), 2);
  }
}

/// Drops what does not fit, behind a mark: " […]" after the title, "[…] " before a text without one.
void limit(std::string& out, size_t begin, size_t title_end) {
  if (out.size() - begin <= kMostText) return;
  if (title_end > begin) {
    out.insert(title_end, kCut);
  } else {
    out.insert(begin, kCut.substr(1));
    out.insert(begin + kCut.size() - 1, " ");
  }
  size_t end = begin + kMostText;
  while ((static_cast<uint8_t>(out[end]) & 0xC0) == 0x80) --end;
  out.resize(end);
}

}  // namespace

void append_oid(std::string& out, std::string_view encoded) {
  uint64_t part = 0;
  bool is_first = true;
  for (const char byte : encoded) {
    part = part << 7 | (static_cast<uint8_t>(byte) & 0x7F);
    if ((static_cast<uint8_t>(byte) & 0x80) != 0) continue;
    if (is_first) {
      const uint64_t root = std::min<uint64_t>(part / 40, 2);
      append(out, root, '.', part - root * 40);
    } else {
      append(out, '.', part);
    }
    is_first = false;
    part = 0;
  }
}

void append_guid(std::string& out, std::string_view raw, bool little_endian) {
  const Bytes bytes = Bytes::of(raw);
  append_hex(out, little_endian ? bytes.le32(0) : bytes.be32(0), 8);
  out += '-';
  append_hex(out, little_endian ? bytes.le16(4) : bytes.be16(4), 4);
  out += '-';
  append_hex(out, little_endian ? bytes.le16(6) : bytes.be16(6), 4);
  out += '-';
  append_hex(out, bytes.be16(8), 4);
  out += '-';
  append_hex(out, bytes.be64(8) & 0xFFFFFFFFFFFF, 12);
}

void append_value_text(std::string& out, const Tree& tree, const Line& line) {
  const Field& field = *line.field;
  const std::string_view raw = tree.value_of(line);
  if (field.names.write() != nullptr) return field.names.write()(out, line.number);
  switch (field.format.kind) {
    case Kind::none:
    case Kind::protocol: break;
    case Kind::boolean: out += line.number != 0 ? field.names.truth().yes : field.names.truth().no; break;
    case Kind::number:
    case Kind::signed_number: append_number_value(out, field, line.number); break;
    case Kind::float_number: append_float(out, line.number, field.format.width == 4); break;
    case Kind::bytes: append_bytes(out, raw); break;
    case Kind::text: append_printable(out, raw); break;
    case Kind::mac: append_address(out, Address::mac(Bytes::of(raw))); break;
    case Kind::ipv4: append_address(out, Address::ipv4(Bytes::of(raw))); break;
    case Kind::ipv6: append_address(out, Address::ipv6(Bytes::of(raw))); break;
    case Kind::eui64: append_eui64(out, raw); break;
    case Kind::guid: append_guid(out, raw, field.format.little_endian); break;
    case Kind::oid: append_oid(out, raw); break;
    case Kind::absolute_time: append_absolute_time(out, static_cast<int64_t>(line.number)); break;
    case Kind::relative_time: append_relative_time(out, static_cast<int64_t>(line.number)); break;
    case Kind::packet: append_number(out, line.number); break;
  }
}

void append_line_text(std::string& out, const Tree& tree, const Line& line) {
  const size_t begin = out.size();
  size_t title_end = begin;
  const Field* field = line.field;
  if (line.text != Line::Text::replaced) {
    if (line.protocol != nullptr) out += line.protocol->title;
    if (field != nullptr) {
      if (field->format.mask != 0) append_picture(out, field->format, line.number);
      out += field->title;
      title_end = out.size();
      const bool has_other_value = line.text == Line::Text::value;
      if (has_other_value || field->format.kind != Kind::none) out += ": ";
      if (!has_other_value) append_value_text(out, tree, line);
    }
  }
  out += tree.text_of(line);
  limit(out, begin, title_end);
}

}  // namespace tracedrop::dissect
