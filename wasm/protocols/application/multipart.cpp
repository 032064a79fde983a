#include "protocols/application/multipart.h"

#include <algorithm>
#include <charconv>

#include "protocols/application/data.h"
#include "protocols/application/media_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace multipart {
namespace {

struct Fields {
  Field type{"mime_multipart.type", "Type", plain_text};
  Field part{"mime_multipart.part", "Encapsulated multipart part", plain_text};
  Field preamble{"mime_multipart.preamble", "Preamble", raw_bytes};
  Field first_boundary{"mime_multipart.first_boundary", "First boundary", plain_text};
  Field boundary{"mime_multipart.boundary", "Boundary", plain_text};
  Field last_boundary{"mime_multipart.last_boundary", "Last boundary", plain_text};
  Field trailer{"mime_multipart.trailer", "Trailer", raw_bytes};
  Field description{"mime_multipart.header.content-description", "Content-Description", plain_text};
  Field disposition{"mime_multipart.header.content-disposition", "Content-Disposition", plain_text};
  Field encoding{"mime_multipart.header.content-encoding", "Content-Encoding", plain_text};
  Field id{"mime_multipart.header.content-id", "Content-Id", plain_text};
  Field language{"mime_multipart.header.content-language", "Content-Language", plain_text};
  Field length{"mime_multipart.header.content-length", "Content-Length", plain_text};
  Field transfer_encoding{"mime_multipart.header.content-transfer-encoding", "Content-Transfer-Encoding", plain_text};
  Field content_type{"mime_multipart.header.content-type", "Content-Type", plain_text};
  Field no_parameter{"mime_multipart.no_required_parameter",
                     "The multipart dissector could not find a required parameter."};
} constexpr f;

constexpr const Field* kHeaders[] = {&f.description, &f.disposition, &f.encoding,          &f.id,
                                     &f.language,    &f.length,      &f.transfer_encoding, &f.content_type};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}
std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") + 1 - from);
}

/// A line of "--" and the boundary.
struct Delimiter {
  size_t at = 0, size = 0;  ///< with the line break before it, which belongs to it
  bool is_last = false;
  bool is_found = false;
};

class Parts {
 public:
  Parts(Layer& in, std::string_view boundary)
      : in_(in), text_(in.all().text()), delimiter_("--" + std::string(boundary)) {}

  void run() {
    Delimiter delimiter = find(0, true);
    if (!delimiter.is_found) return report_data(*in_.tree(), in_.all());
    if (delimiter.at > 0) in_.add_bytes(f.preamble, 0, delimiter.at);
    report(delimiter, true);
    while (!delimiter.is_last) {
      const size_t begin = delimiter.at + delimiter.size;
      delimiter = find(begin, false);
      if (!delimiter.is_found) {
        in_.add_text(f.part, {}, begin, 0);
        return;
      }
      report_part(begin, delimiter.at);
      report(delimiter, false);
    }
    const size_t end = delimiter.at + delimiter.size;
    if (end < text_.size()) in_.add_bytes(f.trailer, end, text_.size() - end);
  }

 private:
  Delimiter find(size_t from, bool is_first) const {
    Delimiter found;
    for (size_t at = text_.find(delimiter_, from); at != std::string_view::npos; at = text_.find(delimiter_, at + 1)) {
      const bool begins_line = at == 0 || text_[at - 1] == '\n' || text_[at - 1] == '\r';
      if (!begins_line) continue;
      found.at = at;
      size_t end = at + delimiter_.size();
      found.is_last = text_.substr(end, 2) == "--";
      if (found.is_last) end += 2;
      while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
      if (end < text_.size() && text_[end] == '\r') ++end;
      if (end < text_.size() && text_[end] == '\n') ++end;
      if (!is_first) {
        if (found.at > from && text_[found.at - 1] == '\n') --found.at;
        if (found.at > from && text_[found.at - 1] == '\r') --found.at;
      }
      found.size = end - found.at;
      found.is_found = true;
      return found;
    }
    return found;
  }

  void report(const Delimiter& delimiter, bool is_first) {
    const Field& field = is_first ? f.first_boundary : delimiter.is_last ? f.last_boundary : f.boundary;
    in_.add_text(field, text_.substr(delimiter.at, delimiter.size), delimiter.at, delimiter.size);
  }

  struct HeaderLine {
    std::string_view name, value;
    size_t size = 0;  ///< with its end, and with the empty line when it is the last
    bool is_last = false;
  };
  static HeaderLine header_line(std::string_view text) {
    HeaderLine line;
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return line;
    const size_t colon = text.substr(0, end).find(':');
    if (colon == std::string_view::npos) return line;
    line.name = trimmed(text.substr(0, colon));
    line.value = trimmed(text.substr(colon + 1, end - colon - 1));
    line.size = end + 1;
    for (const std::string_view empty : {std::string_view("\r\n"), std::string_view("\n")}) {
      if (text.substr(line.size, empty.size()) != empty) continue;
      line.size += empty.size();
      line.is_last = true;
      break;
    }
    return line;
  }

  void report_part(size_t begin, size_t end) {
    in_.add_text(f.part, {}, begin, end - begin);
    auto part = in_.below();
    std::string_view type;
    size_t at = begin, length = SIZE_MAX;
    bool has_end = false;
    std::string shown;
    while (at < end && !has_end) {
      const HeaderLine line = header_line(text_.substr(at, end - at));
      if (line.size == 0) break;
      const Field* known = nullptr;
      for (const Field* field : kHeaders)
        if (equals_ignoring_case(field->title, line.name)) known = field;
      shown.clear();
      append_printable(shown, text_.substr(at, line.size));
      if (known != nullptr) in_.add_text(*known, line.value, at, line.size);
      if (known == nullptr) in_.line(at, line.size, "");
      in_.replace(shown);
      if (known == &f.content_type) type = line.value;
      if (known == &f.length) std::from_chars(line.value.data(), line.value.data() + line.value.size(), length);
      at += line.size;
      has_end = line.is_last;
    }
    part.replace("Encapsulated multipart part: ");
    if (!type.empty()) part.append(" (", media_type_of(type), ')');
    report_content(type, in_.all().sub(at, std::min(end - at, length)));
  }

  void report_content(std::string_view type, Bytes content) {
    if (content.empty()) return;
    Context& context = in_.context();
    if (type.empty()) return report_data(*in_.tree(), content);
    const uint32_t before = in_.tree()->nest();
    if (report_media(context, type, content) == MediaUse::none) dissect_data(context, content);
    in_.tree()->unnest(before);
  }

  Layer& in_;
  const std::string_view text_;
  const std::string delimiter_;
};

}  // namespace
}  // namespace multipart

std::string_view media_parameter(std::string_view value, std::string_view name) {
  while (!value.empty()) {
    const size_t next = value.find(';');
    if (next == std::string_view::npos) return {};
    value = multipart::trimmed(value.substr(next + 1));
    if (value.size() <= name.size() || !multipart::equals_ignoring_case(value.substr(0, name.size()), name)) continue;
    if (value[name.size()] != '=') continue;
    value.remove_prefix(name.size() + 1);
    if (!value.empty() && value.front() == '"') return value.substr(1, value.find('"', 1) - 1);
    return value.substr(0, value.find_first_of("; \t"));
  }
  return {};
}

void report_multipart(Context& context, std::string_view content_type, Bytes body) {
  if (context.tree() == nullptr || context.depth >= Context::kMaxDepth) return;
  // RFC 2046 allows 70 characters. To look for one takes as many comparisons as it has, everywhere in the body.
  constexpr size_t kMostBoundary = 256;
  constexpr int kDeep = 8;  // each of these may look through all of the body
  const std::string_view boundary = media_parameter(content_type, "boundary");
  if (boundary.empty() || boundary.size() > kMostBoundary || context.depth > kDeep) {
    Tree& tree = *context.tree();
    tree.add_line(body);
    tree.replace(tree.last(), multipart::f.no_parameter.title);
    Layer::add_expert(tree, multipart::f.no_parameter, Severity::error, ExpertGroup::protocol,
                      multipart::f.no_parameter.title);
    return report_data(tree, body);
  }
  Layer in(context, mime_multipart_protocol, body);
  in.span_all();
  const std::string type = media_type_of(content_type);
  in.append_title(", Type: ", type, ", Boundary: \"", boundary, '"');
  in.conclude_text(multipart::f.type, type, 0);
  ++context.depth;
  multipart::Parts(in, boundary).run();
  --context.depth;
}

const Protocol mime_multipart_protocol{.filter_name = "mime_multipart",
                                       .column_name = "MIME multipart",
                                       .title = "MIME Multipart Media Encapsulation",
                                       .fields = listed<multipart::f>};

}  // namespace tracedrop::dissect
