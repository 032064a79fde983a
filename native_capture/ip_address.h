// An IPv4 or IPv6 address as the operating system hands it out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace tracedrop::native_capture {

class IpAddress {
 public:
  /// Nothing for other address families.
  static std::optional<IpAddress> of(const sockaddr* address);
  /// As a text of kPackedBytes, for another process; and out of any such text.
  static constexpr size_t kPackedBytes = 1 + 4 + 16;
  std::string packed() const;
  static IpAddress unpacked(std::string_view packed);

  bool is_v6() const { return v6_; }
  bool is_loopback() const;
  /// fe80::/10, which is known only together with an interface.
  bool is_link_local_v6() const;
  /// The interface index of a link-local IPv6 address; 0 when it has none.
  uint32_t scope() const { return scope_; }
  /// In network order: 4 bytes, or 16 when is_v6().
  const uint8_t* bytes() const { return bytes_.data(); }
  /// As a BPF filter takes it: without the scope.
  std::string text() const;
  /// Same address; the scope does not count.
  bool operator==(const IpAddress& other) const { return v6_ == other.v6_ && bytes_ == other.bytes_; }

  /// The address that this computer would send from to reach this one: what the kernel's routing says, without sending
  /// anything. Nothing when there is no route.
  std::optional<IpAddress> source_for() const;

 private:
  bool v6_ = false;
  uint32_t scope_ = 0;
  std::array<uint8_t, 16> bytes_{};  ///< an IPv4 address has the first four
};

}  // namespace tracedrop::native_capture
