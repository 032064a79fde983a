// EtherTypes (IEEE 802 numbers), shared by every layer that carries one.
#pragma once

#include "dissect/context.h"
#include "protocols/link/ether_type_names.h"

namespace tracedrop::dissect {

enum EtherType : uint16_t {
  kIpv4Type = 0x0800,
  kIpv6Type = 0x86DD,
  kFirstEtherType = 0x0600,  ///< smaller numbers are lengths
};

/// Not an EtherType: under this number of the same table, LLC claims the frames that carry a length instead.
inline constexpr uint32_t kLlcPayload = 1;

/// Hands `payload` to who claims `type`. Where nobody does, the row shows the number, and in Info the type's name, if
/// it has one, instead of what the carrying layer wrote there.
void call_ether_type(Context& context, uint16_t type, Bytes payload);

/// The same in an Ethernet frame, where a number below kFirstEtherType is a length; `header_len` bytes of the frame
/// came before `payload`. What follows the packet in it is padding and perhaps a trailer.
void call_type_or_length(Context& context, uint16_t type_or_length, Bytes payload, size_t header_len);

}  // namespace tracedrop::dissect
