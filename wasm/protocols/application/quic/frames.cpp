// The frames of QUIC packets that anybody can open (RFC 9000, section 12.4: PADDING, PING, ACK, CRYPTO,
// CONNECTION_CLOSE): a type, a number as all others here, then what it says.
#include "protocols/application/gquic/gquic.h"
#include "protocols/application/quic/quic.h"
#include "protocols/application/tls/tls.h"
#include "protocols/list.h"

namespace tracedrop::dissect::quic {

namespace {

enum FrameType : uint64_t {
  kPadding = 0x00,
  kPing = 0x01,
  kAck = 0x02,
  kAckEcn = 0x03,
  kCrypto = 0x06,
  kClose = 0x1C,
  kCloseApplication = 0x1D,
};

class Frames : public gquic::CryptoTaker {
 public:
  Frames(Layer& in, Datagram& datagram, std::string* info)
      : in_(in), context_(in.context()), datagram_(datagram), connection_(*datagram.connection), info_(info) {}
  virtual ~Frames() = default;

  /// Bytes that Google's frames brought: TLS's, or in Q050 a message of its own.
  void take(Layer& in, uint64_t offset, Bytes data) override {
    if (!takes_messages_) {
      tell("CRYPTO");
      return order(offset, data);
    }
    if (info_ != nullptr) *info_ = gquic::message_name(data);
    Layer part(in, data);
    gquic::dissect_message(part);
    if (!part.ok()) in.malformed();
  }
  void take_messages(bool takes) { takes_messages_ = takes; }

  void read() {
    while (in_.ok() && in_.left() > 0) {
      if (!read_frame()) return;
    }
  }

 private:
  bool read_frame() {
    const size_t from = in_.at();
    auto line = in_.part(f.frame);
    const uint64_t type = read_number(in_, f.frame_type);
    if (!in_.ok()) return false;
    switch (type) {
      case kPadding: pad(line); return true;
      case kPing: tell("PING"); break;
      case kAck:
      case kAckEcn: acknowledge(type == kAckEcn); break;
      case kCrypto: handshake(); break;
      case kClose:
      case kCloseApplication: close(type == kCloseApplication, line); return true;
      default: return unknown(from, line);
    }
    line.replace(type == kAckEcn ? std::string_view("ACK") : f.frame_type.names.of(type));
    return true;
  }

  bool unknown(size_t from, Layer::Branch& line) {
    line.replace("Unknown");
    in_.expert(f.unknown_frame, Severity::error, ExpertGroup::undecoded, f.unknown_frame.title);
    in_.seek(from);
    in_.skip(in_.left());
    return false;
  }

  void pad(Layer::Branch& line) {
    const Bytes rest = in_.rest();
    size_t count = 0;
    while (count < rest.size() && rest.data()[count] == 0) ++count;
    tell("PADDING");
    in_.conclude(f.padding_length, count + 1, in_.at());
    in_.skip(count);
    line.replace("PADDING Length: ", count + 1);
  }

  void acknowledge(bool has_counts) {
    tell(has_counts ? "ACK_ECN" : "ACK");
    read_number(in_, f.ack_largest_acknowledged);
    read_number(in_, f.ack_delay);
    const uint64_t ranges = read_number(in_, f.ack_range_count);
    read_number(in_, f.ack_first_range);
    for (uint64_t i = 0; i < ranges && in_.ok(); ++i) {
      read_number(in_, f.ack_gap);
      read_number(in_, f.ack_range);
    }
    if (!has_counts) return;
    for (const Field* field : {&f.ack_ect0_count, &f.ack_ect1_count, &f.ack_ecn_ce_count}) read_number(in_, *field);
  }

  void close(bool is_application, Layer::Branch& line) {
    tell("CC");
    const uint64_t error = read_number(in_, is_application ? f.close_application_error : f.close_error_code);
    const std::string_view name = is_application ? std::string_view{} : f.close_error_code.names.of(error);
    std::string text(name.empty() ? std::string_view("Unknown") : name);
    constexpr uint64_t kFirstAlert = 0x100, kLastAlert = 0x1FF;
    if (!is_application && error >= kFirstAlert && error <= kLastAlert) {
      const std::string_view alert = name_of(kAlerts, error - kFirstAlert);
      in_.add(f.close_tls_alert, error - kFirstAlert, in_.at() - 1, 1);
      text += " (";
      text += alert.empty() ? std::string_view("Unknown") : alert;
      text += ')';
    }
    if (!is_application) read_number(in_, f.close_frame_type);
    const uint64_t size = read_number(in_, f.close_reason_length);
    if (size > 0) in_.text(f.close_reason, static_cast<size_t>(std::min<uint64_t>(size, SIZE_MAX)));
    if (is_application) {
      line.replace("CONNECTION_CLOSE (Application) Error code: ", error);
    } else {
      line.replace("CONNECTION_CLOSE (Transport) Error code: ", text);
    }
  }

  void handshake() {
    tell("CRYPTO");
    const uint64_t offset = read_number(in_, f.crypto_offset);
    const uint64_t size = read_number(in_, f.crypto_length);
    const Bytes data = in_.bytes(f.crypto_data, static_cast<size_t>(std::min<uint64_t>(size, SIZE_MAX / 2)));
    if (in_.ok()) order(offset, data);
  }

  void order(uint64_t offset, Bytes data) {
    const size_t at = in_.at() - data.size();
    CryptoStream& stream = connection_.crypto[datagram_.from_server ? 1 : 0];
    using Effect = CryptoStream::Effect;
    switch (stream.add(context_.index, offset, data)) {
      case Effect::delivered: return give_to_tls(data);
      case Effect::kept: return wait();
      case Effect::completed: return join(stream);
      case Effect::repeated: return doubt(f.retransmission, at, data.size());
      case Effect::overlapped: return doubt(f.overlap, at, data.size());
    }
  }

  void doubt(const Field& field, size_t at, size_t size) {
    if (in_.tree() == nullptr) return;
    in_.line(at, size, field.title);
    in_.expert(field, Severity::note, ExpertGroup::sequence, field.title);
  }

  void wait() {
    const uint32_t in_packet = context_.link();
    if (in_packet == 0 || in_packet == context_.index + 1) return;
    in_.conclude(f.reassembled_in, in_packet, in_.at());
  }

  void join(CryptoStream& stream) {
    if (context_.is_reading())
      for (const auto& [offset, piece] : stream.whole()) tell_whole(piece.packet);
    std::vector<uint8_t> bytes;
    for (const auto& [offset, piece] : stream.whole())
      bytes.insert(bytes.end(), piece.bytes.begin(), piece.bytes.end());
    Bytes whole(bytes.data(), bytes.size());
    if (in_.tree() != nullptr) {
      whole = in_.tree()->add_source("Reassembled QUIC CRYPTO", whole);
      show_pieces(stream, whole);
    }
    stream.clear();
    give_to_tls(whole);
  }

  void show_pieces(CryptoStream& stream, Bytes whole) {
    Layer part(in_, whole);
    auto all = part.group(f.fragments, whole.size());
    part.generated();
    all.replace(Counted{stream.whole().size(), "Reassembled QUIC CRYPTO Data Fragment",
                        "Reassembled QUIC CRYPTO Data Fragments"},
                " (", Counted{whole.size(), "byte", "bytes"}, "): ");
    const uint64_t first = stream.whole().begin()->first;
    bool is_first = true;
    for (const auto& [offset, piece] : stream.whole()) {
      const size_t from = static_cast<size_t>(offset - first), size = static_cast<size_t>(piece.size);
      all.append(is_first ? "#" : ", #", piece.packet + 1, '(', size, ')');
      is_first = false;
      part.conclude(f.fragment, piece.packet + 1, from, size);
      part.replace("Frame: ", piece.packet + 1, ", payload: ", from, '-', from + size - 1, " (",
                   Counted{size, "byte", "bytes"}, ')');
    }
    part.conclude(f.fragment_count, stream.whole().size(), 0);
  }

  /// Bytes in order go to TLS, of which reading wants to know only that they came.
  void give_to_tls(Bytes data) {
    if (context_.is_reading()) {
      MessageProgress& progress = connection_.messages[datagram_.from_server ? 1 : 0];
      progress.add(context_.index, data, [this](PacketIndex packet) { tell_whole(packet); });
      return context_.enter_layer(tls_protocol);
    }
    tls::dissect_crypto(context_, connection_.tls, connection_.draft, data);
  }

  /// What `packet` brought a part of is whole in this one.
  void tell_whole(PacketIndex packet) {
    if (packet == context_.index) {
      context_.row.link = packet + 1;
    } else {
      context_.state()->links.emplace_back(packet, context_.index + 1);
    }
  }

  void tell(std::string_view name) {
    if (info_ == nullptr) return;
    *info_ += ", ";
    *info_ += name;
  }

  Layer& in_;
  Context& context_;
  Datagram& datagram_;
  Connection& connection_;
  std::string* info_;
  bool takes_messages_ = false;
};

}  // namespace

uint64_t read_number(Cursor& in) {
  const uint8_t first = in.u8();
  uint64_t value = first & 0x3F;
  for (int more = (1 << (first >> 6)) - 1; more > 0; --more) value = value << 8 | in.u8();
  return value;
}

uint64_t read_number(Layer& in, const Field& field) {
  const size_t from = in.at();
  const uint64_t value = read_number(static_cast<Cursor&>(in));
  if (in.ok()) in.add(field, value, from, in.at() - from);
  return value;
}

void dissect_frames(Layer& in, Datagram& datagram, Bytes frames, std::string* info) {
  Layer part(in, frames);
  Frames(part, datagram, info).read();
  if (!part.ok()) in.malformed();
}

void dissect_google_frames(Layer& in, Datagram& datagram, uint32_t version, Bytes frames, std::string* info) {
  constexpr unsigned kVersion = 50;
  Layer part(in, frames);
  Frames taker(part, datagram, info);
  taker.take_messages(version == kGoogle50);
  gquic::dissect_frames(part, kVersion, &taker);
  if (!part.ok()) in.malformed();
}

}  // namespace tracedrop::dissect::quic
