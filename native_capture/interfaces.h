// The interfaces of this computer that packets can be captured on, as libpcap names them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ip_address.h"
#include "options.h"

namespace tracedrop::native_capture {

enum class Connection : uint8_t { unknown, connected, disconnected, not_applicable };

struct NetworkInterface {
  std::string name;
  std::string description;
  std::vector<IpAddress> addresses;
  bool up = false;
  bool running = false;
  bool loopback = false;
  bool wireless = false;
  Connection connection = Connection::unknown;
};

/// Every interface, the most useful ones first. Throws Failure when libpcap cannot list them.
std::vector<NetworkInterface> find_interfaces();

/// Prints the interfaces, with the link types that this user may learn, for a reader or as JSON.
void list_interfaces(const ListOptions& options);

}  // namespace tracedrop::native_capture
