// Statistics of the parts of a selection, as a JSON array:
//
//   [{"name", "packets", "bytes", "size": {…}, "interarrival": {… in seconds}}, …]
//
// and, when not all groups are listed, a last element {"name": "12 others", "packets", "bytes", "rest": true}.
#pragma once

#include <string>

#include "analysis/groups.h"

namespace tracedrop::exporting {

std::string groups_json(const analysis::Groups& groups);

}  // namespace tracedrop::exporting
