// Which packet a SIP message answers, and whether it is sent again: what Wireshark finds by a call's identification and
// the addresses. There is one state a call and direction, of the last transaction in it.
#pragma once

#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/layer.h"
#include "protocols/application/sip/message.h"

namespace tracedrop::dissect::sip {

/// What is known of a message because of others.
struct Relation {
  uint32_t original = 0;  ///< number of the packet that it repeats
  uint32_t request = 0;   ///< number of the packet with the request that it answers
  uint32_t time_ms = 0;   ///< since that
};

class Calls : public ProtocolState {
 public:
  Relation relate(const Context& context, const Message& message);

 private:
  struct Transaction {
    enum class Stage : uint8_t { none, asked, provisional, final } stage = Stage::none;
    uint32_t cseq = 0, code = 0;
    std::string method;
    uint32_t packet = 0;
    int64_t asked_ns = 0;
  };
  std::unordered_map<std::string, Transaction, KeyedHash> all_;
};

}  // namespace tracedrop::dissect::sip
