#include "input.h"

#include <fmt/format.h>

#include <utility>

#include "capture/sniff.h"
#include "failure.h"

namespace tracedrop::native_capture {

Input::Input(const std::string& path) {
  std::string error;
  if (path == "-") {
    file_ = platform::kStandardInput;
  } else {
    if (platform::file_kind(path) == platform::FileKind::directory)
      throw failed(fmt::format("{}: this is a folder; a pcap, pcapng or csv file is needed", path));
    file_ = platform::open_for_reading(path, error);
    if (file_ < 0) throw failed(fmt::format("{}: cannot be read: {}", path, error));
  }
  mapped_ = platform::MappedFile::map(file_);
  chunks_ = mapped_ ? chunks_of_memory(mapped_->bytes()) : chunks_of_descriptor(file_);
}

Input::~Input() {
  std::string error;
  if (spool_ >= 0) platform::close_file(spool_, error);
  if (file_ > platform::kStandardInput) platform::close_file(file_, error);
}

void Input::for_each_chunk(const std::function<bool(Bytes)>& take, bool rereadable) {
  Bytes first = chunks_->next();
  if (chunks_->problem().empty() && first.empty()) {
    take(first);
    return;
  }
  keeps_ = rereadable;
  chunks_ = chunks_after(first, std::move(chunks_));
  // What is in a gzip file the engine hands to keep().
  const bool passes_by = !mapped_ && capture::sniff(first, false) != capture::FileKind::gzip;
  for (Bytes chunk = chunks_->next(); !chunk.empty(); chunk = chunks_->next()) {
    if (passes_by && !keep(chunk)) break;
    if (!take(chunk)) break;
  }
  if (!chunks_->problem().empty()) warnings_.push_back(chunks_->problem());
  chunks_.reset();
  finish_keeping();
}

bool Input::keep(Bytes contents) {
  if (!keeps_) return true;
  if (spool_ < 0) spool_ = platform::open_nameless(keeping_problem_);
  if (spool_ < 0) return false;
  if (platform::write_all(spool_, contents.data(), contents.size(), keeping_problem_) == contents.size()) return true;
  keeping_problem_ = fmt::format("the temporary file for the packets cannot be written: {}", keeping_problem_);
  return false;
}

void Input::finish_keeping() {
  if (!keeping_problem_.empty()) throw failed(keeping_problem_);
  if (spool_ < 0) return;
  mapped_ = platform::MappedFile::map(spool_);
  std::string error;
  platform::close_file(std::exchange(spool_, -1), error);
}

Bytes Input::read(uint64_t offset, size_t length) {
  return mapped_ ? mapped_->bytes().sub(static_cast<size_t>(offset), length) : Bytes();
}

}  // namespace tracedrop::native_capture
