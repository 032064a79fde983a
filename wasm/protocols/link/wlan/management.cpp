// The body of management frames of IEEE 802.11 (section 9.3.3): fields of fixed length, by the kind of frame, then
// elements. The only numbers that the row shows are the interval between beacons and what names the network.
#include "protocols/link/wlan/action.h"
#include "protocols/link/wlan/fields.h"
#include "protocols/link/wlan/wlan.h"

namespace tracedrop::dissect::wlan {

void write_beacon_interval(std::string& out, uint64_t units) {
  constexpr uint64_t kUnitUs = 1024, kSecondUs = 1000000;
  append_number(out, units * kUnitUs / kSecondUs);
  out += '.';
  append_padded(out, units * kUnitUs % kSecondUs, 6);
  out += " [Seconds]";
}

namespace {

constexpr auto& m = f.management;

void read_capabilities(Layer& in) {
  const uint32_t value = in(m.capabilities);
  if (in.tree() == nullptr || !in.ok()) return;
  const auto below = in.below();
  for (const Field* field = &m.capability_0; field <= &m.capability_15; ++field)
    in.note(*field, masked(field->format, value), 2);
}

void read_beacon_interval(Layer& in) {
  const uint32_t interval = in(m.beacon);
  if (in.ok()) in.context().append_info(", BI=", interval);
}

void read_association_id(Layer& in) { in(m.aid); }

struct GroupSize {
  uint16_t group;
  uint16_t scalar, element;
};
/// Diffie-Hellman groups (IANA's registry for IKE), and the bytes of their numbers.
constexpr GroupSize kGroups[] = {{15, 384, 384}, {16, 512, 512}, {17, 768, 768}, {18, 1024, 1024},
                                 {19, 32, 64},   {20, 48, 96},   {21, 66, 132},  {25, 24, 48},
                                 {26, 28, 56},   {28, 32, 64},   {29, 48, 96},   {30, 64, 128}};

GroupSize size_of_group(uint32_t group, size_t left) {
  for (const GroupSize& known : kGroups)
    if (known.group == group) return known;
  return {0, 0, static_cast<uint16_t>(std::min<size_t>(left, UINT16_MAX))};
}

enum SaeStatus : uint16_t { kSuccess = 0, kTokenRequired = 76, kHashToElement = 126, kPublicKey = 127 };

void read_equals(Layer& in, uint32_t sequence, uint32_t status) {
  const bool is_commit = sequence == 1;
  const bool has_numbers = status == kSuccess || (is_commit && (status == kHashToElement || status == kPublicKey));
  if (sequence > 2 || sequence == 0) return;
  in.add(m.sae_type, sequence, 2, 2);
  if (!is_commit) {
    if (status != kSuccess) return;
    in(m.sae_send_confirm);
    in.bytes(m.sae_confirm, in.rest().wire_size());
    return;
  }
  if (status == kTokenRequired) {
    in(m.sae_group);
    in.bytes(m.sae_token, in.rest().wire_size());
    return;
  }
  if (!has_numbers) return;
  const uint32_t group = in(m.sae_group);
  const GroupSize size = size_of_group(group, in.rest().wire_size());
  const size_t numbers = size_t{size.scalar} + size.element;
  if (status == kSuccess && in.rest().wire_size() > numbers) in.bytes(m.sae_token, in.rest().wire_size() - numbers);
  if (size.scalar > 0) in.bytes(m.sae_scalar, size.scalar);
  in.bytes(m.sae_element, size.element);
}

void read_authentication(Layer& in) {
  constexpr uint32_t kEquals = 3, kFastInitialLink = 5;
  const uint32_t algorithm = in(m.auth_algorithm), sequence = in(m.auth_sequence), status = in(m.status);
  if (!in.ok()) return;
  if (algorithm == kEquals) read_equals(in, sequence, status);
  if (algorithm != kFastInitialLink || sequence > 2 || (sequence == 2 && status != kSuccess)) return;
  const uint32_t group = in(m.sae_group);
  in.bytes(m.sae_element, size_of_group(group, 0).element);
}

void read_beacon(Layer& in) {
  in(m.timestamp);
  read_beacon_interval(in);
  read_capabilities(in);
}

void read_pilot(Layer& in) {
  in(m.timestamp);
  in.skip(1);
  read_beacon_interval(in);
  read_capabilities(in);
  in.skip(8);
}

void read_dmg_beacon(Layer& in) {
  in(m.timestamp);
  in.skip(3);
  read_beacon_interval(in);
  in.skip(7);
}

void read_short_beacon(Layer& in, const Frame& frame) {
  constexpr uint8_t kHasNextTime = 0x01, kHasShortName = 0x02, kHasOptions = 0x04;
  in.skip(5);
  if ((frame.flags & kHasNextTime) != 0) in.skip(3);
  if ((frame.flags & kHasShortName) != 0) in.skip(4);
  if ((frame.flags & kHasOptions) != 0) in.skip(1);
}

void read_fixed(Layer& in, const Frame& frame) {
  switch (frame.kind) {
    case kAssociationRequest: read_capabilities(in); return void(in(m.listen));
    case kReassociationRequest:
      read_capabilities(in);
      in(m.listen);
      return void(in(m.current_ap));
    case kAssociationResponse:
    case kReassociationResponse:
      read_capabilities(in);
      in(m.status);
      return read_association_id(in);
    case kBeacon:
    case kProbeResponse: return read_beacon(in);
    case kMeasurementPilot: return read_pilot(in);
    case kDisassociation:
    case kDeauthentication: return void(in(m.reason));
    case kAuthentication: return read_authentication(in);
    case kDmgBeacon: return read_dmg_beacon(in);
    case kS1gBeacon: return read_short_beacon(in, frame);
    default: return;
  }
}

bool needs_elements(uint16_t kind) {
  switch (kind) {
    case kAssociationRequest:
    case kReassociationRequest:
    case kAssociationResponse:
    case kReassociationResponse:
    case kBeacon:
    case kProbeResponse: return true;
    default: return false;
  }
}

bool has_fixed(uint16_t kind) { return kind != kProbeRequest; }

void dissect_body(Layer& in, const Frame& frame) {
  if (frame.kind == kAction || frame.kind == kActionNoAck) return dissect_action(in);
  if (frame.kind == kAruba) return in.skip(2);
  if (has_fixed(frame.kind)) {
    auto fixed = in.part(m.fixed_all);
    read_fixed(in, frame);
    fixed.append(" (", in.at(), " bytes)");
  }
  if (!in.ok() || (in.rest().wire_size() == 0 && !needs_elements(frame.kind))) return;
  dissect_tagged(in, frame.kind);
}

}  // namespace

void dissect_tagged(Layer& in, uint16_t kind) {
  if (in.rest().wire_size() == 0) return in.skip(1);
  auto tagged = in.group(m.tagged_all, in.rest().wire_size());
  tagged.append(" (", in.rest().wire_size(), " bytes)");
  dissect_elements(in, kind);
}

void dissect_management(Layer& in, const Frame& frame) {
  const Bytes body = body_of(in, frame);
  if (frame.type() == kManagement && frame.has(kProtected)) return dissect_protected(in, frame, body);
  if (frame.type() == kManagement && frame.has(kMoreFragments)) {
    in.context().set_info("Fragmented IEEE 802.11 frame");
    return;
  }
  if (frame.kind == kAtim || frame.kind == kReserved) return;
  Tree* const tree = in.tree();
  const Field& title = frame.type() == kExtension ? f.header.extension_layer : f.header.management;
  const uint32_t line = tree != nullptr ? tree->open_layer_line(title) : 0;
  Layer part(in, body);
  dissect_body(part, frame);
  in.lacks(part.shortage());
  if (tree != nullptr) tree->close_layer(line, body);
}

}  // namespace tracedrop::dissect::wlan
