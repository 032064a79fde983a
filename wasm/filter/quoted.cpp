#include "filter/quoted.h"

namespace tracedrop::filter {

namespace {

int digit_of(char c, int base) {
  int value = 99;
  if (c >= '0' && c <= '9') value = c - '0';
  if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value < base ? value : -1;
}

/// Up to `most` digits; how many there were.
size_t read_digits(std::string_view text, size_t at, size_t most, int base, uint32_t& value) {
  size_t count = 0;
  value = 0;
  while (count < most && at + count < text.size() && digit_of(text[at + count], base) >= 0)
    value = value * static_cast<uint32_t>(base) + static_cast<uint32_t>(digit_of(text[at + count++], base));
  return count;
}

char simple_escape(char c) {
  switch (c) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    case '\\':
    case '"':
    case '\'': return c;
    default: return '\0';
  }
}

void append_utf8(std::string& out, uint32_t code) {
  const auto continued = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    continued(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    continued(6);
    continued(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    continued(12);
    continued(6);
    continued(0);
  }
}

constexpr bool is_scalar(uint32_t code) { return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF); }

/// What follows a backslash; `at` is behind it.
bool read_escape(std::string_view filter, size_t& at, std::string& out, Problem& problem) {
  const size_t begin = at - 1;
  const char kind = at < filter.size() ? filter[at] : '\0';
  const auto bad = [&](size_t end, std::string why) {
    problem = {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, std::move(why)};
    return false;
  };
  uint32_t value = 0;
  if (kind == 'x') {
    const size_t count = read_digits(filter, at + 1, 2, 16, value);
    if (count == 0) return bad(at + 1, "\\x wants one or two hexadecimal digits, as in \\x0d");
    out += static_cast<char>(value);
    at += 1 + count;
    return true;
  }
  if (kind == 'u' || kind == 'U') {
    const size_t wanted = kind == 'u' ? 4 : 8;
    const size_t count = read_digits(filter, at + 1, wanted, 16, value);
    if (count < wanted || !is_scalar(value))
      return bad(at + 1 + count, "this is no character's number: write \\u00e9, or \\U with eight digits");
    append_utf8(out, value);
    at += 1 + count;
    return true;
  }
  if (const size_t count = read_digits(filter, at, 3, 8, value); count > 0) {
    if (value > 255) return bad(at + count, "this is more than a byte: \\377 is the largest");
    out += static_cast<char>(value);
    at += count;
    return true;
  }
  const char simple = simple_escape(kind);
  if (simple == '\0')
    return bad(at + (at < filter.size() ? 1 : 0),
               "this backslash stands for nothing: write \\\\ for one, or r\"…\" for a text in which it is itself");
  out += simple;
  ++at;
  return true;
}

}  // namespace

bool read_quoted(std::string_view filter, size_t& at, char quote, bool is_raw, std::string& out, Problem& problem) {
  const size_t begin = at - 1;
  while (at < filter.size() && filter[at] != quote) {
    const char c = filter[at++];
    if (c == '\\' && is_raw) {
      // (A quote behind it does not end the text, and both stay.)
      out += c;
      if (at < filter.size()) out += filter[at++];
    } else if (c == '\\') {
      if (!read_escape(filter, at, out, problem)) return false;
    } else {
      out += c;
    }
  }
  if (at >= filter.size()) {
    problem = {{static_cast<uint32_t>(begin), static_cast<uint32_t>(filter.size())},
               std::string("the closing ") + quote + " is missing"};
    return false;
  }
  ++at;
  return true;
}

}  // namespace tracedrop::filter
