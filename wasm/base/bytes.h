// Borrowed packet bytes, and the one place where bounds are checked.
//
// A packet has two lengths: what was on the wire and what the capture kept of it (the snap length may cut it short).
// `Bytes` carries both through every layer, because "the capture ends here" and "the sender lied about a length" are
// different findings: the first is normal, the second is malformed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tracedrop {

class Bytes {
 public:
  constexpr Bytes() = default;
  constexpr Bytes(const uint8_t* data, size_t captured) : Bytes(data, captured, captured) {}
  constexpr Bytes(const uint8_t* data, size_t captured, size_t wire)
      : data_(data), captured_(captured), wire_(std::max(captured, wire)) {}

  static Bytes of(std::string_view text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

  constexpr const uint8_t* data() const { return data_; }
  /// Bytes at hand.
  constexpr size_t size() const { return captured_; }
  /// Bytes there were on the wire; never less than size().
  constexpr size_t wire_size() const { return wire_; }
  constexpr bool empty() const { return captured_ == 0; }
  constexpr bool has(size_t at, size_t count) const { return at <= captured_ && count <= captured_ - at; }

  // Reads beyond the captured bytes give 0: callers that care ask has() or read through a Cursor.
  constexpr uint8_t u8(size_t at) const { return has(at, 1) ? data_[at] : uint8_t{0}; }
  constexpr uint16_t be16(size_t at) const {
    return has(at, 2) ? static_cast<uint16_t>(data_[at] << 8 | data_[at + 1]) : uint16_t{0};
  }
  constexpr uint32_t be24(size_t at) const {
    return has(at, 3) ? uint32_t{data_[at]} << 16 | uint32_t{data_[at + 1]} << 8 | data_[at + 2] : 0;
  }
  constexpr uint32_t be32(size_t at) const {
    return has(at, 4) ? uint32_t{data_[at]} << 24 | uint32_t{data_[at + 1]} << 16 | uint32_t{data_[at + 2]} << 8 |
                            data_[at + 3]
                      : 0;
  }
  constexpr uint64_t be64(size_t at) const { return has(at, 8) ? uint64_t{be32(at)} << 32 | be32(at + 4) : 0; }
  constexpr uint16_t le16(size_t at) const {
    return has(at, 2) ? static_cast<uint16_t>(data_[at + 1] << 8 | data_[at]) : uint16_t{0};
  }
  constexpr uint32_t le32(size_t at) const {
    return has(at, 4) ? uint32_t{data_[at + 3]} << 24 | uint32_t{data_[at + 2]} << 16 | uint32_t{data_[at + 1]} << 8 |
                            data_[at]
                      : 0;
  }
  constexpr uint64_t le64(size_t at) const { return has(at, 8) ? uint64_t{le32(at + 4)} << 32 | le32(at) : 0; }

  /// The bytes from `at` to the end; empty when `at` lies beyond them.
  constexpr Bytes from(size_t at) const {
    const size_t captured = std::min(at, captured_);
    return {data_ + captured, captured_ - captured, wire_ - std::min(at, wire_)};
  }
  /// At most the first `count` bytes.
  constexpr Bytes first(size_t count) const { return {data_, std::min(count, captured_), std::min(count, wire_)}; }
  constexpr Bytes sub(size_t at, size_t count) const { return from(at).first(count); }

  std::string_view text() const { return {reinterpret_cast<const char*>(data_), captured_}; }
  bool starts_with(std::string_view prefix) const { return text().substr(0, prefix.size()) == prefix; }

 private:
  const uint8_t* data_ = nullptr;
  size_t captured_ = 0;
  size_t wire_ = 0;
};

/// Why a read could not be answered; the first failure stays.
enum class Shortage : uint8_t {
  none,
  snapped,    ///< the bytes were on the wire, but the capture did not keep them
  malformed,  ///< the packet itself ends before
  contained,  ///< the same of a part that says to be longer than what holds it
};

/// Reads forward through Bytes. Total: a read past the end gives zeros and sets shortage(), which stays set.
class Cursor {
 public:
  constexpr explicit Cursor(Bytes bytes) : bytes_(bytes) {}

  constexpr Shortage shortage() const { return shortage_; }
  constexpr bool ok() const { return shortage_ == Shortage::none; }
  constexpr size_t at() const { return at_; }
  constexpr size_t left() const { return bytes_.size() - std::min(at_, bytes_.size()); }
  constexpr Bytes all() const { return bytes_; }
  constexpr Bytes rest() const { return bytes_.from(at_); }

  constexpr uint8_t u8() { return take(1) ? bytes_.u8(at_ - 1) : uint8_t{0}; }
  constexpr uint16_t be16() { return take(2) ? bytes_.be16(at_ - 2) : uint16_t{0}; }
  constexpr uint32_t be24() { return take(3) ? bytes_.be24(at_ - 3) : 0; }
  constexpr uint32_t be32() { return take(4) ? bytes_.be32(at_ - 4) : 0; }
  constexpr uint64_t be64() { return take(8) ? bytes_.be64(at_ - 8) : 0; }
  constexpr uint16_t le16() { return take(2) ? bytes_.le16(at_ - 2) : uint16_t{0}; }
  constexpr uint32_t le32() { return take(4) ? bytes_.le32(at_ - 4) : 0; }
  constexpr uint64_t le64() { return take(8) ? bytes_.le64(at_ - 8) : 0; }
  constexpr void skip(size_t count) { take(count); }
  /// The next `count` bytes: as many as were captured, with shortage() set when that is not all.
  constexpr Bytes bytes(size_t count) {
    const Bytes found = bytes_.sub(at_, count);
    take(count);
    return found;
  }
  constexpr void seek(size_t at) { at_ = at; }

 protected:
  /// Advances by `count`; false (and shortage set) unless all of them were captured.
  constexpr bool take(size_t count) {
    const size_t start = at_;
    if (count > SIZE_MAX - at_) {
      fail(Shortage::malformed);
      return false;
    }
    at_ += count;
    if (bytes_.has(start, count)) return true;
    fail(at_ <= bytes_.wire_size() ? Shortage::snapped : Shortage::malformed);
    return false;
  }
  constexpr void fail(Shortage why) {
    if (shortage_ == Shortage::none) shortage_ = why;
  }

 private:
  Bytes bytes_;
  size_t at_ = 0;
  Shortage shortage_ = Shortage::none;
};

}  // namespace tracedrop
