#include "output_file.h"

#include <fmt/format.h>

#include <utility>

#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

/// A snap length's packet and its headers fit behind a buffer that is just not full.
constexpr size_t kRecordRoom = 262144 + 4096;

/// Root's rights were given up, which who started the program through sudo may not expect.
std::string whose_rights() {
  const std::string user = platform::acting_for();
  return user.empty() ? "" : fmt::format(" (it is written with the rights of {})", user);
}

}  // namespace

void check_output(const char* option, const std::string& path, bool replace) {
  if (path == "-") return;
  const platform::FileKind kind = platform::file_kind(path);
  if (kind == platform::FileKind::directory) throw unusable(fmt::format("{} {}: this is a folder", option, path));
  if (kind == platform::FileKind::regular && !replace)
    throw unusable(
        fmt::format("{} {}: this file exists already; choose another name, or replace it with --force", option, path));
}

OutputFile::OutputFile(std::string path, bool replace, WholeRecords whole_records)
    : path_(std::move(path)),
      place_(path_),
      replace_(replace),
      whole_records_(whole_records),
      buffer_(kFlushBytes + kRecordRoom) {
  if (is_standard_output()) {
    file_ = platform::kStandardOutput;
    return;
  }
  check_output("-o", path_, replace);
  std::string error;
  if (platform::file_kind(path_) == platform::FileKind::special) {
    file_ = platform::open_special(path_, error);
  } else {
    // What a killed capture left behind stays: it is somebody's only copy.
    bool exists = false;
    int number = 1;
    do {
      place_ = number == 1 ? path_ + ".part" : fmt::format("{}.{}.part", path_, number);
      file_ = platform::create_new(place_, error, exists);
    } while (exists && ++number < 1000);
    temporary_ = true;
  }
  if (file_ < 0) throw failed(fmt::format("{} cannot be written: {}{}", path_, error, whose_rights()));
}

OutputFile::~OutputFile() {
  std::string error;
  if (file_ >= 0 && !is_standard_output()) platform::close_file(file_, error);
}

void OutputFile::discard() {
  if (file_ < 0 || !temporary_) return;
  std::string error;
  platform::close_file(std::exchange(file_, -1), error);
  platform::remove_file(place_);
}

bool OutputFile::is_standard_output() const { return path_ == "-"; }

bool OutputFile::flush() {
  if (!error_.empty()) return false;
  std::string why;
  const size_t written = platform::write_all(file_, buffer_.data(), buffer_.size(), why);
  if (written == buffer_.size()) {
    written_ += written;
    buffer_.clear();
    return true;
  }
  written_ += whole_records_(buffer_.data(), written);
  buffer_.clear();
  if (temporary_) platform::truncate_file(file_, written_);
  reader_gone_ = why == platform::kReaderGone;
  fail(fmt::format("{} cannot be written: {}", is_standard_output() ? "standard output" : path_, why));
  return false;
}

bool OutputFile::finish() {
  if (file_ < 0) return error_.empty();
  flush();
  std::string why;
  if (!is_standard_output() && !platform::close_file(file_, why))
    fail(fmt::format("{} cannot be written: {}", path_, why));
  file_ = -1;
  if (!temporary_) return error_.empty();
  bool exists = false;
  if (platform::rename_file(place_, path_, replace_, why, exists))
    place_ = path_;
  else
    fail(fmt::format("{} {}; the packets are in {}", path_,
                     exists ? "has been made by somebody else meanwhile" : "cannot be made: " + why, place_));
  return error_.empty();
}

}  // namespace tracedrop::native_capture
