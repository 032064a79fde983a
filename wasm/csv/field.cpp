#include "csv/field.h"

namespace tracedrop::csv {

void append_unescaped(std::string& out, std::string_view raw) {
  if (raw.empty() || raw.front() != '"') {
    out += raw;
    return;
  }
  bool quoted = true;
  for (size_t i = 1; i < raw.size(); ++i) {
    if (!quoted || raw[i] != '"') {
      out += raw[i];
    } else if (i + 1 < raw.size() && raw[i + 1] == '"') {
      out += raw[i++];
    } else {
      quoted = false;  // for good: a quote after this one does not begin the field, so it is text
    }
  }
}

}  // namespace tracedrop::csv
