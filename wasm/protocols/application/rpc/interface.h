// Interfaces of DCE/RPC: each is a protocol of its own, which claims its UUID in `rpc_interfaces` and dissects the stub
// of a call.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

extern Table rpc_interfaces;  ///< by the text of their UUID

namespace rpc {

/// What an operation's last four bytes say of how it went.
enum class Status : uint8_t { none, nt, windows };

struct Interface {
  const Protocol& protocol;
  std::span<const ValueName> operations;
  const Field* operation = nullptr;
  Status status = Status::none;
};

/// The call whose stub is being dissected.
struct Call {
  uint16_t opnum = 0;
  bool is_response = false;
  bool is_encrypted = false;
  bool is_little_endian = true;
  bool is_64_bit = false;
  PacketIndex request = kNoPacket;  ///< of a response
  uint32_t response = 0;            ///< number of the packet that answers; 0: none
};
const Call& current_call(Context& context);

/// The layer of an interface whose operations are known by their names alone.
void dissect_operation(Context& context, Bytes stub, const Interface& interface);
/// The same for one that reads more: its first lines, and the name in Info.
void begin_operation(Layer& in, const Interface& interface);
/// The rest of the stub, as it stands; and how the call went.
void end_operation(Layer& in, const Interface& interface);

/// "SRVSVC" for the UUID (16 bytes as they stand in a packet); or its text.
std::string interface_name(Bytes uuid);
/// The same of a transfer syntax: "32bit NDR".
std::string_view transfer_name(Bytes uuid);

}  // namespace rpc

}  // namespace tracedrop::dissect
