// A frame of IEEE 802.11 on its way through the files of this folder.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::wlan {

/// What a header that the capture put before a frame tells of it.
struct Reception {
  bool has_fcs = false;    ///< the frame ends with its check sequence
  bool is_padded = false;  ///< between header and body, to a multiple of four bytes
};

enum FrameType : uint8_t { kManagement = 0, kControl = 1, kData = 2, kExtension = 3 };

enum FrameFlag : uint8_t {
  kToDs = 0x01,
  kFromDs = 0x02,
  kMoreFragments = 0x04,
  kRetry = 0x08,
  kPowerManagement = 0x10,
  kMoreData = 0x20,
  kProtected = 0x40,
  kOrder = 0x80,
};

/// Type and subtype as one number: the type's two bits, then the subtype's four.
enum FrameKind : uint16_t {
  kAssociationRequest = 0x00,
  kAssociationResponse = 0x01,
  kReassociationRequest = 0x02,
  kReassociationResponse = 0x03,
  kProbeRequest = 0x04,
  kProbeResponse = 0x05,
  kMeasurementPilot = 0x06,
  kReserved = 0x07,
  kBeacon = 0x08,
  kAtim = 0x09,
  kDisassociation = 0x0A,
  kAuthentication = 0x0B,
  kDeauthentication = 0x0C,
  kAction = 0x0D,
  kActionNoAck = 0x0E,
  kAruba = 0x0F,
  kTrigger = 0x12,
  kTargetWakeTimeAck = 0x13,
  kReportPoll = 0x14,
  kNdpAnnouncement = 0x15,
  kControlExtension = 0x16,
  kBlockAckRequest = 0x18,
  kBlockAck = 0x19,
  kPowerSavePoll = 0x1A,
  kRequestToSend = 0x1B,
  kClearToSend = 0x1C,
  kAcknowledgement = 0x1D,
  kContentionFreeEnd = 0x1E,
  kContentionFreeEndAck = 0x1F,
  kDmgBeacon = 0x30,
  kS1gBeacon = 0x31,
  kPoll = 0x162,  ///< from here on, those of the control frame extension
  kDenialToSend = 0x166,
  kSweepAcknowledgement = 0x16A,
};

struct Frame {
  uint8_t control = 0;  ///< first byte of the frame control field
  uint8_t flags = 0;
  uint8_t extension = 0;  ///< of a control frame extension
  Reception reception;
  uint16_t kind = 0;
  uint32_t fragment = 0, sequence = 0;

  uint8_t type() const { return control >> 2 & 3; }
  uint8_t subtype() const { return control >> 4; }
  bool has(FrameFlag flag) const { return (flags & flag) != 0; }
  bool is_qos() const { return type() == kData && (subtype() & 8) != 0; }
  bool has_body() const { return type() == kData && (subtype() & 4) == 0; }
};

/// The frame from its first byte on; of what was before it, `reception` tells.
void dissect_frame(Context& context, Bytes bytes, const Reception& reception);

/// Writes the header's flags: "o", "p", "m" and so on, a point for each that is not set.
void append_flags(std::string& out, const Frame& frame);
/// The header is read: its flags end Info's part and the title.
void tell_flags(Layer& in, const Frame& frame);

struct Address;
/// Reads an address; a line of it, with its two bits below.
Bytes read_address(Layer& in, const Address& field);
/// A line of an address that was read already, at `at`.
void add_address(Layer& in, const Address& field, size_t at);

/// The rest of a frame, from behind what its kinds have in common.
void dissect_control(Layer& in, const Frame& frame);
void dissect_data(Layer& in, const Frame& frame);
void dissect_management(Layer& in, const Frame& frame);
void dissect_extension(Layer& in, const Frame& frame);
/// The lines of the check sequence, when there is one, and of the flags.
void report_end(Layer& in, const Frame& frame);
/// What follows the header without the check sequence.
Bytes body_of(const Layer& in, const Frame& frame);
/// What protects the body, and the rest as data.
void dissect_protected(Layer& in, const Frame& frame, Bytes body);

/// Elements (tagged parameters) until `in` ends; Info tells of the network's name.
void dissect_elements(Layer& in, uint16_t kind = UINT16_MAX);

}  // namespace tracedrop::dissect::wlan
