// The engine's one face: page, program and tests all call this, and the engine never knows who asks.
//
//   Engine engine(source);                 // source reads the file again, at random, for what is looked at
//   engine.open("trace.pcap");
//   while (more) engine.push(chunk);       // chunks of any size, in order; decompressed already
//   engine.finish();
//   engine.row_texts(0), answer(engine.trace(), selection), …
//
// Nothing throws out of it. After any call the trace holds every packet read so far and may be asked about.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "capture/sniff.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::engine {

/// Random access to the (uncompressed) file, for what is on screen or asked for.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Reads up to `length` bytes at `offset`; the result is valid until the next call, and shorter at the end of the
  /// file or when the file cannot be read any more.
  virtual Bytes read(uint64_t offset, size_t length) = 0;
};

enum class State : uint8_t {
  reading,
  ready,
  failed,  ///< nothing usable was in the file: see Engine::failure()
};

/// The packet list's columns as texts, UTF-8, as Wireshark shows them: No., Time, Source, Destination, Protocol,
/// Length, Info.
struct RowTexts {
  std::string number, time, source, destination, protocol, length, info;
  /// csv: the file's other columns, in Trace::extra_columns' order.
  std::vector<std::string> extra;
};

class Engine {
 public:
  /// `source` is borrowed for the engine's lifetime and only used by row_text().
  explicit Engine(ByteSource& source);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Feeds the next bytes of the file. False when reading more is pointless (damage, no memory left); the caller then
  /// calls finish().
  bool push(Bytes chunk);
  /// The file has ended (or reading was given up): everything becomes final.
  void finish();

  State state() const;
  /// Why the state is failed, in words: what the file seems to be, what is accepted. Empty otherwise.
  const std::string& failure() const;
  /// Set when the bytes pushed are gzip'ed: the caller must decompress and start over with a new Engine.
  bool needs_inflating() const;

  const trace::Trace& trace() const;
  /// Fills `out` (reusing its memory) with packet i's texts.
  void row_texts(trace::PacketIndex i, RowTexts& out);
  /// Tells that `count` of the packets [first, last) will be asked for next, in order, so that they are read together.
  void will_show(trace::PacketIndex first, trace::PacketIndex last, uint32_t count);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracedrop::engine
