// What the tree shows of a message's body: its chunks, what it is decoded to, and the layers that its type names.
#pragma once

#include "dissect/layer.h"
#include "protocols/application/http/head.h"

namespace tracedrop::dissect::http {

/// Reports the body of the message `in`, whose head has been read; the layer then ends where Wireshark's does: behind
/// the head when the body is dissected as something, else behind the body.
void report_body(Layer& in, const Head& head);

/// Reports bytes that begin no message.
void report_continuation(Layer& in);

}  // namespace tracedrop::dissect::http
