// --display-filter: the packets of a file that pass it.
#pragma once

#include <memory>
#include <string>

#include "engine/engine.h"
#include "filter/program.h"
#include "input.h"
#include "trace/selection.h"

namespace tracedrop::native_capture {

/// Null for an empty filter. What is old about it is told on standard error; throws Failure, with the place marked,
/// when it is none.
std::shared_ptr<const filter::Program> compile_display_filter(const std::string& filter);

/// The packets of the finished engine that pass; all without a program. When a stop is requested, those that were found
/// until then. Throws Failure when the file cannot answer the filter.
trace::Selection display_filtered(const engine::Engine& engine, Input& input,
                                  std::shared_ptr<const filter::Program> program);

}  // namespace tracedrop::native_capture
