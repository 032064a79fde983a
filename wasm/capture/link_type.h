// Link types: what the first bytes of a captured packet are (https://www.tcpdump.org/linktypes.html).
#pragma once

#include <cstdint>
#include <string_view>

namespace tracedrop::capture {

/// A name to show ("Ethernet", "Linux cooked v1"), or "unknown link type".
std::string_view link_type_name(uint16_t link_type);

/// The largest captured length that is plausible: kMaxRecordBytes, more for links that carry messages or USB transfers.
uint32_t max_record_bytes(uint16_t link_type);

}  // namespace tracedrop::capture
