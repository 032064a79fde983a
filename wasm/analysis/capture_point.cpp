#include "analysis/capture_point.h"

#include <algorithm>
#include <array>

#include "analysis/exact.h"

namespace tracedrop::analysis {

namespace {

using dissect::Conversation;
using dissect::kNoPacket;
using trace::PacketIndex;
using trace::Trace;

constexpr uint8_t kUnknown = Conversation::kUnknownDirection;
constexpr int64_t kNever = INT64_MAX;

/// The quickest answer that each endpoint of a conversation gave.
using Quickest = std::array<int64_t, 2>;

void note_answer(const Trace& trace, PacketIndex question, PacketIndex answer, std::vector<Quickest>& quickest) {
  if (question >= trace.size() || answer >= trace.size()) return;
  if (!trace.unknown.round_trips.empty() || !trace.knows_time_between(question, answer)) return;
  const int64_t took_ns = difference_ns(trace.columns.ts_ns(answer), trace.columns.ts_ns(question));
  if (took_ns < 0) return;
  const uint32_t flow = trace.columns.flow(answer);
  int64_t& known = quickest[flow >> 1][flow & 1];
  known = std::min(known, took_ns);
}

uint8_t nearer(const Quickest& quickest) {
  if (quickest[0] == kNever || quickest[1] == kNever) return kUnknown;
  const uint8_t near = quickest[0] <= quickest[1] ? 0 : 1;
  const int64_t near_ns = quickest[near];
  const int64_t far_ns = quickest[1 - near];
  const bool clear = far_ns - near_ns >= CapturePoint::kNearMarginNs && far_ns / CapturePoint::kNearFactor >= near_ns;
  return clear ? near : kUnknown;
}

/// The endpoint that seems to be near although it was asked to connect, or kUnknown.
uint8_t near_server(const Trace& trace, const Conversation& c, uint8_t near) {
  if (near == kUnknown || c.sent_by_capturer != kUnknown || c.syn >= trace.size()) return kUnknown;
  return (trace.columns.flow(c.syn) & 1) == near ? kUnknown : near;
}

/// Step 4: a client whose servers, several of them, all seem to be near.
void drop_many_near_servers(const Trace& trace, std::vector<uint8_t>& near) {
  constexpr uint32_t kSeveral = UINT32_MAX;
  const auto& conversations = trace.findings.conversations;
  std::vector<uint32_t> server_of(trace.findings.addresses.size());  // by client's address; 0: none yet
  for (size_t c = 0; c < conversations.size(); ++c) {
    const uint8_t server = near_server(trace, conversations[c], near[c]);
    if (server == kUnknown) continue;
    uint32_t& known = server_of[conversations[c].address[1 - server]];
    const uint32_t address = conversations[c].address[server];
    known = known == 0 || known == address ? address : kSeveral;
  }
  for (size_t c = 0; c < conversations.size(); ++c) {
    const uint8_t server = near_server(trace, conversations[c], near[c]);
    if (server != kUnknown && server_of[conversations[c].address[1 - server]] == kSeveral) near[c] = kUnknown;
  }
}

}  // namespace

CapturePoint::CapturePoint(const Trace& trace) {
  const auto& conversations = trace.findings.conversations;
  std::vector<Quickest> quickest(conversations.size(), {kNever, kNever});
  for (const Conversation& c : conversations) {
    note_answer(trace, c.syn, c.syn_ack, quickest);
    note_answer(trace, c.syn_ack, c.handshake_ack, quickest);
  }
  for (const dissect::RttSample& sample : trace.findings.rtt_samples)
    note_answer(trace, sample.segment, sample.ack, quickest);

  near_.assign(conversations.size(), kUnknown);
  std::vector<int32_t> votes(trace.findings.addresses.size());  // near minus far, by address
  for (size_t c = 0; c < conversations.size(); ++c) {
    const uint8_t said = conversations[c].sent_by_capturer;
    near_[c] = said != kUnknown ? said : nearer(quickest[c]);
    if (near_[c] == kUnknown) continue;
    ++votes[conversations[c].address[near_[c]]];
    --votes[conversations[c].address[1 - near_[c]]];
  }
  for (size_t c = 0; c < conversations.size(); ++c) {
    if (conversations[c].sent_by_capturer != kUnknown) continue;
    const int32_t first = votes[conversations[c].address[0]];
    const int32_t second = votes[conversations[c].address[1]];
    near_[c] = first > 0 && second <= 0 ? 0 : second > 0 && first <= 0 ? 1 : kUnknown;
  }
  drop_many_near_servers(trace, near_);
}

}  // namespace tracedrop::analysis
