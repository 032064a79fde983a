// Wireless LAN, IEEE 802.11 (section 9.2.4), all numbers least significant byte first:
//
//   frame control (2): version (2 bits), type (2), subtype (4); to DS, from DS, more fragments, retry, power
//   management, more data, protected, +HTC or order (1 bit each)
//   duration or association ID (2), receiver's address (6); then it depends: control frames have little more,
//   others transmitter's address (6), a third (6), fragment (4 bits) and sequence number (12), a fourth address (6)
//   between two access points, QoS control (2), HT control (4), body, frame check sequence (4)
//
// Captures tell before a frame how it was received (radiotap and others); on its own, the check sequence is gone.
#include "protocols/link/wlan/wlan.h"

#include "base/text.h"
#include "protocols/application/data.h"
#include "protocols/link/wlan/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr Claim kClaims[] = {{link_types, 105}};
constexpr size_t kAddressBytes = 6;

std::string_view name_of_kind(const Frame& frame) {
  const std::string_view name = name_of(kFrameTypes, frame.kind);
  return name.empty() ? "Unrecognized (Reserved frame)" : name;
}

void report_control(Layer& in, const Frame& frame) {
  if (in.tree() == nullptr) return;
  const auto& h = f.header;
  in.add(h.type_subtype, frame.kind, 0, 1);
  if (name_of(kFrameTypes, frame.kind).empty())
    in.replace("Type/Subtype: Unrecognized (Reserved frame) (", Hex{frame.kind, 4}, ')');
  in.add(h.control, uint64_t{frame.control} << 8 | frame.flags | frame.extension, 0, 2);
  const auto control = in.below();
  in.add(h.version, frame.control & 3u, 0, 1);
  in.add(h.type, frame.type(), 0, 1);
  in.add(h.subtype, frame.subtype(), 0, 1);
  if (frame.kind > kDmgBeacon + 0xFu) in.add(h.extension, frame.extension, 1, 1);
  in.add(h.flags, frame.flags, 1, 1);
  const auto flags = in.below();
  for (const Field* field : {&h.ds, &h.more_fragments, &h.retry, &h.power, &h.more_data, &h.is_protected, &h.order})
    in.add(*field, masked(field->format, frame.flags), 1, 1);
}

void read_sequence(Layer& in, Frame& frame) {
  const auto both = in.bits(f.header.fragment, f.header.sequence);
  frame.fragment = both[0];
  frame.sequence = both[1];
}

void tell_sequence(Layer& in, const Frame& frame) {
  if (!in.ok()) return;
  in.context().append_info(", SN=", frame.sequence, ", FN=", frame.fragment);
  tell_flags(in, frame);
}

void read_management_header(Layer& in, Frame& frame) {
  Context& context = in.context();
  const Bytes receiver = read_address(in, f.header.ra);
  if (!in.ok()) return;
  context.destination = {AddressKind::mac, receiver};
  add_address(in, f.header.da, in.at() - kAddressBytes);
  const Bytes transmitter = read_address(in, f.header.ta);
  if (!in.ok()) return;
  context.source = {AddressKind::mac, transmitter};
  add_address(in, f.header.sa, in.at() - kAddressBytes);
  read_address(in, f.header.bssid);
  read_sequence(in, frame);
  tell_sequence(in, frame);
  report_end(in, frame);
  if (in.ok() && frame.has(kOrder)) in(f.header.ht_control);
}

/// Which of the addresses of a data frame are whose, by where it comes from and goes to.
struct Roles {
  size_t destination, source, network;  ///< where in the header; 0: in none of them
};
constexpr size_t kFirst = 4, kSecond = 10, kThird = 16, kFourth = 24;
constexpr Roles kRoles[] = {
    {kFirst, kSecond, kThird}, {kThird, kSecond, kFirst}, {kFirst, kThird, kSecond}, {kThird, kFourth, 0}};

/// Of several packets in one, the third address (and the fourth) is the network's.
Roles roles_of(const Frame& frame, bool is_aggregate) {
  Roles roles = kRoles[frame.flags & 3];
  if (!is_aggregate) return roles;
  if (frame.has(kToDs) && frame.has(kFromDs)) return {kFirst, kSecond, 0};
  if (roles.destination == kThird) roles.destination = 0;
  if (roles.source == kThird) roles.source = 0;
  return roles;
}

void report_roles(Layer& in, const Frame& frame, const Roles& roles, bool is_aggregate) {
  const auto& h = f.header;
  if (is_aggregate && frame.has(kToDs) && frame.has(kFromDs)) {
    add_address(in, h.bssid, kThird);
    return add_address(in, h.bssid, kFourth);
  }
  if (roles.destination != 0) add_address(in, h.da, roles.destination);
  if (roles.source != 0) add_address(in, h.sa, roles.source);
  if (roles.network != 0) add_address(in, h.bssid, roles.network);
  if (roles.network == kFirst) add_address(in, h.staa, kSecond);
  if (roles.network == kSecond) add_address(in, h.staa, kFirst);
}

void append_queue_size(Layer& in, uint32_t size) {
  if (size == 0) in.append(" (no buffered traffic in the queue)");
  if (size == 254) in.append(" (more than 64 768 octets)");
  if (size == 255) in.append(" (unspecified or unknown)");
  if (size > 0 && size < 254) in.append(" (", size * 256, " bytes)");
}

void report_quality(Layer& in, const Frame& frame) {
  const auto& h = f.header;
  const uint32_t value = in(h.qos);
  if (in.tree() == nullptr || !in.ok()) return;
  const auto below = in.below();
  const auto add = [&](const Field& field) { in.note(field, masked(field.format, value), 2); };
  add(h.qos_tid);
  add(h.qos_priority);
  const bool from_access_point = frame.has(kFromDs);
  add(from_access_point ? h.qos_eosp : h.qos_bit4);
  add(h.qos_ack);
  if (frame.has_body()) add(h.qos_amsdu);
  if (!from_access_point) {
    add((value & 0x10) != 0 ? h.qos_queue : h.qos_txop_requested);
    if ((value & 0x10) != 0) return append_queue_size(in, value >> 8);
    return value >> 8 == 0 ? in.append(" (no TXOP requested)") : void();
  }
  add(h.qos_ps_state);
  const auto state = in.below();
  add(h.qos_indicated);
  if ((value & 0x200) == 0) return;
  add(h.qos_highest);
  add(h.qos_load);
  const uint32_t load = value >> 12;
  if (load == 0) return in.append(" (no buffered traffic)");
  if (load == 15) return in.append(" (greater than 57344 octets)");
  in.append(" (", load * 4096, " octets)");
}

void read_data_header(Layer& in, Frame& frame) {
  Context& context = in.context();
  const bool has_four = frame.has(kToDs) && frame.has(kFromDs);
  const size_t fixed = has_four ? 30 : 24;
  // (Before anything of it is shown.)
  if (frame.is_qos() && !in.all().has(fixed, 2)) return in.skip(fixed + 2);
  const Bytes all = in.all();
  const bool is_aggregate = frame.is_qos() && frame.has_body() && (all.u8(fixed) & 0x80) != 0;
  const Roles roles = roles_of(frame, is_aggregate);
  read_address(in, f.header.ra);
  read_address(in, f.header.ta);
  if (!in.ok()) return;
  const auto address_at = [&](size_t at) {
    return at != 0 && all.has(at, kAddressBytes) ? AddressBytes{AddressKind::mac, all.sub(at, kAddressBytes)}
                                                 : AddressBytes{};
  };
  context.destination = address_at(roles.destination);
  context.source = address_at(roles.source);
  if (in.tree() != nullptr && all.has(0, fixed)) report_roles(in, frame, roles, is_aggregate);
  in.skip(kAddressBytes);
  read_sequence(in, frame);
  if (has_four) in.skip(kAddressBytes);
  tell_sequence(in, frame);
  report_end(in, frame);
  if (!in.ok()) return;
  if (frame.is_qos()) report_quality(in, frame);
  if (in.ok() && frame.is_qos() && frame.has(kOrder)) in(f.header.ht_control);
}

void dissect_by_type(Layer& in, Frame& frame) {
  if (frame.type() == kControl) return dissect_control(in, frame);
  if (frame.type() == kExtension) return dissect_extension(in, frame);
  if (frame.type() == kManagement) {
    read_management_header(in, frame);
    return in.ok() ? dissect_management(in, frame) : void();
  }
  read_data_header(in, frame);
  if (in.ok()) dissect_data(in, frame);
}

void dissect_first_version(Layer& in, const Reception& reception) {
  Context& context = in.context();
  Frame frame;
  frame.control = in.all().u8(0);
  frame.flags = in.all().u8(1);
  frame.reception = reception;
  frame.kind = static_cast<uint16_t>(frame.type() << 4 | frame.subtype());
  if (frame.kind == kControlExtension) {
    // Four of the flags are the kind's.
    frame.kind = static_cast<uint16_t>(0x160 | (frame.flags & 0xF));
    frame.extension = frame.flags & 0xF;
    frame.flags &= 0xF0;
  }
  in.skip(2);
  if (!in.ok()) return;
  context.set_info(name_of_kind(frame));
  in.replace_title("IEEE 802.11 ", name_of_kind(frame));
  report_control(in, frame);
  if (frame.kind == kPowerSavePoll)
    in(f.header.aid);
  else
    in(f.header.duration);
  dissect_by_type(in, frame);
}

}  // namespace

void append_flags(std::string& out, const Frame& frame) {
  constexpr std::string_view kLetters = "opmPRMFT";
  for (size_t i = 0; i < kLetters.size(); ++i) out += (frame.flags >> (7 - i) & 1) != 0 ? kLetters[i] : '.';
  if (frame.reception.has_fcs) out += 'C';
}

void tell_flags(Layer& in, const Frame& frame) {
  Context& context = in.context();
  context.append_info(", Flags=");
  if (context.info() != nullptr) append_flags(*context.info(), frame);
  if (!in.wants_texts()) return;
  std::string flags;
  append_flags(flags, frame);
  in.append_title(", Flags: ", flags);
}

void add_address(Layer& in, const Address& field, size_t at) {
  if (in.tree() == nullptr) return;
  in.add_bytes(field.address, at, kAddressBytes);
  const auto below = in.below();
  const uint32_t first_half = in.all().be24(at);
  in.add(field.local, masked(field.local.format, first_half), at, 3);
  in.add(field.group, masked(field.group.format, first_half), at, 3);
}

Bytes read_address(Layer& in, const Address& field) {
  const size_t at = in.at();
  const Bytes found = in.Cursor::bytes(kAddressBytes);
  if (in.ok()) add_address(in, field, at);
  return found;
}

namespace {

void report_check_sequence(Layer& in, const Frame& frame) {
  constexpr size_t kCheckBytes = 4;
  const size_t wire = in.all().wire_size();
  if (frame.reception.has_fcs && wire >= in.at() + kCheckBytes && in.all().has(wire - kCheckBytes, kCheckBytes)) {
    in.add(f.header.fcs, in.all().le32(wire - kCheckBytes), wire - kCheckBytes, kCheckBytes);
    in.append(" [unverified]");
    in.conclude(f.header.fcs_status, ethernet::kUnverified, wire - kCheckBytes);
  }
}

}  // namespace

void report_end(Layer& in, const Frame& frame) {
  if (in.tree() == nullptr || !in.ok()) return;
  report_check_sequence(in, frame);
  std::string flags;
  append_flags(flags, frame);
  in.conclude_text(f.header.flags_text, flags, 0);
}

Bytes body_of(const Layer& in, const Frame& frame) {
  constexpr size_t kCheckBytes = 4;
  const size_t wire = in.rest().wire_size();
  if (!frame.reception.has_fcs) return in.rest();
  return in.rest().first(wire - std::min(wire, kCheckBytes));
}

namespace {

/// Of other versions nothing but the number is known.
void dissect_other_version(Layer& in, const Reception& reception, unsigned version) {
  in.replace_title("IEEE 802.11 Unknown Protocol Version:", version);
  in.add(f.header.version, version, 0, 1);
  in.skip(2);
  in.context().set_info("Unknown protocol version: ", version);
  if (!reception.has_fcs) in.malformed();
  if (!in.ok()) return;
  in.span_all();
  Frame frame;
  frame.reception = reception;
  const uint32_t before = in.tree() == nullptr ? 0 : in.tree()->nest();
  dissect_data(in.context(), body_of(in, frame));
  if (in.tree() != nullptr) in.tree()->unnest(before);
  report_check_sequence(in, frame);
}

}  // namespace

void dissect_frame(Context& context, Bytes bytes, const Reception& reception) {
  Layer in(context, wlan_protocol, bytes);
  context.set_protocol(wlan_protocol);
  context.clear_info();
  const unsigned version = bytes.u8(0) & 3u;
  if (version < 1 || bytes.empty()) return dissect_first_version(in, reception);
  dissect_other_version(in, reception, version);
}

namespace {

void dissect(Context& context, Bytes bytes) { dissect_frame(context, bytes, {}); }

}  // namespace
}  // namespace wlan

const Protocol wlan_protocol{.filter_name = "wlan",
                             .column_name = "802.11",
                             .title = "IEEE 802.11 wireless LAN",
                             .fields = listed<wlan::f>,
                             .claims = wlan::kClaims,
                             .dissect = wlan::dissect,
                             .short_name = "IEEE 802.11"};

}  // namespace tracedrop::dissect
