// What protocols remember: included by those that do.
#pragma once

#include "dissect/context.h"
#include "dissect/state.h"

namespace tracedrop::dissect {

template <typename Memory>
Memory& Context::memory() {
  return state_->of_conversation<Memory>(row.flow >> 1);
}

}  // namespace tracedrop::dissect
