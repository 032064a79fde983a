#include "hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "failure.h"
#include "platform.h"
#include "sockets.h"

namespace tracedrop::native_capture {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

std::string advice(const std::string& name, int error) {
  if (error == EAI_AGAIN) return "the name server does not answer; is the network up?";
  if (name.find(' ') != std::string::npos)
    return "a host is one name or address; for several give --host several times";
  return "check its spelling, or give its address";
}

/// "192.0.2.0/24" is a network, though its first part could be a host's address in a URL.
bool is_network(const std::string& text) {
  const size_t slash = text.find('/');
  return slash != std::string::npos && slash + 1 < text.size() && slash + 4 >= text.size() &&
         text.find_first_not_of("0123456789", slash + 1) == std::string::npos &&
         text.find_first_not_of("0123456789abcdefABCDEF.:") == slash;
}

/// Every address of a name, packed. What a name server answers is read here.
std::string look_up(const std::string& text, const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;  // else every address comes once for each kind of socket
  addrinfo* list = nullptr;
  const int error = getaddrinfo(name.c_str(), nullptr, &hints, &list);
  const std::unique_ptr<addrinfo, FreeAddresses> owned(error == 0 ? list : nullptr);
  std::string addresses;
  for (const addrinfo* entry = owned.get(); entry != nullptr; entry = entry->ai_next)
    if (const auto address = IpAddress::of(entry->ai_addr)) addresses += address->packed();
  if (addresses.empty())
    throw unusable(fmt::format("--host {}: no address is known for '{}' ({}); {}", text, name,
                               error == 0 ? "no address" : gai_strerror(error), advice(name, error)));
  return addresses;
}

}  // namespace

std::string host_in_url(const std::string& text) {
  size_t begin = text.find("://");
  const bool url = begin != std::string::npos;
  begin = url ? begin + 3 : 0;
  std::string rest = text.substr(begin, text.find_first_of("/?#", begin) - begin);
  if (url) rest.erase(0, rest.rfind('@') + 1);
  if (!rest.empty() && rest.front() == '[') {
    const size_t end = rest.find(']');
    if (end != std::string::npos) return rest.substr(1, end - 1);
  }
  // One colon comes before a port; several make an IPv6 address.
  if (std::count(rest.begin(), rest.end(), ':') == 1) rest.resize(rest.find(':'));
  return rest;
}

Host resolve_host(const std::string& text) {
  const std::string name = host_in_url(text);
  // getaddrinfo would take an empty name for this computer itself.
  if (name.empty()) throw unusable(fmt::format("--host '{}': a host is missing", text));
  if (is_network(text)) throw unusable(fmt::format("--host {0}: this is a network: --filter 'net {0}'", text));
  const std::string packed = platform::run_without_rights([&] { return look_up(text, name); });
  Host host{text, {}};
  for (size_t at = 0; at + IpAddress::kPackedBytes <= packed.size(); at += IpAddress::kPackedBytes) {
    const IpAddress address = IpAddress::unpacked(std::string_view(packed).substr(at, IpAddress::kPackedBytes));
    if (std::find(host.addresses.begin(), host.addresses.end(), address) == host.addresses.end())
      host.addresses.push_back(address);
  }
  if (host.addresses.empty()) throw unusable(fmt::format("--host {}: no address is known for '{}'", text, name));
  return host;
}

}  // namespace tracedrop::native_capture
