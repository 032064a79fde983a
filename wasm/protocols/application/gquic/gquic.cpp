// Google's QUIC (versions Q020 to Q049), as its "QUIC Wire Layout Specification" tells: public flags (1), connection id
// (0 or 8), version (4, when a flag says so), nonce (32, from a server, when a flag says so), packet number (1, 2, 4 or
// 6), then a payload that is encrypted, save handshake messages: a hash (12), until Q033 private flags (1), frames.
//
// Q046 has headers as QUIC: form (1 bit) · fixed (1) · type (2) · reserved (2) · size of the packet number (2), version
// (4), sizes of the ids (4 bits each: 0 or 5, which is 8 bytes), one id, packet number.
#include "protocols/application/gquic/gquic.h"

#include "dissect/memory.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace gquic {

namespace {

enum Flag : uint8_t { kHasVersion = 0x01, kReset = 0x02, kNonce = 0x04, kHasId = 0x08, kUnknown = 0xC0 };
constexpr uint8_t kLong = 0xC0, kShort = 0x40;
constexpr size_t kHash = 12, kNonceSize = 32, kIdSize = 8;

struct Conversation : ProtocolState {
  unsigned version = 0;
  uint16_t server_port = 0;
};

/// 43 for "Q043"; 0 when it is none of these versions.
unsigned version_of(Bytes bytes) {
  const std::string_view text = bytes.first(4).text();
  if (text.size() < 4 || text[0] != 'Q' || text[1] != '0' || text[2] < '2' || text[2] > '4' || text[3] < '0' ||
      text[3] > '9')
    return 0;
  return static_cast<unsigned>(text[2] - '0') * 10 + static_cast<unsigned>(text[3] - '0');
}

bool recognise(Bytes payload) {
  constexpr size_t kLeast = 13;
  constexpr unsigned kWithLongHeader = 46;
  if (payload.size() < kLeast) return false;
  const uint8_t first = payload.u8(0);
  if ((first & kLong) == kLong) return version_of(payload.from(1)) == kWithLongHeader;
  return (first & kUnknown) == 0 && (first & kHasVersion) != 0 && (first & kHasId) != 0 &&
         version_of(payload.from(1 + kIdSize)) != 0;
}

class Reader {
 public:
  Reader(Context& context, Bytes bytes) : context_(context), in_(context, gquic_protocol, bytes) {}

  void read() {
    context_.set_protocol(gquic_protocol);
    in_.span_all();
    const uint8_t first = in_.all().u8(0);
    if (context_.has_memory()) enter(first);
    if ((first & kLong) == kLong) return read_long(first);
    if ((first & kLong) == kShort) return read_short(first);
    read_public(first);
  }

 private:
  void enter(uint8_t first) {
    context_.claim_conversation(gquic_protocol);
    conversation_ = &context_.memory<Conversation>();
    if (conversation_->server_port == 0) conversation_->server_port = context_.destination_port;
    from_server_ = conversation_->server_port == context_.source_port;
    if ((first & kLong) == kLong) {
      note_version(version_of(in_.all().from(1)));
    } else if ((first & (kLong | kHasVersion)) == kHasVersion && !from_server_) {
      note_version(version_of(in_.all().from(1 + ((first & kHasId) != 0 ? kIdSize : 0))));
    }
    info_ = &context_.keep_info();
    tracedrop::dissect::append(*info_, context_.source_port, " \xE2\x86\x92 ", context_.destination_port,
                               " Len=", in_.all().wire_size());
  }
  void note_version(unsigned version) {
    if (version != 0) conversation_->version = version;
  }
  unsigned version() const { return conversation_ == nullptr ? 0 : conversation_->version; }

  void read_public(uint8_t flags) {
    show_flags(flags);
    if ((flags & kReset) != 0) return read_reset();
    const uint64_t id = (flags & kHasId) != 0 ? read_id() : 0;
    if ((flags & kHasVersion) != 0) {
      if (from_server_) return read_versions(id);
      in_.text(f.version, 4);
    }
    if ((flags & kNonce) != 0 && from_server_ && version() >= kWithNonce) in_.bytes(f.nonce, kNonceSize);
    constexpr size_t kSizes[] = {1, 2, 4, 6};
    read_payload(kSizes[flags >> 4 & 3], (flags & kHasId) != 0, id);
  }

  /// Until version 38, numbers come least significant byte first; Info tells them as if they did not, as Wireshark's.
  uint64_t read_number(const Field& field, size_t size) {
    const Bytes raw = in_.bytes(size);
    uint64_t big = 0, little = 0;
    for (size_t i = 0; i < raw.size(); ++i) {
      big = big << 8 | raw.data()[i];
      little = little << 8 | raw.data()[raw.size() - 1 - i];
    }
    if (in_.ok()) in_.note(field, version() < kInNetworkOrder ? little : big, size);
    return big;
  }
  uint64_t read_id() { return read_number(f.cid, kIdSize); }

  void show_flags(uint8_t flags) {
    in_(f.flags);
    const auto below = in_.below();
    const bool is_old = version() < kWithNonce;
    const auto show = [&](const Field& field) { in_.add(field, masked(field.format, flags), 0, 1); };
    show(f.flags_version);
    show(f.flags_reset);
    if (is_old) {
      show(f.flags_cid_old);
    } else {
      show(f.flags_nonce);
      show(f.flags_cid);
    }
    show(f.flags_number);
    show(f.flags_multipath);
    show(f.flags_reserved);
  }

  void read_reset() {
    const uint64_t id = read_id();
    if (!in_.ok()) return;
    if (in_.rest().first(4).text() != "PRST") return in_.malformed();
    set_info("Public Reset, CID: ", id);
    dissect_message(in_);
  }

  void read_versions(uint64_t id) {
    set_info("Version Negotiation, CID: ", id);
    while (in_.ok() && in_.left() > 0) in_.text(f.version, 4);
  }

  void show_form(uint8_t first, std::initializer_list<const Field*> fields) {
    in_(f.flags);
    const auto below = in_.below();
    for (const Field* field : fields) in_.add(*field, masked(field->format, first), 0, 1);
  }

  void read_long(uint8_t first) {
    show_form(first, {&f.header_form, &f.fixed_bit, &f.long_packet_type, &f.long_reserved, &f.packet_number_length});
    in_.text(f.version, 4);
    const auto [destination, source] = in_.bits(f.dcil, f.scil);
    const bool has_id = destination != 0 || source != 0;
    const uint64_t id = has_id ? read_id() : 0;
    read_payload((first & 3u) + 1u, has_id, id);
  }

  void read_short(uint8_t first) {
    show_form(first, {&f.header_form, &f.fixed_bit, &f.packet_number_length});
    const uint64_t id = from_server_ ? 0 : read_id();
    read_payload((first & 3u) + 1u, !from_server_, id);
  }

  void read_payload(size_t number_size, bool has_id, uint64_t id) {
    const uint64_t number = read_number(f.packet_number, number_size);
    if (!in_.ok()) return;
    set_info("Payload (Encrypted)");
    if (in_.left() == 0) return in_.skip(1);
    const size_t frames_at = kHash + (version() < kWithoutPrivateFlags ? 1 : 0);
    if (are_frames(in_.rest().from(frames_at), version())) {
      read_frames();
    } else {
      in_.bytes(f.payload, in_.left());
    }
    append_info(", PKN: ", number);
    if (has_id) append_info(", CID: ", id);
  }

  void read_frames() {
    in_.bytes(f.hash, kHash);
    if (version() < kWithoutPrivateFlags) {
      const uint8_t flags = in_.rest().u8(0);
      in_(f.private_flags);
      const auto below = in_.below();
      for (const Field* field : {&f.private_entropy, &f.private_group, &f.private_fec, &f.private_reserved})
        in_.add(*field, masked(field->format, flags), in_.at() - 1, 1);
    }
    const std::string_view message = dissect_frames(in_, version(), nullptr);
    if (!message.empty()) set_info(message);
  }

  template <typename... Parts>
  void set_info(const Parts&... parts) {
    if (info_ == nullptr) return context_.set_info(parts...);
    info_->clear();
    tracedrop::dissect::append(*info_, parts...);
  }
  template <typename... Parts>
  void append_info(const Parts&... parts) {
    if (info_ == nullptr) return context_.append_info(parts...);
    tracedrop::dissect::append(*info_, parts...);
  }

  Context& context_;
  Layer in_;
  Conversation* conversation_ = nullptr;
  bool from_server_ = false;
  std::string* info_ = nullptr;
};

void dissect(Context& context, Bytes bytes) { Reader(context, bytes).read(); }

}  // namespace
}  // namespace gquic

const Protocol gquic_protocol{.filter_name = "gquic",
                              .column_name = "GQUIC",
                              .title = "GQUIC (Google Quick UDP Internet Connections)",
                              .fields = listed<gquic::f>,
                              .dissect = gquic::dissect,
                              .recognise_datagram = gquic::recognise};

}  // namespace tracedrop::dissect
