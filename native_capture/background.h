// A thread that works through what it is given, in order, beside the capture. Who gives never waits: what finds no room
// is refused.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

#include "platform.h"

namespace tracedrop::native_capture {

template <typename Item>
class Background {
 public:
  /// Does `work` with each item. Items cost what giver says, and all that wait, or are being worked on, at most
  /// `most_cost`.
  Background(std::function<void(Item&)> work, uint64_t most_cost) : work_(std::move(work)), most_cost_(most_cost) {}
  ~Background() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Until then, items wait. Without a thread all are refused.
  void start() {
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::exception&) {  // the system's limit, or no memory
      fail();
    }
  }

  /// False when there is no room, or nobody works.
  bool give(Item item, uint64_t cost) {
    const std::lock_guard lock(mutex_);
    if (failed_ || cost > most_cost_ - cost_) return false;
    items_.emplace_back(std::move(item), cost);
    cost_ += cost;
    changed_.notify_all();
    return true;
  }

  /// Takes back what nobody has begun to work on.
  void forget() {
    const std::lock_guard lock(mutex_);
    for (const auto& [item, cost] : items_) cost_ -= cost;
    items_.clear();
  }

  /// True once everything given is done; false when that takes longer.
  bool wait(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, longest, [this] { return failed_ || (items_.empty() && !busy_); });
  }

  /// False when nobody works, because there is no thread or no memory.
  bool works() const {
    const std::lock_guard lock(mutex_);
    return !failed_;
  }

 private:
  void fail() {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    items_.clear();
    changed_.notify_all();
  }

  void run() {
    platform::come_after_others();
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stopped_ || !items_.empty(); });
      if (stopped_) return;
      std::pair<Item, uint64_t> next = std::move(items_.front());
      items_.pop_front();
      busy_ = true;
      lock.unlock();
      try {
        work_(next.first);
      } catch (const std::bad_alloc&) {
        fail();
        return;
      }
      next.first = Item();
      lock.lock();
      busy_ = false;
      cost_ -= next.second;
      changed_.notify_all();
    }
  }

  const std::function<void(Item&)> work_;
  const uint64_t most_cost_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<Item, uint64_t>> items_;
  uint64_t cost_ = 0;
  bool busy_ = false, stopped_ = false, failed_ = false;
  std::thread thread_;
};

}  // namespace tracedrop::native_capture
