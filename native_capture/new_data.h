// Tells of each captured packet whether it brings new data, as the engine judges it: the packets are dissected as they
// come, as the page will do with the file.
//
// The engine keeps a row of every packet and a state of every connection, so that one alone would need more memory the
// longer a capture runs. A younger one therefore takes over when it is full. That one has seen the packets of the last
// while by then: it knows the connections that are in use, and takes no keep-alive of theirs for new data.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "capture_format.h"

namespace tracedrop::native_capture {

class NewData {
 public:
  /// Bytes of memory for one engine: a million packets, or the segments of 90,000 connections.
  static constexpr uint64_t kMostMemory = 64'000'000;

  /// For packets of these interfaces.
  explicit NewData(std::vector<FileInterface> interfaces, uint64_t most_memory = kMostMemory);
  ~NewData();
  NewData(const NewData&) = delete;
  NewData& operator=(const NewData&) = delete;

  /// Whether this packet, the next one of the capture, brings new data.
  bool in(const Packet& packet);
  /// About how many bytes of memory are in use.
  uint64_t memory() const;

 private:
  class Dissection;

  std::vector<FileInterface> interfaces_;
  uint64_t most_memory_;
  std::unique_ptr<Dissection> dissection_;
  std::unique_ptr<Dissection> younger_;  ///< takes over soon; null until then
};

}  // namespace tracedrop::native_capture
