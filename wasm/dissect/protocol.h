// What a protocol's file offers to the others, and the tables by which one layer finds the next.
//
// Adding a protocol: one file that defines a `const Protocol`, and one line in registry.cpp (README.md shows an
// example).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "dissect/field.h"

namespace tracedrop::dissect {

class Context;

/// The tables in which a layer looks up who dissects its payload.
enum class Table : uint8_t {
  link_type,    ///< LINKTYPE_ value
  ether_type,   ///< EtherType
  ip_protocol,  ///< IP protocol number / IPv6 next header
  udp_port,
  tcp_port,
};

struct Claim {
  Table table;
  uint32_t value;
};

/// Where a dissector goes on with a message that was not complete when it is offered again, longer. Without it a
/// message that grows byte by byte would be looked through from its beginning each time.
struct Resume {
  /// What is looked for, in the dissector's own terms; 0: the message is read from its beginning.
  uint8_t stage = 0;
  /// What precedes is not wanted again, save the first keep_len bytes.
  size_t at = 0;
  /// So many bytes from there on were looked through in vain.
  size_t searched = 0;
};

/// A message that is offered again, beside its first keep_len bytes.
struct StreamOffer {
  Resume resume;
  Bytes rest;           ///< the message from resume.at on
  size_t keep_len = 0;  ///< as the dissector asked for
};

/// What a stream protocol made of the bytes it was offered (see StreamDissect).
struct StreamResult {
  /// Bytes of complete messages: done with.
  size_t used = 0;
  /// Length of the message that begins at `used`, when it is not complete; or one of the two below; 0 when none begins.
  size_t message_len = 0;
  /// How many bytes of that message the dissector wants to see again; the rest is only counted.
  size_t keep_len = SIZE_MAX;
  /// Where to go on with that message (Context::offer brings it back).
  Resume resume{};

  static constexpr size_t kOneMoreSegment = SIZE_MAX;   ///< it cannot be told yet how long the message is
  static constexpr size_t kUntilClosed = SIZE_MAX - 1;  ///< it ends with the connection
};

/// Dissects as many complete messages as `bytes` holds. Bytes that were wanted but not kept count as not captured
/// (bytes.wire_size() > bytes.size()).
using StreamDissect = StreamResult (*)(Context& context, Bytes bytes);

struct Protocol {
  std::string_view filter_name;  ///< "udp"
  std::string_view column_name;  ///< "UDP": the Protocol column
  std::string_view title;        ///< "User Datagram Protocol"
  std::span<const Field* const> fields;
  std::span<const Claim> claims;
  /// Dissects one packet's layer: link, network, datagram protocols.
  void (*dissect)(Context& context, Bytes bytes) = nullptr;
  /// Dissects a byte stream: protocols over TCP.
  StreamDissect dissect_stream = nullptr;
  /// Tells whether a connection that nobody claims by its port speaks this protocol, from its first payload.
  bool (*recognise_stream)(Bytes payload) = nullptr;
  /// The same for a datagram, from that datagram alone.
  bool (*recognise_datagram)(Bytes payload) = nullptr;
};

/// All protocols, in the order of registry.cpp; a protocol's id is its index.
std::span<const Protocol* const> all_protocols();
/// Who claims `value` in `table`; null when nobody does.
const Protocol* find_protocol(Table table, uint32_t value);

}  // namespace tracedrop::dissect
