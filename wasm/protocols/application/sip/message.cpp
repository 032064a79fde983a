#include "protocols/application/sip/message.h"

#include <algorithm>
#include <charconv>

#include "dissect/text_lines.h"
#include "protocols/application/sip/uri.h"

namespace tracedrop::dissect::sip {

namespace {

constexpr std::string_view kVersion = "SIP/2.0";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

const HeaderName* known_header(std::string_view name) {
  for (const HeaderName& known : kHeaders) {
    if (name.size() == 1 ? known.compact == lower(name[0]) : equals_ignoring_case(known.name, name)) return &known;
  }
  return nullptr;
}

struct Words {
  std::string_view first, second, third;
};

Words words_of(std::string_view line) {
  const size_t first = std::min(line.find(' '), line.size());
  const size_t second = std::min(line.find(' ', std::min(first + 1, line.size())), line.size());
  return {line.substr(0, first), line.substr(std::min(first + 1, second), second - std::min(first + 1, second)),
          line.substr(std::min(second + 1, line.size()))};
}

bool is_status_line(std::string_view line) {
  constexpr size_t kLeast = 12;
  if (line.size() < kLeast || line.substr(0, kVersion.size()) != kVersion || line[kVersion.size()] != ' ') return false;
  const Words words = words_of(line);
  return words.second.size() == 3 && std::all_of(words.second.begin(), words.second.end(), is_digit);
}

bool is_request_line(std::string_view line) {
  if (line.size() <= kVersion.size() || line.substr(line.size() - kVersion.size()) != kVersion) return false;
  const Words words = words_of(line);
  if (words.first.empty() || words.third != kVersion) return false;
  // A scheme, ":" and something.
  const size_t colon = words.second.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < words.second.size();
}

void read_contacts(Message& message, std::string_view value) {
  if (!value.empty() && value[0] == '*') {
    message.removes_all = true;
    return;
  }
  for_each_contact(value, [&](const NameAddress&, std::string_view parameters) {
    ++message.contacts;
    bool has_expiry = false;
    for_each_contact_parameter(parameters, [&](std::string_view parameter) {
      constexpr std::string_view kExpires = "expires=";
      parameter = trim(parameter);
      if (!equals_ignoring_case(parameter.substr(0, kExpires.size()), kExpires)) return;
      has_expiry = true;
      if (number_of(parameter.substr(kExpires.size())) == 0u) ++message.expired_contacts;
    });
    if (has_expiry) ++message.contacts_with_expiry;
  });
}

void read_cseq(Message& message, std::string_view value) {
  const size_t digits = std::min(
      static_cast<size_t>(std::find_if_not(value.begin(), value.end(), is_digit) - value.begin()), value.size());
  uint64_t number = 0;
  for (const char digit : value.substr(0, digits)) number = number * 10 + static_cast<uint64_t>(digit - '0');
  message.cseq = static_cast<uint32_t>(number);
  value.remove_prefix(digits);
  while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
  message.cseq_method = value;
  if (value.empty()) message.has_bad_cseq = true;
}

void note(Message& message, const Header& header) {
  if (header.known == nullptr) return;
  const Field* const field = header.known->field;
  if (field == &f.header_call_id) {
    message.call_id = header.value;
    message.has_call_id = true;
  } else if (field == &f.header_cseq) {
    read_cseq(message, header.value);
  } else if (field == &f.header_to) {
    message.has_to_tag = tag_of(header.value).data() != nullptr;
  } else if (field == &f.header_contact) {
    read_contacts(message, header.value);
  } else if (field == &f.header_expires) {
    message.expires = number_of(header.value);
  } else if (field == &f.header_content_type) {
    message.content_type = header.value;
  } else if (field == &f.header_content_length) {
    if (const auto length = number_of(header.value)) message.content_length = *length;
  }
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<uint32_t> number_of(std::string_view text) {
  text = trim(text);
  uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || after != end) return std::nullopt;
  return number;
}

bool begins_message(std::string_view text) {
  // Most of what is no message shows within its first bytes.
  constexpr size_t kLongestMethod = 64, kLongest = 8192;
  size_t word = 0;
  while (word < text.size() && word < kLongestMethod && text[word] > ' ' && text[word] <= '~') ++word;
  if (word == 0 || word >= text.size() || text[word] != ' ') return false;
  const std::string_view line = first_text_line(text.substr(0, kLongest)).text;
  return is_status_line(line) || is_request_line(line);
}

Header header_at(const Message& message, size_t at) {
  Header header;
  header.at = at;
  const std::string_view rest = message.text.substr(std::min(at, message.text.size()));
  const TextLine first = first_text_line(rest);
  if (first.text.empty()) return header;
  size_t end = first.text.size(), whole = first.whole;
  while (whole < rest.size() && is_blank(rest[whole])) {
    const TextLine more = first_text_line(rest.substr(whole));
    end = whole + more.text.size();
    whole += more.whole;
  }
  header.line = rest.substr(0, end);
  header.size = whole;
  const size_t colon = header.line.find(':');
  header.has_colon = colon != std::string_view::npos;
  if (!header.has_colon) return header;
  header.name = header.line.substr(0, colon);
  header.value = header.line.substr(colon + 1);
  while (!header.value.empty() && is_blank(header.value.front())) header.value.remove_prefix(1);
  header.known = known_header(header.name);
  return header;
}

Message read_message(std::string_view text) {
  Message message;
  message.text = text;
  const TextLine first = first_text_line(text);
  message.line = first.text;
  const Words words = words_of(first.text);
  message.is_request = words.first != kVersion;
  if (message.is_request) {
    message.method = words.first;
    message.uri = words.second;
  } else {
    message.status = words.second;
    message.phrase = words.third;
    for (const char digit : words.second) message.code = message.code * 10 + static_cast<uint32_t>(digit - '0');
  }
  message.headers_at = first.whole;
  size_t at = first.whole;
  bool is_terminated = true;
  for (Header header = header_at(message, at); header.size != 0; header = header_at(message, at)) {
    note(message, header);
    at += header.size;
    is_terminated = header.size > header.line.size();
  }
  const size_t blank = at < text.size() ? first_text_line(text.substr(at)).whole : 0;
  if (blank == 0 && at > message.headers_at)
    message.head_end = is_terminated ? Message::HeadEnd::no_empty_line : Message::HeadEnd::cut;
  message.body_at = at + blank;
  return message;
}

}  // namespace tracedrop::dissect::sip
