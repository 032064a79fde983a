// The texts of a TCP packet's Info column, from its row and the options in its header.
#pragma once

#include <string>

#include "base/text.h"
#include "dissect/findings.h"
#include "dissect/row.h"
#include "protocols/transport/tcp/analysis.h"
#include "protocols/transport/tcp/options.h"

namespace tracedrop::dissect::tcp {

/// "[TCP Dup ACK 1178#1] ": the notes, in the order in which Wireshark puts them; each followed by a blank.
void append_notes(std::string& out, const Findings& findings, const Row& row, PacketIndex index);

/// What a header's fixed part says at most: ports, nine flags, numbers.
inline constexpr size_t kMostHeaderText = 192;

/// "SYN, ACK"; "<None>" without any.
void append_flags(ShortText<kMostHeaderText>& out, uint16_t flags);

/// " MSS=1460 WS=64 SACK_PERM": every option that shows in Info, a blank before each.
void append_options(std::string& out, const Findings& findings, const Row& row, Bytes options);

/// What the segment tells of its connection, as Wireshark's tcp.completeness has it.
uint8_t completeness_of(const Segment& segment, uint32_t payload_len);

/// The factor a window is multiplied with: the window scale option's, or 1.
uint32_t window_factor(const Conversation& conversation, const Row& row);

}  // namespace tracedrop::dissect::tcp
