// The byte stream of a connection: hands whole messages to the protocol above TCP, however they were cut into segments.
#pragma once

#include "dissect/context.h"
#include "protocols/transport/tcp/analysis.h"
#include "protocols/transport/tcp/connection.h"

namespace tracedrop::dissect::tcp {

/// Gives the segment's payload to the connection's protocol (read and replay only). Messages that end in later segments
/// are remembered; when one is complete, the packets that carried its parts are linked to this one. As in Wireshark
/// with its default preferences, segments are not put into order first: one that arrives early is dissected where it
/// stands.
void deliver(Context& context, Connection& connection, const Segment& segment, Bytes payload);

/// Whether a protocol claims one of the ports.
bool has_claim(const Context& context);

}  // namespace tracedrop::dissect::tcp
