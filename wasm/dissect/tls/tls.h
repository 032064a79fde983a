// Transport Layer Security, RFC 8446 and RFC 5246: what its two files share.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "dissect/context.h"
#include "dissect/tcp/connection.h"

namespace tracedrop::dissect::tls {

/// What a connection's TLS state must remember to read the next record, by direction.
struct Session : tcp::StreamState {
  std::array<bool, 2> cipher_changed{};           ///< handshake records are encrypted from here on
  std::array<std::vector<uint8_t>, 2> handshake;  ///< the beginning of a message that spans records
};

/// "TLSv1.2" for 0x0303; "SSL" for a version that is none.
std::string_view version_name(uint16_t version);
/// True for the names that version_name() gives.
bool is_version_name(std::string_view name);

/// The capture did not keep all of the segment at hand. (What a stream did not keep of a record is another thing.)
inline bool is_cut(const Context& context) { return context.connection != nullptr && context.connection->snapped; }

/// Info tells nothing of a record whose type alone the capture kept, not even the segment.
void keep_nothing(Context& context);

/// Dissects the content of one handshake record. `session` is null when a packet is looked at again.
void dissect_handshake(Context& context, Session* session, Bytes content);

}  // namespace tracedrop::dissect::tls
