#include "interfaces.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include "failure.h"

namespace tracedrop::native_capture {
namespace {

Connection connection_of(uint32_t flags) {
  switch (flags & PCAP_IF_CONNECTION_STATUS) {
    case PCAP_IF_CONNECTION_STATUS_CONNECTED: return Connection::connected;
    case PCAP_IF_CONNECTION_STATUS_DISCONNECTED: return Connection::disconnected;
    case PCAP_IF_CONNECTION_STATUS_NOT_APPLICABLE: return Connection::not_applicable;
    default: return Connection::unknown;
  }
}

}  // namespace

std::vector<NetworkInterface> find_interfaces() {
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_if_t* list = nullptr;
  if (pcap_findalldevs(&list, error) != 0) throw failed(fmt::format("the interfaces cannot be listed: {}", error));
  std::vector<NetworkInterface> found;
  for (const pcap_if_t* entry = list; entry != nullptr; entry = entry->next) {
    NetworkInterface interface;
    interface.name = entry->name;
    interface.description = entry->description == nullptr ? "" : entry->description;
    interface.up = (entry->flags & PCAP_IF_UP) != 0;
    interface.running = (entry->flags & PCAP_IF_RUNNING) != 0;
    interface.loopback = (entry->flags & PCAP_IF_LOOPBACK) != 0;
    interface.wireless = (entry->flags & PCAP_IF_WIRELESS) != 0;
    interface.connection = connection_of(entry->flags);
    for (const pcap_addr_t* address = entry->addresses; address != nullptr; address = address->next)
      if (const auto ip = IpAddress::of(address->addr)) interface.addresses.push_back(*ip);
    found.push_back(std::move(interface));
  }
  pcap_freealldevs(list);
  return found;
}

}  // namespace tracedrop::native_capture
