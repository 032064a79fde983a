// The fields of a message's head, for whoever asks for them.
#pragma once

#include "dissect/context.h"
#include "dissect/http/head.h"

namespace tracedrop::dissect::http {

/// Reports the first line and the header fields; `in` is the message.
void report_head(const Layer& in, const Head& head);

}  // namespace tracedrop::dissect::http
