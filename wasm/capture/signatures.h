// Files of other kinds, by their first bytes: so that a wrong file is told what it is.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tracedrop::capture {

/// "a PNG image", "a Sun snoop capture", …; empty when no signature is known.
std::string_view binary_kind(Bytes first);

/// What to do with a file that binary_kind() or text_kind() names; empty when there is nothing to be done with it.
std::string advice_for(Bytes first);

/// For text: "an HTML page", "tcpdump's printed text", …; empty when it is none of those.
std::string_view text_kind(std::string_view text);

}  // namespace tracedrop::capture
