// The record layer of TLS (RFC 8446, section 5.1; RFC 5246, section 6.2): content type (1), version (2), length (2),
// content.
//
// Whole records are taken from the stream; of application data only the header is wanted, so that a large download
// costs no copy. What is encrypted is named, not guessed.
#include "dissect/state.h"
#include "protocols/application/tls/tls.h"
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

constexpr ValueName kContentTypes[] = {{kChangeCipherSpec, "Change Cipher Spec"},
                                       {kAlert, "Alert"},
                                       {kHandshake, "Handshake"},
                                       {kApplicationData, "Application Data"},
                                       {kHeartbeat, "Heartbeat"}};
constexpr ValueName kVersions[] = {{0x0002, "SSLv2"},   {0x0300, "SSLv3"},   {0x0301, "TLSv1"},
                                   {0x0302, "TLSv1.1"}, {0x0303, "TLSv1.2"}, {0x0304, "TLSv1.3"}};
constexpr std::string_view kUnknownVersion = "SSL";
constexpr ValueName kAlertLevels[] = {{1, "Warning"}, {2, "Fatal"}};
// RFC 8446, section 6, and the IANA registry of TLS alerts.
constexpr ValueName kAlertDescriptions[] = {{0, "Close Notify"},
                                            {1, "End of Early Data"},
                                            {10, "Unexpected Message"},
                                            {20, "Bad Record MAC"},
                                            {21, "Decryption Failed"},
                                            {22, "Record Overflow"},
                                            {30, "Decompression Failure"},
                                            {40, "Handshake Failure"},
                                            {41, "No Certificate"},
                                            {42, "Bad Certificate"},
                                            {43, "Unsupported Certificate"},
                                            {44, "Certificate Revoked"},
                                            {45, "Certificate Expired"},
                                            {46, "Certificate Unknown"},
                                            {47, "Illegal Parameter"},
                                            {48, "Unknown CA"},
                                            {49, "Access Denied"},
                                            {50, "Decode Error"},
                                            {51, "Decrypt Error"},
                                            {60, "Export Restriction"},
                                            {70, "Protocol Version"},
                                            {71, "Insufficient Security"},
                                            {80, "Internal Error"},
                                            {86, "Inappropriate Fallback"},
                                            {90, "User Canceled"},
                                            {100, "No Renegotiation"},
                                            {109, "Missing Extension"},
                                            {110, "Unsupported Extension"},
                                            {111, "Certificate Unobtainable"},
                                            {112, "Unrecognized Name"},
                                            {113, "Bad Certificate Status Response"},
                                            {114, "Bad Certificate Hash Value"},
                                            {115, "Unknown PSK Identity"},
                                            {116, "Certificate Required"},
                                            {120, "No application Protocol"}};

constexpr Field content_type{"tls.record.content_type", "Content Type", u8, kContentTypes};
constexpr Field record_version{"tls.record.version", "Version", x16, kVersions};
constexpr Field record_length{"tls.record.length", "Length", u16};
constexpr Field alert_level{"tls.alert_message.level", "Level", u8, kAlertLevels};
constexpr Field alert_description{"tls.alert_message.desc", "Description", u8, kAlertDescriptions};
constexpr Field application_data{"tls.app_data", "Encrypted Application Data", raw_bytes};
constexpr const Field* kFields[] = {&content_type, &record_version,    &record_length,
                                    &alert_level,  &alert_description, &application_data};
// The ports that Wireshark gives to TLS by default.
constexpr Claim kClaims[] = {{tcp_ports, 443},  {tcp_ports, 465},  {tcp_ports, 563},  {tcp_ports, 636},
                             {tcp_ports, 853},  {tcp_ports, 989},  {tcp_ports, 990},  {tcp_ports, 992},
                             {tcp_ports, 993},  {tcp_ports, 994},  {tcp_ports, 995},  {tcp_ports, 3269},
                             {tcp_ports, 4843}, {tcp_ports, 5061}, {tcp_ports, 5671}, {tcp_ports, 8243},
                             {tcp_ports, 8883}, {tcp_ports, 9443}, {tcp_ports, 20003}};

bool looks_like_record(Bytes bytes) {
  const uint8_t type = bytes.u8(0);
  return type >= kChangeCipherSpec && type <= kHeartbeat && bytes.u8(1) == 3 && bytes.u8(2) <= 4 && bytes.be16(3) > 0 &&
         bytes.be16(3) <= kMaxRecord;
}

void keep(Context& context, std::string_view text) { context.keep_info(text); }

void dissect_alert(Layer& in, Context& context, Bytes content) {
  const std::string_view level = name_of(kAlertLevels, content.u8(0));
  const std::string_view description = name_of(kAlertDescriptions, content.u8(1));
  if (content.wire_size() == 2 && content.size() < 2) {
    keep_nothing(context);
    return in.skip(content.wire_size());
  }
  if (content.wire_size() != 2 || level.empty() || description.empty()) return keep(context, "Encrypted Alert");
  in.u8(alert_level);
  in.u8(alert_description);
  context.keep_info("Alert (Level: ");
  std::string& info = context.keep_info();
  info += level;
  info += ", Description: ";
  info += description;
  info += ')';
}

Session& session_of(Context& context) {
  auto& memory = context.stream->memory;
  if (memory == nullptr) memory = std::make_unique<Session>();
  return static_cast<Session&>(*memory);
}

void set_version_column(Context& context, uint16_t version) {
  const std::string_view agreed = context.connection_column();
  context.set_provisional_protocol(agreed.empty() ? version_name(version) : agreed);
}

void dissect_record(Context& context, Bytes record) {
  Layer in(context, tls_protocol, record);
  Session& session = session_of(context);
  const uint8_t type = in.u8(content_type);
  const uint16_t version = in.be16(record_version);
  in.be16(record_length);
  const Bytes content = record.from(kHeader);
  switch (type) {
    case kChangeCipherSpec:
      keep(context, "Change Cipher Spec");
      session.cipher_changed[context.row.flow & 1] = true;
      break;
    case kAlert: dissect_alert(in, context, content); break;
    case kHandshake: dissect_handshake(context, session, content); break;
    case kApplicationData:
      in.bytes(application_data, is_cut(context) ? content.wire_size() : content.size());
      keep(context, "Application Data");
      break;
    default: keep(context, "Encrypted Heartbeat"); break;
  }
  // Where the ServerHello was not seen, what follows it tells the version.
  constexpr uint8_t kServerHello = 2;
  const bool is_cut_hello = type == kHandshake && is_cut(context) && content.u8(0) == kServerHello;
  const bool tells = type == kAlert || type == kApplicationData || is_cut_hello;
  if (tells && context.connection_column_so_far().empty()) context.connection_is(version_name(version));
  set_version_column(context, version);
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

/// As many records as there are.
StreamResult dissect(Context& context, Bytes bytes) {
  StreamResult result;
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    if (is_cut(context) && is_cut_off(rest)) return give_up_cut(context, bytes, result.used == 0);
    if (rest.wire_size() < kHeader) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    if (!looks_like_record(rest)) {
      keep(context, context.connection_column_so_far().empty() ? "Continuation Data" : "Ignored Unknown Record");
      set_version_column(context, 0);
      result.used = bytes.wire_size();
      return result;
    }
    const size_t length = kHeader + rest.be16(3);
    if (length > rest.wire_size() && !is_cut(context)) {
      result.message_len = length;
      result.keep_len = rest.u8(0) == kApplicationData ? kHeader : length;
      return result;
    }
    dissect_record(context, rest.first(length));
    result.used += length;
  }
  return result;
}

}  // namespace

std::string_view version_name(uint16_t version) {
  const std::string_view name = name_of(kVersions, version);
  return name.empty() ? kUnknownVersion : name;
}

}  // namespace tls

const Protocol tls_protocol{"tls",   "TLS",        "Transport Layer Security", tls::kFields, tls::kClaims,
                            nullptr, tls::dissect, tls::looks_like_record};

}  // namespace tracedrop::dissect
