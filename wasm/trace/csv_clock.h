// A csv's times on one scale, and what they are good for.
//
// What stands in the Time column is taken row by row; only at the end it is known what it meant: whether times count
// from the row before, which of two numbers is the month, how many digits they have. Then the trace's times become
// final, and where they do not carry a figure, the trace says why (Trace::unknown).
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "csv/layout.h"
#include "csv/time.h"
#include "trace/trace.h"

namespace tracedrop::trace {

class CsvClock {
 public:
  explicit CsvClock(Trace& trace) : trace_(trace) {}

  /// The time of the row that becomes the trace's next packet. `order`: how its month and day were told apart.
  int64_t time_of(const csv::TimeValue& time, csv::DateOrder order);
  /// Every row has been read. `numbers_ascend`: so do the packet numbers, so the rows are in the file's own order.
  /// `order_is_proven`: some date of the file proves how months and days are told apart.
  void finish(csv::CsvLayout& layout, bool numbers_ascend, bool order_is_proven);

 private:
  int64_t time_of_reference();
  int64_t time_of_other(const csv::TimeValue& time, csv::DateOrder order);
  void note_style(const csv::TimeStyle& style);
  void note_first(const csv::TimeValue& time);
  void note_step(const csv::TimeValue& time);
  void go_on_over_turns(const csv::TimeValue& time, int64_t step);
  bool times_are_deltas(const csv::CsvLayout& layout, bool numbers_ascend) const;
  void sum_up_deltas();
  void place_leading_references();
  void decide_date_order(csv::CsvLayout& layout, bool is_proven);
  void swap_months_and_days(PacketIndex end);
  int64_t span_ns() const;
  int most_common_digits() const;
  int64_t resolution_ns() const;
  void judge_references();
  void judge_resolution(bool are_deltas);
  void judge_clock();
  void warn(Severity severity, const char* code, std::string text);

  Trace& trace_;
  csv::TimeKind kind_ = csv::TimeKind::relative;
  bool has_kind_ = false;
  // Of the row before that has a time: as written, its hour, and as placed.
  int64_t last_ns_ = 0;
  uint8_t last_hour_ = 0;
  int64_t last_placed_ns_ = 0;
  /// What times have gone on beyond their clock: midnights, full hours, the halves of a day; or, after a time
  /// reference, where it stands.
  int64_t beyond_ns_ = 0;
  int64_t highest_ns_ = 0;
  // How often the Time column rises and falls from row to row, is negative, or higher than ever before.
  uint64_t increases_ = 0, decreases_ = 0, negatives_ = 0, heights_ = 0;
  uint64_t times_ = 0, references_ = 0;
  bool goes_on_ = false;         // the time before is the highest one, and stands where it is written
  csv::TimeStyle style_;         // its style
  uint64_t times_of_style_ = 0;  // that have it too, since it was noted
  uint64_t zeros_ = 0;           // of deltas
  PacketIndex leading_references_ = 0;
  bool after_reference_ = false;
  uint64_t hours_passed_ = 0, halves_passed_ = 0;
  bool has_afternoon_ = false;                  // an hour that a twelve-hour clock does not have
  bool has_half_days_ = false;                  // AM or PM
  csv::TimeForm form_ = csv::TimeForm::number;  // the first one
  bool has_other_forms_ = false;
  std::array<uint64_t, 10> digits_{};
  uint32_t finest_s_ = UINT32_MAX;  // of times without decimals
  bool is_ambiguous_ = false;       // some date may be read in two ways
  csv::DateOrder order_ = csv::DateOrder::month_first;
  PacketIndex order_changes_at_ = 0;  // rows before were read the other way round
};

}  // namespace tracedrop::trace
