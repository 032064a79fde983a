// The lines of a SIP message's header fields.
#pragma once

#include "dissect/layer.h"
#include "protocols/application/sip/message.h"

namespace tracedrop::dissect::sip {

/// Reports all header fields of the message, which begins at the layer's first byte.
void report_headers(Layer& in, const Message& message);
/// The parts of the URI in a request's first line.
void report_request_uri(Layer& in, std::string_view uri);

}  // namespace tracedrop::dissect::sip
