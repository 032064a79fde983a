#include "csv/fields.h"

#include <algorithm>
#include <cstddef>

#include "csv/field.h"

namespace tracedrop::csv {

namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Finds the end of one field after the other; each byte is looked at a bounded number of times.
class FieldCutter {
 public:
  FieldCutter(std::string_view row, const Dialect& dialect)
      : row_(row),
        delimiter_(static_cast<char>(dialect.delimiter)),
        quote_(static_cast<char>(dialect.quote)),
        skips_blanks_(dialect.skips_blanks) {}

  size_t end_of(size_t begin, Quoting quoting) {
    switch (quoting) {
      case Quoting::doubled: return end_doubled(begin);
      case Quoting::bare: return end_bare(begin);
      case Quoting::backslash: break;
    }
    return end_backslash(begin);
  }

 private:
  bool has(size_t at, char c) const { return at < row_.size() && row_[at] == c; }
  size_t past_blanks(size_t at) const {
    while (skips_blanks_ && at < row_.size() && is_blank(row_[at]) && row_[at] != delimiter_) ++at;
    return at;
  }
  size_t next_delimiter(size_t at) const { return std::min(row_.find(delimiter_, at), row_.size()); }

  size_t end_doubled(size_t begin) const {
    size_t at = past_blanks(begin);
    if (!has(at, quote_)) return next_delimiter(at);
    for (++at; at < row_.size(); ++at) {
      if (row_[at] != quote_) continue;
      if (!has(at + 1, quote_)) return next_delimiter(at + 1);
      ++at;
    }
    return row_.size();
  }

  /// A quote ends its cell where the row ends, or where the delimiter and the next cell's quote, an empty cell or a
  /// cell without quotes that is no text follow: not at `"a", b`.
  size_t end_bare(size_t begin) {
    const size_t open = past_blanks(begin);
    if (!has(open, quote_)) return next_delimiter(open);
    if (open >= none_from_) return next_delimiter(open + 1);
    for (size_t at = open + 1; at < row_.size(); ++at) {
      if (row_[at] != quote_) continue;
      const size_t after = past_blanks(at + 1);
      if (after == row_.size()) return after;
      if (row_[after] != delimiter_) continue;
      const size_t next = past_blanks(after + 1);
      if (next == row_.size() || row_[next] == quote_ || row_[next] == delimiter_ || is_digit(row_[next])) return after;
    }
    none_from_ = open;
    return next_delimiter(open + 1);
  }

  size_t end_backslash(size_t begin) const {
    size_t at = begin;
    while (at < row_.size() && row_[at] != delimiter_) at += row_[at] == '\\' ? 2 : 1;
    return std::min(at, row_.size());
  }

  std::string_view row_;
  char delimiter_, quote_;
  bool skips_blanks_;
  size_t none_from_ = std::string_view::npos;  // from here on no quote ends a cell
};

/// "Nov 14", before its comma
bool is_month_and_day(std::string_view text) {
  text = trimmed(text);
  size_t at = 0;
  while (at < text.size() && is_letter(text[at])) ++at;
  if (at < 3 || at == text.size() || text[at] != ' ') return false;
  while (at < text.size() && text[at] == ' ') ++at;
  return at < text.size() && text.size() - at <= 2 &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_digit);
}

/// " 2023 22:13:20.123456000 UTC", behind its comma
bool is_year_and_time(std::string_view text) {
  text = trimmed(text);
  return text.size() > 6 && std::all_of(text.begin(), text.begin() + 4, is_digit) && text[4] == ' ' &&
         is_digit(text[5]);
}

void join_dates(RowFields& fields, uint32_t wanted) {
  auto& raw = fields.raw;
  size_t kept = 0;
  for (size_t i = 0; i < raw.size(); ++i) {
    std::string_view field = raw[i];
    if (fields.count > wanted && i + 1 < raw.size() && is_month_and_day(field) && is_year_and_time(raw[i + 1])) {
      ++i;
      field = {field.data(), static_cast<size_t>(raw[i].data() - field.data()) + raw[i].size()};
      --fields.count;
      fields.joined = true;
    }
    raw[kept++] = field;
  }
  raw.resize(kept);
}

void drop_empty_ends(RowFields& fields, uint32_t wanted) {
  while (fields.count > wanted && fields.count == fields.raw.size() && trimmed(fields.raw.back()).empty()) {
    fields.raw.pop_back();
    --fields.count;
    ++fields.dropped;
  }
}

bool split_fitting(std::string_view row, const RowShape& shape, Quoting quoting, RowFields& fields) {
  split_fields(row, shape.dialect, quoting, fields);
  if (fields.count > shape.fields) drop_empty_ends(fields, shape.fields);
  if (fields.count > shape.fields) join_dates(fields, shape.fields);
  return fields.count == shape.fields;
}

bool join_rest(std::string_view row, const RowShape& shape, RowFields& fields) {
  if (!shape.ends_in_text || shape.fields == 0 || fields.count < shape.fields || fields.raw.size() < shape.fields)
    return false;
  std::string_view& last = fields.raw[shape.fields - 1];
  if (!last.empty() && last.front() == static_cast<char>(shape.dialect.quote)) return false;
  last = row.substr(static_cast<size_t>(last.data() - row.data()));
  fields.raw.resize(shape.fields);
  fields.count = shape.fields;
  fields.joined = true;
  return true;
}

}  // namespace

void split_fields(std::string_view row, const Dialect& dialect, Quoting quoting, RowFields& fields) {
  fields.raw.clear();
  fields.count = 0;
  fields.dropped = 0;
  fields.joined = false;
  fields.quoting = quoting;
  FieldCutter cutter(row, dialect);
  for (size_t begin = 0;; ++fields.count) {
    const size_t end = cutter.end_of(begin, quoting);
    if (fields.count < kMaxFields) fields.raw.push_back(row.substr(begin, end - begin));
    if (end >= row.size()) break;
    begin = end + 1;
  }
  ++fields.count;
}

bool split_as_written(std::string_view row, const RowShape& shape, RowFields& fields) {
  return split_fitting(row, shape, shape.dialect.quoting, fields);
}

bool has_bare_quotes(const RowFields& fields, const Dialect& dialect) {
  const auto quote = static_cast<char>(dialect.quote);
  return std::any_of(fields.raw.begin(), fields.raw.end(), [&](std::string_view raw) {
    if (dialect.skips_blanks) raw = trimmed(raw);
    if (raw.size() < 2 || raw.front() != quote || raw.back() != quote) return false;
    size_t at = 1;
    while (at < raw.size() && (raw[at] != quote || (at + 1 < raw.size() && raw[at + 1] == quote)))
      at += raw[at] == quote ? 2 : 1;
    return at + 1 < raw.size();
  });
}

bool fit_fields(std::string_view row, const RowShape& shape, RowFields& fields) {
  if (split_as_written(row, shape, fields)) {
    if (shape.dialect.quoting != Quoting::doubled || !has_bare_quotes(fields, shape.dialect)) return true;
    return split_fitting(row, shape, Quoting::bare, fields) || split_as_written(row, shape, fields);
  }
  const bool has_quote = row.find(static_cast<char>(shape.dialect.quote)) != row.npos;
  const auto try_as = [&](Quoting quoting) {
    return quoting != shape.dialect.quoting && split_fitting(row, shape, quoting, fields);
  };
  if (row.find('\\') != row.npos && try_as(Quoting::backslash)) return true;
  if (has_quote && (try_as(Quoting::bare) || try_as(Quoting::doubled))) return true;
  split_as_written(row, shape, fields);
  return join_rest(row, shape, fields);
}

}  // namespace tracedrop::csv
