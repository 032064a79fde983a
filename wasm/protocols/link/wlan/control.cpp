// Control frames of IEEE 802.11 (section 9.3.1): the receiver's address, mostly the transmitter's, and what the kind
// needs. An acknowledged block has a control field (2), the sequence number that it starts with (2) and one bit a
// frame.
#include "protocols/link/wlan/fields.h"
#include "protocols/link/wlan/wlan.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& c = f.control;

void read_receiver(Layer& in) {
  const Bytes receiver = read_address(in, f.header.ra);
  if (in.ok()) in.context().destination = {AddressKind::mac, receiver};
}

void read_transmitter(Layer& in, const Address& field) {
  const Bytes transmitter = read_address(in, field);
  if (in.ok()) in.context().source = {AddressKind::mac, transmitter};
}

void end_header(Layer& in, const Frame& frame) {
  if (!in.ok()) return;
  tell_flags(in, frame);
  report_end(in, frame);
}

bool has_transmitter(uint16_t kind) {
  switch (kind) {
    case kTrigger:
    case kTargetWakeTimeAck:
    case kReportPoll:
    case kNdpAnnouncement:
    case kBlockAckRequest:
    case kBlockAck:
    case kRequestToSend: return true;
    default: return kind >= kPoll && kind <= kSweepAcknowledgement && kind != kDenialToSend;
  }
}

void read_sequence_control(Layer& in) {
  const uint32_t value = in(c.ssc);
  const auto below = in.below();
  in.note(c.ssc_fragment, value & 0xF, 2);
  in.note(c.ssc_sequence, value >> 4, 2);
}

enum BlockAckType : uint8_t { kBasic = 0, kExtended = 1, kCompressed = 2, kMultiTid = 3, kMultiStation = 11 };

uint32_t read_block_control(Layer& in) {
  const uint32_t value = in(c.ba_control);
  const auto below = in.below();
  for (const Field* field : {&c.ba_policy, &c.ba_type, &c.ba_reserved, &c.ba_tid})
    in.note(*field, masked(field->format, value), 2);
  return value;
}

void report_bitmap(Layer& in, size_t size, uint32_t first) {
  const Bytes bitmap = in.bytes(c.bitmap, size);
  if (in.tree() == nullptr || !in.ok()) return;
  const auto below = in.below();
  const size_t at = in.at() - size;
  uint32_t last = 0;
  bool has_last = false;
  for (size_t bit = size * 8; bit-- > 0 && !has_last;) {
    has_last = (bitmap.u8(bit / 8) >> bit % 8 & 1) != 0;
    last = static_cast<uint32_t>(bit);
  }
  for (uint32_t bit = 0; has_last && bit < last; ++bit)
    if ((bitmap.u8(bit / 8) >> bit % 8 & 1) == 0) in.add(c.missing, (first + bit) & 0xFFF, at + bit / 8, 1);
  if (has_last) in.add(c.last_acked, (first + last) & 0xFFF, at + last / 8, 1);
}

void read_block_ack_request(Layer& in) {
  const std::string_view name = name_of(kBaControlBaType, in.all().u8(in.at()) >> 1 & 0xF);
  auto request = in.part_line(name.empty() ? "Reserved" : name, " Request");
  const uint32_t control = read_block_control(in);
  const uint32_t type = control >> 1 & 0xF;
  if (type == kBasic || type == kExtended || type == kCompressed) return read_sequence_control(in);
  if (type != kMultiTid) return;
  auto list = in.part_line("TID List");
  for (uint32_t left = (control >> 12) + 1; left > 0 && in.ok(); --left) {
    auto one = in.part_line("TID ", in.all().le16(in.at()) >> 12, " details");
    in.bits(c.multi_reserved, c.multi_value);
    read_sequence_control(in);
  }
}

void read_block_ack(Layer& in) {
  constexpr size_t kBasicBytes = 128, kCompressedBytes = 8, kLongBytes = 32;
  const std::string_view name = name_of(kBaControlBaType, in.all().u8(in.at()) >> 1 & 0xF);
  auto response = in.part_line(name.empty() ? "Reserved" : name, " Response");
  const uint32_t control = read_block_control(in);
  const uint32_t type = control >> 1 & 0xF;
  if (type > kMultiTid) return;
  if (type == kMultiTid) return;
  const uint16_t starting = in.all().le16(in.at());
  read_sequence_control(in);
  const bool is_long = type == kCompressed && (starting & 0xF) == 4;
  report_bitmap(in, type == kBasic ? kBasicBytes : is_long ? kLongBytes : kCompressedBytes, starting >> 4);
  if (type == kExtended && in.ok()) in(c.rbufcap);
}

/// Who is to send back what it heard: two bytes a station, four since IEEE 802.11ax.
void read_announcement(Layer& in, const Frame& frame) {
  const uint32_t token = in(c.ndp_token);
  if (!in.ok()) return;
  in.context().append_info(", Sounding Dialog Token=", token);
  const bool has_four = (token & 3) != 0;
  if (in.tree() != nullptr) {
    in.append(' ', name_of(kNdpTokenVariant, token & 3));
    const auto below = in.below();
    in.note(c.ndp_variant, token & 3, 1);
    in.note(c.ndp_number, token >> 2, 1);
  }
  Layer stations(in, body_of(in, frame));
  {
    auto list = stations.part_line("STA list");
    for (uint32_t i = 0; stations.ok() && stations.rest().wire_size() > 0; ++i) {
      auto one = stations.part_line("STA ", i);
      if (!has_four) {
        stations.bits(c.vht_aid, c.vht_feedback, c.vht_nc);
        continue;
      }
      const uint32_t value = stations(c.he_sta);
      const auto bits = stations.below();
      for (const Field* field :
           {&c.he_aid, &c.he_ru_start, &c.he_ru_end, &c.he_feedback, &c.he_disambiguation, &c.he_codebook, &c.he_nc})
        stations.note(*field, masked(field->format, value), 4);
    }
  }
  in.lacks(stations.shortage());
}

/// Which stations are to send at once, and how.
void read_trigger(Layer& in) {
  constexpr size_t kCommonBytes = 8;
  constexpr uint64_t kIsHighEfficiency = uint64_t{3} << 54;
  const Bytes rest = in.rest();
  if (!rest.has(0, kCommonBytes)) return;
  const uint64_t common = rest.le64(0);
  const std::string_view name = name_of(kTriggerHeTriggerType, common & 0xF);
  const std::string_view generation = (common & kIsHighEfficiency) == kIsHighEfficiency ? " HE " : " EHT ";
  in.context().append_info(generation, name.empty() ? "Reserved" : name);
}

}  // namespace

void dissect_control(Layer& in, const Frame& frame) {
  read_receiver(in);
  if (frame.kind == kPowerSavePoll) {
    if (in.ok()) add_address(in, f.header.bssid, in.at() - 6);
    read_transmitter(in, f.header.ta);
  }
  if (frame.kind == kContentionFreeEnd || frame.kind == kContentionFreeEndAck) read_transmitter(in, f.header.bssid);
  if (has_transmitter(frame.kind) && in.ok()) read_transmitter(in, f.header.ta);
  if (!in.ok()) return;
  switch (frame.kind) {
    case kNdpAnnouncement: read_announcement(in, frame); break;
    case kTargetWakeTimeAck: in.skip(6); break;
    case kReportPoll: in.skip(1); break;
    case kTrigger: read_trigger(in); break;
    case kBlockAckRequest: read_block_ack_request(in); break;
    case kBlockAck: read_block_ack(in); break;
    default: break;
  }
  end_header(in, frame);
}

void dissect_extension(Layer& in, const Frame& frame) {
  if (frame.kind != kDmgBeacon && frame.kind != kS1gBeacon) return end_header(in, frame);
  if (frame.kind == kDmgBeacon) {
    read_receiver(in);
    if (in.ok()) add_address(in, f.header.bssid, in.at() - 6);
  } else {
    read_transmitter(in, f.header.sa);
  }
  end_header(in, frame);
  if (in.ok()) dissect_management(in, frame);
}

}  // namespace tracedrop::dissect::wlan
