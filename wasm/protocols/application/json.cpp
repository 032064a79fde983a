// JavaScript Object Notation (RFC 8259). Members stand with their path ("/a/[]/b") and their value.
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "protocols/application/media_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace json {
namespace {

struct Fields {
  Field array{"json.array", "Array"};
  Field object{"json.object", "Object"};
  Field member{"json.member", "Member", plain_text};
  Field key{"json.key", "Key", plain_text};
  Field path{"json.path", "Path", plain_text};
  Field path_with_value{"json.path_with_value", "Path with value", plain_text};
  Field member_with_value{"json.member_with_value", "Member with value", plain_text};
  Field string{"json.value.string", "String value", plain_text};
  Field number{"json.value.number", "Number value", f64};
  Field false_value{"json.value.false", "False value"};
  Field null_value{"json.value.null", "Null value"};
  Field true_value{"json.value.true", "True value"};
} constexpr f;

constexpr int kMostDepth = 100;
/// A path is written again for each member: what is longer is cut off, so that the work grows with the input.
constexpr size_t kMostPath = 1024;

/// Where the value ends that begins at `at`, or nothing when it is none.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  size_t blanks(size_t at) const {
    while (at < text_.size() && std::strchr(" \t\r\n", text_[at]) != nullptr && text_[at] != '\0') ++at;
    return at;
  }
  size_t value(size_t at, int depth = 0) const {
    if (at >= text_.size() || depth > kMostDepth) return kNone;
    if (text_[at] == '{') return list(at, '}', true, depth);
    if (text_[at] == '[') return list(at, ']', false, depth);
    return text_[at] == '"' ? string(at) : word(at);
  }
  size_t string(size_t at) const {
    if (at >= text_.size() || text_[at] != '"') return kNone;
    for (++at; at < text_.size(); ++at) {
      if (text_[at] == '"') return at + 1;
      if (static_cast<uint8_t>(text_[at]) < 0x20) return kNone;
      if (text_[at] == '\\') ++at;
    }
    return kNone;
  }
  static constexpr size_t kNone = SIZE_MAX;

 private:
  size_t word(size_t at) const {
    const size_t end = std::min(text_.find_first_of(" \t\r\n,]}", at), text_.size());
    const std::string_view found = text_.substr(at, end - at);
    if (found == "true" || found == "false" || found == "null") return end;
    const bool is_number = !found.empty() && found.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
                           (found[0] == '-' || (found[0] >= '0' && found[0] <= '9'));
    return is_number ? end : kNone;
  }
  size_t list(size_t at, char close, bool has_keys, int depth) const {
    at = blanks(at + 1);
    if (at < text_.size() && text_[at] == close) return at + 1;
    while (true) {
      if (has_keys) {
        at = string(at);
        if (at == kNone) return kNone;
        at = blanks(at);
        if (at >= text_.size() || text_[at] != ':') return kNone;
        at = blanks(at + 1);
      }
      at = value(at, depth + 1);
      if (at == kNone) return kNone;
      at = blanks(at);
      if (at >= text_.size()) return kNone;
      if (text_[at] == close) return at + 1;
      if (text_[at] != ',') return kNone;
      at = blanks(at + 1);
    }
  }

  std::string_view text_;
};

/// Lines of a value that is known to be one.
class Report {
 public:
  Report(Layer& in, std::string_view text) : in_(in), text_(text), scan_(text) {}

  size_t value(size_t at, std::string_view key) {
    if (text_[at] == '{') return list(f.object, at, '}', true);
    if (text_[at] == '[') return list(f.array, at, ']', false);
    const size_t end = scan_.value(at);
    plain(at, end - at, key);
    return end;
  }

 private:
  size_t list(const Field& field, size_t at, char close, bool has_keys) {
    const size_t from = at;
    auto branch = in_.group(field, from, 0);
    const uint32_t line = in_.tree()->last();
    const size_t path_before = path_.size();
    if (!has_keys) enter("[]");
    at = scan_.blanks(at + 1);
    while (text_[at] != close) {
      at = scan_.blanks(has_keys ? member(at) : value(at, "[]"));
      if (text_[at] == ',') at = scan_.blanks(at + 1);
    }
    path_.resize(path_before);
    in_.tree()->set_range(line, in_.all().sub(from, at + 1 - from));
    return at + 1;
  }

  size_t member(size_t at) {
    const size_t key_end = scan_.string(at);
    const std::string_view key = text_.substr(at + 1, key_end - at - 2);
    in_.add_text(f.member, key, at, 0);
    const uint32_t line = in_.tree()->last();
    const auto below = in_.below();
    const size_t path_before = path_.size();
    enter(key);
    const size_t end = value(scan_.blanks(scan_.blanks(key_end) + 1), key);
    in_.add_text(f.key, key, at, key_end - at);
    in_.conclude_text(f.path, path_, at, end - at);
    path_.resize(path_before);
    in_.tree()->set_range(line, in_.all().sub(at, end - at));
    return end;
  }

  void enter(std::string_view name) {
    if (path_.size() + name.size() < kMostPath) append(path_, '/', name);
  }

  void plain(size_t at, size_t size, std::string_view key) {
    const bool is_string = text_[at] == '"';
    const std::string_view shown = is_string ? text_.substr(at + 1, size - 2) : text_.substr(at, size);
    std::string text = path_;
    append(text, ':', shown);
    in_.conclude_text(f.path_with_value, text, at, size);
    text.assign(key);
    append(text, ':', shown);
    in_.conclude_text(f.member_with_value, text, at, size);
    if (is_string) return in_.add_text(f.string, shown, at, size);
    if (shown == "true") return in_.add_bytes(f.true_value, at, size);
    if (shown == "false") return in_.add_bytes(f.false_value, at, size);
    if (shown == "null") return in_.add_bytes(f.null_value, at, size);
    const double number = std::strtod(std::string(shown).c_str(), nullptr);
    uint64_t bits;
    std::memcpy(&bits, &number, sizeof bits);
    in_.add(f.number, bits, at, size);
  }

  Layer& in_;
  const std::string_view text_;
  const Scan scan_;
  std::string path_;
};

}  // namespace
}  // namespace json

void report_json(Context& context, std::string_view type, Bytes body) {
  const std::string_view text = body.text();
  const json::Scan scan(text);
  const size_t from = scan.blanks(0);
  const bool is_list = from < text.size() && (text[from] == '{' || text[from] == '[');
  const size_t end = is_list ? scan.value(from) : json::Scan::kNone;
  const size_t used = end == json::Scan::kNone ? 0 : scan.blanks(end);
  {
    Layer in(context, json_protocol, body);
    in.append_title(": ", type);
    if (used != 0 && in.tree() != nullptr) json::Report(in, text).value(from, {});
    in.skip(used);
  }
  if (used < text.size()) report_text_lines(context, type, body.from(used));
}

const Protocol json_protocol{
    .filter_name = "json", .column_name = "JSON", .title = "JavaScript Object Notation", .fields = listed<json::f>};

}  // namespace tracedrop::dissect
