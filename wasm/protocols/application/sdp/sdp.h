// Session Description Protocol (RFC 8866): what media a session has, and where they go. SIP, RTSP and others carry it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "dissect/layer.h"
#include "dissect/stream.h"

namespace tracedrop::dissect {

/// Reports it in the tree.
void report_sdp(Context& context, Bytes body);

namespace sdp {

/// The call that the message at hand is about, which carries descriptions: SIP tells it.
struct Call : ProtocolState {
  std::string id;
  PacketIndex packet = kNoPacket;
};

/// One "m=" line and what follows it until the next.
struct Media {
  std::string_view kind, protocol;
  uint16_t port = 0;
  uint32_t port_count = 1;
  Address host;  ///< its own, or the session's; of kind none when it is no address
  std::vector<std::string_view> formats;
  /// Payload types that "a=rtpmap" names, and their names.
  std::vector<std::pair<uint32_t, std::string_view>> names;
  uint16_t rtcp_port = 0;  ///< 0: the next one
  size_t tag_bytes = 0;    ///< of what authenticates packets; 0: it is not known
  bool shares_port_with_rtcp = false;
  /// Whether it goes to an address and a port, in RTP.
  bool is_announced() const;
};

std::vector<Media> media_of(std::string_view text);

/// RTP under one of its profiles, and whether that encrypts.
bool is_rtp(std::string_view protocol);
bool is_secure(std::string_view protocol);

/// Announces the media's conversations: read and replay only.
void announce(Context& context, std::string_view text);

}  // namespace sdp
}  // namespace tracedrop::dissect
