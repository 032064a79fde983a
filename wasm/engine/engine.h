// The engine's one face: page, program and tests all call this, and the engine never knows who asks.
//
//   Engine engine(source);                 // source reads the file again, at random, for what is looked at
//   engine.open("trace.pcap");
//   while (more) engine.push(chunk);       // chunks of any size, in order; gzip is inflated here
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
#include "engine/row_reader.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::engine {

enum class State : uint8_t {
  reading,
  ready,
  failed,  ///< nothing usable was in the file: see Engine::failure()
};

class Engine {
 public:
  /// `source` is borrowed for the engine's lifetime: it is asked for rows' bytes, and keeps what a gzip file holds.
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
  /// The file is gzip'ed: each byte pushed may bring a thousand. (Known from its first bytes on.)
  bool is_compressed() const;

  const trace::Trace& trace() const;
  /// Rows as texts (row_reader.h), from the engine's own source.
  void row_texts(trace::PacketIndex i, RowTexts& out);
  void will_show(trace::PacketIndex first, trace::PacketIndex last, uint32_t count);
  /// Another reader of the rows, for another thread; when the file has ended.
  RowReader row_reader(ByteSource& source) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tracedrop::engine
