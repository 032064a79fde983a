// What media a session description announces, and where they go.
#include <algorithm>
#include <charconv>

#include "base/address_text.h"
#include "dissect/memory.h"
#include "dissect/text_lines.h"
#include "protocols/application/rtp/streams.h"
#include "protocols/application/sdp/sdp.h"
#include "protocols/list.h"

namespace tracedrop::dissect::sdp {

namespace {

constexpr std::string_view kFax = "udptl";  // T.38
constexpr size_t kMostMedia = 64, kMostNames = 128;

uint32_t number_at(std::string_view text) {
  uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view word(std::string_view& text) {
  const size_t end = std::min(text.find(' '), text.size());
  const std::string_view first = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return first;
}

/// "IN IP4 192.0.2.1/127".
Address host_of(std::string_view value) {
  word(value);
  word(value);
  const Address address = parse_address(value.substr(0, value.find('/')));
  return address.kind() == AddressKind::ipv4 || address.kind() == AddressKind::ipv6 ? address : Address{};
}

Media media_line(std::string_view value) {
  Media media;
  media.kind = word(value);
  const uint32_t port = number_at(word(value));
  media.port = port <= UINT16_MAX ? static_cast<uint16_t>(port) : uint16_t{0};
  media.protocol = word(value);
  return media;
}

/// RFC 4568, section 6.2, and RFC 6188: how many bytes authenticate a packet.
size_t tag_bytes_of(std::string_view suite) {
  constexpr std::string_view kLong = "_HMAC_SHA1_80", kShort = "_HMAC_SHA1_32";
  const auto ends_with = [&](std::string_view end) {
    return suite.size() >= end.size() && suite.substr(suite.size() - end.size()) == end;
  };
  return ends_with(kLong) ? 10 : ends_with(kShort) ? 4 : 0;
}

void attribute(Media& media, std::string_view value) {
  constexpr std::string_view kMap = "rtpmap:", kRtcp = "rtcp:", kCrypto = "crypto:";
  if (value.substr(0, kCrypto.size()) == kCrypto && media.tag_bytes == 0) {
    std::string_view words = value;
    word(words);
    media.tag_bytes = tag_bytes_of(word(words));
  }
  if (value == "rtcp-mux") media.shares_port_with_rtcp = true;
  if (value.substr(0, kRtcp.size()) == kRtcp)
    media.rtcp_port = static_cast<uint16_t>(std::min<uint32_t>(number_at(value.substr(kRtcp.size())), UINT16_MAX));
  if (value.substr(0, kMap.size()) != kMap || media.names.size() >= kMostNames) return;
  value.remove_prefix(kMap.size());
  const uint32_t type = number_at(word(value));
  const std::string_view name = value.substr(0, value.find('/'));
  if (name.size() < value.size() && type < 128) media.names.emplace_back(type, name);
}

}  // namespace

bool is_secure(std::string_view protocol) { return protocol.find("SAVP") != std::string_view::npos; }

bool is_rtp(std::string_view protocol) {
  for (const std::string_view known :
       {"RTP/AVP", "RTP/SAVP", "RTP/AVPF", "RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF"})
    if (protocol == known) return true;
  return false;
}

bool Media::is_announced() const { return port != 0 && host.kind() != AddressKind::none && is_rtp(protocol); }

std::vector<Media> media_of(std::string_view text) {
  std::vector<Media> all;
  Address session_host;
  while (!text.empty() && all.size() < kMostMedia) {
    const TextLine line = first_text_line(text);
    text.remove_prefix(line.whole);
    if (line.text.size() < 2 || line.text[1] != '=') continue;
    const std::string_view value = line.text.substr(2);
    if (line.text[0] == 'm') {
      all.push_back(media_line(value));
      all.back().host = session_host;
    } else if (line.text[0] == 'c') {
      (all.empty() ? session_host : all.back().host) = host_of(value);
    } else if (line.text[0] == 'a' && !all.empty()) {
      attribute(all.back(), value);
    }
  }
  return all;
}

void announce(Context& context, std::string_view text) {
  const Call& call = context.state()->of<Call>();
  for (const Media& media : media_of(text)) {
    if (media.port != 0 && media.host.kind() != AddressKind::none && media.protocol == kFax) {
      // The port is no longer RTP's.
      const AddressBytes host{media.host.kind(), Bytes::of(media.host.raw())};
      context.expect(data_protocol, Transport::udp, host, media.port, true);
    }
    if (!media.is_announced()) continue;
    auto setup = std::make_shared<rtp::Setup>();
    setup->packet = context.index;
    setup->method = "SDP";
    setup->is_secure = is_secure(media.protocol);
    setup->tag_bytes = media.tag_bytes;
    if (call.packet == context.index) {
      setup->call_id = call.id;
      setup->has_call = true;
    }
    for (const auto& [type, name] : media.names) setup->names.emplace_back(type, std::string(name));
    uint16_t rtcp = media.rtcp_port;
    if (rtcp == 0) rtcp = media.shares_port_with_rtcp ? media.port : static_cast<uint16_t>(media.port + 1);
    rtp::announce(context, media.host, media.port, rtcp, std::move(setup));
  }
}

}  // namespace tracedrop::dissect::sdp
