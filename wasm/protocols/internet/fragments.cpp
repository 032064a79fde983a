#include "protocols/internet/fragments.h"

#include <algorithm>
#include <list>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "dissect/state.h"
#include "protocols/internet/ip.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kMaxOpenBytes = 16 << 20;      // of datagrams that are not complete yet; the oldest is given up
constexpr size_t kMaxKeptBytes = 32 << 20;      // of complete ones, kept for looking at them again
constexpr size_t kMaxDatagram = 65535 + 65535;  // a last fragment may begin at up to 65528
constexpr size_t kCostOfFragment = 128;
constexpr size_t kMaxPieces = 16384;  // a datagram of 8-byte fragments has half as many

/// A datagram of which some fragments are here.
class Datagram {
 public:
  struct Piece {
    PacketIndex packet;
    std::vector<uint8_t> bytes;
  };
  const std::multimap<size_t, Piece>& pieces() const { return pieces_; }

  std::vector<PacketIndex> packets;
  size_t cost = 0;
  std::list<std::string>::iterator place;  // in the order of opening

  /// The memory it takes.
  size_t add(const Fragment& fragment, Bytes payload, PacketIndex packet) {
    if (pieces_.size() >= kMaxPieces) return 0;
    std::vector<uint8_t> bytes(payload.data(), payload.data() + payload.size());
    pieces_.emplace(fragment.at, Piece{packet, std::move(bytes)});
    packets.push_back(packet);
    if (!fragment.more) length_ = fragment.at + payload.size();
    if (fragment.at <= reached_) reach_from(fragment.at + payload.size());
    const size_t added = payload.size() + kCostOfFragment;
    cost += added;
    return added;
  }

  /// Its length is known, and no piece stands behind a gap.
  bool complete() const {
    return length_ != SIZE_MAX && reached_ >= length_ && std::prev(pieces_.end())->first <= reached_;
  }

  /// Where fragments overlap, the one with the smaller offset stands.
  std::vector<uint8_t> assemble() const {
    std::vector<uint8_t> all;
    all.reserve(length_);
    for (const auto& [at, piece] : pieces_) {
      const std::vector<uint8_t>& bytes = piece.bytes;
      if (at + bytes.size() > all.size())
        all.insert(all.end(), bytes.begin() + static_cast<std::ptrdiff_t>(all.size() - at), bytes.end());
    }
    all.resize(std::min(all.size(), length_));
    return all;
  }

 private:
  /// A piece that begins within what was reached ends at `end`: goes on over the pieces that this reaches, each once.
  void reach_from(size_t end) {
    auto next = pieces_.upper_bound(reached_);
    reached_ = std::max(reached_, end);
    for (; next != pieces_.end() && next->first <= reached_; ++next)
      reached_ = std::max(reached_, next->first + next->second.bytes.size());
  }

  std::multimap<size_t, Piece> pieces_;  // by offset, equals in the order of arrival
  size_t length_ = SIZE_MAX;             // known when the last fragment is here
  size_t reached_ = 0;                   // all bytes before are here
};

using Key = std::string;

Key make_key(const Context& context, const Fragment& fragment) {
  Key key;
  key += context.source.raw.text();
  key += context.destination.raw.text();
  for (int shift = 0; shift < 32; shift += 8) key += static_cast<char>(fragment.id >> shift);
  key += static_cast<char>(fragment.protocol);
  return key;
}

class Datagrams : public ProtocolState {
 public:
  Datagram& open(const Key& key) {
    const auto [found, is_new] = open_.try_emplace(key);
    if (is_new) found->second.place = order_.insert(order_.end(), key);
    return found->second;
  }
  void close(const Key& key) {
    const auto found = open_.find(key);
    bytes_ -= found->second.cost;
    order_.erase(found->second.place);
    open_.erase(found);
  }
  void add_cost(size_t bytes) { bytes_ += bytes; }
  void forget_oldest_beyond_limit() {
    while (bytes_ > kMaxOpenBytes) close(Key(order_.front()));
  }
  bool may_keep(size_t size) {
    if (kept_bytes_ + size > kMaxKeptBytes) return false;
    kept_bytes_ += size;
    return true;
  }

 private:
  std::unordered_map<Key, Datagram, KeyedHash> open_;
  std::list<Key> order_;  // keys of open_, the oldest first
  size_t bytes_ = 0;
  size_t kept_bytes_ = 0;
};

/// Nothing is kept of this datagram but what its Info shows.
void call_and_keep_info(Context& context, uint8_t protocol, Bytes payload) {
  std::string text;
  std::string* wanted = context.info();
  context.want_info(&text);
  call_ip_protocol(context, protocol, payload);
  context.want_info(wanted);
  if (!context.keeps_info()) context.keep_info() = std::move(text);
}

void report_piece(Tree& tree, const ReassemblyFields& fields, Bytes whole, size_t at, const Datagram::Piece& piece,
                  size_t reached) {
  const size_t size = piece.bytes.size();
  const Bytes range = whole.sub(at, size);
  const size_t common = std::min(reached, at + size) - std::min(reached, at);
  const bool conflicts =
      common > 0 && range.first(common).text() != Bytes(piece.bytes.data(), piece.bytes.size()).first(common).text();
  const auto bracketed = [&tree](uint32_t line) { tree.line(line).is_generated = true; };
  const uint32_t line = tree.add(conflicts ? fields.error : fields.fragment, range, piece.packet + 1);
  tree.replace(line, "Frame: ", piece.packet + 1, ", payload: ", at, '-', at + size - 1, " (",
               Counted{size, "byte", "bytes"}, ')');
  bracketed(line);
  if (common == 0) return;
  tree.open(line);
  bracketed(tree.add(fields.overlap, range.first(0), 1));
  if (conflicts) bracketed(tree.add(fields.conflict, range.first(0), 1));
  tree.close(line);
}

/// The whole as a data source of its own, and the lines that tell of what it was made.
Bytes report_whole(Tree& tree, const Reassembly& how, const Datagram& datagram, Bytes bytes) {
  const ReassemblyFields& fields = how.fields;
  const Bytes whole = tree.add_source(how.version == "IPv4" ? "Reassembled IPv4" : "Reassembled IPv6", bytes);
  const auto bracketed = [&tree](uint32_t line) { tree.line(line).is_generated = true; };
  const auto& pieces = datagram.pieces();
  const uint32_t all = tree.add(fields.fragments, whole);
  bracketed(all);
  tree.replace(all, pieces.size(), ' ', how.version, pieces.size() == 1 ? " Fragment" : " Fragments", " (",
               Counted{whole.size(), "byte", "bytes"}, "): ");
  for (const auto& [at, piece] : pieces)
    tree.append(all, at == pieces.begin()->first && &piece == &pieces.begin()->second ? "#" : ", #", piece.packet + 1,
                '(', piece.bytes.size(), ')');
  tree.open(all);
  size_t reached = 0;
  for (const auto& [at, piece] : pieces) {
    report_piece(tree, fields, whole, at, piece, reached);
    reached = std::max(reached, at + piece.bytes.size());
  }
  bracketed(tree.add(fields.count, whole.first(0), pieces.size()));
  bracketed(tree.add(fields.length, whole.first(0), whole.size()));
  bracketed(tree.add(fields.data, whole));
  tree.close(all);
  return whole;
}

bool take(Layer& in, const Reassembly& how, const Fragment& fragment, Bytes payload) {
  Context& context = in.context();
  State& state = *context.state();
  Datagrams& datagrams = state.of<Datagrams>();
  const Key key = make_key(context, fragment);
  Datagram& datagram = datagrams.open(key);
  datagrams.add_cost(datagram.add(fragment, payload, context.index));
  if (!datagram.complete()) {
    datagrams.forget_oldest_beyond_limit();
    return false;
  }
  for (const PacketIndex packet : datagram.packets)
    if (packet != context.index) state.links.emplace_back(packet, context.index + 1);
  std::vector<uint8_t> whole = datagram.assemble();
  Bytes bytes(whole.data(), whole.size());
  // (Of the packet's tree, even if it wants nothing of this layer: it is what the next one stands in.)
  if (Tree* const tree = in.context().tree()) bytes = report_whole(*tree, how, datagram, bytes);
  how.report_rest(in);
  datagrams.close(key);
  if (datagrams.may_keep(whole.size())) {
    auto& kept = state.findings.reassembled;
    kept.push_back({context.index, fragment.id, std::move(whole)});  // (its bytes stay where they are)
    call_ip_protocol(context, fragment.protocol, bytes);
  } else {
    call_and_keep_info(context, fragment.protocol, bytes);
  }
  return true;
}

/// The packet is looked at again: did it complete a datagram?
bool take_kept(Context& context, const Fragment& fragment) {
  const auto& kept = context.findings.reassembled;
  auto found =
      std::lower_bound(kept.begin(), kept.end(), context.index,
                       [](const Reassembled& datagram, PacketIndex packet) { return datagram.packet < packet; });
  for (; found != kept.end() && found->packet == context.index; ++found) {
    if (found->id != fragment.id) continue;
    call_ip_protocol(context, fragment.protocol, {found->payload.data(), found->payload.size()});
    return true;
  }
  return false;
}

}  // namespace

bool complete_datagram(Layer& in, const Reassembly& how, const Fragment& fragment, Bytes payload) {
  Context& context = in.context();
  const bool whole = payload.size() == payload.wire_size();
  if (!whole || payload.empty() || fragment.at + payload.size() > kMaxDatagram) return false;
  return context.has_memory() ? take(in, how, fragment, payload) : take_kept(context, fragment);
}

}  // namespace tracedrop::dissect
