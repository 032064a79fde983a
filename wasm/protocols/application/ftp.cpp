// File Transfer Protocol, RFC 959: lines of text. A client sends commands ("RETR notes.txt"), a server replies of three
// digits and a text, several lines of which are joined by a dash ("220-Welcome", … "220 Ready"). Files and listings go
// over connections of their own, whose address and port these lines tell: PORT and PASV (RFC 959), EPRT and EPSV (RFC
// 2428).
//
// As in Wireshark each segment is read by itself, and its first line is what its row shows.
#include "protocols/application/ftp.h"

#include <charconv>

#include "base/address_text.h"
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

constexpr ValueName kFamilies[] = {{1, "IPv4"}, {2, "IPv6"}};

struct Fields {
  Field request{"ftp.request", "Request", boolean};
  Field response{"ftp.response", "Response", boolean};
  Field command{"ftp.request.command", "Request command", plain_text};
  Field argument{"ftp.request.arg", "Request arg", plain_text};
  Field code{"ftp.response.code", "Response code", u32, kReplies};
  Field reply{"ftp.response.arg", "Response arg", plain_text};
  Field passive_ip{"ftp.passive.ip", "Passive IP address", ipv4_32};
  Field passive_port{"ftp.passive.port", "Passive port", u16};
  Field passive_nat{"ftp.passive.nat", "Passive IP NAT", boolean};
  Field active_ip{"ftp.active.cip", "Active IP address", ipv4_32};
  Field active_port{"ftp.active.port", "Active port", u16};
  Field active_nat{"ftp.active.nat", "Active IP NAT", boolean};
  Field active_family{"ftp.eprt.af", "Extended active address family", u8, kFamilies};
  Field active_extended_ip{"ftp.eprt.ip", "Extended active IP address", ipv4_32};
  Field active_extended_ipv6{"ftp.eprt.ipv6", "Extended active IPv6 address", ipv6_128};
  Field active_extended_port{"ftp.eprt.port", "Extended active port", u16};
  Field extended_ip{"ftp.epsv.ip", "Extended passive IPv4 address", ipv4_32};
  Field extended_ipv6{"ftp.epsv.ipv6", "Extended passive IPv6 address", ipv6_128};
  Field extended_port{"ftp.epsv.port", "Extended passive port", u16};
  Field directory{"ftp.current-working-directory", "Current working directory", plain_text};
  Field transfer_command{"ftp.command", "Command", plain_text};
  Field transfer_command_frame{"ftp.command-frame", "Command frame", packet_number};
  Field frames{"ftp.command-response.frames", "Command response frames", u32};
  Field bytes{"ftp.command-response.bytes", "Command response bytes", u32};
  Field first_frame{"ftp.command-response.first-frame-num", "Command response first frame", packet_number};
  Field last_frame{"ftp.command-response.last-frame-num", "Command response last frame", packet_number};
  Field duration{"ftp.command-response.duration", "Response duration", u32, Unit{"ms", "ms"}};
  Field bitrate{"ftp.command-response.bitrate", "Response bitrate", u32, Unit{"Kbps", "Kbps"}};
  Field setup_frame{"ftp.setup-frame", "Setup frame", packet_number};
} constexpr f;

constexpr Claim kClaims[] = {{tcp_ports, kPort}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "220", "220-", "220 " at a line's beginning; 0 when none stands there.
uint32_t code_of(std::string_view line) {
  if (line.size() < 3 || !is_digit(line[0]) || !is_digit(line[1]) || !is_digit(line[2])) return 0;
  return static_cast<uint32_t>((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'));
}

/// "h1,h2,h3,h4,p1,p2": an address and a port, and where they stand.
struct HostAndPort {
  std::array<uint8_t, 6> numbers{};
  std::string_view host_text, port_text;
  Bytes host() const { return {numbers.data(), 4}; }
  uint16_t port() const { return static_cast<uint16_t>(numbers[4] << 8 | numbers[5]); }
};

/// Six numbers that commas part, from `begin` on.
bool read_numbers(std::string_view text, size_t begin, HostAndPort& found) {
  size_t at = begin;
  for (size_t i = 0; i < found.numbers.size(); ++i) {
    if (i == 4) found.host_text = text.substr(begin, at - 1 - begin);
    const size_t number_at = at;
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (error != std::errc()) return false;
    at = static_cast<size_t>(end - text.data());
    found.numbers[i] = static_cast<uint8_t>(number);
    if (i == 4) found.port_text = text.substr(number_at);
    if (i + 1 == found.numbers.size()) break;
    if (at >= text.size() || text[at] != ',') return false;
    ++at;
  }
  found.port_text = text.substr(static_cast<size_t>(found.port_text.data() - text.data()),
                                at - static_cast<size_t>(found.port_text.data() - text.data()));
  return true;
}

/// Wherever they begin.
bool find_numbers(std::string_view text, HostAndPort& found) {
  for (size_t begin = 0; begin < text.size(); ++begin) {
    if (!is_digit(text[begin])) continue;
    if (read_numbers(text, begin, found)) return true;
    while (begin < text.size() && (is_digit(text[begin]) || text[begin] == ',')) ++begin;
  }
  return false;
}

/// What stands between the next delimiters, of "|1|10.0.0.1|6275|".
std::string_view next_part(std::string_view& text, char delimiter) {
  const std::string_view part = text.substr(0, text.find(delimiter));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

uint16_t number_of(std::string_view digits) {
  uint16_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// The port of "(|||63988|)", with any delimiter; 0 when there is none.
uint16_t extended_port(std::string_view text, std::string_view& digits) {
  const size_t begin = text.find('(');
  if (begin == std::string_view::npos || text.size() < begin + 5) return 0;
  const char delimiter = text[begin + 1];
  if (text[begin + 2] != delimiter || text[begin + 3] != delimiter) return 0;
  text.remove_prefix(begin + 4);
  digits = next_part(text, delimiter);
  return number_of(digits);
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
    if (in_.tree() != nullptr) report_transfer();
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
    if (!command.empty()) add_text(f.command, command);
    const std::string_view argument = line.substr(std::min(space + 1, line.size()));
    if (!argument.empty()) add_text(f.argument, argument);
    const bool is_setup =
        (command == "PORT" && announce_active(argument)) || (command == "EPRT" && announce_extended_active(argument));
    if (!is_setup) note_command(line);
    if (command == "CWD") control_.wanted_directory = argument;
  }

  /// The last one before the data is what they are for.
  void note_command(std::string_view line) {
    Transfer* const data = control_.data.get();
    if (data == nullptr || data->has_begun) return;
    if (context_.is_reading()) {
      if (data->command_packet != kNoPacket) context_.fact(data->command_packet, kIsCommand) = 0;
      context_.fact(context_.index, kIsCommand) = 1;
    }
    data->command = std::string(line);
    data->command_packet = context_.index;
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

  Transfer& begin_transfer(std::string_view method) {
    control_.data = std::make_shared<Transfer>(Transfer{.setup_packet = context_.index, .method = method});
    control_.data->directory = control_.directory;
    return *control_.data;
  }
  std::shared_ptr<Transfer>& announced(uint64_t key) { return context_.state()->of<Transfers>().all[key]; }
  void announce(const AddressBytes& host, uint16_t port, std::string_view method) {
    begin_transfer(method);
    context_.expect(ftp_data_protocol, Transport::tcp, host, port);
    announced(key_of(host, port)) = control_.data;
  }

  struct HostFields {
    const Field &ip, &port, &nat;
  };
  bool read_host(std::string_view text, const HostFields& fields, HostAndPort& found) {
    if (!find_numbers(text, found)) return false;
    in_.add_text(fields.ip, found.host().text(), place_of(found.host_text), found.host_text.size());
    in_.add(fields.port, found.port(), place_of(found.port_text), found.port_text.size());
    if (found.host().text() != context_.source.raw.text()) in_.add(fields.nat, 1, place_of(found.host_text), 0);
    return true;
  }
  void announce_passive(std::string_view text) {
    HostAndPort found;
    if (read_host(text, {f.passive_ip, f.passive_port, f.passive_nat}, found))
      announce({AddressKind::ipv4, found.host()}, found.port(), "PASV");
  }
  /// The server will begin it, from its own port 20.
  bool announce_active(std::string_view text) {
    HostAndPort found;
    if (!read_host(text, {f.active_ip, f.active_port, f.active_nat}, found)) return false;
    begin_transfer("PORT");
    announced(key_of_active(context_.destination, context_.source)) = control_.data;
    return true;
  }
  bool announce_extended_active(std::string_view text) {
    if (text.size() < 2) return false;
    const char delimiter = text[0];
    text.remove_prefix(1);
    const std::string_view family = next_part(text, delimiter), host = next_part(text, delimiter),
                           port = next_part(text, delimiter);
    if (port.empty()) return false;
    begin_transfer("EPRT");
    if (in_.tree() == nullptr) return true;
    in_.add(f.active_family, number_of(family), place_of(family), family.size());
    const Address address = parse_address(host);
    const bool is_ipv4 = address.kind() == AddressKind::ipv4;
    if (is_ipv4 || address.kind() == AddressKind::ipv6)
      in_.add_text(is_ipv4 ? f.active_extended_ip : f.active_extended_ipv6, address.raw(), place_of(host), host.size());
    in_.add(f.active_extended_port, number_of(port), place_of(port), port.size());
    return true;
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

  /// Lines that stand at the top, behind the layer.
  uint32_t add_behind(const Field& field, uint64_t value) {
    Tree& tree = *in_.tree();
    const uint32_t line = tree.open_layer_line(field);
    tree.set_range(line, in_.all().first(0));
    tree.line(line).number = value;
    tree.line(line).is_generated = true;
    tree.close_layer(line, in_.all().first(0));
    return line;
  }
  void report_directory() {
    if (in_.tree() != nullptr) in_.tree()->set_text_value(add_behind(f.directory, 0), control_.directory);
  }
  void report_transfer() {
    if (const uint64_t command = context_.fact(kCommandFrame)) {
      const auto text = context_.findings.texts.text(static_cast<uint32_t>(context_.fact(kCommandText)));
      in_.tree()->set_text_value(add_behind(f.transfer_command, 0), text);
      add_behind(f.transfer_command_frame, command);
    }
    if (context_.fact(kIsCommand) == 0) return;
    for (const auto& [field, what] : {std::pair{&f.frames, kFrames},
                                      {&f.bytes, kBytes},
                                      {&f.first_frame, kFirstFrame},
                                      {&f.last_frame, kLastFrame}})
      add_behind(*field, context_.fact(what));
    report_duration();
    add_behind(f.setup_frame, context_.fact(kSetupFrame));
  }
  void report_duration() {
    constexpr int64_t kMs = 1'000'000;
    const FinishedTrace* const trace = context_.packet->trace;
    const auto first = static_cast<PacketIndex>(context_.fact(kFirstFrame));
    const auto last = static_cast<PacketIndex>(context_.fact(kLastFrame));
    if (trace == nullptr || first == 0 || last == 0) return;
    const int64_t ms = (trace->ts_ns(last - 1) - trace->ts_ns(first - 1) + kMs / 2) / kMs;
    if (ms <= 0) return;
    add_behind(f.duration, static_cast<uint64_t>(ms));
    add_behind(f.bitrate, context_.fact(kBytes) * 8 / static_cast<uint64_t>(ms));
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
