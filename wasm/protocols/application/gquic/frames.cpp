// Frames of Google's QUIC: a type (1), whose bits tell how long what follows is where it is a STREAM or an ACK. Until
// version 38 numbers came least significant byte first.
#include "protocols/application/gquic/gquic.h"

namespace tracedrop::dissect::gquic {

namespace {

enum FrameType : uint8_t {
  kPadding = 0,
  kReset = 1,
  kClose = 2,
  kGoAway = 3,
  kWindow = 4,
  kBlocked = 5,
  kStopWaiting = 6,
  kPing = 7,
  kCrypto = 8,
  kAck = 0x40,
  kStream = 0x80,
};
constexpr uint8_t kHasMore = 0x20;  ///< a STREAM's data length, an ACK's blocks

/// Bytes of an ACK's numbers, by two bits.
size_t ack_size(unsigned bits) {
  constexpr size_t kSizes[] = {1, 2, 4, 6};
  return kSizes[bits & 3];
}

class Frames {
 public:
  Frames(Layer& in, unsigned version, CryptoTaker* crypto) : in_(in), version_(version), crypto_(crypto) {}

  std::string_view read() {
    while (in_.ok() && in_.left() > 0 && read_frame()) continue;
    return message_;
  }

 private:
  bool read_frame() {
    const uint8_t type = in_.rest().u8(0);
    auto line = in_.group(f.frame, in_.at(), 1);
    in_(f.frame_type);
    line.replace(f.frame_type.names.of(type));
    if (type >= kStream) return stream(type, line), true;
    if (type >= kAck) return acknowledge(type), true;
    switch (type) {
      case kPadding: return pad(line), true;
      case kReset: return reset(), true;
      case kClose: return close(f.close_error, nullptr, f.close_reason_length, f.close_reason), true;
      case kGoAway: return close(f.goaway_error, &f.goaway_stream, f.goaway_reason_length, f.goaway_reason), true;
      case kWindow: number(f.window_stream, 4), number(f.window_offset, 8); return true;
      case kBlocked: number(f.blocked_stream, 4); return true;
      case kStopWaiting: return stop_waiting(), true;
      case kPing: return true;
      case kCrypto: return crypto(), true;
      default: in_.skip(in_.left()); return false;
    }
  }

  uint64_t number(const Field& field, size_t size) {
    const Bytes raw = in_.bytes(size);
    uint64_t value = 0;
    for (size_t i = 0; i < raw.size(); ++i) {
      const size_t at = version_ >= kInNetworkOrder ? i : raw.size() - 1 - i;
      value = value << 8 | raw.data()[at];
    }
    if (in_.ok()) in_.note(field, value, size);
    return value;
  }

  void pad(Layer::Branch& line) {
    const size_t size = in_.left();
    in_.conclude(f.padding_length, size, in_.at());
    if (size > 0) in_.bytes(f.padding, size);
    line.replace("PADDING Length: ", size);
  }

  void reset() {
    number(f.reset_stream, 4);
    number(f.reset_offset, 8);
    number(f.reset_error, 4);
  }

  void close(const Field& error, const Field* last_stream, const Field& reason_length, const Field& reason) {
    number(error, 4);
    if (last_stream != nullptr) number(*last_stream, 4);
    const uint64_t size = number(reason_length, 2);
    if (size > 0) in_.text(reason, static_cast<size_t>(size));
  }

  void stop_waiting() {
    if (version_ < kWithoutPrivateFlags) number(f.waiting_entropy, 1);
    number(f.waiting_delta, 1);
  }

  void crypto() {
    {
      const auto below = in_.below();
      in_.add(f.stream, 0, in_.at() - 1, 1);
    }
    const uint64_t offset = varint(f.crypto_offset), size = varint(f.crypto_length);
    const Bytes data = in_.bytes(f.crypto_data, static_cast<size_t>(std::min<uint64_t>(size, SIZE_MAX / 2)));
    if (in_.ok() && crypto_ != nullptr) crypto_->take(in_, offset, data);
  }

  /// RFC 9000, section 16.
  uint64_t varint(const Field& field) {
    const size_t from = in_.at();
    const uint8_t first = in_.u8();
    uint64_t value = first & 0x3F;
    for (int more = (1 << (first >> 6)) - 1; more > 0; --more) value = value << 8 | in_.u8();
    if (in_.ok()) in_.add(field, value, from, in_.at() - from);
    return value;
  }

  void stream(uint8_t type, Layer::Branch& line) {
    {
      const auto below = in_.below();
      for (const Field* field :
           {&f.stream, &f.stream_fin, &f.stream_has_length, &f.stream_offset_length, &f.stream_id_length})
        in_.add(*field, masked(field->format, type), in_.at() - 1, 1);
    }
    const uint64_t id = number(f.stream_id, (type & 3u) + 1u);
    if (id == 1) in_.append(" (Reserved for (G)QUIC handshake, crypto, config updates...)");
    const size_t offset_bits = type >> 2 & 7u;
    if (offset_bits != 0) number(f.offset, offset_bits + 1);
    size_t size = in_.left();
    if ((type & kHasMore) != 0) size = static_cast<size_t>(number(f.data_len, 2));
    line.append(" Stream ID: ", id);
    if (!in_.ok()) return;
    const Bytes data = in_.rest().first(size);
    if (id != 1 || !is_message(data)) {
      if (size > 0) in_.bytes(f.stream_data, size);
      return;
    }
    message_ = message_name(data);
    std::string_view tag = data.first(4).text();
    if (tag.back() == '\0') tag.remove_suffix(1);
    line.append(", Type: ", tag, " (", message_, ')');
    const size_t from = in_.at();
    Layer part(in_, data);
    dissect_message(part);
    in_.seek(from + data.size());
    if (!part.ok()) in_.malformed();
  }

  void acknowledge(uint8_t type) {
    const bool is_old = version_ < kWithoutPrivateFlags;
    {
      const auto below = in_.below();
      for (const Field* field :
           {&f.stream, &f.ack, &f.ack_n, is_old ? &f.ack_t : &f.ack_u, &f.ack_largest_length, &f.ack_missing_length})
        in_.add(*field, masked(field->format, type), in_.at() - 1, 1);
    }
    is_old ? acknowledge_old(type) : acknowledge_new(type);
  }

  void acknowledge_new(uint8_t type) {
    const size_t block_size = ack_size(type);
    number(f.ack_largest, ack_size(type >> 2));
    number(f.ack_largest_delta, 2);
    const uint64_t blocks = (type & kHasMore) != 0 ? number(f.ack_blocks, 1) : 0;
    number(f.ack_first_block, block_size);
    for (uint64_t i = 0; i < blocks && in_.ok(); ++i) {
      number(f.ack_gap, 1);
      number(f.ack_block, block_size);
    }
    const uint64_t times = number(f.ack_timestamps, 1);
    if (times == 0) return;
    number(f.ack_delta_acked, 1);
    number(f.ack_since_largest, 4);
    for (uint64_t i = 1; i < times && in_.ok(); ++i) {
      number(f.ack_delta_acked, 1);
      number(f.ack_since_previous, 2);
    }
  }

  void acknowledge_old(uint8_t type) {
    number(f.ack_entropy, 1);
    number(f.ack_observed, ack_size(type >> 2));
    number(f.ack_delay, 2);
    const uint64_t times = number(f.ack_timestamps, 1);
    if (times > 0) {
      number(f.ack_delta_observed, 1);
      number(f.ack_first_timestamp, 4);
      for (uint64_t i = 1; i < times && in_.ok(); ++i) {
        number(f.ack_delta_observed, 1);
        number(f.ack_since_previous, 2);
      }
    }
    if ((type & kHasMore) == 0) return;
    const uint64_t ranges = number(f.ack_ranges, 1);
    for (uint64_t i = 0; i < ranges && in_.ok(); ++i) {
      number(f.ack_missing, ack_size(type));
      number(f.ack_range_length, 1);
    }
    const uint64_t revived = number(f.ack_revived_count, 1);
    for (uint64_t i = 0; i < revived && in_.ok(); ++i) number(f.ack_revived, ack_size(type >> 2));
  }

  Layer& in_;
  unsigned version_;
  CryptoTaker* crypto_;
  std::string_view message_;
};

/// The size of the frame that begins here, before its data if it is a STREAM; 0: none that comes before a message.
size_t size_of_frame(Bytes bytes, unsigned version) {
  const uint8_t type = bytes.u8(0);
  const bool is_old = version < kWithoutPrivateFlags;
  if (type == kStopWaiting) return is_old ? 3 : 2;
  if (type == kPing) return 1;
  if (type < kAck || type >= kStream) return 0;
  const size_t largest = ack_size(type >> 2), block = ack_size(type);
  const bool has_blocks = (type & kHasMore) != 0;
  if (is_old) {
    const size_t times_at = 1 + 1 + largest + 2, times = bytes.u8(times_at);
    const size_t at = times_at + 1 + (times == 0 ? 0 : 5 + 3 * (times - 1));
    if (!has_blocks) return at;
    const size_t revived_at = at + 1 + bytes.u8(at) * (block + 1);
    return revived_at + 1 + bytes.u8(revived_at) * largest;
  }
  size_t at = 1 + largest + 2;
  const size_t blocks = has_blocks ? bytes.u8(at++) : 0;
  at += block + blocks * (1 + block);
  const size_t times = bytes.u8(at);
  return at + 1 + (times == 0 ? 0 : 5 + 3 * (times - 1));
}

}  // namespace

bool are_frames(Bytes bytes, unsigned version) {
  constexpr int kMostBefore = 8;
  for (int i = 0; i < kMostBefore; ++i) {
    const uint8_t type = bytes.u8(0);
    if (type >= kStream) {
      const size_t offset_bits = type >> 2 & 7u;
      const size_t at =
          1 + (type & 3u) + 1 + (offset_bits == 0 ? 0 : offset_bits + 1) + ((type & kHasMore) != 0 ? 2 : 0);
      return is_message(bytes.from(at));
    }
    const size_t size = size_of_frame(bytes, version);
    if (size == 0 || size >= bytes.size()) return false;
    bytes = bytes.from(size);
  }
  return false;
}

std::string_view dissect_frames(Layer& in, unsigned version, CryptoTaker* crypto) {
  return Frames(in, version, crypto).read();
}

}  // namespace tracedrop::dissect::gquic
