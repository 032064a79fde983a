#include "trace/csv_protocols.h"

#include <algorithm>
#include <iterator>

namespace tracedrop::trace {

namespace {

using dissect::Transport;

constexpr std::string_view kOverTcp[] = {
    "TCP",    "SSL",        "SSLv2",    "SSLv3", "TLS",       "TLSv1",      "TLSv1.1", "TLSv1.2",  "TLSv1.3", "HTTP",
    "HTTP2",  "OCSP",       "FTP",      "SMTP",  "IMF",       "IMAP",       "POP",     "SSH",      "SSHv1",   "SSHv2",
    "TELNET", "MQTT",       "SMB",      "SMB2",  "NBSS",      "LDAP",       "MySQL",   "PGSQL",    "TDS",     "RTMP",
    "BGP",    "RDP",        "TPKT",     "COTP",  "WebSocket", "XMPP/XML",   "IRC",     "Git",      "RESP",    "VNC",
    "X11",    "BitTorrent", "FTP-DATA", "RTSP",  "DCERPC",    "Modbus/TCP", "S7COMM",  "PKIX-CRL", "AMQP",
};

constexpr std::string_view kOverUdp[] = {
    "UDP",      "QUIC",     "GQUIC",  "DNS",  "MDNS",         "LLMNR",  "NBNS",    "NTP",         "DHCP",   "DHCPv6",
    "BOOTP",    "SSDP",     "STUN",   "DTLS", "RTP",          "RTCP",   "SNMP",    "TFTP",        "CoAP",   "WireGuard",
    "DTLSv1.0", "DTLSv1.2", "BT-DHT", "SIP",  "CLASSIC-STUN", "ISAKMP", "BROWSER", "DB-LSP-DISC", "BT-uTP",
};

constexpr std::string_view kNeighborDiscovery[] = {"Router Solicitation", "Router Advertisement",
                                                   "Neighbor Solicitation", "Neighbor Advertisement", "Redirect"};

template <typename List>
bool holds(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

}  // namespace

Transport transport_of_protocol(std::string_view name) {
  // "HTTP/XML", "HTTP/JSON": a body's type behind the protocol's name.
  const std::string_view base = name.substr(0, name.find('/'));
  if (holds(kOverTcp, name) || base == "HTTP" || base == "HTTP2") return Transport::tcp;
  return holds(kOverUdp, name) ? Transport::udp : Transport::none;
}

bool finds_neighbors(std::string_view name, std::string_view info) {
  if (name == "ARP") return true;
  if (name != "ICMPv6") return false;
  return std::any_of(std::begin(kNeighborDiscovery), std::end(kNeighborDiscovery),
                     [&](std::string_view message) { return info.substr(0, message.size()) == message; });
}

}  // namespace tracedrop::trace
