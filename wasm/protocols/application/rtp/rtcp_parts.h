// What the kinds of RTCP's packets hold, behind their head.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::rtcp {

void read_report(Layer& in, uint32_t count, bool is_sender);
void read_description(Layer& in, uint32_t count);
void read_goodbye(Layer& in, uint32_t count);
void read_application(Layer& in, uint32_t subtype);
/// IEEE 1733: only its head.
void read_audio_video(Layer& in);
void read_transport_feedback(Layer& in, uint32_t format);
void read_payload_feedback(Layer& in, uint32_t format);
void read_extended_report(Layer& in);

}  // namespace tracedrop::dissect::rtcp
