// The answers as JSON: the contract's names, digits that read back, reasons for what is absent.
#include <rapidjson/document.h>

#include "analysis/answers.h"
#include "analysis/evidence.h"
#include "catch.h"
#include "export/summary_json.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using test::all;
using test::trace_of;

namespace {

std::string summary(const trace::Trace& trace, const trace::Selection& selection) {
  return exporting::summary_json(trace, analysis::answer(trace, selection));
}

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseFullPrecisionFlag>(json.c_str(), json.size());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

bool contains(const std::string& text, const std::string& part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
  return true;
}

const char* const kLines = R"(
  0.000000   c:1000 > s:443  TCP      78   [SYN] Seq=0 Len=0
  0.004181   s:443 > c:1000  TCP      66   [SYN, ACK] Seq=0 Ack=1 Len=0  {acks 1}
  0.004277   c:1000 > s:443  TCP      54   [ACK] Seq=1 Ack=1 Len=0       {acks 2}
  0.840000   c:1000 > s:443  TLSv1.2  656  [PSH, ACK] Seq=1 Ack=1 Len=602
  0.844782   c:1000 > s:443  TCP      656  [TCP Retransmission] [PSH, ACK] Seq=1 Ack=1 Len=602
  0.851874   s:443 > c:1000  TCP      66   [TCP Dup ACK 5#1] [ACK] Seq=1 Ack=603 Len=0  {D-SACK of 5}
  92.001504  c:1000 > s:443  TCP      54   [TCP Keep-Alive] [ACK] Seq=602 Ack=1 Len=0
)";

}  // namespace

TEST_CASE("the summary holds the contract's figures under their names, to the last digit") {
  const trace::Trace trace = trace_of(kLines);
  const std::string json = summary(trace, all(trace));
  CHECK(json.find(R"({"packets":7,"total_time_s":92.001504,"active_time_s":0.851874,"rtt_ms":4.181,)"
                  R"("retransmissions":1,"lost":0,"size_mean":232.85714285714286,"size_median":66,)") == 0);
  contains(json, R"("iat_max_s":91.14963,"iat_zero":0,"unknown":{},"details":{"bytes":1630,"conversations":1,)");
  contains(json, R"("first_time":"1970-01-01T00:00:00.000000000Z","first_time_ns":"0",)");
  contains(json, R"("idle_tail":{"first_packet":7,"gap_s":91.14963,"packets":1,"keep_alives":1,)");
  contains(json, R"("handshakes":[{"client":"c:1000","server":"s:443","rtt_ms":4.181,"initial_rtt_ms":4.277,)"
                 R"("captured_at_server":false,"syn":1,"syn_ack":2,"ack":3}])");
  contains(json, R"({"from":"c","to":"s","network":true,"samples":1,"min_ms":4.181,"median_ms":4.181,"max_ms":4.181})");
  contains(json, R"({"from":"s","to":"c","network":false,"samples":1,"min_ms":0.096,)");
  contains(json, R"("needless":[{"retransmission":5,"proof":6,"why":"duplicate_sack"}],"needless_count":1,)");
  contains(json, R"("verdict":"not lost")");
  contains(json, R"("zero":0,"negative":0}},"warnings":[]})");
  CHECK(parsed(json)["size_mean"].GetDouble() == 1630.0 / 7);
}

TEST_CASE("what cannot be known is absent from the summary, and its reason is there") {
  const trace::Trace trace = trace_of("1.5 c:5000 > r:53 DNS 70");
  const rapidjson::Document json = parsed(summary(trace, all(trace)));
  for (const char* name : {"rtt_ms", "retransmissions", "lost", "size_std", "iat_mean_s", "iat_zero"}) {
    INFO(name);
    CHECK_FALSE(json.HasMember(name));
    REQUIRE(json["unknown"].HasMember(name));
    CHECK(json["unknown"][name].GetStringLength() > 10);
  }
  CHECK(json["total_time_s"].GetInt() == 0);
  CHECK(json["details"]["loss"]["verdict"].GetString() == std::string("unknown"));
  CHECK_FALSE(json["details"]["loss"].HasMember("retransmissions"));
  CHECK(json["details"]["interarrival"].IsNull());
  CHECK(json["details"]["size"]["std"].IsNull());
  CHECK(json["details"]["first_time"].GetString() == std::string("1970-01-01T00:00:01.500000000Z"));

  const rapidjson::Document empty = parsed(summary(trace, trace::Selection::run(0, 0)));
  CHECK(empty["packets"].GetUint() == 0);
  CHECK(empty["unknown"].MemberCount() == 16);
  CHECK_FALSE(empty["details"].HasMember("first_time"));
}

TEST_CASE("the first time as the file has it") {
  trace::Trace trace = trace_of("1664388469.340190 a > b ARP 60");
  contains(summary(trace, all(trace)),
           R"("first_time":"2022-09-28T18:07:49.340190000Z","first_time_ns":"1664388469340190000")");
  trace.kind = trace::SourceKind::csv;
  contains(summary(trace, all(trace)), R"("first_time":"2022-09-28T18:07:49.340190000")");
  trace.time_base = trace::TimeBase::relative;
  contains(summary(trace, all(trace)), R"("first_time":"1664388469.340190000")");
  const trace::Trace before = trace_of("-0.000000001 a > b ARP 60");
  contains(summary(before, all(before)), R"("first_time":"1969-12-31T23:59:59.999999999Z")");
}

TEST_CASE("the summary's warnings are the reader's and the packets'") {
  trace::Trace trace = trace_of("0.2 a > b ARP 60\n0.1 a > b ARP 60");
  trace.warnings.add({Severity::error, "truncated", "The file ends in a packet: \"</script>\n", 7});
  contains(summary(trace, all(trace)),
           R"("warnings":[{"severity":"error","code":"truncated","text":"The file ends in a packet: \"</script>\n",)"
           R"("count":1,"offset":7},{"severity":"warning","code":"time-backwards",)");
  CHECK(parsed(summary(trace, all(trace)))["warnings"][1]["first_packet"].GetUint() == 2);
}

TEST_CASE("long lists end, their counts do not") {
  std::string lines;
  for (int port = 1001; port < 1041; ++port) {
    const std::string client = "c:" + std::to_string(port);
    lines += "1.0 " + client + " > s:443 TCP 78 [SYN] Seq=0 Len=0\n";
    lines += "1.01 s:443 > " + client + " TCP 66 [SYN, ACK] Seq=0 Ack=1 Len=0\n";
  }
  const trace::Trace trace = trace_of(lines);
  const rapidjson::Document json = parsed(summary(trace, all(trace)));
  CHECK(json["details"]["rtt"]["handshakes"].Size() == exporting::kMostListed);
  CHECK(json["details"]["rtt"]["handshake_count"].GetUint() == 40);
  CHECK(json["details"]["tcp_connections"].GetUint() == 40);
}
