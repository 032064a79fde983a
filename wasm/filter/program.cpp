#include "filter/program.h"

#include <algorithm>

namespace tracedrop::filter {

bool Slot::operator==(const Slot& other) const {
  const auto is_same = [](const Range& a, const Range& b) {
    return a.offset == b.offset && a.length == b.length && a.last == b.last;
  };
  return name == other.name && is_raw == other.is_raw &&
         std::equal(layers.begin(), layers.end(), other.layers.begin(), other.layers.end(), is_same);
}

void note_slots(const Expr& expr, std::vector<uint32_t>& slots) {
  if (expr.kind == Expr::Kind::field && std::find(slots.begin(), slots.end(), expr.slot) == slots.end())
    slots.push_back(expr.slot);
  for (const Expr& part : expr.parts) note_slots(part, slots);
}

std::vector<uint32_t> slots_of(const Test& test) {
  std::vector<uint32_t> slots;
  note_slots(test.left, slots);
  note_slots(test.right, slots);
  for (const Test::Member& member : test.members) {
    note_slots(member.first, slots);
    note_slots(member.last, slots);
  }
  return slots;
}

}  // namespace tracedrop::filter
