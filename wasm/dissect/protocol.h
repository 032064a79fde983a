// What a protocol's file offers to the others, and the tables by which one layer finds the next.
//
// Adding a protocol: one file that defines a `const Protocol`, and one line in protocols/list.h (README.md shows an
// example).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "dissect/field.h"
#include "dissect/stream.h"
#include "dissect/table.h"

namespace tracedrop::dissect {

class Context;
struct Findings;
struct Row;

/// The fields of a protocol: those of a struct, or a list of single ones; the very ones that it reports, as they are
/// told by their address. (A function, so that protocols are constants that need no code before main().)
class FieldList {
 public:
  using All = std::span<const Field> (*)();
  using Some = std::span<const Field* const> (*)();
  constexpr FieldList() = default;
  constexpr FieldList(All list) : all_(list) {}
  constexpr FieldList(Some list) : made_(list) {}
  constexpr FieldList(std::span<const Field* const> some) : some_(some) {}
  template <size_t kCount>
  constexpr FieldList(const Field* const (&some)[kCount]) : some_(some) {}

  size_t size() const { return all().size() + some().size(); }
  const Field& operator[](size_t i) const { return i < all().size() ? all()[i] : *some()[i - all().size()]; }

 private:
  std::span<const Field> all() const { return all_ == nullptr ? std::span<const Field>{} : all_(); }
  std::span<const Field* const> some() const { return made_ == nullptr ? some_ : made_(); }

  All all_ = nullptr;
  Some made_ = nullptr;
  std::span<const Field* const> some_;
};

/// `.fields = listed<f>`, for a struct of fields in static storage.
template <const auto& kFields>
std::span<const Field> listed() {
  return fields_of(kFields);
}

struct Protocol {
  std::string_view filter_name;  ///< "udp"
  std::string_view column_name;  ///< "UDP": the Protocol column
  std::string_view title;        ///< "User Datagram Protocol"
  FieldList fields{};
  std::span<const Claim> claims{};
  /// Dissects one packet's layer: link, network, datagram protocols.
  void (*dissect)(Context& context, Bytes bytes) = nullptr;
  /// Dissects a byte stream: protocols over TCP.
  StreamDissect dissect_stream = nullptr;
  /// Tells whether a connection that nobody claims by its port speaks this protocol, from its first payload. What it
  /// does not recognise on its own ports may be another's, unless it owns them.
  bool (*recognise_stream)(Bytes payload) = nullptr;
  /// The same for a datagram, from that datagram alone.
  bool (*recognise_datagram)(Bytes payload) = nullptr;
  /// Whether a datagram that reaches its port, or was announced to be its own, is it; null: as recognise_datagram
  /// tells, where there is one. Others may know the rest.
  bool (*wants_datagram)(Bytes payload) = nullptr;
  bool owns_ports = false;
  /// It also takes over connections on ports that others claim, where those do not recognise theirs.
  bool takes_claimed_ports = false;
  /// Writes what a row's notes say, which stands before all that Info tells of its packet.
  void (*append_notes)(std::string& out, const Findings& findings, const Row& row, uint32_t index) = nullptr;
  /// Its layers hold no fields but its own (and what anybody's expert says), so that they report nothing to a tree that
  /// wants none of those. For what every packet has; a test sees to it.
  bool holds_own_fields_only = false;
  /// Protocols whose fields stand in its layers, too.
  std::span<const Protocol* const> borrows{};
  /// What a packet that ends within it is called to be ("[Malformed Packet: ARP/RARP]"); empty: the column's name.
  std::string_view short_name{};
};

/// All protocols, in the order of protocols/list.h; a protocol's id is its index.
std::span<const Protocol* const> all_protocols();

/// Where every packet begins, and its first layer: by LINKTYPE_ values.
const Protocol& first_protocol();
extern Table link_types;

}  // namespace tracedrop::dissect
