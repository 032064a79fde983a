// The hosts to capture: names become all of their addresses.
#pragma once

#include <string>
#include <vector>

#include "ip_address.h"

namespace tracedrop::native_capture {

struct Host {
  std::string name;  ///< as it was given
  std::vector<IpAddress> addresses;
};

/// The host name in "https://www.example.org:443/x", "www.example.org/x" or "[2001:db8::1]"; other texts stay as they
/// are.
std::string host_in_url(const std::string& text);

/// Looks up every A and AAAA address of a name, or reads an address. Throws Failure (unusable) when there is none.
Host resolve_host(const std::string& text);

}  // namespace tracedrop::native_capture
