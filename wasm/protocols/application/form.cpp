// A form as a URL's query has it (WHATWG URL, section 5): key "=" value, "&" between them, "+" for a blank and "%41".
#include "protocols/application/media_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace form {
namespace {

struct Fields {
  Field key{"urlencoded-form.key", "Key", plain_text};
  Field value{"urlencoded-form.value", "Value", plain_text};
} constexpr f;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decode(std::string_view raw) {
  std::string text;
  for (size_t i = 0; i < raw.size(); ++i) {
    const bool is_escape = raw[i] == '%' && i + 2 < raw.size() && digit(raw[i + 1]) >= 0 && digit(raw[i + 2]) >= 0;
    if (!is_escape) {
      text += raw[i] == '+' ? ' ' : raw[i];
      continue;
    }
    text += static_cast<char>(digit(raw[i + 1]) << 4 | digit(raw[i + 2]));
    i += 2;
  }
  return text;
}

void report_item(Layer& in, size_t at, std::string_view item) {
  const size_t equals = std::min(item.find('='), item.size());
  const size_t value_at = std::min(equals + 1, item.size());
  const std::string key = decode(item.substr(0, equals)), value = decode(item.substr(value_at));
  std::string text = "Form item: \"";
  append_printable(text, key);
  text += "\" = \"";
  append_printable(text, value);
  text += '"';
  in.line(at, item.size(), text);
  const auto below = in.below();
  in.add_text(f.key, key, at, equals);
  in.add_text(f.value, value, at + value_at, item.size() - value_at);
}

}  // namespace
}  // namespace form

void report_form(Context& context, std::string_view type, Bytes body) {
  Layer in(context, urlencoded_form_protocol, body);
  in.span_all();
  in.append_title(": ", type);
  if (in.tree() == nullptr) return;
  const std::string_view text = body.text();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('&', at), text.size());
    form::report_item(in, at, text.substr(at, end - at));
    at = end + 1;
  }
}

const Protocol urlencoded_form_protocol{.filter_name = "urlencoded-form",
                                        .column_name = "URL Encoded Form Data",
                                        .title = "HTML Form URL Encoded",
                                        .fields = listed<form::f>};

}  // namespace tracedrop::dissect
