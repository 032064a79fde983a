// What a row's Info text tells of its packet, in the spellings of Wireshark 1.8 to 4.6:
//
//   [TCP Dup ACK 1178#1] 443 → 56064 [ACK] Seq=1366847 Ack=10442 Win=64128 Len=0 SLE=9840 SRE=10442
//   56064  >  443 [SYN] Seq=0 Win=65535 Len=0 MSS=1460 WS=64 TSval=1814174363 TSecr=0 SACK_PERM=1
//   [TCP Retransmission] , Application Data
//   51234 → 53 Len=48
//   Standard query response 0xed0c A fonts.gstatic.com CNAME …
//   Echo (ping) request  id=0xab12, seq=0/0, ttl=64 (reply in 2)
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "dissect/row.h"

namespace tracedrop::csv {

/// A selective acknowledgment's block: sequence numbers [left, right) have arrived (RFC 2018).
struct SackBlock {
  uint32_t left = 0;
  uint32_t right = 0;
};

enum class Exchange : uint8_t { none, dns_query, dns_response, echo_request, echo_reply };

struct InfoFacts {
  /// Ports are shown; a port shown by a name that is not known is 0.
  bool has_ports = false;
  /// Flags are shown, and with them what follows of a segment.
  bool is_segment = false;
  /// "Len=" is shown; with ports and without a segment's flags it is UDP's.
  bool has_payload_len = false;
  bool has_seq = false;
  bool has_ack = false;
  bool has_window = false;
  bool has_timestamps = false;
  bool sack_permitted = false;
  uint8_t sack_count = 0;
  Exchange exchange = Exchange::none;

  uint16_t source_port = 0;
  uint16_t destination_port = 0;
  uint16_t flags = 0;  ///< dissect::TcpFlag bits
  uint16_t notes = 0;  ///< dissect::TcpNote bits
  uint16_t mss = 0;    ///< 0 when not shown
  /// Window scale as shown: the factor 1, 2, 4, … 16384; 0 when not shown.
  uint16_t window_scale = 0;

  uint32_t seq = 0;
  uint32_t ack = 0;
  uint32_t window = 0;  ///< already scaled by Wireshark
  /// Payload bytes (Len=) of TCP or UDP.
  uint32_t payload_len = 0;
  uint32_t ts_value = 0;
  uint32_t ts_echo = 0;
  std::array<SackBlock, 4> sack;

  /// "[TCP Dup ACK frame#number]"
  uint32_t duplicate_of = 0;
  uint32_t duplicate_number = 0;

  /// DNS id, or ICMP identifier << 16 | sequence number (as Wireshark's big-endian forms).
  uint32_t exchange_id = 0;
  /// Frame numbers: "(reply in N)" and "[TCP PDU reassembled in N]" (later packets), "(request in N)" (an earlier one).
  uint32_t completed_in = 0;
  uint32_t request_in = 0;
};

/// Total over any text; what does not look as above gives no facts.
InfoFacts parse_info(std::string_view protocol, std::string_view info);

}  // namespace tracedrop::csv
