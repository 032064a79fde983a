#include "export/packets_csv.h"

#include <cstring>

namespace tracedrop::exporting {

void append_csv_line(std::string& out, std::initializer_list<std::string_view> fields) {
  char before = 0;
  for (std::string_view field : fields) {
    if (before != 0) out += before;
    before = ',';
    out += '"';
    // Hardly any field has a quote in it, so that this is one search and one copy.
    while (!field.empty()) {
      const void* found = std::memchr(field.data(), '"', field.size());
      if (found == nullptr) break;
      const size_t upto = static_cast<size_t>(static_cast<const char*>(found) - field.data()) + 1;
      out.append(field.data(), upto);
      out += '"';
      field.remove_prefix(upto);
    }
    out += field;
    out += '"';
  }
  out += '\n';
}

}  // namespace tracedrop::exporting
