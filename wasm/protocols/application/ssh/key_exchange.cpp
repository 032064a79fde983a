// Messages of SSH's key exchange: names of algorithms (RFC 4253, section 7), Diffie-Hellman (section 8), with groups
// (RFC 4419), on elliptic curves (RFC 5656). A string is its length (4) and its bytes; so is an integer of any length.
#include <algorithm>

#include "base/text.h"
#include "protocols/application/ssh/ssh.h"

namespace tracedrop::dissect::ssh {

namespace {

constexpr uint8_t kInit = 20, kNewKeys = 21;

constexpr ValueName kMessages[] = {{1, "Disconnect"},
                                   {2, "Ignore"},
                                   {3, "Unimplemented"},
                                   {4, "Debug"},
                                   {5, "Service Request"},
                                   {6, "Service Accept"},
                                   {7, "Extension Information"},
                                   {8, "New Compression"},
                                   {kInit, "Key Exchange Init"},
                                   {kNewKeys, "New Keys"}};
constexpr ValueName kPlain[] = {{30, "Diffie-Hellman Key Exchange Init"}, {31, "Diffie-Hellman Key Exchange Reply"}};
constexpr ValueName kGroup[] = {{30, "Diffie-Hellman Group Exchange Request (Old)"},
                                {31, "Diffie-Hellman Group Exchange Group"},
                                {32, "Diffie-Hellman Group Exchange Init"},
                                {33, "Diffie-Hellman Group Exchange Reply"},
                                {34, "Diffie-Hellman Group Exchange Request"}};
constexpr ValueName kElliptic[] = {{30, "Elliptic Curve Diffie-Hellman Key Exchange Init"},
                                   {31, "Elliptic Curve Diffie-Hellman Key Exchange Reply"}};
constexpr ValueName kHybrid[] = {{30, "PQ/T Hybrid Key Exchange Init"}, {31, "PQ/T Hybrid Key Exchange Reply"}};

std::span<const ValueName> names_of(Exchange exchange) {
  switch (exchange) {
    case Exchange::unknown:  // until both sides have spoken
    case Exchange::plain: return kPlain;
    case Exchange::group: return kGroup;
    case Exchange::elliptic: return kElliptic;
    case Exchange::hybrid: return kHybrid;
  }
  return {};
}

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

Exchange exchange_of(std::string_view name) {
  if (starts(name, "diffie-hellman-group-exchange-")) return Exchange::group;
  if (starts(name, "diffie-hellman-group")) return Exchange::plain;
  if (starts(name, "ecdh-sha2-") || starts(name, "curve25519-") || starts(name, "curve448-")) return Exchange::elliptic;
  // Wireshark names this one's messages as those of plain Diffie-Hellman.
  if (name == "sntrup761x25519-sha512@openssh.com") return Exchange::plain;
  if (starts(name, "sntrup761x25519-") || starts(name, "mlkem")) return Exchange::hybrid;
  return Exchange::unknown;
}

std::string_view read_string(Layer& in, const Field& length, const Field& text) {
  const uint32_t size = in(length);
  return in.ok() ? in.text(text, size) : std::string_view{};
}

void read_integer(Layer& in, const Field& field) { read_string(in, f.integer_len, field); }

void report_fingerprint(Layer& in, const Session::Side& side, bool is_client) {
  if (in.tree() == nullptr) return;
  std::string text = side.exchanges + ';';
  text += is_client ? side.ciphers_out + ';' + side.macs_out + ';' + side.compressions_out
                    : side.ciphers_in + ';' + side.macs_in + ';' + side.compressions_in;
  in.conclude_text(is_client ? f.hassh : f.hassh_server, text, in.at());
}

/// The first of the client's names that the server knows too.
std::string_view agreed(std::string_view client, std::string_view server) {
  const std::string known = ',' + std::string(server) + ',';
  while (!client.empty()) {
    const std::string_view name = client.substr(0, client.find(','));
    if (known.find(',' + std::string(name) + ',') != std::string::npos) return name;
    client.remove_prefix(std::min(name.size() + 1, client.size()));
  }
  return {};
}

void agree(Context& context, Session& session) {
  using Side = Session::Side;
  constexpr std::string Side::*kNames[Session::kAgreements] = {
      &Side::exchanges, &Side::ciphers_out,      &Side::ciphers_in,      &Side::macs_out,
      &Side::macs_in,   &Side::compressions_out, &Side::compressions_in,
  };
  const Side &client = session.side[0], &server = session.side[1];
  if (client.exchanges.empty() || server.exchanges.empty()) return;
  std::string all;
  for (size_t i = 0; i < session.agreed.size(); ++i) {
    session.agreed[i] = agreed(client.*kNames[i], server.*kNames[i]);
    if (i > 0) all += ',';
    all += session.agreed[i];
  }
  session.exchange = exchange_of(session.agreed[Session::kExchange]);
  context.tell(all);
}

void dissect_init(Layer& in, Session& session, bool is_client) {
  Session::Side& side = session.side[is_client ? 0 : 1];
  const auto branch = in.part_line("Algorithms");
  in.bytes(f.cookie, 16);
  side.exchanges = read_string(in, f.exchange_len, f.exchanges);
  read_string(in, f.host_key_len, f.host_keys);
  side.ciphers_out = read_string(in, f.cipher_out_len, f.ciphers_out);
  side.ciphers_in = read_string(in, f.cipher_in_len, f.ciphers_in);
  side.macs_out = read_string(in, f.mac_out_len, f.macs_out);
  side.macs_in = read_string(in, f.mac_in_len, f.macs_in);
  side.compressions_out = read_string(in, f.compression_out_len, f.compressions_out);
  side.compressions_in = read_string(in, f.compression_in_len, f.compressions_in);
  read_string(in, f.language_out_len, f.languages_out);
  read_string(in, f.language_in_len, f.languages_in);
  in(f.first_follows);
  in.bytes(f.reserved, 4);
  if (!in.ok()) return;
  report_fingerprint(in, side, is_client);
  agree(in.context(), session);
}

void read_key(Layer& in, std::string_view type, size_t end) {
  if (type == "ssh-rsa") {
    read_integer(in, f.rsa_e);
    read_integer(in, f.rsa_n);
  } else if (starts(type, "ecdsa-sha2-")) {
    read_string(in, f.ecdsa_curve_len, f.ecdsa_curve);
    read_string(in, f.ecdsa_q_len, f.ecdsa_q);
  } else if (type == "ssh-ed25519" || type == "ssh-ed448") {
    read_string(in, f.eddsa_len, f.eddsa);
  } else if (in.at() < end) {
    in.bytes(f.key_data, end - in.at());
  }
}

void dissect_host_key(Layer& in) {
  auto branch = in.part_line("KEX host key");
  const uint32_t length = in(f.key_len);
  const size_t end = in.at() + length;
  const std::string_view type = read_string(in, f.key_type_len, f.key_type);
  branch.append(" (type: ", type, ")");
  read_key(in, type, end);
}

void dissect_signature(Layer& in) {
  auto branch = in.part_line("KEX host signature");
  const uint32_t length = in(f.signature_len);
  const size_t end = in.at() + length;
  const std::string_view type = read_string(in, f.signature_type_len, f.signature_type);
  branch.append(" (type: ", type, ")");
  if (type == "ssh-rsa") return read_integer(in, f.signature_rsa);
  if (in.ok() && in.at() < end) in.bytes(f.signature_data, end - in.at());
}

void dissect_group(Layer& in, uint8_t code) {
  switch (code) {
    case 30: in(f.group_bits); break;
    case 31:
      read_integer(in, f.modulus);
      read_integer(in, f.generator);
      break;
    case 32: read_integer(in, f.client_e); break;
    case 33:
      dissect_host_key(in);
      read_integer(in, f.server_f);
      dissect_signature(in);
      break;
    case 34:
      in(f.group_min);
      in(f.group_bits);
      in(f.group_max);
      break;
    default: break;
  }
}

/// 30 is the client's half of a shared secret, 31 the server's with its host key.
void dissect_halves(Layer& in, uint8_t code, Exchange exchange) {
  const bool is_plain = exchange == Exchange::plain || exchange == Exchange::unknown;
  if (code == 30) return is_plain ? read_integer(in, f.client_e) : void(read_string(in, f.client_q_len, f.client_q));
  if (code != 31) return;
  dissect_host_key(in);
  is_plain ? read_integer(in, f.server_f) : void(read_string(in, f.server_q_len, f.server_q));
  dissect_signature(in);
}

}  // namespace

void foresee(const Context& context, Session& session) {
  std::string_view all = context.told();
  for (std::string& name : session.agreed) {
    name = all.substr(0, all.find(','));
    all.remove_prefix(std::min(name.size() + 1, all.size()));
  }
}

std::string_view message_name(uint8_t code, Exchange exchange) {
  const std::string_view name = name_of(kMessages, code);
  return name.empty() ? name_of(names_of(exchange), code) : name;
}

void dissect_message(Layer& in, Session& session, bool is_client, size_t body_end, size_t padding) {
  const uint8_t code = in.rest().u8(0);
  auto branch = in.group_line(in.at(), body_end + padding - std::min(in.at(), body_end), "Key Exchange");
  const std::string_view name = message_name(code, session.exchange);
  in(f.message_code);
  name.empty() ? in.replace("Message Code: Unknown (", code, ')') : in.replace("Message Code: ", name, " (", code, ')');
  if (code == kInit) dissect_init(in, session, is_client);
  if (code >= 30 && session.exchange == Exchange::group) dissect_group(in, code);
  if (code >= 30 && session.exchange != Exchange::group) dissect_halves(in, code, session.exchange);
  if (code == kNewKeys) session.side[is_client ? 0 : 1].is_encrypted = true;
  const std::string& method = session.agreed[Session::kExchange];
  if (!method.empty()) branch.append(" (method:", method, ")");
  if (in.at() > body_end) in.malformed();  // what it reads is not its own any more
  if (in.ok()) in.seek(body_end);
}

}  // namespace tracedrop::dissect::ssh
