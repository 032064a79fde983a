// Counts what the engine does, not how long that takes: each basic block that it enters is a step (the compiler reports
// them, -fsanitize-coverage=trace-pc), and so are eight bytes that memmove() and its like go over.
#pragma once

#include <cstdint>

namespace tracedrop::test {

/// Since the process began.
uint64_t steps();

}  // namespace tracedrop::test
