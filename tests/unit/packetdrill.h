// TCP conversations in the notation of packetdrill (github.com/google/packetdrill), a packet a line, for tests:
//
//   +0     > S 0:0(0) win 65535 <mss 1460,wscale 6,sackOK>
//   +.004  < S. 0:0(0) ack 1 win 64240 <mss 1386,sackOK,wscale 7>
//   +.300  > P. 1:101(100) ack 1 win 4096                            ; [TCP Retransmission]
//
// "+.3" is the time since the line before; ">" goes out from the client (10.0.0.1:40000 to 10.0.0.2:9999), "<" comes
// back. "id 7" and "ttl 63" are IPv4's, 0 and 64 without them. Flags are S F R P . (ACK) U E W; numbers are relative to
// each side's first one, 0xFFFFFF00, so that every script wraps around 2^32. What follows ";" is what Info is expected
// to begin with before the ports: the notes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dissect/findings.h"
#include "dissect/row.h"

namespace tracedrop::test {

struct DrillPacket {
  dissect::Row row;
  std::string notes;     ///< as Info shows them, without the last blank
  std::string expected;  ///< from the script
  std::string line;
};

struct Drill {
  dissect::Findings findings;
  std::vector<DrillPacket> packets;
};

/// Builds the packets of a script and dissects them. A line that cannot be read fails the test.
Drill run_script(std::string_view script);

/// Runs a script and checks every packet's notes.
void check_notes(std::string_view script);

}  // namespace tracedrop::test
