// The lines of pandas that compute the page's figures from the csv that is open (or that is saved of the capture that
// is open): each follows its definition step by step, so that it gives the same double, to the last digit.
//
// They speak of the whole file. What they share stands in the preamble. Where a csv does not hold what a figure takes,
// there are no lines, and a sentence says why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/loss.h"
#include "analysis/round_trip.h"
#include "export/pandas_code.h"
#include "export/pandas_file.h"

namespace tracedrop::exporting {

struct PandasLines {
  /// Lines that end in the expression; empty when there are none.
  std::string code;
  /// Why there are none.
  std::string why_none;
};

class PandasFigures {
 public:
  /// The trace is borrowed, and looked at as a whole.
  PandasFigures(const trace::Trace& trace, const OpenFile& open);

  /// Comes before any of the lines: reads the file, and makes what they share.
  std::string preamble() const;
  /// The lines of the figure so named (analysis::figures(), analysis::evidence(), size_cdf, iat_cdf, size_percentile,
  /// iat_percentile).
  PandasLines lines(std::string_view name) const;

 private:
  static constexpr std::string_view kNoDataRtt =
      "a csv hides the numbers of segments whose rows another protocol fills, so that it does not tell which segment "
      "an "
      "acknowledgment answers.";

  std::string segments_lines() const;
  std::string why_lacking(code::Needs needs) const;
  PandasLines round_trip_lines() const;
  PandasLines handshake_lines() const;
  PandasLines request_lines() const;
  PandasLines needless_lines(std::string_view expression) const;
  std::string why_no_tcp() const;
  std::string why_no_times() const;
  bool shows_numbers(trace::PacketIndex i) const;
  bool pairs_can_be_found() const;

  const trace::Trace& trace_;
  PandasFile file_;
  bool is_capture_;
  std::string why_no_times_;
  bool has_segments_ = false;  ///< a row shows a segment's numbers
  analysis::CapturePoint capture_point_;
  analysis::RoundTrip round_trip_;
  analysis::Loss loss_;
};

}  // namespace tracedrop::exporting
