// The tables in which a layer looks up who dissects its payload, by a number or by a text: "udp.port" 53, "media_type"
// "text/html". A table is an object that the layer's protocol defines; who claims what stands with each protocol
// (protocol.h), and the registry fills the tables before main() begins.
#pragma once

#include <cstdint>
#include <string_view>

namespace tracedrop::dissect {

struct Protocol;

class Table {
 public:
  constexpr explicit Table(std::string_view name) : name_(name) {}
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  std::string_view name() const { return name_; }
  /// Who claims it; null when nobody does.
  const Protocol* find(uint64_t value) const {
    if (value < dense_size_) return dense_[static_cast<size_t>(value)];
    return find_rare(value);
  }
  const Protocol* find(std::string_view key) const;

 private:
  friend class Registry;
  const Protocol* find_rare(uint64_t value) const;

  std::string_view name_;
  const Protocol* const* dense_ = nullptr;
  uint32_t dense_size_ = 0;
};

/// That a protocol is found in a table at this value or text.
struct Claim {
  constexpr Claim(Table& table_, uint64_t value_) : table(&table_), value(value_) {}
  constexpr Claim(Table& table_, std::string_view key_) : table(&table_), key(key_) {}

  Table* table;
  uint64_t value = 0;
  std::string_view key{};  ///< lower case
};

}  // namespace tracedrop::dissect
