// Network Time Protocol, RFC 5905, section 7.3:
//
//    0                   1                   2                   3
//   |LI | VN  |Mode |    Stratum     |     Poll      |   Precision   |
//   |                          Root Delay                            |    seconds, 16 bits of fraction
//   |                       Root Dispersion                          |
//   |                         Reference ID                           |
//   |                  Reference Timestamp (64)                      |    seconds since 1900, 32 bits of fraction
//   |                    Origin Timestamp (64)                       |
//   |                   Receive Timestamp (64)                       |
//   |                   Transmit Timestamp (64)                      |
//   |        extension fields: type (2) · length (2) · value         |
//   |             key id (4) · message digest (16 or 20)             |
//
// Control messages (mode 6, RFC 1305, appendix B) and private ones (mode 7) share the first byte alone.
#include <cmath>
#include <cstdio>

#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/ntp_control.h"
#include "protocols/application/ntp_names.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ntp {
namespace {

constexpr size_t kHeader = 48, kKeyId = 4, kMaxDigest = 20;
constexpr uint8_t kControl = 6, kPrivate = 7;
constexpr uint8_t kClient = 3, kServer = 4;
constexpr int64_t kSecond = 1'000'000'000;
// From 1900 to 1970; a first half of zeros stands for the era that begins in 2036 (RFC 4330, section 3).
constexpr int64_t kEpochs = 2208988800, kNextEra = int64_t{1} << 32;

int64_t ns_of(uint64_t timestamp) {
  const auto seconds = static_cast<int64_t>(timestamp >> 32);
  const int64_t era = (seconds & 0x80000000) == 0 ? kNextEra : 0;
  const auto fraction = static_cast<double>(timestamp & 0xFFFFFFFF) / 4294967296.0;
  return (seconds + era - kEpochs) * kSecond + static_cast<int64_t>(fraction * 1e9);
}

void append_formatted(std::string& out, const char* format, double value) {
  char digits[48];
  const int length = std::snprintf(digits, sizeof digits, format, value);
  out.append(digits, static_cast<size_t>(length));
}

void write_poll(std::string& out, uint64_t value) {
  const auto power = static_cast<int64_t>(value);
  append_number(out, power);
  append_formatted(out, power >= 0 ? " (%.0f seconds)" : " (%g seconds)", std::ldexp(1.0, static_cast<int>(power)));
}

void write_precision(std::string& out, uint64_t value) {
  const auto power = static_cast<int64_t>(value);
  append_number(out, power);
  append_formatted(out, " (%.9f seconds)", std::ldexp(1.0, static_cast<int>(power)));
}

void write_short(std::string& out, uint64_t value) {
  append_formatted(out, "%.6f seconds", static_cast<double>(value) / 65536.0);
}

struct TimeFields {
  Field flags{"ntp.flags", "Flags", x8};
  Field leap{"ntp.flags.li", "Leap Indicator", bits(u8, 0xC0), kLeaps};
  Field version{"ntp.flags.vn", "Version number", bits(u8, 0x38), kVersions};
  Field mode{"ntp.flags.mode", "Mode", bits(u8, 0x07), kModes};
  Field response_in{"ntp.response_in", "Response In", packet_number};
  Field request_in{"ntp.request_in", "Request In", packet_number};
  Field delta{"ntp.delta_time", "Delta Time", relative_ns};
  Field stratum{"ntp.stratum", "Peer Clock Stratum", u8, kStrata};
  Field poll{"ntp.ppoll", "Peer Polling Interval", s8, write_poll};
  Field precision{"ntp.precision", "Peer Clock Precision", s8, write_precision};
  Field root_delay{"ntp.rootdelay", "Root Delay", u32, write_short};
  Field root_dispersion{"ntp.rootdispersion", "Root Dispersion", u32, write_short};
  Field reference_id{"ntp.refid", "Reference ID", raw_bytes};
  Field reference_time{"ntp.reftime", "Reference Timestamp", utc_ns};
  Field origin{"ntp.org", "Origin Timestamp", utc_ns};
  Field receive{"ntp.rec", "Receive Timestamp", utc_ns};
  Field transmit{"ntp.xmt", "Transmit Timestamp", utc_ns};
  Field extension{"ntp.ext", "Extension", label};
  Field extension_type{"ntp.ext.type", "Field Type", x16, kExtensions};
  Field extension_length{"ntp.ext.length", "Length", u16};
  Field extension_value{"ntp.ext.value", "Value", raw_bytes};
  Field key_id{"ntp.keyid", "Key ID", raw_bytes};
  Field mac{"ntp.mac", "Message Authentication Code", raw_bytes};
};
struct Fields {
  TimeFields time;
  ControlFields control;
  PrivateFields of_private;
} constexpr all;
constexpr const TimeFields& f = all.time;

constexpr Claim kClaims[] = {{udp_ports, 123}};

void read_flags(Layer& in) {
  const uint8_t flags = in.rest().u8(0);
  const bool is_private = (flags & 7) == kPrivate;
  in(f.flags);
  if (!is_private) in.append(", Leap Indicator: ", kLeaps[flags >> 6].name);
  if (is_private && flags >> 7 != 0) in.append(", Response bit");
  in.append(", Version number: ", name_of(kVersions, flags >> 3 & 7), ", Mode: ", name_of(kModes, flags & 7));
  const auto below = in.below();
  if (is_private) {
    in.peek(all.of_private.is_response, 0);
    in.peek(all.of_private.has_more, 0);
  } else {
    in.peek(f.leap, 0);
  }
  in.peek(f.version, 0);
  in.peek(f.mode, 0);
}

void read_timestamp(Layer& in, const Field& field) {
  const uint64_t raw = in.be64();
  if (!in.ok()) return;
  in.add(field, static_cast<uint64_t>(ns_of(raw)), in.at() - 8, 8);
  if (raw == 0) in.replace(field.title, ": NULL");
}

/// Four letters of a kind of clock, or the address of the next server.
void read_reference_id(Layer& in, uint32_t stratum) {
  const Bytes id = in.bytes(f.reference_id, 4);
  if (in.tree() == nullptr || !in.ok()) return;
  std::string text;
  if (id.be32(0) == 0) {
    text = "NULL";
  } else if (stratum <= 1) {
    text = stratum == 0 ? reference_name(kKisses, id.text()) : reference_name(kReferences, id.text());
    if (text.empty()) {
      append(text, "Unidentified ", stratum == 0 ? "Kiss-o'-Death message '" : "reference source '");
      append_printable(text, id.text());
      text += '\'';
    }
  } else {
    append_address(text, Address::ipv4(id));
  }
  in.replace(f.reference_id.title, ": ", text);
}

/// Whose transmit timestamp comes back as the origin timestamp.
void match(Layer& in, Context& context, uint8_t mode, Bytes bytes) {
  if (mode == kClient) {
    const uint64_t key = bytes.be64(40);
    if (context.has_memory()) context.ask(key);
    const uint32_t answer = context.answered_in(key);
    if (answer != 0) in.conclude(f.response_in, answer, 0);
  } else if (mode == kServer && context.has_memory()) {
    const auto asked = context.answer(bytes.be64(24));
    if (!asked) return;
    in.conclude(f.request_in, asked->packet + 1, 0);
    in.conclude(f.delta, static_cast<uint64_t>(context.row.ts_ns - asked->ts_ns), 0);
  }
}

/// RFC 8915, section 5.
bool is_time_security(uint32_t extension) {
  return extension == 0x104 || extension == 0x204 || extension == 0x304 || extension == 0x404;
}

void read_extension(Layer& in, bool& said_nts) {
  const auto part = in.part(f.extension);
  const uint32_t type = in(f.extension_type);
  if (is_time_security(type)) said_nts = true;
  const uint32_t length = in(f.extension_length);
  constexpr uint32_t kFixed = 4, kMin = 16;
  if (!in.ok() || length < kMin || length % 4 != 0) return in.skip(in.left());
  in.bytes(f.extension_value, length - kFixed);
}

/// What follows the header: extension fields, and at most a key's id with a digest.
void read_rest(Layer& in, bool has_extensions) {
  bool is_secured = false;
  while (has_extensions && in.ok() && in.rest().wire_size() > kKeyId + kMaxDigest) read_extension(in, is_secured);
  if (is_secured) in.context().append_info(", NTS");
  const size_t left = in.rest().wire_size();
  if (!in.ok() || left < kKeyId) return;
  in.bytes(f.key_id, kKeyId);
  if (left > kKeyId) in.bytes(f.mac, left - kKeyId);
}

void dissect_time(Layer& in, Context& context, Bytes bytes, uint8_t mode) {
  if (bytes.has(0, kHeader)) match(in, context, mode, bytes);
  const uint32_t stratum = in(f.stratum);
  in(f.poll);
  in(f.precision);
  in(f.root_delay);
  in(f.root_dispersion);
  read_reference_id(in, stratum);
  for (const Field* field : {&f.reference_time, &f.origin, &f.receive, &f.transmit}) read_timestamp(in, *field);
  constexpr unsigned kVersionWithExtensions = 4;
  if (in.ok()) read_rest(in, (bytes.u8(0) >> 3 & 7) >= kVersionWithExtensions);
}

/// A private message: response (1 bit) · more (1) · version (3) · mode (3), authentication and sequence (1),
/// implementation (1), request code (1).
void append_request(Context& context, Bytes bytes) {
  constexpr uint8_t kResponse = 0x80;
  if (!bytes.has(0, 4)) return;
  const std::string_view request = name_of(kPrivateRequests, bytes.u8(3));
  context.append_info((bytes.u8(0) & kResponse) != 0 ? ", Response, " : ", Request, ",
                      request.empty() ? std::string_view("Unknown") : request);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ntp_protocol, bytes);
  context.set_protocol(ntp_protocol);
  const uint8_t flags = bytes.u8(0);
  read_flags(in);
  if (!in.ok()) return;
  const uint8_t mode = flags & 7;
  const std::string_view version = name_of(kVersions, flags >> 3 & 7);
  const std::string_view mode_name = mode == kControl   ? "control"
                                     : mode == kPrivate ? "private"
                                                        : name_of(kModes, mode);
  context.set_info(version, ", ", mode_name);
  in.append_title(" (", version, ", ", mode_name, ')');
  if (mode == kPrivate) append_request(context, bytes);
  const PairFields pair{f.response_in, f.request_in, f.delta};
  if (mode == kControl) return dissect_control(in, all.control, pair);
  if (mode == kPrivate) return dissect_private(in, all.of_private, pair);
  dissect_time(in, context, bytes, mode);
}

}  // namespace
}  // namespace ntp

const Protocol ntp_protocol{.filter_name = "ntp",
                            .column_name = "NTP",
                            .title = "Network Time Protocol",
                            .fields = listed<ntp::all>,
                            .claims = ntp::kClaims,
                            .dissect = ntp::dissect};

}  // namespace tracedrop::dissect
