#include "capture_loop.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <limits>

#include "figures.h"

namespace tracedrop::native_capture {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFlushEvery{500};
/// The longest sleep: flushing, the progress line and the deadlines are looked after between.
constexpr milliseconds kLongestWait{250};
/// Packets taken between two looks at everything else.
constexpr int kTakenAtOnce = 32768;
/// With several interfaces a packet waits so long for older ones of the others.
constexpr int64_t kMergeWindowNs = 2 * int64_t{kGatherMs} * 1000000;
/// A command's traffic is quiet when nothing new came for so long, unless --until-idle says otherwise …
constexpr std::chrono::seconds kQuiet{1};
/// … and is not waited for any longer than this.
constexpr std::chrono::seconds kLongestQuietWait{10};

int64_t wall_clock_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace

CaptureLoop::CaptureLoop(std::vector<Device>& devices, const CaptureOptions& options, CaptureOutput& output,
                         Recorder& recorder, IdleTail* idle_tail, platform::Command* command)
    : devices_(devices),
      options_(options),
      output_(output),
      recorder_(recorder),
      idle_tail_(idle_tail),
      command_(command),
      sources_(devices.size()),
      progress_(!options.quiet),
      start_(Clock::now()),
      last_flush_(start_) {
  for (uint32_t i = 0; i < sources_.size(); ++i) {
    sources_[i].loop = this;
    sources_[i].interface = i;
    handles_.push_back(devices[i].handle());
  }
  if (sources_.size() > 1) merger_.emplace(options.device.nanoseconds);
}

void CaptureLoop::on_packet(unsigned char* source, const pcap_pkthdr* header, const unsigned char* data) {
  const auto& from = *reinterpret_cast<const Source*>(source);
  const Packet packet{from.interface,
                      static_cast<uint32_t>(header->ts.tv_sec),
                      static_cast<uint32_t>(header->ts.tv_usec),
                      header->caplen,
                      header->len,
                      data};
  if (from.loop->merger_)
    from.loop->merger_->add(packet);
  else
    from.loop->recorder_.packet(packet);
}

bool CaptureLoop::take_packets() {
  bool any = false;
  for (Source& source : sources_) {
    if (!source.alive) continue;
    const int count = pcap_dispatch(devices_[source.interface].handle(), kTakenAtOnce, on_packet,
                                    reinterpret_cast<unsigned char*>(&source));
    if (count > 0) any = true;
    if (count == PCAP_ERROR) lose(source);
  }
  release_merged(wall_clock_ns() - kMergeWindowNs);
  return any;
}

void CaptureLoop::release_merged(int64_t before_ns) {
  if (merger_) merger_->release(before_ns, [this](const Packet& packet) { recorder_.packet(packet); });
}

void CaptureLoop::lose(Source& source) {
  const Device& device = devices_[source.interface];
  problems_.push_back(fmt::format("{}: {}", device.name(), pcap_geterr(device.handle())));
  source.last_counters = device.counters();
  source.alive = false;
  handles_.erase(std::find(handles_.begin(), handles_.end(), device.handle()));
}

std::optional<std::string> CaptureLoop::command_quiet(Clock::time_point now) {
  if (command_ == nullptr) return std::nullopt;
  if (!command_ended_) {
    if (!command_->ended()) return std::nullopt;
    command_ended_ = now;
  }
  const auto quiet =
      options_.stop.until_idle.count() != 0 ? options_.stop.until_idle : std::chrono::nanoseconds(kQuiet);
  const auto since = std::max(*command_ended_, idle_tail_->last_new_data().value_or(*command_ended_));
  if (now - since >= quiet) return "the command has ended";
  if (now - *command_ended_ >= quiet + kLongestQuietWait) return "the command has ended, but there is still traffic";
  return std::nullopt;
}

std::optional<std::string> CaptureLoop::reason_to_stop(Clock::time_point now) {
  if (output_.failed()) return "the output failed";
  if (recorder_.done()) {
    if (recorder_.reached_packets()) return fmt::format("{} packets", with_commas(options_.stop.packets));
    return size_text(options_.stop.bytes);
  }
  if (const char* request = platform::stop_request()) return request;
  if (handles_.empty()) return "no interface is left";
  const auto& stop = options_.stop;
  if (stop.duration.count() != 0 && now - start_ >= stop.duration) return duration_text(stop.duration);
  if (command_ != nullptr) return command_quiet(now);
  if (stop.until_idle.count() != 0 && idle_tail_->last_new_data() &&
      now - *idle_tail_->last_new_data() >= stop.until_idle)
    return fmt::format("idle for {}", duration_text(stop.until_idle));
  return std::nullopt;
}

milliseconds CaptureLoop::patience(Clock::time_point now) const {
  if (options_.stop.duration.count() == 0) return kLongestWait;
  const auto left = std::chrono::ceil<milliseconds>(start_ + options_.stop.duration - now);
  return std::clamp(left, milliseconds(0), kLongestWait);
}

void CaptureLoop::keep_up(Clock::time_point now) {
  if (now - last_flush_ >= kFlushEvery) {
    output_.flush();
    last_flush_ = now;
  }
  if (progress_.due(now)) progress_.show(now, output_.packets(), output_.bytes(), dropped());
}

std::string CaptureLoop::run() {
  while (true) {
    const bool any = take_packets();
    if (idle_tail_ != nullptr) idle_tail_->release(recorder_);
    const auto now = Clock::now();
    if (auto reason = reason_to_stop(now)) {
      drain();
      progress_.clear();
      return *reason;
    }
    keep_up(now);
    if (!any) platform::wait_for_packets(handles_, patience(now));
  }
}

/// Takes what the kernel has gathered but not handed over yet.
void CaptureLoop::drain() {
  recorder_.end_at(wall_clock_ns());
  const auto end = Clock::now() + milliseconds(options_.device.immediate ? 0 : kGatherMs + 20);
  do {
    if (!take_packets() && Clock::now() < end) platform::wait_for_packets(handles_, milliseconds(20));
  } while (!recorder_.done() && !handles_.empty() && Clock::now() < end);
  release_merged(std::numeric_limits<int64_t>::max());
  if (idle_tail_ != nullptr) idle_tail_->finish(recorder_);
}

std::vector<CaptureCounters> CaptureLoop::counters() const {
  std::vector<CaptureCounters> all;
  for (const Source& source : sources_)
    all.push_back(source.alive ? devices_[source.interface].counters() : source.last_counters);
  return all;
}

uint64_t CaptureLoop::dropped() const {
  uint64_t sum = 0;
  for (const CaptureCounters& counters : counters()) {
    if (!counters.dropped_by_kernel) return UINT64_MAX;
    sum += *counters.dropped_by_kernel + counters.dropped_by_interface.value_or(0);
  }
  return sum;
}

}  // namespace tracedrop::native_capture
