// One packet on its way through the layers: what the layers below told, and where the layer at work puts what it finds.
//
// The same dissectors run for two purposes. At the first pass (state() is there) they update conversations and write
// the row; nobody asks for texts, so none are made. Later they run again over one packet (state() is null) to write its
// Info (info()) or its fields (fields()), with the row in the place of the state that made it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"
#include "dissect/field.h"
#include "dissect/findings.h"
#include "dissect/protocol.h"
#include "dissect/row.h"

namespace tracedrop::dissect {

class State;
namespace tcp {
struct Connection;
}

/// A network or link-layer address in the packet's own bytes.
struct AddressBytes {
  AddressKind kind = AddressKind::none;
  Bytes raw;
};

class Context {
 public:
  Context(const Findings& findings_, State* state, Row& row_, PacketIndex index_)
      : findings(findings_), row(row_), index(index_), state_(state) {}

  const Findings& findings;
  Row& row;
  const PacketIndex index;

  /// The state of reading, at the first pass only; null when a packet is looked at again.
  State* state() const { return state_; }
  bool first_pass() const { return state_ != nullptr; }

  /// Where to write Info, or null when nobody asks. Texts that cannot be made again from the packet and its row alone
  /// use keep_info() instead.
  std::string* info() const { return info_; }
  void want_info(std::string* info) { info_ = info; }
  /// Replaces the Info text, or adds to it, when somebody asks for it.
  void set_info(std::string_view text) {
    if (info_ != nullptr) *info_ = text;
  }
  void append_info(std::string_view text) {
    if (info_ != nullptr) *info_ += text;
  }
  /// The Info text that is kept with the row (first pass only): set it, or append to it.
  std::string& keep_info();
  /// Appends to the kept Info, after ", " when something stands there already (a TCP note counts).
  void keep_info(std::string_view text);
  bool keeps_info() const { return keeps_info_; }

  FieldSink* fields() const { return fields_; }
  void want_fields(FieldSink* fields) { fields_ = fields; }

  /// The Protocol column, which the last layer that sets it has.
  void set_protocol(const Protocol& protocol) { protocol_name_ = protocol.column_name; }
  void set_protocol(std::string_view literal) { protocol_name_ = literal; }
  /// For a name that is made on the spot ("0x88b5").
  void set_protocol_text(std::string_view made);
  std::string_view protocol_name() const { return protocol_name_; }

  /// The Source and Destination columns.
  AddressBytes source, destination;
  /// Time to live or hop limit of the network layer at work; none when what carries this layer has no such thing.
  std::optional<uint8_t> hop_limit;
  /// What is at work is a first fragment without the others: lengths inside tell of more than is here.
  bool is_fragment = false;
  /// First pass: the row belongs to the innermost network; what a transport layer outside of it wrote is void.
  void begin_network() {
    if (state_ == nullptr) return;
    row.flow = UINT32_MAX;
    row.payload_len = 0;
  }
  /// The outermost IP packet, from its header to where its length says that it ends; empty when there is none.
  Bytes network;
  /// Ports of the transport layer that is at work.
  uint16_t source_port = 0, destination_port = 0;

  /// The connection whose stream is being dissected (first pass only).
  tcp::Connection* connection = nullptr;
  /// How far its message was read when it was offered before; null when it is offered for the first time.
  const StreamOffer* offer = nullptr;

  /// Hands `bytes` to the protocol that claims `value`; false when nobody does.
  bool call(Table table, uint32_t value, Bytes bytes);
  void call(const Protocol& protocol, Bytes bytes);
  /// Depth of nested layers, so that a packet cannot nest without end.
  int depth = 0;
  static constexpr int kMaxDepth = 32;

  /// What went wrong, for "[Malformed Packet]" and "[Packet size limited during capture]"; the first stays.
  Shortage shortage = Shortage::none;

 private:
  State* state_;
  std::string* info_ = nullptr;
  FieldSink* fields_ = nullptr;
  bool keeps_info_ = false;
  std::string_view protocol_name_;
};

/// A layer at work: a Cursor whose reads also report the field that was read. Leaving its scope closes the layer in the
/// tree and hands a shortage on to the context.
class Layer : public Cursor {
 public:
  Layer(Context& context, const Protocol& protocol, Bytes bytes) : Cursor(bytes), context_(context) {
    if (sink() != nullptr) sink()->open_layer(protocol, bytes);
  }
  ~Layer() {
    if (sink() != nullptr) sink()->close_layer(all().first(at()));
    if (!ok() && context_.shortage == Shortage::none) context_.shortage = shortage();
  }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  using Cursor::be16;
  using Cursor::be24;
  using Cursor::be32;
  using Cursor::bytes;
  using Cursor::u8;

  uint8_t u8(const Field& field) { return report(field, 1, Cursor::u8()); }
  uint16_t be16(const Field& field) { return report(field, 2, Cursor::be16()); }
  uint32_t be24(const Field& field) { return report(field, 3, Cursor::be24()); }
  uint32_t be32(const Field& field) { return report(field, 4, Cursor::be32()); }
  Bytes bytes(const Field& field, size_t count) {
    const Bytes found = Cursor::bytes(count);
    if (sink() != nullptr) sink()->bytes(field, found);
    return found;
  }

  /// Reads an address for one of the columns, which keeps what it had when the address is cut short.
  void address(const Field& field, AddressKind kind, size_t count, AddressBytes& column) {
    const Bytes raw = bytes(field, count);
    if (!ok()) return;
    column = {kind, raw};
    context_.begin_network();
  }

  /// Reports a value that was read before: bits of a field, a conclusion. The range is that of the last `back` bytes
  /// read.
  void note(const Field& field, uint64_t value, size_t back = 0) const {
    if (sink() != nullptr) sink()->number(field, behind(back), value);
  }
  void note_text(const Field& field, std::string_view value, size_t back = 0) const {
    if (sink() != nullptr) sink()->text(field, behind(back), value);
  }
  /// Reports the bits of `value` that each field's mask names; `back` bytes were read for it.
  void note_bits(std::span<const Field* const> fields, uint64_t value, size_t back) const {
    if (sink() == nullptr) return;
    for (const Field* field : fields) sink()->number(*field, behind(back), masked(*field, value));
  }

  /// A branch of the tree that is open as long as the object lives.
  class Group {
   public:
    Group(const Layer& layer, const Field& field, Bytes range) : sink_(layer.sink()) {
      if (sink_ != nullptr) sink_->open_group(field, range);
    }
    ~Group() {
      if (sink_ != nullptr) sink_->close_group();
    }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

   private:
    FieldSink* sink_;
  };
  Group group(const Field& field, size_t length) const { return {*this, field, all().sub(at(), length)}; }

  FieldSink* sink() const { return context_.fields(); }
  Context& context() const { return context_; }
  void malformed() { fail(Shortage::malformed); }

 private:
  static uint64_t masked(const Field& field, uint64_t value);
  Bytes behind(size_t back) const { return all().sub(at() - std::min(back, at()), back); }
  template <typename Value>
  Value report(const Field& field, size_t length, Value value) const {
    if (sink() != nullptr) report_number(field, length, value);
    return value;
  }
  /// Out of line: hardly anybody asks for fields, and what remains is small enough to stand where it is called.
  void report_number(const Field& field, size_t length, uint64_t value) const;

  Context& context_;
};

}  // namespace tracedrop::dissect
