// Makes a trace of a csv: times to one scale, conversations, and what the Info texts prove of TCP.
//
// A row's own bytes are read again from the file when it is shown (Row::offset and cap_len place them;
// csv::read_row_cells splits them). Kept are the numbers: Row::seq, ack and payload_len as Info shows them, relative as
// they stand there. Rows whose segment Info does not show have no kIsTcp flag and no payload_len, yet TcpNote bits when
// Info has them; they carry new data as far as anyone can tell, since pure acknowledgments always show their numbers.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "csv/csv_reader.h"
#include "csv/info.h"
#include "trace/csv_clock.h"
#include "trace/csv_conversations.h"
#include "trace/csv_tcp.h"
#include "trace/number_map.h"
#include "trace/trace.h"

namespace tracedrop::trace {

class CsvBuilder final : private csv::CsvSink {
 public:
  /// Fills `trace`, which is borrowed for the builder's lifetime.
  explicit CsvBuilder(Trace& trace);

  /// The next bytes of the file. When memory runs out, std::bad_alloc comes through; every row before is kept, and
  /// finish() may still be called.
  void push(Bytes chunk);
  /// The file has ended: times become final (deltas are summed up), links and evidence are completed.
  void finish();

  /// True when the file is no csv of packets, or no row of it could be read.
  bool failed() const { return !failure().empty(); }
  const std::string& failure() const { return reader_.failed() ? reader_.failure() : failure_; }
  /// How to split a row's bytes again; meaningful once a row has been read.
  const csv::CsvLayout& layout() const { return trace_.csv_layout; }

 private:
  void on_layout(const csv::CsvLayout& layout) override;
  void on_row(const csv::CsvRow& row) override;
  void on_warning(Warning warning) override;

  struct Protocol {
    dissect::Transport transport = dissect::Transport::none;
    bool matches_answers = false;
    bool may_find_neighbors = false;
  };
  uint16_t protocol_of(std::string_view name);
  static dissect::Transport transport_of(const csv::InfoFacts& facts, dissect::Transport by_name);
  void note_number(uint32_t number);
  uint32_t conversation_of(const csv::CsvRow& row, const csv::InfoFacts& facts, dissect::Transport transport);
  void note_exchange(const csv::InfoFacts& facts);

  void translate_numbers();
  PacketIndex index_of_number(uint32_t number, PacketIndex from);

  Trace& trace_;
  csv::CsvReader reader_;
  CsvConversations conversations_;
  CsvTcp tcp_;
  CsvClock clock_;
  std::string failure_;
  std::string first_bad_row_;
  bool reading_ = false;  // false again in finish() when push() was left by an exception

  std::vector<Protocol> protocols_;  // by Row::protocol
  uint16_t last_protocol_ = 0;
  NumberMap requests_;  // pair, kind and id of a DNS query or echo request: its packet
  std::vector<std::pair<PacketIndex, uint32_t>> answers_;  // request, packet number of its answer

  uint32_t last_number_ = 0;
  bool numbers_ascend_ = true;
  std::vector<std::pair<uint32_t, PacketIndex>> by_number_;  // at the end, when it is needed
};

}  // namespace tracedrop::trace
