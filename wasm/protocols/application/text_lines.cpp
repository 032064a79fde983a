// Text, line by line: a line ends with LF, CR LF or CR.
#include "protocols/application/media_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

size_t line_length(std::string_view text) {
  const size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) return text.size();
  return text.substr(end, 2) == "\r\n" ? end + 2 : end + 1;
}

}  // namespace

void report_text_lines(Context& context, std::string_view type, Bytes body) {
  Layer in(context, data_text_lines_protocol, body);
  in.span_all();
  if (in.tree() == nullptr) return;
  size_t count = 0;
  std::string shown;
  for (size_t at = 0; at < body.size(); ++count) {
    const std::string_view rest = body.text().substr(at);
    const size_t length = line_length(rest);
    shown.clear();
    append_printable(shown, rest.substr(0, length));
    in.line(at, length, shown);
    at += length;
  }
  if (!type.empty()) in.append_title(": ", type);
  in.append_title(" (", count, " lines)");
}

const Protocol data_text_lines_protocol{
    .filter_name = "data-text-lines", .column_name = "Text", .title = "Line-based text data"};

}  // namespace tracedrop::dissect
