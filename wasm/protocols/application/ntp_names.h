// Names of NTP's values: RFC 5905, section 7.3; RFC 7822 and IANA's registry of extension fields; RFC 1305, appendix B.
#pragma once

#include <string_view>

#include "dissect/field.h"

namespace tracedrop::dissect::ntp {

inline constexpr ValueName kLeaps[] = {
    {0, "no warning"},
    {1, "last minute of the day has 61 seconds"},
    {2, "last minute of the day has 59 seconds"},
    {3, "unknown (clock unsynchronized)"},
};

inline constexpr ValueName kVersions[] = {
    {0, "reserved"},      {1, "NTP Version 1"}, {2, "NTP Version 2"}, {3, "NTP Version 3"},
    {4, "NTP Version 4"}, {5, "reserved"},      {6, "reserved"},      {7, "reserved"},
};

inline constexpr ValueName kModes[] = {
    {0, "reserved"},
    {1, "symmetric active"},
    {2, "symmetric passive"},
    {3, "client"},
    {4, "server"},
    {5, "broadcast"},
    {6, "reserved for NTP control message"},
    {7, "reserved for private use"},
};

inline constexpr RangeName kStrata[] = {
    {0, 0, "unspecified or invalid"}, {1, 1, "primary reference"}, {2, 15, "secondary reference"},
    {16, 16, "unsynchronized"},       {17, 255, "reserved"},
};

inline constexpr RangeName kExtensions[] = {
    {0, 0, "Crypto-NAK; authentication failure"},
    {2, 2, "Reserved for historic reasons"},
    {0x102, 0x102, "Reserved for historic reasons"},
    {0x104, 0x104, "Unique Identifier"},
    {0x200, 0x200, "No-Operation Request"},
    {0x201, 0x201, "Association Message Request"},
    {0x202, 0x202, "Certificate Message Request"},
    {0x203, 0x203, "Cookie Message Request"},
    {0x204, 0x204, "NTS Cookie or Autokey Message Request"},
    {0x205, 0x205, "Leapseconds Message Request"},
    {0x206, 0x206, "Sign Message Request"},
    {0x207, 0x207, "IFF Identity Message Request"},
    {0x208, 0x208, "GQ Identity Message Request"},
    {0x209, 0x209, "MV Identity Message Request"},
    {0x302, 0x302, "Reserved for historic reasons"},
    {0x304, 0x304, "NTS Cookie Placeholder"},
    {0x402, 0x402, "Reserved for historic reasons"},
    {0x404, 0x404, "NTS Authenticator and Encrypted Extension Fields"},
    {0x502, 0x502, "Reserved for historic reasons"},
    {0x602, 0x602, "Reserved for historic reasons"},
    {0x702, 0x702, "Reserved for historic reasons"},
    {0x802, 0x802, "Reserved for historic reasons"},
    {0x902, 0x902, "Reserved for historic reasons"},
    {0x2005, 0x2005, "UDP Checksum Complement"},
    {0x8002, 0x8002, "Reserved for historic reasons"},
    {0x8102, 0x8102, "Reserved for historic reasons"},
    {0x8200, 0x8200, "No-Operation Response"},
    {0x8201, 0x8201, "Association Message Response"},
    {0x8202, 0x8202, "Certificate Message Response"},
    {0x8203, 0x8203, "Cookie Message Response"},
    {0x8204, 0x8204, "Autokey Message Response"},
    {0x8205, 0x8205, "Leapseconds Message Response"},
    {0x8206, 0x8206, "Sign Message Response"},
    {0x8207, 0x8207, "IFF Identity Message Response"},
    {0x8208, 0x8208, "GQ Identity Message Response"},
    {0x8209, 0x8209, "MV Identity Message Response"},
    {0x8302, 0x8302, "Reserved for historic reasons"},
    {0x8402, 0x8402, "Reserved for historic reasons"},
    {0x8502, 0x8502, "Reserved for historic reasons"},
    {0x8602, 0x8602, "Reserved for historic reasons"},
    {0x8702, 0x8702, "Reserved for historic reasons"},
    {0x8802, 0x8802, "Reserved for historic reasons"},
    {0x8902, 0x8902, "Reserved for historic reasons"},
    {0xc002, 0xc002, "Reserved for historic reasons"},
    {0xc102, 0xc102, "Reserved for historic reasons"},
    {0xc200, 0xc200, "No-Operation Error Response"},
    {0xc201, 0xc201, "Association Message Error Response"},
    {0xc202, 0xc202, "Certificate Message Error Response"},
    {0xc203, 0xc203, "Cookie Message Error Response"},
    {0xc204, 0xc204, "Autokey Message Error Response"},
    {0xc205, 0xc205, "Leapseconds Message Error Response"},
    {0xc206, 0xc206, "Sign Message Error Response"},
    {0xc207, 0xc207, "IFF Identity Message Error Response"},
    {0xc208, 0xc208, "GQ Identity Message Error Response"},
    {0xc209, 0xc209, "MV Identity Message Error Response"},
    {0xc302, 0xc302, "Reserved for historic reasons"},
    {0xc402, 0xc402, "Reserved for historic reasons"},
    {0xc502, 0xc502, "Reserved for historic reasons"},
    {0xc602, 0xc602, "Reserved for historic reasons"},
    {0xc702, 0xc702, "Reserved for historic reasons"},
    {0xc802, 0xc802, "Reserved for historic reasons"},
    {0xc902, 0xc902, "Reserved for historic reasons"},
    {0xf000, 0xffff, "Reserved for Private or Experimental Use"},
};

inline constexpr ValueName kPrivateRequests[] = {
    {0, "PEER_LIST"},      {1, "PEER_LIST_SUM"},    {2, "PEER_INFO"},      {3, "PEER_STATS"},
    {4, "SYS_INFO"},       {5, "SYS_STATS"},        {6, "IO_STATS"},       {7, "MEM_STATS"},
    {8, "LOOP_INFO"},      {9, "TIMER_STATS"},      {10, "CONFIG"},        {11, "UNCONFIG"},
    {12, "SET_SYS_FLAG"},  {13, "CLR_SYS_FLAG"},    {14, "MONITOR"},       {15, "NOMONITOR"},
    {16, "GET_RESTRICT"},  {17, "RESADDFLAGS"},     {18, "RESSUBFLAGS"},   {19, "UNRESTRICT"},
    {20, "MON_GETLIST"},   {21, "RESET_STATS"},     {22, "RESET_PEER"},    {23, "REREAD_KEYS"},
    {24, "DO_DIRTY_HACK"}, {25, "DONT_DIRTY_HACK"}, {26, "TRUSTKEY"},      {27, "UNTRUSTKEY"},
    {28, "AUTHINFO"},      {29, "TRAPS"},           {30, "ADD_TRAP"},      {31, "CLR_TRAP"},
    {32, "REQUEST_KEY"},   {33, "CONTROL_KEY"},     {34, "GET_CTLSTATS"},  {35, "GET_LEAPINFO"},
    {36, "GET_CLOCKINFO"}, {37, "SET_CLKFUDGE"},    {38, "GET_KERNEL"},    {39, "GET_CLKBUGINFO"},
    {40, "UNASSIGNED"},    {41, "SET_PRECISION"},   {42, "MON_GETLIST_1"}, {43, "HOSTNAME_ASSOCID"},
    {44, "IF_STATS"},      {45, "IF_RELOAD"},
};

struct ReferenceName {
  std::string_view code, name;
};
/// Kinds of clocks, by their letters.
inline constexpr ReferenceName kReferences[] = {
    {"1PPS", "External 1 PPS input"},
    {"ACTS", "NIST telephone modem"},
    {"ATOM", "Atomic clock (calibrated)"},
    {"CESM", "calibrated Cesium clock"},
    {"CHU", "HF Radio CHU Ottawa, Ontario"},
    {"DCF", "LF Radio DCF77 Mainflingen, DE 77.5 kHz"},
    {"DCFa", "DCF77 with amplitude modulation"},
    {"DCFp", "DCF77 with phase modulation/pseudo random phase modulation"},
    {"DCN", "DCN routing protocol"},
    {"DTS", "Digital Time Service"},
    {"FREE", "(Internal clock)"},
    {"GAL", "Galileo Positioning System"},
    {"GNSS", "Global Navigation Satellite System"},
    {"GOES", "Geostationary Orbit Environment Satellite"},
    {"GPS", "Global Position System"},
    {"GPSi", "GPS (with interrupt based access)"},
    {"GPSs", "GPS (with shared memory access)"},
    {"HBG", "LF Radio HBG Prangins, HB 75 kHz"},
    {"IRIG", "Inter-Range Instrumentation Group"},
    {"JJY", "LF Radio JJY Fukushima, JP 40 kHz, Saga, JP 60 kHz"},
    {"LOCL", "uncalibrated local clock"},
    {"LORC", "MF Radio LORAN C station, 100 kHz"},
    {"MRS", "Multi Reference System"},
    {"MSF", "LF Radio MSF Anthorn, UK 60 kHz"},
    {"NIST", "NIST telephone modem"},
    {"OMEG", "OMEGA radionavigation system"},
    {"PPS", "Generic pulse-per-second"},
    {"PTB", "European telephone modem"},
    {"PZF", "DCF77 correlation receiver for middle Europe"},
    {"RBDM", "calibrated Rubidium clock"},
    {"TDF", "MF Radio Allouis, FR 162 kHz"},
    {"TSP", "TSP time protocol"},
    {"USNO", "USNO telephone modem"},
    {"VLF", "VLF radio (OMEGA,, etc.)"},
    {"WWV", "HF Radio WWV Ft. Collins, CO"},
    {"WWVB", "LF Radio WWVB Ft. Collins, CO 60 kHz"},
    {"WWVH", "HF Radio WWVH Kauai, HI"},
};

/// Why a server with stratum 0 does not answer (RFC 5905, section 7.4).
inline constexpr ReferenceName kKisses[] = {
    {"ACST", "The association belongs to a unicast server"},
    {"AUTH", "Server authentication failed"},
    {"AUTO", "Autokey sequence failed"},
    {"BCST", "The association belongs to a broadcast server"},
    {"CRYP", "Cryptographic authentication or identification failed"},
    {"DENY", "Access denied by remote server"},
    {"DROP", "Lost peer in symmetric mode"},
    {"INIT", "The association has not yet synchronized for the first time"},
    {"MCST", "The association belongs to a dynamically discovered server"},
    {"NKEY", "No key found. Either the key was never installed or is not trusted"},
    {"NTSN", "Network Time Security (NTS) negative-acknowledgment (NAK)"},
    {"RATE", "Rate exceeded. The server has temporarily denied access because the client exceeded the rate threshold"},
    {"RMOT", "Alteration of association from a remote host running ntpdc."},
    {"RSTR", "Access denied due to local policy"},
    {"STEP", "A step change in system time has occurred, but the association has not yet resynchronized"},
};

/// `id`: four letters, or fewer with zeros behind them.
template <size_t kCount>
std::string_view reference_name(const ReferenceName (&names)[kCount], std::string_view id) {
  const std::string_view letters = id.substr(0, id.find('\0'));
  for (const ReferenceName& known : names)
    if (known.code == letters) return known.name;
  return {};
}

}  // namespace tracedrop::dissect::ntp
