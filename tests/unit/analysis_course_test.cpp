// The course's own trace: every answer of the hands-on, to the digit. Skipped without the corpus.
#include <fstream>

#include "analysis/answers.h"
#include "analysis/evidence.h"
#include "capture_fixtures.h"
#include "catch.h"
#include "engine/engine.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::analysis;

namespace {

constexpr const char* kPcap = "course/uchicagocs-20220922.pcap";
constexpr const char* kCsv = "course/uchicagocs-20220922.csv";

/// Time of day and Length of the csv's rows, read without the engine: "1","2022-09-28 13:07:49.340190",…,"78","…"
trace::Trace times_and_lengths(const std::filesystem::path& path) {
  trace::Trace trace;
  trace.findings.conversations.emplace_back();
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    for (size_t quote = line.find('"'); quote != std::string::npos && fields.size() < 6;) {
      const size_t end = line.find('"', quote + 1);
      fields.push_back(line.substr(quote + 1, end - quote - 1));
      quote = line.find('"', end + 1);
    }
    const std::string time = fields.at(1).substr(11);
    dissect::Row row;
    row.ts_ns = (std::stoll(time.substr(0, 2)) * 3600 + std::stoll(time.substr(3, 2)) * 60) * 1'000'000'000 +
                test::ns_of(time.substr(6));
    row.wire_len = static_cast<uint32_t>(std::stoul(fields.at(5)));
    trace.columns.push(row);
  }
  return trace;
}

class NoSource : public engine::ByteSource {
 public:
  Bytes read(uint64_t, size_t) override { return {}; }
};

struct Opened {
  NoSource source;
  engine::Engine engine{source};
  Answers answers;

  explicit Opened(const std::filesystem::path& path) {
    const std::string bytes = test::file_bytes(path);
    engine.push(Bytes::of(bytes));
    engine.finish();
    REQUIRE(engine.state() == engine::State::ready);
    answers = answer(engine.trace(), all());
  }
  trace::Selection all() const { return trace::Selection::all(engine.trace().size()); }
  std::vector<uint32_t> evidence_of(std::string_view name) const {
    return test::numbers(evidence(engine.trace(), all(), name));
  }
  double value(std::string_view name) const {
    for (const Figure& figure : figures(answers))
      if (figure.name == name && figure.value) return *figure.value;
    FAIL("no " << name);
    return 0;
  }
};

}  // namespace

TEST_CASE("the course's csv: sizes and interarrival times, from a reader of its own") {
  const auto corpus = test::corpus();
  if (corpus.empty()) return;
  const trace::Trace trace = times_and_lengths(corpus / kCsv);
  REQUIRE(trace.size() == 2540);
  const Distributions d = distributions(trace, test::all(trace));
  const Statistics size = *size_statistics(d.size);
  CHECK(size.mean == 1241.588188976378);
  CHECK(*size.std == 471.9098590026436);
  CHECK(size.median == 1440);
  CHECK(size.p90 == 1440);
  CHECK(size.min == 54);
  const Statistics gaps = *interarrival_statistics(d.interarrival_ns);
  CHECK(gaps.mean == ratio(1'032'544'000, UInt128{2539} * 1'000'000'000));
  CHECK(gaps.mean == Approx(0.000406673493).epsilon(1e-8));
  CHECK(gaps.median == 1e-6);
  CHECK(gaps.p90 == 0.0001904);
  CHECK(gaps.max == 0.374483);
  CHECK(d.interarrival_ns.count_of(0) == 181);
}

TEST_CASE("the course's pcap: every answer of the hands-on") {
  const auto corpus = test::corpus();
  if (corpus.empty()) return;
  const Opened course(corpus / kPcap);
  CHECK(course.value("packets") == 2544);
  CHECK(course.value("total_time_s") == 92.001504);
  CHECK(course.value("active_time_s") == 1.032544);
  CHECK(course.value("rtt_ms") == 4.181);
  CHECK(course.value("retransmissions") == 1);
  CHECK(course.value("lost") == 0);
  CHECK(course.value("size_mean") == 1239.7224842767296);
  CHECK(course.value("size_median") == 1440);
  CHECK(course.value("size_p90") == 1440);
  CHECK(course.value("size_std") == 473.8774470997741);
  CHECK(course.value("size_min") == 54);
  CHECK(course.value("size_max") == 1440);
  CHECK(course.value("iat_mean_s") == 0.036178334250884785);
  CHECK(course.value("iat_median_s") == 1e-6);
  CHECK(course.value("iat_p90_s") == 0.0001988);
  CHECK(course.value("iat_max_s") == 45.480514);
  CHECK(course.value("iat_zero") == 181);

  const Answers& a = course.answers;
  CHECK(a.tcp_connections == 1);
  CHECK(a.health.empty());
  CHECK(a.activity.idle_tail->first_packet == 2540);
  CHECK(a.activity.idle_tail->keep_alives == 2);
  CHECK(a.activity.idle_tail->keep_alive_acks == 2);
  CHECK(a.round_trip.initial_rtt_ms == 4.277);
  REQUIRE(a.round_trip.data.size() == 2);
  const DataRtt& host = a.round_trip.data[0];
  CHECK(host.network == false);
  CHECK(host.samples == 224);
  CHECK(host.median_ms == 0.095);
  const DataRtt& server = a.round_trip.data[1];
  CHECK(server.network == true);
  CHECK(server.samples == 48);
  CHECK(server.min_ns == 2'746'000);
  CHECK(server.median_ms == 5.1615);
  CHECK(server.max_ns == 16'062'000);
  CHECK(a.loss.keep_alives == 2);
  CHECK(a.loss.keep_alive_acks == 2);
  CHECK(a.loss.sentence ==
        "Nothing was lost: 1 retransmission, proven needless: the receiver reported a duplicate (D-SACK in packet "
        "1239).");

  using Numbers = std::vector<uint32_t>;
  CHECK(course.evidence_of("handshake") == Numbers{1, 2, 3});
  CHECK(course.evidence_of("retransmissions") == Numbers{1153});
  CHECK(course.evidence_of("lost") == Numbers{1153, 1239});
  CHECK(course.evidence_of("idle_tail") == Numbers{2541, 2542, 2543, 2544});
  CHECK(course.evidence_of("active_time_s") == Numbers{1, 2540});
  CHECK(course.evidence_of("iat_max_s") == Numbers{2542, 2543});
  CHECK(course.evidence_of("iat_zero").size() == 181);

  SECTION("without its idle tail it is what the csv holds") {
    const Answers trimmed = answer(course.engine.trace(), trace::Selection::run(0, 2540));
    CHECK(trimmed.size->mean == 1241.588188976378);
    CHECK(trimmed.interarrival->p90 == 0.0001904);
    CHECK_FALSE(trimmed.activity.idle_tail);
  }
}

TEST_CASE("the course's csv: the same answers, from Info") {
  const auto corpus = test::corpus();
  if (corpus.empty()) return;
  const Opened course(corpus / kCsv);
  CHECK(course.value("packets") == 2540);
  CHECK(course.value("total_time_s") == 1.032544);
  CHECK(course.value("active_time_s") == 1.032544);
  CHECK(course.value("rtt_ms") == 4.181);
  CHECK(course.value("retransmissions") == 1);
  CHECK(course.value("lost") == 0);
  CHECK(course.value("size_std") == 471.9098590026436);
  CHECK(course.value("iat_p90_s") == 0.0001904);
  CHECK(course.answers.tcp_connections == 1);
  CHECK(course.answers.round_trip.initial_rtt_ms == 4.277);
  CHECK(course.answers.loss.keep_alives == 0);
  CHECK(course.answers.health.empty());
}
