#include "new_data.h"

#include <utility>

#include "analysis/idle_tail.h"
#include "live_engine.h"

namespace tracedrop::native_capture {

/// One engine, fed with the packets as a pcapng file (which can hold several interfaces).
class NewData::Dissection {
 public:
  explicit Dissection(const std::vector<FileInterface>& interfaces)
      : format_(make_pcapng_format(interfaces.front().nanoseconds, "")), buffer_(65536) {
    format_->begin(buffer_, interfaces);
    push();
  }

  bool carries_new_data(const Packet& packet) {
    format_->packet(buffer_, packet);
    push();
    const uint32_t size = engine_.trace().size();
    return size == 0 || analysis::carries_new_data(engine_.trace(), size - 1);
  }

  uint64_t memory() { return engine_.memory(); }

 private:
  void push() {
    engine_.push(Bytes(buffer_.data(), buffer_.size()));
    buffer_.clear();
  }

  std::unique_ptr<CaptureFormat> format_;
  ByteBuffer buffer_;
  LiveEngine engine_;
};

NewData::NewData(std::vector<FileInterface> interfaces, uint64_t most_memory)
    : interfaces_(std::move(interfaces)),
      most_memory_(most_memory),
      dissection_(std::make_unique<Dissection>(interfaces_)) {}

NewData::~NewData() = default;

bool NewData::in(const Packet& packet) {
  const uint64_t used = dissection_->memory();
  // What comes in the last quarter is dissected twice.
  if (used >= most_memory_ - most_memory_ / 4 && younger_ == nullptr)
    younger_ = std::make_unique<Dissection>(interfaces_);
  if (used >= most_memory_) dissection_ = std::move(younger_);
  if (younger_ != nullptr) younger_->carries_new_data(packet);
  return dissection_->carries_new_data(packet);
}

uint64_t NewData::memory() const { return dissection_->memory() + (younger_ != nullptr ? younger_->memory() : 0); }

}  // namespace tracedrop::native_capture
