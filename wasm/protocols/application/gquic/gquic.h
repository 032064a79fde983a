// Google's QUIC, the one before QUIC: what its files share.
#pragma once

#include <string_view>

#include "dissect/layer.h"
#include "protocols/application/gquic/fields.h"

namespace tracedrop::dissect::gquic {

/// Whether a handshake message that is sent in the clear begins here, and what it is called.
bool is_message(Bytes bytes);
std::string_view message_name(Bytes message);
/// Its lines, to the end of `in`.
void dissect_message(Layer& in);

/// What takes the bytes of CRYPTO frames.
class CryptoTaker {
 public:
  virtual void take(Layer& in, uint64_t offset, Bytes data) = 0;

 protected:
  ~CryptoTaker() = default;
};

/// The frames of a payload in the clear, to the end of `in`. Returns the name of the last handshake message in STREAM
/// frames, or nothing.
std::string_view dissect_frames(Layer& in, unsigned version, CryptoTaker* crypto);
/// Whether these are frames in the clear: one of them brings a handshake message.
bool are_frames(Bytes bytes, unsigned version);

/// Versions from which on a payload has no private flags, numbers are in network order, IETF's frames of the handshake.
constexpr unsigned kWithoutPrivateFlags = 34, kInNetworkOrder = 39, kWithNonce = 33;

}  // namespace tracedrop::dissect::gquic
