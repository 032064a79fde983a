// Which interfaces to capture on: the named ones, or those that route to the hosts.
#pragma once

#include <string>
#include <vector>

#include "hosts.h"
#include "interfaces.h"

namespace tracedrop::native_capture {

struct ChosenInterface {
  std::string name;
  std::string why;  ///< "the interface that routes to 128.135.24.72", or empty when the user named it
};

/// The interface that packets to `address` leave through; nothing when there is no route or no interface has its source
/// address.
const NetworkInterface* interface_towards(const IpAddress& address, const std::vector<NetworkInterface>& interfaces);

/// The interface that is taken when neither hosts nor interfaces are named: the one of the default route.
const NetworkInterface* default_interface(const std::vector<NetworkInterface>& interfaces);

/// The named interfaces, checked and each once; without any, the interfaces that route to the hosts; without hosts, the
/// one of the default route. Throws Failure (unusable) for unknown names, and when no route leads anywhere.
std::vector<ChosenInterface> choose_interfaces(const std::vector<std::string>& named, const std::vector<Host>& hosts);

}  // namespace tracedrop::native_capture
