// The record layer of TLS (RFC 8446, section 5.1; RFC 5246, section 6.2): content type (1), version (2), length (2),
// content.
//
// Whole records are taken from the stream; of application data only the header is wanted, so that a large download
// costs no copy. What is encrypted is named, not guessed.
#include "dissect/state.h"
#include "protocols/application/tls/tls.h"
#include "protocols/application/tls/x509.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace tls {

namespace {

enum ContentType : uint8_t {
  kChangeCipherSpec = 20,
  kAlert = 21,
  kHandshake = 22,
  kApplicationData = 23,
  kHeartbeat = 24
};

constexpr size_t kHeader = 5;
constexpr size_t kMaxRecord = 16384 + 2048;  // RFC 5246, section 6.2.3; what Wireshark accepts

constexpr ValueName kVersions[] = {{0x0002, "SSLv2"},    {0x0100, "DTLS 1.0 (OpenSSL pre 0.9.8f)"},
                                   {0x0101, "TLCP"},     {0x0300, "SSLv3"},
                                   {0x0301, "TLSv1"},    {0x0302, "TLSv1.1"},
                                   {0x0303, "TLSv1.2"},  {0x0304, "TLSv1.3"},
                                   {0xFEFC, "DTLSv1.3"}, {0xFEFD, "DTLSv1.2"},
                                   {0xFEFF, "DTLSv1.0"}};

/// The version of TLS that one of DTLS is made of.
uint16_t without_datagrams(uint16_t version) {
  switch (version) {
    case 0xFEFC: return 0x0304;
    case 0xFEFD: return 0x0303;
    case 0x0100:
    case 0xFEFF: return 0x0302;
    default: return version;
  }
}
constexpr uint16_t kTlcp = 0x0101;  // GB/T 38636
constexpr std::string_view kUnknownVersion = "SSL";
// The ports that Wireshark gives to TLS by default.
constexpr Claim kClaims[] = {{tcp_ports, 443},  {tcp_ports, 465},  {tcp_ports, 563},  {tcp_ports, 636},
                             {tcp_ports, 853},  {tcp_ports, 989},  {tcp_ports, 990},  {tcp_ports, 992},
                             {tcp_ports, 993},  {tcp_ports, 994},  {tcp_ports, 995},  {tcp_ports, 3269},
                             {tcp_ports, 4843}, {tcp_ports, 5061}, {tcp_ports, 5671}, {tcp_ports, 8243},
                             {tcp_ports, 8883}, {tcp_ports, 9443}, {tcp_ports, 20003}};

bool looks_like_record(Bytes bytes) {
  const uint8_t type = bytes.u8(0);
  const bool is_known = (bytes.u8(1) == 3 && bytes.u8(2) <= 4) || bytes.be16(1) == kTlcp;
  return type >= kChangeCipherSpec && type <= kHeartbeat && is_known && bytes.be16(3) > 0 &&
         bytes.be16(3) <= kMaxRecord;
}

void keep(Context& context, std::string_view text) { context.keep_info(text); }

void dissect_alert(Layer& in, Bytes content, RecordTitle& title) {
  Context& context = in.context();
  const std::string_view level = name_of(kAlertLevels, content.u8(0));
  const std::string_view description = name_of(kAlertDescriptions, content.u8(1));
  if (content.wire_size() == 2 && content.size() < 2) {
    keep_nothing(context);
    return in.skip(content.wire_size());
  }
  const auto line = in.group(f.alert_message, content.size());
  if (content.wire_size() != 2 || level.empty()) {
    in.append(": Encrypted Alert");
    title = "Encrypted Alert";
    return keep(context, title);
  }
  in(f.alert_message_level);
  in(f.alert_message_desc);
  append(title, "Alert (Level: ", level, ", Description: ", description.empty() ? "Unknown" : description, ')');
  context.keep_info(title);
}

void dissect_application_data(Layer& in, const Session& session, Bytes content, RecordTitle& title) {
  Context& context = in.context();
  in.bytes(f.app_data, is_cut(context) ? content.wire_size() : content.size());
  keep(context, "Application Data");
  if (in.tree() == nullptr) return;
  const std::string_view application = application_title(context, session);
  if (!application.empty()) in.conclude_text(f.app_data_proto, application, in.at());
  append(title,
         "Application Data Protocol: ", application.empty() ? std::string_view("Application Data") : application);
}

void dissect_change(Layer& in, Session& session, Bytes content, RecordTitle& title) {
  Context& context = in.context();
  keep(context, "Change Cipher Spec");
  session.cipher_changed[context.row.flow & 1] = true;
  title = "Change Cipher Spec Protocol: Change Cipher Spec";
  in.add_bytes(f.change_cipher_spec, in.at(), std::min<size_t>(content.size(), 1));
  const bool is_server = (context.row.flow & 1) == session.server_way;
  if (is_server && session.may_be_resumed) in.expert(f.resumed, Severity::note, ExpertGroup::sequence, f.resumed.title);
}

/// RFC 6520, when it is in the clear.
void dissect_heartbeat(Layer& in, Bytes content, RecordTitle& title) {
  constexpr size_t kHeartbeatHeader = 3, kPadding = 16;
  keep(in.context(), "Encrypted Heartbeat");
  if (in.tree() == nullptr) return;
  const std::string_view type = name_of(kHeartbeatTypes, content.u8(0));
  const uint16_t length = content.be16(1);
  if (type.empty() || content.size() < kHeartbeatHeader) {
    title = "Encrypted Heartbeat";
    in.add_bytes(f.heartbeat_message, in.at(), content.size());
    return in.replace("Encrypted Heartbeat Message");
  }
  append(title, "Heartbeat ", type);
  const auto line = in.group(f.heartbeat_message, content.size());
  in(f.heartbeat_message_type);
  in(f.heartbeat_message_payload_length);
  size_t payload = length;
  if (kHeartbeatHeader + length + kPadding > content.size()) {
    payload = content.size() - kHeartbeatHeader;
    in.append(" (invalid, using ", payload, " to decode payload)");
    in.expert(f.heartbeat_message_payload_length_invalid, Severity::error, ExpertGroup::malformed,
              "Invalid heartbeat payload length (", length, ')');
  }
  in.bytes(f.heartbeat_message_payload, payload);
  in.replace("Payload (", Counted{payload, "byte", "bytes"}, ')');
  const size_t padding = content.size() - kHeartbeatHeader - payload;
  if (padding == 0) return;
  in.bytes(f.heartbeat_message_padding, padding);
  in.replace("Padding and HMAC (", Counted{padding, "byte", "bytes"}, ')');
}

/// How many connections with TLS there were.
struct Connections : ProtocolState {
  uint32_t count = 0;
};

Session& session_of(Context& context) {
  auto& memory = context.stream->memory;
  if (memory == nullptr) {
    auto session = std::make_unique<Session>();
    session->number = context.state()->of<Connections>().count++;
    memory = std::move(session);
  }
  return static_cast<Session&>(*memory);
}

void set_version_column(Context& context, uint16_t version) {
  const std::string_view agreed = context.connection_column();
  context.set_provisional_protocol(agreed.empty() ? version_name(version) : agreed);
}

void dissect_content(Layer& in, Session& session, uint8_t type, Bytes content, RecordTitle& title) {
  switch (type) {
    case kChangeCipherSpec: return dissect_change(in, session, content, title);
    case kAlert: return dissect_alert(in, content, title);
    case kHandshake: return dissect_handshake(in, session, content, title);
    case kApplicationData: return dissect_application_data(in, session, content, title);
    default: return dissect_heartbeat(in, content, title);
  }
}

void dissect_record(Layer& in, Session& session, Bytes record) {
  Context& context = in.context();
  auto line = in.group(f.record, in.at(), record.size());
  const bool is_tls13 = in.tree() != nullptr && agreed_version(context) == 0x0304;
  const bool is_opaque = is_tls13 && record.u8(0) == kApplicationData;
  const auto type = static_cast<uint8_t>(in(is_opaque ? f.record_opaque_type : f.record_content_type));
  const auto version = static_cast<uint16_t>(in(f.record_version));
  in(f.record_length);
  const Bytes content = record.from(kHeader);
  session.record_version = version;
  RecordTitle title;
  dissect_content(in, session, type, content, title);
  // Where the ServerHello was not seen, what follows it tells the version.
  const bool is_cut_hello = type == kHandshake && is_cut(context) && content.u8(0) == kServerHello;
  const bool tells = type == kAlert || type == kApplicationData || is_cut_hello;
  if (tells && context.connection_column_so_far().empty()) context.connection_is(version_name(version));
  set_version_column(context, version);
  const std::string_view agreed = context.connection_column();
  if (!title.empty()) line.replace(agreed.empty() ? version_name(version) : agreed, " Record Layer: ", title);
}

/// What the capture kept of a record is too little to tell anything of it: the type of its message follows its header.
bool is_cut_off(Bytes record) { return record.size() <= kHeader && record.size() < record.wire_size(); }

StreamResult give_up_cut(Context& context, Bytes bytes, bool is_first) {
  keep_nothing(context);
  if (is_first) context.set_provisional_protocol(kUnknownVersion);
  if (context.shortage == Shortage::none) context.shortage = Shortage::snapped;
  StreamResult result;
  result.used = bytes.wire_size();
  return result;
}

void show_unknown(Layer& in, Context& context) {
  const bool is_known = !context.connection_column_so_far().empty();
  keep(context, is_known ? "Ignored Unknown Record" : "Continuation Data");
  set_version_column(context, 0);
  if (!is_known) return;
  in.line(in.at(), in.left(), "Ignored Unknown Record");
  in.expert(f.ignored_unknown_record, Severity::warning, ExpertGroup::protocol, "Ignored Unknown Record");
}

/// The record that begins here is not complete.
StreamResult wait_for(Layer& in, StreamResult result, size_t length) {
  const bool is_first = result.used == 0;
  if (!is_first && length != StreamResult::kOneMoreSegment) {
    in.add_bytes(f.segment_data, in.at(), in.left());
    in.replace("TLS segment data (", Counted{in.left(), "byte", "bytes"}, ')');
  }
  result.message_len = length;
  if (length == StreamResult::kOneMoreSegment) return result;
  // Reading needs no application data, the tree shows it.
  const bool needs_header = in.rest().u8(0) == kApplicationData && in.context().is_reading();
  result.keep_len = needs_header ? kHeader : length;
  return result;
}

/// As many records as there are.
StreamResult dissect(Context& context, Bytes bytes) {
  StreamResult result;
  if (is_cut(context) && is_cut_off(bytes)) return give_up_cut(context, bytes, true);
  Layer in(context, tls_protocol, bytes);
  in.span_all();
  Session& session = session_of(context);
  in.conclude(f.stream, session.number, 0);
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    in.seek(result.used);
    if (is_cut(context) && is_cut_off(rest)) return give_up_cut(context, bytes, result.used == 0);
    if (rest.wire_size() < kHeader && session.sslv2 < Sslv2::agreed)
      return wait_for(in, result, StreamResult::kOneMoreSegment);
    const bool is_sslv2 = looks_like_sslv2(session, rest);
    if (!is_sslv2 && !looks_like_record(rest)) {
      show_unknown(in, context);
      result.used = bytes.wire_size();
      return result;
    }
    const size_t length = is_sslv2 ? sslv2_length(rest) : kHeader + rest.be16(3);
    if (length > rest.wire_size() && !is_cut(context)) return wait_for(in, result, length);
    is_sslv2 ? dissect_sslv2(in, session, rest.first(length)) : dissect_record(in, session, rest.first(length));
    result.used += length;
  }
  return result;
}

}  // namespace

std::string_view version_name(uint16_t version) {
  const std::string_view name = name_of(kVersions, version);
  return name.empty() ? kUnknownVersion : name;
}

uint16_t agreed_version(const Context& context) {
  const ProtocolState* const memory = context.stream == nullptr ? nullptr : context.stream->memory.get();
  const auto* const session = static_cast<const Session*>(memory);
  if (session != nullptr && session->carrier == Carrier::quic) return 0x0304;
  const std::string_view agreed = context.connection_column();
  for (const ValueName& known : kVersions)
    if (known.name == agreed) return without_datagrams(static_cast<uint16_t>(known.value));
  return session == nullptr ? uint16_t{0} : without_datagrams(session->record_version);
}

}  // namespace tls

const Protocol tls_protocol{.filter_name = "tls",
                            .column_name = "TLS",
                            .title = "Transport Layer Security",
                            .fields = listed<tls::all_fields>,
                            .claims = tls::kClaims,
                            .dissect_stream = tls::dissect,
                            .recognise_stream = tls::looks_like_record,
                            .takes_claimed_ports = true};

}  // namespace tracedrop::dissect
