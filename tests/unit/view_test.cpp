// Selections by time: in a file that is in order of time they are found without a look at every packet, and are the
// same.
#include <random>

#include "analysis/timeline.h"
#include "catch.h"
#include "engine/view.h"
#include "export/timeline_json.h"
#include "trace_fixtures.h"

using namespace tracedrop;

namespace {

trace::Trace trace_at(const std::vector<int64_t>& times_ns) {
  trace::Trace trace;
  dissect::Row row;
  for (const int64_t ts_ns : times_ns) {
    row.ts_ns = ts_ns;
    trace.columns.push(row);
  }
  trace.findings.conversations.emplace_back();
  return trace;
}

std::vector<trace::PacketIndex> packets(const trace::Selection& selection) {
  std::vector<trace::PacketIndex> found;
  selection.for_each([&](trace::PacketIndex i) { found.push_back(i); });
  return found;
}

}  // namespace

TEST_CASE("a selection by time holds the packets whose time lies in it, in order or not") {
  std::mt19937 random(3);
  for (const bool in_order : {true, false}) {
    std::vector<int64_t> times_ns{1'000'000'000};
    for (int i = 0; i < 9000; ++i)
      times_ns.push_back(times_ns.back() + static_cast<int64_t>(random() % 2'000'000) - (in_order ? 0 : 10'000));
    const trace::Trace trace = trace_at(times_ns);
    REQUIRE(trace.columns.in_order() == in_order);
    engine::View view(trace);
    for (const auto& [from_s, to_s] :
         {std::pair{0.0, 1e9}, {1.5, 2.5}, {0.0, 0.0}, {3.0, 2.0}, {-5.0, -1.0}, {8.9, 1e300}}) {
      view.select_time(from_s, to_s);
      std::vector<trace::PacketIndex> expected;
      for (trace::PacketIndex i = 0; i < trace.size(); ++i) {
        const double since_s = static_cast<double>(times_ns[i] - times_ns[0]) / 1e9;
        if (since_s >= from_s && since_s <= to_s) expected.push_back(i);
      }
      CHECK(packets(view.selection()) == expected);
    }
  }
}

TEST_CASE("a time range is that of the least and the greatest time, in order or not") {
  const auto range_of = [](const std::vector<int64_t>& times_ns) {
    const trace::Trace trace = trace_at(times_ns);
    const auto range = analysis::time_range(trace, trace::Selection::of_list({1, 2, 3}, trace.size()));
    return std::pair{range->first_ns, range->last_ns};
  };
  CHECK(range_of({1, 5, 5, 9, 11}) == std::pair<int64_t, int64_t>{5, 9});
  CHECK(range_of({1, 9, 5, 7, 11}) == std::pair<int64_t, int64_t>{5, 9});
}

TEST_CASE("view: a timeline of other packets leaves what is looked at alone") {
  const trace::Trace trace = trace_at({0, 1'000'000'000, 3'000'000'000});
  engine::View view(trace);
  view.select_time(0, 1);
  const analysis::Answers* const known = &view.answers();
  CHECK(exporting::timeline_json(trace, view.all(), 3) == R"({"from_s":0,"to_s":3,"packets":[2,0,1],"bytes":[0,0,0]})");
  CHECK(exporting::timeline_json(trace, view.between(1, 3), 2) ==
        R"({"from_s":1,"to_s":3,"packets":[1,1],"bytes":[0,0]})");
  CHECK(exporting::timeline_json(trace, view.between(5, 6), 2) == "{}");
  CHECK(view.selection().count() == 2);
  CHECK(&view.answers() == known);
}

TEST_CASE("columns whose times were written over look again whether they are in order") {
  trace::Trace trace = trace_at({1, 2, 3});
  trace.columns.block(0).ts_ns[1] = 5;
  trace.columns.times_changed();
  CHECK_FALSE(trace.columns.in_order());
  trace.columns.block(0).ts_ns[1] = 2;
  trace.columns.times_changed();
  CHECK(trace.columns.in_order());
}
