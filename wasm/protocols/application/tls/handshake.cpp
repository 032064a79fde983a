// Handshake messages of TLS (RFC 8446, section 4; RFC 5246, section 7.4): type (1), length (3), body. A record may hold
// several, and a message may span records.
//
// ClientHello and ServerHello begin alike: legacy version (2), random (32), session id (1 + n); then the client's
// cipher suites (2 + n) and compression methods (1 + n), or the server's one suite (2) and method (1); then extensions
// (2 + n), each type (2), length (2), body.
#include "base/text.h"
#include "dissect/state.h"
#include "protocols/application/tls/tls.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

constexpr size_t kHeader = 4;
constexpr size_t kMaxMessage = 1 << 20;

enum Extension : uint16_t { kServerName = 0, kApplications = 16, kSupportedVersions = 43 };

// The ServerHello's random that makes it a HelloRetryRequest: SHA-256 of that word (RFC 8446, section 4.1.3).
constexpr uint64_t kRetryRandomStart = 0xCF21AD74E59A6111;

struct Hello {
  uint16_t version = 0;
  bool is_retry = false;
  std::string_view server_name;
  uint16_t cipher_suite = 0;
  std::string_view application;  ///< that the server chose
  uint16_t only_version = 0;     ///< DTLS: that the client offers, when it offers one alone
  bool has_version = false;      ///< its version is known for certain: nothing that could change it was cut off
};

/// RFC 6066, section 3: list length (2), then type (1), length (2), name.
std::string_view server_name(Bytes body) {
  if (body.u8(2) != 0 || !body.has(0, 5)) return {};
  return body.sub(5, body.be16(3)).text();
}

/// RFC 8446 gives drafts of TLS 1.3 as 0x7F00 + n, and clients add GREASE values.
uint16_t plain_version(uint16_t version) { return version >> 8 == 0x7F ? 0x0304 : version; }

Hello read_hello(Bytes body, bool is_client, bool has_cookie = false) {
  Hello hello;
  Cursor in(body);
  hello.version = in.be16();
  hello.is_retry = !is_client && body.be64(2) == kRetryRandomStart;
  in.skip(32);
  in.skip(in.u8());
  if (is_client) {
    if (has_cookie) in.skip(in.u8());
    in.skip(in.be16());
    in.skip(in.u8());
  } else {
    hello.cipher_suite = in.be16();
    in.skip(1);
  }
  hello.has_version = in.ok();
  if (in.left() < 2) {
    hello.has_version = body.size() == body.wire_size();
    return hello;
  }
  Cursor extensions(in.bytes(in.be16()));
  bool is_told = false;
  while (extensions.ok() && extensions.left() >= 4) {
    const uint16_t type = extensions.be16();
    const Bytes extension = extensions.bytes(extensions.be16());
    if (type == kServerName && is_client) hello.server_name = server_name(extension);
    if (is_client && has_cookie && type == kSupportedVersions && extension.u8(0) == 2)
      hello.only_version = extension.be16(1);
    if (is_client) continue;
    if (type == kApplications) hello.application = extension.sub(3, extension.u8(2)).text();
    if (type != kSupportedVersions) continue;
    hello.version = plain_version(extension.be16(0));
    hello.has_version = extensions.ok();
    is_told = true;
  }
  if (is_told) return hello;
  hello.has_version = extensions.ok() && extensions.all().size() == extensions.all().wire_size();
  return hello;
}

/// QUIC's Info tells of frames alone.
void tell(Context& context, const Session& session, std::string_view name) {
  if (session.carrier != Carrier::quic) context.keep_info(name);
}

void note_hello(Context& context, const Session& session, const Hello& hello, bool is_client) {
  if (session.carrier == Carrier::quic) return;
  if (is_client) {
    if (hello.only_version != 0) context.connection_is(version_name(hello.only_version));
    if (hello.server_name.empty()) return;
    std::string& info = context.keep_info();
    info += " (SNI=";
    append_printable(info, hello.server_name);
    info += ')';
    return;
  }
  if (hello.version != 0) context.connection_is(version_name(hello.version));
}

/// What later messages are read by.
void remember(Context& context, Session& session, uint8_t type, const Hello& hello) {
  if (type == kServerHello && !hello.is_retry) {
    session.cipher_suite = hello.cipher_suite;
    session.has_cipher_suite = true;
    session.may_be_resumed = hello.version < 0x0304;
    session.server_way = context.row.flow & 1;
    session.application = alpn_title(hello.application);
  } else if (type == kServerHelloDone || type == kServerKeyExchange || type == kCertificate) {
    session.may_be_resumed = false;
  }
}

/// The capture kept a part of the message. What a ServerHello agrees upon is named when it is all there.
void dissect_cut_message(Context& context, Session& session, Bytes message) {
  context.shortage = Shortage::snapped;
  keep_nothing(context);
  if (message.size() <= kHeader) return;
  const uint8_t type = message.u8(0);
  if (type == kServerHello) {
    const Hello hello = read_hello(message.from(kHeader), false);
    remember(context, session, type, hello);
    if (!hello.has_version) return;
    note_hello(context, session, hello, false);
  }
  context.keep_info(name_of(kHandshakeTypes, type));
}

}  // namespace

std::string_view note_message(Context& context, Session& session, uint8_t type, Bytes body, std::string_view what) {
  const bool is_hello = (type == kClientHello || type == kServerHello) && !body.empty();
  const bool has_cookie = session.carrier == Carrier::dtls;
  const Hello hello = is_hello ? read_hello(body, type == kClientHello, has_cookie) : Hello{};
  const std::string_view name = hello.is_retry ? "Hello Retry Request" : name_of(kHandshakeTypes, type);
  tell(context, session, name);
  if (!what.empty()) context.keep_info() += what;
  if (is_hello) note_hello(context, session, hello, type == kClientHello);
  // A new hello begins a new handshake in the clear (renegotiation, or the second hello after a retry request).
  if (is_hello) session.cipher_changed[context.row.flow & 1] = false;
  remember(context, session, type, hello);
  return name;
}

namespace {

std::string_view dissect_message(Context& context, Session& session, Bytes message) {
  return note_message(context, session, message.u8(0), message.from(kHeader), {});
}

bool is_plain(const Session& session, uint32_t way, Bytes content) {
  if (name_of(kHandshakeTypes, content.u8(0)).empty() || content.be24(1) > kMaxMessage) return false;
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

/// `whole` bytes of an unfinished message are here by now.
void note_fragment(std::vector<Fragment>& fragments, PacketIndex packet, size_t whole) {
  constexpr size_t kMost = 1024;
  for (const Fragment& known : fragments) whole -= std::min(known.size, whole);
  if (fragments.size() < kMost) fragments.push_back({packet, whole});
}

/// The lines of a record's messages, and what its title says of them.
class Shown {
 public:
  /// `kept` bytes of the first message came in records before.
  Shown(Layer& in, Session& session, Bytes content, size_t kept, RecordTitle& title)
      : in_(in), session_(session), content_(content), kept_(kept), title_(title) {}

  void encrypted() {
    if (in_.tree() == nullptr) return;
    name("Encrypted Handshake Message");
    line(at_, content_.size() - at_, "Encrypted Handshake Message", "");
  }
  /// The next `length` bytes are a message.
  void whole(std::string_view message_name, Bytes message) {
    if (in_.tree() == nullptr) return;
    name(message_name);
    const size_t length = message.size() - kept_;
    if (kept_ == 0) {
      show_message(in_, session_, content_.sub(at_, length));
    } else {
      line(at_, length, name_of(kHandshakeTypes, message.u8(0)), " (last fragment)");
      reassembled(message, length);
    }
    at_ += length;
    kept_ = 0;
  }
  void cut() {
    if (in_.tree() == nullptr) return;
    const Bytes message = content_.from(at_);
    name(name_of(kHandshakeTypes, message.u8(0)));
    show_message(in_, session_, message);
  }
  /// The rest is the beginning of a message, or more of it.
  void fragment(uint8_t type) {
    if (in_.tree() == nullptr) return;
    name(name_of(kHandshakeTypes, type));
    if (count_ == 1) title_ += " (fragment)";
    line(at_, content_.size() - at_, name_of(kHandshakeTypes, type), " (fragment)");
    const uint32_t whole_in = in_.context().link();
    if (session_.carrier == Carrier::quic && whole_in != 0) in_.add(f.handshake_reassembled_in, whole_in, 0, 0);
  }

 private:
  void name(std::string_view message_name) {
    title_.clear();
    append(title_,
           "Handshake Protocol: ", count_ == 0 ? message_name : std::string_view("Multiple Handshake Messages"));
    ++count_;
  }
  void line(size_t at, size_t size, std::string_view message_name, std::string_view what) {
    Tree& tree = *in_.tree();
    tree.append(tree.add(f.handshake, content_.sub(at, size)), ": ", message_name, what);
  }
  void reassembled(Bytes message, size_t last) {
    Tree& tree = *in_.tree();
    auto& fragments = session_.fragments[in_.context().row.flow & 1];
    fragments.push_back({in_.context().index, last});
    const Bytes source = tree.add_source("Reassembled TLS Handshake", message);
    Layer part(in_, source);
    {
      auto all = part.group(f.fragments, source.size());
      part.generated();
      all.replace(Counted{fragments.size(), "Reassembled Handshake Fragment", "Reassembled Handshake Fragments"}, " (",
                  Counted{source.size(), "byte", "bytes"}, "): ");
      size_t from = 0;
      for (size_t i = 0; i < fragments.size(); ++i) {
        const Fragment& one = fragments[i];
        all.append(i == 0 ? "#" : ", #", one.packet + 1, '(', one.size, ')');
        part.conclude(f.fragment, one.packet + 1, from, one.size);
        part.replace("Frame: ", one.packet + 1, ", payload: ", from, '-', from + one.size - 1, " (",
                     Counted{one.size, "byte", "bytes"}, ')');
        from += one.size;
      }
      part.conclude(f.fragment_count, fragments.size(), 0);
    }
    show_message(part, session_, source);
  }

  Layer& in_;
  Session& session_;
  Bytes content_;
  size_t kept_;
  size_t at_ = 0;
  size_t count_ = 0;
  RecordTitle& title_;
};

}  // namespace

void keep_nothing(Context& context) { context.keep_info(); }

void dissect_handshake(Layer& in, Session& session, Bytes content, RecordTitle& title) {
  Context& context = in.context();
  const uint32_t way = context.row.flow & 1;
  const bool cut = is_cut(context) && content.size() < content.wire_size();
  std::vector<uint8_t> joined;
  Shown shown(in, session, content, session.handshake[way].size(), title);
  if (!session.handshake[way].empty()) {
    joined.swap(session.handshake[way]);
    joined.insert(joined.end(), content.data(), content.data() + content.size());
    content = Bytes(joined.data(), joined.size());
  } else if (cut && content.size() <= kHeader) {
    keep_nothing(context);
    context.shortage = Shortage::snapped;
    return;
  } else if (!is_plain(session, way, content)) {
    tell(context, session, "Encrypted Handshake Message");
    return shown.encrypted();
  }
  auto& fragments = session.fragments[way];
  while (!content.empty()) {
    const size_t length = kHeader + content.be24(1);
    const bool known = !name_of(kHandshakeTypes, content.u8(0)).empty() && length <= kMaxMessage;
    if (!known) {
      tell(context, session, "Encrypted Handshake Message");
      return shown.encrypted();
    }
    if (cut && length > content.size()) {
      dissect_cut_message(context, session, content);
      return shown.cut();
    }
    if (!content.has(0, kHeader) || length > content.wire_size()) {
      shown.fragment(content.u8(0));
      if (in.tree() != nullptr || !context.is_reading()) note_fragment(fragments, context.index, content.size());
      keep_beginning(session.handshake[way], joined, content);
      return;
    }
    const std::string_view name = dissect_message(context, session, content.first(length));
    shown.whole(name, content.first(length));
    fragments.clear();
    content = content.from(length);
  }
}

}  // namespace tracedrop::dissect::tls
