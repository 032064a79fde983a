#include "input.h"

#include <fmt/format.h>

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
  if (file_ > platform::kStandardInput) platform::close_file(file_, error);
}

void Input::for_each_chunk(const std::function<bool(Bytes)>& take, bool keep) {
  Bytes first = chunks_->next();
  if (chunks_->problem().empty() && first.empty()) {
    take(first);
    return;
  }
  chunks_ = chunks_after(first, std::move(chunks_));
  // Packed twice (by a server, or by who did not see that it was packed) it is unpacked twice.
  constexpr int kMostLayers = 4;
  bool gzip = false;
  for (int layer = 0; layer < kMostLayers && capture::sniff(first, false) == capture::FileKind::gzip; ++layer) {
    gzip = true;
    chunks_ = inflated_chunks(std::move(chunks_));
    first = chunks_->next();
    chunks_ = chunks_after(first, std::move(chunks_));
  }

  int spool = -1;
  std::string error;
  if (keep && (gzip || !mapped_)) {
    spool = platform::open_nameless(error);
    if (spool < 0) throw failed(error);
  }
  for (Bytes chunk = chunks_->next(); !chunk.empty(); chunk = chunks_->next()) {
    if (spool >= 0 && platform::write_all(spool, chunk.data(), chunk.size(), error) < chunk.size())
      throw failed(fmt::format("the temporary file for the packets cannot be written: {}", error));
    if (!take(chunk)) break;
  }
  if (!chunks_->problem().empty()) warnings_.push_back(chunks_->problem());
  chunks_.reset();
  if (spool < 0) return;
  mapped_ = platform::MappedFile::map(spool);
  platform::close_file(spool, error);
}

Bytes Input::read(uint64_t offset, size_t length) {
  return mapped_ ? mapped_->bytes().sub(static_cast<size_t>(offset), length) : Bytes();
}

}  // namespace tracedrop::native_capture
