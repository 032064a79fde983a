// Which conversation a csv's row belongs to.
//
// A row that shows its ports names its conversation. Most rows of upper-layer protocols show none ("Application Data"):
// such a row belongs to the most recent conversation of its transport between its two names, which is right whenever
// the two hosts speak over one connection at a time, and the best that the file tells otherwise. Before the first row
// with ports there is one conversation without ports, which takes the ports of the first row that shows some, unless
// that begins a connection.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/interner.h"
#include "dissect/findings.h"
#include "trace/number_map.h"

namespace tracedrop::trace {

class CsvConversations {
 public:
  explicit CsvConversations(dissect::Findings& findings) : findings_(findings) {}

  struct Endpoints {
    std::string_view source, destination;  ///< as the cells write them
    uint16_t source_port = 0, destination_port = 0;
    dissect::Transport transport = dissect::Transport::none;
    /// A new connection begins, whatever was between these ports before.
    bool renew = false;
    /// A connection begins here if none did so between these ports before.
    bool opens = false;
  };
  /// Conversation id * 2 + direction.
  uint32_t flow_of(const Endpoints& row);

  /// Of the row last asked for: its pair of names, and which of the two sent it. Stable over the whole file.
  uint32_t pair() const { return pair_; }
  uint32_t side() const { return side_; }

 private:
  struct Recent {
    uint32_t conversation = NumberMap::kNone;
    uint32_t ports = 0;  ///< the port of side 0 << 16 | that of side 1
  };
  struct Pair {
    std::array<uint32_t, 2> name{};
    std::array<Recent, 3> recent;  ///< by Transport
  };

  uint32_t name_id(std::string_view name);
  void find_pair(uint32_t source, uint32_t destination);
  uint32_t add(const Endpoints& row);
  void adopt_ports(uint32_t conversation, const Endpoints& row);

  dissect::Findings& findings_;
  Interner names_;
  std::vector<uint32_t> addresses_{0};        // by name id: ids in the AddressTable; no name is no address
  std::array<uint32_t, 256> recent_names_{};  // name ids, by a hash of each name's ends
  std::array<uint32_t, 2> last_names_{};      // of the row at hand: source, destination
  NumberMap pairs_of_names_;
  std::vector<Pair> pairs_;
  uint32_t pair_ = NumberMap::kNone;
  uint32_t side_ = 0;
  std::array<NumberMap, 3> by_ports_;  // by Transport: pair << 32 | ports
  std::vector<uint8_t> first_side_;    // by conversation: the side that is its endpoint 0
};

}  // namespace tracedrop::trace
