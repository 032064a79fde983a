#include "capture/sniff.h"

#include "capture/capture_reader.h"
#include "capture/pcap.h"
#include "capture/pcapng.h"
#include "capture/signatures.h"

namespace tracedrop::capture {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

bool is_gzip(Bytes first) { return first.starts_with("\x1F\x8B\x08"); }

/// A byte-order mark, or every second byte of a few being zero.
bool is_utf16(Bytes first) {
  if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF")) return true;
  constexpr size_t kEnough = 16;
  if (first.size() < kEnough) return false;
  for (const size_t parity : {0u, 1u}) {
    size_t pairs = 0;
    while (pairs * 2 < kEnough && first.u8(pairs * 2 + parity) == 0 && first.u8(pairs * 2 + 1 - parity) >= ' ') ++pairs;
    if (pairs * 2 == kEnough) return true;
  }
  return false;
}

/// Text in ASCII or a superset of it: no control characters but white space and escape.
bool is_text(std::string_view bytes) {
  constexpr std::string_view kAllowed = "\t\n\v\f\r\x1B";
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if ((c < ' ' && kAllowed.find(byte) == std::string_view::npos) || c == 0x7F) return false;
  }
  return !bytes.empty();
}

std::string_view without_mark(std::string_view text) {
  return text.substr(0, kUtf8Mark.size()) == kUtf8Mark ? text.substr(kUtf8Mark.size()) : text;
}

/// Does the first line that is not empty have a delimiter outside quotes?
bool is_delimited(std::string_view text) {
  bool quoted = false;
  bool begun = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',' || c == ';' || c == '\t') return true;
    const bool line_end = c == '\n' || c == '\r';
    if (line_end && begun) return false;
    begun = begun || !line_end;
  }
  return false;
}

}  // namespace

FileKind sniff(Bytes first, bool complete) {
  if (first.empty()) return complete ? FileKind::empty : FileKind::need_more;
  first = first.first(kSniffBytes);
  if (is_pcap_magic(first)) return FileKind::pcap;
  if (is_gzip(first)) return FileKind::gzip;
  if (is_pcapng_start(first) && first.size() >= (complete ? 4 : 12)) return FileKind::pcapng;
  if (!complete && first.size() < kSniffBytes) return FileKind::need_more;
  const std::string_view text = without_mark(first.text());
  const bool csv = !is_utf16(first) && is_text(text) && text_kind(text).empty();
  return csv && is_delimited(text) ? FileKind::csv : FileKind::unknown;
}

std::string seems_to_be(Bytes first) {
  first = first.first(kSniffBytes);
  if (first.empty()) return "an empty file";
  if (is_utf16(first)) return "UTF-16 text (save it as UTF-8)";
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
