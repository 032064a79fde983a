// A capture file, read whole, and its packets' trees.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "dissect/tree.h"
#include "engine/engine.h"
#include "engine/packet_replay.h"

namespace tracedrop::test {

class LoadedCapture : private engine::ByteSource {
 public:
  explicit LoadedCapture(const std::filesystem::path& path) : engine_(*this) {
    std::ifstream in(path, std::ios::binary);
    data_.assign(std::istreambuf_iterator<char>(in), {});
    engine_.push(Bytes::of(data_));
    engine_.finish();
  }

  /// (Of a gzip file the source here has only what is around them.)
  bool has_packets() const {
    if (engine_.is_compressed()) return false;
    return engine_.state() == engine::State::ready && engine_.trace().kind != trace::SourceKind::csv;
  }
  const trace::Trace& trace() const { return engine_.trace(); }
  engine::ByteSource& source() { return *this; }
  /// Calls visit(tree) for every packet; `tree` says what it wants.
  template <typename Visit>
  void for_each_tree(dissect::Tree& tree, Visit&& visit) {
    if (!has_packets()) return;
    engine::PacketReplay replay(engine_.trace(), *this);
    while (replay.step(&tree)) visit(tree);
  }
  template <typename Visit>
  void for_each_tree(Visit&& visit) {
    dissect::Tree tree;
    for_each_tree(tree, visit);
  }

 private:
  Bytes read(uint64_t offset, size_t length) override {
    return Bytes::of(data_).sub(static_cast<size_t>(offset), length);
  }

  std::string data_;
  engine::Engine engine_;
};

}  // namespace tracedrop::test
