// What a message shows: its row, and its fields for whoever asks for them.
#pragma once

#include "dissect/layer.h"
#include "protocols/application/http/head.h"
#include "protocols/application/http/media.h"

namespace tracedrop::dissect::http {

/// Sets the Protocol column and appends to `info` (when it is not null) the first line and what the body is.
void write_row(Context& context, const Protocol& protocol, std::string* info, const Head& head,
               const BodyDescription& body);

/// Reports the first line and the header fields; `in` is the message.
void report_head(Layer& in, const Head& head);

}  // namespace tracedrop::dissect::http
