#include "export/packets_csv.h"

#include <cstring>

#include "base/text.h"

namespace tracedrop::exporting {

namespace {

/// Hardly any field has a quote in it, so that this is one search and one copy.
char* write_doubling_quotes(char* to, std::string_view field) {
  while (!field.empty()) {
    const void* found = std::memchr(field.data(), '"', field.size());
    if (found == nullptr) break;
    const size_t upto = static_cast<size_t>(static_cast<const char*>(found) - field.data()) + 1;
    to = copy_short(to, field.data(), upto);
    *to++ = '"';
    field.remove_prefix(upto);
  }
  return copy_short(to, field.data(), field.size());
}

}  // namespace

void append_csv_line(std::string& out, std::initializer_list<std::string_view> fields) {
  constexpr size_t kAround = 3;  // two quotes, and a comma or the line feed
  const size_t before = out.size();
  size_t most = 0;
  for (const std::string_view field : fields) most += 2 * field.size() + kAround;
  out.resize(before + most);
  char* at = out.data() + before;
  for (const std::string_view field : fields) {
    *at++ = '"';
    at = write_doubling_quotes(at, field);
    *at++ = '"';
    *at++ = ',';
  }
  at[-1] = '\n';
  out.resize(static_cast<size_t>(at - out.data()));
}

}  // namespace tracedrop::exporting
