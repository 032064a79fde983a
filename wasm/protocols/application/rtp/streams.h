// What others told of media streams: where RTP and RTCP go, and what their payload types are.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/hash.h"
#include "dissect/context.h"
#include "dissect/stream.h"

namespace tracedrop::dissect::rtp {

/// One announcement.
struct Setup {
  PacketIndex packet = kNoPacket;
  std::string_view method;  ///< "SDP"
  std::string call_id;      ///< of the SIP message that carried it
  bool has_call = false;
  bool is_secure = false;
  /// RFC 4568: how many bytes authenticate each packet; 0: it is not known.
  size_t tag_bytes = 0;
  std::vector<std::pair<uint32_t, std::string>> names;  ///< of payload types
};

class Setups : public ProtocolState {
 public:
  std::unordered_map<std::string, std::shared_ptr<const Setup>, KeyedHash> all;
};

/// Announces both streams of a medium (read and replay only).
void announce(Context& context, const Address& host, uint16_t port, uint16_t rtcp_port,
              std::shared_ptr<const Setup> setup);
/// What announced the packet at hand; null when nobody did (read and replay only).
const Setup* setup_of(Context& context);

}  // namespace tracedrop::dissect::rtp
