// Transport Layer Security, RFC 8446 and RFC 5246: what its files share.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "dissect/layer.h"

namespace tracedrop::dissect::tls {

enum Message : uint8_t {
  kClientHello = 1,
  kServerHello = 2,
  kNewSessionTicket = 4,
  kHelloRetryRequest = 6,
  kEncryptedExtensions = 8,
  kCertificate = 11,
  kServerKeyExchange = 12,
  kCertificateRequest = 13,
  kServerHelloDone = 14,
  kCertificateVerify = 15,
  kClientKeyExchange = 16,
  kFinished = 20,
  kCertificateUrl = 21,
  kCertificateStatus = 22,
  kKeyUpdate = 24,
  kCompressedCertificate = 25,
};

/// What carries the handshake, by JA4's letter.
enum class Carrier : char { tcp = 't', quic = 'q', dtls = 'd' };

/// How far a connection has come with SSLv2.
enum class Sslv2 : uint8_t { none, offered, agreed, encrypted };

/// A part of a handshake message that spans records, for the tree.
struct Fragment {
  PacketIndex packet;
  size_t size;
};

/// What a connection's TLS state must remember to read the next record, by direction.
struct Session : ProtocolState {
  Carrier carrier = Carrier::tcp;
  uint8_t quic_draft = 0;                         ///< that transport parameters are written by; 0: none
  std::array<bool, 2> cipher_changed{};           ///< handshake records are encrypted from here on
  std::array<std::vector<uint8_t>, 2> handshake;  ///< the beginning of a message that spans records
  std::array<std::vector<Fragment>, 2> fragments;
  uint32_t number = 0;  ///< of the connections with TLS, in order of appearance
  uint16_t record_version = 0;
  uint16_t cipher_suite = 0;
  bool has_cipher_suite = false;
  /// A ServerHello was seen, and nothing yet of a handshake that agrees upon keys anew.
  bool may_be_resumed = false;
  Sslv2 sslv2 = Sslv2::none;
  uint8_t server_way = 1;
  std::string_view application;  ///< the title of the protocol that was agreed upon (ALPN)
};

/// "TLSv1.2" for 0x0303; "SSL" for a version that is none.
std::string_view version_name(uint16_t version);
/// The version of the connection as a number; as long as it is not known, that of the record.
uint16_t agreed_version(const Context& context);

/// The capture did not keep all of the segment at hand. (What a stream did not keep of a record is another thing.)
inline bool is_cut(const Context& context) { return context.stream->is_snapped; }

/// Info tells nothing of a record whose type alone the capture kept, not even the segment.
void keep_nothing(Context& context);

/// What a handshake record holds, for the record's own line.
using RecordTitle = std::string;

/// Dissects the content of one handshake record.
void dissect_handshake(Layer& in, Session& session, Bytes content, RecordTitle& title);

/// Bytes of QUIC's handshake, in order (RFC 9001, section 4): messages without records. `memory` is the connection's,
/// for a replay; `draft` tells its version.
void dissect_crypto(Context& context, std::unique_ptr<ProtocolState>& memory, uint8_t draft, Bytes bytes);
/// Whether a ServerHello told the cipher.
bool knows_cipher(const ProtocolState* memory);

/// The lines of one whole message.
void show_message(Layer& outer, Session& session, Bytes message);
/// What is remembered of a message and told of it, with `what` behind its name; of a fragment `body` is empty. Returns
/// the name.
std::string_view note_message(Context& context, Session& session, uint8_t type, Bytes body, std::string_view what);
/// Bodies of the messages.
void show_body(Layer& in, Session& session, uint8_t type);
void show_hello(Layer& in, Session& session, bool is_client);
void show_server_key_exchange(Layer& in, const Session& session);
void show_client_key_exchange(Layer& in, const Session& session);

/// SSLv2 records: whether one begins here, its length with its header, and its dissection.
bool looks_like_sslv2(const Session& session, Bytes bytes);
size_t sslv2_length(Bytes bytes);
void dissect_sslv2(Layer& in, Session& session, Bytes record);

/// The title of the protocol inside: what was agreed upon, or what the port stands for; empty when nothing tells.
std::string_view application_title(const Context& context, const Session& session);
/// The same for a protocol's name in ALPN.
std::string_view alpn_title(std::string_view name);

}  // namespace tracedrop::dissect::tls

namespace tracedrop::dissect::dtls {

/// What DTLS alone has in a hello: the cookie of a ClientHello, and the extension for SRTP.
void show_cookie(Layer& in);
void show_srtp(Layer& in);

}  // namespace tracedrop::dissect::dtls
