#include "trace/trace.h"

namespace tracedrop::trace {

namespace {

/// A list sorted by packet keeps what lies before packet `end`.
template <typename List>
void cut_sorted(List& list, PacketIndex end, PacketIndex (*packet_of)(const typename List::value_type&)) {
  while (!list.empty() && packet_of(list.back()) >= end) list.pop_back();
}

void forget_packets(Conversation& conversation, PacketIndex end) {
  for (PacketIndex* packet : {&conversation.syn, &conversation.syn_ack, &conversation.handshake_ack})
    if (*packet >= end) *packet = kNoPacket;
}

/// Conversations are numbered in the order of their first packets.
size_t conversations_in(const Columns& columns) {
  size_t count = 0;
  for (uint32_t b = 0; b < columns.block_count(); ++b)
    for (uint32_t at = 0; at < columns.block(b).rows; ++at)
      count = std::max<size_t>(count, (columns.block(b).flow[at] >> 1) + 1);
  return count;
}

void cut_findings(dissect::Findings& findings, PacketIndex end, size_t conversations) {
  findings.conversations.keep_first(conversations);
  for (Conversation& conversation : findings.conversations) forget_packets(conversation, end);
  cut_sorted(findings.rtt_samples, end, [](const dissect::RttSample& sample) { return sample.ack; });
  cut_sorted(findings.duplicate_acks, end, [](const dissect::DuplicateAck& ack) { return ack.packet; });
  cut_sorted(findings.reassembled, end, [](const dissect::Reassembled& whole) { return whole.packet; });
  const auto is_cut = [&](const dissect::Exchange& exchange) {
    return exchange.request >= end || exchange.answer >= end;
  };
  findings.exchanges.erase(std::remove_if(findings.exchanges.begin(), findings.exchanges.end(), is_cut),
                           findings.exchanges.end());
  // The proof may come before or after what it proves needless; without a proof there is no packet to lose.
  const auto is_gone = [&](const dissect::NeedlessRetransmission& needless) {
    return needless.retransmission >= end || (needless.proof >= end && needless.proof != kNoPacket);
  };
  findings.needless.erase(std::remove_if(findings.needless.begin(), findings.needless.end(), is_gone),
                          findings.needless.end());
}

}  // namespace

void Trace::keep_first(PacketIndex count) {
  columns.keep_first(count);
  cut_findings(findings, columns.size(), conversations_in(columns));
  if (packet_interface.size() > count) packet_interface.resize(count);
  if (file_numbers.size() > count) file_numbers.resize(count);
  cut_sorted(time_breaks, count, [](const PacketIndex& packet) { return packet; });
}

}  // namespace tracedrop::trace
