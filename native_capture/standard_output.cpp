#include "standard_output.h"

#include <fmt/format.h>

#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture {

bool print(const std::string& text) {
  std::string error;
  if (platform::write_all(platform::kStandardOutput, text.data(), text.size(), error) == text.size()) return true;
  if (error == platform::kReaderGone) return false;
  throw failed(fmt::format("standard output cannot be written: {}", error));
}

}  // namespace tracedrop::native_capture
