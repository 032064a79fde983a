// One packet on its way through the layers: what the layers below told, and where the layer at work puts what it finds.
//
// The same dissectors run in three ways:
//   read    in file order: they remember conversations (state()) and write the row; nobody asks for texts, so none are
//   made look    over one packet of the finished trace, without memory: they write its Info, with the row (known()) in
//   the
//           place of the memory that made it
//   replay  in file order over the finished trace, with memory of their own: they write Info and report the tree, and
//   what
//           only later packets told is known() already
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"
#include "dissect/field.h"
#include "dissect/findings.h"
#include "dissect/packet.h"
#include "dissect/parts.h"
#include "dissect/protocol.h"
#include "dissect/row.h"
#include "dissect/tree.h"

namespace tracedrop::dissect {

class State;

/// A network or link-layer address in the packet's own bytes.
struct AddressBytes {
  AddressKind kind = AddressKind::none;
  Bytes raw;
};

class Context {
 public:
  /// `facts` are those of reading as far as it has come, or of the finished trace, of which `known` is this packet's
  /// row.
  Context(const Findings& facts, State* state, Row& row_, PacketIndex index_, const Row* known)
      : findings(facts), row(row_), index(index_), state_(state), known_(known) {}

  const Findings& findings;
  Row& row;
  const PacketIndex index;
  /// The whole of it.
  const Packet* packet = nullptr;

  /// What is remembered of the packets before, when all of them are dissected in order (read, replay); else null.
  State* state() const { return state_; }
  bool has_memory() const { return state_ != nullptr; }
  /// Where to remember what only trees show: not while reading, when nobody asks for it; of quoted packets, too.
  State* tree_state() const {
    if (is_quoted) return quoting_is_reading_ ? nullptr : quoting_state_;
    return is_reading() ? nullptr : state_;
  }
  /// The packet's final row, once the trace is finished (look, replay); null while it is read.
  const Row* known() const { return known_; }
  bool is_reading() const { return known_ == nullptr; }
  /// What a later packet told (Row::link).
  uint32_t link() const { return known_ != nullptr ? known_->link : row.link; }
  /// Whether row.flow is known: not that of a quoted packet.
  bool has_conversation() const { return row.flow != UINT32_MAX; }

  /// Where to write Info, or null when nobody asks. Texts that cannot be made again from the packet and its row alone
  /// use keep_info() instead.
  std::string* info() const { return info_; }
  void want_info(std::string* info) { info_ = info; }
  /// Replaces the Info text, or adds to it, when somebody asks for it.
  void clear_info() {
    if (info_ != nullptr) info_->clear();
  }
  template <typename... Parts>
  void set_info(const Parts&... parts) {
    if (info_ == nullptr) return;
    info_->clear();
    append(*info_, parts...);
  }
  template <typename... Parts>
  void append_info(const Parts&... parts) {
    if (info_ != nullptr) append(*info_, parts...);
  }
  /// The Info text that is kept with the row (read and replay): set it, or append to it.
  std::string& keep_info();
  /// Appends to the kept Info, after ", " when something stands there already (a TCP note counts).
  void keep_info(std::string_view text);
  bool keeps_info() const { return keeps_info_; }
  /// From here on info() is the text that is kept with the row, empty at first: for what is told with memory (streams,
  /// transfers), and cannot be told again of the packet alone.
  void keep_texts();
  /// Appends to Info, after ", " when something stands there already.
  template <typename... Parts>
  void add_info(const Parts&... parts) {
    if (info_ == nullptr) return;
    if (!info_->empty()) *info_ += ", ";
    append(*info_, parts...);
  }

  /// Where to report lines, or null when nobody asks.
  Tree* tree() const { return tree_; }
  void want_tree(Tree* tree) { tree_ = tree; }

  /// The Protocol column, which the last layer that sets it has.
  void set_protocol(const Protocol& protocol) { set_protocol(protocol.column_name); }
  void set_protocol(std::string_view literal) {
    protocol_name_ = literal;
    is_provisional_ = false;
  }
  /// The same for a text that connection_is() of this or a later packet of the conversation replaces.
  void set_provisional_protocol(std::string_view literal) {
    protocol_name_ = literal;
    is_provisional_ = true;
  }
  /// What the sides of the row's conversation agreed upon.
  void connection_is(std::string_view literal);
  /// The text that it said, or will have said in the end; empty when nobody said any.
  std::string_view connection_column() const;
  /// The text that it said by now.
  std::string_view connection_column_so_far() const;
  /// What this packet tells of the row's conversation, which the trees of earlier packets show, too, as Wireshark reads
  /// a file twice. The last word counts. (Read only.)
  void tell(std::string_view text);
  /// What will have been told in the end; empty while the capture is read.
  std::string_view told() const;
  /// A number that is told of an earlier packet, `what` in its protocol's own counting; 0 before. (Read only.)
  uint64_t& fact(PacketIndex earlier, uint8_t what);
  /// What will have been told of this packet in the end; 0 when nothing is, and while the capture is read.
  uint64_t fact(uint8_t what) const;
  /// For a name that is made on the spot ("0x88b5").
  void set_protocol_text(std::string_view made);
  std::string_view protocol_name() const { return protocol_name_; }
  bool is_provisional() const { return is_provisional_; }

  /// The protocols of the packet by now, the outermost first.
  Layers layers() const { return {layers_, layer_count_}; }
  /// Those behind the first `count` of them turned out not to be there.
  void leave_layers(size_t count) { layer_count_ = std::min(layer_count_, count); }
  void enter_layer(const Protocol& protocol) {
    if (layer_count_ < kMostLayers) layers_[layer_count_++] = &protocol;
  }

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

  /// The stream whose bytes are being dissected; null outside of streams.
  Stream* stream = nullptr;

  /// A message whose length its own header tells: the transport layer that carries it shows that it is so long. Called
  /// before the message's layer begins.
  void report_pdu(Bytes pdu);
  /// Where it shows it: the layer's line, and the field.
  struct PduLine {
    uint32_t layer = 0;
    const Field* field = nullptr;
  } pdu_line;

  /// What `Memory`'s protocol remembers of the row's conversation (read and replay only).
  template <typename Memory>
  Memory& memory();
  /// What reaches this port of this host is another protocol's; of datagrams, what comes from there only when they go
  /// both ways, as in Wireshark (read and replay only).
  void expect(const Protocol& protocol, Transport transport, const AddressBytes& host, uint16_t port,
              bool is_both_ways = false);
  /// From here on the row's conversation of datagrams is this protocol's, whatever its ports (read and replay only).
  void claim_conversation(const Protocol& protocol);
  /// Whose the packet is by such an announcement, whatever its ports; null: nobody's. When the packet is looked at, the
  /// row tells.
  const Protocol* announced(Transport transport);
  /// A request that a response answers: both have `key` in this conversation.
  struct Asked {
    PacketIndex packet = kNoPacket;
    int64_t ts_ns = 0;
  };
  /// Remembers the request, unless it was asked already (then that one is returned): read and replay only.
  std::optional<Asked> ask(uint64_t key);
  /// The request that this packet answers, joins the two (answered_in) and forgets it: read and replay only.
  std::optional<Asked> answer(uint64_t key);
  /// Number of the packet that answers this request; 0 when none does, or while the capture is read.
  uint32_t answered_in(uint64_t key) const { return answered_in(key, index); }
  /// The same of another packet's request.
  uint32_t answered_in(uint64_t key, PacketIndex request) const;
  /// Tells an earlier packet what it could not know: that this packet has to do with what it calls `key`, and a text.
  /// Read and replay only; answered_in(key, earlier) finds this packet then, told_later(key) in the earlier one the
  /// text.
  void tell(PacketIndex earlier, uint64_t key, std::string_view text = {});
  std::string_view told_later(uint64_t key) const;

  /// Hands `bytes` to the protocol that claims `value`; false when nobody does.
  bool call(const Table& table, uint64_t value, Bytes bytes);
  void call(const Protocol& protocol, Bytes bytes);
  /// Dissects a packet that this one quotes (in an error it is about): it shows in the tree and in the chain of layers,
  /// but it is not here, so that the row, its Info and what is remembered do not know of it.
  void quote(const Protocol& protocol, Bytes bytes);
  bool is_quoted = false;
  /// The stream of the quoted packet that is at work. It has a number, though no packet of it may be here; else `flow`
  /// is theirs.
  struct QuotedStream {
    uint32_t number = 0;
    uint32_t flow = UINT32_MAX;
  };
  /// None when nothing is remembered.
  std::optional<QuotedStream> quoted_stream(Transport transport) const;
  /// Depth of nested layers, so that a packet cannot nest without end.
  int depth = 0;
  static constexpr int kMaxDepth = 32;

  /// What went wrong, for "[Malformed Packet]" and "[Packet size limited during capture]"; the first stays.
  Shortage shortage = Shortage::none;
  /// Which layer it was.
  const Protocol* short_layer = nullptr;

 private:
  State* state_;
  std::string* info_ = nullptr;
  /// The layer that came after those of now when the packet was read.
  const Protocol* next_known_layer() const;
  const Exchange* find_exchange(uint64_t key, PacketIndex request) const;

  const Row* known_ = nullptr;
  Tree* tree_ = nullptr;
  State* quoting_state_ = nullptr;  // of the packet that quotes this one
  bool quoting_is_reading_ = true;
  bool keeps_info_ = false;
  std::string_view protocol_name_;
  bool is_provisional_ = false;
  static constexpr size_t kMostLayers = 48;
  size_t layer_count_ = 0;
  const Protocol* layers_[kMostLayers];
};

}  // namespace tracedrop::dissect
