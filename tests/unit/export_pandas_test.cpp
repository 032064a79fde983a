// The pandas lines: made for the file that is open. That they run and give the page's figures, tests/pandas proves.
#include <rapidjson/document.h>

#include <functional>

#include "analysis/answers.h"
#include "catch.h"
#include "export/definitions.h"
#include "export/pandas_figures.h"
#include "trace/csv_builder.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using exporting::OpenFile;
using exporting::PandasFigures;
using exporting::PandasFile;
using exporting::TimeForm;
using test::all;
using test::trace_of;

namespace {

struct OpenCsv {
  explicit OpenCsv(const std::string& text) {
    builder.push(Bytes::of(text));
    builder.finish();
  }
  OpenFile file(std::string_view name = "x.csv") const { return {name}; }
  std::string preamble() const { return PandasFigures(trace, file()).preamble(); }

  trace::Trace trace;
  trace::CsvBuilder builder{trace};
};

std::string csv_of(const std::string& titles, const std::string& row) { return titles + "\n" + row + "\n"; }

const std::string kTitles = "No.,Time,Source,Destination,Protocol,Length,Info";

/// The lines that read a csv whose first Time is this.
std::string reading(const std::string& time) {
  return OpenCsv(csv_of(kTitles, "1,\"" + time + "\",a,b,UDP,60,x")).preamble();
}

void has(const std::string& text, std::string_view part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
}

void has_not(const std::string& text, std::string_view part) {
  INFO(text);
  CHECK(text.find(part) == std::string::npos);
}

const char* const kLines = R"(
  0.000000   c:1000 > s:443  TCP      78   [SYN] Seq=0 Len=0
  0.004181   s:443 > c:1000  TCP      66   [SYN, ACK] Seq=0 Ack=1 Len=0  {acks 1}
  0.004277   c:1000 > s:443  TCP      54   [ACK] Seq=1 Ack=1 Len=0       {acks 2}
)";

}  // namespace

TEST_CASE("every figure is defined, and almost every one in pandas too") {
  const trace::Trace trace = trace_of(kLines);
  rapidjson::Document json;
  json.Parse(exporting::definitions_json(trace, {"trace.pcap"}).c_str());
  REQUIRE_FALSE(json.HasParseError());
  has(json["preamble"].GetString(), "import pandas as pd\n");
  for (const analysis::Figure& figure : analysis::figures(analysis::answer(trace, all(trace)))) {
    const std::string name(figure.name);
    INFO(name);
    REQUIRE(json["figures"].HasMember(name.c_str()));
    const auto& definition = json["figures"][name.c_str()];
    CHECK(definition["title"].GetStringLength() > 0);
    CHECK(definition["definition"].GetStringLength() > 20);
    CHECK(definition["pandas"].GetStringLength() > 0);
  }
  CHECK(json["figures"]["data_rtt"]["pandas"].GetStringLength() == 0);
  has(json["figures"]["data_rtt"]["definition"].GetString(), "There are no pandas lines for it: a csv hides");
}

TEST_CASE("a text in Python") {
  CHECK(exporting::python_string("trace.csv") == R"("trace.csv")");
  CHECK(exporting::python_string("a \"b\" \\ c") == R"("a \"b\" \\ c")");
  CHECK(exporting::python_string("Zürich\n\x7f") == "\"Zürich\\x0a\\x7f\"");
}

TEST_CASE("the csv of a capture is called as the page saves it") {
  const trace::Trace trace = trace_of(kLines);
  const auto preamble = [&](std::string_view name) { return PandasFigures(trace, {name}).preamble(); };
  has(preamble("lab.pcap"), R"(pd.read_csv("lab.csv", dtype={"Time": str}))");
  has(preamble("lab.pcap"), "# lab.pcap:\n");
  has(preamble("lab.2.pcapng.gz"), R"(pd.read_csv("lab.2.csv")");
  has(preamble("capture"), R"(pd.read_csv("capture.csv")");
  has(preamble(""), R"(pd.read_csv("trace.csv")");
}

TEST_CASE("times of every form become whole nanoseconds") {
  has(reading("12.345678"), "Decimal(number) * 10**9");
  has(reading("12,345678"), R"(pcap["Time"].str.replace(",", "."))");
  has(reading("2022-09-28 13:07:49.340190"), R"(pd.to_datetime(pcap["Time"]))");
  has(reading("2022-09-28T13:07:49.340190Z"), R"(pd.to_datetime(pcap["Time"], utc=True))");
  has(reading("2022-09-28 13:07:49.340190-0500"), "utc=True");
  has(reading("2022-09-28 13:07:49.340190 CDT"), R"py(pcap["Time"].str.extract()py");
  has(reading("9/28/22 1:07:49.34 PM"), R"(format="%m/%d/%y %I:%M:%S.%f%p")");
  has(reading("28.09.2022 13:07:49,34"), R"(format="%d.%m.%Y %H:%M:%S.%f")");
  has(reading("Wed Sep 28, 2022 13:07:49.34"), R"(format="%a %b %d, %Y %H:%M:%S.%f")");
  has(reading("Sep 28 13:07:49.34 2022"), "no way to read times");
  has(reading("2022-09-28 下午1:07:49.34"), "no way to read times");
  has(reading("Sep 28, 2022 13:07:49.340190000 CDT"), R"(format="%b %d, %Y %H:%M:%S.%f")");
  has(reading("September 28, 2022 13:07:49 CDT"), R"(format="%B %d, %Y %H:%M:%S")");
  has(reading("28 Sep 2022 13:07:49.3"), R"(format="%d %b %Y %H:%M:%S.%f")");
  has(reading("2022/09/28 13:07:49.3"), R"(format="%Y/%m/%d %H:%M:%S.%f")");
  has(reading("2022/271 13:07:49.3"), R"(format="%Y/%j %H:%M:%S.%f")");
  has(reading("13:07:49.340190"), R"(pd.to_timedelta(pcap["Time"]))");
  has(reading("1h  2m 3.456789s"), "* 3600 +");
}

namespace {

/// The lines for a form of time that a csv's own reader may not know.
std::string reading_of(const std::function<void(PandasFile&)>& change) {
  PandasFile file;
  for (size_t column = 0; column < csv::kListColumns; ++column)
    file.titles[column] = csv::column_title(static_cast<csv::Column>(column));
  change(file);
  return exporting::reading_lines(file);
}

}  // namespace

TEST_CASE("whatever is known of the file is told to read_csv") {
  has(reading_of([](PandasFile& file) { file.encoding = "utf-16"; }), R"(encoding="utf-16")");
  has(reading_of([](PandasFile& file) { file.is_utf8 = false; }), R"(encoding_errors="replace")");
  has(reading_of([](PandasFile& file) { file.quote = '\''; }), R"(quotechar="'")");
  has(reading_of([](PandasFile& file) { file.escapes_with_backslash = true; }), R"(quoting=3, escapechar="\\")");
  has(reading_of([](PandasFile& file) { file.has_blanks_after_delimiters = true; }), "skipinitialspace=True");
  has(reading_of([](PandasFile& file) { file.rows_end_with_delimiter = true; }), "index_col=False");
  has(reading_of([](PandasFile& file) { file.lines_before_titles = 2; }), "skiprows=2");
  has(reading_of([](PandasFile& file) { file.whole_rows = 14; }), "nrows=14");
  has(reading_of([](PandasFile& file) { file.length_is_text = true; }), R"("Length": str})");
  has(reading_of([](PandasFile& file) { file.unit_digits = 6; }), "Decimal(number) * 10**3");
  has(reading_of([](PandasFile& file) { file.time_form = TimeForm::timedelta; }), R"(pd.to_timedelta(pcap["Time"]))");
  has(reading_of([](PandasFile& file) { file.must_be_saved_again = true; }),
      "save it with Packets > Export csv, in its place");
}

TEST_CASE("what the file has otherwise than Wireshark's csv is told to read_csv") {
  const OpenCsv semicolons(csv_of("No.;Time;Length", "1;0,5;60"));
  has(semicolons.preamble(), R"(pd.read_csv("x.csv", sep=";", dtype={"Time": str}))");
  const OpenCsv tabs(csv_of("No.\tTime\tLength", "1\t0.5\t60"));
  has(tabs.preamble(), R"(sep="\t")");
  const OpenCsv titles(csv_of("frame.time_epoch,frame.len,ip.src", "1664388469.340190123,60,a"));
  has(titles.preamble(), R"(dtype={"frame.time_epoch": str})");
  has(titles.preamble(), R"(rename(columns={"frame.time_epoch": "Time", "ip.src": "Source", "frame.len": "Length"}))");
  has(titles.preamble(), "ns = ns - ns[0]");
  const OpenCsv deltas(csv_of("No.,Delta time,Length", "1,0.5,60\n2,0.1,60"));
  has(deltas.preamble(), "ns = ns.cumsum()");
}

TEST_CASE("what read_csv would read otherwise is saved again first") {
  const auto preamble = [](const std::string& rows) { return OpenCsv(csv_of(kTitles, rows)).preamble(); };
  const std::string usual = "1,0.5,a,b,UDP,60,x\n2,0.6,a,b,UDP,60,y\n";
  has_not(preamble(usual), "in its place");
  has(preamble(usual + "2,none,a,b,UDP,,x"), "in its place");
  has(preamble(usual + "3,0.7,a,b,UDP,60,x, y"), "in its place");
  has(preamble(usual + "3,0.7,a,b,UDP,60,x,"), "in its place");
  has(preamble(usual + std::string(5, '\0')), "nrows=2");
  has(preamble(usual + std::string(5, '\0') + "\n" + usual), "in its place");
  has(preamble(usual + "3,0.7,a,b,UDP,60,\"x"), "nrows=2");
  has(preamble(usual + "3,0.7,a,b,UDP,60,\"x\n" + usual), "in its place");
  const std::string saved = OpenCsv("No. ,Time ,Length\n1,0.5,60\n").preamble();
  has(saved, R"(pcap = pd.read_csv("x.csv", dtype={"Time": str}))");
  has(saved, "in its place");
}

TEST_CASE("of several addresses that a row may have the first one is its own") {
  const OpenCsv both(csv_of("frame.time_epoch,ip.src,ipv6.src,frame.len", "1.5,,2001:db8::1,60"));
  has(both.preamble(), R"(pcap["Source"] = pcap["Source"].fillna(pcap["ipv6.src"]))");
  has_not(both.preamble(), "split");
  const OpenCsv inner(csv_of("frame.time_epoch,ip.src,frame.len", "1.5,\"192.0.2.1,192.0.2.2\",60"));
  has(inner.preamble(), R"(for name in ["Source"]:)");
}

TEST_CASE("what the page does not know has no lines") {
  const OpenCsv minutes(csv_of(kTitles, "1,07:49.3,a,b,UDP,60,x\n2,07:49.3,a,b,UDP,60,y\n3,07:50.1,a,b,UDP,60,y"));
  const PandasFigures figures(minutes.trace, minutes.file());
  CHECK(figures.lines("total_time_s").code == "int(ns.max() - ns.min()) / 10**9");
  for (const char* name : {"iat_mean_s", "iat_median_s", "iat_zero", "iat_cdf", "rtt_ms"}) {
    INFO(name);
    CHECK(figures.lines(name).code.empty());
    has(figures.lines(name).why_none, "a tenth of a second");
  }
  const OpenCsv lost(csv_of(kTitles, "1,1.70E+09,a,b,UDP,60,x\n2,1.70E+09,a,b,UDP,60,y"));
  has_not(lost.preamble(), "gap = ");
  CHECK(PandasFigures(lost.trace, lost.file()).lines("total_time_s").code.empty());
  const OpenCsv reference(csv_of(kTitles, "1,0.5,a,b,UDP,60,x\n2,*REF*,a,b,UDP,60,y\n3,0.1,a,b,UDP,60,y"));
  has(PandasFigures(reference.trace, reference.file()).lines("iat_mean_s").why_none, "time reference");
  const OpenCsv no_length(csv_of("No.,Time,Source", "1,0.5,a\n2,0.6,b"));
  has(PandasFigures(no_length.trace, no_length.file()).lines("size_mean").why_none, "no column Length");
}

TEST_CASE("where the csv lacks what a figure takes there are no lines, but a reason") {
  const OpenCsv bare(csv_of("Time,Length", "0.5,60\n1.5,70"));
  const PandasFigures figures(bare.trace, bare.file());
  CHECK(figures.lines("size_mean").code == R"(pcap["Length"].mean())");
  for (const char* name : {"active_time_s", "rtt_ms", "lost", "retransmissions"}) {
    INFO(name);
    CHECK(figures.lines(name).code.empty());
    CHECK_FALSE(figures.lines(name).why_none.empty());
  }
  CHECK(figures.lines("lost").why_none == "this csv has no column Info.");
  const OpenCsv one(csv_of("Time,Length", "0.5,60"));
  CHECK(PandasFigures(one.trace, one.file()).lines("iat_mean_s").why_none == "it takes two packets.");
}

TEST_CASE("a hidden row may prove what a csv cannot show") {
  // A capture knows the segment of a row that shows TLS.
  trace::Trace trace = trace_of(std::string(kLines) + R"(
  0.840000   c:1000 > s:443  TLSv1.2  656  [PSH, ACK] Seq=1 Ack=1 Len=602
  0.844782   c:1000 > s:443  TLSv1.2  656  [TCP Retransmission] [PSH, ACK] Seq=1 Ack=1 Len=602
  0.851874   s:443 > c:1000  TCP      66   [TCP Dup ACK 5#1] [ACK] Seq=1 Ack=603 Len=0  {D-SACK of 5}
)");
  trace.kind = trace::SourceKind::pcap;
  const PandasFigures figures(trace, {"lab.pcap"});
  CHECK(figures.lines("lost").code.empty());
  has(figures.lines("lost").why_none, "the row of another protocol hides");
  has_not(figures.preamble(), "needless");
  CHECK(figures.lines("retransmissions").code == "again.sum()");
}
