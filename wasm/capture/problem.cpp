#include "capture/problem.h"

#include <string>

#include "base/text.h"

namespace tracedrop::capture {

Warning damaged(uint64_t offset, std::string_view what) {
  std::string text = "The file is damaged at byte ";
  append_number(text, offset);
  text.append(": ").append(what).append(". Everything before it was read.");
  return {Severity::error, "damaged", std::move(text), offset};
}

Warning unsupported(uint64_t offset, std::string_view what) {
  std::string text = "Reading ends at byte ";
  append_number(text, offset);
  text.append(": ").append(what).append(".");
  return {Severity::error, "unsupported", std::move(text), offset};
}

Warning truncated(uint64_t offset, std::string_view what, uint64_t bytes_there) {
  std::string text = "The file was cut short in the middle of ";
  text.append(what).append(", which begins at byte ");
  append_number(text, offset);
  text += ": only ";
  append_number(text, bytes_there);
  text += bytes_there == 1 ? " byte of it is there." : " bytes of it are there.";
  text += " Everything before it was read.";
  return {Severity::warning, "truncated", std::move(text), offset};
}

}  // namespace tracedrop::capture
