// Real-time Transport Protocol, RFC 3550, section 5.1: version, padding, extension and count of contributing sources
// (1), marker and payload type (1), sequence number (2), timestamp (4), source (4), contributing sources (4 each);
// an extension (RFC 8285: elements of an identifier, a length and data), payload, padding. Encrypted: RFC 3711.
// Nothing in it tells that it is RTP: who announced it did (streams.h).
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/rtp/event_names.h"
#include "protocols/application/rtp/payload_types.h"
#include "protocols/application/rtp/streams.h"
#include "protocols/application/sip/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace rtp {
namespace {

constexpr size_t kHeader = 12;
constexpr uint32_t kVersion = 2;

constexpr ValueName kVersions[] = {{0, "Old VAT Version"}, {1, "First Draft Version"}, {2, "RFC 1889 Version"}};
constexpr uint16_t kOneByte = 0xBEDE, kTwoBytes = 0x1000, kTwoBytesMask = 0xFFF0;
constexpr ValueName kProfiles[] = {{kTwoBytes, "RFC 5285 Two-Byte Header Extensions"},
                                   {kOneByte, "RFC 5285 One-Byte Header Extensions"}};

struct Fields {
  Field setup{"rtp.setup", "Stream setup", plain_text};
  Field setup_frame{"rtp.setup-frame", "Setup frame", packet_number};
  Field setup_method{"rtp.setup-method", "Setup Method", plain_text};
  Field version{"rtp.version", "Version", bits(u8, 0xC0), kVersions};
  Field padding{"rtp.padding", "Padding", flag(u8, 0x20)};
  Field extension{"rtp.ext", "Extension", flag(u8, 0x10)};
  Field source_count{"rtp.cc", "Contributing source identifiers count", bits(u8, 0x0F)};
  Field marker{"rtp.marker", "Marker", flag(u8, 0x80)};
  Field payload_type{"rtp.p_type", "Payload type", u8};
  Field sequence{"rtp.seq", "Sequence number", u16};
  Field extended_sequence{"rtp.extseq", "Extended sequence number", u32};
  Field timestamp{"rtp.timestamp", "Timestamp", u32};
  Field extended_timestamp{"rtp.timestamp_ext", "Extended timestamp", u64};
  Field source{"rtp.ssrc", "Synchronization Source identifier", in_base(u32, Base::hex_dec)};
  Field contributing{"rtp.csrc.items", "Contributing Source identifiers"};
  Field contributing_source{"rtp.csrc.item", "CSRC item", in_base(u32, Base::hex_dec)};
  Field profile{"rtp.ext.profile", "Defined by profile", x16, kProfiles};
  Field extension_length{"rtp.ext.len", "Extension length", u16};
  Field extensions{"rtp.hdr_exts", "Header extensions"};
  Field other_extension{"rtp.hdr_ext", "Header extension", in_base(u32, Base::hex_dec)};
  Field element_id{"rtp.ext.rfc5285.id", "Identifier", u8};
  Field element_length{"rtp.ext.rfc5285.len", "Length", u8};
  Field element_bits{"rtp.ext.rfc5285.appbits", "Application Bits", u8};
  Field element_data{"rtp.ext.rfc5285.data", "Extension Data", raw_bytes};
  Field payload{"rtp.payload", "Payload", raw_bytes};
  Field padding_data{"rtp.padding.data", "Padding data", raw_bytes};
  Field padding_count{"rtp.padding.count", "Padding count", u8};
  Field padding_bogus{"rtp.padding_bogus", "Padding bogus"};
  Field encrypted_payload{"srtp.enc_payload", "SRTP Encrypted Payload", raw_bytes};
  Field tag{"srtp.auth_tag", "SRTP Auth Tag", raw_bytes};
} constexpr f;

struct EventFields {
  Field event{"rtpevent.event_id", "Event ID", u8, kEvents};
  Field end{"rtpevent.end_of_event", "End of Event", flag(u8, 0x80)};
  Field reserved{"rtpevent.reserved", "Reserved", flag(u8, 0x40)};
  Field volume{"rtpevent.volume", "Volume", bits(u8, 0x3F)};
  Field duration{"rtpevent.duration", "Event Duration", u16};
} constexpr e;

/// How far a source has counted.
struct Numbers {
  uint32_t sequence = 0x10000;
  uint64_t timestamp = uint64_t{1} << 32;
};
class Sources : public ProtocolState {
 public:
  std::unordered_map<uint64_t, Numbers, KeyedHash> all;
};

/// The number nearest to `before` whose lower bits are `low`.
uint64_t extended(uint64_t before, uint64_t low, uint64_t size) {
  uint64_t number = (before & ~(size - 1)) | low;
  if (number + size / 2 < before) {
    number += size;
  } else if (before + size / 2 < number) {
    number -= size;
  }
  return number;
}

class Packet {
 public:
  Packet(Context& context, Bytes bytes) : context_(context), in_(context, rtp_protocol, bytes), bytes_(bytes) {
    if (context.has_memory()) setup_ = setup_of(context);
  }

  void dissect() {
    context_.set_protocol(setup_ != nullptr && setup_->is_secure ? std::string_view("SRTP") : rtp_protocol.column_name);
    if (in_.tree() != nullptr && setup_ != nullptr) report_setup();
    const auto [version, has_padding, has_extension, sources] =
        in_.bits(f.version, f.padding, f.extension, f.source_count);
    const uint8_t second = in_.rest().u8(0);
    const uint32_t type = second & 0x7F;
    const bool is_marked = (second & 0x80) != 0;
    const std::string_view name = name_of_type(type);
    report_type(type, name);
    in_.skip(1);
    const uint32_t sequence = in_(f.sequence);
    const uint32_t source = bytes_.be32(8);
    Numbers* const numbers = numbers_of(source);
    if (numbers != nullptr && in_.ok()) {
      numbers->sequence = static_cast<uint32_t>(extended(numbers->sequence, sequence, uint64_t{1} << 16));
      in_.conclude(f.extended_sequence, numbers->sequence, 2, 2);
    }
    const uint32_t timestamp = in_(f.timestamp);
    if (numbers != nullptr && in_.ok()) {
      numbers->timestamp = extended(numbers->timestamp, timestamp, uint64_t{1} << 32);
      in_.conclude(f.extended_timestamp, numbers->timestamp, 4, 4);
    }
    in_(f.source);
    if (!in_.ok()) return;
    write_info(name, source, sequence, timestamp, is_marked);
    if (sources > 0) read_sources(sources);
    if (has_extension) read_extension();
    if (in_.ok()) read_payload(has_padding, type, name);
  }

 private:
  void report_setup() {
    in_.conclude_text(f.setup, {}, 0);
    in_.replace("Stream setup by ", setup_->method, " (frame ", setup_->packet + 1, ')');
    const auto below = in_.below();
    in_.conclude(f.setup_frame, setup_->packet + 1, 0);
    in_.conclude_text(f.setup_method, setup_->method, 0);
    if (setup_->has_call) in_.conclude_text(sip::f.call_id_generated, setup_->call_id, 0);
  }

  /// A dynamic payload type's name is told by who announced the stream; it is kept with the row.
  std::string_view name_of_type(uint32_t type) {
    constexpr uint32_t kDynamic = 96;
    if (type < kDynamic) return name_of(kPayloadTypes, type);
    if (const Row* const known = context_.known()) {
      if (known->seq != 0) return context_.findings.texts.text(known->seq);
    } else if (setup_ != nullptr) {
      for (const auto& [its_type, name] : setup_->names) {
        if (its_type != type) continue;
        context_.row.seq = context_.state()->findings.texts.intern(name);
        has_dynamic_name_ = true;
        return name;
      }
    }
    return name_of(kPayloadTypes, type);
  }

  void report_type(uint32_t type, std::string_view name) {
    if (in_.tree() == nullptr) return;
    in_.add(f.marker, bytes_.u8(1) >> 7, 1, 1);
    in_.add(f.payload_type, type, 1, 1);
    in_.replace("Payload type: ", name, " (", type, ')');
  }

  Numbers* numbers_of(uint32_t source) {
    State* const state = context_.tree_state();
    if (state == nullptr || !context_.has_conversation()) return nullptr;
    return &state->of<Sources>().all[uint64_t{context_.row.flow >> 1} << 32 | source];
  }

  void write_info(std::string_view name, uint32_t source, uint32_t sequence, uint32_t timestamp, bool is_marked) {
    if (context_.info() == nullptr) return;
    std::string hex;
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (int shift = 28; shift >= 0; shift -= 4)
      if (!hex.empty() || (source >> shift) != 0 || shift == 0) hex += kDigits[source >> shift & 0xF];
    context_.set_info("PT=", name, ", SSRC=0x", hex, ", Seq=", sequence, ", Time=", timestamp,
                      is_marked ? ", Mark" : "");
  }

  void read_sources(uint32_t count) {
    auto all = in_.part(f.contributing);
    all.append(" (", Counted{count, "item", "items"}, ')');
    for (uint32_t i = 0; i < count && in_.ok(); ++i) {
      const uint32_t source = in_(f.contributing_source);
      in_.replace("CSRC item ", i, ": 0x", HexUpper(source));
    }
  }
  static std::string HexUpper(uint32_t number) {
    std::string text;
    append_hex(text, number, 1);
    for (char& c : text)
      if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    return text;
  }

  void read_extension() {
    const uint32_t profile = in_(f.profile);
    if (in_.tree() != nullptr && (profile & kTwoBytesMask) == kTwoBytes && profile != kTwoBytes)
      in_.replace("Defined by profile: ", name_of(kProfiles, kTwoBytes), " (0x", hex4(profile), ')');
    const size_t size = size_t{in_(f.extension_length)} * 4;
    if (!in_.ok() || size == 0) return;
    if (in_.rest().wire_size() < size) return in_.skip(size);
    if (in_.tree() == nullptr) return in_.skip(size);
    const size_t end = in_.at() + size;
    auto all = in_.part(f.extensions);
    if (profile == kOneByte) {
      read_elements(end, 1);
    } else if ((profile & kTwoBytesMask) == kTwoBytes) {
      read_elements(end, 2);
    } else {
      while (in_.at() < end) in_(f.other_extension);
    }
    in_.seek(end);
  }
  static std::string hex4(uint32_t number) {
    std::string text;
    append_hex(text, number, 4);
    return text;
  }

  void read_elements(size_t end, size_t head) {
    while (in_.at() < end && in_.ok()) {
      size_t zeros = 0;
      while (in_.at() + zeros < end && bytes_.u8(in_.at() + zeros) == 0) ++zeros;
      if (zeros > 0) {
        if (in_.at() + zeros >= end) return;
        in_.bytes(f.padding_data, zeros);
        continue;
      }
      const uint8_t first = bytes_.u8(in_.at());
      if (head == 1 && first >> 4 == 15) return;
      const size_t size = head == 1 ? (first & 0x0Fu) + 1 : bytes_.u8(in_.at() + 1);
      const size_t at = in_.at();
      const auto element = in_.group_line(at, std::min(head + size, end - at), "RFC 5285 Header Extension (",
                                          head == 1 ? "One" : "Two", "-Byte Header)");
      if (head == 2) in_.add(f.element_bits, 0, at, 1);
      in_.add(f.element_id, head == 1 ? first >> 4 : first, at, 1);
      in_.add(f.element_length, size, head == 1 ? at : at + 1, 1);
      in_.skip(std::min(head, end - at));
      if (size > end - in_.at()) return in_.malformed();
      if (size > 0) in_.bytes(f.element_data, size);
    }
  }

  void read_payload(bool has_padding, uint32_t type, std::string_view name) {
    const size_t size = in_.rest().wire_size();
    if (setup_ != nullptr && setup_->is_secure) return read_encrypted(size);
    size_t padding = 0;
    if (has_padding && size > 0 && in_.rest().size() == size) padding = in_.rest().u8(size - 1);
    const size_t content = size - std::min(padding, size);
    const bool is_event = content == 4 && is_event_type(type, name);
    if (content > 0) {
      const Bytes payload = in_.rest().first(content);
      in_.bytes(f.payload, content);
      const bool is_opus = name == "opus" && has_dynamic_name();
      if (is_event || is_opus) in_.hidden();
      if (padding > 0) report_padding(padding);
      if (is_event) return dissect_event(payload);
      if (is_opus) context_.set_protocol("OPUS");
      if (has_padding && padding == 0) report_no_padding();
      return;
    }
    if (padding > 0) report_padding(std::min(padding, size));
    if (padding > size)
      in_.expert(f.padding_bogus, Severity::warning, ExpertGroup::protocol,
                 "Frame has padding length value greater than payload length");
  }

  void report_no_padding() {
    constexpr std::string_view kText = "Frame has padding, but of illegal length zero";
    in_.line(in_.at() - 1, 1, kText);
    in_.expert(f.padding_bogus, Severity::warning, ExpertGroup::protocol, kText);
  }

  bool has_dynamic_name() const {
    return has_dynamic_name_ || (context_.known() != nullptr && context_.known()->seq != 0);
  }
  /// Without a name, Cisco's and the customary numbers.
  bool is_event_type(uint32_t type, std::string_view name) const {
    if (has_dynamic_name()) return name == "telephone-event" || name == "X-NSE" || name == "x-nse";
    return type == 100 || type == 101;
  }

  void read_encrypted(size_t size) {
    const size_t tag = std::min(setup_->tag_bytes, size);
    if (size > tag) in_.bytes(f.encrypted_payload, size - tag);
    if (tag > 0) in_.bytes(f.tag, tag);
  }

  void report_padding(size_t padding) {
    if (padding > 1) in_.bytes(f.padding_data, padding - 1);
    in_(f.padding_count);
  }

  void dissect_event(Bytes payload) {
    Layer in(context_, rtp_event_protocol, payload);
    context_.set_protocol(rtp_event_protocol);
    const uint32_t event = in(e.event);
    const auto [is_end, reserved, volume] = in.bits(e.end, e.reserved, e.volume);
    in(e.duration);
    const std::string_view name = name_of(kEvents, event);
    context_.set_info("Payload type=RTP Event, ", name.empty() ? std::string_view("Unknown") : name);
    if (is_end != 0) context_.append_info(" (end)");
  }

  Context& context_;
  Layer in_;
  const Bytes bytes_;
  const Setup* setup_ = nullptr;
  bool has_dynamic_name_ = false;
};

/// Packets of RTCP reach the same port where both share it (RFC 5761): payload types that RTP leaves out for them.
bool is_rtcp(Bytes payload) {
  const uint8_t type = payload.u8(1);
  return type >= 200 && type <= 207;
}

void dissect(Context& context, Bytes bytes) {
  if (is_rtcp(bytes)) return context.call(rtcp_protocol, bytes);
  Packet(context, bytes).dissect();
}

bool is_rtp(Bytes payload) { return payload.wire_size() >= kHeader && payload.u8(0) >> 6 == kVersion; }

}  // namespace
}  // namespace rtp

namespace rtp {
constexpr const Protocol* kLent[] = {&sip_protocol};
}
const Protocol rtp_protocol{.filter_name = "rtp",
                            .column_name = "RTP",
                            .title = "Real-Time Transport Protocol",
                            .fields = listed<rtp::f>,
                            .dissect = rtp::dissect,
                            .wants_datagram = rtp::is_rtp,
                            .borrows = rtp::kLent};

const Protocol rtp_event_protocol{
    .filter_name = "rtpevent", .column_name = "RTP EVENT", .title = "RFC 2833 RTP Event", .fields = listed<rtp::e>};

}  // namespace tracedrop::dissect
