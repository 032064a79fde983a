// The course's own csv, as it is and in every other form that Wireshark writes.
#include "capture_fixtures.h"
#include "csv/time.h"
#include "csv_fixtures.h"

namespace tracedrop::test {
namespace {

/// The figures that stand in the course's definitions; times as differences.
void check_course_figures(const trace::Trace& trace) {
  REQUIRE(trace.size() == 2540);
  uint64_t bytes = 0, retransmissions = 0, zeros = 0;
  for (dissect::PacketIndex i = 0; i < trace.size(); ++i) {
    bytes += trace.columns.wire_len(i);
    retransmissions += (trace.columns.notes(i) & dissect::kRetransmission) != 0;
    zeros += i > 0 && trace.columns.ts_ns(i) == trace.columns.ts_ns(i - 1);
  }
  CHECK(static_cast<double>(bytes) / 2540 == 1241.588188976378);
  CHECK(trace.columns.ts_ns(2539) - trace.columns.ts_ns(0) == 1'032'544'000);
  CHECK(zeros == 181);
  CHECK(retransmissions == 1);
  CHECK(needless(trace) == "1153 by 1239 D-SACK");
  REQUIRE(trace.findings.conversations.size() == 1);
  const dissect::Conversation& conversation = trace.findings.conversations[0];
  CHECK(trace.columns.ts_ns(conversation.syn_ack) - trace.columns.ts_ns(conversation.syn) == 4'181'000);
  CHECK(trace.columns.ts_ns(conversation.handshake_ack) - trace.columns.ts_ns(conversation.syn) == 4'277'000);
  REQUIRE(trace.findings.duplicate_acks.size() == 1);
  CHECK(number_of(trace.findings.duplicate_acks[0].original) == "1178");
}

std::string course_csv() {
  const auto folder = corpus();
  return folder.empty() ? "" : file_bytes(folder / "course" / "uchicagocs-20220922.csv");
}

/// The same rows written in another way: `time` rewrites a Time cell, given nanoseconds since the epoch.
std::string rewritten(const std::string& csv, char delimiter, std::string_view line_end,
                      const std::function<std::string(int64_t)>& time) {
  std::string out;
  csv::TimeParser parser;
  for (SplitRow& row : split_slowly(csv, ',')) {
    csv::TimeValue value;
    if (row.line > 1 && parser.parse(row.fields[1], value)) row.fields[1] = time(value.ns);
    for (size_t i = 0; i < row.fields.size(); ++i) {
      if (i > 0) out += delimiter;
      const bool needs_quotes = row.fields[i].find_first_of("\",;\t\n") != std::string::npos;
      out += needs_quotes ? in_quotes(row.fields[i]) : row.fields[i];
    }
    out += line_end;
  }
  return out;
}

std::string seconds(int64_t ns) {
  std::string out;
  append_seconds(out, ns, 9);
  return out;
}

}  // namespace

TEST_CASE("csv builder: the course's csv gives the course's figures") {
  const std::string csv = course_csv();
  if (csv.empty()) return;
  const Built built(csv);
  check_course_figures(built.trace);
  CHECK(built.trace.time_base == trace::TimeBase::absolute);
  CHECK(built.trace.time_digits == 6);
  CHECK(built.trace.warnings.list().empty());
  for (const size_t piece : {size_t{1}, size_t{63}, size_t{4096}}) check_course_figures(Built(csv, piece).trace);
  // Every row is found again in the file.
  csv::RowCells cells;
  for (dissect::PacketIndex i = 0; i < built.trace.size(); ++i) {
    const dissect::Row row = built.trace.columns.row(i);
    csv::read_row_cells(Bytes::of(csv).sub(static_cast<size_t>(row.offset), row.cap_len), built.builder.layout(),
                        cells);
    REQUIRE(cells[csv::Column::number] == std::to_string(i + 1));
    REQUIRE(cells[csv::Column::length] == std::to_string(row.wire_len));
  }
}

TEST_CASE("csv builder: the same figures from every form of the same rows") {
  const std::string csv = course_csv();
  if (csv.empty()) return;
  const int64_t start_ns = 1664370469'340190000;
  const auto comma = [](std::string text) {
    text[text.find('.')] = ',';
    return text;
  };
  check_course_figures(
      Built("\xEF\xBB\xBF" + rewritten(csv, ';', "\r\n", [&](int64_t ns) { return comma(seconds(ns - start_ns)); }))
          .trace);
  check_course_figures(Built(rewritten(csv, '\t', "\n", seconds)).trace);
  int64_t before_ns = start_ns;
  check_course_figures(Built(rewritten(csv, ',', "\n", [&](int64_t ns) {
                         const int64_t delta_ns = ns - before_ns;
                         before_ns = ns;
                         return seconds(delta_ns);
                       })).trace);
  check_course_figures(Built(rewritten(csv, ',', "\n", [](int64_t ns) {
                         const int64_t in_day_ns = ns % 86'400'000'000'000;
                         std::string text = std::to_string(in_day_ns / 3'600'000'000'000) + ":";
                         append_padded(text, static_cast<uint64_t>(in_day_ns / 60'000'000'000 % 60), 2);
                         text += ":" + std::string(in_day_ns / 1'000'000'000 % 60 < 10 ? "0" : "");
                         return text + seconds(in_day_ns % 60'000'000'000);
                       })).trace);
  check_course_figures(Built(rewritten(csv, ',', "\n", [](int64_t ns) {
                         return "Sep 28, 2022 13:07:" + seconds(ns % 60'000'000'000) + " CDT";
                       })).trace);
}

}  // namespace tracedrop::test
