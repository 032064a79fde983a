// What SMB shows of Windows: times, texts of two bytes a character, masks of flags.
#pragma once

#include <string>

#include "dissect/layer.h"
#include "protocols/application/smb/windows_fields.h"

namespace tracedrop::dissect::smb {

extern const WindowsFields& w;

/// UTF-16, least significant byte first, as UTF-8; it ends with the bytes, or with a zero character.
std::string utf16(Bytes bytes);
/// The same as it may be shown.
std::string shown_utf16(Bytes bytes);

/// 100 ns since 1601, in eight bytes: "Dec  2, 2018 11:48:19.398731400 UTC", "No time specified (0)".
void show_file_time(Layer& in, const Field& field);

/// A number whose bits mean something each: reads it, names those that are set behind it when `says` wants that, and
/// shows all of them below.
uint32_t show_flags(Layer& in, const Field& all, std::span<const Field> bits, bool says = true);

/// The bits of a group whose first field is the whole.
template <typename Group>
uint32_t show_group(Layer& in, const Group& group, bool says = true) {
  const std::span<const Field> all = fields_of(group);
  return show_flags(in, all[0], all.subspan(1), says);
}

}  // namespace tracedrop::dissect::smb
