// Dissection from the outside: once over every packet in file order, and again over one packet that somebody looks at.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "dissect/findings.h"
#include "dissect/packet.h"
#include "dissect/row.h"
#include "dissect/tree.h"

namespace tracedrop::dissect {

class State;

/// Reading: packets in file order.
class Dissector {
 public:
  explicit Dissector(Findings& findings);
  ~Dissector();

  /// Dissects packet `index`, whose times, lengths and offset are in `row` already, and fills the rest of the row. With
  /// `info`, also writes the Info text as render_info() will (used to prove that the two agree).
  void dissect(const Packet& packet, PacketIndex index, Row& row, std::string* info = nullptr);

  /// Calls patch(packet, number) for what the last packet told of earlier ones (Row::link), then forgets it.
  template <typename Patch>
  void take_links(Patch&& patch) {
    for (const auto& [packet, number] : links()) patch(packet, number);
    clear_links();
  }

 private:
  const std::vector<std::pair<PacketIndex, uint32_t>>& links() const;
  void clear_links();

  std::unique_ptr<State> state_;
};

/// The Info column of a packet from its row and its bytes, appended to `out`.
void render_info(const Findings& findings, const Row& row, PacketIndex index, const Packet& packet, std::string& out);

/// A replay: the packets of a finished trace once more, in file order and from its first one, with memory of its own.
/// Nothing of the trace is written; what only later packets told is known from the beginning.
class Replay {
 public:
  explicit Replay(const Findings& facts);
  ~Replay();

  /// What is wanted of one packet; null: not wanted.
  struct Wanted {
    Tree* tree = nullptr;
    std::string* info = nullptr;
    std::string* protocol = nullptr;
  };
  /// Dissects packet `index`, whose final row is `row`. Every packet is to be replayed, wanted or not.
  void dissect(const Packet& packet, PacketIndex index, const Row& row, const Wanted& wanted);

 private:
  const Findings& facts_;
  Findings scratch_;
  std::unique_ptr<State> state_;
};

}  // namespace tracedrop::dissect
