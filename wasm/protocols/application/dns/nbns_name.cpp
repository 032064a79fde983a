#include "protocols/application/dns/nbns_name.h"

#include "base/text.h"

namespace tracedrop::dissect::nbns {

namespace {

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// What is wrong with a name, in Wireshark's words.
std::string illegal(std::string_view why) { return "Illegal NetBIOS name (" + std::string(why) + ')'; }

void append_name_byte(std::string& out, uint8_t byte) {
  if (byte >= 0x20 && byte < 0x7F) {
    out += static_cast<char>(byte);
    return;
  }
  out += '<';
  append_hex(out, byte, 2);
  out += '>';
}

}  // namespace

NetbiosName name_of_bytes(const uint8_t (&bytes)[kNameBytes]) {
  NetbiosName name{.is_legal = true, .kind = bytes[kNameBytes - 1]};
  size_t length = kNameBytes - 1;
  while (length > 0 && bytes[length - 1] == ' ') --length;
  if (length == 0) length = kNameBytes - 1;
  for (size_t i = 0; i < length; ++i) append_name_byte(name.text, bytes[i]);
  name.text += '<';
  append_hex(name.text, name.kind, 2);
  name.text += '>';
  return name;
}

NetbiosName decode_name(std::string_view labels) {
  uint8_t bytes[kNameBytes];
  size_t count = 0;
  size_t at = 0;
  while (at < labels.size() && labels[at] != '.') {
    if (!is_letter(labels[at])) return {illegal("1st character not between A and Z in first-level encoding")};
    if (at + 1 == labels.size() || labels[at + 1] == '.') return {illegal("odd number of bytes")};
    if (!is_letter(labels[at + 1])) return {illegal("2nd character not between A and Z in first-level encoding")};
    if (count < kNameBytes) bytes[count++] = static_cast<uint8_t>((labels[at] - 'A') << 4 | (labels[at + 1] - 'A'));
    at += 2;
  }
  if (count != kNameBytes) return {illegal(std::to_string(count) + " bytes long")};
  NetbiosName name = name_of_bytes(bytes);
  append_printable(name.text, labels.substr(at));
  return name;
}

}  // namespace tracedrop::dissect::nbns
