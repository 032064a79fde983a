// The options of a TCP header as lines of the tree.
#pragma once

#include "protocols/transport/tcp/header.h"

namespace tracedrop::dissect::tcp {

/// Reports the options, which the layer has just read.
void report_options(Layer& in, const Header& header, Bytes options);

/// The lines of a multipath TCP option (RFC 8684), behind its kind and length; `end` is where it ends.
void report_multipath(Layer& in, Layer::Branch& line, const Header& header, size_t end);

}  // namespace tracedrop::dissect::tcp
