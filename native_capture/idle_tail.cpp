#include "idle_tail.h"

#include "analysis/idle_tail.h"
#include "engine/engine.h"
#include "recorder.h"

namespace tracedrop::native_capture {
namespace {

/// So many keep-alives do not happen: something else is going on, and it belongs into the file.
constexpr size_t kMostHeld = 100000;

class NoSource : public engine::ByteSource {
 public:
  Bytes read(uint64_t, size_t) override { return {}; }
};

}  // namespace

/// The engine, fed with the packets as a pcapng file (which can hold several interfaces).
class IdleTail::Dissection {
 public:
  explicit Dissection(const std::vector<FileInterface>& interfaces)
      : format_(make_pcapng_format(interfaces.front().nanoseconds, "")), buffer_(65536), engine_(source_) {
    format_->begin(buffer_, interfaces);
    push();
  }

  bool carries_new_data(const Packet& packet) {
    format_->packet(buffer_, packet);
    push();
    const trace::Trace& trace = engine_.trace();
    return trace.size() == 0 || analysis::carries_new_data(trace, trace.size() - 1);
  }

 private:
  void push() {
    engine_.push(Bytes(buffer_.data(), buffer_.size()));
    buffer_.clear();
  }

  NoSource source_;
  std::unique_ptr<CaptureFormat> format_;
  ByteBuffer buffer_;
  engine::Engine engine_;
};

IdleTail::IdleTail(const std::vector<FileInterface>& interfaces)
    : dissection_(std::make_unique<Dissection>(interfaces)), fraction_ns_(interfaces.front().nanoseconds ? 1 : 1000) {}

IdleTail::~IdleTail() = default;

void IdleTail::packet(const Packet& packet, Recorder& recorder) {
  const int64_t ts_ns = int64_t{packet.seconds} * 1000000000 + int64_t{packet.fraction} * fraction_ns_;
  const bool new_data = dissection_->carries_new_data(packet);
  const bool after_gap = previous_ns_ && ts_ns - *previous_ns_ > analysis::kIdleGapNs;
  previous_ns_ = ts_ns;
  if (!new_data && (after_gap || !held_.empty()) && last_new_data_ && held_.size() < kMostHeld) {
    held_.push_back({packet, std::vector<uint8_t>(packet.data, packet.data + packet.cap_len)});
    return;
  }
  if (new_data) last_new_data_ = Clock::now();
  for (Held& held : held_) {
    held.packet.data = held.bytes.data();
    recorder.write(held.packet);
  }
  held_.clear();
  recorder.write(packet);
}

}  // namespace tracedrop::native_capture
