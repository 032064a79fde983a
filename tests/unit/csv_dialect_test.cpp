// The same packets, written as Wireshark, tshark, spreadsheets, scripts and shells write them: each file must give the
// same trace, in whatever pieces it comes, and each row must be found again in the file's own bytes.
#include <memory>
#include <sstream>

#include "base/text.h"
#include "csv_fixtures.h"

namespace tracedrop::test {
namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;
using Cell = std::function<std::string(const std::string&)>;

const Row kTitles = {"No.", "Time", "Source", "Destination", "Protocol", "Length", "Info"};
const Rows kPackets = {
    {"1", "0.000000", "10.0.0.1", "10.0.0.2", "TCP", "58", "5000 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460"},
    {"2", "0.023457", "10.0.0.2", "10.0.0.1", "TCP", "58", "80 → 5000 [SYN, ACK] Seq=0 Ack=1 Win=64240 Len=0 MSS=1460"},
    {"3", "0.023900", "10.0.0.1", "10.0.0.2", "TCP", "54", "5000 → 80 [ACK] Seq=1 Ack=1 Win=64240 Len=0"},
    {"4", "0.024500", "10.0.0.1", "10.0.0.2", "HTTP", "1321", "GET /\"a\", b, HTTP/1.1"},
    {"5", "0.395937", "10.0.0.2", "10.0.0.1", "MDNS", "91", "Standard query 0x0000 PTR x.local, \"QM\" question"},
};

std::string as_is(const std::string& cell) { return cell; }
std::string doubled(const std::string& cell) { return in_quotes(cell); }
std::string bare(const std::string& cell) { return "\"" + cell + "\""; }

std::string line(const Row& row, const std::string& delimiter, const Cell& write, const std::string& end) {
  std::string out;
  for (size_t i = 0; i < row.size(); ++i) out += (i > 0 ? delimiter : "") + write(row[i]);
  return out + end;
}

std::string file(const Rows& rows, const std::string& delimiter = ",", const Cell& write = doubled,
                 const std::string& end = "\n", const Row& titles = kTitles) {
  std::string out = line(titles, delimiter, write, end);
  for (const Row& row : rows) out += line(row, delimiter, write, end);
  return out;
}

Rows with(size_t column, const std::function<std::string(const std::string&)>& change) {
  Rows rows = kPackets;
  for (Row& row : rows) row[column] = change(row[column]);
  return rows;
}

std::string utf16(std::string_view text, bool big_endian, bool has_mark = true) {
  std::string out;
  const auto put = [&](uint32_t unit) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  };
  if (has_mark) put(0xFEFF);
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    if (byte < 0x80) {
      put(byte);
    } else {  // three bytes, as the arrow has
      put((byte & 0xFU) << 12 | (static_cast<uint8_t>(text[i + 1]) & 0x3FU) << 6 |
          (static_cast<uint8_t>(text[i + 2]) & 0x3FU));
      i += 2;
    }
  }
  return out;
}

/// "10.0.0.1 > 10.0.0.2 TCP 58 at 0.000000: 5000 → 80 …" for each packet, from the trace and from the file's bytes.
std::string told(const Built& built, std::string_view bytes) {
  std::string out;
  csv::RowCells cells;
  const trace::Trace& trace = built.trace;
  for (dissect::PacketIndex i = 0; i < trace.size(); ++i) {
    const dissect::Row row = trace.columns.row(i);
    REQUIRE(Bytes::of(bytes).has(static_cast<size_t>(row.offset), row.cap_len));
    csv::read_row_cells(Bytes::of(bytes).sub(static_cast<size_t>(row.offset), row.cap_len), built.builder.layout(),
                        cells);
    out +=
        cells[csv::Column::source] + " > " + cells[csv::Column::destination] + " " + cells[csv::Column::protocol] + " ";
    append_number(out, row.wire_len);
    append_seconds(out += " at ", row.ts_ns - trace.columns.ts_ns(0), 6);
    out += ": " + cells[csv::Column::info] + "\n";
  }
  for (const Warning& warning : trace.warnings.list())
    if (warning.severity != Severity::note) out += warning.code + ": " + warning.text + "\n";
  return out + built.builder.failure();
}

std::string read(const std::string& bytes) {
  const std::string whole = told(Built(bytes), bytes);
  for (const size_t piece : {size_t{1}, size_t{2}, size_t{3}, size_t{7}, size_t{64}, size_t{1000}})
    REQUIRE(told(Built(bytes, piece), bytes) == whole);
  return whole;
}

const std::string& expected() {
  static const std::string text = [] {
    std::string out;
    for (const Row& row : kPackets)
      out += row[2] + " > " + row[3] + " " + row[4] + " " + row[5] + " at " + row[1] + ": " + row[6] + "\n";
    return out;
  }();
  return text;
}

csv::CsvLayout layout_of(const std::string& bytes) { return Built(bytes).builder.layout(); }

}  // namespace

TEST_CASE("csv dialect: delimiters, said or found") {
  CHECK(read(file(kPackets)) == expected());
  for (const char* delimiter : {";", "\t", "|", "^", "~", "\x1F", "!"}) {
    INFO(delimiter);
    CHECK(read(file(kPackets, delimiter)) == expected());
    CHECK(layout_of(file(kPackets, delimiter)).dialect.delimiter == static_cast<uint8_t>(delimiter[0]));
  }
  CHECK(read("sep=;\r\n" + file(kPackets, ";", doubled, "\r\n")) == expected());
  CHECK(read("\xEF\xBB\xBF\"sep=|\"\n" + file(kPackets, "|")) == expected());
  CHECK(read("SEP=\\t\n" + file(kPackets, "\t", as_is)) == expected());
  CHECK(layout_of("sep=;\n" + file(kPackets, ";")).lines_before_titles == 1);
}

TEST_CASE("csv dialect: quotes") {
  const auto single = [](const std::string& cell) { return "'" + cell + "'"; };
  CHECK(read(line(kTitles, ",", as_is, "\n") +
             file(kPackets, ",", single).substr(line(kTitles, ",", single, "\n").size())) == expected());
  CHECK(layout_of(file(kPackets, ",", single)).dialect.quote == '\'');
  const auto single_doubled = [](const std::string& cell) {
    std::string out = "'";
    for (const char c : cell) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
  };
  const Rows apostrophes = with(6, [](const std::string& info) { return info + ", it's 'so'"; });
  CHECK(read(file(apostrophes, ",", single_doubled)).find("question, it's 'so'\n") != std::string::npos);
  CHECK(read(file(apostrophes, ",", single)).find("question, it's 'so'\n") != std::string::npos);
}

TEST_CASE("csv dialect: quotes within a cell that are not doubled (tshark up to 4.0)") {
  CHECK(read(file(kPackets, ",", bare)) == expected());
  CHECK(layout_of(file(kPackets, ",", bare)).dialect.quoting == csv::Quoting::bare);
  // Behind the lines that tell the dialect: the row alone shows it.
  Rows late(1000, kPackets[2]);
  late.push_back(kPackets[4]);
  const std::string bytes = file(late, ",", bare);
  REQUIRE(layout_of(bytes).dialect.quoting == csv::Quoting::doubled);
  const Built built(bytes);
  CHECK(built.trace.size() == 1001);
  CHECK(built.trace.warnings.list().empty());
  CHECK(told(built, bytes).find("PTR x.local, \"QM\" question\n") != std::string::npos);
  // A quote that swallows the rows behind it.
  late.insert(late.begin() + 500, {"0", "0.1", "a", "b", "TCP", "60", "\"x,"});
  const std::string swallowing = file(late, ",", bare);
  CHECK(Built(swallowing).trace.size() == 1002);
}

TEST_CASE("csv dialect: no quotes, and a backslash before what divides (tshark from 4.2 on)") {
  const auto escaped = [](const std::string& cell) {
    std::string out;
    for (const char c : cell) out += c == ',' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out;
  };
  CHECK(read(file(kPackets, ",", escaped)) == expected());
  CHECK(layout_of(file(kPackets, ",", escaped)).dialect.quoting == csv::Quoting::backslash);
  CHECK(read(file(with(6, [](const std::string& info) { return info + "\\ \\n,"; }), ",", escaped))
            .find("question\\ \\n,\n") != std::string::npos);
  // Info in the middle of the row does not matter.
  const auto moved = [](Row row) {
    std::rotate(row.begin() + 5, row.begin() + 6, row.end());
    return row;
  };
  Rows rows;
  for (const Row& row : kPackets) rows.push_back(moved(row));
  CHECK(read(file(rows, ",", escaped, "\n", moved(kTitles))) == expected());
  CHECK(Built("Time,Length,Info\n0.5,60,a\\\"b\\tc\\nd\\,e\n").builder.layout().dialect.quoting ==
        csv::Quoting::backslash);
}

TEST_CASE("csv dialect: no quotes, commas within Info (tshark up to 4.0)") {
  CHECK(read(file(kPackets, ",", as_is)) == expected());
  const std::string middle = read("Time,Info,Length,Source\n0.5,plain,60,a\n0.6,with, comma,61,b\n");
  CHECK(middle.find("Line 3 was skipped: 5 fields where the first line names 4") != std::string::npos);
  CHECK(middle.find("-E quote=d") != std::string::npos);
}

TEST_CASE("csv dialect: frame.time without quotes takes two fields of every row") {
  const auto date = [](const std::string& time) { return "Nov 14, 2023 22:13:2" + time + "000 UTC"; };
  for (size_t place = 0; place < 6; ++place) {
    Rows rows;
    Row titles = {"No.", "Source", "Destination", "Protocol", "Length"};
    titles.insert(titles.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(place, 5)), "frame.time");
    for (const Row& packet : kPackets) {
      Row row = {packet[0], packet[2], packet[3], packet[4], packet[5]};
      row.insert(row.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(place, 5)), date(packet[1]));
      rows.push_back(row);
    }
    const Built built(file(rows, ",", as_is, "\n", titles));
    INFO("frame.time is field " << place);
    REQUIRE(built.trace.size() == 5);
    CHECK(built.trace.columns.ts_ns(4) - built.trace.columns.ts_ns(0) == 395'937'000);
    CHECK(built.trace.columns.wire_len(3) == 1321);
  }
  CHECK(read(file(with(1, date), ",", as_is)) == expected());
}

TEST_CASE("csv dialect: blanks beside delimiters") {
  CHECK(read(file(kPackets, ", ")) == expected());
  CHECK(read(file(kPackets, " , ")) == expected());
  CHECK(read(file(with(6, [](const std::string&) { return "x"; }), ", ", as_is)).find("10.0.0.1 > 10.0.0.2 TCP 58") ==
        0);
}

TEST_CASE("csv dialect: lines before the titles") {
  for (const char* before :
       {"Wireshark export of eth0\n\n", "Lab 3, group 4\nTime: noon\n", "\"quoted, line\"\r\n\r\n\r\n"}) {
    INFO(before);
    CHECK(read(before + file(kPackets)) == expected());
  }
  CHECK(layout_of("one\n\ntwo\n" + file(kPackets)).lines_before_titles == 3);
  const Built built("a title\n\n" + file(kPackets) + "6,soon,a,b,TCP,60,x\n");
  REQUIRE(built.trace.warnings.list().size() == 1);
  CHECK(built.trace.warnings.list()[0].text == "Line 9 was skipped: its Time \"soon\" is no time.");
}

TEST_CASE("csv dialect: UTF-16, with and without a mark") {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string text = file(kPackets, ",", doubled, end);
    CHECK(read(utf16(text, false)) == expected());
    CHECK(read(utf16(text, true)) == expected());
    CHECK(read(utf16(text, false, false)) == expected());
    CHECK(read(utf16(text, true, false)) == expected());
  }
  CHECK(read(utf16(file(kPackets, "\t", as_is, "\r\n"), false)) == expected());
  CHECK(read(utf16(file(kPackets, ",", bare), false)) == expected());
  CHECK(layout_of(utf16(file(kPackets), true)).dialect.encoding == csv::Encoding::utf16_be);
  // Longer than what is looked at first, and cut in the middle of a character.
  Rows many;
  for (int i = 0; i < 400; ++i) many.insert(many.end(), kPackets.begin(), kPackets.end());
  const std::string bytes = utf16(file(many), false);
  for (const size_t piece : {size_t{4093}, size_t{200'001}}) {
    const Built built(bytes, piece);
    REQUIRE(built.trace.size() == 2000);
    CHECK(told(built, bytes).find(expected().substr(0, 80)) == 0);
  }
  CHECK(Built(bytes.substr(0, bytes.size() - 7)).trace.size() == 1999);
}

TEST_CASE("csv dialect: line ends of all kinds") {
  CHECK(read(file(kPackets, ",", doubled, "\r")) == expected());
  CHECK(read(file(kPackets, ",", as_is, "\r")) == expected());
  CHECK(read(file(kPackets, ",", bare, "\r")) == expected());
  CHECK(read(file(kPackets, ",", doubled, "\r\r\n")) == expected());
  std::string mixed = line(kTitles, ",", doubled, "\r\n");
  for (size_t i = 0; i < kPackets.size(); ++i) mixed += line(kPackets[i], ",", doubled, i % 2 == 0 ? "\r" : "\n");
  CHECK(read(mixed) == expected());
  // CR alone from somewhere behind the lines that tell the dialect.
  Rows many(1500, kPackets[2]);
  std::string late = file(many);
  REQUIRE(late.size() > 65'536);
  for (const Row& row : kPackets) late += line(row, ",", doubled, "\r");
  CHECK(Built(late).trace.size() == 1505);
  // Lines are counted as editors count them.
  const Built built(file(kPackets, ",", doubled, "\r") + "6,soon,a,b,TCP,60,x\r");
  CHECK(built.trace.warnings.list().at(0).text == "Line 7 was skipped: its Time \"soon\" is no time.");
}

TEST_CASE("csv dialect: zero bytes that an interrupted write leaves") {
  const std::string text = file(kPackets);
  CHECK(read(text + std::string(5000, '\0')) == expected());
  CHECK(read(text.substr(0, text.size() - 1) + std::string(50, '\0')) == expected());
  const size_t third = text.find("\"3\"");
  CHECK(read(text.substr(0, third) + std::string(700, '\0') + text.substr(third)) == expected());
  const std::string far = text.substr(0, third) + std::string(3 << 20, '\0') + text.substr(third);
  for (const size_t piece : {size_t{4096}, size_t{1} << 20, SIZE_MAX}) {
    const Built built(far, piece);
    CHECK(told(built, far) == expected());
    REQUIRE(built.trace.warnings.has("zero-bytes"));
  }
  CHECK(read(utf16(text, false) + std::string(3000, '\0')) == expected());
}

TEST_CASE("csv dialect: delimiters at the end of rows, or of the titles") {
  const std::string text = file(kPackets);
  std::string rows_only, all, titles_only;
  std::istringstream lines(text);
  bool is_first = true;
  for (std::string one; std::getline(lines, one); is_first = false) {
    rows_only += one + (is_first ? "\n" : ",\n");
    all += one + ",,\n";
    titles_only += one + (is_first ? ",\n" : "\n");
  }
  CHECK(read(rows_only) == expected());
  CHECK(layout_of(rows_only).rows_end_with_delimiter);
  CHECK(read(all) == expected());
  CHECK(read(titles_only) == expected());
  CHECK_FALSE(layout_of(titles_only).rows_end_with_delimiter);
}

TEST_CASE("csv dialect: lengths as people write them") {
  const auto lengths = [](const std::string& thousands, const std::string& unit) {
    return with(5, [&](std::string text) {
      if (text.size() > 3) text.insert(text.size() - 3, thousands);
      return text + unit;
    });
  };
  for (const char* thousands : {",", ".", " ", "'", "\xE2\x80\x99", "\xC2\xA0", "\xE2\x80\xAF"})
    for (const char* unit : {"", " bytes", " B", "B", " Bytes"}) {
      INFO(thousands << unit);
      CHECK(read(file(lengths(thousands, unit))) == expected());
    }
  CHECK(read(file(lengths("", ".0"))) == expected());
  CHECK(read(file(lengths("", ",0"), ";")) == expected());
  CHECK(std::string(layout_of(file(lengths("'", " bytes"))).length.thousands) == "'");
  CHECK(layout_of(file(lengths("'", " bytes"))).length.has_unit);
  // With three zeros behind every point these are decimals; beside a length without a point they are thousands.
  const auto of = [](const char* rows) { return read(std::string("Time,Length,Info\n") + rows); };
  CHECK(of("0.1,60.000,x\n").find(" 60 at") != std::string::npos);
  CHECK(of("0.1,60.000,x\n0.2,75,x\n").find(" 60000 at") != std::string::npos);
}

TEST_CASE("csv dialect: addresses and ports in columns side by side, of which a row fills one pair") {
  const std::string bytes =
      "frame.time_epoch,ip.src,ip.dst,ipv6.src,ipv6.dst,frame.len,tcp.srcport,tcp.dstport,udp.srcport,udp.dstport\n"
      "1700000000.0,10.0.0.1,10.0.0.2,,,60,5000,80,,\n"
      "1700000000.1,,,2001:db8::1,2001:db8::2,61,,,5353,53\n"
      "1700000000.2,\"10.0.0.1,192.0.2.9\",\"10.0.0.2,192.0.2.8\",,,62,5000,80,,\n";
  const Built built(bytes);
  CHECK(told(built, bytes) ==
        "10.0.0.1 > 10.0.0.2  60 at 0.000000: \n"
        "2001:db8::1 > 2001:db8::2  61 at 0.100000: \n"
        "10.0.0.1 > 10.0.0.2  62 at 0.200000: \n");
  const auto& conversations = built.trace.findings.conversations;
  REQUIRE(conversations.size() == 2);
  CHECK(conversations[0].port == std::array<uint16_t, 2>{5000, 80});
  CHECK(conversations[1].port == std::array<uint16_t, 2>{5353, 53});
}

TEST_CASE("csv dialect: titles in many words") {
  const std::vector<Row> titles = {
      {"frame.number", "frame.time_relative", "ip.src", "ip.dst", "_ws.col.Protocol", "frame.len", "_ws.col.Info"},
      {"_ws.col.No.", "_ws.col.Time", "_ws.col.Source", "_ws.col.Destination", "_ws.col.Protocol", "_ws.col.Length",
       "_ws.col.Info"},
      {"_ws.col.number", "_ws.col.cls_time", "_ws.col.def_src", "_ws.col.def_dst", "_ws.col.protocol",
       "_ws.col.packet_length", "_ws.col.info"},
      {"Frame Number", "Time since reference or first frame", "Source Address", "Destination Address", "Protocol",
       "Frame Length", "Info"},
      {"Number", "Time since first frame in this capture", "Source", "Destination", "Protocol",
       "Frame length on the wire", "Information"},
      {"no", "time_s", "src ip", "dst ip", "protocol", "length_bytes", "info"},
      {"#", "Time (s)", "srcIP", "dstIP", "Proto", "Length (bytes)", "Details"},
      {"Packet", "Elapsed time [seconds]", "Src addr (resolved)", "Dest addr (resolved)", "Protocol", "packet_size",
       "Description"},
      {"Nr.", "Zeit", "Quelle", "Ziel", "Protokoll", "Länge", "Info"},
      {"#", "t", "from", "to", "protocol", "bytes", "info"},
      {"#", "t [s]", "from", "to", "protocol", "bytes", "info"},
  };
  for (const Row& row : titles) {
    INFO(row[1]);
    CHECK(read(file(kPackets, ",", doubled, "\n", row)) == expected());
    CHECK(layout_of(file(kPackets, ",", doubled, "\n", row)).title(csv::Column::time) == row[1]);
    CHECK(layout_of(file(kPackets, ",", doubled, "\n", row)).extra_names.empty());
  }
}

TEST_CASE("csv dialect: a file without Length tells everything else") {
  Rows rows = kPackets;
  Row titles = kTitles;
  for (Row& row : rows) row.erase(row.begin() + 5);
  titles.erase(titles.begin() + 5);
  const Built built(file(rows, ",", doubled, "\n", titles));
  CHECK(built.trace.size() == 5);
  CHECK(built.trace.unknown.sizes.find("no column Length") != std::string::npos);
  CHECK_FALSE(built.builder.layout().has_sizes());
  CHECK(built.trace.findings.conversations[0].syn == 0);
}

TEST_CASE("csv dialect: titles and not a row") {
  for (const std::string& bytes : {file({}), utf16(file({}), false), "sep=,\n" + file({})}) {
    const Built built(bytes);
    CHECK(built.trace.size() == 0);
    REQUIRE(built.trace.warnings.list().size() == 1);
    CHECK(built.trace.warnings.list()[0].text.find("This csv holds no rows") == 0);
  }
}

}  // namespace tracedrop::test
