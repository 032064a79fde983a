// RTP Control Protocol, RFC 3550, section 6: several packets follow one another, each of a version, a count and a type
// (1 + 1), a length in words less one (2), and the sender (4). Reports of senders and receivers, descriptions of
// sources (section 6.5), goodbyes, applications' own; feedback (RFC 4585, RFC 5104), extended reports (RFC 3611), and
// what encrypts them (RFC 3711, section 3.4).
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/data.h"
#include "protocols/application/rtp/rtcp_fields.h"
#include "protocols/application/rtp/rtcp_parts.h"
#include "protocols/application/rtp/streams.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace rtcp {
namespace {

constexpr size_t kHead = 4;
constexpr uint8_t kSenderReport = 200, kReceiverReport = 201, kDescription = 202, kGoodbye = 203, kApplication = 204,
                  kTransportFeedback = 205, kPayloadFeedback = 206, kExtendedReport = 207, kAudioVideo = 208;

bool is_known(uint8_t type) { return !name_of(kTypes, type).empty(); }

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), bytes_(bytes) {
    if (context.has_memory()) setup_ = rtp::setup_of(context);
  }

  void dissect() {
    const bool is_secure = setup_ != nullptr && setup_->is_secure;
    const Protocol& protocol = is_secure ? srtcp_protocol : rtcp_protocol;
    context_.set_protocol(protocol);
    if (!is_known(bytes_.u8(1))) return dissect_data(context_, bytes_);
    context_.clear_info();
    bool is_first = true;
    size_t at = 0;
    while (bytes_.wire_size() >= at + kHead && context_.shortage == Shortage::none) {
      const uint8_t type = bytes_.u8(at + 1);
      if (!is_first && !is_known(type)) break;
      const size_t length = (size_t{bytes_.be16(at + 2)} + 1) * 4;
      const bool is_last = at + length + kHead > bytes_.wire_size() || !is_known(bytes_.u8(at + length + 1));
      Layer in(context_, protocol, bytes_.from(at).first(std::min(length, bytes_.wire_size() - at)));
      in.span_all();
      read(in, type, length);
      if (is_encrypted(is_secure)) return read_encrypted(in, at);
      if (in.ok() && at + length > bytes_.wire_size() && type != kGoodbye) in.malformed();
      const bool tells_end = type == kDescription || type == kExtendedReport;
      if (in.ok() && is_last) check_length(in, at + length, tells_end ? at + in.at() : at + length);
      at += length;
      is_first = false;
    }
  }

 private:
  void read(Layer& in, uint8_t type, size_t length) {
    in.append_title(" (", name_of(kTypes, type), ')');
    context_.append_info(name_of(kTypes, type), "   ");
    if (in.tree() != nullptr && setup_ != nullptr) report_setup(in);
    const Field* const third = count_field(type);
    uint32_t count = in.all().u8(0) & 0x1F;
    if (type == kExtendedReport) {
      in.bits(f.version, f.padding);
    } else {
      in.bits(f.version, f.padding, *third);
    }
    in(f.type);
    in(f.length);
    in.append(" (", length, " bytes)");
    if (!in.ok()) return;
    read_body(in, type, count);
  }

  static const Field* count_field(uint8_t type) {
    switch (type) {
      case kDescription:
      case kGoodbye: return &f.source_count;
      case kApplication:
      case kAudioVideo: return &f.subtype;
      case kTransportFeedback: return &f.transport_format;
      case kPayloadFeedback: return &f.payload_format;
      default: return &f.report_count;
    }
  }

  void read_body(Layer& in, uint8_t type, uint32_t count) {
    switch (type) {
      case kSenderReport: return read_report(in, count, true);
      case kReceiverReport: return read_report(in, count, false);
      case kDescription: return read_description(in, count);
      case kGoodbye: return read_goodbye(in, count);
      case kApplication: return read_application(in, count);
      case kTransportFeedback: return read_transport_feedback(in, count);
      case kPayloadFeedback: return read_payload_feedback(in, count);
      case kExtendedReport: return read_extended_report(in);
      case kAudioVideo: return read_audio_video(in);
      default: in(f.identifier);
    }
  }

  void report_setup(Layer& in) {
    in.conclude_text(f.setup, {}, 0);
    in.replace("Stream setup by ", setup_->method, " (frame ", setup_->packet + 1, ')');
    const auto below = in.below();
    in.conclude(f.setup_frame, setup_->packet + 1, 0);
    in.conclude_text(f.setup_method, setup_->method, 0);
  }

  /// The first packet's head is clear, what follows it is encrypted when the flag behind all of them says so.
  bool is_encrypted(bool is_secure) {
    if (context_.known() != nullptr) return context_.known()->seq == kEncrypted && (setup_ == nullptr || is_secure);
    if (!ends_encrypted(is_secure)) return false;
    context_.row.seq = kEncrypted;
    return true;
  }
  bool ends_encrypted(bool is_secure) const {
    return is_secure && setup_->tag_bytes > 0 && bytes_.size() == bytes_.wire_size() &&
           bytes_.size() >= 8 + 4 + setup_->tag_bytes && (bytes_.u8(bytes_.size() - setup_->tag_bytes - 4) & 0x80) != 0;
  }

  void read_encrypted(Layer& in, size_t at) {
    if (in.tree() == nullptr) return;
    constexpr size_t kClear = 8;
    Layer rest(in, bytes_);
    const size_t begin = std::min(at + kClear, bytes_.size()), trailer = bytes_.size() - setup_->tag_bytes - 4;
    rest.line(begin, trailer - std::min(begin, trailer), s.encrypted.title);
    rest.expert(s.encrypted, Severity::warning, ExpertGroup::undecoded, s.encrypted.title);
    rest.seek(trailer);
    rest.bits(s.is_encrypted, s.index);
    rest.bytes(s.tag, setup_->tag_bytes);
  }

  void check_length(Layer& in, size_t expected, size_t found) {
    if (in.tree() == nullptr) return;
    in.conclude(f.length_check, expected == found ? 1 : 0, 0);
    if (expected == found) return in.replace("RTCP frame length check: OK - ", found, " bytes");
    in.replace("RTCP frame length check: Wrong (expected ", expected, " bytes, found ", found, ')');
    in.expert(f.length_bad, Severity::warning, ExpertGroup::malformed, f.length_bad.title, " (expected ", expected,
              " bytes, found ", found, ')');
  }

  /// Row::seq of such a packet.
  static constexpr uint32_t kEncrypted = 1;

  Context& context_;
  const Bytes bytes_;
  const rtp::Setup* setup_ = nullptr;
};

void dissect(Context& context, Bytes bytes) { Message(context, bytes).dissect(); }

/// As in Wireshark: a description of sources alone is not recognised.
bool recognise(Bytes payload) {
  constexpr uint32_t kVersion = 2;
  const uint8_t type = payload.u8(1);
  return payload.wire_size() >= kHead && payload.wire_size() % 4 == 0 && payload.u8(0) >> 6 == kVersion &&
         type >= kSenderReport && type <= kExtendedReport && type != kDescription;
}

bool wants(Bytes payload) { return payload.u8(0) >> 6 == 2; }

}  // namespace
}  // namespace rtcp

const Protocol rtcp_protocol{.filter_name = "rtcp",
                             .column_name = "RTCP",
                             .title = "Real-time Transport Control Protocol",
                             .fields = listed<rtcp::f>,
                             .dissect = rtcp::dissect,
                             .recognise_datagram = rtcp::recognise,
                             .wants_datagram = rtcp::wants};

namespace rtcp {
constexpr const Protocol* kLent[] = {&rtcp_protocol};
}
const Protocol srtcp_protocol{.filter_name = "srtcp",
                              .column_name = "SRTCP",
                              .title = "Secure Real-time Transport Control Protocol",
                              .fields = listed<rtcp::s>,
                              .dissect = rtcp::dissect,
                              .borrows = rtcp::kLent,
                              .short_name = "RTCP"};

}  // namespace tracedrop::dissect
