// QUIC (RFC 9000, RFC 9001; version 2: RFC 9369): what its files share.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/crypto.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/application/quic/fields.h"

namespace tracedrop::dissect::quic {

constexpr uint32_t kVersion1 = 1, kVersion2 = 0x6B3343CF, kNegotiation = 0;
constexpr uint32_t kGoogle50 = 0x51303530, kGoogleTls50 = 0x54303530, kGoogleTls51 = 0x54303531;
constexpr size_t kMostId = 20;  ///< bytes of a connection id
constexpr size_t kRetryTag = 16;

enum class Type : uint8_t { initial, zero_rtt, handshake, retry };

/// Number of the draft that a version is like; 1 and 2 are later than all, 0 is none that is known.
uint8_t draft_of(uint32_t version);
/// RFC 9000, section 15: versions that only force the other side to negotiate.
inline bool forces_negotiation(uint32_t version) { return (version & 0x0F0F0F0F) == 0x0A0A0A0A; }
/// The type of a packet with a long header, by its first byte: version 2 numbers them anew.
Type type_of(uint32_t version, uint8_t first);

/// What protects the packets of one direction.
struct Keys {
  std::array<uint8_t, 16> key{}, header{};
  std::array<uint8_t, crypto::kGcmNonce> nonce{};
};
/// The keys of Initial packets, which anybody can derive (RFC 9001, section 5.2).
struct InitialKeys {
  uint32_t version = 0;
  bool is_made = false;
  Keys client, server;
};
void make_initial_keys(InitialKeys& keys, uint32_t version, Bytes id);

/// A packet whose protection was taken off.
struct Opened {
  uint8_t first = 0;       ///< its first byte, without header protection
  uint8_t number_len = 0;  ///< bytes; 0: not even that is known
  uint64_t number = 0;
  bool is_authentic = false;
  std::vector<uint8_t> frames;  ///< the payload
};
/// `packet` ends where its payload does, which begins with the packet number at `number_at`; `expected` is the number
/// that follows the highest one so far.
Opened open_packet(const Keys& keys, Bytes packet, size_t number_at, uint64_t expected);

/// Whether a Retry packet answers the one with this destination (RFC 9001, section 5.8).
bool verify_retry(uint32_t version, Bytes packet, std::string_view original_id);

/// Bytes of the handshake, as frames brought them: in order, or kept until what is missing is here.
class CryptoStream {
 public:
  struct Piece {
    PacketIndex packet = kNoPacket;
    uint64_t size = 0;
    std::vector<uint8_t> bytes;
  };
  /// What a frame does.
  enum class Effect : uint8_t { delivered, kept, completed, repeated, overlapped };
  Effect add(PacketIndex packet, uint64_t offset, Bytes data);
  /// After `completed`: what was put together, in order; its bytes may be taken.
  std::map<uint64_t, Piece>& whole() { return pieces_; }
  void clear() {
    pieces_.clear();
    waiting_ = 0;
  }

 private:
  uint64_t next_ = 0;     // in order until here
  uint64_t waiting_ = 0;  // bytes of the pieces, none of which overlap
  uint64_t last_ = 0;     // where the last of them ends
  std::map<uint64_t, Piece> pieces_;
};

/// Where the messages of a handshake begin and end, and the packets that brought a part of the one at hand.
class MessageProgress {
 public:
  /// Bytes in order that `packet` brought. `each(waiting packet)` is called for those whose message is whole now.
  template <typename Each>
  void add(PacketIndex packet, Bytes bytes, const Each& each);

 private:
  static constexpr size_t kHeader = 4, kMostWaiting = 256;
  std::array<uint8_t, kHeader> header_{};
  size_t header_len_ = 0;
  size_t missing_ = 0;  // of the message's body
  std::vector<PacketIndex> waiting_;
};

struct Connection {
  uint32_t number = 0;
  /// What the client first called the server, from which keys follow; and what a Retry is verified with.
  std::string initial_id, original_id;
  InitialKeys keys;
  std::string client_id, server_id;  ///< as each calls itself
  std::array<uint8_t, 16> server_address{};
  uint16_t server_port = 0;
  uint8_t draft = 0;
  /// By direction: 1 from the server.
  std::array<uint64_t, 2> next_number{};
  std::array<CryptoStream, 2> crypto;
  std::array<MessageProgress, 2> messages;
  bool was_told_no_secrets = false;
  std::unique_ptr<ProtocolState> tls;
};

/// A datagram on its way through its packets.
struct Datagram {
  Connection* connection = nullptr;
  bool from_server = false;

  /// Bytes of the id that a short header goes to.
  size_t short_id_size() const {
    if (connection == nullptr) return 0;
    return from_server ? connection->client_id.size() : connection->server_id.size();
  }
};

/// The header of a packet, as far as it is needed before anything is reported.
struct Header {
  bool is_long = false;
  uint8_t first = 0;
  uint32_t version = 0;
  Type type = Type::initial;
  std::string_view destination, source;  ///< of at most kMostId bytes; longer ones count as none
  bool has_destination = false;          ///< the capture holds it
  size_t size = 0;                       ///< of the whole packet
};

/// Finds the connection of a datagram by its first header, of `packet`, begins a new one, and remembers ids.
Datagram find_connection(Context& context, const Header& header, Bytes packet);
/// The server answered with Retry: the client goes on with that id.
void note_retry(Context& context, Datagram& datagram, const Header& header);
/// What a side calls itself in a packet that is its own.
void note_ids(Context& context, Datagram& datagram, const Header& header);

/// The frames of a decrypted payload; `info` gets their names.
void dissect_frames(Layer& in, Datagram& datagram, Bytes frames, std::string* info);
/// The same of Google's versions 50 and 51, whose frames are those of its own QUIC.
void dissect_google_frames(Layer& in, Datagram& datagram, uint32_t version, Bytes frames, std::string* info);

/// A number of 1 to 8 bytes (RFC 9000, section 16).
uint64_t read_number(Cursor& in);
uint64_t read_number(Layer& in, const Field& field);

// ---- how ----

template <typename Each>
void MessageProgress::add(PacketIndex packet, Bytes bytes, const Each& each) {
  while (!bytes.empty()) {
    while (header_len_ < kHeader && !bytes.empty()) {
      header_[header_len_++] = bytes.u8(0);
      bytes = bytes.from(1);
      if (header_len_ == kHeader) missing_ = Bytes(header_.data(), kHeader).be24(1);
    }
    if (header_len_ < kHeader) break;
    const size_t taken = std::min(missing_, bytes.size());
    missing_ -= taken;
    bytes = bytes.from(taken);
    if (missing_ > 0) break;
    for (const PacketIndex waiting : waiting_) each(waiting);
    waiting_.clear();
    header_len_ = 0;
  }
  if (header_len_ > 0 && waiting_.size() < kMostWaiting) waiting_.push_back(packet);
}

}  // namespace tracedrop::dissect::quic
