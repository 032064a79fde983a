// From bytes to packets: which columns a file has, what its rows say, and what is wrong with it.
#include "csv/csv_reader.h"

#include "csv_fixtures.h"

namespace tracedrop::test {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kHeader = "\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\",\"Length\",\"Info\"\n";

/// Writes down what a reader finds.
class ReaderNotes final : public csv::CsvSink {
 public:
  explicit ReaderNotes(const std::vector<std::string>& pieces) {
    for (const std::string& piece : pieces) reader.push(Bytes::of(piece), *this);
    reader.finish(*this);
    if (reader.failed()) lines.push_back("failed: " + reader.failure());
  }
  void on_layout(const csv::CsvLayout& layout) override {
    std::string& line = lines.emplace_back("layout ");
    line += layout.dialect.delimiter == '\t' ? "tab" : std::string(1, static_cast<char>(layout.dialect.delimiter));
    for (const std::string& name : layout.extra_names) line += ", extra " + name;
  }
  void on_row(const csv::CsvRow& row) override {
    std::string& line = lines.emplace_back();
    append_number(line, row.number);
    append_seconds(line += " ", row.time.ns, 9);
    line.append(" ").append(row.source).append(" > ").append(row.destination).append(" ").append(row.protocol);
    append_number(line += " ", row.length);
    line.append(" ").append(row.info);
    if (row.source_port != 0) append_number(line += " ports ", row.source_port);
    if (row.destination_port != 0) append_number(line += " ", row.destination_port);
  }
  void on_warning(Warning warning) override { lines.push_back(warning.code + ": " + warning.text); }

  csv::CsvReader reader;
  Lines lines;
};

Lines read(std::string_view text) {
  const Lines whole = ReaderNotes({std::string(text)}).lines;
  every_fragmentation(text,
                      [&](const std::vector<std::string>& pieces) { REQUIRE(ReaderNotes(pieces).lines == whole); });
  return whole;
}

Lines read_rows(std::string_view rows) { return read(std::string(kHeader) + std::string(rows)); }

std::string failure(std::string_view text) {
  const Lines lines = read(text);
  REQUIRE_FALSE(lines.empty());
  return lines.back().substr(0, 8) == "failed: " ? lines.back().substr(8) : "";
}

}  // namespace

TEST_CASE("csv reader: Wireshark's export") {
  CHECK(read_rows(
            "\"1\",\"0.000000\",\"10.0.0.1\",\"csweb1.cs.uchicago.edu\",\"TCP\",\"78\",\"56064 > 443 [SYN] Seq=0\"\n"
            "\"2\",\"0.004181\",\"csweb1.cs.uchicago.edu\",\"10.0.0.1\",\"MDNS\",\"66\",\"\"\"QM\"\" question, | ; "
            "\"\n") == Lines{"layout ,",
                             "1 0.000000000 10.0.0.1 > csweb1.cs.uchicago.edu TCP 78 56064 > 443 [SYN] Seq=0",
                             "2 0.004181000 csweb1.cs.uchicago.edu > 10.0.0.1 MDNS 66 \"QM\" question, | ; "});
}

TEST_CASE("csv reader: delimiters, byte order mark and line ends") {
  const Lines rows = {"1 0.500000000 a > b TCP 60 x", "2 1.000000000 b > a TCP 61 y"};
  const auto with = [&](const char* layout) { return Lines{layout, rows[0], rows[1]}; };
  CHECK(read("No.;Time;Source;Destination;Protocol;Length;Info\r\n1;0,5;a;b;TCP;60;x\r\n2;1,0;b;a;TCP;61;y") ==
        with("layout ;"));
  CHECK(read("No.\tTime\tSource\tDestination\tProtocol\tLength\tInfo\n1\t0.5\ta\tb\tTCP\t60\tx\n2\t1."
             "0\tb\ta\tTCP\t61\ty\n") == with("layout tab"));
  CHECK(read("\xEF\xBB\xBF\r\n\n\"No.\",Time,Source,Destination,Protocol,Length,Info\n1,\"0,5\",a,b,TCP,60,x\n\n2,1.0,"
             "b,a,TCP,61,y\n\r\n") == with("layout ,"));
}

TEST_CASE("csv reader: columns in any order, case and number") {
  CHECK(
      read("LENGTH,info,TIME,Delta_time,Src_port,destination,source,Dst_port,note\n60,x,0.5,0.1,443,b,a,51000,hi\n") ==
      Lines{"layout ,, extra Delta_time, extra Src_port, extra Dst_port, extra note",
            "missing-column: This csv has no column Protocol. Not known without: the protocols.",
            "0 0.500000000 a > b  60 x ports 443 51000"});
  CHECK(read("frame.number\tframe.time_epoch\tip.src\tip.dst\t_ws.col.Protocol\tframe.len\t_ws.col.Info\n"
             "7\t1664370469.340190123\t10.0.0.1\t10.0.0.2\tTCP\t60\tx\n") ==
        Lines{"layout tab", "7 1664370469.340190123 10.0.0.1 > 10.0.0.2 TCP 60 x"});
  CHECK(
      read("Time,Length\n0.5,60\n") ==
      Lines{"layout ,",
            "missing-column: This csv has no column Source, Destination, Protocol, Info. Not known without: who sent a "
            "packet to whom, conversations, round trips and losses; the protocols; round trips, retransmissions and "
            "losses.",
            "0 0.500000000  >   60 "});
}

TEST_CASE("csv reader: the best of several time columns is taken") {
  const auto time_of = [](std::string_view header, std::string_view row) {
    const Lines lines =
        read(std::string(header) + ",Length,Source,Destination,Protocol,Info\n" + std::string(row) + ",60,a,b,c,d\n");
    return lines.back().substr(0, 13);
  };
  CHECK(time_of("Delta_time,Time", "0.1,5.5") == "0 5.500000000");
  CHECK(time_of("Time,Time", "1.5,2.5") == "0 1.500000000");
  CHECK(time_of("frame.time_relative,frame.time_delta", "1.5,2.5") == "0 1.500000000");
  csv::CsvReader reader;
  ReaderNotes deltas({"Time delta from previous captured frame,Length\n0.1,60\n"});
  CHECK(deltas.reader.layout().time_is_delta);
}

TEST_CASE("csv reader: a file without the needed columns says which") {
  const std::string how =
      ". Export it in Wireshark with File > Export Packet Dissections > As CSV, which writes No., Time, Source, "
      "Destination, Protocol, Length and Info with their titles in the first line.";
  CHECK(failure("\"1\",\"0.000000\",\"10.0.0.1\",\"10.0.0.2\",\"TCP\",\"78\",\"x\"\n") ==
        "This csv's first line does not name the columns Time and Length. Found: \"1\", \"0.000000\", \"10.0.0.1\", "
        "\"10.0.0.2\", \"TCP\", \"78\", \"x\"" +
            how);
  CHECK(failure("Time,Temperature\n0.5,20\n") ==
        "This csv's first line does not name the column Length. Found: \"Time\", \"Temperature\"" + how);
  CHECK(failure("No.,Length\n1,60\n") ==
        "This csv's first line does not name the column Time. Found: \"No.\", \"Length\"" + how);
  CHECK(failure("name;age;<img onerror=alert(1)>\nJo;12;x\n") ==
        "This csv's first line does not name the columns Time and Length. Found: \"name\", \"age\", "
        "\"<img onerror=alert(1)>\"" +
            how);
  CHECK(failure("just a text\nof two lines\n") ==
        "This is no csv of packets: its first line does not name columns divided by commas, semicolons or tabs. Found: "
        "\"just a text\".");
}

TEST_CASE("csv reader: an empty file, and one whose first line does not end") {
  CHECK(failure("") == "This file is empty: it has not even a line with the names of the columns.");
  CHECK(failure("\r\n\n") == "This file is empty: it has not even a line with the names of the columns.");
  CHECK(failure("\"No.\",\"Time,Length") ==
        "This is no csv of packets: its first line has a quote that nothing closes.");
  const ReaderNotes endless({std::string(65'000, ','), std::string(65'000, ',')});
  CHECK(endless.reader.failure() ==
        "This is no csv of packets: its first line does not name columns divided by commas, semicolons or tabs. Found: "
        "\"" +
            std::string(40, ',') + "…\".");
}

TEST_CASE("csv reader: bad rows are named by line and skipped") {
  const std::string good = "3,0.5,a,b,TCP,60,x\n";
  const auto bad = [&](const std::string& row) {
    const Lines lines = read_rows(row + good);
    REQUIRE(lines.size() == 3);
    CHECK(lines[2] == "3 0.500000000 a > b TCP 60 x");
    return lines[1];
  };
  CHECK(bad("1,0.5,a,b,TCP,60\n") == "bad-row: Line 2 was skipped: 6 fields where the first line names 7.");
  CHECK(bad("1,0.5,a,b,TCP,60,\"x\",y\n") ==
        "bad-row: Line 2 was skipped: 8 fields where the first line names 7: a cell without quotes holds what divides "
        "cells. Wireshark's As CSV and tshark's option -E quote=d put cells into quotes.");
  CHECK(bad("1,soon,a,b,TCP,60,x\n") == "bad-row: Line 2 was skipped: its Time \"soon\" is no time.");
  CHECK(read_rows(good + "1,,a,b,TCP,60,x\n")[2] == "bad-row: Line 3 was skipped: its Time \"\" is no time.");
  CHECK(bad("1,0.5,a,b,TCP,-60,x\n") == "bad-row: Line 2 was skipped: its Length \"-60\" is no number of bytes.");
  CHECK(bad("1,0.5,a,b,TCP,,x\n") == "bad-row: Line 2 was skipped: its Length \"\" is no number of bytes.");
  CHECK(bad("1,0.5,a,b,TCP,4294967296,x\n") ==
        "bad-row: Line 2 was skipped: its Length \"4294967296\" is no number of bytes.");
  CHECK(read_rows(good + "\n\"4\",\"1.5\n\",\"a\"\n" + good)[2] ==
        "bad-row: Line 4 was skipped: 3 fields where the first line names 7.");
  CHECK(read_rows(good + "4,2022-09-28 13:07:49,a,b,TCP,60,x\n")[2] ==
        "bad-row: Line 3 was skipped: its Time \"2022-09-28 13:07:49\" is a date, unlike the first row's, seconds "
        "since the start.");
}

TEST_CASE("csv reader: the first time tells what seconds count from") {
  const auto time_of_second = [](const char* first, const char* second) {
    const Lines lines = read_rows("1," + std::string(first) + ",a,b,c,60,x\n2," + second + ",a,b,c,60,x\n");
    return lines.back().substr(0, lines.back().find(" a"));
  };
  CHECK(time_of_second("0.0", "1664370469.5") == "2 1664370469.500000000");
  CHECK(time_of_second("1664370469.5", "0.0") == "2 0.000000000");
}

TEST_CASE("csv reader: numbers as scripts leave them") {
  CHECK(read_rows("1.0,0.5,a,b,TCP,1440.0,x\n")[1] == "1 0.500000000 a > b TCP 1440 x");
  CHECK(read_rows("one, 0.5 ,a,b,TCP, 60 ,x\n")[1] == "0 0.500000000 a > b TCP 60 x");
}

TEST_CASE("csv reader: a file that was cut off") {
  const std::string row = "\"1\",\"0.5\",\"a\",\"b\",\"TCP\",\"60\",\"x\"\n";
  CHECK(
      read_rows(row + "\"2\",\"0.6\",\"a\",\"b\",\"TC") ==
      Lines{
          "layout ,", "1 0.500000000 a > b TCP 60 x",
          "unterminated-quote: The file ends within quotes that the row at line 3 opens: it was cut off, or a quote is "
          "missing. That row was skipped."});
  CHECK(read_rows(row + "\"2\",\"0.6\"").back() ==
        "bad-row: Line 3 was skipped: 2 fields where the first line names 7.");
}

TEST_CASE("csv reader: bytes that are no text are kept") {
  const std::string odd("\0\xFF\xC3(\x1B", 5);
  CHECK(read_rows("1,0.5,a,b,TCP,60," + odd + "\n")[1] == "1 0.500000000 a > b TCP 60 " + odd);
  CHECK(read_rows("1,0.5," + odd + ",\"" + odd + "\"\"\",TCP,60,x\n")[1] ==
        "1 0.500000000 " + odd + " > " + odd + "\" TCP 60 x");
}

TEST_CASE("csv reader: the texts of one row stay apart when all of them must be unescaped") {
  const std::string quote = "\"\"\"q\"\"\"";
  CHECK(read_rows("1,0.5," + quote + "," + quote + "," + quote + ",60," + quote + "\n")[1] ==
        "1 0.500000000 \"q\" > \"q\" \"q\" 60 \"q\"");
  // Read as its quotes stand, though nothing is doubled in it: a closing quote with text behind it.
  CHECK(read_rows("1,0.5,\"a\"b,\"c\"d,\"TC\"P,60,\"e\"f\n")[1] == "1 0.500000000 ab > cd TCP 60 ef");
}

TEST_CASE("csv reader: a row's cells are read again for showing it") {
  csv::CsvReader reader;
  ReaderNotes notes({"Info,Time,comment,Length\n"});
  csv::RowCells cells;
  const auto shown = [&](std::string_view row) {
    csv::read_row_cells(Bytes::of(row), notes.reader.layout(), cells);
    return Lines{cells[csv::Column::time], cells[csv::Column::info], cells[csv::Column::source], cells.extra[0]};
  };
  CHECK(shown("\"a \"\"b\"\", c\",0.5,\"two\nlines\",60") == Lines{"0.5", "a \"b\", c", "", "two\nlines"});
  CHECK(shown("only,0.7") == Lines{"0.7", "only", "", ""});
  CHECK(shown("") == Lines{"", "", "", ""});
  CHECK(shown("x,\"cut") == Lines{"cut", "x", "", ""});
}

}  // namespace tracedrop::test
