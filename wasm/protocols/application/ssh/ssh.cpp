// Secure Shell transport, RFC 4253: each side sends a line "SSH-2.0-software comments", then packets of
//
//   packet length (4) · padding length (1) · message code (1) · … · padding        in the clear up to New Keys,
//
// encrypted behind it, where their length can no longer be told. Version 1 (an expired draft) has packets of length (4)
// · 1 to 8 bytes of padding · type (1) · … · checksum (4), whose length stays in the clear.
#include "protocols/application/ssh/ssh.h"

#include "base/text.h"
#include "dissect/text_lines.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ssh {
namespace {

constexpr Claim kClaims[] = {{tcp_ports, 22}};
constexpr uint16_t kPort = 22;
/// What is longer is no packet in the clear.
constexpr uint32_t kMostPlain = 35000;

constexpr ValueName kMessages1[] = {
    {0, "No Message"}, {1, "Disconnect"}, {2, "Public Key"}, {3, "Session Key"}, {4, "User"}};

bool recognise(Bytes payload) { return payload.starts_with("SSH-"); }

Session& session_of(Context& context) {
  auto& memory = context.stream->memory;
  if (memory == nullptr) {
    memory = std::make_unique<Session>();
    foresee(context, static_cast<Session&>(*memory));
  }
  return static_cast<Session&>(*memory);
}

/// Bytes of the code that authenticates a packet.
size_t mac_length(std::string_view name) {
  constexpr struct {
    std::string_view name;
    size_t length;
  } kCodes[] = {{"hmac-md5", 16},           {"hmac-md5-96", 12},         {"hmac-sha1", 20},
                {"hmac-sha1-96", 12},       {"hmac-sha2-256", 32},       {"hmac-sha2-512", 64},
                {"hmac-sha2-256-96", 12},   {"hmac-sha2-512-96", 12},    {"hmac-ripemd160", 20},
                {"umac-64@openssh.com", 8}, {"umac-128@openssh.com", 16}};
  for (const auto& known : kCodes)
    if (known.name == name) return known.length;
  return 0;
}

class Packets {
 public:
  Packets(Context& context, Bytes bytes)
      : context_(context),
        bytes_(bytes),
        session_(session_of(context)),
        is_client_(comes_from_client(context, session_)),
        side_(session_.side[is_client_ ? 0 : 1]) {}

  StreamResult run() {
    while (result_.used < bytes_.wire_size() && result_.message_len == 0) {
      const Bytes rest = bytes_.from(result_.used);
      if (!side_.has_said_version && rest.starts_with("SSH-")) {
        read_version(rest);
      } else if (session_.version == 2 && !side_.is_encrypted) {
        read_plain(rest);
      } else if (session_.version == 1) {
        read_old(rest);
      } else {
        read_encrypted(rest);
      }
    }
    end_layer();
    return result_;
  }

 private:
  /// On other ports, whoever speaks first is taken for the client, as in Wireshark.
  static bool comes_from_client(const Context& context, Session& session) {
    if (context.destination_port == kPort || context.source_port == kPort) return context.destination_port == kPort;
    const auto way = static_cast<uint8_t>(context.row.flow & 1);
    if (session.first_speaker == Session::kNobody) session.first_speaker = way;
    return session.first_speaker == way;
  }

  /// The layer of all packets of this segment, begun with the first that is whole.
  Layer& layer() {
    if (!in_) {
      in_ = std::make_unique<Layer>(context_, ssh_protocol, bytes_.from(result_.used));
      context_.set_provisional_protocol(ssh_protocol.column_name);
      context_.keep_texts();
      context_.clear_info();
    }
    return *in_;
  }
  template <typename... Parts>
  void say(const Parts&... parts) {
    if (has_said_) context_.append_info(", ");
    has_said_ = true;
    context_.append_info(parts...);
  }
  void end_layer() {
    if (!in_) return;
    in_->conclude(f.direction, is_client_ ? 0 : 1, 0);
    if (in_->ok() && context_.info() != nullptr) context_.info()->insert(0, is_client_ ? "Client: " : "Server: ");
    in_.reset();
  }
  bool want(size_t message_len) {
    result_.message_len = message_len;
    return false;
  }

  void read_version(Bytes rest) {
    const TextLine line = first_text_line(rest.text());
    if (!line.is_complete && !context_.stream->is_snapped) return void(want(StreamResult::kOneMoreSegment));
    Layer& in = layer();
    in.add_text(f.protocol, line.text, in.at(), line.text.size());
    in.skip(line.whole);
    say("Protocol (");
    if (context_.info() != nullptr) append_printable(*context_.info(), line.text);
    context_.append_info(')');
    side_.has_said_version = true;
    if (is_client_) agree_on_version(line.text);
    result_.used += line.whole;
  }

  void agree_on_version(std::string_view line) {
    const bool is_two = line.substr(0, 6) == "SSH-2." || line.substr(0, 9) == "SSH-1.99-";
    session_.version = is_two ? 2 : 1;
    context_.connection_is(is_two ? "SSHv2" : "SSHv1");
  }

  void read_plain(Bytes rest) {
    constexpr size_t kLength = 4;
    if (rest.wire_size() < kLength) return void(want(StreamResult::kOneMoreSegment));
    const size_t length = rest.be32(0);
    if (length < 2) return read_encrypted(rest);
    if (kLength + length > rest.wire_size() && !context_.stream->is_snapped) return void(want(kLength + length));
    Layer& in = layer();
    {
      const auto branch = in.part_line("SSH Version 2");
      append_methods(in);
      in(f.packet_length);
      const uint32_t padding = in(f.padding_length);
      const uint8_t code = in.rest().u8(0);
      const size_t end = in.at() + length - 1;
      const size_t behind = std::min<size_t>(padding, length - 2);
      dissect_message(in, session_, is_client_, end - behind, behind);
      const std::string_view name = message_name(code, session_.exchange);
      name.empty() ? say("Unknown (", code, ')') : say(name);
      if (in.ok() && padding > 0) in.bytes(f.padding, end - in.at());
      in.conclude(f.sequence, side_.packets++, in.at());
      if (in.ok()) in.seek(end);
    }
    result_.used += in.ok() ? kLength + length : rest.wire_size();
  }

  /// Which cipher, code and compression these bytes have.
  void append_methods(Layer& in) const {
    if (in.tree() == nullptr || session_.agreed[Session::kExchange].empty()) return;
    in.append(" (encryption:", session_.agreed_to(Session::kCipherOut, is_client_), " mac:", agreed_mac(),
              " compression:", session_.agreed_to(Session::kCompressionOut, is_client_), ')');
  }

  std::string_view agreed_mac() const { return session_.agreed_to(Session::kMacOut, is_client_); }

  void read_encrypted(Bytes rest) {
    Layer& in = layer();
    if (session_.version != 2) return report_encrypted(in, rest);
    const auto branch = in.part_line("SSH Version 2");
    append_methods(in);
    report_encrypted(in, rest);
  }

  void report_encrypted(Layer& in, Bytes rest) {
    say("Encrypted packet (len=", rest.wire_size(), ')');
    constexpr size_t kLength = 4;
    in.bytes(f.packet_length_encrypted, std::min(kLength, rest.size()));
    const size_t left = rest.size() - std::min(kLength, rest.size());
    const size_t mac = std::min(left, mac_length(agreed_mac()));
    if (left > mac) in.bytes(f.encrypted, left - mac);
    if (mac > 0) in.bytes(f.mac, mac);
    result_.used = bytes_.wire_size();
  }

  void read_old(Bytes rest) {
    constexpr size_t kLength = 4;
    if (rest.wire_size() < kLength) return void(want(StreamResult::kOneMoreSegment));
    const size_t length = rest.be32(0), padding = 8 - length % 8;
    if (length == 0 || length > kMostPlain) return read_encrypted(rest);
    const size_t whole = kLength + padding + length;
    if (whole > rest.wire_size() && !context_.stream->is_snapped) return void(want(whole));
    Layer& in = layer();
    in(f.packet_length);
    if (side_.is_encrypted) {
      say("Encrypted packet (len=", length, ')');
      in.bytes(f.encrypted, length + padding);
    } else {
      in.bytes(f.padding, padding);
      const uint32_t code = in(f.message_code);
      const std::string_view name = name_of(kMessages1, code);
      name.empty() ? say("Unknown (", code, ')') : say(name);
      constexpr uint8_t kSessionKey = 3;
      if (code == kSessionKey) session_.side[0].is_encrypted = session_.side[1].is_encrypted = true;
      in.skip(length - 1);
    }
    result_.used += std::min(whole, rest.wire_size());
  }

  Context& context_;
  const Bytes bytes_;
  Session& session_;
  const bool is_client_;
  Session::Side& side_;
  std::unique_ptr<Layer> in_;
  bool has_said_ = false;
  StreamResult result_;
};

StreamResult dissect(Context& context, Bytes bytes) { return Packets(context, bytes).run(); }

}  // namespace
}  // namespace ssh

const Protocol ssh_protocol{.filter_name = "ssh",
                            .column_name = "SSH",
                            .title = "SSH Protocol",
                            .fields = listed<ssh::f>,
                            .claims = ssh::kClaims,
                            .dissect_stream = ssh::dissect,
                            .recognise_stream = ssh::recognise,
                            .owns_ports = true};

}  // namespace tracedrop::dissect
