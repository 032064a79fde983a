// A packet's detail tree as JSON: layers, their lines, and the data sources when there is more than the packet.
//
//   {"number":34,"layers":[{"name":"frame","text":"Frame 34: …","pos":0,"size":1272,"children":[…]},…],
//    "sources":[{"name":"Packet","size":1272},{"name":"Reassembled TCP","size":4837}]}
#pragma once

#include <cstdint>
#include <string>

#include "dissect/tree.h"

namespace tracedrop::exporting {

std::string tree_json(const dissect::Tree& tree, uint32_t number);
/// The layers alone, as an array.
std::string layers_json(const dissect::Tree& tree);

}  // namespace tracedrop::exporting
