// SIP, SDP, RTP and STUN: messages in pieces, what announces what, and texts that are none.
#include "protocols/application/sip/message.h"

#include "catch.h"
#include "messages.h"
#include "packet_fixtures.h"
#include "protocols/application/sdp/sdp.h"
#include "protocols/application/sip/uri.h"

using namespace tracedrop;
using test::check_connection;
using test::operator+;
using test::octets;
using test::Octets;
using test::Rows;
using test::udp_frame;
using test::unescape;
using Lines = std::vector<std::string>;

namespace {

Octets text(std::string_view raw) { return {raw.begin(), raw.end()}; }

/// As the notation of connections has it.
std::string quoted(std::string_view raw) {
  std::string out = "\"";
  for (const char c : raw) out += c == '\r' ? "\\r" : c == '\n' ? "\\n" : std::string(1, c);
  return out + '"';
}

const std::string kOptions = "OPTIONS sip:bob@voice.example SIP/2.0\r\nCall-ID: 1\r\nl: 5\r\n\r\nhello";
const std::string kOffer =
    "INVITE sip:bob@voice.example SIP/2.0\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n"
    "v=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 G7221/16000\r\n";

Octets rtp(unsigned type, unsigned sequence) {
  return octets("80") + Octets{static_cast<uint8_t>(type)} + test::be16(sequence) +
         octets("000000A0 00001234 FFFFFFFFFFFFFFFF");
}

}  // namespace

TEST_CASE("SIP: first lines") {
  using dissect::sip::begins_message;
  for (const char* line : {"INVITE sip:a@b SIP/2.0\r\n", "DANCE x:y SIP/2.0\n", "SIP/2.0 200 OK\r\n", "SIP/2.0 200 "})
    CHECK(begins_message(line));
  for (const char* line :
       {"", " ", "INVITE", "INVITE ", "OPTIONS * SIP/2.0\r\n", "OPTIONS x: SIP/2.0\r\n", "OPTIONS :x SIP/2.0\r\n",
        "INVITE sip:a@b SIP/3.0\r\n", "INVITE  sip:a@b SIP/2.0\r\n", "SIP/2.0 200\r\n", "SIP/2.0 20 OK!!\r\n",
        "GET / HTTP/1.1\r\n", "\r\nINVITE sip:a@b SIP/2.0"})
    CHECK_FALSE(begins_message(line));
}

TEST_CASE("SIP: a message over TCP, in any two pieces") {
  for (size_t at = 1; at < kOptions.size(); ++at) {
    const std::string_view all = kOptions;
    check_connection(5060, "> " + quoted(all.substr(0, at)) + "  TCP 2\n> " + quoted(all.substr(at)) +
                               "  SIP \"Request: OPTIONS sip:bob@voice.example | \"\n");
  }
}

TEST_CASE("SIP: several messages of a segment, blank lines between them, and what is none") {
  check_connection(5060, R"sip(
    > "OPTIONS sip:a@b SIP/2.0\r\nl: 0\r\n\r\n\r\n\r\nSIP/2.0 200 OK\r\nCSeq: 1 BYE\r\nl: 0\r\n\r\n"  SIP "Request: OPTIONS sip:a@b | Status: 200 OK (BYE) | "
    > "no message\r\n"  SIP "Continuation"
  )sip");
}

TEST_CASE("SIP: parts of addresses") {
  const auto address = dissect::sip::name_address_of("\"A, \\\"B\" <sips:ann:pw@[2001:db8::1]:5061;lr;x=y>;tag=7");
  CHECK(address.is_found);
  CHECK(address.display == "\"A, \\\"B\"");
  CHECK(address.uri.user == "ann:pw");
  CHECK(address.uri.host == "[2001:db8::1]");
  CHECK(address.uri.port == "5061");
  CHECK(address.uri.parameters == "lr;x=y");
  CHECK(address.rest == ";tag=7");
  CHECK(dissect::sip::tag_of("\"A\" <sip:a@b;tag=no>;x; TAG =7;y") == "7");
  CHECK(dissect::sip::tag_of("<sip:a@b;tag=no>").data() == nullptr);
  for (const char* none : {"", "\"open <sip:a@b>", "<sip:a@b", "tel:+1", "a, <sip:a@b>"})
    CHECK_FALSE(dissect::sip::name_address_of(none).is_found);
}

TEST_CASE("SIP: registrations count contacts, wherever they stand") {
  const auto message = dissect::sip::read_message(
      "REGISTER sip:a SIP/2.0\r\nContact: <sip:a@b>;q=\"1,2\";expires=0, sip:c@d\r\nm: <sip:e@f>\r\n\r\n");
  CHECK(message.contacts == 3);
  CHECK(message.expired_contacts == 1);
  CHECK(message.head_end == dissect::sip::Message::HeadEnd::whole);
}

TEST_CASE("SDP: media have the session's address, or their own") {
  const auto media = dissect::sdp::media_of(
      "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 4000/2 RTP/AVP 0\na=rtcp:4010\r\nnonsense\r\nm=video 5000 "
      "RTP/SAVPF 96\r\nc=IN IP4 192.0.2.1/127\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\nm=image 6000 udptl t38\r\n"
      "m=audio 70000 RTP/AVP 0\r\nm=");
  REQUIRE(media.size() == 5);
  CHECK(media[0].is_announced());
  CHECK(media[0].host.kind() == AddressKind::ipv6);
  CHECK(media[0].rtcp_port == 4010);
  CHECK(media[1].host.kind() == AddressKind::ipv4);
  CHECK(media[1].shares_port_with_rtcp);
  CHECK(media[1].names == std::vector<std::pair<uint32_t, std::string_view>>{{96, "VP8"}});
  CHECK_FALSE(media[2].is_announced());
  CHECK_FALSE(media[3].is_announced());
  CHECK_FALSE(media[4].is_announced());
}

TEST_CASE("RTP: what a description announces, in both directions, and what shares its port") {
  Rows rows;
  rows.add(udp_frame(rtp(0, 1), 9000, 4000)).add(udp_frame(text(kOffer), 5060, 5060));
  rows.add(udp_frame(rtp(96, 2), 4000, 9000)).add(udp_frame(octets("80C90001 00000001"), 4001, 9001));
  rows.add(udp_frame(octets("00010000 2112A442 000000000000000000000001"), 4000, 9000));
  rows.add(udp_frame(rtp(0, 3), 4002, 9000));
  CHECK(rows.lines() == Lines{"10.0.0.1 > 10.0.0.2 | UDP | 9000 \xE2\x86\x92 4000 Len=20",
                              "10.0.0.1 > 10.0.0.2 | SIP/SDP | Request: INVITE sip:bob@voice.example | ",
                              "10.0.0.1 > 10.0.0.2 | RTP | PT=G7221, SSRC=0x1234, Seq=2, Time=160",
                              "10.0.0.1 > 10.0.0.2 | RTCP | Receiver Report   ",
                              "10.0.0.1 > 10.0.0.2 | STUN | Binding Request",
                              "10.0.0.1 > 10.0.0.2 | UDP | 4002 \xE2\x86\x92 9000 Len=20"});
}

TEST_CASE("RTP: numbers go on where they begin anew") {
  Rows rows;
  rows.add(udp_frame(text(kOffer), 5060, 5060)).add(udp_frame(rtp(0, 0xFFFF), 4000, 9000));
  rows.add(udp_frame(rtp(0, 0), 4000, 9000));
  const auto extended = [&](size_t i) {
    for (const std::string& field : rows.fields(i))
      if (field.substr(0, 11) == "rtp.extseq=") return field.substr(11);
    return std::string();
  };
  CHECK(extended(1) == "65535");
  CHECK(extended(2) == "65536");
}

TEST_CASE("STUN: methods that nobody registered are expected on its own port only") {
  const Octets strange = octets("08020000 2112A442 000000000000000000000001");
  CHECK(Rows().add(udp_frame(strange, 3478, 9000)).line(0) == "10.0.0.1 > 10.0.0.2 | STUN | Unknown Request");
  CHECK(Rows().add(udp_frame(strange, 9001, 9000)).line(0) ==
        "10.0.0.1 > 10.0.0.2 | UDP | 9001 \xE2\x86\x92 9000 Len=20");
}

TEST_CASE("STUN: attributes that reach beyond the message, and every cut of one") {
  const Octets whole = octets("00010010 2112A442 000000000000000000000001 0006 0004 'ab:c' 8028 0004 00000000");
  for (size_t kept = 42; kept < 42 + whole.size(); ++kept) {
    Rows rows;
    rows.add(udp_frame(whole, 3478, 9000), kept);
    CHECK_FALSE(rows.line(0).empty());
  }
  const Octets beyond = octets("00010008 2112A442 000000000000000000000001 0006 0104 'ab:c'");
  CHECK(Rows().add(udp_frame(beyond, 3478, 9000)).line(0) == "10.0.0.1 > 10.0.0.2 | STUN | Binding Request");
}
