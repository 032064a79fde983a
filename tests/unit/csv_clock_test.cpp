// A csv's times on one scale, and what is said where they do not carry a figure.
#include "analysis/answers.h"
#include "csv_fixtures.h"

namespace tracedrop::test {
namespace {

using Times = std::vector<std::string>;

/// A csv whose rows have these times: a handshake first, then data back and forth.
std::string with_times(const Times& times, const std::string& title = "Time") {
  static const char* const kInfo[] = {"1,2,5000 > 80 [SYN] Seq=0 Win=5 Len=0",
                                      "2,1,\"80 > 5000 [SYN, ACK] Seq=0 Ack=1 Win=5 Len=0\"",
                                      "1,2,5000 > 80 [ACK] Seq=1 Ack=1 Win=5 Len=0"};
  std::string out = "No.,\"" + title + "\",Source,Destination,Info,Protocol,Length\n";
  for (size_t i = 0; i < times.size(); ++i) {
    out += std::to_string(i + 1) + ",\"" + times[i] + "\"," + kInfo[std::min<size_t>(i, 2)] + ",TCP,60\n";
  }
  return out;
}

/// Seconds since the first packet: "0.000000 0.023457 …".
std::string placed(const Built& built) {
  std::string out;
  for (dissect::PacketIndex i = 0; i < built.trace.size(); ++i) {
    out += out.empty() ? "" : " ";
    append_seconds(out, built.trace.columns.ts_ns(i) - built.trace.columns.ts_ns(0), 6);
  }
  return out;
}

std::string placed(const Times& times, const std::string& title = "Time") {
  const std::string csv = with_times(times, title);
  const std::string whole = placed(Built(csv));
  REQUIRE(placed(Built(csv, 1)) == whole);
  return whole;
}

std::string warnings(const Built& built) {
  std::string out;
  for (const Warning& warning : built.trace.warnings.list()) out += warning.code + ": " + warning.text + "\n";
  return out;
}

/// A figure as a number, or "unknown: why".
std::string figure(const Built& built, std::string_view name) {
  const auto all = trace::Selection::all(built.trace.size());
  for (const analysis::Figure& one : analysis::figures(analysis::answer(built.trace, all)))
    if (one.name == name) return one.value ? std::to_string(*one.value) : "unknown: " + one.why_absent;
  return "no such figure";
}

bool is_unknown(const Built& built, std::string_view name) { return figure(built, name).find("unknown: ") == 0; }

}  // namespace

TEST_CASE("csv clock: times since the previous packet, the first one blank") {
  const std::string sums = "0.000000 0.008211 0.008623 0.032080 0.032171 0.032181";
  const Times deltas = {"", "0.008211", "0.000412", "0.023457", "0.000091", "0.000010"};
  for (const char* title : {"Time", "Delta time", "Time delta from previous displayed frame", "frame.time_delta",
                            "Seconds Since Previous Displayed"}) {
    INFO(title);
    CHECK(placed(deltas, title) == sums);
  }
  CHECK(Built(with_times(deltas)).builder.layout().time_is_delta);
  CHECK(Built(with_times(deltas)).builder.layout().first_time_is_blank);
  // Times that only rise do not count from the packet before, whatever the first row holds.
  CHECK(placed({"", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "8.0", "9.0"}).substr(0, 26) ==
        "0.000000 1.000000 2.000000");
}

TEST_CASE("csv clock: clocks of twelve hours") {
  CHECK(placed({"2023-11-14 12:59:59.7 PM", "2023-11-14 01:00:00.1 PM"}) == "0.000000 0.400000");
  CHECK(placed({"11/14/2023 11:59:59.7 AM", "11/14/2023 12:00:00.1 PM"}) == "0.000000 0.400000");
  CHECK(placed({"11/14/2023, 11:59:59.7 PM", "11/15/2023, 12:00:00.1 AM"}) == "0.000000 0.400000");
  CHECK(placed({"11:59:59.7\xE2\x80\xAFp.m.",
                "12:00:00.1\xE2\x80\xAF"
                "a.m."}) == "0.000000 0.400000");
  const Built built(with_times({"12:59:59.7", "1:00:00.1"}));
  CHECK(placed(built) == "0.000000 0.400000");
  CHECK(warnings(built).find("twelve-hours: ") == 0);
}

TEST_CASE("csv clock: month and day by the file's evidence") {
  CHECK(placed({"11/30/2023 23:59:59.5", "12/01/2023 00:00:00.5"}) == "0.000000 1.000000");
  CHECK(placed({"30.11.2023 23:59:59,5", "01.12.2023 00:00:00,5"}) == "0.000000 1.000000");
  // 12/11 can be read in two ways, 13/11 in one: what came before is put right.
  const Built late(with_times({"12/11/2023 23:59:59.5", "13/11/2023 00:00:00.5", "13/11/2023 00:00:01.5"}));
  CHECK(placed(late) == "0.000000 1.000000 2.000000");
  CHECK(late.builder.layout().time.order == csv::DateOrder::day_first);
  CHECK(late.builder.layout().time.order_is_proven);
  CHECK(warnings(late).empty());
  // Nothing proves it: the shorter capture is the likelier one, and that is said.
  const Built open(with_times({"04/05/2023 23:59:59.5", "05/05/2023 00:00:00.5"}));
  CHECK(placed(open) == "0.000000 1.000000");
  CHECK(open.builder.layout().time.order == csv::DateOrder::day_first);
  CHECK_FALSE(open.builder.layout().time.order_is_proven);
  CHECK(warnings(open).find("date-order: ") == 0);
}

TEST_CASE("csv clock: the month's and the day's order proven behind the first lines") {
  Times times(3000, "12/11/2023 23:59:59.500000");
  times.push_back("13/11/2023 00:00:00.500000");
  const Built built(with_times(times));
  CHECK(built.trace.columns.ts_ns(3000) - built.trace.columns.ts_ns(0) == 1'000'000'000);
  CHECK(built.builder.layout().time.order_is_proven);
}

TEST_CASE("csv clock: units of times since the epoch and of titles") {
  CHECK(placed({"1700000000123", "1700000000131"}) == "0.000000 0.008000");
  CHECK(placed({"1700000000123456", "1700000000131667"}) == "0.000000 0.008211");
  CHECK(placed({"1700000000123456000", "1700000000131667000"}) == "0.000000 0.008211");
  CHECK(placed({"1.700000000123456E+15", "1.700000000131667E+15"}) == "0.000000 0.008211");
  CHECK(Built(with_times({"1700000000123456", "1700000000131667"})).trace.time_base == trace::TimeBase::absolute);
  CHECK(placed({"0.5", "8.711"}, "Time (ms)") == "0.000000 0.008211");
  CHECK(placed({"500", "8711"}, "time_us") == "0.000000 0.008211");
}

TEST_CASE("csv clock: minutes and seconds that Excel has left") {
  const Built built(with_times({"59:59.8", "59:59.9", "00:00.2"}));
  CHECK(placed(built) == "0.000000 0.100000 0.400000");
  CHECK(warnings(built).find("excel-times: Excel has changed the Time column") == 0);
  CHECK(figure(built, "total_time_s") == "0.400000");
  CHECK(is_unknown(built, "rtt_ms"));
  CHECK(is_unknown(built, "iat_median_s"));
  CHECK(figure(built, "size_mean") == "60.000000");
}

TEST_CASE("csv clock: digits that are lost make nothing out of nothing") {
  for (const char* text :
       {"1.70E+09", "1.7E+15", "1,70E+09", "1700000000", "2023-11-14 22:13:20", "11/14/2023 22:13"}) {
    INFO(text);
    const Built built(with_times({text, text, text, text}));
    REQUIRE(built.trace.size() == 4);
    CHECK(warnings(built).find("digits are lost") != std::string::npos);
    for (const char* name : {"total_time_s", "active_time_s", "rtt_ms", "iat_mean_s", "iat_median_s", "iat_zero"})
      CHECK(is_unknown(built, name));
    CHECK(figure(built, "lost") == "0.000000");
  }
  // Whole seconds tell how long it took, not how far packets lie apart.
  const Built seconds(
      with_times({"2023-11-14 22:13:20", "2023-11-14 22:13:20", "2023-11-14 22:13:20", "2023-11-14 22:13:25"}));
  CHECK(figure(seconds, "total_time_s") == "5.000000");
  CHECK(is_unknown(seconds, "rtt_ms"));
  CHECK(is_unknown(seconds, "iat_median_s"));
  // Coarse times that differ are what they are.
  const Built sparse(with_times({"0", "10", "20", "35"}));
  CHECK(figure(sparse, "iat_median_s") == "10.000000");
  CHECK(warnings(sparse).empty());
}

TEST_CASE("csv clock: time references") {
  const Built built(with_times({"0.000000", "0.023457", "*REF*", "0.008211", "0.010000"}));
  CHECK(placed(built) == "0.000000 0.023457 0.023457 0.031668 0.033457");
  CHECK(warnings(built).find("time-reference: Packet 3 is a time reference (*REF*)") == 0);
  CHECK(is_unknown(built, "total_time_s"));
  CHECK(is_unknown(built, "iat_median_s"));
  CHECK(figure(built, "rtt_ms") == "23.457000");  // before the reference
  CHECK(built.trace.knows_time_between(0, 1));
  CHECK_FALSE(built.trace.knows_time_between(1, 2));
  CHECK(built.trace.knows_time_between(2, 4));
  CHECK(is_unknown(Built(with_times({"0.000000", "*REF*", "0.008211", "0.010000"})), "rtt_ms"));
  // At the first packet it changes nothing: all others count from there anyway.
  CHECK(warnings(Built(with_times({"*REF*", "0.008211", "0.010000"}))).empty());
  CHECK(placed({"*REF*", "0.008211", "0.010000"}) == "0.000000 0.008211 0.010000");
  // Dates beside it still tell how long the capture was.
  const Built dates(with_times({"2023-11-14 22:13:20.1", "*REF*", "2023-11-14 22:13:20.3", "2023-11-14 22:13:20.5"}));
  CHECK(figure(dates, "total_time_s") == "0.400000");
  CHECK(is_unknown(dates, "iat_median_s"));
  CHECK(is_unknown(dates, "rtt_ms"));
  const Built first(with_times({"*REF*", "2023-11-14 22:13:20.3", "2023-11-14 22:13:20.5"}));
  CHECK(placed(first) == "0.000000 0.000000 0.200000");
  CHECK(is_unknown(first, "total_time_s"));
  // Deltas: a reference has none of its own.
  CHECK(placed({"0.0", "0.1", "*REF*", "0.2", "0.1"}, "Delta time") == "0.000000 0.100000 0.100000 0.300000 0.400000");
}

}  // namespace tracedrop::test
