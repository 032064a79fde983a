// NetBIOS names.
//
// A NetBIOS name has 16 bytes, the last of which tells what it names; its first label holds them in "first-level
// encoding" (RFC 1001, section 14.1): two letters a byte, 'A' plus the high half and 'A' plus the low half. More labels
// are the scope.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedrop::dissect::nbns {

inline constexpr size_t kNameBytes = 16;

struct NetbiosName {
  std::string text{};  ///< "WORKGROUP<1d>"
  bool is_legal = false;
  uint8_t kind = 0;  ///< its last byte
};

/// Of its 16 bytes.
NetbiosName name_of_bytes(const uint8_t (&bytes)[kNameBytes]);
/// From labels joined by dots; what is wrong with them is the text of a name that is not legal.
NetbiosName decode_name(std::string_view labels);

}  // namespace tracedrop::dissect::nbns
