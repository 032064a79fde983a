#include "packet_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "failure.h"
#include "message.h"

namespace tracedrop::native_capture {
namespace {

[[noreturn]] void refuse(const std::string& text, std::string_view part) {
  throw unusable(fmt::format("{}: \"{}\" is no number of a packet; write 34, 1-60, 1-12,30,41-60, 100- or all",
                             shown(text), shown(std::string(part))));
}

uint32_t number(const std::string& text, std::string_view digits, std::string_view part) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value == 0) refuse(text, part);
  return value;
}

}  // namespace

PacketList::PacketList(const std::string& text) {
  if (text == "all") {
    ranges_.push_back({1, UINT32_MAX});
    last_ = UINT32_MAX;
    return;
  }
  std::string_view rest = text;
  while (true) {
    const std::string_view part = rest.substr(0, rest.find(','));
    const size_t dash = part.find('-');
    const uint32_t first = number(text, part.substr(0, dash), part);
    uint32_t last = first;
    if (dash == part.size() - 1) last = UINT32_MAX;
    if (dash < part.size() - 1) last = number(text, part.substr(dash + 1), part);
    if (last < first) refuse(text, part);
    ranges_.push_back({first, last});
    if (part.size() == rest.size()) break;
    rest.remove_prefix(part.size() + 1);
  }
  is_single_ = ranges_.size() == 1 && text.find('-') == std::string::npos;
  std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
  for (const Range& range : ranges_) last_ = std::max(last_, range.last);
}

bool PacketList::holds(uint32_t number_) {
  while (at_ < ranges_.size() && ranges_[at_].last < number_) ++at_;
  return std::any_of(ranges_.begin() + static_cast<std::ptrdiff_t>(at_), ranges_.end(),
                     [&](const Range& range) { return range.first <= number_ && number_ <= range.last; });
}

}  // namespace tracedrop::native_capture
