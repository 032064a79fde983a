#include "judged_packets.h"

#include <cstring>
#include <new>
#include <utility>

namespace tracedrop::native_capture {

JudgedPackets::JudgedPackets(const std::vector<FileInterface>& interfaces, uint64_t most_waiting,
                             std::chrono::milliseconds longest_wait)
    : new_data_(interfaces),
      longest_wait_(longest_wait),
      thread_([this](std::shared_ptr<Batch>& batch) { judge(*batch); }, most_waiting) {
  thread_.start();
}

void JudgedPackets::judge(Batch& batch) {
  for (Waiting& waiting : batch.packets) {
    if (batch.unwanted) return;
    Packet packet = waiting.packet;
    packet.data = batch.bytes.data() + waiting.at;
    waiting.new_data = new_data_.in(packet);
  }
  batch.judged = true;
}

void JudgedPackets::add(const Packet& packet, const Take& take) {
  try {
    if (filling_ == nullptr) filling_ = std::make_shared<Batch>();
    const size_t at = filling_->bytes.size();
    filling_->packets.push_back({packet, at});
    std::memcpy(filling_->bytes.extend(packet.cap_len), packet.data, packet.cap_len);
    if (filling_->bytes.size() >= kBatchBytes) hand_over();
  } catch (const std::bad_alloc&) {
    // This one may be without its bytes; it is still the kernel's.
    if (filling_ != nullptr && !filling_->packets.empty() && filling_->packets.back().packet.data == packet.data)
      filling_->packets.pop_back();
    give_up(take);
    take(packet, true, Clock::now());
    return;
  }
  if (full_) give_up(take);
}

void JudgedPackets::hand_over() {
  if (filling_ == nullptr) return;
  filling_->came = Clock::now();
  waiting_.push_back(filling_);
  const std::shared_ptr<Batch> batch = std::exchange(filling_, nullptr);
  const uint64_t cost = batch->bytes.size() + batch->packets.size() * sizeof(Waiting);
  try {
    full_ = !thread_.give(batch, cost);
  } catch (const std::bad_alloc&) {
    full_ = true;
  }
}

void JudgedPackets::release(const Take& take) {
  hand_over();
  while (!waiting_.empty() && waiting_.front()->judged) {
    const std::shared_ptr<Batch> batch = std::move(waiting_.front());
    waiting_.pop_front();
    take_all(*batch, true, take);
  }
  if (full_ || (!waiting_.empty() && Clock::now() - waiting_.front()->came > longest_wait_)) give_up(take);
}

void JudgedPackets::finish(const Take& take) {
  hand_over();
  thread_.wait(longest_wait_);
  release(take);
  give_up(take);
}

void JudgedPackets::give_up(const Take& take) {
  thread_.forget();
  full_ = false;
  if (filling_ != nullptr) {
    filling_->came = Clock::now();
    waiting_.push_back(std::exchange(filling_, nullptr));
  }
  for (const std::shared_ptr<Batch>& batch : waiting_) {
    const bool judged = batch->judged;
    batch->unwanted = true;
    take_all(*batch, judged, take);
  }
  waiting_.clear();
}

void JudgedPackets::take_all(const Batch& batch, bool judged, const Take& take) {
  for (const Waiting& waiting : batch.packets) {
    Packet packet = waiting.packet;
    packet.data = batch.bytes.data() + waiting.at;
    // The thread may be writing what it finds meanwhile: it is only looked at when all is there.
    take(packet, !judged || waiting.new_data, batch.came);
  }
}

std::optional<JudgedPackets::Clock::time_point> JudgedPackets::last_waiting() const {
  if (filling_ != nullptr) return Clock::now();
  if (waiting_.empty()) return std::nullopt;
  return waiting_.back()->came;
}

}  // namespace tracedrop::native_capture
