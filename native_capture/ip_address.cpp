#include "ip_address.h"

#include <algorithm>
#include <cstring>

#include "sockets.h"

namespace tracedrop::native_capture {

std::optional<IpAddress> IpAddress::of(const sockaddr* address) {
  if (address == nullptr) return std::nullopt;
  IpAddress ip;
  if (address->sa_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, address, sizeof v4);
    std::memcpy(ip.bytes_.data(), &v4.sin_addr, 4);
    return ip;
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, address, sizeof v6);
    std::memcpy(ip.bytes_.data(), &v6.sin6_addr, 16);
    ip.v6_ = true;
    ip.scope_ = v6.sin6_scope_id;
    return ip;
  }
  return std::nullopt;
}

std::string IpAddress::packed() const {
  std::string text(kPackedBytes, v6_ ? '\1' : '\0');
  std::memcpy(text.data() + 1, &scope_, sizeof scope_);
  std::memcpy(text.data() + 1 + sizeof scope_, bytes_.data(), bytes_.size());
  return text;
}

IpAddress IpAddress::unpacked(std::string_view packed) {
  IpAddress ip;
  ip.v6_ = packed[0] != 0;
  std::memcpy(&ip.scope_, packed.data() + 1, sizeof ip.scope_);
  std::memcpy(ip.bytes_.data(), packed.data() + 1 + sizeof ip.scope_, ip.bytes_.size());
  return ip;
}

bool IpAddress::is_loopback() const {
  if (!v6_) return bytes_[0] == 127;
  return bytes_[15] == 1 && std::all_of(bytes_.begin(), bytes_.end() - 1, [](uint8_t byte) { return byte == 0; });
}

bool IpAddress::is_link_local_v6() const { return v6_ && bytes_[0] == 0xfe && (bytes_[1] & 0xc0) == 0x80; }

std::string IpAddress::text() const {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(v6_ ? AF_INET6 : AF_INET, bytes_.data(), text, sizeof text);
  return text;
}

std::optional<IpAddress> IpAddress::source_for() const {
  sockaddr_storage to{};
  socklen_t to_len = 0;
  // Connecting a datagram socket sends nothing; it only asks for the route. Port 53 stands for any.
  if (v6_) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(53);
    v6.sin6_scope_id = scope_;
    std::memcpy(&v6.sin6_addr, bytes_.data(), 16);
    std::memcpy(&to, &v6, to_len = sizeof v6);
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(53);
    std::memcpy(&v4.sin_addr, bytes_.data(), 4);
    std::memcpy(&to, &v4, to_len = sizeof v4);
  }
  const SocketHandle socket = ::socket(v6_ ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
  if (socket == kNoSocket) return std::nullopt;
  std::optional<IpAddress> source;
  sockaddr_storage from{};
  socklen_t from_len = sizeof from;
  if (connect(socket, reinterpret_cast<const sockaddr*>(&to), to_len) == 0 &&
      getsockname(socket, reinterpret_cast<sockaddr*>(&from), &from_len) == 0)
    source = IpAddress::of(reinterpret_cast<const sockaddr*>(&from));
  close_socket(socket);
  return source;
}

}  // namespace tracedrop::native_capture
