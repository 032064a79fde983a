#include "engine/engine.h"

#include <algorithm>
#include <new>
#include <optional>

#include "base/text.h"
#include "csv/layout.h"
#include "trace/capture_builder.h"
#include "trace/csv_builder.h"

namespace tracedrop::engine {

namespace {

using capture::FileKind;
using trace::PacketIndex;

/// Given back when memory runs out, so that what was read can still be shown.
constexpr size_t kReserveBytes = 4 << 20;
/// Rows that are shown together are read together, this much at a time.
constexpr size_t kMaxWindowBytes = 1 << 20;
/// Of packets that lie further apart than this, each is read alone.
constexpr uint64_t kSparseBytes = 16 << 10;

constexpr std::string_view kAccepted =
    "TraceDrop opens packet captures (pcap, pcapng, also gzip'ed) and Wireshark's csv export.";

trace::SourceKind source_kind(FileKind kind) {
  switch (kind) {
    case FileKind::pcap: return trace::SourceKind::pcap;
    case FileKind::pcapng: return trace::SourceKind::pcapng;
    case FileKind::csv: return trace::SourceKind::csv;
    default: return trace::SourceKind::none;
  }
}

/// Addresses as texts. A few addresses send nearly all packets, so the last ones are kept, each in the slot of its id.
class AddressTexts {
 public:
  const std::string& of(const AddressTable& addresses, uint32_t id) {
    Kept& kept = kept_[id % kSlots];
    if (kept.id != id) {
      kept.id = id;
      kept.text.clear();
      append_address(kept.text, addresses.at(id));
    }
    return kept.text;
  }

 private:
  static constexpr uint32_t kSlots = 256;
  struct Kept {
    uint32_t id = 0;  // the absent address, whose text is empty
    std::string text;
  };
  std::array<Kept, kSlots> kept_;
};

}  // namespace

struct Engine::Impl {
  explicit Impl(ByteSource& bytes) : source(bytes), reserve(std::make_unique<char[]>(kReserveBytes)) {}

  ByteSource& source;
  trace::Trace trace;
  State state = State::reading;
  std::string failure;
  std::string head;  // until the kind of file is known
  FileKind kind = FileKind::need_more;
  std::unique_ptr<capture::Reader> reader;
  std::optional<trace::CaptureBuilder> capture;
  std::optional<trace::CsvBuilder> csv;
  csv::RowCells cells;
  std::unique_ptr<char[]> reserve;
  bool stopped = false;
  // Bytes of the file around the rows that are being shown, and where the last of these rows ends.
  uint64_t window_at = 0;
  Bytes window;
  uint64_t shown_end = 0;
  AddressTexts address_texts;

  bool push(Bytes chunk) {
    if (stopped) return false;
    if (kind == FileKind::need_more) {
      head.append(chunk.text());
      start(false);
      return !stopped;
    }
    feed(chunk);
    return !stopped;
  }

  void start(bool complete) {
    kind = capture::sniff(Bytes::of(head), complete);
    if (kind == FileKind::need_more) return;
    trace.kind = source_kind(kind);
    reader = capture::make_reader(kind);
    if (reader != nullptr) capture.emplace(trace);
    if (kind == FileKind::csv) csv.emplace(trace);
    if (!capture && !csv) {
      stopped = true;
      return;
    }
    const std::string first = std::move(head);
    feed(Bytes::of(first));
  }

  void feed(Bytes chunk) {
    trace.bytes_read += chunk.size();
    try {
      if (reader != nullptr) {
        reader->push(chunk, *capture);
        stopped = reader->failed();
      } else {
        csv->push(chunk);
        stopped = csv->failed();
      }
    } catch (const std::bad_alloc&) {
      run_out();
    }
  }

  /// No memory for more packets: what was read stays.
  void run_out() {
    reserve.reset();
    stopped = true;
    std::string text = "There was not enough memory for the whole file. Shown are the first ";
    append_number(text, trace.size());
    text += " packets; a part of the file (editcap -r, tshark -w) or a browser with more memory shows the rest.";
    trace.warnings.add({Severity::error, "out-of-memory", std::move(text), trace.bytes_read, 1});
  }

  void finish() {
    if (state != State::reading) return;
    if (kind == FileKind::need_more) start(true);
    try {
      if (reader != nullptr) reader->finish(*capture);
      if (csv) csv->finish();
      if (capture) capture->finish();
    } catch (const std::bad_alloc&) {
      run_out();
    }
    capture.reset();
    trace.complete = true;
    failure = find_failure();
    state = failure.empty() ? State::ready : State::failed;
  }

  std::string find_failure() const {
    if (kind == FileKind::empty) return "The file is empty: 0 bytes. " + std::string(kAccepted);
    if (kind == FileKind::gzip) return "The file is gzip'ed and was not decompressed.";
    if (csv) return csv->failed() ? csv->failure() : "";
    if (reader == nullptr)
      return "This seems to be " + capture::seems_to_be(Bytes::of(head)) + ". " + std::string(kAccepted);
    if (trace.size() > 0) return {};
    for (const Warning& warning : trace.warnings.list())
      if (warning.severity == Severity::error) return warning.text;
    return {};
  }

  Bytes bytes_of(PacketIndex i) {
    const uint64_t at = trace.columns.offset(i);
    const size_t length = trace.columns.block_of(i).cap_len[i % trace::kBlockRows];
    if (at >= window_at && at - window_at <= window.size()) {
      const auto inside = static_cast<size_t>(at - window_at);
      if (window.has(inside, length)) return window.sub(inside, length);
    }
    window_at = at;
    const uint64_t ahead = shown_end > at ? std::min<uint64_t>(shown_end - at, kMaxWindowBytes) : 0;
    window = source.read(at, std::max(length, static_cast<size_t>(ahead)));
    return window.first(length);
  }

  void will_show(PacketIndex first, PacketIndex last, uint32_t count) {
    last = std::min(last, trace.size());
    shown_end = 0;
    if (first >= last || count == 0) return;
    const uint64_t begin = trace.columns.offset(first);
    const uint64_t end = trace.columns.offset(last - 1) + trace.columns.row(last - 1).cap_len;
    if (end > begin && (end - begin) / count <= kSparseBytes) shown_end = end;
  }

  void capture_texts(PacketIndex i, RowTexts& out) {
    const dissect::Row row = trace.columns.row(i);
    const dissect::Findings& findings = trace.findings;
    const dissect::Conversation& conversation = findings.conversations[row.flow >> 1];
    const uint32_t way = row.flow & 1;
    append_number(out.number, i + 1);
    const capture::Interface* interface = trace.interface_of(i);
    const int64_t since_start =
        static_cast<int64_t>(static_cast<uint64_t>(row.ts_ns) - static_cast<uint64_t>(trace.columns.ts_ns(0)));
    if ((row.flags & dissect::kHasNoTime) == 0)
      append_seconds(out.time, since_start, interface != nullptr ? interface->time_digits : trace.time_digits);
    out.source += address_texts.of(findings.addresses, conversation.address[way]);
    out.destination += address_texts.of(findings.addresses, conversation.address[1 - way]);
    out.protocol += findings.protocols.text(row.protocol);
    append_number(out.length, row.wire_len);
    dissect::render_info(findings, row, i, packet_of(trace, i, bytes_of(i)), out.info);
  }

  void csv_texts(PacketIndex i, RowTexts& out) {
    csv::read_row_cells(bytes_of(i), csv->layout(), cells);
    using csv::Column;
    append_printable(out.number, cells[Column::number]);
    if (out.number.empty()) append_number(out.number, i + 1);
    append_printable(out.time, cells[Column::time]);
    append_printable(out.source, cells[Column::source]);
    append_printable(out.destination, cells[Column::destination]);
    append_printable(out.protocol, cells[Column::protocol]);
    append_printable(out.length, cells[Column::length]);
    append_printable(out.info, cells[Column::info]);
    out.extra.resize(cells.extra.size());
    for (size_t k = 0; k < cells.extra.size(); ++k) {
      out.extra[k].clear();
      append_printable(out.extra[k], cells.extra[k]);
    }
  }
};

Engine::Engine(ByteSource& source) : impl_(std::make_unique<Impl>(source)) {}
Engine::~Engine() = default;

bool Engine::push(Bytes chunk) { return impl_->push(chunk); }
void Engine::finish() { impl_->finish(); }
State Engine::state() const { return impl_->state; }
const std::string& Engine::failure() const { return impl_->failure; }
bool Engine::needs_inflating() const { return impl_->kind == FileKind::gzip; }
const trace::Trace& Engine::trace() const { return impl_->trace; }

void Engine::will_show(PacketIndex first, PacketIndex last, uint32_t count) { impl_->will_show(first, last, count); }

void Engine::row_texts(PacketIndex i, RowTexts& out) {
  for (std::string* text :
       {&out.number, &out.time, &out.source, &out.destination, &out.protocol, &out.length, &out.info})
    text->clear();
  if (i >= impl_->trace.size()) return;
  if (impl_->csv) {
    impl_->csv_texts(i, out);
  } else {
    impl_->capture_texts(i, out);
  }
}

}  // namespace tracedrop::engine
