#include "engine/row_reader.h"

#include <algorithm>

#include "base/text.h"
#include "trace/capture_builder.h"

namespace tracedrop::engine {

namespace {

using trace::PacketIndex;

/// Rows that are shown together are read together, this much at a time.
constexpr size_t kMaxWindowBytes = 1 << 20;
/// Of packets that lie further apart than this, each is read alone.
constexpr uint64_t kSparseBytes = 16 << 10;

}  // namespace

const std::string& AddressTexts::of(const AddressTable& addresses, uint32_t id) {
  Kept& kept = kept_[id % kSlots];
  if (kept.id != id) {
    kept.id = id;
    kept.text.clear();
    append_address(kept.text, addresses.at(id));
  }
  return kept.text;
}

RowReader::RowReader(const trace::Trace& trace, const csv::CsvLayout* layout, ByteSource& source)
    : trace_(trace), layout_(layout), source_(source) {}

void RowReader::texts(PacketIndex i, RowTexts& out) {
  for (std::string* text :
       {&out.number, &out.time, &out.source, &out.destination, &out.protocol, &out.length, &out.info})
    text->clear();
  out.is_lost = false;
  if (i >= trace_.size()) return;
  if (layout_ == nullptr) {
    capture_texts(i, out);
  } else if (const std::optional<Bytes> bytes = bytes_of(i)) {
    csv_texts(i, *bytes, out);
  } else {
    lost_csv_texts(i, out);
  }
}

/// The packet's captured bytes, or the row's; nothing when the file holds fewer than were read of it before.
std::optional<Bytes> RowReader::bytes_of(PacketIndex i) {
  const uint64_t at = trace_.columns.offset(i);
  const size_t length = trace_.columns.block_of(i).cap_len[i % trace::kBlockRows];
  if (at >= window_at_ && at - window_at_ <= window_.size()) {
    const auto inside = static_cast<size_t>(at - window_at_);
    if (window_.has(inside, length)) return window_.sub(inside, length);
  }
  window_at_ = at;
  const uint64_t ahead = shown_end_ > at ? std::min<uint64_t>(shown_end_ - at, kMaxWindowBytes) : 0;
  window_ = source_.read(at, std::max(length, static_cast<size_t>(ahead)));
  return window_.size() >= length ? std::optional(window_.first(length)) : std::nullopt;
}

void RowReader::will_show(PacketIndex first, PacketIndex last, uint32_t count) {
  last = std::min(last, trace_.size());
  shown_end_ = 0;
  if (first >= last || count == 0) return;
  const uint64_t begin = trace_.columns.offset(first);
  const uint64_t end = trace_.columns.offset(last - 1) + trace_.columns.row(last - 1).cap_len;
  if (end > begin && (end - begin) / count <= kSparseBytes) shown_end_ = end;
}

/// Source, Destination and Protocol.
void RowReader::append_columns(const dissect::Row& row, RowTexts& out) {
  const dissect::Findings& findings = trace_.findings;
  const dissect::Conversation& conversation = findings.conversations[row.flow >> 1];
  const uint32_t way = row.flow & 1;
  out.source += address_texts_.of(findings.addresses, conversation.address[way]);
  out.destination += address_texts_.of(findings.addresses, conversation.address[1 - way]);
  out.protocol += findings.protocols.text(row.protocol);
}

void RowReader::capture_texts(PacketIndex i, RowTexts& out) {
  const dissect::Row row = trace_.columns.row(i);
  append_number(out.number, i + 1);
  const capture::Interface* interface = trace_.interface_of(i);
  const int64_t since_start =
      static_cast<int64_t>(static_cast<uint64_t>(row.ts_ns) - static_cast<uint64_t>(trace_.columns.ts_ns(0)));
  if ((row.flags & dissect::kHasNoTime) == 0)
    append_seconds(out.time, since_start, interface != nullptr ? interface->time_digits : trace_.time_digits);
  append_columns(row, out);
  append_number(out.length, row.wire_len);
  const std::optional<Bytes> bytes = bytes_of(i);
  out.is_lost = !bytes;
  if (bytes) dissect::render_info(trace_.findings, row, i, packet_of(trace_, i, *bytes), out.info);
}

/// How the file wrote the time is lost with it.
void RowReader::lost_csv_texts(PacketIndex i, RowTexts& out) {
  const dissect::Row row = trace_.columns.row(i);
  out.is_lost = true;
  append_number(out.number, trace_.file_numbers.empty() ? i + 1 : trace_.file_numbers[i]);
  append_columns(row, out);
  if (trace_.unknown.sizes.empty()) append_number(out.length, row.wire_len);
  out.extra.assign(trace_.extra_columns.size(), {});
}

void RowReader::csv_texts(PacketIndex i, Bytes bytes, RowTexts& out) {
  csv::read_row_cells(bytes, *layout_, cells_);
  using csv::Column;
  append_printable(out.number, cells_[Column::number]);
  if (out.number.empty()) append_number(out.number, i + 1);
  append_printable(out.time, cells_[Column::time]);
  append_printable(out.source, cells_[Column::source]);
  append_printable(out.destination, cells_[Column::destination]);
  append_printable(out.protocol, cells_[Column::protocol]);
  append_printable(out.length, cells_[Column::length]);
  append_printable(out.info, cells_[Column::info]);
  out.extra.resize(cells_.extra.size());
  for (size_t k = 0; k < cells_.extra.size(); ++k) {
    out.extra[k].clear();
    append_printable(out.extra[k], cells_.extra[k]);
  }
}

}  // namespace tracedrop::engine
