// Fields of Ethernet that other layers report too: what follows a packet in its frame is named by the layer that
// carries the packet, but padding is always Ethernet's.
#pragma once

#include "dissect/layer.h"
#include "protocols/link/ether_type_names.h"

namespace tracedrop::dissect::ethernet {

inline constexpr TrueFalse kAdministered{"Locally administered address (this is NOT the factory default)",
                                         "Globally unique address (factory default)"};
inline constexpr TrueFalse kGrouped{"Group address (multicast/broadcast)", "Individual address (unicast)"};
inline constexpr ValueName kChecksumStates[] = {{0, "Bad"}, {1, "Good"}, {2, "Unverified"}, {3, "Not present"}};
enum ChecksumState : uint8_t { kUnverified = 2 };

/// Writes the name alone, without its number.
void write_checksum_state(std::string& out, uint64_t state);

struct Fields {
  Field destination{"eth.dst", "Destination", mac48, {}, "eth.addr"};
  Field destination_maker{"eth.dst.oui", "Destination OUI", x24, {}, "eth.addr.oui"};
  Field destination_local{"eth.dst.lg", "LG bit", flag(u24, 0x020000), kAdministered, "eth.lg"};
  Field destination_group{"eth.dst.ig", "IG bit", flag(u24, 0x010000), kGrouped, "eth.ig"};
  Field source{"eth.src", "Source", mac48, {}, "eth.addr"};
  Field source_maker{"eth.src.oui", "Source OUI", x24, {}, "eth.addr.oui"};
  Field source_local{"eth.src.lg", "LG bit", flag(u24, 0x020000), kAdministered, "eth.lg"};
  Field source_group{"eth.src.ig", "IG bit", flag(u24, 0x010000), kGrouped, "eth.ig"};
  Field source_not_group{"eth.src_not_group",
                         "Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)"};
  Field type{"eth.type", "Type", x16, kEtherTypeNames};
  Field length{"eth.len", "Length", u16};
  Field length_past_end{"eth.len.past_end", "Length field value goes past the end of the payload"};
  Field invalid{"eth.invalid_lentype", "Invalid length/type", in_base(u16, Base::hex_dec)};
  Field invalid_expert{"eth.invalid_lentype.expert", "Invalid length/type"};
  Field stream{"eth.stream", "Stream index", u32};
  Field padding{"eth.padding", "Padding", raw_bytes};
  Field padding_bad{"eth.padding_bad", "Padding identification may be inaccurate and impact trailer dissector"};
  Field trailer{"eth.trailer", "Trailer", raw_bytes};
  Field checksum{"eth.fcs", "Frame check sequence", x32};
  Field checksum_state{"eth.fcs.status", "FCS Status", u8, write_checksum_state};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::ethernet
