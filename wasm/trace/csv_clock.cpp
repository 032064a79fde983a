#include "trace/csv_clock.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/text.h"

namespace tracedrop::trace {

namespace {

using csv::DateOrder;
using csv::TimeForm;
using csv::TimeKind;

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int64_t kHourNs = 3600 * kSecondNs;
constexpr int64_t kDayNs = 24 * kHourNs;

/// 64 bits may not hold what a damaged file's times add up to: they wrap instead of being undefined.
int64_t wrapping_sum(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

TimeBase time_base_of(TimeKind kind) {
  switch (kind) {
    case TimeKind::absolute: return TimeBase::absolute;
    case TimeKind::relative:
    case TimeKind::of_hour: return TimeBase::relative;
    case TimeKind::of_day: return TimeBase::of_day;
  }
  return TimeBase::relative;
}

/// "a tenth of a second", "a second", "10000000 seconds"
std::string resolution_text(int64_t ns) {
  if (ns == kSecondNs / 10) return "a tenth of a second";
  if (ns == kSecondNs / 100) return "a hundredth of a second";
  if (ns == kSecondNs / 1000) return "a millisecond";
  if (ns == kSecondNs) return "a second";
  if (ns == 60 * kSecondNs) return "a minute";
  std::string out;
  append_number(out, ns / kSecondNs);
  return out + " seconds";
}

/// The same time of day with month and day exchanged.
int64_t swapped(int64_t ts_ns) {
  using namespace std::chrono;
  const int64_t day = ts_ns / kDayNs - (ts_ns % kDayNs < 0);
  const year_month_day date{sys_days{days{static_cast<int>(day)}}};
  const auto month_number = static_cast<unsigned>(date.month()), day_number = static_cast<unsigned>(date.day());
  if (day_number > 12) return ts_ns;
  const sys_days other{year_month_day{date.year(), month{day_number}, std::chrono::day{month_number}}};
  return wrapping_sum(ts_ns, (other.time_since_epoch().count() - day) * kDayNs);
}

template <typename Visit>
void for_each_time(Columns& columns, PacketIndex end, Visit&& visit) {
  for (uint32_t i = 0; i < columns.block_count(); ++i) {
    Block& block = columns.block(i);
    for (uint32_t row = 0; row < block.rows && i * kBlockRows + row < end; ++row) visit(block.ts_ns[row]);
  }
}

}  // namespace

/// Nearly every time is written as the one before, and goes on from it.
int64_t CsvClock::time_of(const csv::TimeValue& time, DateOrder order) {
  if (!goes_on_ || time.ns < last_ns_ || order != order_ || !csv::same_style(time, style_))
    return time_of_other(time, order);
  ++times_;
  ++times_of_style_;
  const bool rises = time.ns > last_ns_;
  increases_ += rises;
  heights_ += rises;
  last_ns_ = highest_ns_ = last_placed_ns_ = time.ns;
  return time.ns;
}

void CsvClock::note_style(const csv::TimeStyle& style) {
  digits_[style_.digits] += times_of_style_;
  style_ = style;
  times_of_style_ = 0;
  has_other_forms_ |= style.form != form_;
  if (style.digits == 0) finest_s_ = std::min(finest_s_, style.coarse_s);
  is_ambiguous_ |= style.is_ambiguous;
  has_afternoon_ |= style.written_hour > 12 || style.written_hour == 0;
  has_half_days_ |= style.twelve_hours;
}

int64_t CsvClock::time_of_other(const csv::TimeValue& time, DateOrder order) {
  if (time.form == TimeForm::reference) return time_of_reference();
  if (!has_kind_) form_ = time.form;
  ++times_;
  if (!has_kind_ || !csv::same_style(time, style_)) note_style(time);
  ++times_of_style_;
  if (order != order_) {
    if (has_kind_) order_changes_at_ = trace_.size();
    order_ = order;
  }
  if (has_kind_) {
    note_step(time);
  } else {
    note_first(time);
  }
  last_ns_ = time.ns;
  last_hour_ = time.written_hour;
  last_placed_ns_ = wrapping_sum(time.ns, beyond_ns_);
  goes_on_ = beyond_ns_ == 0 && last_ns_ == highest_ns_ && last_ns_ >= 0;
  return last_placed_ns_;
}

void CsvClock::note_first(const csv::TimeValue& time) {
  has_kind_ = true;
  kind_ = time.kind;
  highest_ns_ = time.ns;
  trace_.time_base = time_base_of(time.kind);
  trace_.time_digits = time.digits;
}

/// A reference's own time is not written. It takes the place of the row before it, and times that count from it are
/// placed from there.
int64_t CsvClock::time_of_reference() {
  const PacketIndex packet = trace_.size();
  leading_references_ += !has_kind_;
  after_reference_ = true;
  goes_on_ = false;
  if (packet > 0) trace_.time_breaks.push_back(packet);
  if (packet > 0 && (!has_kind_ || kind_ == TimeKind::relative)) beyond_ns_ = last_placed_ns_;
  return last_placed_ns_;
}

void CsvClock::note_step(const csv::TimeValue& time) {
  if (std::exchange(after_reference_, false) && kind_ == TimeKind::relative) {
    ++references_;
    highest_ns_ = time.ns;  // it counts anew, so that it tells nothing by lying below the time before
    return;
  }
  int64_t step = 0;
  if (__builtin_sub_overflow(time.ns, last_ns_, &step)) step = time.ns < last_ns_ ? INT64_MIN : INT64_MAX;
  increases_ += step > 0;
  decreases_ += step < 0;
  negatives_ += time.ns < 0;
  heights_ += time.ns > highest_ns_;
  highest_ns_ = std::max(highest_ns_, time.ns);
  if (step < 0 || beyond_ns_ != 0) go_on_over_turns(time, step);
}

/// A clock goes on over midnight, or over the full hour.
void CsvClock::go_on_over_turns(const csv::TimeValue& time, int64_t step) {
  const int64_t turn_ns = kind_ == TimeKind::of_day ? kDayNs : kind_ == TimeKind::of_hour ? kHourNs : 0;
  if (turn_ns != 0 && step < -turn_ns / 2) {
    beyond_ns_ += turn_ns;
    hours_passed_ += kind_ == TimeKind::of_hour;
  } else if (turn_ns != 0 && step > turn_ns / 2 && beyond_ns_ > 0) {
    beyond_ns_ -= turn_ns;
  } else if (last_hour_ == 12 && time.written_hour == 1 && !has_afternoon_ && !has_half_days_ &&
             step <= -10 * kHourNs && step > -12 * kHourNs) {
    beyond_ns_ += kDayNs / 2;  // from 12:59 to 1:00, without AM or PM
    ++halves_passed_;
  }
}

void CsvClock::finish(csv::CsvLayout& layout, bool numbers_ascend, bool order_is_proven) {
  digits_[style_.digits] += times_of_style_;
  trace_.time_digits = most_common_digits();
  layout.time.has_other_forms = has_other_forms_;
  layout.time.has_fractions = digits_[0] < times_;
  layout.time.has_whole_seconds = digits_[0] > 0;
  if (!has_kind_) trace_.time_base = TimeBase::relative;
  layout.time_is_delta = times_are_deltas(layout, numbers_ascend);
  if (layout.time_is_delta) sum_up_deltas();
  if (leading_references_ > 0) place_leading_references();
  decide_date_order(layout, order_is_proven);
  judge_resolution(layout.time_is_delta);
  judge_references();
  judge_clock();
}

/// Told by the column's name, or by a first row without a time, unless times then only rise; else, in a file in its own
/// order, by times that begin at 0, fall about as often as they rise, and seldom reach a new height, as times that pass
/// do even where packets are out of order.
bool CsvClock::times_are_deltas(const csv::CsvLayout& layout, bool numbers_ascend) const {
  constexpr uint64_t kFew = 8;
  if (kind_ != TimeKind::relative || trace_.size() < 2) return false;
  if (layout.time_is_delta) return true;
  const uint64_t steps = trace_.size() - 1;
  if (layout.first_time_is_blank) return decreases_ > 0 || steps < kFew;
  return trace_.columns.ts_ns(0) == 0 && numbers_ascend && decreases_ > 0 && decreases_ * 3 >= increases_ &&
         heights_ * 2 <= steps && negatives_ * 16 <= steps;
}

/// A reference counts nothing, and what was placed behind it is taken back to what was written.
void CsvClock::sum_up_deltas() {
  int64_t sum = 0, beyond = 0;
  PacketIndex packet = 0;
  auto next_break = trace_.time_breaks.begin();
  for_each_time(trace_.columns, trace_.size(), [&](int64_t& ts_ns) {
    const bool is_break = next_break != trace_.time_breaks.end() && *next_break == packet;
    if (is_break) {
      beyond = ts_ns;
      ++next_break;
    }
    const int64_t delta_ns = is_break ? 0 : wrapping_sum(ts_ns, wrapping_sum(~beyond, 1));
    zeros_ += delta_ns == 0;
    sum = wrapping_sum(sum, delta_ns);
    ts_ns = sum;
    ++packet;
  });
  trace_.columns.times_changed();
}

/// Before the first date or time of day nothing tells when a reference was: it takes the place of the row after it.
void CsvClock::place_leading_references() {
  if (!has_kind_ || kind_ == TimeKind::relative || leading_references_ >= trace_.size()) return;
  const int64_t first_ns = trace_.columns.ts_ns(leading_references_);
  for_each_time(trace_.columns, leading_references_, [&](int64_t& ts_ns) { ts_ns = first_ns; });
  trace_.columns.times_changed();
}

int64_t CsvClock::span_ns() const {
  int64_t first = INT64_MAX, last = INT64_MIN;
  for_each_time(trace_.columns, trace_.size(), [&](const int64_t& ts_ns) {
    first = std::min(first, ts_ns);
    last = std::max(last, ts_ns);
  });
  int64_t span = 0;
  return __builtin_sub_overflow(last, first, &span) ? INT64_MAX : span;
}

/// Rows before the first date that proves the order were read by a guess. Where none proves it, the order in which the
/// capture is shorter is the likelier one, and the user is told.
void CsvClock::decide_date_order(csv::CsvLayout& layout, bool is_proven) {
  if (layout.time.form != TimeForm::month_or_day) return;
  layout.time.order = order_;
  layout.time.order_is_proven = is_proven;
  if (order_changes_at_ > 0) swap_months_and_days(order_changes_at_);
  if (is_proven || !is_ambiguous_) return;
  const int64_t as_read = span_ns();
  swap_months_and_days(trace_.size());
  if (span_ns() < as_read) {
    layout.time.order = order_ == DateOrder::month_first ? DateOrder::day_first : DateOrder::month_first;
  } else {
    swap_months_and_days(trace_.size());
  }
  warn(Severity::note, "date-order",
       std::string("Whether the dates of this csv begin with the month or the day cannot be told; they were read as ") +
           (layout.time.order == DateOrder::month_first ? "month/day" : "day/month") +
           ". Times between packets do not depend on it while the capture lasts less than a day.");
}

void CsvClock::swap_months_and_days(PacketIndex end) {
  for_each_time(trace_.columns, end, [](int64_t& ts_ns) { ts_ns = swapped(ts_ns); });
  trace_.columns.times_changed();
}

int CsvClock::most_common_digits() const {
  return static_cast<int>(std::max_element(digits_.begin(), digits_.end()) - digits_.begin());
}

/// What the last digit of the most exact time stands for.
int64_t CsvClock::resolution_ns() const {
  int64_t ns = 1;
  for (size_t digits = digits_.size() - 1; digits > 0; --digits, ns *= 10)
    if (digits_[digits] > 0) return ns;
  return int64_t{finest_s_ == UINT32_MAX ? 1 : finest_s_} * kSecondNs;
}

/// Digits that a spreadsheet or a script has dropped: what needs them cannot be told.
void CsvClock::judge_resolution(bool are_deltas) {
  constexpr int64_t kUseless = 60 * kSecondNs;
  const int64_t ns = resolution_ns();
  if (times_ < 2 || ns < kSecondNs / 1000) return;
  const uint64_t rises_and_falls = increases_ + decreases_;
  const uint64_t steps = times_ - 1 - references_;
  const bool all_equal = are_deltas ? zeros_ >= times_ : rises_and_falls == 0;
  const bool mostly_equal = are_deltas ? zeros_ * 2 >= times_ : (steps - rises_and_falls) * 2 >= steps;
  const std::string told =
      "The times of this csv are told to " + resolution_text(ns) + " only: their other digits are lost";
  const std::string how =
      " Export it from Wireshark again, with all digits (View > Time Display Format), and do not save it in a "
      "spreadsheet "
      "program.";
  Unknown& unknown = trace_.unknown;
  if (ns >= kUseless || (all_equal && ns >= kSecondNs / 100)) {
    unknown.span = unknown.gaps = unknown.round_trips = told + (all_equal ? ", and all are the same." : ".");
    warn(Severity::warning, "lost-digits", unknown.span + " Nothing about time can be known." + how);
    return;
  }
  if (!mostly_equal && kind_ != TimeKind::of_hour) return;
  unknown.gaps = told + ", so that most packets seem to come at the same time.";
  if (ns >= kSecondNs / 100) unknown.round_trips = unknown.gaps;
  if (are_deltas) unknown.span = unknown.gaps;
  if (kind_ != TimeKind::of_hour) warn(Severity::warning, "lost-digits", unknown.gaps + how);
}

void CsvClock::judge_references() {
  const bool has_own_times = kind_ == TimeKind::absolute || kind_ == TimeKind::of_day;
  auto& breaks = trace_.time_breaks;
  if (breaks.empty() && (leading_references_ == 0 || !has_own_times)) return;
  std::string text = "Packet ";
  append_number(text, breaks.empty() || leading_references_ > 0 ? 1 : breaks[0] + 1);
  text += " is a time reference (*REF*): its own time is not written";
  const bool at_an_end = leading_references_ > 0 || (!breaks.empty() && breaks.back() + 1 == trace_.size());
  if (has_own_times) {
    trace_.unknown.gaps = text + ", so the times from the packet before it and to the one after it are not known.";
    if (at_an_end) trace_.unknown.span = trace_.unknown.gaps;
    std::vector<PacketIndex> both = leading_references_ > 0 ? std::vector<PacketIndex>{1} : std::vector<PacketIndex>{};
    for (const PacketIndex packet : breaks)
      for (const PacketIndex end : {packet, packet + 1})
        if (end < trace_.size() && (both.empty() || both.back() < end)) both.push_back(end);
    breaks = std::move(both);
  } else {
    trace_.unknown.gaps =
        text + ", and later times count from it, so the time between it and the packet before is not known.";
    trace_.unknown.span = trace_.unknown.gaps;
  }
  warn(Severity::warning, "time-reference",
       trace_.unknown.gaps + " In Wireshark, Edit > Unset All Time References, and export the csv again.");
}

void CsvClock::judge_clock() {
  if (kind_ == TimeKind::of_hour) {
    std::string text =
        "Excel has changed the Time column: it holds minutes, seconds and a tenth of a second (mm:ss.0); hours and "
        "digits "
        "are lost.";
    if (hours_passed_ > 0) text += " Where the minutes begin anew, an hour was taken to have passed.";
    text += " Round trips and interarrival times cannot be known. Export it again and do not save it in Excel.";
    warn(Severity::warning, "excel-times", std::move(text));
  }
  if (halves_passed_ > 0)
    warn(Severity::warning, "twelve-hours",
         "The times go from 12:59 to 1:00 without AM or PM: they were taken to be those of a twelve-hour clock that "
         "goes "
         "on.");
}

void CsvClock::warn(Severity severity, const char* code, std::string text) {
  trace_.warnings.add({severity, code, std::move(text), Warning::kNowhere, 1});
}

}  // namespace tracedrop::trace
