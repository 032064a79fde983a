// Dissection from the outside: once over every packet in file order, and again over one packet that somebody looks at.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "dissect/field.h"
#include "dissect/findings.h"
#include "dissect/row.h"

namespace tracedrop::dissect {

/// A captured packet as dissection needs it.
struct Packet {
  Bytes bytes;
  uint16_t link_type = 0;  ///< LINKTYPE_ value
  uint8_t fcs_bytes = 0;   ///< frame check sequence at its end
};

class State;

/// The first pass: packets in file order.
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

/// Reports the packet's layers and fields.
void report_fields(const Findings& findings, const Row& row, PacketIndex index, const Packet& packet, FieldSink& sink);

/// What the Protocol column shows at last for a packet whose row has the protocol `name`: TLS becomes its version.
std::string_view final_protocol_name(std::string_view name, const Conversation& conversation);

}  // namespace tracedrop::dissect
