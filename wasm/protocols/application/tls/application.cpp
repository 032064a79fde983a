// Which protocol is inside, as the server's port or ALPN tell (IANA's registry of ALPN protocol IDs).
#include "protocols/application/tls/tls.h"

namespace tracedrop::dissect::tls {

namespace {

constexpr std::string_view kHttp = "Hypertext Transfer Protocol", kDns = "Domain Name System",
                           kOpa = "Intel Omni-Path FE Header - Omni-Path Fabric Executive Header",
                           kNvme = "NVM Express Fabrics TCP", kNts = "NTS Key Establishment Protocol",
                           kCoap = "Constrained Application Protocol", kZabbix = "Zabbix Protocol";

constexpr ValueName kPorts[] = {{324, "RPKI-Router Protocol"},
                                {443, kHttp},
                                {465, "Simple Mail Transfer Protocol"},
                                {631, kHttp},
                                {636, "Lightweight Directory Access Protocol"},
                                {802, "Modbus/TCP"},
                                {853, kDns},
                                {993, "Internet Message Access Protocol"},
                                {995, "Post Office Protocol"},
                                {1300, "Q.931"},
                                {2221, "EtherNet/IP (Industrial Protocol)"},
                                {2443, "Skinny Client Control Protocol"},
                                {3249, kOpa},
                                {3250, kOpa},
                                {3251, kOpa},
                                {3252, kOpa},
                                {3389, "TPKT - ISO on TCP - RFC1006"},
                                {3496, "DoIP (ISO13400) Protocol"},
                                {4420, kNvme},
                                {4460, kNts},
                                {5061, "Session Initiation Protocol"},
                                {5671, "Advanced Message Queuing Protocol"},
                                {5684, kCoap},
                                {5868, "Diameter Protocol"},
                                {6514, "Syslog Message"},
                                {8009, kNvme},
                                {8883, "MQ Telemetry Transport Protocol"},
                                {10050, kZabbix},
                                {10051, kZabbix},
                                {10809, "Network Block Device"},
                                {11207, "Couchbase Protocol"},
                                {19999, "Distributed Network Protocol 3.0"},
                                {27017, "Mongo Wire Protocol"}};

constexpr struct {
  std::string_view id, title;
} kApplications[] = {{"h2", "HyperText Transfer Protocol 2"},
                     {"http/1.1", kHttp},
                     {"dot", kDns},
                     {"coap", kCoap},
                     {"ntske/1", kNts},
                     {"stun.nat-discovery", "Session Traversal Utilities for NAT"},
                     {"stun.turn", "TURN Channel"},
                     {"sunrpc", "Remote Procedure Call"}};

}  // namespace

std::string_view alpn_title(std::string_view name) {
  for (const auto& known : kApplications)
    if (known.id == name) return known.title;
  return {};
}

std::string_view application_title(const Context& context, const Session& session) {
  if (!session.application.empty()) return session.application;
  const auto [low, high] = std::minmax(context.source_port, context.destination_port);
  const std::string_view title = name_of(kPorts, low);
  return title.empty() ? name_of(kPorts, high) : title;
}

}  // namespace tracedrop::dissect::tls
