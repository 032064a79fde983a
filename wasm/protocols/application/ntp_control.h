// Messages of NTP that no clock needs: control (mode 6, RFC 9327) and private ones of one implementation (mode 7).
#pragma once

#include "dissect/layer.h"
#include "protocols/application/ntp_names.h"

namespace tracedrop::dissect::ntp {

// clang-format off
inline constexpr ValueName kOpcodes[] = {
    {0, "reserved"},
    {1, "read status"},
    {2, "read variables"},
    {3, "write variables"},
    {4, "read clock variables"},
    {5, "write clock variables"},
    {6, "set trap address/port"},
    {7, "asynchronous message"},
    {8, "runtime configuration"},
    {9, "save config to file"},
    {10, "retrieve MRU (mrulist)"},
    {11, "retrieve ordered list"},
    {12, "request a client nonce"},
    {31, "unset trap address/port"},
};
inline constexpr ValueName kControlErrors[] = {
    {0, "unspecified"},
    {1, "authentication failure"},
    {2, "invalid message length or format"},
    {3, "invalid opcode"},
    {4, "unknown association identifier"},
    {5, "unknown variable name"},
    {6, "invalid variable value"},
    {7, "administratively prohibited"},
};
inline constexpr ValueName kSystemLeaps[] = {
    {0, "no warning"},
    {1, "last minute of the day has 61 seconds"},
    {2, "last minute of the day has 59 seconds"},
    {3, "unknown (clock unsynchronized)"},
};
inline constexpr ValueName kClockSources[] = {
    {0, "unspecified or unknown"},
    {1, "Calibrated atomic clock (e.g. HP 5061)"},
    {2, "VLF (band 4) or LF (band 5) radio (e.g. OMEGA, WWVB)"},
    {3, "HF (band 7) radio (e.g. CHU, MSF, WWV/H)"},
    {4, "UHF (band 9) satellite (e.g. GOES, GPS)"},
    {5, "local net (e.g. DCN, TSP, DTS)"},
    {6, "UDP/NTP"},
    {7, "UDP/TIME"},
    {8, "eyeball-and-wristwatch"},
    {9, "telephone modem (e.g. NIST)"},
};
inline constexpr ValueName kSystemEvents[] = {
    {0, "unspecified"},
    {1, "frequency correction (drift) file not available"},
    {2, "frequency correction started (frequency stepped)"},
    {3, "spike detected and ignored, starting stepout timer"},
    {4, "frequency training started"},
    {5, "clock synchronized"},
    {6, "system restart"},
    {7, "panic stop (required step greater than panic threshold)"},
    {8, "no system peer"},
    {9, "leap second insertion/deletion armed"},
    {10, "leap second disarmed"},
    {11, "leap second inserted or deleted"},
    {12, "clock stepped (stepout timer expired)"},
    {13, "kernel loop discipline status changed"},
    {14, "leapseconds table loaded from file"},
    {15, "leapseconds table outdated, updated file needed"},
};
inline constexpr ValueName kPeerSelections[] = {
    {0, "rejected"},
    {1, "passed sanity checks (tests 1 through 8 in Section 3.4.3)"},
    {2, "passed correctness checks (intersection algorithm in Section 4.2.1)"},
    {3, "passed candidate checks (if limit check implemented)"},
    {4, "passed outlier checks (clustering algorithm in Section 4.2.2)"},
    {5, "current synchronization source; max distance exceeded (if limit check implemented)"},
    {6, "current synchronization source; max distance okay"},
    {7, "reserved"},
};
inline constexpr ValueName kPeerEvents[] = {
    {0, "unspecified"},
    {1, "association mobilized"},
    {2, "association demobilized"},
    {3, "peer unreachable (peer.reach was nonzero now zero)"},
    {4, "peer reachable (peer.reach was zero now nonzero)"},
    {5, "association restarted or timed out"},
    {6, "no server found (ntpdate mode)"},
    {7, "rate exceeded (kiss code RATE)"},
    {8, "access denied (kiss code DENY)"},
    {9, "leap armed from server LI code"},
    {10, "become system peer"},
    {11, "reference clock event (see clock status word)"},
    {12, "authentication failure"},
    {13, "popcorn spike suppressor"},
    {14, "entering interleave mode"},
    {15, "interleave error (recovered)"},
};
inline constexpr ValueName kClockStates[] = {
    {0, "clock operating within nominals"},
    {1, "reply timeout"},
    {2, "bad reply format"},
    {3, "hardware or software fault"},
    {4, "propagation failure"},
    {5, "bad date format or value"},
    {6, "bad time format or value"},
};
inline constexpr ValueName kImplementations[] = {
    {0, "UNIV"},
    {2, "XNTPD_OLD (pre-IPv6)"},
    {3, "XNTPD"},
};
inline constexpr ValueName kPrivateErrors[] = {
    {0, "No error"},
    {1, "incompatible implementation number"},
    {2, "unimplemented request code"},
    {3, "format error"},
    {4, "no data available"},
    {5, "unknown"},
    {6, "unknown"},
    {7, "authentication failure"},
};
// clang-format on
inline constexpr TrueFalse kResponseOrRequest{"Response", "Request"};

struct ControlFields {
  Field flags{"ntp.ctrl.flags2", "Flags 2", x8};
  Field is_response{"ntp.ctrl.flags2.r", "Response bit", flag(u8, 0x80), kResponseOrRequest};
  Field has_error{"ntp.ctrl.flags2.error", "Error bit", bits(u8, 0x40)};
  Field has_more{"ntp.ctrl.flags2.more", "More bit", bits(u8, 0x20)};
  Field opcode{"ntp.ctrl.flags2.opcode", "Opcode", bits(u8, 0x1F), kOpcodes};
  Field sequence{"ntp.ctrl.sequence", "Sequence", u16};
  Field status{"ntp.ctrl.status", "Status", x16};
  Field error_status{"ntp.ctrl.err_status", "Error Status Word", bits(u16, 0xFF00), kControlErrors};
  Field leap{"ntp.ctrl.sys_status.li", "Leap Indicator", bits(u16, 0xC000), kSystemLeaps};
  Field clock_source{"ntp.ctrl.sys_status.clksrc", "Clock Source", bits(u16, 0x3F00), kClockSources};
  Field system_count{"ntp.ctrl.sys_status.count", "System Event Counter", bits(u16, 0x00F0)};
  Field system_event{"ntp.ctrl.sys_status.code", "System Event Code", bits(u16, 0x000F), kSystemEvents};
  Field is_configured{"ntp.ctrl.peer_status.config", "Peer Status", flag(u16, 0x8000),
                      TrueFalse{"configured (peer.config)", "not configured (peer.config)"}};
  Field may_authenticate{
      "ntp.ctrl.peer_status.authenable", "Peer Status", flag(u16, 0x4000),
      TrueFalse{"authentication enabled (peer.authenable)", "authentication disabled (peer.authenable)"}};
  Field is_authentic{"ntp.ctrl.peer_status.authentic", "Peer Status", flag(u16, 0x2000),
                     TrueFalse{"authentication okay (peer.authentic)", "authentication not okay (peer.authentic)"}};
  Field is_reachable{"ntp.ctrl.peer_status.reach", "Peer Status", flag(u16, 0x1000),
                     TrueFalse{"reachability okay (peer.reach != 0)", "reachability not okay (peer.reach != 0)"}};
  Field is_broadcast{"ntp.ctrl.peer_status.bcast", "Peer Status broadcast association", flag(u16, 0x0800), kSet};
  Field selection{"ntp.ctrl.peer_status.selection", "Peer Selection", bits(u16, 0x0700), kPeerSelections};
  Field peer_count{"ntp.ctrl.peer_status.count", "Peer Event Counter", bits(u16, 0x00F0)};
  Field peer_event{"ntp.ctrl.peer_status.code", "Peer Event Code", bits(u16, 0x000F), kPeerEvents};
  Field clock_state{"ntp.ctrl.clock_status.status", "Clock Status", bits(u16, 0xFF00), kClockStates};
  Field clock_event{"ntp.ctrl.clock_status.code", "Clock Event Code", bits(u16, 0x00FF)};
  Field association{"ntp.ctrl.associd", "AssociationID", u16};
  Field offset{"ntp.ctrl.offset", "Offset", u16};
  Field count{"ntp.ctrl.count", "Count", u16};
  Field data{"ntp.ctrl.data", "Data"};
  Field item{"ntp.ctrl.item", "Item"};
  Field trap_message{"ntp.ctrl.trapmsg", "Trap message", plain_text};
  Field configuration{"ntp.ctrl.configuration", "Configuration", plain_text};
  Field recent_list{"ntp.ctrl.mru", "MRU", plain_text};
  Field ordered_list{"ntp.ctrl.ordlist", "Ordered List", plain_text};
  Field nonce{"ntp.ctrl.nonce", "Nonce", plain_text};
};

struct PrivateFields {
  Field is_response{"ntp.priv.flags.r", "Response bit", flag(u8, 0x80), kResponseOrRequest};
  Field has_more{"ntp.priv.flags.more", "More bit", bits(u8, 0x40)};
  Field auth_and_sequence{"ntp.priv.auth_seq", "Auth, sequence", u8};
  Field is_authenticated{"ntp.priv.auth", "Auth bit", bits(u8, 0x80)};
  Field sequence{"ntp.priv.seq", "Sequence number", bits(u8, 0x7F)};
  Field implementation{"ntp.priv.impl", "Implementation", u8, kImplementations};
  Field request{"ntp.priv.reqcode", "Request code", u8, kPrivateRequests};
  Field error{"ntp.priv.err", "Err", bits(x8, 0xF0), kPrivateErrors};
  Field item_count{"ntp.priv.numitems", "Number of data items", bits(u16, 0x0FFF)};
  Field reserved{"ntp.priv.reserved", "Reserved", bits(x8, 0xF0)};
  Field item_size{"ntp.priv.itemsize", "Size of data item", bits(u16, 0x0FFF)};
  Field item{"ntp.priv.mode7.item", "Item"};
  Field average_interval{"ntp.priv.monlist.avgint", "avgint", u32};
  Field last_interval{"ntp.priv.monlist.lsint", "lsint", u32};
  Field restrictions{"ntp.priv.monlist.restr", "restr", x32};
  Field packets{"ntp.priv.monlist.count", "count", u32};
  Field remote{"ntp.priv.monlist.remote_address", "remote address", ipv4_32};
  Field local{"ntp.priv.monlist.local_address", "local address", ipv4_32};
  Field flags{"ntp.priv.monlist.flags", "flags", x32};
  Field port{"ntp.priv.monlist.port", "port", u16};
  Field mode{"ntp.priv.monlist.mode", "mode", u8};
  Field version{"ntp.priv.monlist.version", "version", u8};
  Field is_ipv6{"ntp.priv.monlist.ipv6", "ipv6", x32};
  Field unused{"ntp.priv.monlist.unused", "unused", x32};
  Field remote_ipv6{"ntp.priv.monlist.addr6", "ipv6 remote addr", ipv6_128};
  Field local_ipv6{"ntp.priv.monlist.daddr6", "ipv6 local addr", ipv6_128};
};

/// What a request and its responses say of each other stands behind the sequence number of either kind.
struct PairFields {
  const Field &response_in, &request_in, &delta;
};

/// Behind the first byte.
void dissect_control(Layer& in, const ControlFields& f, const PairFields& pair);
void dissect_private(Layer& in, const PrivateFields& f, const PairFields& pair);

}  // namespace tracedrop::dissect::ntp
