#include "input.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "capture/sniff.h"
#include "failure.h"
#include "message.h"

namespace tracedrop::native_capture {
namespace {

/// Of what is free where temporary files are, others need a part.
constexpr uint64_t kSpoolShareTenths = 9;
/// Bytes at each end of what was read that are looked at again when the file was changed.
constexpr size_t kSampleBytes = 4096;

}  // namespace

Input::Input(const std::string& path) {
  std::string error;
  if (path == "-") {
    file_ = platform::kStandardInput;
  } else {
    if (platform::file_kind(path) == platform::FileKind::directory)
      throw failed(fmt::format("{}: this is a folder; a pcap, pcapng or csv file is needed", shown(path)));
    file_ = platform::open_for_reading(path, error);
    if (file_ < 0) throw failed(fmt::format("{}: cannot be read: {}", shown(path), error));
  }
  at_first_ = platform::state_of(file_);
  if (at_first_) begin_ = std::min(platform::position_of(file_), at_first_->size);
  // The files of /proc say that they are empty, and are not.
  in_file_ = at_first_ && at_first_->size > begin_;
  chunks_ = in_file_ ? chunks_of_file(file_, begin_, at_first_->size - begin_) : chunks_of_descriptor(file_);
}

Input::~Input() {
  std::string error;
  chunks_.reset();
  if (spool_ >= 0) platform::close_file(spool_, error);
  if (file_ > platform::kStandardInput) platform::close_file(file_, error);
}

void Input::for_each_chunk(const std::function<bool(Bytes)>& take, bool rereadable) {
  const Bytes first = chunks_->next();
  keeps_ = rereadable;
  // What is in a gzip file the engine hands to keep().
  const bool packed = capture::sniff(first, false) == capture::FileKind::gzip;
  if (packed) in_file_ = false;
  if (first.empty()) {
    if (chunks_->problem().empty()) take(first);
  } else {
    chunks_ = chunks_after(first, std::move(chunks_));
    for (Bytes chunk = chunks_->next(); !chunk.empty(); chunk = chunks_->next()) {
      remember(chunk);
      if (!in_file_ && !packed) keep(chunk);
      if (!take(chunk)) break;
    }
  }
  problem_ = chunks_->problem();
  chunks_.reset();
  look_for_changes();
  if (!problem_.empty()) warnings_.insert(warnings_.begin(), problem_);
}

bool Input::keep(Bytes contents) {
  if (!keeps_ || readable_end_ != UINT64_MAX) return true;
  if (spool_ < 0) open_spool();
  const auto fits = static_cast<size_t>(std::min<uint64_t>(contents.size(), spool_room_));
  std::string error;
  const size_t written = spool_ < 0 ? 0 : platform::write_all(spool_, contents.data(), fits, error);
  kept_ += written;
  spool_room_ -= written;
  if (written < contents.size() && spool_ >= 0)
    end_readable_at(kept_, fmt::format("{} has no more room for the temporary file with the unpacked packets{}; "
                                       "TMPDIR names another folder",
                                       shown(platform::temporary_folder()), error.empty() ? "" : " (" + error + ")"));
  // The answers need nothing of that: reading goes on.
  return true;
}

void Input::open_spool() {
  std::string error;
  spool_ = platform::open_nameless(error);
  if (spool_ < 0) {
    end_readable_at(0, fmt::format("the packets cannot be kept ({}); TMPDIR names another folder", error));
    return;
  }
  const auto room = platform::free_space(spool_);
  spool_room_ = room ? *room / 10 * kSpoolShareTenths : UINT64_MAX;
}

void Input::remember(Bytes chunk) {
  if (!at_first_) return;
  if (passed_ == 0) head_ = chunk.first(kSampleBytes).text();
  tail_ = chunk.from(chunk.size() - std::min(chunk.size(), kSampleBytes)).text();
  passed_ += chunk.size();
}

bool Input::is_there(uint64_t offset, const std::string& bytes) const {
  std::string now(bytes.size(), 0), error;
  return platform::read_at(file_, begin_ + offset, now.data(), now.size(), error) ==
             static_cast<int64_t>(bytes.size()) &&
         now == bytes;
}

Input::Change Input::change(const platform::FileState& now) const {
  if (now == *at_first_) return Change::none;
  if (!is_there(0, head_.substr(0, now.size - std::min(begin_, now.size)))) return Change::rewritten;
  if (now.size < at_first_->size) return Change::shorter;
  return now.size > at_first_->size && is_there(passed_ - tail_.size(), tail_) ? Change::longer : Change::rewritten;
}

void Input::look_for_changes() {
  const auto now = at_first_ ? platform::state_of(file_) : std::nullopt;
  if (!now || !problem_.empty()) return;
  switch (change(*now)) {
    case Change::none: return;
    case Change::longer:  // as a capture that still runs: what was there is there
      warnings_.emplace_back("the file grew while it was being read; what came later is not in this");
      return;
    case Change::shorter: problem_ = "the file became shorter while it was being read"; return;
    case Change::rewritten:
      problem_ = "the file was changed while it was being read; what was read of it may be of different states";
  }
}

void Input::end_readable_at(uint64_t offset, const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (offset >= readable_end_) return;
  readable_end_ = offset;
  why_unreadable_ = why;
}

uint64_t Input::readable_end() {
  const auto now = in_file_ ? platform::state_of(file_) : std::nullopt;
  if (!now || *now == *at_first_) return readable_end_;
  const Change what = change(*now);
  if (what == Change::shorter)
    end_readable_at(now->size - std::min(begin_, now->size), "the file became shorter meanwhile");
  if (what == Change::rewritten) end_readable_at(0, "the file was changed meanwhile");
  return readable_end_;
}

std::string Input::unreadable_because() {
  const std::lock_guard lock(mutex_);
  return why_unreadable_;
}

Bytes Input::Reader::read(uint64_t offset, size_t length) {
  if (buffer_.size() < length) buffer_.resize(length);
  const uint64_t end = input_.readable_end_;
  const int file = input_.in_file_ ? input_.file_ : input_.spool_;
  const uint64_t begin = input_.in_file_ ? input_.begin_ : 0;
  if (file < 0 || offset >= end) return {};
  const auto wanted = static_cast<size_t>(std::min<uint64_t>(length, end - offset));
  size_t size = 0;
  std::string error;
  while (size < wanted) {
    const int64_t count = platform::read_at(file, begin + offset + size, buffer_.data() + size, wanted - size, error);
    if (count <= 0) {
      // Nobody asks beyond what was passed on.
      input_.end_readable_at(offset + size, count < 0 ? fmt::format("the file cannot be read any more: {}", error)
                                                      : "the file became shorter meanwhile");
      break;
    }
    size += static_cast<size_t>(count);
  }
  return {buffer_.data(), size};
}

}  // namespace tracedrop::native_capture
