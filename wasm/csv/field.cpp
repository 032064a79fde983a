#include "csv/field.h"

namespace tracedrop::csv {

namespace {

/// What the first and the last quote enclose.
void append_bare(std::string& out, std::string_view raw, char quote) {
  if (raw.size() < 2 || raw.front() != quote || raw.back() != quote) {
    out += raw;
    return;
  }
  out += raw.substr(1, raw.size() - 2);
}

/// \n, \r and \t are these; any other character after a backslash is itself.
void append_without_backslashes(std::string& out, std::string_view raw) {
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out += raw[i];
      continue;
    }
    const char c = raw[++i];
    out += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
  }
}

}  // namespace

void append_unescaped(std::string& out, std::string_view raw, char quote) {
  if (raw.empty() || raw.front() != quote) {
    out += raw;
    return;
  }
  bool quoted = true;
  for (size_t i = 1; i < raw.size(); ++i) {
    if (!quoted || raw[i] != quote) {
      out += raw[i];
    } else if (i + 1 < raw.size() && raw[i + 1] == quote) {
      out += raw[i++];
    } else {
      quoted = false;  // for good: a quote after this one does not begin the field, so it is text
    }
  }
}

void append_value(std::string& out, std::string_view raw, const Dialect& dialect, Quoting quoting) {
  if (dialect.skips_blanks) raw = trimmed(raw);
  const auto quote = static_cast<char>(dialect.quote);
  switch (quoting) {
    case Quoting::doubled: append_unescaped(out, raw, quote); break;
    case Quoting::bare: append_bare(out, raw, quote); break;
    case Quoting::backslash: append_without_backslashes(out, raw); break;
  }
}

}  // namespace tracedrop::csv
