// Rows as texts, as the packet list shows them. What a row needs beside the trace is read from the file again.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "csv/layout.h"
#include "trace/trace.h"

namespace tracedrop::engine {

/// Random access to the (uncompressed) file, for what is on screen or asked for.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Reads up to `length` bytes at `offset`; the result is valid until the next call, and shorter at the end of the
  /// file or when the file cannot be read any more.
  virtual Bytes read(uint64_t offset, size_t length) = 0;
  /// Of a gzip file: the next of its contents, in order, which read() is to find again. False when they cannot be kept:
  /// reading then ends. (Nothing need be kept by a source that nobody reads again.)
  virtual bool keep(Bytes /*contents*/) { return true; }
};

/// The packet list's columns as texts, UTF-8, as Wireshark shows them: No., Time, Source, Destination, Protocol,
/// Length, Info.
struct RowTexts {
  std::string number, time, source, destination, protocol, length, info;
  /// The file does not hold the row's bytes any more: what the trace knows is told, and Info is empty.
  bool is_lost = false;
  /// csv: the file's other columns, in Trace::extra_columns' order.
  std::vector<std::string> extra;
};

/// Addresses as texts. A few addresses send nearly all packets, so the last ones are kept, each in the slot of its id.
class AddressTexts {
 public:
  const std::string& of(const AddressTable& addresses, uint32_t id);

 private:
  static constexpr uint32_t kSlots = 256;
  struct Kept {
    uint32_t id = 0;  // the absent address, whose text is empty
    std::string text;
  };
  std::array<Kept, kSlots> kept_;
};

/// Of one finished trace there may be several readers, one a thread, each with a source of its own (or one that may be
/// read by several threads).
class RowReader {
 public:
  /// Everything is borrowed. `layout`: how a csv's columns lie; null for a capture.
  RowReader(const trace::Trace& trace, const csv::CsvLayout* layout, ByteSource& source);

  /// Fills `out` (reusing its memory) with packet i's texts.
  void texts(trace::PacketIndex i, RowTexts& out);
  /// Tells that `count` of the packets [first, last) will be asked for next, in order, so that they are read together.
  void will_show(trace::PacketIndex first, trace::PacketIndex last, uint32_t count);

 private:
  std::optional<Bytes> bytes_of(trace::PacketIndex i);
  void capture_texts(trace::PacketIndex i, RowTexts& out);
  void csv_texts(trace::PacketIndex i, Bytes bytes, RowTexts& out);
  void lost_csv_texts(trace::PacketIndex i, RowTexts& out);
  void append_columns(const dissect::Row& row, RowTexts& out);

  const trace::Trace& trace_;
  const csv::CsvLayout* layout_;
  ByteSource& source_;
  csv::RowCells cells_;
  AddressTexts address_texts_;
  // Bytes of the file around the rows that are being shown, and where the last of these rows ends.
  uint64_t window_at_ = 0;
  Bytes window_;
  uint64_t shown_end_ = 0;
};

}  // namespace tracedrop::engine
