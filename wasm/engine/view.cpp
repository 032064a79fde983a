#include "engine/view.h"

#include <cmath>
#include <cstdlib>

#include "analysis/evidence.h"
#include "analysis/idle_tail.h"

namespace tracedrop::engine {

namespace {

using trace::PacketIndex;
using trace::Selection;

/// A whole number of units from one that a page gives in larger units; out of range becomes the nearest end.
int64_t to_integer(double value, double units) {
  const double scaled = std::round(value * units);
  if (!(scaled > -9.2e18)) return INT64_MIN;
  return scaled < 9.2e18 ? static_cast<int64_t>(scaled) : INT64_MAX;
}

struct Bound {
  std::string_view quantity;
  bool at_most = false;
  double value = 0;
};

/// "size<=1440" and its like; false for anything else.
bool parse_bound(std::string_view text, Bound& bound) {
  const size_t sign = text.find_first_of("<>");
  if (sign == std::string_view::npos) return false;
  bound.quantity = text.substr(0, sign);
  bound.at_most = text[sign] == '<';
  const bool has_equal = sign + 1 < text.size() && text[sign + 1] == '=';
  if (bound.at_most != has_equal) return false;
  const std::string number(text.substr(sign + (has_equal ? 2 : 1)));
  char* end = nullptr;
  bound.value = std::strtod(number.c_str(), &end);
  return !number.empty() && *end == '\0' && (bound.quantity == "size" || bound.quantity == "iat");
}

Selection within(const trace::Trace& trace, const Selection& selection, const Bound& bound) {
  const bool is_size = bound.quantity == "size";
  const int64_t limit = is_size ? to_integer(std::floor(bound.value), 1) : to_integer(bound.value, 1e9);
  const int64_t least = bound.at_most ? INT64_MIN : limit == INT64_MAX ? limit : limit + 1;
  const int64_t most = bound.at_most ? limit : INT64_MAX;
  return is_size ? analysis::packets_of_size(trace, selection, least, most)
                 : analysis::packets_after_gap(trace, selection, least, most);
}

}  // namespace

View::View(const trace::Trace& trace) : trace_(trace) { select_all(); }

void View::select(Selection selection) {
  selection_ = std::move(selection);
  shown_ = selection_;
  answers_.reset();
}

Selection View::active() const {
  const analysis::Activity activity = analysis::activity(trace_, all());
  return activity.idle_tail ? Selection::run(0, activity.idle_tail->first_packet) : all();
}

Selection View::between(double from_s, double to_s) const {
  if (trace_.size() == 0) return all();
  const int64_t from_ns = to_integer(from_s, 1e9), to_ns = to_integer(to_s, 1e9);
  const int64_t start_ns = trace_.columns.ts_ns(0);
  const auto since_ns = [&](PacketIndex i) { return analysis::difference_ns(trace_.columns.ts_ns(i), start_ns); };
  if (trace_.columns.in_order()) {
    const auto first_where = [&](auto&& is_there) {
      PacketIndex low = 0, high = trace_.size();
      while (low < high) {
        const PacketIndex middle = low + (high - low) / 2;
        if (is_there(middle)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    };
    const PacketIndex first = first_where([&](PacketIndex i) { return since_ns(i) >= from_ns; });
    return Selection::run(first, first_where([&](PacketIndex i) { return since_ns(i) > to_ns; }));
  }
  std::vector<uint64_t> bits((size_t{trace_.size()} + 63) / 64);
  for (PacketIndex i = 0; i < trace_.size(); ++i)
    if (since_ns(i) >= from_ns && since_ns(i) <= to_ns) bits[i / 64] |= uint64_t{1} << (i % 64);
  return Selection::of_bits(std::move(bits), trace_.size());
}

uint32_t View::show(std::string_view what) {
  Bound bound;
  if (what.empty()) {
    shown_ = selection_;
  } else if (parse_bound(what, bound)) {
    shown_ = within(trace_, selection_, bound);
  } else {
    shown_ = analysis::evidence(trace_, selection_, what);
  }
  return shown_.count();
}

const analysis::Answers& View::answers() {
  if (answers_) return *answers_;
  if (!capture_point_ || capture_point_packets_ != trace_.size()) {
    capture_point_.emplace(trace_);
    capture_point_packets_ = trace_.size();
  }
  answers_ = analysis::answer(trace_, selection_, *capture_point_);
  return *answers_;
}

}  // namespace tracedrop::engine
