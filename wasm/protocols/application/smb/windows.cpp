#include "protocols/application/smb/windows.h"

#include "base/text.h"

namespace tracedrop::dissect::smb {

namespace {

void append_utf8(std::string& out, uint32_t c) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

}  // namespace

std::string utf16(Bytes bytes) {
  std::string out;
  out.reserve(bytes.size() / 2);
  for (size_t at = 0; at + 1 < bytes.size(); at += 2) {
    uint32_t c = bytes.le16(at);
    if (c == 0) break;
    const bool is_high = c >= 0xD800 && c < 0xDC00;
    const uint32_t low = is_high ? bytes.le16(at + 2) : 0;
    if (is_high && low >= 0xDC00 && low < 0xE000) {
      c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
      at += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    append_utf8(out, c);
  }
  return out;
}

std::string shown_utf16(Bytes bytes) {
  std::string out;
  append_printable(out, utf16(bytes));
  return out;
}

void show_file_time(Layer& in, const Field& field) {
  constexpr uint64_t kNever = 0x7FFFFFFFFFFFFFFF;
  constexpr int64_t kFrom1601To1970 = 11'644'473'600;  // seconds
  const size_t at = in.at();
  const uint64_t ticks = in.le64();
  if (in.tree() == nullptr || !in.ok()) return;
  const int64_t seconds = static_cast<int64_t>(ticks / 10'000'000) - kFrom1601To1970;
  const int64_t ns = static_cast<int64_t>(ticks % 10'000'000) * 100;
  constexpr int64_t kMostSeconds = 9'000'000'000;
  const bool fits = seconds < kMostSeconds && seconds > -kMostSeconds;
  in.add(field, fits ? static_cast<uint64_t>(seconds * 1'000'000'000 + ns) : 0, at, 8);
  if (ticks == 0) in.replace(field.title, ": No time specified (0)");
  if (ticks == kNever) in.replace(field.title, ": Infinity (absolute time)");
  if (ticks == kNever + 1) in.replace(field.title, ": Infinity (relative time)");
}

uint32_t show_flags(Layer& in, const Field& all, std::span<const Field> bits, bool says) {
  const uint32_t value = in(all);
  if (in.tree() == nullptr || !in.ok()) return value;
  for (const Field& bit : bits)
    if (says && bit.format.kind == Kind::boolean && masked(bit.format, value) != 0) in.append(", ", bit.title);
  const auto below = in.below();
  for (const Field& bit : bits) in.note(bit, masked(bit.format, value), all.format.width);
  return value;
}

}  // namespace tracedrop::dissect::smb
