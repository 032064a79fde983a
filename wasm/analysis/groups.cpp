#include "analysis/groups.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "analysis/walk.h"
#include "base/hash.h"
#include "base/text.h"

namespace tracedrop::analysis {

namespace {

using dissect::Conversation;
using dissect::Transport;

/// The groups of a trace, numbered; each packet's number is read from one column.
class Grouping {
 public:
  Grouping(const Trace& trace, GroupBy by) : by_(by), kinds_(&trace.findings.protocols) {
    if (by != GroupBy::direction) {
      const size_t count = by == GroupBy::protocol ? kinds_->text_count() : trace.findings.conversations.size();
      for (size_t g = 0; g < count; ++g) keys_.push_back(g);
      return;
    }
    std::unordered_map<uint64_t, uint32_t, KeyedHash> numbers;
    for (const Conversation& c : trace.findings.conversations) {
      for (const uint32_t direction : {0U, 1U}) {
        const uint64_t key = uint64_t{c.address[direction]} << 32 | c.address[1 - direction];
        const auto [at, is_new] = numbers.try_emplace(key, static_cast<uint32_t>(keys_.size()));
        if (is_new) keys_.push_back(key);
        group_of_flow_.push_back(at->second);
      }
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(keys_.size()); }
  uint64_t key(uint32_t group) const { return keys_[group]; }
  uint32_t find(uint64_t key) const {
    return static_cast<uint32_t>(std::find(keys_.begin(), keys_.end(), key) - keys_.begin());
  }
  uint32_t group_of(const trace::Block& block, uint32_t at) const {
    switch (by_) {
      case GroupBy::direction: return group_of_flow_[block.flow[at]];
      case GroupBy::protocol: return kinds_->text_id(block.protocol[at]);
      case GroupBy::conversation: break;
    }
    return block.flow[at] >> 1;
  }

 private:
  GroupBy by_;
  const dissect::PacketKinds* kinds_;
  std::vector<uint64_t> keys_;
  std::vector<uint32_t> group_of_flow_;
};

struct Tally {
  uint32_t packets = 0;
  PacketIndex first = dissect::kNoPacket;
  uint64_t bytes = 0;
};

std::vector<Tally> tally(const Trace& trace, const Selection& selection, const Grouping& grouping) {
  std::vector<Tally> tallies(grouping.size());
  for_each_piece(trace.columns, selection,
                 [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex first) {
                   for (uint32_t at = from; at < to; ++at) {
                     Tally& t = tallies[grouping.group_of(block, at)];
                     t.first = std::min(t.first, first + (at - from));
                     t.bytes += block.wire_len[at];
                     ++t.packets;
                   }
                 });
  return tallies;
}

/// Numbers of the groups that hold packets, those with most packets first.
std::vector<uint32_t> by_packets(const std::vector<Tally>& tallies) {
  std::vector<uint32_t> order;
  for (uint32_t g = 0; g < tallies.size(); ++g)
    if (tallies[g].packets > 0) order.push_back(g);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return tallies[a].packets != tallies[b].packets ? tallies[a].packets > tallies[b].packets
                                                    : tallies[a].first < tallies[b].first;
  });
  return order;
}

/// The packets of each of the `wanted` groups, in one pass.
std::vector<Selection> split(const Trace& trace, const Selection& selection, const Grouping& grouping,
                             const std::vector<uint32_t>& wanted) {
  const auto none = static_cast<uint32_t>(wanted.size());
  std::vector<uint32_t> place(grouping.size(), none);
  std::vector<PacketSet> sets;
  for (uint32_t w = 0; w < none; ++w) {
    place[wanted[w]] = w;
    sets.emplace_back(trace.size());
  }
  for_each_piece(trace.columns, selection,
                 [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex first) {
                   for (uint32_t at = from; at < to; ++at) {
                     const uint32_t w = place[grouping.group_of(block, at)];
                     if (w != none) sets[w].add(first + (at - from));
                   }
                 });
  std::vector<Selection> selections;
  for (PacketSet& set : sets) selections.push_back(set.take());
  return selections;
}

void append_endpoint(std::string& out, const Trace& trace, const Conversation& c, uint32_t endpoint) {
  const Address address = trace.findings.addresses.at(c.address[endpoint]);
  const bool bracketed = address.kind() == AddressKind::ipv6 && c.transport != Transport::none;
  if (bracketed) out += '[';
  out += address_text(trace, c.address[endpoint]);
  if (bracketed) out += ']';
  if (c.transport == Transport::none) return;
  out += ':';
  append_number(out, c.port[endpoint]);
}

std::string label(const Trace& trace, GroupBy by, uint64_t key) {
  if (by == GroupBy::protocol) return std::string(trace.findings.protocols.text_of(static_cast<uint32_t>(key)));
  if (by == GroupBy::direction) {
    return address_text(trace, static_cast<uint32_t>(key >> 32)) + " → " +
           address_text(trace, static_cast<uint32_t>(key));
  }
  const Conversation& c = trace.findings.conversations[static_cast<size_t>(key)];
  std::string out = c.transport == Transport::tcp ? "TCP " : c.transport == Transport::udp ? "UDP " : "";
  append_endpoint(out, trace, c, 0);
  out += " ↔ ";
  append_endpoint(out, trace, c, 1);
  return out;
}

}  // namespace

Groups groups(const Trace& trace, const Selection& selection, GroupBy by, uint32_t most) {
  const Grouping grouping(trace, by);
  const std::vector<Tally> tallies = tally(trace, selection, grouping);
  std::vector<uint32_t> order = by_packets(tallies);
  Groups result;
  result.knows_sizes = trace.unknown.sizes.empty();
  for (size_t n = most; n < order.size(); ++n) {
    ++result.other_groups;
    result.other_packets += tallies[order[n]].packets;
    result.other_bytes += tallies[order[n]].bytes;
  }
  if (order.size() > most) order.resize(most);
  const std::vector<Selection> parts = split(trace, selection, grouping, order);
  for (size_t n = 0; n < order.size(); ++n) {
    Distributions distributed = distributions(trace, parts[n]);
    if (!trace.unknown.sizes.empty()) distributed.size = {};
    if (!trace.unknown.gaps.empty()) distributed.interarrival_ns = {};
    const Tally& t = tallies[order[n]];
    const uint64_t key = grouping.key(order[n]);
    result.top.push_back({key, label(trace, by, key), t.packets, t.bytes, size_statistics(distributed.size),
                          interarrival_statistics(distributed.interarrival_ns)});
  }
  return result;
}

Selection group_packets(const Trace& trace, const Selection& selection, GroupBy by, uint64_t key) {
  const Grouping grouping(trace, by);
  const uint32_t group = grouping.find(key);
  if (group == grouping.size()) return Selection::run(0, 0);
  return std::move(split(trace, selection, grouping, {group}).front());
}

std::string address_text(const Trace& trace, uint32_t address) {
  std::string out;
  append_address(out, trace.findings.addresses.at(address));
  return out.empty() ? "?" : out;
}

}  // namespace tracedrop::analysis
