// What the beginning of a csv tells of the rest: Wireshark's export, tshark's fields, and what spreadsheets and scripts
// make of them.
//
// Nothing is asked of the user. Of the ways in which the first rows could be written the one is taken in which most of
// them make sense: as many fields as there are titles, a Time that is one, a Length that is one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "csv/layout.h"

namespace tracedrop::csv {

/// So much of a file's text is looked at; what comes later is read as that was.
inline constexpr size_t kHeadBytes = 64 * 1024;

/// What the first bytes of a file say of its encoding, and how many of them are no text.
struct Mark {
  Encoding encoding = Encoding::bytes;
  size_t size = 0;
};
Mark read_mark(std::string_view bytes);

struct Head {
  CsvLayout layout;
  size_t rows_at = 0;      ///< in the text: where the first row may begin
  uint64_t rows_line = 1;  ///< its line, from 1
  /// Why this is no csv of packets, in words for the user; empty when it is one.
  std::string failure;
};

/// `text` is the file's beginning in UTF-8, without a mark, at most kHeadBytes of it; `complete`: there is no more.
Head read_head(std::string_view text, Encoding encoding, bool complete);

}  // namespace tracedrop::csv
