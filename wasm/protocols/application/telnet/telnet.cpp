// Telnet, RFC 854: text, with commands in between that begin with IAC (255):
//
//   IAC · command (1)                                       no operation, go ahead, interrupt …
//   IAC · will, won't, do, don't (1) · option (1)           RFC 855
//   IAC · suboption (250) · option (1) · … · IAC · end (240)
//   IAC · IAC                                               the byte 255 as data
//
// Each segment is read by itself.
#include "base/text.h"
#include "dissect/memory.h"
#include "dissect/text_lines.h"
#include "protocols/application/telnet/suboptions.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace telnet {
namespace {

constexpr uint8_t kCommand = 255, kSuboptionEnd = 240, kSuboption = 250;

constexpr Claim kClaims[] = {{tcp_ports, 23}};

std::string_view option_name(uint8_t option) {
  const std::string_view name = name_of(kOptions, option);
  return name.empty() ? std::string_view("<unknown option>") : name;
}

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), in_(context, telnet_protocol, bytes) {}

  void dissect() {
    context_.set_protocol(telnet_protocol);
    context_.keep_texts();
    context_.set_info("Telnet Data\xE2\x80\xA6");
    while (in_.ok() && in_.left() > 0) is_command() ? read_command() : read_data();
    in_.span_all();
    if (in_.ok()) context_.set_info(said_);
  }

 private:
  /// What the row tells of the first few commands and runs of data.
  template <typename... Parts>
  void say(const Parts&... parts) {
    constexpr size_t kMostSaid = 5;
    if (said_count_++ > kMostSaid) return;
    if (!said_.empty()) said_ += ", ";
    said_count_ > kMostSaid ? append(said_, "\xE2\x80\xA6") : append(said_, parts...);
  }

  bool is_command() const { return in_.rest().u8(0) == kCommand && in_.rest().u8(1) != kCommand; }

  /// Up to the next command.
  void read_data() {
    const std::string_view text = in_.rest().text();
    size_t size = 0;
    while (size < text.size() && static_cast<uint8_t>(text[size]) != kCommand) ++size;
    while (size + 1 < text.size() && static_cast<uint8_t>(text[size + 1]) == kCommand) {
      size += 2;
      while (size < text.size() && static_cast<uint8_t>(text[size]) != kCommand) ++size;
    }
    if (size < text.size() && size + 1 == text.size()) return in_.skip(size + 2);  // a command without its code
    say(Counted{size, "byte", "bytes"}, " data");
    for (size_t at = 0; at < size;) {
      const TextLine line = first_text_line(text.substr(at, size - at));
      in_.text(f.line, line.whole);
      at += line.whole;
    }
  }

  void read_command() {
    const size_t from = in_.at();
    const Bytes bytes = in_.rest();
    const uint8_t command = bytes.u8(1);
    if (!bytes.has(0, 2)) return in_.skip(2);
    const bool has_option = command >= kSuboption;
    const size_t size = command == kSuboption ? suboption_size(bytes) : has_option ? 3 : 2;
    const std::string_view known = name_of(kCommands, command);
    std::string text(known.empty() ? std::string_view("<unknown option>") : known);
    if (!has_option) {
      if (command != kSuboptionEnd) say(text);
    } else if (bytes.has(2, 1)) {
      append(text, ' ', option_name(bytes.u8(2)));
      say(text);
    }
    const auto branch = in_.group_line(from, size, text);
    in_.skip(1);
    in_(f.line_command);
    if (!has_option) return;
    in_(f.option);
    in_.replace(f.option.title, ": ", option_name(bytes.u8(2)));
    if (command == kSuboption && size > 3) report_suboption(in_, bytes.u8(2), option_name(bytes.u8(2)), size - 3);
  }

  /// Without the command that ends it, which is one of its own.
  static size_t suboption_size(Bytes bytes) {
    size_t at = 3;
    while (at < bytes.size() && (bytes.u8(at) != kCommand || bytes.u8(at + 1) == kCommand))
      at += bytes.u8(at) == kCommand ? 2 : 1;
    return std::max<size_t>(std::min(at, bytes.size()), 3);
  }

  Context& context_;
  Layer in_;
  std::string said_;
  size_t said_count_ = 0;
};

StreamResult dissect(Context& context, Bytes bytes) {
  Message(context, bytes).dissect();
  StreamResult result;
  result.used = bytes.wire_size();
  return result;
}

}  // namespace
}  // namespace telnet

const Protocol telnet_protocol{.filter_name = "telnet",
                               .column_name = "TELNET",
                               .title = "Telnet",
                               .fields = listed<telnet::f>,
                               .claims = telnet::kClaims,
                               .dissect_stream = telnet::dissect};

}  // namespace tracedrop::dissect
