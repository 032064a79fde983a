#include "capture_answers.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <new>
#include <utility>

#include "figures.h"
#include "input.h"
#include "message.h"
#include "platform.h"
#include "read_file.h"

namespace tracedrop::native_capture {
namespace {

/// Reading so many packets back takes half a second or more, and writing so many into a csv.
constexpr uint64_t kManyPackets = 1'000'000;
constexpr uint64_t kManyRows = 250'000;
/// Waiting for the answers is announced after this time …
constexpr std::chrono::milliseconds kUnannouncedWait{500};
/// … and a request to stop it looked for so often.
constexpr std::chrono::milliseconds kStopLook{50};

/// Tells what the user waits for now, unless that takes no time.
void announce_reading(const CaptureOptions& options, uint64_t packets) {
  if (options.quiet || packets < (options.csv.empty() ? kManyPackets : kManyRows)) return;
  std::string purpose = options.summary == SummaryKind::none ? "" : "the answers";
  if (!options.csv.empty()) purpose += (purpose.empty() ? "" : " and ") + shown(options.csv);
  const bool several = options.summary != SummaryKind::none;
  say(fmt::format("Reading {} packets back for {} (Ctrl-C leaves {} out)", with_commas(packets), purpose,
                  several ? "them" : "it"));
}

/// Feeds the engine with a ring's files as if they were one: of pcap files, only the first one's header counts.
void feed(LiveEngine& engine, const CaptureOptions& options, const CaptureOutput& output) {
  size_t header = 0;
  for (const std::string& path : output.ring_files()) {
    Input input(path);
    const auto take = [&](Bytes chunk) {
      engine.push(chunk.from(std::exchange(header, 0)));
      return platform::stop_request() == nullptr;
    };
    input.for_each_chunk(take, false);
    header = options.pcapng ? 0 : kPcapHeaderBytes;
  }
  engine.finish();
}

ExitStatus tell_ring(const CaptureOptions& options, const CaptureOutput& output) {
  LiveEngine engine;
  feed(engine, options, output);
  if (const char* request = platform::stop_request()) {
    say(fmt::format("The answers were left out ({}).", request));
    return kDone;
  }
  if (output.ring_lost_files()) say("Of what is still in the files:");
  print_answers(engine.trace(), trace::Selection::all(engine.trace().size()), options.summary, stderr);
  return kDone;
}

ExitStatus tell_passing(SummaryKind summary, PassingCapture& passing) {
  if (!passing.caught_up(kUnannouncedWait)) say("Dissecting what passed for the answers (Ctrl-C leaves them out)");
  if (passing.complete())
    passing.tell(summary);
  else if (platform::stop_request() != nullptr)
    say(fmt::format("The answers were left out ({}).", platform::stop_request()));
  else
    say("No answers: the packets went to where they cannot be read again, and came too fast or were too many to be "
        "kept in memory. Those of a file are told by native_capture --read FILE");
  return kDone;
}

}  // namespace

bool can_be_read_back(const CaptureOptions& options) {
  return options.ring || (options.output != "-" && platform::file_kind(options.output) != platform::FileKind::special);
}

PassingCapture::PassingCapture(uint64_t most_memory)
    : most_memory_(most_memory),
      engine_(std::make_unique<LiveEngine>()),
      thread_([this](const std::string& bytes) { dissect(bytes); }, kMostWaiting) {}

void PassingCapture::push(Bytes bytes) {
  if (given_up_) return;
  try {
    if (thread_.give(std::string(bytes.text()), bytes.size())) return;
  } catch (const std::bad_alloc&) {
    // The packets go on their way; only the answers are lost.
  }
  given_up_ = true;
}

void PassingCapture::dissect(const std::string& bytes) {
  if (given_up_) engine_.reset();
  if (engine_ == nullptr) return;
  engine_->push(Bytes::of(bytes));
  if (engine_->memory() <= most_memory_) return;
  given_up_ = true;
  engine_.reset();
}

bool PassingCapture::complete() {
  while (!given_up_ && platform::stop_request() == nullptr && !caught_up(kStopLook)) continue;
  return !given_up_ && platform::stop_request() == nullptr && thread_.works();
}

void PassingCapture::tell(SummaryKind summary) {
  engine_->finish();
  print_answers(engine_->trace(), trace::Selection::all(engine_->trace().size()), summary, stderr);
}

ExitStatus tell_answers(const CaptureOptions& options, const CaptureOutput& output, PassingCapture* passing) {
  if (output.packets() == 0 || (options.summary == SummaryKind::none && options.csv.empty())) return kDone;
  try {
    if (passing != nullptr) return tell_passing(options.summary, *passing);
    announce_reading(options, output.packets());
    if (options.ring) return tell_ring(options, output);
    return read_file({output.path(), options.csv, options.summary, options.force, true}, stderr);
  } catch (const Failure& failure) {
    say(fmt::format("native_capture: {}", failure.what()));
    return kNothingDone;
  }
}

}  // namespace tracedrop::native_capture
