#include "table_file.h"

#include <cstring>
#include <optional>

#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

size_t whole_lines(const uint8_t* data, size_t size) {
  while (size > 0 && data[size - 1] != '\n') --size;
  return size;
}

}  // namespace

bool hand_over(std::string_view lines, OutputFile& file) {
  std::memcpy(file.buffer().extend(lines.size()), lines.data(), lines.size());
  return !file.full() || file.flush();
}

RowsWritten write_table(const std::string& path, bool replace, bool whole,
                        const std::function<RowsWritten(OutputFile&)>& write) {
  std::optional<OutputFile> file;
  try {
    file.emplace(path, replace, whole_lines, Contents::can_be_remade);
  } catch (const Failure&) {
    if (platform::stop_request() == nullptr) throw;
    return {.stopped = true};  // while a named pipe was waited for
  }
  RowsWritten written = write(*file);
  if (written.stopped || (written.rows == 0 && !written.why_not_all.empty())) {
    file->discard();
    return written;
  }
  // `… --csv - | head` has had enough.
  if (!file->finish(whole && written.why_not_all.empty()) && !file->reader_gone()) throw failed(file->error());
  written.place = file->place();
  return written;
}

}  // namespace tracedrop::native_capture
