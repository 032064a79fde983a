// QUIC over UDP: RFC 9000 (version 1), RFC 9369 (version 2), the drafts from 11 on.
//
// A datagram holds one packet or several. A long header: form (1 bit: 1) · fixed (1) · type (2) · protected (4),
// version (4), destination id (1 + n), source id (1 + n); then Initial: token (number + n), length (number); 0-RTT and
// Handshake: length; packet number (1 to 4, protected), payload. Retry: token to the end, less an integrity tag (16).
// Version 0 is Version Negotiation: the versions (4 each) that the server knows. A short header: form (1 bit: 0) ·
// fixed · spin · protected (5), destination id (as long as its owner made it), packet number, payload.
//
// Initial packets are decrypted, as anybody can; all others are named, not guessed.
#include "protocols/application/quic/quic.h"

#include "protocols/application/tls/tls.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace quic {

namespace {

constexpr uint8_t kLong = 0x80, kFixed = 0x40;
constexpr std::string_view kTypeTexts[] = {"Initial", "0-RTT", "Handshake", "Retry"};
constexpr std::string_view kNoSecrets = "Failed to create decryption context: Secrets are not available";
constexpr std::string_view kNoHandshake =
    "Failed to create decryption context: Missing TLS handshake, unsupported ciphers or padding";
constexpr std::string_view kBadTag =
    "Failed to create decryption context: Decryption (checktag) failed: Checksum error";
constexpr std::string_view kNoNumber = "Failed to decrypt packet number";

bool is_known(uint32_t version) {
  return version == kVersion1 || version == kVersion2 || forces_negotiation(version) || draft_of(version) >= 11;
}

bool recognise(Bytes payload) {
  constexpr size_t kLeast = 13;
  if ((payload.u8(0) & kLong) == 0 || payload.size() < kLeast || !is_known(payload.be32(1))) return false;
  const size_t destination = payload.u8(5), source = payload.u8(6 + destination);
  return destination <= kMostId && payload.has(6 + destination, 1) && source <= kMostId &&
         payload.has(7 + destination, source);
}

/// A length, as far as bytes can be asked for.
size_t clamped(uint64_t length) { return static_cast<size_t>(std::min<uint64_t>(length, SIZE_MAX / 2)); }

/// An id, by its length; one that is too long counts as none.
std::string_view read_id(Cursor& in) {
  const Bytes id = in.bytes(in.u8());
  return id.size() <= kMostId ? id.text() : std::string_view{};
}

/// The packet that `bytes` begins with; a cursor's shortage when it ends within its header.
Shortage read_header(Bytes bytes, Header& header) {
  Cursor in(bytes);
  header.first = in.u8();
  header.is_long = (header.first & kLong) != 0;
  header.size = bytes.wire_size();
  if (!header.is_long) return in.shortage();
  header.version = in.be32();
  header.type = type_of(header.version, header.first);
  header.destination = read_id(in);
  header.has_destination = in.ok();
  header.source = read_id(in);
  if (forces_negotiation(header.version)) {
    header.size = std::min(in.at(), header.size);
    return in.shortage();
  }
  if (header.version == kNegotiation || header.type == Type::retry) return in.shortage();
  if (header.type == Type::initial) in.skip(clamped(read_number(in)));
  const uint64_t length = read_number(in);
  if (!in.ok()) return in.shortage();
  header.size = static_cast<size_t>(std::min<uint64_t>(in.at() + length, header.size));
  return Shortage::none;
}

/// Packets of one datagram, from the first byte on.
class Reader {
 public:
  Reader(Context& context, Bytes bytes) : context_(context), bytes_(bytes) {}

  void read() {
    context_.set_protocol(quic_protocol);
    Header header;
    const Shortage shortage = read_header(bytes_, header);
    if (context_.has_memory()) {
      context_.claim_conversation(quic_protocol);
      if (!header.is_long || header.has_destination) datagram_ = find_connection(context_, header, bytes_);
      begin_info();
    }
    first_id_ = datagram_.connection == nullptr ? std::string_view{} : header.destination;
    {
      Layer in(context_, quic_protocol, bytes_.first(shortage == Shortage::none ? header.size : bytes_.wire_size()));
      show_connection(in);
      if (shortage != Shortage::none) return fail(in);
      read_packet(in, header);
      if (forces_negotiation(header.version)) return;
    }
    size_t at = header.size;
    while (at < bytes_.wire_size() && context_.shortage == Shortage::none) at += read_next(bytes_.from(at));
  }

 private:
  /// One more packet; returns its size.
  size_t read_next(Bytes rest) {
    Header header;
    if (is_padding(rest)) {
      Layer in(context_, quic_protocol, rest, Layer::Repeated{});
      in.span_all();
      if (is_short_of_id_) {
        in.skip(rest.wire_size() + 1);
      } else {
        expert_of_layer(in, f.coalesced_padding, Severity::note, ExpertGroup::protocol, f.coalesced_padding.title);
      }
      return rest.wire_size();
    }
    const Shortage shortage = read_header(rest, header);
    Layer in(context_, quic_protocol, rest.first(shortage == Shortage::none ? header.size : rest.wire_size()),
             Layer::Repeated{});
    if (shortage != Shortage::none) {
      fail(in);
      return rest.wire_size();
    }
    read_packet(in, header);
    return std::max<size_t>(header.size, 1);
  }

  /// Only packets to one id share a datagram: something else is no packet.
  bool is_padding(Bytes rest) {
    std::string_view id;
    if (datagram_.connection == nullptr) return false;
    if ((rest.u8(0) & kLong) != 0) {
      const size_t length = rest.u8(5);
      if (length <= kMostId) id = rest.sub(6, length).text();
    } else {
      is_short_of_id_ = rest.wire_size() < 2;
      if (is_short_of_id_) return true;
      id = rest.sub(1, datagram_.short_id_size()).text();
    }
    return id != first_id_ || (id.empty() && (rest.u8(0) & kFixed) == 0);
  }

  void fail(Layer& in) {
    in.span_all();
    in.skip(in.all().wire_size() + 1);
  }

  /// What Info says until a packet says more.
  void begin_info() {
    info_ = &context_.keep_info();
    tracedrop::dissect::append(*info_, context_.source_port, " \xE2\x86\x92 ", context_.destination_port,
                               " Len=", bytes_.wire_size());
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

  /// A finding about the whole packet.
  static void expert_of_layer(Layer& in, const Field& field, Severity severity, ExpertGroup group,
                              std::string_view text) {
    if (in.tree() == nullptr) return;
    in.tree()->set_last(in.line());
    in.expert(field, severity, group, text);
  }

  void show_connection(Layer& in) {
    if (in.tree() == nullptr) return;
    const auto below = in.group_line(0, 0, "QUIC Connection information");
    if (datagram_.connection != nullptr) {
      in.conclude(f.connection_number, datagram_.connection->number, 0);
    } else {
      in.expert(f.unknown_connection, Severity::note, ExpertGroup::protocol, f.unknown_connection.title);
    }
  }

  void read_packet(Layer& in, const Header& header) {
    in.span_all();
    in.conclude(f.packet_length, in.all().size(), 0);
    if (!header.is_long) return read_short(in);
    if (header.version == kNegotiation) return read_negotiation(in, header);
    if (forces_negotiation(header.version)) return read_forcing(in, header);
    if (header.type == Type::retry) return read_retry(in, header);
    read_long(in, header);
  }

  static void show_id(Layer& in, const Field& length_field, const Field& field) {
    const uint32_t length = in(length_field);
    if (length > 0) in.bytes(field, length);
  }

  void show_ids(Layer& in) {
    in(f.version);
    show_id(in, f.dcil, f.dcid);
    show_id(in, f.scil, f.scid);
  }

  const Field& type_field(const Header& header) const {
    return header.version == kVersion2 ? f.long_packet_type_v2 : f.long_packet_type;
  }

  void tell_ids(const Header& header) {
    tell_id(", DCID=", header.destination);
    tell_id(", SCID=", header.source);
  }
  void tell_id(std::string_view before, std::string_view id) {
    if (id.empty()) return;
    std::string text;
    for (const char c : id) append_hex(text, static_cast<uint8_t>(c), 2);
    append_info(before, text);
  }

  void read_negotiation(Layer& in, const Header& header) {
    set_info("Version Negotiation");
    tell_ids(header);
    in.bits(f.header_form, f.unused);
    show_ids(in);
    while (in.ok() && in.left() > 0) {
      const uint32_t version = in(f.supported_version);
      if (forces_negotiation(version)) in.append(" (GREASE)");
    }
  }

  /// What follows is encrypted by a version that nobody knows.
  void read_forcing(Layer& in, const Header& header) {
    set_info("Forcing Version Negotiation");
    tell_ids(header);
    in.bits(f.header_form, f.unused);
    in(f.version);
    in.append(" (Forcing Version Negotiation)");
    show_id(in, f.dcil, f.dcid);
    show_id(in, f.scil, f.scid);
    if (header.size < bytes_.wire_size())
      expert_of_layer(in, f.data_after_forcing, Severity::note, ExpertGroup::protocol, f.data_after_forcing.title);
  }

  void read_retry(Layer& in, const Header& header) {
    set_info(kTypeTexts[static_cast<size_t>(header.type)]);
    tell_ids(header);
    in.bits(f.header_form, type_field(header));
    show_ids(in);
    constexpr uint8_t kFirstWithTag = 25;
    const uint8_t draft = draft_of(header.version);
    const bool has_tag = draft == 0 || draft >= kFirstWithTag;
    if (!has_tag) show_id(in, f.odcil, f.odcid);
    const size_t left = in.rest().wire_size();
    in.bytes(f.retry_token, left - std::min(left, has_tag ? kRetryTag : size_t{0}));
    if (has_tag) in.bytes(f.retry_integrity_tag, kRetryTag);
    if (has_tag && in.tree() != nullptr && in.ok()) judge_retry(in, header);
    if (datagram_.connection != nullptr && in.ok()) note_retry(context_, datagram_, header);
  }

  void judge_retry(Layer& in, const Header& header) {
    const Connection* const connection = datagram_.connection;
    if (connection == nullptr || !datagram_.from_server) {
      in.expert(f.bad_retry, Severity::warning, ExpertGroup::protocol,
                "Cannot verify Retry Packet due to unknown ODCID");
    } else if (verify_retry(header.version, in.all(), connection->original_id)) {
      in.append(" [verified]");
    } else {
      in.expert(f.bad_retry, Severity::warning, ExpertGroup::protocol, f.bad_retry.title);
    }
  }

  void read_long(Layer& in, const Header& header) {
    set_info(kTypeTexts[static_cast<size_t>(header.type)]);
    tell_ids(header);
    Cursor position(in.all());
    position.skip(5);
    position.skip(position.u8());
    position.skip(position.u8());
    if (header.type == Type::initial) position.skip(clamped(read_number(position)));
    read_number(position);
    const bool is_mine = datagram_.connection != nullptr && position.ok();
    if (is_mine && header.type != Type::zero_rtt) note_ids(context_, datagram_, header);
    Opened opened;
    if (is_mine && header.type == Type::initial) opened = open_initial(in.all(), header, position.at());
    in.bits(f.header_form, f.fixed_bit, type_field(header));
    if (opened.number_len != 0) {
      in.conclude(f.long_reserved, opened.first >> 2 & 3u, 0, 1);
      in.conclude(f.packet_number_length, opened.first & 3u, 0, 1);
    }
    show_ids(in);
    if (header.type == Type::initial) {
      const uint64_t token = read_number(in, f.token_length);
      if (token > 0) in.bytes(f.token, clamped(token));
    }
    read_number(in, f.length);
    if (!in.ok()) return;
    if (!opened.is_authentic) return show_sealed(in, why_sealed(header, opened));
    const size_t at = in.at();
    in.skip(opened.number_len);
    in.conclude(f.packet_number, opened.number, at, opened.number_len);
    append_info(", PKN: ", opened.number);
    in.bytes(f.payload, in.left());
    show_frames(in, header, opened);
  }

  Opened open_initial(Bytes packet, const Header& header, size_t number_at) {
    Connection& connection = *datagram_.connection;
    InitialKeys& keys = connection.keys;
    if (!keys.is_made || keys.version != header.version)
      make_initial_keys(keys, header.version, Bytes::of(connection.initial_id));
    uint64_t& next = connection.next_number[datagram_.from_server ? 1 : 0];
    Opened opened = open_packet(datagram_.from_server ? keys.server : keys.client, packet, number_at, next);
    if (opened.is_authentic) next = std::max(next, opened.number + 1);
    return opened;
  }

  std::string_view why_sealed(const Header& header, const Opened& opened) const {
    if (datagram_.connection == nullptr) return kNoNumber;
    if (header.type != Type::initial) return kNoSecrets;
    return opened.number_len == 0 ? kNoNumber : kBadTag;
  }

  void show_sealed(Layer& in, std::string_view why) {
    if (!why.empty()) expert_of_layer(in, f.decryption_failed, Severity::warning, ExpertGroup::decryption, why);
    if (in.left() > 0) in.bytes(f.remaining_payload, in.left());
  }

  void show_frames(Layer& in, const Header& header, const Opened& opened) {
    Bytes frames(opened.frames.data(), opened.frames.size());
    if (in.tree() != nullptr) frames = in.tree()->add_source("Decrypted QUIC", frames);
    const bool is_google =
        header.version == kGoogle50 || header.version == kGoogleTls50 || header.version == kGoogleTls51;
    if (is_google) return dissect_google_frames(in, datagram_, header.version, frames, info_);
    dissect_frames(in, datagram_, frames, info_);
  }

  void read_short(Layer& in) {
    const size_t id_size = datagram_.short_id_size();
    const std::string_view id = in.all().sub(1, id_size).text();
    {
      auto line = in.group(f.short_header, 0, in.all().size());
      in.bits(f.header_form, f.fixed_bit, f.spin_bit);
      if (id_size > 0) in.bytes(f.dcid, id_size);
      if (!in.ok()) return;
      set_info("Protected Payload (KP0)");
      tell_id(", DCID=", id);
      line.replace(f.short_header.title);
      if (id_size > 0) {
        std::string text;
        for (const char c : id) append_hex(text, static_cast<uint8_t>(c), 2);
        line.append(" DCID=", text);
      }
    }
    show_sealed(in, why_short_sealed());
  }

  /// The first packet without a key says so; the others of its connection say nothing, once TLS told the cipher.
  std::string_view why_short_sealed() {
    Connection* const connection = datagram_.connection;
    if (connection == nullptr) return {};
    if (!tls::knows_cipher(connection->tls.get())) return kNoHandshake;
    return std::exchange(connection->was_told_no_secrets, true) ? std::string_view{} : kNoSecrets;
  }

  Context& context_;
  Bytes bytes_;
  Datagram datagram_;
  std::string* info_ = nullptr;
  std::string_view first_id_;
  bool is_short_of_id_ = false;
};

void dissect(Context& context, Bytes bytes) { Reader(context, bytes).read(); }

}  // namespace

uint8_t draft_of(uint32_t version) {
  if (version >> 8 == 0xFF0000) {
    constexpr uint8_t kLast = 34;
    const auto draft = static_cast<uint8_t>(version);
    return draft <= kLast ? draft : uint8_t{0};
  }
  switch (version) {
    case 0xFACEB001: return 22;
    case 0xFACEB002:
    case 0xFACEB003:
    case 0xFACEB004:
    case 0xFACEB00E:
    case 0xFACEB00F:
    case 0xFACEB011:
    case 0xFACEB013:
    case 0xFACEB014:
    case 0xFACEB015:
    case kGoogle50:
    case kGoogleTls50:
    case kGoogleTls51: return 27;
    default: return 0;
  }
}

Type type_of(uint32_t version, uint8_t first) {
  const uint8_t type = first >> 4 & 3;
  return static_cast<Type>(version == kVersion2 ? (type + 3) & 3 : type);
}

}  // namespace quic

const Protocol quic_protocol{.filter_name = "quic",
                             .column_name = "QUIC",
                             .title = "QUIC IETF",
                             .fields = listed<quic::f>,
                             .dissect = quic::dissect,
                             .recognise_datagram = quic::recognise};

}  // namespace tracedrop::dissect
