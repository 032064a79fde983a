// TCP's fields beyond the fixed header, for whoever asks for fields: the options, and what analysis concluded.
#pragma once

#include "dissect/layer.h"
#include "protocols/transport/tcp/analysis.h"

namespace tracedrop::dissect::tcp {

void report_options(Layer& in, const Context& context, Bytes options);
void report_conclusions(Layer& in, const Context& context, const Segment& segment);
/// The fields that these two report, for the registry.
std::span<const Field* const> detail_fields();

/// Info of a segment whose header was cut off: the ports, when they are there.
void append_ports_only(Context& context);

}  // namespace tracedrop::dissect::tcp
