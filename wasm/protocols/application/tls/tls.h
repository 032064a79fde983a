// Transport Layer Security, RFC 8446 and RFC 5246: what its two files share.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "dissect/layer.h"

namespace tracedrop::dissect::tls {

/// What a connection's TLS state must remember to read the next record, by direction.
struct Session : ProtocolState {
  std::array<bool, 2> cipher_changed{};           ///< handshake records are encrypted from here on
  std::array<std::vector<uint8_t>, 2> handshake;  ///< the beginning of a message that spans records
};

/// "TLSv1.2" for 0x0303; "SSL" for a version that is none.
std::string_view version_name(uint16_t version);

/// The capture did not keep all of the segment at hand. (What a stream did not keep of a record is another thing.)
inline bool is_cut(const Context& context) { return context.stream->is_snapped; }

/// Info tells nothing of a record whose type alone the capture kept, not even the segment.
void keep_nothing(Context& context);

/// Dissects the content of one handshake record.
void dissect_handshake(Context& context, Session& session, Bytes content);

}  // namespace tracedrop::dissect::tls
