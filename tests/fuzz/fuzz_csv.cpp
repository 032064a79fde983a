// What the csv reader must keep to, whatever the bytes: each row stands in the file where it says and is read again as
// it was read first, the pieces in which the file comes make no difference, and a trace's findings name packets that
// exist. So that all of it is reached from few seeds, each input is read as it is, behind titles, and in UTF-16.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/hash.h"
#include "support/look_at_all.h"
#include "trace/csv_builder.h"

namespace tracedrop::fuzz {
namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

class Checker final : public csv::CsvSink {
 public:
  Checker(Bytes file, const csv::CsvReader& reader) : file_(file), reader_(reader) {}

  void on_layout(const csv::CsvLayout& layout) override {
    demand(layout.has(csv::Column::time) && layout.fields > 0);
    demand(layout.extra_fields.size() == layout.extra_names.size());
  }
  void on_row(const csv::CsvRow& row) override {
    demand(file_.has(row.offset, row.size) && row.line >= 1 && row.time.digits <= 9);
    demand(row.offset >= last_end_);
    last_end_ = row.offset + row.size;
    csv::read_row_cells(file_.sub(row.offset, row.size), reader_.layout(), cells_);
    demand(cells_[csv::Column::source] == row.source && cells_[csv::Column::destination] == row.destination);
    demand(cells_[csv::Column::protocol] == row.protocol && cells_[csv::Column::info] == row.info);
    note(row.offset, row.line);
    note(static_cast<uint64_t>(row.time.ns), row.length);
    note(hash_bytes(row.info), row.number);
  }
  void on_warning(Warning warning) override { note(hash_bytes(warning.code + warning.text), warning.offset); }

  uint64_t seen() const { return seen_; }

 private:
  void note(uint64_t a, uint64_t b) { seen_ = hash_mix(seen_ ^ a, b); }

  Bytes file_;
  const csv::CsvReader& reader_;
  csv::RowCells cells_;
  uint64_t seen_ = 0;
  uint64_t last_end_ = 0;
};

template <typename Push>
void push_in_steps(Bytes file, size_t step, Push&& push) {
  for (size_t at = 0; at < file.size(); at += step) {
    const std::string own(file.sub(at, step).text());
    push(Bytes::of(own));
  }
}

uint64_t read_in_steps(Bytes file, size_t step) {
  csv::CsvReader reader;
  Checker checker(file, reader);
  push_in_steps(file, step, [&](Bytes piece) { reader.push(piece, checker); });
  reader.finish(checker);
  return hash_mix(checker.seen(), hash_bytes(reader.failure()));
}

void build(Bytes file, size_t step) {
  const auto trace = std::make_unique<trace::Trace>();
  trace::CsvBuilder builder(*trace);
  push_in_steps(file, step, [&](Bytes piece) { builder.push(piece); });
  builder.finish();
  const uint32_t size = trace->size();
  const auto& findings = trace->findings;
  demand(trace->file_numbers.empty() || trace->file_numbers.size() == size);
  demand(std::is_sorted(trace->time_breaks.begin(), trace->time_breaks.end()));
  demand(trace->time_breaks.empty() || (trace->time_breaks.front() > 0 && trace->time_breaks.back() < size));
  for (uint32_t i = 0; i < size; ++i) {
    const dissect::Row row = trace->columns.row(i);
    demand(row.flow >> 1 < findings.conversations.size() && row.protocol < findings.protocols.size());
    demand(row.link <= size);
  }
  for (const auto& conversation : findings.conversations)
    demand(conversation.address[0] < findings.addresses.size() && conversation.address[1] < findings.addresses.size());
  for (const auto& sample : findings.rtt_samples) demand(sample.segment < sample.ack && sample.ack < size);
  for (const auto& found : findings.needless) demand(found.retransmission < size && found.proof < size);
  for (const auto& duplicate : findings.duplicate_acks)
    demand(duplicate.packet < size && (duplicate.original < size || duplicate.original == dissect::kNoPacket));
}

void check(Bytes file) {
  const size_t size = file.size();
  const uint64_t whole = read_in_steps(file, size + 1);
  demand(read_in_steps(file, size % 61 + 1) == whole);
  if (size < 4096) demand(read_in_steps(file, 1) == whole);
  build(file, size % 61 + 1);
}

/// Asks everything that can be asked of the file.
void look_at(Bytes file) {
  const std::string bytes(file.text());
  test::MemorySource source(bytes);
  engine::Engine engine(source);
  engine.push(file);
  engine.finish();
  test::look_at_all(engine);
}

/// Each byte as a code unit of its own; the byte 0xD8 and its like begin surrogates.
std::string in_utf16(std::string_view text, bool big_endian, bool has_mark) {
  std::string out = !has_mark ? "" : big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    const char high = byte >= 0xD8 && byte < 0xE0 ? c : '\0';
    out += big_endian ? high : c;
    out += big_endian ? c : high;
  }
  return out;
}

}  // namespace
}  // namespace tracedrop::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tracedrop;
  const Bytes file(data, size);
  fuzz::check(file);
  fuzz::look_at(file);
  const std::string behind_titles = "No.,Time,Source,Destination,Protocol,Length,Info\n" + std::string(file.text());
  fuzz::check(Bytes::of(behind_titles));
  fuzz::look_at(Bytes::of(behind_titles));
  const std::string wide = fuzz::in_utf16(size % 2 == 0 ? file.text() : behind_titles, size % 3 == 0, size % 5 != 0);
  fuzz::check(Bytes::of(wide));
  return 0;
}
