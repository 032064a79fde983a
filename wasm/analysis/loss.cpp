#include "analysis/loss.h"

#include <algorithm>

#include "analysis/absent.h"
#include "analysis/csv_copies.h"
#include "analysis/walk.h"
#include "analysis/words.h"
#include "base/text.h"

namespace tracedrop::analysis {

namespace {

using dissect::NeedlessRetransmission;

/// `is_marked`: does Wireshark show the notes?
void count_notes(uint16_t notes, bool is_marked, Loss& loss) {
  const auto has = [&](uint16_t note) { return (notes & note) != 0; };
  if (!is_marked) {
    loss.unmarked += has(dissect::kRetransmission);
    loss.unmarked_missing += has(dissect::kLostSegment) || has(dissect::kAckedLostSegment);
    return;
  }
  if (has(dissect::kRetransmission)) {
    ++loss.retransmissions;
    ++(has(dissect::kSpuriousRetransmission) ? loss.spurious
       : has(dissect::kFastRetransmission)   ? loss.fast
                                             : loss.timeout);
  }
  loss.out_of_order += has(dissect::kOutOfOrder);
  loss.lost_segments += has(dissect::kLostSegment);
  loss.acked_lost_segments += has(dissect::kAckedLostSegment);
  loss.duplicate_acks += has(dissect::kDuplicateAck);
  loss.keep_alives += has(dissect::kKeepAlive);
  loss.keep_alive_acks += has(dissect::kKeepAliveAck);
}

bool is_copy(const NeedlessRetransmission& needless) { return needless.why == NeedlessRetransmission::Why::copy; }

bool earlier_retransmission(const NeedlessRetransmission& a, const NeedlessRetransmission& b) {
  return a.retransmission < b.retransmission;
}

/// The selected needless retransmissions, each once, by packet; `found` are known already.
std::vector<NeedlessRetransmission> find_needless(const Trace& trace, const Selection& selection,
                                                  const std::vector<PacketIndex>& spurious,
                                                  std::vector<NeedlessRetransmission> found) {
  for (const NeedlessRetransmission& needless : trace.findings.needless) {
    const PacketIndex i = needless.retransmission;
    if (i < trace.size() && selection.contains(i) && (trace.columns.notes(i) & dissect::kRetransmission) != 0)
      found.push_back(needless);
  }
  for (const PacketIndex i : spurious)
    found.push_back({i, dissect::kNoPacket, NeedlessRetransmission::Why::already_acked});
  // Those with a proof come first of their packet, and stay.
  std::stable_sort(found.begin(), found.end(), earlier_retransmission);
  const auto same = [](const auto& a, const auto& b) { return a.retransmission == b.retransmission; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

Verdict decide(const Loss& loss) {
  if (loss.tcp_segments == 0) return Verdict::unknown;
  if (loss.lost > 0) return Verdict::lost;
  if (loss.lost_segments + loss.acked_lost_segments + loss.unmarked_missing > 0) return Verdict::not_visible;
  return Verdict::not_lost;
}

std::string proof_text(const NeedlessRetransmission& needless) {
  if (needless.why == NeedlessRetransmission::Why::duplicate_sack)
    return "the receiver reported a duplicate (D-SACK in " + packet_number(needless.proof) + ")";
  if (is_copy(needless)) return "it is " + packet_number(needless.proof) + " again";
  if (needless.proof == dissect::kNoPacket) return "its acknowledgment had been captured before";
  return "its acknowledgment was already on its way (" + packet_number(needless.proof) + ")";
}

/// ", 2 of them", ", all": how many of the retransmissions.
std::string share_text(uint64_t count, uint64_t of) {
  if (count == of) return ", all";
  std::string out = ", ";
  append_number(out, count);
  return out + " of them";
}

/// "(packet 7: …)" of the first that is a copy, or of the first that is not.
std::string first_proof(const Loss& loss, bool of_copies) {
  const auto found = std::find_if(loss.needless.begin(), loss.needless.end(),
                                  [&](const NeedlessRetransmission& n) { return is_copy(n) == of_copies; });
  return " (" + packet_number(found->retransmission) + ": " + proof_text(*found) + ")";
}

/// "1 retransmission, proven needless: …", "5 retransmissions, 2 of them proven needless (packet 7: …)".
std::string retransmissions_text(const Loss& loss) {
  const uint32_t all = loss.retransmissions + loss.unmarked;
  std::string out = counted(all, "retransmission");
  if (loss.unmarked > 0)
    out += share_text(loss.unmarked, all) + " unmarked in Wireshark because the snap length cut off the options";
  if (loss.needless.empty()) return out;
  const NeedlessRetransmission& first = loss.needless.front();
  if (all == 1)
    return out + (is_copy(first) ? ", a copy that the capture's place made: " : ", proven needless: ") +
           proof_text(first);
  if (loss.copies > 0)
    out += share_text(loss.copies, all) + " copies that the capture's place made" + first_proof(loss, true);
  if (loss.needless.size() > loss.copies)
    out += share_text(loss.needless.size() - loss.copies, all) + " proven needless" + first_proof(loss, false);
  return out;
}

std::string missing_text(const Loss& loss) {
  std::string out;
  if (loss.lost_segments > 0) out += counted(loss.lost_segments, "gap") + " in the sequence numbers";
  if (loss.acked_lost_segments > 0) {
    if (!out.empty()) out += " and ";
    out += counted(loss.acked_lost_segments, "acknowledgment") + " of segments that were never seen";
  }
  if (loss.unmarked_missing > 0) {
    if (!out.empty()) out += " and ";
    out += counted(loss.unmarked_missing, "cut segment") + " after a gap or acknowledging what was never seen";
  }
  return out;
}

std::string why_unknown(const Trace& trace, const Selection& selection) {
  if (selection.empty()) return no_packets_text(trace);
  const std::string undissected = undissected_text(trace, selection);
  return undissected.empty() ? "No TCP segment is among these packets: without sequence numbers loss cannot be seen."
                             : undissected;
}

std::string describe(const Loss& loss) {
  const std::string missing = missing_text(loss);
  switch (loss.verdict) {
    case Verdict::unknown: break;
    case Verdict::lost:
      return "Lost in the network: " + retransmissions_text(loss) + "; nothing proves that the first copy of " +
             counted(loss.lost, "segment") + " had arrived." +
             (missing.empty() ? "" : " The capture also shows " + missing + ".");
    case Verdict::not_visible:
      return "Not visible to this capture: " + missing + ", and " + retransmissions_text(loss) +
             ": either the capture missed segments, or they were lost before they reached it.";
    case Verdict::not_lost: break;
  }
  if (loss.retransmissions + loss.unmarked == 0)
    return "Nothing was lost: no segment was sent again, and none is missing.";
  return "Nothing was lost: " + retransmissions_text(loss) + ".";
}

}  // namespace

Loss loss(const Trace& trace, const Selection& selection) {
  Loss result;
  std::vector<PacketIndex> spurious;
  std::vector<NeedlessRetransmission> copies;  // of a csv: dissection tells those of a capture
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to; ++at) result.tcp_segments += (block.flags[at] & dissect::kIsTcp) != 0;
  });
  const auto noted = [](const trace::Block& block, uint32_t at) { return block.notes[at] != 0; };
  find_rare(trace, selection, noted, [&](PacketIndex i) {
    const uint16_t notes = trace.columns.notes(i);
    count_notes(notes, (trace.columns.flags(i) & dissect::kOptionsCut) == 0, result);
    if ((notes & dissect::kSpuriousRetransmission) != 0) spurious.push_back(i);
    if (trace.kind == trace::SourceKind::csv && (notes & dissect::kRetransmission) != 0)
      if (const PacketIndex first = copied_row(trace, i); first != dissect::kNoPacket)
        copies.push_back({i, first, NeedlessRetransmission::Why::copy});
  });
  result.needless = find_needless(trace, selection, spurious, std::move(copies));
  result.copies = static_cast<uint32_t>(std::count_if(result.needless.begin(), result.needless.end(), is_copy));
  result.lost = result.retransmissions + result.unmarked - static_cast<uint32_t>(result.needless.size());
  result.verdict = decide(result);
  result.sentence = result.known() ? describe(result) : why_unknown(trace, selection);
  return result;
}

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::not_lost: return "not lost";
    case Verdict::lost: return "lost in the network";
    case Verdict::not_visible: return "not visible to this capture";
    case Verdict::unknown: break;
  }
  return "unknown";
}

}  // namespace tracedrop::analysis
