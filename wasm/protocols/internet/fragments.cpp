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
  std::vector<PacketIndex> packets;
  size_t cost = 0;
  std::list<std::string>::iterator place;  // in the order of opening

  /// The memory it takes.
  size_t add(const Fragment& fragment, Bytes payload, PacketIndex packet) {
    if (pieces_.size() >= kMaxPieces) return 0;
    pieces_.emplace(fragment.at, std::vector<uint8_t>(payload.data(), payload.data() + payload.size()));
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
    for (const auto& [at, bytes] : pieces_)
      if (at + bytes.size() > all.size())
        all.insert(all.end(), bytes.begin() + static_cast<std::ptrdiff_t>(all.size() - at), bytes.end());
    all.resize(std::min(all.size(), length_));
    return all;
  }

 private:
  /// A piece that begins within what was reached ends at `end`: goes on over the pieces that this reaches, each once.
  void reach_from(size_t end) {
    auto next = pieces_.upper_bound(reached_);
    reached_ = std::max(reached_, end);
    for (; next != pieces_.end() && next->first <= reached_; ++next)
      reached_ = std::max(reached_, next->first + next->second.size());
  }

  std::multimap<size_t, std::vector<uint8_t>> pieces_;  // by offset, equals in the order of arrival
  size_t length_ = SIZE_MAX;                            // known when the last fragment is here
  size_t reached_ = 0;                                  // all bytes before are here
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

bool take(Context& context, const Fragment& fragment, Bytes payload) {
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
  return context.has_memory() ? take(context, fragment, payload) : take_kept(context, fragment);
}

}  // namespace tracedrop::dissect
