// Datagram Transport Layer Security: RFC 6347 (version 1.2), RFC 9147 (version 1.3). A record: content type (1),
// version (2), epoch (2), sequence number (6), length (2), content; of version 1.3 when it is encrypted: 001 ·
// connection id (1 bit) · size of the sequence number (1) · length (1) · epoch (2), then what those bits say.
//
// The content is TLS's. A handshake message: type (1), length (3), number (2), offset (3) and length (3) of the
// fragment that follows: messages are put together from the fragments of several records.
#include <deque>
#include <map>

#include "dissect/memory.h"
#include "protocols/application/tls/dtls_fields.h"
#include "protocols/application/tls/tls.h"
#include "protocols/application/tls/x509.h"
#include "protocols/list.h"
#include "protocols/transport/udp.h"

namespace tracedrop::dissect {

namespace dtls {

namespace {

enum ContentType : uint8_t {
  kChangeCipherSpec = 20,
  kAlert = 21,
  kHandshake = 22,
  kApplicationData = 23,
  kHeartbeat = 24,
  kConnectionId = 25,
  kAcknowledgement = 26
};

constexpr size_t kHeader = 13, kMessageHeader = 12;
constexpr uint16_t kVersion10 = 0xFEFF, kVersion12 = 0xFEFD, kVersion13 = 0xFEFC, kOpenSsl = 0x0100;
constexpr std::string_view kUnknownVersion = "DTLS";
constexpr uint8_t kHelloVerifyRequest = 3;
constexpr Claim kClaims[] = {{udp_ports, 2221}, {udp_ports, 5684}, {udp_ports, 5868}};

/// A message whose fragments come one by one.
struct Assembly {
  struct Piece {
    PacketIndex packet;
    std::vector<uint8_t> bytes;
  };
  size_t length = 0;
  uint8_t type = 0;
  bool is_whole = false;
  std::map<size_t, Piece> pieces;  // by offset
};

/// What is remembered of a conversation.
struct Conversation : ProtocolState {
  std::unique_ptr<ProtocolState> session;
  std::array<std::map<uint16_t, Assembly>, 2> messages;  // by direction and number
};

struct Connections : ProtocolState {
  uint32_t count = 0;
};

bool is_version(uint16_t version) { return version == kVersion10 || version == kVersion12 || version == kOpenSsl; }
bool is_unified(Bytes record) { return (record.u8(0) & 0xE0) == 0x20; }

/// The size of a record with version 1.3's header, as far as its connection id is empty; 0 when it does not tell.
size_t size_of_unified(Bytes record) {
  constexpr uint8_t kLongNumber = 0x08, kLength = 0x04;
  const size_t header = (record.u8(0) & kLongNumber) != 0 ? 3 : 2;
  return (record.u8(0) & kLength) != 0 ? header + 2 + record.be16(header) : record.wire_size();
}

/// The size of the record that begins here; 0 when none does.
size_t size_of_record(Bytes record, bool may_be_unified) {
  if (may_be_unified && is_unified(record)) return size_of_unified(record);
  const uint8_t type = record.u8(0);
  if (type < kChangeCipherSpec || type > kAcknowledgement || !is_version(record.be16(1))) return 0;
  return record.has(0, kHeader) ? kHeader + record.be16(11) : 0;
}

/// Whether records fill the datagram; those of version 1.3 can be told from anything else only behind others.
bool are_records(Bytes payload, bool may_be_unified) {
  constexpr int kMostRecords = 64;
  for (int i = 0; i < kMostRecords && payload.wire_size() > 0; ++i) {
    const size_t size = size_of_record(payload, may_be_unified || i > 0);
    if (size == 0 || size > payload.wire_size()) return false;
    payload = payload.from(size);
  }
  return true;
}

bool recognise(Bytes payload) { return are_records(payload, false); }

/// TLS's fields by the names that DTLS has for them, in the same order.
struct Renamed {
  std::deque<std::string> names;
  std::vector<Field> fields;

  Renamed() {
    for (const Field& field : fields_of(tls::f)) {
      Field& renamed = fields.emplace_back(field);
      renamed.name = names.emplace_back("d" + std::string(field.name));
    }
  }
};

const Renamed& renamed() {
  static const Renamed all;
  return all;
}

/// Those of them that DTLS can have, and its own.
std::span<const Field* const> all_fields() {
  static const std::vector<const Field*> all = [] {
    constexpr std::string_view kNot[] = {"dtls.ssl2",
                                         "dtls.segment",
                                         "dtls.reassembled",
                                         "dtls.record",
                                         "dtls.ignored",
                                         "dtls.unexpected",
                                         "dtls.stream",
                                         "dtls.handshake.npn",
                                         "dtls.handshake.challenge",
                                         "dtls.handshake.cipher_spec",
                                         "dtls.handshake.clear_key",
                                         "dtls.handshake.encrypted_key",
                                         "dtls.handshake.key_arg",
                                         "dtls.handshake.session_id_hit",
                                         "dtls.handshake.connection_id",
                                         "dtls.handshake.fragment",
                                         "dtls.handshake.md5",
                                         "dtls.handshake.sha_",
                                         "dtls.handshake.reassembled"};
    std::vector<const Field*> out;
    for (const Field& field : fields_of(f)) out.push_back(&field);
    for (const Field& field : renamed().fields) {
      bool is_known = true;
      for (const std::string_view prefix : kNot) is_known = is_known && field.name.substr(0, prefix.size()) != prefix;
      if (is_known) out.push_back(&field);
    }
    return out;
  }();
  return all;
}

class Reader {
 public:
  Reader(Context& context, Bytes bytes)
      : context_(context),
        in_(context, dtls_protocol, bytes),
        memory_(context.memory<Conversation>()),
        stream_{protocol_, memory_.session},
        outer_(std::exchange(context.stream, &stream_)) {
    if (memory_.session == nullptr) {
      auto made = std::make_unique<tls::Session>();
      made->carrier = tls::Carrier::dtls;
      made->number = context.state()->of<Connections>().count++;
      memory_.session = std::move(made);
    }
    if (Tree* const tree = in_.tree()) tree->rename(fields_of(tls::f), renamed().fields);
  }
  ~Reader() {
    context_.stream = outer_;
    if (Tree* const tree = in_.tree()) tree->rename({}, {});
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void read() {
    in_.span_all();
    context_.keep_info();
    context_.set_provisional_protocol(column());
    in_.conclude(f.stream, session().number, 0);
    while (in_.ok() && in_.rest().wire_size() > 0 && read_record()) continue;
    context_.set_provisional_protocol(column());
  }

 private:
  tls::Session& session() { return static_cast<tls::Session&>(*memory_.session); }
  std::string_view column() const {
    const std::string_view agreed = context_.connection_column();
    return agreed.empty() ? kUnknownVersion : agreed;
  }

  bool read_record() {
    const Bytes rest = in_.rest();
    if (is_unified(rest)) return read_unified();
    const size_t size = kHeader + rest.be16(11);
    if (rest.size() < kHeader || !is_version(rest.be16(1)) || rest.u8(0) < kChangeCipherSpec ||
        rest.u8(0) > kAcknowledgement) {
      context_.keep_info("Continuation Data");
      in_.seek(in_.all().size());
      return false;
    }
    auto line = in_.group(f.record, in_.at(), std::min(size, rest.size()));
    const auto type = static_cast<uint8_t>(in_(f.content_type));
    const auto version = static_cast<uint16_t>(in_(f.version));
    const uint32_t epoch = in_(f.epoch);
    in_.wide(f.sequence_number);
    const uint32_t length = in_(f.length);
    session().record_version = version;
    const size_t content_at = in_.at();
    const Bytes content = in_.bytes(length);
    if (!in_.ok()) return false;
    std::string title;
    {
      Layer part(in_, content);
      read_content(part, type, epoch, content, title);
      if (!part.ok()) in_.malformed();
    }
    in_.seek(content_at + length);
    tell_version(type, version, content);
    if (!title.empty()) line.replace(column(), " Record Layer: ", title);
    return true;
  }

  /// Where the ServerHello was not seen, what follows it tells the version.
  void tell_version(uint8_t type, uint16_t version, Bytes content) {
    const bool is_client_hello = type == kHandshake && (content.u8(0) == tls::kClientHello || !is_handshake(content));
    if (!is_client_hello && context_.connection_column_so_far().empty())
      context_.connection_is(tls::version_name(version));
  }

  static bool is_handshake(Bytes content) { return !tls::f.type.names.of(content.u8(0)).empty(); }

  void read_content(Layer& part, uint8_t type, uint32_t epoch, Bytes content, std::string& title) {
    switch (type) {
      case kChangeCipherSpec:
        context_.keep_info("Change Cipher Spec");
        title = "Change Cipher Spec Protocol: Change Cipher Spec";
        part.bytes(tls::f.change_cipher_spec, std::min<size_t>(content.size(), 1));
        return;
      case kAlert: return read_alert(part, content, epoch, title);
      case kHandshake: return read_handshake(part, content, epoch, title);
      case kApplicationData:
        context_.keep_info("Application Data");
        title = "Application Data Protocol: Application Data";
        part.bytes(tls::f.app_data, content.size());
        part.replace(tls::f.app_data.title);
        return;
      case kHeartbeat: return read_heartbeat(part, content, title);
      default: context_.keep_info(type == kConnectionId ? "Connection ID" : "Acknowledgement"); return;
    }
  }

  void read_alert(Layer& part, Bytes content, uint32_t epoch, std::string& title) {
    const std::string_view level = tls::f.alert_message_level.names.of(content.u8(0));
    const std::string_view description = tls::f.alert_message_desc.names.of(content.u8(1));
    const auto line = part.group(tls::f.alert_message, std::min<size_t>(content.size(), 2));
    if (content.size() != 2 || level.empty() || epoch > 0) {
      part.append(": Encrypted Alert");
      title = "Encrypted Alert";
      return context_.keep_info(title);
    }
    part(tls::f.alert_message_level);
    part(tls::f.alert_message_desc);
    append(title, "Alert (Level: ", level,
           ", Description: ", description.empty() ? std::string_view("Unknown") : description, ')');
    context_.keep_info(title);
  }

  void read_heartbeat(Layer& part, Bytes content, std::string& title) {
    constexpr size_t kLeast = 3, kPadding = 16;
    const std::string_view type = tls::f.heartbeat_message_type.names.of(content.u8(0));
    const size_t length = content.be16(1);
    const bool is_clear = !type.empty() && content.size() >= kLeast + length + kPadding;
    append(title, is_clear ? "Heartbeat " : "Encrypted Heartbeat", is_clear ? type : std::string_view{});
    context_.keep_info(title);
    const auto line = part.group(tls::f.heartbeat_message, content.size());
    if (!is_clear) return;
    part(tls::f.heartbeat_message_type);
    part(tls::f.heartbeat_message_payload_length);
    part.bytes(tls::f.heartbeat_message_payload, length);
    part.replace("Payload (", Counted{length, "byte", "bytes"}, ')');
    const size_t padding = part.left();
    part.bytes(tls::f.heartbeat_message_padding, padding);
    part.replace("Padding and HMAC (", Counted{padding, "byte", "bytes"}, ')');
  }

  void read_handshake(Layer& part, Bytes content, uint32_t epoch, std::string& title) {
    size_t count = 0;
    if (content.empty()) return part.skip(1);
    while (part.ok() && part.left() > 0) {
      const Bytes rest = part.rest();
      const bool is_clear = epoch == 0 && is_handshake(rest) && rest.has(0, kMessageHeader) &&
                            rest.be24(9) <= rest.size() - kMessageHeader && rest.be24(6) + rest.be24(9) <= rest.be24(1);
      if (!is_clear) {
        context_.keep_info("Encrypted Handshake Message");
        part.bytes(tls::f.handshake, part.left());
        return;
      }
      read_message(part, rest.first(kMessageHeader + rest.be24(9)), title, count++);
    }
  }

  /// A message, or a fragment of one.
  void read_message(Layer& part, Bytes message, std::string& title, size_t before) {
    constexpr size_t kMostMessages = 256, kMostLength = 1 << 17;
    const uint8_t type = message.u8(0);
    const size_t length = message.be24(1), offset = message.be24(6);
    const Bytes fragment = message.from(kMessageHeader);
    auto& messages = memory_.messages[context_.row.flow & 1];
    Assembly* assembly = nullptr;
    if (fragment.size() < length && length <= kMostLength && messages.size() < kMostMessages)
      assembly = &messages[message.be16(4)];
    std::vector<uint8_t> whole;
    const bool is_whole = assembly == nullptr ? fragment.size() == length
                                              : put_together(*assembly, type, length, offset, fragment, whole);
    const bool was_whole = assembly != nullptr && !is_whole && assembly->is_whole && offset + fragment.size() == length;
    const std::string_view what = assembly == nullptr ? "" : is_whole || was_whole ? " (Reassembled)" : " (Fragment)";
    const Bytes body = assembly == nullptr ? fragment : Bytes(whole.data(), whole.size());
    const std::string_view name = tls::note_message(context_, session(), type, is_whole ? body : Bytes{}, what);
    title.clear();
    append(title, "Handshake Protocol: ", before == 0 ? name : std::string_view("Multiple Handshake Messages"),
           before == 0 ? what : std::string_view{});
    const size_t from = part.at();
    {
      auto line = part.group(tls::f.handshake, message.size());
      part(tls::f.type);
      line.append(": ", name, what);
      part(tls::f.handshake_length);
      part(f.message_sequence);
      part(f.fragment_offset);
      part(f.fragment_length);
      if (is_whole && part.tree() != nullptr) show_body(part, type, body, assembly != nullptr);
    }
    if (is_whole && assembly != nullptr && part.tree() != nullptr) show_pieces(part, *assembly);
    part.seek(from + message.size());
  }

  /// Whether the message is whole with this fragment; then `whole` is all of it.
  bool put_together(Assembly& assembly, uint8_t type, size_t length, size_t offset, Bytes fragment,
                    std::vector<uint8_t>& whole) const {
    constexpr size_t kMostPieces = 128;  // each fragment looks at all
    if (assembly.length != length || assembly.type != type) assembly = Assembly{length, type, false, {}};
    if (assembly.pieces.size() < kMostPieces && assembly.pieces.count(offset) == 0)
      assembly.pieces.emplace(offset,
                              Assembly::Piece{context_.index, {fragment.data(), fragment.data() + fragment.size()}});
    if (assembly.is_whole) return false;  // it was told already
    size_t end = 0;
    for (const auto& [at, piece] : assembly.pieces) {
      if (at > end) return false;
      end = std::max(end, at + piece.bytes.size());
    }
    if (end < length) return false;
    assembly.is_whole = true;
    whole.resize(length);
    for (const auto& [at, piece] : assembly.pieces)
      std::copy_n(piece.bytes.begin(), std::min(piece.bytes.size(), length - at),
                  whole.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  }

  void show_body(Layer& part, uint8_t type, Bytes body, bool is_reassembled) {
    if (is_reassembled) body = part.tree()->add_source("Reassembled DTLS", body);
    Layer in(part, body);
    if (type == kHelloVerifyRequest) {
      in(tls::f.version);
      const uint32_t size = in(f.cookie_length);
      if (size > 0) in.bytes(f.cookie, size);
      return;
    }
    tls::show_body(in, session(), type);
  }

  void show_pieces(Layer& outer, const Assembly& assembly) {
    const std::vector<Source>& sources = outer.tree()->sources();
    Layer part(outer, Bytes(sources.back().data, sources.back().size));
    auto all = part.group(f.fragments, assembly.length);
    part.generated();
    all.replace(Counted{assembly.pieces.size(), "Message fragment", "Message fragments"}, " (",
                Counted{assembly.length, "byte", "bytes"}, "): ");
    bool is_first = true;
    for (const auto& [at, piece] : assembly.pieces) {
      all.append(is_first ? "#" : ", #", piece.packet + 1, '(', piece.bytes.size(), ')');
      is_first = false;
      part.conclude(f.fragment, piece.packet + 1, at, piece.bytes.size());
      part.replace("Frame: ", piece.packet + 1, ", payload: ", at, '-', at + piece.bytes.size() - 1, " (",
                   Counted{piece.bytes.size(), "byte", "bytes"}, ')');
    }
    part.conclude(f.fragment_count, assembly.pieces.size(), 0);
    part.conclude(f.reassembled_length, assembly.length, 0);
  }

  bool read_unified() {
    const uint8_t bits_of = in_.rest().u8(0);
    const bool has_id = (bits_of & 0x10) != 0, has_long_number = (bits_of & 0x08) != 0,
               has_length = (bits_of & 0x04) != 0;
    auto line = in_.part(f.record);
    show_unified(bits_of, has_id, has_long_number, has_length);
    const size_t number_size = has_long_number ? 2 : 1;
    const Bytes number = in_.bytes(number_size);
    in_.note(f.sequence_suffix, has_long_number ? number.be16(0) : number.u8(0), number_size);
    const size_t length = has_length ? in_(f.length) : in_.left();
    if (!in_.ok()) return false;
    in_.bytes(f.encrypted, length);
    context_.keep_info("Encrypted Data");
    line.replace(column(), " Record Layer: Encrypted Data");
    return in_.ok();
  }

  void show_unified(uint8_t bits_of, bool has_id, bool has_long_number, bool has_length) {
    const auto said = [](bool is_there, std::string_view yes, std::string_view no) { return is_there ? yes : no; };
    in_(f.unified);
    in_.append(", CID field: ", said(has_id, kPresent.yes, kPresent.no),
               ", Sequence number size: ", said(has_long_number, kSequenceSizes.yes, kSequenceSizes.no),
               ", Length field: ", said(has_length, kPresent.yes, kPresent.no));
    const auto below = in_.below();
    for (const Field* field :
         {&f.unified_fixed, &f.unified_id, &f.unified_sequence, &f.unified_length, &f.unified_epoch})
      in_.add(*field, masked(field->format, bits_of), in_.at() - 1, 1);
  }

  Context& context_;
  Layer in_;
  Conversation& memory_;
  const Protocol* protocol_ = &dtls_protocol;
  Stream stream_;
  Stream* outer_;
};

void dissect(Context& context, Bytes bytes) {
  if (!context.has_memory()) {  // quoted: nothing is known of its connection
    Layer in(context, dtls_protocol, bytes);
    in.span_all();
    return;
  }
  const bool has_begun = context.memory<Conversation>().session != nullptr;
  if (has_begun && !are_records(bytes, true)) return call_whoever_recognises(context, bytes);
  Reader(context, bytes).read();
  // Its records can be told from other things only here.
  if (context.connection_column_so_far() == tls::version_name(kVersion13)) context.claim_conversation(dtls_protocol);
}

}  // namespace

/// RFC 5764, section 4.1.1.
void show_srtp(Layer& in) {
  const uint32_t size = in(f.profiles_length);
  for (uint32_t i = 0; i + 1 < size && in.ok(); i += 2) in(f.profile);
  const uint32_t key_id = in(f.key_id_length);
  if (key_id > 0) in.bytes(f.key_id, key_id);
}

void show_cookie(Layer& in) {
  const uint32_t size = in(f.cookie_length);
  if (size > 0) in.bytes(f.cookie, size);
}

}  // namespace dtls

const Protocol dtls_protocol{.filter_name = "dtls",
                             .column_name = "DTLS",
                             .title = "Datagram Transport Layer Security",
                             .fields = dtls::all_fields,
                             .claims = dtls::kClaims,
                             .dissect = dtls::dissect,
                             .recognise_datagram = dtls::recognise};

}  // namespace tracedrop::dissect
