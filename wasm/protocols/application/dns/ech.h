// Encrypted Client Hello, as far as records hand out its configurations.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::dns {

/// Reads a list of configurations that has `size` bytes at most, and goes on behind it.
void dissect_ech_configs(Layer& in, size_t size);

}  // namespace tracedrop::dissect::dns
