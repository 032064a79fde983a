#include "analysis/csv_copies.h"

#include "analysis/exact.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Trace;

namespace {

bool same_segment(const trace::Row& a, const trace::Row& b) {
  return a.flow == b.flow && a.seq == b.seq && a.ack == b.ack && a.flags == b.flags && a.payload_len == b.payload_len &&
         a.wire_len == b.wire_len;
}

}  // namespace

PacketIndex copied_row(const Trace& trace, PacketIndex i) {
  constexpr PacketIndex kLookBack = 64;
  constexpr int kMicroseconds = 6;
  const trace::Row row = trace.columns.row(i);
  if (!trace.unknown.gaps.empty()) return dissect::kNoPacket;
  if (trace.time_digits < kMicroseconds || (row.flags & dissect::kIsTcp) == 0) return dissect::kNoPacket;
  for (PacketIndex j = i; j-- > 0 && i - j <= kLookBack;) {
    const int64_t apart_ns = difference_ns(row.ts_ns, trace.columns.ts_ns(j));
    if (apart_ns > kDoubledNs || apart_ns < 0) break;
    const trace::Row earlier = trace.columns.row(j);
    if (same_segment(earlier, row)) return j;
    if (earlier.flow == (row.flow ^ 1) && (earlier.notes & dissect::kDuplicateAck) != 0) break;
  }
  return dissect::kNoPacket;
}

}  // namespace tracedrop::analysis
