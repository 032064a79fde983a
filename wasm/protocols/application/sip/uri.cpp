#include "protocols/application/sip/uri.h"

namespace tracedrop::dissect::sip {

namespace {

size_t scheme_length(std::string_view text) {
  if (text.substr(0, 4) == "sip:") return 4;
  if (text.substr(0, 5) == "sips:") return 5;
  return 0;
}

size_t end_of_quoted(std::string_view text) {
  for (size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Uri uri_of(std::string_view text) {
  Uri uri;
  uri.whole = text;
  const size_t scheme = scheme_length(text);
  if (scheme == 0) return uri;
  std::string_view rest = text.substr(scheme);
  const size_t at_sign = rest.find('@');
  if (at_sign != std::string_view::npos) {
    uri.user = rest.substr(0, at_sign);
    rest.remove_prefix(at_sign + 1);
  }
  size_t host = 0;
  if (!rest.empty() && rest[0] == '[') host = std::min(rest.find(']'), rest.size() - 1) + 1;
  host = std::min(rest.find_first_of(":;?> ,", host), rest.size());
  uri.host = rest.substr(0, host);
  rest.remove_prefix(host);
  if (!rest.empty() && rest[0] == ':') {
    const size_t port = std::min(rest.find_first_of(";?> ,"), rest.size());
    uri.port = rest.substr(1, port - 1);
    uri.has_port = true;
    rest.remove_prefix(port);
  }
  if (!rest.empty() && rest[0] == ';') uri.parameters = rest.substr(1);
  return uri;
}

NameAddress name_address_of(std::string_view text) {
  NameAddress found;
  const size_t blanks = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  text.remove_prefix(blanks);
  if (text.empty()) return found;
  size_t open = 0;
  if (text[0] == '"') {
    const size_t end = end_of_quoted(text);
    if (end == std::string_view::npos) return found;
    found.display = text.substr(0, end);
    open = text.find('<', end);
    if (open == std::string_view::npos) return found;
  } else if (scheme_length(text) != 0) {
    const size_t end = std::min(text.find_first_of(";, \t\r\n"), text.size());
    found.uri = uri_of(text.substr(0, end));
    found.rest = text.substr(end);
    found.is_found = true;
    return found;
  } else {
    open = text.find('<');
    if (open == std::string_view::npos || open > text.find(',')) return found;
    found.display = text.substr(0, open);
  }
  const size_t close = text.find('>', open);
  if (close == std::string_view::npos) return {};
  found.uri = uri_of(text.substr(open + 1, close - open - 1));
  found.rest = text.substr(close + 1);
  found.is_found = true;
  return found;
}

std::string_view tag_of(std::string_view value) {
  const NameAddress address = name_address_of(value);
  std::string_view rest = address.is_found ? address.rest : value;
  while (true) {
    const size_t begin = rest.find(';');
    if (begin == std::string_view::npos) return {};
    rest.remove_prefix(begin + 1);
    std::string_view parameter = rest.substr(0, rest.find(';'));
    const size_t equals = parameter.find('=');
    std::string_view name = parameter.substr(0, equals);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (equals != std::string_view::npos && name.size() == 3 && (name[0] | 0x20) == 't' && (name[1] | 0x20) == 'a' &&
        (name[2] | 0x20) == 'g')
      return parameter.substr(equals + 1);
  }
}

size_t end_of_piece(std::string_view text, size_t from, std::string_view ends) {
  bool in_quotes = false;
  for (size_t at = from; at < text.size(); ++at) {
    if (text[at] == '"') in_quotes = !in_quotes;
    if (!in_quotes && ends.find(text[at]) != std::string_view::npos) return at;
  }
  return text.size();
}

}  // namespace tracedrop::dissect::sip
