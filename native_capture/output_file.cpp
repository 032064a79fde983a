#include "output_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "failure.h"
#include "message.h"
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

std::optional<platform::FileIdentity> identity_of_output(const std::string& path) {
  return path == "-" ? platform::identity_of(platform::kStandardOutput) : platform::identity_of(path);
}

/// The folder that a path lies in, and its name there.
std::pair<std::string, std::string> split(const std::string& path) {
  const size_t slash = path.find_last_of("/\\");
  if (slash == std::string::npos) return {".", path};
  return {path.substr(0, std::max<size_t>(slash, 1)), path.substr(slash + 1)};
}

}  // namespace

bool same_file(const std::string& a, const std::string& b) {
  const auto one = identity_of_output(a), other = identity_of_output(b);
  if (one || other) return one == other;
  if (a == "-" || b == "-") return false;
  if (platform::file_kind(a) != platform::FileKind::absent || platform::file_kind(b) != platform::FileKind::absent)
    return false;  // terminals and the like
  const auto [folder, name] = split(a);
  const auto [other_folder, other_name] = split(b);
  return name == other_name && platform::identity_of(folder) == platform::identity_of(other_folder);
}

void check_output(const char* option, const std::string& path, bool replace) {
  if (path == "-") return;
  const auto refuse = [&](std::string_view why) { throw unusable(fmt::format("{} {}: {}", option, shown(path), why)); };
  switch (platform::file_kind(path)) {
    case platform::FileKind::directory: refuse("this is a folder"); break;
    case platform::FileKind::dangling_link:
      refuse("this is a link to a file that does not exist; name that file");
      break;
    case platform::FileKind::disk:
      if (!replace) refuse("this is a disk, and what is on it would be lost; --force writes over it");
      break;
    case platform::FileKind::regular:
      if (!replace) refuse("this file exists already; choose another name, or replace it with --force");
      break;
    default: break;
  }
}

OutputFile::OutputFile(std::string path, bool replace, WholeRecords whole_records, Contents contents)
    : path_(std::move(path)),
      place_(path_),
      target_(path_),
      replace_(replace),
      whole_records_(whole_records),
      contents_(contents),
      buffer_(kFlushBytes + kRecordRoom) {
  if (is_standard_output()) {
    file_ = platform::kStandardOutput;
    return;
  }
  check_output("-o", path_, replace);
  std::string error;
  const platform::FileKind kind = platform::file_kind(path_);
  if (kind == platform::FileKind::special || kind == platform::FileKind::disk) {
    file_ = platform::open_special(path_, error);
  } else {
    target_ = platform::link_target(path_);
    // What a killed capture left behind stays: it is somebody's only copy.
    bool exists = false;
    int number = 1;
    do {
      place_ = number == 1 ? target_ + ".part" : fmt::format("{}.{}.part", target_, number);
      file_ = platform::create_new(place_, error, exists);
    } while (exists && ++number < 1000);
    temporary_ = true;
  }
  if (file_ < 0) throw failed(fmt::format("{} cannot be written: {}{}", shown(path_), error, whose_rights()));
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

size_t OutputFile::write(std::string& why) {
  return contents_ == Contents::can_be_remade
             ? platform::write_until_stopped(file_, buffer_.data(), buffer_.size(), why)
             : platform::write_all(file_, buffer_.data(), buffer_.size(), why);
}

bool OutputFile::flush() {
  if (!error_.empty()) return false;
  std::string why;
  const size_t written = write(why);
  if (written == buffer_.size()) {
    written_ += written;
    buffer_.clear();
    return true;
  }
  written_ += whole_records_(buffer_.data(), written);
  buffer_.clear();
  if (temporary_) platform::truncate_file(file_, written_);
  reader_gone_ = why == platform::kReaderGone;
  fail(fmt::format("{} cannot be written: {}", is_standard_output() ? "standard output" : shown(path_), why));
  return false;
}

bool OutputFile::finish(bool whole) {
  if (file_ < 0) return error_.empty();
  flush();
  std::string why;
  if (!is_standard_output() && !platform::close_file(file_, why))
    fail(fmt::format("{} cannot be written: {}", shown(path_), why));
  file_ = -1;
  if (!temporary_) return error_.empty();
  const bool older = replace_ && platform::file_kind(target_) != platform::FileKind::absent;
  if (older && (!whole || !error_.empty())) {
    leave_older_one();
    return error_.empty();
  }
  return rename();
}

bool OutputFile::rename() {
  std::string why;
  bool exists = false;
  if (platform::rename_file(place_, target_, replace_, why, exists))
    place_ = path_;
  else
    fail(fmt::format("{} {}; the packets are in {}", shown(path_),
                     exists ? "has been made by somebody else meanwhile" : "cannot be made: " + why, shown(place_)));
  return error_.empty();
}

/// What is not whole does not take the place of a file that may be.
void OutputFile::leave_older_one() {
  if (error_.empty()) return;
  if (contents_ == Contents::can_be_remade) {
    platform::remove_file(place_);
    error_ += "; it is as it was before";
  } else {
    error_ += fmt::format("; it is as it was before, and the packets so far are in {}", shown(place_));
  }
}

}  // namespace tracedrop::native_capture
