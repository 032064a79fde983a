#include "capture_output.h"

#include <fmt/format.h>

#include <chrono>

#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

uint64_t now_us() {
  using std::chrono::duration_cast;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<uint64_t>(duration_cast<std::chrono::microseconds>(now).count());
}

/// "20220922101500", in UTC.
std::string date_text(uint64_t seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds{static_cast<int64_t>(seconds)}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace

std::string ring_file_name(const std::string& path, uint32_t number, uint64_t seconds) {
  const size_t folder = path.find_last_of("/\\");
  const size_t dot = path.rfind('.');
  const bool extended = dot != std::string::npos && dot > (folder == std::string::npos ? 0 : folder + 1);
  const std::string stem = extended ? path.substr(0, dot) : path;
  return fmt::format("{}_{:05}_{}{}", stem, number, date_text(seconds), extended ? path.substr(dot) : "");
}

CaptureOutput::CaptureOutput(const CaptureOptions& options, std::vector<FileInterface> interfaces,
                             std::function<void(Bytes)> on_bytes)
    : path_(options.output),
      replace_(options.force),
      ring_(options.ring),
      on_bytes_(std::move(on_bytes)),
      interfaces_(std::move(interfaces)),
      format_(options.pcapng ? make_pcapng_format(options.device.nanoseconds, platform::system_name())
                             : make_pcap_format(options.device.nanoseconds)),
      counters_(interfaces_.size()) {
  open_file();
  if (failed()) throw native_capture::failed(error());
}

CaptureOutput::~CaptureOutput() {
  if (packets() == 0) file_->discard();
}

uint64_t CaptureOutput::packets() const {
  uint64_t sum = 0;
  for (const CaptureCounters& counters : counters_) sum += counters.written;
  return sum;
}

void CaptureOutput::open_file() {
  const std::string path = ring_ ? ring_file_name(path_, ++ring_number_, now_us() / 1000000) : path_;
  file_ = std::make_unique<OutputFile>(path, replace_, format_->whole_records());
  format_->begin(file_->buffer(), interfaces_);
  flush();
}

void CaptureOutput::flush() {
  const ByteBuffer& buffer = file_->buffer();
  if (buffer.size() == 0 || failed()) return;
  if (on_bytes_) on_bytes_(Bytes(buffer.data(), buffer.size()));
  file_->flush();
}

void CaptureOutput::close_file() {
  flush();
  if (!file_->finish()) return;
  if (!ring_) return;
  ring_files_.push_back(file_->place());
  if (ring_files_.size() <= ring_->files) return;
  platform::remove_file(ring_files_.front());
  ring_files_.pop_front();
}

void CaptureOutput::next_file() {
  close_file();
  if (failed()) return;
  const uint64_t file_bytes = file_->size();
  try {
    open_file();
    finished_bytes_ += file_bytes;
  } catch (const Failure& failure) {
    file_->fail(failure.what());  // the packets so far are safe in the files before
  }
}

void CaptureOutput::finish(std::vector<CaptureCounters> counters) {
  for (size_t i = 0; i < counters.size(); ++i) counters[i].written = counters_[i].written;
  if (!failed()) format_->end(file_->buffer(), counters, now_us());
  close_file();
}

}  // namespace tracedrop::native_capture
