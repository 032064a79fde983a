#include "protocols/application/rtp/streams.h"

#include "dissect/memory.h"
#include "protocols/list.h"

namespace tracedrop::dissect::rtp {

namespace {

std::string key_of(const AddressBytes& host, uint16_t port) {
  std::string key(host.raw.text());
  key += static_cast<char>(port >> 8);
  key += static_cast<char>(port & 0xFF);
  return key;
}

void add(Context& context, const Protocol& protocol, const AddressBytes& host, uint16_t port,
         const std::shared_ptr<const Setup>& setup) {
  context.expect(protocol, Transport::udp, host, port, true);
  context.state()->of<Setups>().all[key_of(host, port)] = setup;
}

}  // namespace

void announce(Context& context, const Address& host, uint16_t port, uint16_t rtcp_port,
              std::shared_ptr<const Setup> setup) {
  const AddressBytes address{host.kind(), Bytes::of(host.raw())};
  add(context, rtp_protocol, address, port, setup);
  if (rtcp_port != port && rtcp_port != 0) add(context, rtcp_protocol, address, rtcp_port, setup);
}

const Setup* setup_of(Context& context) {
  const auto& all = context.state()->of<Setups>().all;
  if (all.empty()) return nullptr;
  auto found = all.find(key_of(context.destination, context.destination_port));
  if (found == all.end()) found = all.find(key_of(context.source, context.source_port));
  return found == all.end() ? nullptr : found->second.get();
}

}  // namespace tracedrop::dissect::rtp
