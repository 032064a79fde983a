// Files that somebody made to keep a reader busy: each stands for a kind, and grows with `n`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tracedrop::test {

struct Attack {
  const char* name;
  std::string (*make)(size_t n);
  size_t n;  ///< large enough that what is fixed does not hide what grows
};

const std::vector<Attack>& attacks();

}  // namespace tracedrop::test
