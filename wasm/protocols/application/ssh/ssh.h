// Secure Shell (RFC 4250 to 4254): what its files share.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "dissect/layer.h"
#include "dissect/stream.h"

namespace tracedrop::dissect::ssh {

/// How the two sides agree upon keys: the messages 30 to 34 mean something else for each.
enum class Exchange : uint8_t { unknown, plain, group, elliptic, hybrid };

/// What is remembered of a connection; by direction, 0 is the client's.
struct Session : ProtocolState {
  uint8_t version = 0;  ///< as the client said it; 0 before
  static constexpr uint8_t kNobody = 255;
  uint8_t first_speaker = kNobody;  ///< direction of the first packet, where ports do not tell who is who
  struct Side {
    bool has_said_version = false;
    bool is_encrypted = false;
    uint32_t packets = 0;
    std::string exchanges, ciphers_out, ciphers_in, macs_out, macs_in, compressions_out, compressions_in;
  };
  std::array<Side, 2> side;
  Exchange exchange = Exchange::unknown;
  /// What the sides agree upon: names in the order of this list. A tree shows it before they do.
  enum Agreed : uint8_t {
    kExchange,
    kCipherOut,
    kCipherIn,
    kMacOut,
    kMacIn,
    kCompressionOut,
    kCompressionIn,
    kAgreements
  };
  std::array<std::string, kAgreements> agreed;
  std::string_view agreed_to(Agreed out, bool is_client) const {
    return agreed[static_cast<size_t>(out) + (is_client ? 0 : 1)];
  }
};

/// Takes over what will have been agreed upon, where that is known already.
void foresee(const Context& context, Session& session);

/// "Key Exchange Init"; empty for a number without a name.
std::string_view message_name(uint8_t code, Exchange exchange);

/// The body of a plain packet of version 2, behind its padding length: takes what is agreed upon into `session`.
/// `padding` follows.
void dissect_message(Layer& in, Session& session, bool is_client, size_t body_end, size_t padding);

struct Fields {
  Field protocol{"ssh.protocol", "Protocol", plain_text};
  Field direction{"ssh.direction", "Direction", boolean, TrueFalse{"Server to Client", "Client to Server"}};
  Field packet_length{"ssh.packet_length", "Packet Length", u32};
  Field packet_length_encrypted{"ssh.packet_length_encrypted", "Packet Length (encrypted)", raw_bytes};
  Field padding_length{"ssh.padding_length", "Padding Length", u8};
  Field message_code{"ssh.message_code", "Message Code", u8};
  Field padding{"ssh.padding_string", "Padding String", raw_bytes};
  Field encrypted{"ssh.encrypted_packet", "Encrypted Packet", raw_bytes};
  Field mac{"ssh.mac", "MAC", raw_bytes};
  Field sequence{"ssh.seq_num", "Sequence number", u32};
  Field cookie{"ssh.cookie", "Cookie", raw_bytes};
  Field exchange_len{"ssh.kex_algorithms_length", "kex_algorithms length", u32};
  Field exchanges{"ssh.kex_algorithms", "kex_algorithms string", plain_text};
  Field host_key_len{"ssh.server_host_key_algorithms_length", "server_host_key_algorithms length", u32};
  Field host_keys{"ssh.server_host_key_algorithms", "server_host_key_algorithms string", plain_text};
  Field cipher_out_len{"ssh.encryption_algorithms_client_to_server_length",
                       "encryption_algorithms_client_to_server length", u32};
  Field ciphers_out{"ssh.encryption_algorithms_client_to_server", "encryption_algorithms_client_to_server string",
                    plain_text};
  Field cipher_in_len{"ssh.encryption_algorithms_server_to_client_length",
                      "encryption_algorithms_server_to_client length", u32};
  Field ciphers_in{"ssh.encryption_algorithms_server_to_client", "encryption_algorithms_server_to_client string",
                   plain_text};
  Field mac_out_len{"ssh.mac_algorithms_client_to_server_length", "mac_algorithms_client_to_server length", u32};
  Field macs_out{"ssh.mac_algorithms_client_to_server", "mac_algorithms_client_to_server string", plain_text};
  Field mac_in_len{"ssh.mac_algorithms_server_to_client_length", "mac_algorithms_server_to_client length", u32};
  Field macs_in{"ssh.mac_algorithms_server_to_client", "mac_algorithms_server_to_client string", plain_text};
  Field compression_out_len{"ssh.compression_algorithms_client_to_server_length",
                            "compression_algorithms_client_to_server length", u32};
  Field compressions_out{"ssh.compression_algorithms_client_to_server",
                         "compression_algorithms_client_to_server string", plain_text};
  Field compression_in_len{"ssh.compression_algorithms_server_to_client_length",
                           "compression_algorithms_server_to_client length", u32};
  Field compressions_in{"ssh.compression_algorithms_server_to_client", "compression_algorithms_server_to_client string",
                        plain_text};
  Field language_out_len{"ssh.languages_client_to_server_length", "languages_client_to_server length", u32};
  Field languages_out{"ssh.languages_client_to_server", "languages_client_to_server string", plain_text};
  Field language_in_len{"ssh.languages_server_to_client_length", "languages_server_to_client length", u32};
  Field languages_in{"ssh.languages_server_to_client", "languages_server_to_client string", plain_text};
  Field first_follows{"ssh.first_kex_packet_follows", "First KEX Packet Follows", u8};
  Field reserved{"ssh.kex.reserved", "Reserved", raw_bytes};
  Field hassh{"ssh.kex.hassh_algorithms", "hasshAlgorithms", plain_text};
  Field hassh_server{"ssh.kex.hasshserver_algorithms", "hasshServerAlgorithms", plain_text};
  Field group_min{"ssh.dh_gex.min", "DH GEX Min", u32};
  Field group_bits{"ssh.dh_gex.nbits", "DH GEX Number of Bits", u32};
  Field group_max{"ssh.dh_gex.max", "DH GEX Max", u32};
  Field integer_len{"ssh.mpint_length", "Multi Precision Integer Length", u32};
  Field modulus{"ssh.dh_gex.p", "DH GEX modulus (P)", raw_bytes};
  Field generator{"ssh.dh_gex.g", "DH GEX base (G)", raw_bytes};
  Field client_e{"ssh.dh.e", "DH client e", raw_bytes};
  Field server_f{"ssh.dh.f", "DH server f", raw_bytes};
  Field client_q_len{"ssh.ecdh.q_c_length", "ECDH client's ephemeral public key length", u32};
  Field client_q{"ssh.ecdh.q_c", "ECDH client's ephemeral public key (Q_C)", raw_bytes};
  Field server_q_len{"ssh.ecdh.q_s_length", "ECDH server's ephemeral public key length", u32};
  Field server_q{"ssh.ecdh.q_s", "ECDH server's ephemeral public key (Q_S)", raw_bytes};
  Field key_len{"ssh.host_key.length", "Host key length", u32};
  Field key_type_len{"ssh.host_key.type_length", "Host key type length", u32};
  Field key_type{"ssh.host_key.type", "Host key type", plain_text};
  Field key_data{"ssh.host_key.data", "Host key data", raw_bytes};
  Field rsa_e{"ssh.host_key.rsa.e", "RSA public exponent (e)", raw_bytes};
  Field rsa_n{"ssh.host_key.rsa.n", "RSA modulus (N)", raw_bytes};
  Field ecdsa_curve_len{"ssh.host_key.ecdsa.id_length", "ECDSA elliptic curve identifier length", u32};
  Field ecdsa_curve{"ssh.host_key.ecdsa.id", "ECDSA elliptic curve identifier", plain_text};
  Field ecdsa_q_len{"ssh.host_key.ecdsa.q_length", "ECDSA public key length", u32};
  Field ecdsa_q{"ssh.host_key.ecdsa.q", "ECDSA public key (Q)", raw_bytes};
  Field eddsa_len{"ssh.host_key.eddsa.key_length", "EdDSA public key length", u32};
  Field eddsa{"ssh.host_key.eddsa.key", "EdDSA public key", raw_bytes};
  Field signature_len{"ssh.host_sig.length", "Host signature length", u32};
  Field signature_type_len{"ssh.host_sig.type_length", "Host signature type length", u32};
  Field signature_type{"ssh.host_sig.type", "Host signature type", plain_text};
  Field signature_rsa{"ssh.host_sig.rsa", "RSA signature", raw_bytes};
  Field signature_data{"ssh.host_sig.data", "Host signature data", raw_bytes};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::ssh
