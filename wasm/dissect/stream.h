// A byte stream at work: what its protocol is offered, what it answers, and what it may remember. TCP makes streams,
// and so does whatever carries one inside another.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"

namespace tracedrop::dissect {

class Context;
struct Protocol;

/// Where a dissector goes on with a message that was not complete when it is offered again, longer. Without it a
/// message that grows byte by byte would be looked through from its beginning each time.
struct Resume {
  /// What is looked for, in the dissector's own terms; 0: the message is read from its beginning.
  uint8_t stage = 0;
  /// What precedes is not wanted again, save the first keep_len bytes.
  size_t at = 0;
  /// So many bytes from there on were looked through in vain.
  size_t searched = 0;
};

/// A message that is offered again, beside its first keep_len bytes.
struct StreamOffer {
  Resume resume;
  Bytes rest;           ///< the message from resume.at on
  size_t keep_len = 0;  ///< as the dissector asked for
};

/// What a stream protocol made of the bytes it was offered (see StreamDissect).
struct StreamResult {
  /// Bytes of complete messages: done with.
  size_t used = 0;
  /// Length of the message that begins at `used`, when it is not complete; or one of the two below; 0 when none begins.
  size_t message_len = 0;
  /// How many bytes of that message the dissector wants to see again; the rest is only counted.
  size_t keep_len = SIZE_MAX;
  /// Where to go on with that message (Stream::offer brings it back).
  Resume resume{};

  static constexpr size_t kOneMoreSegment = SIZE_MAX;   ///< it cannot be told yet how long the message is
  static constexpr size_t kUntilClosed = SIZE_MAX - 1;  ///< it ends with the connection
};

/// Dissects as many complete messages as `bytes` holds. Bytes that were wanted but not kept count as not captured
/// (bytes.wire_size() > bytes.size()).
using StreamDissect = StreamResult (*)(Context& context, Bytes bytes);

/// What one protocol remembers of one conversation, or of all.
struct ProtocolState {
  virtual ~ProtocolState() = default;
};

/// The stream whose bytes are being dissected.
struct Stream {
  /// Who understands it: may be changed, once what was agreed upon is another protocol.
  const Protocol*& protocol;
  /// What that protocol remembers of it.
  std::unique_ptr<ProtocolState>& memory;
  /// The capture did not keep all of the segment at hand: messages that go on in other segments cannot be put together.
  bool is_snapped = false;
  /// The sender has nothing more to say after these bytes.
  bool is_closed = false;
  /// How far its message was read when it was offered before; null when it is offered for the first time.
  const StreamOffer* offer = nullptr;
};

}  // namespace tracedrop::dissect
