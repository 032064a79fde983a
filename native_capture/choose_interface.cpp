#include "choose_interface.h"

#include <fmt/format.h>

#include <algorithm>

#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

std::string known_names(const std::vector<NetworkInterface>& interfaces) {
  std::string names;
  for (const NetworkInterface& interface : interfaces)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", interface.name);
  return names.empty() ? "none (is libpcap allowed to see any?)" : names;
}

const NetworkInterface* named_interface(const std::string& name, const std::vector<NetworkInterface>& interfaces) {
  const auto at = std::find_if(interfaces.begin(), interfaces.end(),
                               [&](const NetworkInterface& interface) { return interface.name == name; });
  return at == interfaces.end() ? nullptr : &*at;
}

void add(std::vector<ChosenInterface>& chosen, ChosenInterface interface) {
  const bool known = std::any_of(chosen.begin(), chosen.end(),
                                 [&](const ChosenInterface& other) { return other.name == interface.name; });
  if (!known) chosen.push_back(std::move(interface));
}

std::vector<ChosenInterface> towards_hosts(const std::vector<Host>& hosts,
                                           const std::vector<NetworkInterface>& interfaces) {
  std::vector<ChosenInterface> chosen;
  for (const Host& host : hosts) {
    for (const IpAddress& address : host.addresses) {
      const NetworkInterface* interface = interface_towards(address, interfaces);
      if (interface != nullptr)
        add(chosen, {interface->name, fmt::format("the interface that routes to {}", address.text())});
    }
  }
  return chosen;
}

}  // namespace

const NetworkInterface* interface_towards(const IpAddress& address, const std::vector<NetworkInterface>& interfaces) {
  if (const auto name = platform::interface_of_route(address)) return named_interface(*name, interfaces);
  const auto source = address.source_for();
  if (!source) return nullptr;
  // What a computer sends to itself never leaves it, whichever of its addresses it uses.
  const bool to_itself = *source == address;
  for (const NetworkInterface& interface : interfaces) {
    const auto& own = interface.addresses;
    if (to_itself ? interface.loopback : std::find(own.begin(), own.end(), *source) != own.end()) return &interface;
  }
  return nullptr;
}

/// Documentation addresses (RFC 5737, RFC 3849) belong to nobody, so the default route is what leads to them.
const NetworkInterface* default_interface(const std::vector<NetworkInterface>& interfaces) {
  for (const char* text : {"198.51.100.1", "2001:db8::1"})
    if (const auto* found = interface_towards(resolve_host(text).addresses.front(), interfaces)) return found;
  return nullptr;
}

std::vector<ChosenInterface> choose_interfaces(const std::vector<std::string>& named, const std::vector<Host>& hosts) {
  const std::vector<NetworkInterface> interfaces = find_interfaces();
  std::vector<ChosenInterface> chosen;
  for (const std::string& name : named) {
    if (named_interface(name, interfaces) == nullptr)
      throw unusable(fmt::format("-i {}: there is no such interface; there are: {}", name, known_names(interfaces)));
    add(chosen, {name, ""});
  }
  if (!chosen.empty()) return chosen;

  if (!hosts.empty()) chosen = towards_hosts(hosts, interfaces);
  if (!chosen.empty()) return chosen;
  if (const auto* found = hosts.empty() ? default_interface(interfaces) : nullptr)
    return {{found->name, "the interface of the default route"}};
  if (hosts.empty())
    throw unusable(fmt::format("there is no default route; name an interface with -i: {}", known_names(interfaces)));
  throw unusable(fmt::format("no route leads to {}; is the network up? Or name an interface with -i: {}",
                             hosts.front().name, known_names(interfaces)));
}

}  // namespace tracedrop::native_capture
