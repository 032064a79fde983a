#include "capture/sniff.h"

#include <algorithm>

#include "base/utf16.h"
#include "capture/capture_reader.h"
#include "capture/pcap.h"
#include "capture/pcapng.h"
#include "capture/signatures.h"

namespace tracedrop::capture {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

bool is_gzip(Bytes first) { return first.starts_with("\x1F\x8B\x08"); }

bool is_control(char byte) {
  constexpr std::string_view kAllowed = "\t\n\v\f\r\x1B\x1C\x1D\x1E\x1F";
  const auto c = static_cast<unsigned char>(byte);
  return (c < ' ' && kAllowed.find(byte) == std::string_view::npos) || c == 0x7F;
}

enum class Utf16 : uint8_t { no, little_endian, big_endian };

/// A byte-order mark, or every second byte of a few being zero.
Utf16 utf16_of(Bytes first) {
  if (first.starts_with("\xFF\xFE")) return Utf16::little_endian;
  if (first.starts_with("\xFE\xFF")) return Utf16::big_endian;
  constexpr size_t kEnough = 16;
  if (first.size() < kEnough) return Utf16::no;
  for (const size_t parity : {0u, 1u}) {
    size_t pairs = 0;
    while (pairs * 2 < kEnough && first.u8(pairs * 2 + parity) == 0 &&
           !is_control(static_cast<char>(first.u8(pairs * 2 + 1 - parity))))
      ++pairs;
    if (pairs * 2 == kEnough) return parity == 1 ? Utf16::little_endian : Utf16::big_endian;
  }
  return Utf16::no;
}

/// A byte-order mark, or a few characters of ASCII in four bytes each.
bool is_utf32(Bytes first) {
  using namespace std::string_view_literals;
  if (first.starts_with("\xFF\xFE\0\0"sv) || first.starts_with("\0\0\xFE\xFF"sv)) return true;
  constexpr size_t kEnough = 16;
  if (first.size() < kEnough) return false;
  const auto written_at = [&](size_t place) {
    for (size_t i = 0; i < kEnough; ++i)
      if ((first.u8(i) != 0) != (i % 4 == place)) return false;
    return true;
  };
  return written_at(0) || written_at(3);
}

/// Text in ASCII or a superset of it: no control characters but white space, escape and those that divide fields.
bool is_text(std::string_view bytes) { return !bytes.empty() && std::none_of(bytes.begin(), bytes.end(), is_control); }

/// The same of a csv: its first line is text; further on some cells may hold control characters, and zeros may stand
/// where a write was interrupted.
bool is_mostly_text(std::string_view bytes) {
  const size_t begin = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
  const size_t end = bytes.find_first_of("\r\n", begin);
  if (!is_text(bytes.substr(begin, end - begin))) return false;
  constexpr size_t kMostOneIn = 20;
  const auto odd = std::count_if(bytes.begin(), bytes.end(), [](char c) { return c != 0 && is_control(c); });
  return static_cast<size_t>(odd) * kMostOneIn <= bytes.size();
}

std::string_view without_mark(std::string_view text) {
  return text.substr(0, kUtf8Mark.size()) == kUtf8Mark ? text.substr(kUtf8Mark.size()) : text;
}

/// The file's beginning in UTF-8 or as it is, without a mark.
std::string text_of(Bytes first) {
  const Utf16 kind = utf16_of(first);
  if (kind == Utf16::no) return std::string(without_mark(first.text()));
  std::string text;
  Utf16Decoder(kind == Utf16::big_endian).decode(first, text);
  return std::string(without_mark(text));
}

/// Does the first line that is not empty have a delimiter outside quotes?
bool is_delimited(std::string_view text) {
  bool quoted = false;
  bool begun = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',' || c == ';' || c == '\t' || c == '|') return true;
    const bool line_end = c == '\n' || c == '\r';
    if (line_end && begun) return false;
    begun = begun || !line_end;
  }
  return false;
}

/// Does a line near the beginning look like the titles of a csv of packets: the word time, and something that divides?
bool has_titles(std::string_view text) {
  constexpr size_t kLines = 64;
  constexpr std::string_view kDelimiters = ",;\t|^~:/!$%&@ \x1F\x1E\x1D\x1C";
  for (size_t line = 0, at = 0; line < kLines && at < text.size(); ++line) {
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string lower(text.substr(at, end - at));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    for (const std::string_view word : {"time", "zeit", "temps", "tiempo", "时间"})
      if (const size_t found = lower.find(word); found != lower.npos) {
        const bool divided = lower.find_first_of(kDelimiters.substr(0, 4)) != lower.npos;
        const auto dividers =
            std::count_if(lower.begin(), lower.end(), [&](char c) { return kDelimiters.find(c) != kDelimiters.npos; });
        const bool has_columns =
            lower.find("src") != lower.npos || lower.find("len") != lower.npos || lower.find("proto") != lower.npos;
        if (divided || (dividers >= 3 && has_columns)) return true;
      }
    at = end + 1;
  }
  return false;
}

bool is_csv(Bytes first) {
  if (is_utf32(first)) return false;
  const std::string text = text_of(first);
  return is_mostly_text(text) && text_kind(text).empty() && (is_delimited(text) || has_titles(text));
}

}  // namespace

FileKind sniff(Bytes first, bool complete) {
  if (first.empty()) return complete ? FileKind::empty : FileKind::need_more;
  first = first.first(kSniffBytes);
  if (is_pcap_magic(first)) return FileKind::pcap;
  if (is_gzip(first)) return FileKind::gzip;
  if (is_pcapng_start(first) && first.size() >= (complete ? 4 : 12)) return FileKind::pcapng;
  if (!complete && first.size() < kSniffBytes) return FileKind::need_more;
  return is_csv(first) ? FileKind::csv : FileKind::unknown;
}

std::string seems_to_be(Bytes first) {
  first = first.first(kSniffBytes);
  if (first.empty()) return "an empty file";
  if (is_utf32(first)) return "UTF-32 text (save it as UTF-8)";
  if (utf16_of(first) != Utf16::no) return "UTF-16 text (save it as UTF-8)";
  if (const std::string_view kind = binary_kind(first); !kind.empty()) return std::string(kind);
  const std::string_view text = without_mark(first.text());
  if (!is_text(text)) return "binary data of an unknown kind";
  const std::string_view kind = text_kind(text);
  return std::string(kind.empty() ? "text" : kind);
}

std::string what_to_do(Bytes first) { return advice_for(first.first(kSniffBytes)); }

std::unique_ptr<Reader> make_reader(FileKind kind) {
  switch (kind) {
    case FileKind::pcap: return std::make_unique<CaptureReader>(false);
    case FileKind::pcapng: return std::make_unique<CaptureReader>(true);
    default: return nullptr;
  }
}

}  // namespace tracedrop::capture
