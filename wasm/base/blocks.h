// A sequence that grows at its end and never moves: blocks of a fixed number of elements. A vector copies everything
// when it grows, and for a moment has it twice; of millions of elements that moment decides whether memory suffices.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace tracedrop {

template <typename T, size_t kBlock = 512>
class Blocks {
  static_assert((kBlock & (kBlock - 1)) == 0);

 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](size_t i) { return blocks_[i / kBlock][i % kBlock]; }
  const T& operator[](size_t i) const { return blocks_[i / kBlock][i % kBlock]; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  /// Throws std::bad_alloc, leaving the sequence as it was, when there is no memory for another block.
  T& push_back(T value) {
    if (size_ == blocks_.size() * kBlock) blocks_.push_back(std::make_unique<T[]>(kBlock));
    T& place = (*this)[size_++];
    place = std::move(value);
    return place;
  }
  T& emplace_back() { return push_back(T()); }
  /// Adds elements until there are `count`.
  void grow_to(size_t count) {
    while (size_ < count) push_back(T());
  }
  /// Drops all elements but the first `count`.
  void keep_first(size_t count) {
    size_ = std::min(size_, count);
    blocks_.resize((size_ + kBlock - 1) / kBlock);
  }
  size_t memory() const { return blocks_.size() * kBlock * sizeof(T); }

  template <bool kConst>
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using reference = std::conditional_t<kConst, const T&, T&>;
    using pointer = std::conditional_t<kConst, const T*, T*>;
    using Owner = std::conditional_t<kConst, const Blocks, Blocks>;

    Iterator() = default;
    Iterator(Owner* owner, size_t at) : owner_(owner), at_(at) {}
    reference operator*() const { return (*owner_)[at_]; }
    pointer operator->() const { return &(*owner_)[at_]; }
    reference operator[](difference_type n) const { return (*owner_)[moved(n)]; }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return {owner_, at_++}; }
    Iterator& operator--() { return --at_, *this; }
    Iterator operator--(int) { return {owner_, at_--}; }
    Iterator& operator+=(difference_type n) { return at_ = moved(n), *this; }
    Iterator& operator-=(difference_type n) { return at_ = moved(-n), *this; }
    Iterator operator+(difference_type n) const { return {owner_, moved(n)}; }
    Iterator operator-(difference_type n) const { return {owner_, moved(-n)}; }
    difference_type operator-(const Iterator& other) const {
      return static_cast<difference_type>(at_) - static_cast<difference_type>(other.at_);
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }
    bool operator<(const Iterator& other) const { return at_ < other.at_; }

   private:
    size_t moved(difference_type n) const { return static_cast<size_t>(static_cast<difference_type>(at_) + n); }
    Owner* owner_ = nullptr;
    size_t at_ = 0;
  };
  Iterator<false> begin() { return {this, 0}; }
  Iterator<false> end() { return {this, size_}; }
  Iterator<true> begin() const { return {this, 0}; }
  Iterator<true> end() const { return {this, size_}; }

 private:
  std::vector<std::unique_ptr<T[]>> blocks_;
  size_t size_ = 0;
};

}  // namespace tracedrop
