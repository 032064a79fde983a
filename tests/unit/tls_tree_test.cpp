// The trees of TLS: records, hellos, certificates, messages over several records, and what is wrong in them.
#include <algorithm>

#include "catch.h"
#include "dissect/protocol.h"
#include "dissect/tree_text.h"
#include "messages.h"

using namespace tracedrop;
using test::Octets;
using test::octets;
using Lines = std::vector<std::string>;

namespace {

void put(Octets& out, uint64_t value, int bytes) {
  while (bytes-- > 0) out.push_back(static_cast<uint8_t>(value >> (8 * bytes)));
}

/// `body` behind its length of so many bytes.
Octets sized(const Octets& body, int bytes) {
  Octets out;
  put(out, body.size(), bytes);
  out.insert(out.end(), body.begin(), body.end());
  return out;
}
Octets operator+(Octets left, const Octets& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}
Octets handshake(uint8_t type, const Octets& body) { return Octets{type} + sized(body, 3); }
Octets record(uint8_t type, const Octets& content, uint8_t minor = 3) {
  return Octets{type, 3, minor} + sized(content, 2);
}
Octets extension(uint16_t type, const Octets& body) {
  Octets out;
  put(out, type, 2);
  return out + sized(body, 2);
}
Octets client_hello(const Octets& extensions, const Octets& suites = octets("1301 c02f 0a0a")) {
  return handshake(
      1, octets("0303") + Octets(32, 0x11) + octets("00") + sized(suites, 2) + octets("0100") + sized(extensions, 2));
}
Octets server_hello(const Octets& suite, const Octets& extensions) {
  return handshake(2, octets("0303") + Octets(32, 0x22) + octets("00") + suite + octets("00") + sized(extensions, 2));
}

/// One connection to port 443, and what the pane shows of its packets.
class Connection {
 public:
  void send(bool forth, const Octets& payload) {
    uint32_t& seq = next_[forth ? 0 : 1];
    Octets frame = octets("000000000001 000000000002 0800");
    put(frame, 0x4500, 2), put(frame, 40 + payload.size(), 2), put(frame, 0x00014000, 4), put(frame, 0x40060000, 4);
    put(frame, forth ? 0x0A000001 : 0x0A000002, 4), put(frame, forth ? 0x0A000002 : 0x0A000001, 4);
    put(frame, forth ? 40000 : 443, 2), put(frame, forth ? 443 : 40000, 2);
    put(frame, seq, 4), put(frame, next_[forth ? 1 : 0], 4), put(frame, 0x5018FFFF, 4), put(frame, 0, 4);
    seq += static_cast<uint32_t>(payload.size());
    reading_.add(frame + payload);
    ++count_;
  }
  /// The lines of TLS in the last packet, two blanks a level.
  Lines tree() const {
    const dissect::Tree tree = reading_.tree(count_ - 1);
    Lines found;
    std::vector<size_t> depth;
    bool is_tls = false;
    for (const dissect::Line& line : tree.lines()) {
      depth.push_back(line.parent == dissect::Line::kNone ? 0 : depth[line.parent] + 1);
      if (depth.back() == 0) is_tls = line.protocol != nullptr && line.protocol->filter_name == "tls";
      if (!is_tls || depth.back() == 0) continue;
      std::string text((depth.back() - 1) * 2, ' ');
      std::string own;
      append_line_text(own, tree, line);
      found.push_back(text + own);
    }
    return found;
  }

 private:
  test::Reading reading_;
  size_t count_ = 0;
  uint32_t next_[2] = {1000, 5000};
};

bool has(const Lines& lines, std::string_view wanted) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return line.size() >= wanted.size() && line.compare(line.find_first_not_of(' '), std::string::npos, wanted) == 0;
  });
}

Octets tls13() { return extension(43, octets("0304")); }

}  // namespace

TEST_CASE("TLS: a hello with its extensions, and what is in none of them") {
  Connection connection;
  connection.send(
      true, record(22, client_hello(extension(0, octets("0009 00 0006'ex.com'")) + extension(0x0A0A, octets("61")) +
                                    extension(43, octets("04 7A7A 0304")) + extension(22, octets("0102")))));
  const Lines lines = connection.tree();
  CHECK(has(lines, "TLSv1.2 Record Layer: Handshake Protocol: Client Hello"));
  CHECK(has(lines, "Cipher Suites (3 suites)"));
  CHECK(has(lines, "Cipher Suite: Reserved (GREASE) (0x0a0a)"));
  CHECK(has(lines, "GMT Unix Time: Jan 28, 1979 00:25:53.000000000 UTC"));
  CHECK(has(lines, "Extension: server_name (len=11) name=ex.com"));
  CHECK(has(lines, "Extension: Reserved (GREASE) (len=1)"));
  CHECK(has(lines, "Extension: supported_versions (len=5) TLS 1.3"));
  CHECK(has(lines, "2 trailing bytes were unprocessed"));
  CHECK(has(lines, "JA4_r: t13d020300_1301,c02f_0016,002b"));
  CHECK(has(lines, "JA3 Fullstring: 771,4865-49199,0-43-22,,"));
}

TEST_CASE("TLS 1.3: the records of a connection are named by what was agreed upon") {
  Connection connection;
  connection.send(true, record(22, client_hello(extension(43, octets("02 0304"))), 1));
  connection.send(false, record(22, server_hello(octets("1301"), tls13())) + record(23, Octets(20, 0xEE)));
  CHECK(connection.tree()[1] == "TLSv1.3 Record Layer: Handshake Protocol: Server Hello");
  const Lines lines = connection.tree();
  CHECK(has(lines, "Opaque Type: Application Data (23)"));
  CHECK(has(lines, "TLSv1.3 Record Layer: Application Data Protocol: Hypertext Transfer Protocol"));
  CHECK(has(lines, "JA3S Fullstring: 771,4865,43"));
  CHECK_FALSE(has(lines, "GMT Unix Time: Feb 13, 1988 03:03:46.000000000 UTC"));
}

TEST_CASE("TLS: what ServerKeyExchange holds, the cipher suite tells") {
  Connection connection;
  const Octets params = octets("03 001D") + sized(Octets(32, 0x50), 1) + octets("0804") + sized(Octets(4, 0x53), 2);
  SECTION("an ephemeral elliptic curve") {
    connection.send(false, record(22, server_hello(octets("C02F"), {}) + handshake(12, params)));
    const Lines lines = connection.tree();
    CHECK(has(lines, "TLSv1.2 Record Layer: Handshake Protocol: Multiple Handshake Messages"));
    CHECK(has(lines, "EC Diffie-Hellman Server Params"));
    CHECK(has(lines, "Named Curve: x25519 (0x001d)"));
    CHECK(has(lines, "Signature Algorithm: rsa_pss_rsae_sha256 (0x0804)"));
  }
  SECTION("a suite that has none") {
    connection.send(false, record(22, server_hello(octets("0031"), {}) + handshake(12, params)));
    CHECK(has(connection.tree(), "It is not legal to send the ServerKeyExchange message for this ciphersuite"));
  }
  SECTION("a suite that was not seen") {
    connection.send(false, record(22, handshake(12, params)));
    CHECK(has(connection.tree(),
              "Ciphersuite not implemented, contact Wireshark developers if you want this to be supported"));
  }
}

TEST_CASE("TLS: a message over two records") {
  Connection connection;
  const Octets hello = client_hello(extension(0, octets("0009 00 0006'ex.com'")));
  connection.send(true, record(22, Octets(hello.begin(), hello.begin() + 40)));
  CHECK(has(connection.tree(), "TLSv1.2 Record Layer: Handshake Protocol: Client Hello (fragment)"));
  connection.send(true, record(22, Octets(hello.begin() + 40, hello.end())));
  const Lines lines = connection.tree();
  CHECK(has(lines, "Handshake Protocol: Client Hello (last fragment)"));
  CHECK(has(lines, "2 Reassembled Handshake Fragments (66 bytes): #1(40), #2(26)"));
  CHECK(has(lines, "Frame: 2, payload: 40-65 (26 bytes)"));
  CHECK(has(lines, "Server Name: ex.com"));
}

TEST_CASE("TLS: a length that is too long ends what it is in") {
  Connection connection;
  connection.send(true, record(22, client_hello(extension(13, octets("8403 0403")) + extension(35, {}))));
  const Lines lines = connection.tree();
  CHECK(has(lines, "Expert Info (Error/Malformed): Vector length 33795 is too large, truncating it to 2"));
  CHECK(has(lines, "Session Ticket: <MISSING>"));
}

TEST_CASE("TLS: keys of a session before are used again when the server changes to them first") {
  Connection connection;
  connection.send(false, record(22, server_hello(octets("C02F"), {})) + record(20, {1}));
  CHECK(has(connection.tree(), "This session reuses previously negotiated keys (Session resumption)"));
  Connection full;
  full.send(false, record(22, server_hello(octets("C02F"), {}) + handshake(14, {})));
  full.send(false, record(20, {1}));
  CHECK_FALSE(has(full.tree(), "This session reuses previously negotiated keys (Session resumption)"));
}

TEST_CASE("TLS: alerts, heartbeats and bytes that are no record") {
  Connection connection;
  connection.send(true, record(21, {2, 40}) + record(21, {2, 40, 0}) +
                            record(24, octets("01 0002 'ab'") + Octets(16, 0)) + octets("9999'junk'"));
  const Lines lines = connection.tree();
  CHECK(has(lines, "TLSv1.2 Record Layer: Alert (Level: Fatal, Description: Handshake Failure)"));
  CHECK(has(lines, "Alert Message: Encrypted Alert"));
  CHECK(has(lines, "TLSv1.2 Record Layer: Heartbeat Request"));
  CHECK(has(lines, "Padding and HMAC (16 bytes)"));
  CHECK(has(lines, "Ignored Unknown Record"));
}

TEST_CASE("TLS: names of authorities, the last one first") {
  Connection connection;
  const Octets name = octets("301A 310B 3009 0603550406 1302'US' 310B 3009 0603550403 0C02'ab'");
  connection.send(false, record(22, server_hello(octets("C02F"), {}) +
                                        handshake(13, octets("0101 0002 0401") + sized(sized(name, 2), 2))));
  const Lines lines = connection.tree();
  CHECK(has(lines, "Distinguished Name: (id-at-commonName=ab,id-at-countryName=US)"));
  CHECK(has(lines, "Object Id: 2.5.4.6 (id-at-countryName)"));
  CHECK(has(lines, "DirectoryString: uTF8String (4)"));
}

TEST_CASE("TLS: a certificate, however it is cut") {
  const Octets certificate = octets(
      "3072 305D A003 020102 0202 0A0B 3003 0601 2A"
      "300D 310B 3009 0603550406 1302'US'"
      "301E 170D'250102030405Z' 180D'20500102030405'"
      "300D 310B 3009 0603550406 1302'DE'"
      "3009 3003 0601 2A 0302 00FF 3003 0601 2A 0302 00EE");
  for (size_t size = 0; size <= certificate.size(); ++size) {
    Connection connection;
    const Octets part(certificate.begin(), certificate.begin() + static_cast<std::ptrdiff_t>(size));
    connection.send(false, record(22, server_hello(octets("C02F"), {}) + handshake(11, sized(sized(part, 3), 3))));
    const Lines lines = connection.tree();
    CHECK(has(lines, "Handshake Protocol: Certificate"));
    if (size < 60) CHECK_FALSE(has(lines, "utcTime: 2025-01-02 03:04:05 (UTC)"));
  }
}

TEST_CASE("SSLv2: its hellos are read, and nothing once there are keys") {
  Connection connection;
  connection.send(true, octets("801C 01 0002 0003 0000 0010 010080") + Octets(16, 0x43));
  Lines lines = connection.tree();
  CHECK(lines[1] == "SSLv2 Record Layer: Client Hello");
  CHECK(has(lines, "Cipher Spec: SSL2_RC4_128_WITH_MD5 (0x010080)"));
  connection.send(false, octets("801E 04 00 01 0002 0000 0003 0010 010080") + Octets(16, 0x49));
  CHECK(connection.tree()[1] == "SSLv2 Record Layer: Server Hello");
  connection.send(true, octets("800D 02 010080 0000 0003 0000 'abc'"));
  CHECK(connection.tree()[1] == "SSLv2 Record Layer: Client Master Key");
  connection.send(false, octets("8003 04 0102"));
  CHECK(connection.tree()[1] == "SSLv2 Record Layer: Encrypted Data");
}
