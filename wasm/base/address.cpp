#include "base/address.h"

#include <algorithm>

#include "base/text.h"

namespace tracedrop {

Address::Address(AddressKind kind, Bytes bytes) : kind_(kind), size_(static_cast<uint8_t>(bytes.size())) {
  std::copy_n(bytes.data(), bytes.size(), bytes_.data());
}

Address Address::mac(Bytes six) { return {AddressKind::mac, six.first(6)}; }
Address Address::ipv4(Bytes four) { return {AddressKind::ipv4, four.first(4)}; }
Address Address::ipv6(Bytes sixteen) { return {AddressKind::ipv6, sixteen.first(16)}; }

Address Address::text(std::string_view text) {
  Address address;
  address.kind_ = AddressKind::text;
  address.text_ = text;
  return address;
}

namespace {

void append_mac(std::string& out, Bytes raw) {
  for (size_t i = 0; i < raw.size(); ++i) {
    if (i > 0) out += ':';
    append_hex(out, raw.u8(i), 2);
  }
}

void append_ipv4(std::string& out, Bytes raw) {
  for (size_t i = 0; i < 4; ++i) {
    if (i > 0) out += '.';
    append_number(out, raw.u8(i));
  }
}

/// The longest run of two or more zero groups, the first of equals (RFC 5952, section 4.2).
std::pair<size_t, size_t> longest_zero_run(Bytes raw, size_t groups) {
  size_t best_at = 0, best = 0;
  for (size_t i = 0; i < groups;) {
    size_t end = i;
    while (end < groups && raw.be16(end * 2) == 0) ++end;
    if (end - i > best) {
      best_at = i;
      best = end - i;
    }
    i = std::max(end, i + 1);
  }
  return best >= 2 ? std::pair{best_at, best} : std::pair{groups, size_t{0}};
}

/// glibc's inet_ntop, which Wireshark follows, writes IPv4-mapped and IPv4-compatible addresses with a dotted tail.
bool has_dotted_tail(Bytes raw) {
  const auto [at, length] = longest_zero_run(raw, 8);
  if (at != 0) return false;
  return length == 6 || (length == 5 && raw.be16(10) == 0xFFFF);
}

void append_ipv6(std::string& out, Bytes raw) {
  const size_t groups = has_dotted_tail(raw) ? 6 : 8;
  const auto [skip_at, skip] = longest_zero_run(raw, groups);
  for (size_t i = 0; i < groups;) {
    if (i == skip_at && skip > 0) {
      out += "::";
      i += skip;
      continue;
    }
    append_hex(out, raw.be16(i * 2), 1);
    if (++i < groups && i != skip_at) out += ':';
  }
  if (groups == 8) return;
  if (out.back() != ':') out += ':';
  append_ipv4(out, raw.from(12));
}

}  // namespace

void append_address(std::string& out, const Address& address) {
  const Bytes raw = Bytes::of(address.raw());
  switch (address.kind()) {
    case AddressKind::none: return;
    case AddressKind::mac: return append_mac(out, raw);
    case AddressKind::ipv4: return append_ipv4(out, raw);
    case AddressKind::ipv6: return append_ipv6(out, raw);
    case AddressKind::text: return append_printable(out, address.raw());
  }
}

AddressTable::AddressTable() = default;

uint32_t AddressTable::intern(const Address& address) {
  if (address.kind() == AddressKind::none) return 0;
  std::array<char, 17> key{static_cast<char>(address.kind())};
  const std::string_view raw = address.raw();
  if (raw.size() < key.size()) {
    std::copy(raw.begin(), raw.end(), key.begin() + 1);
    return texts_.intern({key.data(), raw.size() + 1});
  }
  return texts_.intern(key[0] + std::string(raw));
}

Address AddressTable::at(uint32_t id) const {
  const std::string_view key = texts_.text(id);
  if (key.empty()) return {};
  const std::string_view raw = key.substr(1);
  switch (static_cast<AddressKind>(key[0])) {
    case AddressKind::mac: return Address::mac(Bytes::of(raw));
    case AddressKind::ipv4: return Address::ipv4(Bytes::of(raw));
    case AddressKind::ipv6: return Address::ipv6(Bytes::of(raw));
    default: return Address::text(raw);
  }
}

}  // namespace tracedrop
