// File Transfer Protocol, RFC 959: lines of text. A client sends commands ("RETR notes.txt"), a server replies of three
// digits and a text, several lines of which are joined by a dash ("220-Welcome", … "220 Ready"). Files and listings go
// over connections of their own, whose address and port these lines tell: PORT and PASV (RFC 959), EPRT and EPSV (RFC
// 2428).
//
// As in Wireshark each segment is read by itself, and its first line is what its row shows.
#include "protocols/application/ftp.h"

#include <charconv>

#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "dissect/text_lines.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ftp {
namespace {

constexpr uint16_t kPort = 21;

constexpr ValueName kReplies[] = {
    {110, "Restart marker reply"},
    {120, "Service ready in nnn minutes"},
    {125, "Data connection already open; transfer starting"},
    {150, "File status okay; about to open data connection"},
    {200, "Command okay"},
    {202, "Command not implemented, superfluous at this site"},
    {211, "System status, or system help reply"},
    {212, "Directory status"},
    {213, "File status"},
    {214, "Help message"},
    {215, "NAME system type"},
    {220, "Service ready for new user"},
    {221, "Service closing control connection"},
    {225, "Data connection open; no transfer in progress"},
    {226, "Closing data connection"},
    {227, "Entering Passive Mode"},
    {229, "Entering Extended Passive Mode"},
    {230, "User logged in, proceed"},
    {232, "User logged in, authorized by security data exchange"},
    {234, "Security data exchange complete"},
    {235, "Security data exchange completed successfully"},
    {250, "Requested file action okay, completed"},
    {257, "PATHNAME created"},
    {331, "User name okay, need password"},
    {332, "Need account for login"},
    {334, "Requested security mechanism is ok"},
    {335, "Security data is acceptable, more is required"},
    {336, "Username okay, need password. Challenge is ..."},
    {350, "Requested file action pending further information"},
    {421, "Service not available, closing control connection"},
    {425, "Can't open data connection"},
    {426, "Connection closed; transfer aborted"},
    {431, "Need some unavailable resource to process security"},
    {450, "Requested file action not taken"},
    {451, "Requested action aborted: local error in processing"},
    {452, "Requested action not taken. Insufficient storage space in system"},
    {500, "Syntax error, command unrecognized"},
    {501, "Syntax error in parameters or arguments"},
    {502, "Command not implemented"},
    {503, "Bad sequence of commands"},
    {504, "Command not implemented for that parameter"},
    {522, "Network protocol not supported"},
    {530, "Not logged in"},
    {532, "Need account for storing files"},
    {533, "Command protection level denied for policy reasons"},
    {534, "Request denied for policy reasons"},
    {535, "Failed security check (hash, sequence, etc)"},
    {536, "Requested PROT level not supported by mechanism"},
    {537, "Command protection level not supported by security mechanism"},
    {550, "Requested action not taken: File unavailable"},
    {551, "Requested action aborted: page type unknown"},
    {552, "Requested file action aborted: Exceeded storage allocation"},
    {553, "Requested action not taken: File name not allowed"},
    {631, "Integrity protected reply"},
    {632, "Confidentiality and integrity protected reply"},
    {633, "Confidentiality protected reply"},
};

struct Fields {
  Field request{"ftp.request", "Request", boolean};
  Field response{"ftp.response", "Response", boolean};
  Field command{"ftp.request.command", "Request command", plain_text};
  Field argument{"ftp.request.arg", "Request arg", plain_text};
  Field code{"ftp.response.code", "Response code", u32, kReplies};
  Field reply{"ftp.response.arg", "Response arg", plain_text};
  Field passive_ip{"ftp.passive.ip", "Passive IP address", ipv4_32};
  Field passive_port{"ftp.passive.port", "Passive port", u16};
  Field active_ip{"ftp.active.cip", "Active IP address", ipv4_32};
  Field active_port{"ftp.active.port", "Active port", u16};
  Field extended_ip{"ftp.epsv.ip", "Extended passive IPv4 address", ipv4_32};
  Field extended_ipv6{"ftp.epsv.ipv6", "Extended passive IPv6 address", ipv6_128};
  Field extended_port{"ftp.epsv.port", "Extended passive port", u16};
  Field directory{"ftp.current-working-directory", "Current working directory", plain_text};
} constexpr f;

constexpr Claim kClaims[] = {{tcp_ports, kPort}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "220", "220-", "220 " at a line's beginning; 0 when none stands there.
uint32_t code_of(std::string_view line) {
  if (line.size() < 3 || !is_digit(line[0]) || !is_digit(line[1]) || !is_digit(line[2])) return 0;
  return static_cast<uint32_t>((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'));
}

/// The numbers of "h1,h2,h3,h4,p1,p2", wherever they begin; how many were read.
size_t read_numbers(std::string_view text, std::array<uint8_t, 6>& numbers) {
  for (size_t begin = 0; begin < text.size(); ++begin) {
    if (!is_digit(text[begin])) continue;
    const char* at = text.data() + begin;
    const char* const end = text.data() + text.size();
    size_t count = 0;
    while (count < numbers.size() && at < end) {
      const auto [after, error] = std::from_chars(at, end, numbers[count]);
      if (error != std::errc()) break;
      ++count;
      if (count == numbers.size()) return count;
      if (after == end || *after != ',') break;
      at = after + 1;
    }
    while (begin < text.size() && (is_digit(text[begin]) || text[begin] == ',')) ++begin;
  }
  return 0;
}

/// The port of "(|||63988|)"; 0 when there is none.
uint16_t extended_port(std::string_view text, std::string_view& digits) {
  const size_t begin = text.find("|||");
  if (begin == std::string_view::npos) return 0;
  uint16_t port = 0;
  const char* const first = text.data() + begin + 3;
  const auto [end, error] = std::from_chars(first, text.data() + text.size(), port);
  if (error != std::errc()) return 0;
  digits = std::string_view(first, static_cast<size_t>(end - first));
  return port;
}

class Message {
 public:
  Message(Context& context, Bytes bytes)
      : context_(context), in_(context, ftp_protocol, bytes), control_(context.memory<Control>()) {}

  void dissect() {
    context_.set_protocol(ftp_protocol);
    context_.keep_texts();
    const bool is_request = context_.destination_port == kPort;
    const std::string_view text = in_.all().text();
    const TextLine first = first_text_line(text);
    context_.set_info(is_request ? "Request: " : "Response: ");
    if (context_.info() != nullptr) append_printable(*context_.info(), first.text);
    in_.add(is_request ? f.request : f.response, 1, 0, 0), in_.hidden();
    add_line(text, 0, first);
    {
      const auto below = in_.below();
      is_request ? read_request(first.text) : read_reply(first.text);
    }
    for (size_t at = first.whole; at < text.size();) {
      const TextLine line = first_text_line(text.substr(at));
      add_line(text, at, line);
      at += line.whole;
    }
    in_.seek(in_.all().size());
    report_directory();
  }

 private:
  void add_line(std::string_view text, size_t at, const TextLine& line) {
    if (in_.tree() == nullptr) return;
    std::string shown;
    append_printable(shown, text.substr(at, line.whole));
    in_.line(at, line.whole, shown);
  }
  size_t place_of(std::string_view part) const { return static_cast<size_t>(part.data() - in_.all().text().data()); }
  void add_text(const Field& field, std::string_view part) { in_.add_text(field, part, place_of(part), part.size()); }

  void read_request(std::string_view line) {
    const size_t space = std::min(line.find(' '), line.size());
    const std::string_view command = line.substr(0, space);
    add_text(f.command, command);
    const std::string_view argument = line.substr(std::min(space + 1, line.size()));
    if (!argument.empty()) add_text(f.argument, argument);
    if (command == "PORT") announce_active(argument);
    if (command == "CWD") control_.wanted_directory = argument;
    if (starts_transfer(command) && control_.data != nullptr) control_.data->command = std::string(line);
    if (starts_transfer(command) && control_.data != nullptr) control_.data->command_packet = context_.index;
  }

  static bool starts_transfer(std::string_view command) {
    for (const std::string_view known : {"RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD", "MLST"})
      if (command == known) return true;
    return false;
  }

  void read_reply(std::string_view line) {
    const uint32_t code = code_of(line);
    if (code == 0) {
      if (!line.empty()) add_text(f.reply, line);
      return;
    }
    in_.add(f.code, code, 0, 3);
    const std::string_view text = line.substr(std::min<size_t>(4, line.size()));
    if (!text.empty()) add_text(f.reply, text);
    if (code == 227) announce_passive(text);
    if (code == 229) announce_extended(text);
    if (code == 257) read_directory(text);
    if (code == 250 && !control_.wanted_directory.empty()) change_directory();
  }

  void read_directory(std::string_view text) {
    const size_t begin = text.find('"'), end = text.rfind('"');
    if (begin != std::string_view::npos && end > begin) control_.directory = text.substr(begin + 1, end - begin - 1);
  }
  void change_directory() {
    std::string& to = control_.wanted_directory;
    if (to.front() != '/') to = control_.directory + (control_.directory.ends_with('/') ? "" : "/") + to;
    control_.directory.swap(to);
    to.clear();
  }

  void announce(const AddressBytes& host, uint16_t port, std::string_view method) {
    control_.data = std::make_shared<Transfer>(Transfer{.setup_packet = context_.index, .method = method});
    control_.data->directory = control_.directory;
    context_.expect(ftp_data_protocol, Transport::tcp, host, port);
    context_.state()->of<Transfers>().all[key_of(host, port)] = control_.data;
  }

  void announce_passive(std::string_view text) {
    std::array<uint8_t, 6> numbers{};
    if (read_numbers(text, numbers) < numbers.size()) return;
    const auto port = static_cast<uint16_t>(numbers[4] << 8 | numbers[5]);
    const Bytes host(numbers.data(), 4);
    in_.add_text(f.passive_ip, host.text(), place_of(text), text.size());
    in_.add(f.passive_port, port, place_of(text), text.size());
    announce({AddressKind::ipv4, host}, port, "PASV");
  }
  void announce_active(std::string_view text) {
    std::array<uint8_t, 6> numbers{};
    if (read_numbers(text, numbers) < numbers.size()) return;
    const auto port = static_cast<uint16_t>(numbers[4] << 8 | numbers[5]);
    const Bytes host(numbers.data(), 4);
    in_.add_text(f.active_ip, host.text(), place_of(text), text.size());
    in_.add(f.active_port, port, place_of(text), text.size());
    announce({AddressKind::ipv4, host}, port, "PORT");
  }
  void announce_extended(std::string_view text) {
    std::string_view digits;
    const uint16_t port = extended_port(text, digits);
    if (port == 0) return;
    const bool is_ipv6 = context_.source.kind == AddressKind::ipv6;
    in_.add_text(is_ipv6 ? f.extended_ipv6 : f.extended_ip, context_.source.raw.text(), 0, 0);
    in_.generated();
    in_.add(f.extended_port, port, place_of(digits), digits.size());
    announce(context_.source, port, "EPASV");
  }

  /// It stands at the top, behind the layer.
  void report_directory() {
    Tree* const tree = in_.tree();
    if (tree == nullptr) return;
    const uint32_t line = tree->open_layer_line(f.directory);
    tree->set_range(line, in_.all().first(0));
    tree->set_text_value(line, control_.directory);
    tree->line(line).is_generated = true;
    tree->close_layer(line, in_.all().first(0));
  }

  Context& context_;
  Layer in_;
  Control& control_;
};

StreamResult dissect(Context& context, Bytes bytes) {
  Message(context, bytes).dissect();
  StreamResult result;
  result.used = bytes.wire_size();
  return result;
}

}  // namespace
}  // namespace ftp

const Protocol ftp_protocol{.filter_name = "ftp",
                            .column_name = "FTP",
                            .title = "File Transfer Protocol (FTP)",
                            .fields = listed<ftp::f>,
                            .claims = ftp::kClaims,
                            .dissect_stream = ftp::dissect};

}  // namespace tracedrop::dissect
