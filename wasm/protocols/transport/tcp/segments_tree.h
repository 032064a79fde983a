// A message that was put together from several segments: where its parts came from, and what of a segment is whose.
#pragma once

#include "dissect/context.h"
#include "protocols/transport/tcp/open_message.h"

namespace tracedrop::dissect::tcp {

/// The layer that tells of the segments stands before those of the message: begun before the message is dissected,
/// filled when it turns out to be whole.
uint32_t begin_segments(Tree& tree);

/// "3 Reassembled TCP Segments (3000 bytes): #4(1400), …": a layer of its own; `whole` is a data source already.
void report_segments(Tree& tree, uint32_t layer, const std::vector<MessagePart>& parts, Bytes whole);

/// Bytes of the segment at work that belong to a message which this packet completes.
void report_segment_data(Tree& tree, Bytes part);
/// The same line, when the message asked for more of the segment.
void lengthen_segment_data(Tree& tree, uint32_t line, Bytes part);
/// The same of a message that goes on.
void report_open_data(const Context& context, Bytes part);
/// What was here before.
void report_repeated_data(const Context& context, Bytes part);

}  // namespace tracedrop::dissect::tcp
