// Action frames of IEEE 802.11 (section 9.6): category (1), action (1), what they need, elements.
#include "protocols/link/wlan/action.h"

#include "protocols/link/wlan/fields.h"
#include "protocols/link/wlan/wlan.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& m = f.management;

enum Category : uint8_t {
  kSpectrum = 0,
  kQuality = 1,
  kDirectLink = 2,
  kBlockAcknowledgement = 3,
  kPublic = 4,
  kRadioMeasurement = 5,
  kFastTransition = 6,
  kHighThroughput = 7,
  kSecurityQuery = 8,
  kProtectedPublic = 9,
  kNetworkManagement = 10,
  kDirectTunnel = 12,
  kMesh = 13,
  kMultihop = 14,
  kSelfProtected = 15,
  kVeryHighThroughput = 21,
  kVendorProtected = 126,
  kVendor = 127,
};

constexpr std::string_view kNetworkManagementActions[] = {"Event Request",
                                                          "Event Report",
                                                          "Diagnostic Request",
                                                          "Diagnostic Report",
                                                          "Location Configuration Request",
                                                          "Location Configuration Response",
                                                          "BSS Transition Management Query",
                                                          "BSS Transition Management Request",
                                                          "BSS Transition Management Response",
                                                          "FMS Request",
                                                          "FMS Response",
                                                          "Collocated Interference Request",
                                                          "Collocated Interference Report",
                                                          "TFS Request",
                                                          "TFS Response",
                                                          "TFS Notify",
                                                          "WNM-Sleep Mode Request",
                                                          "WNM-Sleep Mode Response",
                                                          "TIM Broadcast Request",
                                                          "TIM Broadcast Response",
                                                          "QoS Traffic Capability Update",
                                                          "Channel Usage Request",
                                                          "Channel Usage Response",
                                                          "DMS Request",
                                                          "DMS Response",
                                                          "Timing Measurement Request",
                                                          "WNM-Notification Request",
                                                          "WNM-Notification Response",
                                                          "WNM-Notification Response"};

void tell_dialog(Layer& in, const Field& field) {
  const uint32_t token = in(field);
  if (in.ok()) in.context().append_info(", Dialog Token=", token);
}

void read_parameters(Layer& in) {
  const uint32_t value = in(m.ba_parameters);
  if ((value & 0x2) != 0) in.append(", Block Ack Policy");
  const auto below = in.below();
  for (const Field* field : {&m.ba_amsdu, &m.ba_policy, &m.ba_tid, &m.ba_buffers})
    in.note(*field, masked(field->format, value), 2);
}

void read_starting_sequence(Layer& in) {
  const uint32_t value = in(f.control.ssc);
  const auto below = in.below();
  in.note(f.control.ssc_fragment, value & 0xF, 2);
  in.note(f.control.ssc_sequence, value >> 4, 2);
}

void read_block_acknowledgement(Layer& in) {
  enum Action : uint8_t { kRequest = 0, kResponse = 1, kDelete = 2 };
  const uint32_t action = in(m.block_code);
  if (action == kRequest || action == kResponse) {
    tell_dialog(in, m.dialog);
    if (action == kResponse) in(m.status);
    read_parameters(in);
    in(m.ba_timeout);
    if (action == kRequest) read_starting_sequence(in);
  }
  if (action != kDelete) return;
  const uint32_t value = in(m.delba);
  {
    const auto below = in.below();
    for (const Field* field : {&m.delba_reserved, &m.delba_initiator, &m.delba_tid})
      in.note(*field, masked(field->format, value), 2);
  }
  in(m.reason);
}

/// Whether elements follow the fields of fixed length.
bool read_radio_measurement(Layer& in) {
  enum Action : uint8_t {
    kRequest = 0,
    kReport = 1,
    kLinkRequest = 2,
    kLinkReport = 3,
    kNeighborRequest = 4,
    kNeighborReport = 5
  };
  const uint32_t action = in(m.radio_code);
  if (action > kNeighborReport) return false;
  in(m.radio_token);
  switch (action) {
    case kRequest: in(m.radio_repetitions); return true;
    case kLinkRequest: in.skip(2); return false;
    case kLinkReport: in.skip(8); return false;
    default: return true;
  }
}

bool read_spectrum(Layer& in) {
  constexpr uint8_t kTransmitPowerReport = 3;
  const uint32_t action = in(m.spectrum_code);
  if (action > kTransmitPowerReport) return true;
  tell_dialog(in, m.dialog);
  return true;
}

bool read_quality(Layer& in) {
  enum Action : uint8_t { kAddStream = 0, kAddStreamResponse = 1, kDeleteStream = 2, kSchedule = 3 };
  const uint32_t action = in(m.quality_code);
  if (action == kAddStream || action == kAddStreamResponse) tell_dialog(in, m.dialog);
  if (action == kAddStreamResponse) in(m.status);
  if (action == kDeleteStream) in.skip(5);
  return action == kAddStream || action == kAddStreamResponse;
}

bool read_network_management(Layer& in) {
  const uint32_t action = in(m.management_code);
  if (!in.ok()) return false;
  const bool is_known = action < std::size(kNetworkManagementActions);
  in.context().append_info(is_known ? kNetworkManagementActions[action] : "Unknown WNM Action");
  if (is_known) tell_dialog(in, m.dialog);
  return false;
}

bool read_fixed(Layer& in) {
  const uint32_t category = in.all().u8(0);
  in(m.category);
  switch (category) {
    case kSpectrum: return read_spectrum(in);
    case kQuality: return read_quality(in);
    case kBlockAcknowledgement: read_block_acknowledgement(in); return true;
    case kRadioMeasurement: return read_radio_measurement(in);
    case kSecurityQuery:
      if (in(m.query_code) < 2) in(m.transaction);
      return true;
    case kNetworkManagement: return read_network_management(in);
    case kPublic:
    case kProtectedPublic: in(m.public_code); return false;
    case kVeryHighThroughput: in(m.very_high_code); return false;
    case kDirectLink:
    case kFastTransition:
    case kHighThroughput:
    case kDirectTunnel:
    case kMesh:
    case kMultihop:
    case kSelfProtected:
    case kVendorProtected:
    case kVendor: in(m.action_code); return false;
    default: return true;
  }
}

}  // namespace

void dissect_action(Layer& in) {
  bool has_elements = false;
  {
    auto fixed = in.part_line("Fixed parameters");
    has_elements = read_fixed(in);
  }
  if (in.ok() && has_elements && in.rest().wire_size() > 0) dissect_tagged(in, kAction);
}

}  // namespace tracedrop::dissect::wlan
