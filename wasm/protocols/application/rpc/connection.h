// What is remembered of a connection that speaks DCE/RPC, or of the pipes within one.
#pragma once

#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "dissect/stream.h"
#include "protocols/application/rpc/interface.h"

namespace tracedrop::dissect::rpc {

/// What a context id stands for.
struct Bound {
  const Protocol* protocol = nullptr;  ///< null: nobody knows the interface
  std::string name{};
  uint32_t version = 0;
  bool is_64_bit = false;
};

struct Request {
  PacketIndex packet = kNoPacket;
  int64_t ts_ns = 0;
  uint16_t opnum = 0;
  uint16_t context_id = 0;
};

/// A stub that comes in fragments.
struct Fragments {
  struct Part {
    PacketIndex packet = kNoPacket;
    size_t at = 0, size = 0;
  };
  std::vector<uint8_t> stub;
  std::vector<Part> parts;
};

struct Connection : ProtocolState {
  std::unordered_map<uint64_t, Bound, KeyedHash> contexts;       ///< by pipe and context id
  std::unordered_map<uint64_t, Request, KeyedHash> requests;     ///< by pipe and call id
  std::unordered_map<uint64_t, Fragments, KeyedHash> fragments;  ///< by pipe, call id and direction
  Call call;                                                     ///< that is being dissected
};

/// A PDU over whatever carries it; `pipe` tells the pipes of a connection apart (0: the connection itself).
void dissect_pdu(Context& context, Bytes bytes, uint64_t pipe);
/// Whether a PDU begins here; of one that is not complete its length is known.
bool is_pdu(Bytes bytes);
size_t pdu_length(Bytes bytes);
constexpr size_t kHeaderBytes = 16;

}  // namespace tracedrop::dissect::rpc
