// Who sent a packet: a link-layer or network address, or (from a csv) the text that stood there.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/interner.h"

namespace tracedrop {

enum class AddressKind : uint8_t { none, mac, ipv4, ipv6, text };

/// An address by value: kind and raw bytes (network order), or a borrowed text.
class Address {
 public:
  Address() = default;
  static Address mac(Bytes six);
  static Address ipv4(Bytes four);
  static Address ipv6(Bytes sixteen);
  /// Borrows `text` only until the address is interned.
  static Address text(std::string_view text);

  AddressKind kind() const { return kind_; }
  std::string_view raw() const {
    return kind_ == AddressKind::text ? text_ : std::string_view(reinterpret_cast<const char*>(bytes_.data()), size_);
  }
  bool operator==(const Address& other) const { return kind_ == other.kind_ && raw() == other.raw(); }

 private:
  Address(AddressKind kind, Bytes bytes);

  AddressKind kind_ = AddressKind::none;
  uint8_t size_ = 0;
  std::array<uint8_t, 16> bytes_{};
  std::string_view text_;
};

/// As Wireshark shows it: 00:11:22:33:44:55, 192.0.2.1, RFC 5952 for IPv6, the text itself, nothing for none.
void append_address(std::string& out, const Address& address);

/// Every address of a capture, once. Id 0 is the absent address.
class AddressTable {
 public:
  AddressTable();
  uint32_t intern(const Address& address);
  Address at(uint32_t id) const;
  /// The same as a byte of kind and the raw bytes; empty for the absent address. It stays where it is.
  std::string_view kind_and_raw(uint32_t id) const { return texts_.text(id); }
  uint32_t size() const { return texts_.size(); }
  size_t memory() const { return texts_.memory(); }

 private:
  Interner texts_;  // one byte of kind before the raw bytes
};

}  // namespace tracedrop
