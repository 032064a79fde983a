// Rows and fields, compared with the slow splitter over made-up texts, however they are cut.
#include <random>

#include "csv/scan.h"
#include "csv_fixtures.h"

namespace tracedrop::test {
namespace {

using Broken = std::vector<std::string>;

Fields only_row(const std::string& text, char delimiter = ',') {
  const SplitNotes notes({text}, delimiter);
  REQUIRE(notes.rows.size() == 1);
  return notes.rows[0].fields;
}

/// Texts dense in everything that matters, of up to a few blocks of 64 bytes.
std::string made_up_text(std::mt19937& random, size_t most) {
  static constexpr std::string_view kPieces[] = {"\"",
                                                 "\"\"",
                                                 ",",
                                                 "\n",
                                                 "\r\n",
                                                 "a",
                                                 "bc",
                                                 " ",
                                                 ";",
                                                 "\t",
                                                 "\",\"",
                                                 "\"\n\"",
                                                 "long enough to cross a block of bytes ",
                                                 "\xC3\xA9"};
  std::string text;
  const size_t size = random() % most;
  // Some texts have few quotes, as real files do.
  const bool quoted = random() % 3 != 0;
  while (text.size() < size) {
    const std::string_view piece = kPieces[random() % std::size(kPieces)];
    if (quoted || piece.find('"') == piece.npos || random() % 16 == 0) text += piece;
  }
  return text;
}

/// A Wireshark-like row, with an Info that needs quoting.
std::string made_up_packet(std::mt19937& random) {
  std::string row = "\"" + std::to_string(random() % 100000) + "\",\"0." + std::to_string(random() % 1000000) + "\",\"";
  if (random() % 4 == 0) row += "a \"\"quoted\"\" name, with | and ; ";
  row += std::string(random() % 90, 'x') + "\",\"\"";
  if (random() % 8 == 0) row += ",\"two\nlines\"";
  return row + (random() % 2 == 0 ? "\n" : "\r\n");
}

}  // namespace

TEST_CASE("csv: fields are split at delimiters outside quotes") {
  CHECK(only_row("a,b,c\n") == Fields{"a", "b", "c"});
  CHECK(only_row("a;b,c\n", ';') == Fields{"a", "b,c"});
  CHECK(only_row("a\tb\r\n", '\t') == Fields{"a", "b"});
  CHECK(only_row("\"a,b\",\"c\nd\"\n") == Fields{"a,b", "c\nd"});
  CHECK(only_row(",,\n") == Fields{"", "", ""});
  CHECK(only_row("\"\",\"\"") == Fields{"", ""});
  CHECK(only_row("no line end") == Fields{"no line end"});
}

TEST_CASE("csv: a doubled quote is a quote, a misplaced one is text") {
  CHECK(only_row("\"say \"\"hi\"\"\",b\n") == Fields{"say \"hi\"", "b"});
  CHECK(only_row("\"\"\"\"\n") == Fields{"\""});
  CHECK(only_row("say \"hi, b\",c\n") == Fields{"say \"hi", " b\"", "c"});
  CHECK(only_row("\"a\"b,c\n") == Fields{"ab", "c"});
  CHECK(only_row("\"a\"b\"c,d\n") == Fields{"ab\"c", "d"});
  CHECK(only_row("a, \"b\"\n") == Fields{"a", " \"b\""});
}

TEST_CASE("csv: rows know their place and their first line") {
  const std::string text = "a\r\n\r\n\"b\n\n\"\nc";
  every_fragmentation(text, [](const std::vector<std::string>& pieces) {
    const SplitNotes notes(pieces);
    REQUIRE(notes.rows ==
            std::vector<SplitRow>{{{"a"}, 0, 1, "a"}, {{"b\n\n"}, 5, 3, "\"b\n\n\""}, {{"c"}, 11, 6, "c"}});
  });
}

TEST_CASE("csv: the fast splitter agrees with the slow one") {
  std::mt19937 random(7);
  int compared = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = made_up_text(random, 300);
    const char delimiter = ",;\t"[random() % 3];
    const std::vector<SplitRow> expected = split_slowly(text, delimiter);
    // Where a text ends within quotes, the fast one goes on at the next line: see below.
    const SplitNotes whole({text}, delimiter);
    if (!whole.broken.empty()) continue;
    ++compared;
    INFO(text);
    REQUIRE(whole.rows == expected);
    const size_t cut = text.empty() ? 0 : random() % text.size();
    REQUIRE(SplitNotes({text.substr(0, cut), text.substr(cut)}, delimiter).rows == expected);
  }
  CHECK(compared > 2000);
}

TEST_CASE("csv: rows do not depend on how the file is cut") {
  std::mt19937 random(11);
  for (int round = 0; round < 120; ++round) {
    std::string text = made_up_text(random, 260);
    if (round % 2 == 0) text = made_up_packet(random) + made_up_packet(random) + made_up_packet(random);
    const SplitNotes whole({text});
    INFO(text);
    every_fragmentation(text, [&](const std::vector<std::string>& pieces) {
      const SplitNotes notes(pieces);
      REQUIRE(notes.rows == whole.rows);
      REQUIRE(notes.broken == whole.broken);
    });
  }
}

TEST_CASE("csv: quotes that nothing closes cost one row") {
  const std::string text = "a,b\n\"c,d\ne,f\ng,h\n";
  every_fragmentation(text, [](const std::vector<std::string>& pieces) {
    const SplitNotes notes(pieces);
    REQUIRE(notes.broken == Broken{"unterminated: line 2 at 4"});
    REQUIRE(notes.rows ==
            std::vector<SplitRow>{{{"a", "b"}, 0, 1, "a,b"}, {{"e", "f"}, 9, 3, "e,f"}, {{"g", "h"}, 13, 4, "g,h"}});
  });
  CHECK(SplitNotes({"a\n\"cut o"}).broken == Broken{"unterminated: line 2 at 2"});
}

TEST_CASE("csv: a row without end is given up") {
  const std::string quoted = "a,b\n\"c,d\n" + std::string(csv::kMaxRowBytes, 'x') + "\ne,f\n";
  const std::string unquoted = "a,b\n" + std::string(csv::kMaxRowBytes + 1, 'x') + "\ne,f\n";
  const std::string longest = "a,b\n" + std::string(csv::kMaxRowBytes, 'x') + "\ne,f\n";
  for (const size_t piece : {SIZE_MAX, size_t{1} << 16, size_t{999'983}}) {
    INFO("pieces of " << piece);
    const auto pieces = [&](const std::string& text) {
      std::vector<std::string> all;
      for (size_t at = 0; at < text.size(); at += std::min(piece, text.size() - at))
        all.push_back(text.substr(at, piece));
      return all;
    };
    const SplitNotes lost_line(pieces(quoted));
    REQUIRE(lost_line.broken == Broken{"too long: line 2 at 4"});
    REQUIRE(lost_line.rows.size() == 3);
    CHECK(lost_line.rows[1].line == 3);
    CHECK(lost_line.rows[1].offset == 9);
    CHECK(lost_line.rows[2] == SplitRow{{"e", "f"}, 10 + csv::kMaxRowBytes, 4, "e,f"});

    const SplitNotes lost_row(pieces(unquoted));
    REQUIRE(lost_row.broken == Broken{"too long: line 2 at 4"});
    REQUIRE(lost_row.rows.size() == 2);
    CHECK(lost_row.rows[1] == SplitRow{{"e", "f"}, 6 + csv::kMaxRowBytes, 3, "e,f"});

    CHECK(SplitNotes(pieces(longest)).broken.empty());
  }
}

TEST_CASE("csv: where rows never end, those that close their quotes on their lines are still read") {
  std::string text;
  constexpr size_t kLines = 40'000;
  for (size_t i = 0; i < kLines; ++i) text += i % 8 == 7 ? "1,2,3\n" : "a\"b,\"\n";
  const SplitNotes whole({text});
  CHECK(whole.broken.size() > kLines * 3 / 4);
  CHECK(whole.rows.size() > kLines / 10);
  CHECK(whole.rows.back() == SplitRow{{"1", "2", "3"}, text.size() - 6, kLines, "1,2,3"});
  for (const size_t piece : {size_t{1} << 16, size_t{999}}) {
    std::vector<std::string> pieces;
    for (size_t at = 0; at < text.size(); at += piece) pieces.push_back(text.substr(at, piece));
    const SplitNotes notes(pieces);
    CHECK(notes.rows == whole.rows);
    CHECK(notes.broken == whole.broken);
  }
}

TEST_CASE("csv: more fields than are placed are still counted") {
  struct Count final : csv::RawRowSink {
    void on_row(const csv::RawRow& row) override { fields = row.fields; }
    void on_broken_row(csv::BrokenRow, uint64_t, uint64_t) override {}
    uint32_t fields = 0;
  } count;
  csv::RowSplitter splitter(csv::Dialect(), 0, 1, count);
  const std::string text(5000, ',');
  splitter.push(Bytes::of(text));
  splitter.finish();
  CHECK(count.fields == 5001);
}

TEST_CASE("csv: every way to scan 64 bytes gives the same bits") {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    uint8_t bytes[csv::kScanBytes];
    for (uint8_t& byte : bytes)
      byte = random() % 2 == 0 ? static_cast<uint8_t>("\",\n\x00\xFF\x22\xAC\x8A"[random() % 8])
                               : static_cast<uint8_t>(random());
    csv::ScanBits expected;
    for (unsigned i = 0; i < csv::kScanBytes; ++i) {
      expected.quote |= uint64_t{bytes[i] == '"'} << i;
      expected.delimiter |= uint64_t{bytes[i] == ','} << i;
      expected.newline |= uint64_t{bytes[i] == '\n'} << i;
    }
    const size_t count = random() % csv::kScanBytes;
    const csv::ScanBits fast = csv::scan64(bytes, ','), words = csv::scan64_words(bytes, ','),
                        tail = csv::scan_tail(bytes, count, ',');
    REQUIRE(fast.quote == expected.quote);
    REQUIRE(fast.delimiter == expected.delimiter);
    REQUIRE(fast.newline == expected.newline);
    REQUIRE(words.quote == expected.quote);
    REQUIRE(words.delimiter == expected.delimiter);
    REQUIRE(words.newline == expected.newline);
    REQUIRE(tail.quote == (expected.quote & ((uint64_t{1} << count) - 1)));
  }
}

}  // namespace tracedrop::test
