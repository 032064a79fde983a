#include "dissect/fragments.h"

#include <algorithm>
#include <list>
#include <unordered_map>

#include "dissect/ip.h"
#include "dissect/registry.h"
#include "dissect/state.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kMaxOpenBytes = 16 << 20;      // of datagrams that are not complete yet; the oldest is given up
constexpr size_t kMaxKeptBytes = 32 << 20;      // of complete ones, kept for looking at them again
constexpr size_t kMaxDatagram = 65535 + 65535;  // a last fragment may begin at up to 65528
constexpr size_t kCostOfFragment = 64;
constexpr size_t kMaxPieces = 16384;  // a datagram of 8-byte fragments has half as many

struct Piece {
  size_t at = 0;
  std::vector<uint8_t> bytes;
  size_t end() const { return at + bytes.size(); }
};

/// A datagram of which some fragments are here.
struct Datagram {
  std::vector<Piece> pieces;  // by offset, equals in the order of arrival
  std::vector<PacketIndex> packets;
  size_t length = SIZE_MAX;  // known when the last fragment is here
  size_t cost = 0;
  std::list<std::string>::iterator place;  // in the order of opening

  /// The memory it takes.
  size_t add(const Fragment& fragment, Bytes payload, PacketIndex packet) {
    if (pieces.size() >= kMaxPieces) return 0;
    Piece piece{fragment.at, {payload.data(), payload.data() + payload.size()}};
    const auto after = std::upper_bound(pieces.begin(), pieces.end(), piece,
                                        [](const Piece& a, const Piece& b) { return a.at < b.at; });
    pieces.insert(after, std::move(piece));
    packets.push_back(packet);
    if (!fragment.more) length = fragment.at + payload.size();
    const size_t added = payload.size() + kCostOfFragment;
    cost += added;
    return added;
  }

  bool complete() const {
    if (length == SIZE_MAX) return false;
    size_t reached = 0;
    for (const Piece& piece : pieces) {
      if (piece.at > reached) return false;
      reached = std::max(reached, piece.end());
    }
    return reached >= length;
  }

  /// Where fragments overlap, the one with the smaller offset stands.
  std::vector<uint8_t> assemble() const {
    std::vector<uint8_t> all;
    all.reserve(length);
    for (const Piece& piece : pieces)
      if (piece.end() > all.size())
        all.insert(all.end(), piece.bytes.begin() + static_cast<std::ptrdiff_t>(all.size() - piece.at),
                   piece.bytes.end());
    all.resize(std::min(all.size(), length));
    return all;
  }
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
  std::unordered_map<Key, Datagram> open_;
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

bool take(Context& context, const Fragment& fragment, Bytes payload) {
  State& state = *context.state();
  Datagrams& datagrams = state.of<Datagrams>(ipv4_protocol);
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
  datagrams.close(key);
  if (datagrams.may_keep(whole.size())) {
    auto& kept = state.findings.reassembled;
    kept.push_back({context.index, fragment.id, std::move(whole)});
    call_ip_protocol(context, fragment.protocol, {kept.back().payload.data(), kept.back().payload.size()});
  } else {
    call_and_keep_info(context, fragment.protocol, {whole.data(), whole.size()});
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

bool complete_datagram(Context& context, const Fragment& fragment, Bytes payload) {
  const bool whole = payload.size() == payload.wire_size();
  if (!whole || payload.empty() || fragment.at + payload.size() > kMaxDatagram) return false;
  return context.first_pass() ? take(context, fragment, payload) : take_kept(context, fragment);
}

}  // namespace tracedrop::dissect
