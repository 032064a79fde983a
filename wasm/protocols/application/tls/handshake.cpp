// Handshake messages of TLS (RFC 8446, section 4; RFC 5246, section 7.4): type (1), length (3), body. A record may hold
// several, and a message may span records.
//
// ClientHello and ServerHello begin alike: legacy version (2), random (32), session id (1 + n); then the client's
// cipher suites (2 + n) and compression methods (1 + n), or the server's one suite (2) and method (1); then extensions
// (2 + n), each type (2), length (2), body.
#include "dissect/state.h"
#include "protocols/application/tls/tls.h"

#include "base/text.h"

namespace tracedrop::dissect::tls {

namespace {

constexpr size_t kHeader = 4;
constexpr size_t kMaxMessage = 1 << 20;

enum Message : uint8_t { kClientHello = 1, kServerHello = 2 };
enum Extension : uint16_t { kServerName = 0, kSupportedVersions = 43 };

constexpr ValueName kMessages[] = {
    {0, "Hello Request"},        {kClientHello, "Client Hello"}, {kServerHello, "Server Hello"},
    {3, "Hello Verify Request"}, {4, "New Session Ticket"},      {5, "End of Early Data"},
    {6, "Hello Retry Request"},  {8, "Encrypted Extensions"},    {11, "Certificate"},
    {12, "Server Key Exchange"}, {13, "Certificate Request"},    {14, "Server Hello Done"},
    {15, "Certificate Verify"},  {16, "Client Key Exchange"},    {20, "Finished"},
    {21, "Certificate URL"},     {22, "Certificate Status"},     {23, "Supplemental Data"},
    {24, "Key Update"},          {25, "Compressed Certificate"}};

// The ServerHello's random that makes it a HelloRetryRequest: SHA-256 of that word (RFC 8446, section 4.1.3).
constexpr uint64_t kRetryRandomStart = 0xCF21AD74E59A6111;

struct Hello {
  uint16_t version = 0;
  bool is_retry = false;
  std::string_view server_name;
  bool has_version = false;  ///< its version is known for certain: nothing that could change it was cut off
};

/// RFC 6066, section 3: list length (2), then type (1), length (2), name.
std::string_view server_name(Bytes body) {
  if (body.u8(2) != 0 || !body.has(0, 5)) return {};
  return body.sub(5, body.be16(3)).text();
}

/// RFC 8446 gives drafts of TLS 1.3 as 0x7F00 + n, and clients add GREASE values.
uint16_t plain_version(uint16_t version) { return version >> 8 == 0x7F ? 0x0304 : version; }

Hello read_hello(Bytes body, bool is_client) {
  Hello hello;
  Cursor in(body);
  hello.version = in.be16();
  hello.is_retry = !is_client && body.be64(2) == kRetryRandomStart;
  in.skip(32);
  in.skip(in.u8());
  if (is_client) {
    in.skip(in.be16());
    in.skip(in.u8());
  } else {
    in.skip(3);
  }
  hello.has_version = in.ok();
  if (in.left() < 2) {
    hello.has_version = body.size() == body.wire_size();
    return hello;
  }
  Cursor extensions(in.bytes(in.be16()));
  while (extensions.ok() && extensions.left() >= 4) {
    const uint16_t type = extensions.be16();
    const Bytes extension = extensions.bytes(extensions.be16());
    if (type == kServerName && is_client) hello.server_name = server_name(extension);
    if (type != kSupportedVersions || is_client) continue;
    hello.version = plain_version(extension.be16(0));
    hello.has_version = extensions.ok();
    return hello;
  }
  hello.has_version = extensions.ok() && extensions.all().size() == extensions.all().wire_size();
  return hello;
}

void note_hello(Context& context, const Hello& hello, bool is_client) {
  if (is_client) {
    if (hello.server_name.empty()) return;
    std::string& info = context.keep_info();
    info += " (SNI=";
    append_printable(info, hello.server_name);
    info += ')';
    return;
  }
  if (hello.version != 0) context.connection_is(version_name(hello.version));
}

/// The capture kept a part of the message. What a ServerHello agrees upon is named when it is all there.
void dissect_cut_message(Context& context, Bytes message) {
  context.shortage = Shortage::snapped;
  keep_nothing(context);
  if (message.size() <= kHeader) return;
  const uint8_t type = message.u8(0);
  if (type == kServerHello) {
    const Hello hello = read_hello(message.from(kHeader), false);
    if (!hello.has_version) return;
    note_hello(context, hello, false);
  }
  context.keep_info(name_of(kMessages, type));
}

void dissect_message(Context& context, Session& session, Bytes message) {
  const uint8_t type = message.u8(0);
  const bool is_hello = type == kClientHello || type == kServerHello;
  const Hello hello = is_hello ? read_hello(message.from(kHeader), type == kClientHello) : Hello{};
  context.keep_info(hello.is_retry ? "Hello Retry Request" : name_of(kMessages, type));
  if (is_hello) note_hello(context, hello, type == kClientHello);
  // A new hello begins a new handshake in the clear (renegotiation, or the second hello after a retry request).
  if (is_hello) session.cipher_changed[context.row.flow & 1] = false;
}

bool is_plain(const Session& session, uint32_t way, Bytes content) {
  if (name_of(kMessages, content.u8(0)).empty() || content.be24(1) > kMaxMessage) return false;
  if (!session.cipher_changed[way]) return true;
  const bool is_hello = content.u8(0) == kClientHello || content.u8(0) == kServerHello;
  return is_hello && content.be24(1) + kHeader == content.wire_size();
}

/// Keeps the beginning of a message for the records to come. What is joined already is not copied once more for each.
void keep_beginning(std::vector<uint8_t>& kept, std::vector<uint8_t>& joined, Bytes beginning) {
  if (joined.empty()) {
    kept.assign(beginning.data(), beginning.data() + beginning.size());
    return;
  }
  joined.erase(joined.begin(), joined.end() - static_cast<std::ptrdiff_t>(beginning.size()));
  kept.swap(joined);
}

}  // namespace

void keep_nothing(Context& context) { context.keep_info(); }

void dissect_handshake(Context& context, Session& session, Bytes content) {
  const uint32_t way = context.row.flow & 1;
  const bool cut = is_cut(context) && content.size() < content.wire_size();
  std::vector<uint8_t> joined;
  if (!session.handshake[way].empty()) {
    joined.swap(session.handshake[way]);
    joined.insert(joined.end(), content.data(), content.data() + content.size());
    content = Bytes(joined.data(), joined.size());
  } else if (cut && content.size() <= kHeader) {
    keep_nothing(context);
    context.shortage = Shortage::snapped;
    return;
  } else if (!is_plain(session, way, content)) {
    context.keep_info("Encrypted Handshake Message");
    return;
  }
  while (!content.empty()) {
    const size_t length = kHeader + content.be24(1);
    const bool known = !name_of(kMessages, content.u8(0)).empty() && length <= kMaxMessage;
    if (!known) {
      context.keep_info("Encrypted Handshake Message");
      return;
    }
    if (cut && length > content.size()) return dissect_cut_message(context, content);
    if (!content.has(0, kHeader) || length > content.wire_size()) {
      keep_beginning(session.handshake[way], joined, content);
      return;
    }
    dissect_message(context, session, content.first(length));
    content = content.from(length);
  }
}

}  // namespace tracedrop::dissect::tls
