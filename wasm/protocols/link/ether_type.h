// EtherTypes (IEEE 802 numbers), shared by every layer that carries one.
#pragma once

#include "dissect/layer.h"
#include "protocols/link/ether_type_names.h"
#include "protocols/link/trailer.h"

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

/// The same for layers that have a table of their own for what they carry.
void call_by_ether_type(Context& context, uint16_t type, Bytes payload);

/// The same in a frame: what follows the packet in it is padding and perhaps a trailer. `in` has read its header.
void call_ether_type(Layer& in, const Field& trailer, CheckSequence check, uint16_t type);

/// The payload of a frame that has its length in the place of a type, and what follows it. That length, `length`, is
/// the last line; `past_end` is the finding that so much is not here.
void call_llc(Layer& in, const Field& past_end, const Trailer& trailer, size_t length);

/// Between the two: nothing is defined (IEEE 802.3, section 3.2.6).
constexpr bool is_length(uint16_t type_or_length) { return type_or_length <= 1500; }

}  // namespace tracedrop::dissect
