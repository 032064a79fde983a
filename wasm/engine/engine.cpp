#include "engine/engine.h"

#include <algorithm>
#include <array>
#include <deque>
#include <new>
#include <optional>
#include <string>

#include "base/text.h"
#include "inflate/gunzip.h"
#include "trace/capture_builder.h"
#include "trace/csv_builder.h"

namespace tracedrop::engine {

namespace {

using capture::FileKind;
using trace::PacketIndex;

/// Given back when memory runs out, so that what was read can be brought to its end.
constexpr size_t kReserveBytes = 4 << 20;
/// What the answers to one selection take beside the trace, at most: a packet's gap and its place in sorted order, its
/// number in three lists (selected, shown, proof); what is counted of a conversation; a round-trip time in two orders.
constexpr size_t kAnswerBytesPerPacket = 28;
constexpr size_t kAnswerBytesPerConversation = 64;
constexpr size_t kAnswerBytesPerSample = 24;
/// Packed twice by a server, or by somebody who did not see that it was packed, a file is unpacked twice.
constexpr size_t kMostLayers = 4;
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

}  // namespace

struct Engine::Impl {
  explicit Impl(ByteSource& bytes) : source(bytes), reserve(std::make_unique<char[]>(kReserveBytes)) {}

  ByteSource& source;
  trace::Trace trace;
  State state = State::reading;
  std::string failure;
  std::deque<inflate::Gunzip> layers;  // of gzip around the capture or csv, the outermost first
  std::string head;                    // until the kind of file (or of what is in a gzip file) is known
  FileKind kind = FileKind::need_more;
  std::unique_ptr<capture::Reader> reader;
  std::optional<trace::CaptureBuilder> capture;
  std::optional<trace::CsvBuilder> csv;
  std::unique_ptr<char[]> reserve;
  bool stopped = false;
  bool out_of_memory = false;
  std::optional<RowReader> rows;

  RowReader reader_of_rows(ByteSource& bytes) const { return {trace, csv ? &csv->layout() : nullptr, bytes}; }

  bool push(Bytes chunk) {
    if (stopped) return false;
    try {
      if (!layers.empty()) {
        inflate(0, chunk);
      } else {
        take(chunk);
      }
    } catch (const std::bad_alloc&) {
      out_of_memory = true;
      stopped = true;
    }
    return !stopped;
  }

  /// Bytes of the gzip file that `layer` stands for; layer 0 is the file that is read.
  void inflate(size_t layer, Bytes compressed) {
    inflate::Gunzip& gunzip = layers[layer];
    gunzip.feed(compressed);
    for (Bytes piece = gunzip.next(); !piece.empty() && !stopped; piece = gunzip.next()) {
      if (layer + 1 < layers.size()) {
        inflate(layer + 1, piece);
      } else {
        take(piece);
      }
    }
    stopped = stopped || gunzip.ended();
  }

  /// Bytes of a capture or csv, inflated.
  void take(Bytes chunk) {
    if (kind != FileKind::need_more) {
      feed(chunk);
      return;
    }
    head.append(chunk.text());
    start(false);
  }

  void start(bool complete) {
    kind = capture::sniff(Bytes::of(head), complete);
    if (kind == FileKind::need_more) return;
    if (kind == FileKind::gzip && layers.size() < kMostLayers) {
      layers.emplace_back();
      kind = FileKind::need_more;
      const std::string compressed = std::move(head);
      head.clear();
      inflate(layers.size() - 1, Bytes::of(compressed));
      return;
    }
    trace.kind = source_kind(kind);
    reader = capture::make_reader(kind);
    if (reader != nullptr) capture.emplace(trace);
    if (kind == FileKind::csv) csv.emplace(trace);
    rows.emplace(reader_of_rows(source));
    if (!capture && !csv) {
      stopped = true;
      return;
    }
    const std::string first = std::move(head);
    feed(Bytes::of(first));
  }

  void feed(Bytes chunk) {
    trace.bytes_read += chunk.size();
    if (!layers.empty() && !source.keep(chunk)) {
      stopped = true;
      return;
    }
    if (reader != nullptr) {
      reader->push(chunk, *capture);
      stopped = reader->failed();
    } else {
      csv->push(chunk);
      stopped = csv->failed();
    }
  }

  /// No memory for more packets: as many stay as can be answered for.
  void keep_what_fits() {
    trace.keep_first(trace.size());
    while (trace.size() > 0 && !has_memory_for_answers()) trace.keep_first(trace.size() - (trace.size() + 15) / 16);
  }

  void tell_what_was_kept() {
    std::string text = "There was not enough memory for the whole file. Shown are the first ";
    append_number(text, trace.size());
    text += " packets; a part of the file (editcap -r, tshark -w) or a browser with more memory shows the rest.";
    trace.warnings.add({Severity::error, "out-of-memory", std::move(text), trace.bytes_read, 1});
  }

  /// In pieces as large as the largest list of the answers.
  bool has_memory_for_answers() const {
    const size_t size = trace.size() * kAnswerBytesPerPacket +
                        trace.findings.conversations.size() * kAnswerBytesPerConversation +
                        trace.findings.rtt_samples.size() * kAnswerBytesPerSample;
    const size_t piece = std::max(kReserveBytes / 8, size / 4);
    std::array<void*, 5> pieces{};
    // Called by its name: the compiler may leave out what `new char[piece]` takes and nobody uses.
    for (void*& taken : pieces) taken = ::operator new(piece, std::nothrow);
    const bool has_room = std::find(pieces.begin(), pieces.end(), nullptr) == pieces.end();
    for (void* taken : pieces) ::operator delete(taken);
    return has_room;
  }

  void finish() {
    if (state != State::reading) return;
    finish_reading();
    finish_trace();
    capture.reset();
    if (out_of_memory) {
      keep_what_fits();
      tell_what_was_kept();
    }
    trace.complete = true;
    if (failure.empty()) failure = find_failure();
    state = failure.empty() ? State::ready : State::failed;
  }

  /// What the file lacks at its end is not told of one that was not read to its end.
  void finish_reading() {
    if (out_of_memory) return;
    try {
      finish_inflating();
      if (kind == FileKind::need_more) start(true);
      if (reader != nullptr) reader->finish(*capture);
    } catch (const std::bad_alloc&) {
      out_of_memory = true;
    }
  }

  /// What only the whole file tells is put into its rows.
  void finish_trace() {
    reserve.reset();
    try {
      if (capture) capture->finish();
    } catch (const std::bad_alloc&) {
      out_of_memory = true;  // a version of TLS too little
    }
    if (!csv) return;
    // A csv's times are summed up here, in place: that must not be left half done.
    if (out_of_memory || !has_memory_for_answers()) {
      out_of_memory = true;
      keep_what_fits();
    }
    try {
      csv->finish();
    } catch (const std::bad_alloc&) {
      failure = "There is not enough memory to read this csv. A part of the file, or more memory, helps.";
    }
  }

  void finish_inflating() {
    for (inflate::Gunzip& layer : layers) {
      if (!stopped) layer.finish();
      using Problem = inflate::Gunzip::Problem;
      const Problem problem = layer.problem();
      if (problem == Problem::none) continue;
      const bool all_is_here = problem == Problem::wrong_checksum || problem == Problem::trailing;
      trace.warnings.add({all_is_here ? Severity::warning : Severity::error, "gzip-damaged", layer.problem_text(),
                          layer.problem_offset(), 1});
    }
  }

  std::string gzip_problem() const {
    for (const inflate::Gunzip& layer : layers)
      if (!layer.problem_text().empty()) return layer.problem_text();
    return {};
  }

  std::string find_failure() const {
    if (kind == FileKind::empty) {
      if (layers.empty()) return "The file is empty: 0 bytes. " + std::string(kAccepted);
      if (!gzip_problem().empty()) return gzip_problem();
      return "The gzip file holds an empty file: 0 bytes. " + std::string(kAccepted);
    }
    if (kind == FileKind::gzip)
      return "The file is packed with gzip more than " + std::to_string(kMostLayers) +
             " times: unpack it (gzip -d FILE) and open what comes out.";
    if (csv) return csv->failed() ? csv->failure() : "";
    if (reader == nullptr) {
      const std::string advice = capture::what_to_do(Bytes::of(head));
      return "This seems to be " + capture::seems_to_be(Bytes::of(head)) + ". " +
             (advice.empty() ? std::string(kAccepted) : advice);
    }
    if (trace.size() > 0) return {};
    for (const Warning& warning : trace.warnings.list())
      if (warning.severity == Severity::error) return warning.text;
    return {};
  }
};

Engine::Engine(ByteSource& source) : impl_(std::make_unique<Impl>(source)) {}
Engine::~Engine() = default;

bool Engine::push(Bytes chunk) { return impl_->push(chunk); }
void Engine::finish() { impl_->finish(); }
State Engine::state() const { return impl_->state; }
const std::string& Engine::failure() const { return impl_->failure; }
bool Engine::is_compressed() const { return !impl_->layers.empty(); }
const trace::Trace& Engine::trace() const { return impl_->trace; }

RowReader Engine::row_reader(ByteSource& source) const { return impl_->reader_of_rows(source); }

void Engine::will_show(PacketIndex first, PacketIndex last, uint32_t count) {
  if (impl_->rows) impl_->rows->will_show(first, last, count);
}

void Engine::row_texts(PacketIndex i, RowTexts& out) {
  if (impl_->rows) impl_->rows->texts(i, out);
}

}  // namespace tracedrop::engine
