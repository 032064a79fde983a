#include "capture/zeros.h"

#include <string>

#include "base/text.h"

namespace tracedrop::capture {

size_t leading_zeros(Bytes bytes) {
  size_t at = 0;
  while (at + 8 <= bytes.size() && bytes.le64(at) == 0) at += 8;
  while (at < bytes.size() && bytes.u8(at) == 0) ++at;
  return at;
}

bool all_zero(Bytes bytes) { return leading_zeros(bytes) == bytes.size(); }

Warning zeros_from_the_start(uint64_t offset) {
  return {
      Severity::warning, "zero-records",
      "Zeros stand where the first packets should: they count as empty packets of 1970, as in Wireshark. Most likely "
      "no packet was written there: the capture was interrupted, or its space allocated ahead.",
      offset};
}

bool Zeros::pass(Window& window, size_t unit) {
  while (window.has(unit)) {
    if (!all_zero(window.front(unit))) return true;
    pass_more(window, unit);
  }
  return false;
}

Warning Zeros::tail(uint64_t left) const {
  std::string text = "The file ends with ";
  append_number(text, bytes_ + left);
  text += bytes_ + left == 1 ? " zero byte" : " zero bytes";
  text += ", from byte ";
  append_number(text, offset_);
  text +=
      " on, where the next packet would begin: writing it was interrupted, or its space was allocated ahead. These are "
      "no packets and were left out (Wireshark may list them as empty packets of 1970); packets that were still to be "
      "written are missing.";
  return {Severity::warning, "zero-tail", std::move(text), offset_};
}

Warning Zeros::gap() const {
  std::string text;
  append_number(text, bytes_);
  text += " zero bytes stand between packets, from byte ";
  append_number(text, offset_);
  text +=
      " on. They are no packets and were left out (Wireshark may list them as empty packets of 1970); what was to "
      "stand "
      "there is missing.";
  return {Severity::warning, "zero-gap", std::move(text), offset_};
}

}  // namespace tracedrop::capture
