// What follows a packet in its frame is not marked. Zeros fill a payload up to 46 bytes (IEEE 802.3, section 3.2.7:
// the least size of a frame, 64 bytes, without header and check sequence). Of what is left, the last four bytes of a
// frame of at least 64 may be its check sequence; the rest is a trailer that some switch or tap has put there.
#include "protocols/link/trailer.h"

#include <optional>

#include "protocols/link/ethernet.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kLeastPayload = 46, kLeastFrame = 64, kCheckBytes = 4;
/// A redundancy trailer (PRP) is looked for in whatever follows a packet, and these are too few for one.
constexpr size_t kTooShort = 3;

void mark(Context& context, Shortage shortage, const Protocol& layer) {
  if (context.shortage != Shortage::none) return;
  context.shortage = shortage;
  context.short_layer = &layer;
}

/// The zeros that begin `rest`, at most `limit`; nothing when the capture ends among them.
std::optional<size_t> padding_of(Bytes rest, size_t limit) {
  size_t zeros = 0;
  while (zeros < limit && zeros < rest.size() && rest.u8(zeros) == 0) ++zeros;
  if (zeros == rest.size() && zeros < limit && rest.size() < rest.wire_size()) return std::nullopt;
  return zeros;
}

void report_bytes(Layer& in, const Field& field, Bytes bytes) {
  if (in.tree() != nullptr && !bytes.empty()) in.tree()->add(field, bytes);
}

void report_check(Layer& in, Bytes check, const Protocol& reader) {
  if (check.size() < kCheckBytes) return mark(in.context(), Shortage::snapped, reader);
  Tree* const tree = in.tree();
  if (tree == nullptr) return;
  tree->append(tree->add(ethernet::f.checksum, check, check.be32(0)), " [unverified]");
  tree->add(ethernet::f.checksum_state, check.first(0), ethernet::kUnverified);
  in.generated();
}

bool is_malformed(Bytes rest) { return rest.size() == kTooShort && rest.wire_size() == kTooShort; }

/// Of a capture whose frames are said to end in a check sequence, it was taken off before.
Bytes known_check(const Context& context, const Layer& in) {
  const Packet* const packet = context.packet;
  if (packet == nullptr || packet->fcs_bytes != kCheckBytes || in.all().data() != packet->bytes.data()) return {};
  return packet->bytes.from(packet->bytes.wire_size() - kCheckBytes);
}

/// Frames that are themselves carried by something have left theirs behind.
bool may_have_check(const Context& context, const Layer& in) {
  const Packet* const packet = context.packet;
  return packet != nullptr && packet->fcs_bytes == 0 && in.all().data() == packet->bytes.data();
}

void dissect_rest(Layer& in, const Trailer& trailer, Bytes rest, bool may_be_padding) {
  constexpr std::string_view kDoubt =
      "Didn't find padding of zeros, and an undecoded trailer exists. There may be padding of non-zeros.";
  Context& context = in.context();
  const bool has_check = trailer.check == CheckSequence::guessed && may_have_check(context, in) &&
                         in.all().wire_size() >= kLeastFrame && rest.wire_size() >= kCheckBytes;
  const Bytes before_check = has_check ? rest.first(rest.wire_size() - kCheckBytes) : rest;
  if (is_malformed(rest) || is_malformed(before_check)) {
    context.enter_layer(redundancy_trailer_protocol);
    return mark(context, Shortage::malformed, redundancy_trailer_protocol);
  }
  report_bytes(in, trailer.field, before_check);
  if (may_be_padding && !before_check.empty())
    in.expert(ethernet::f.padding_bad, Severity::note, ExpertGroup::protocol, kDoubt);
  if (has_check) report_check(in, rest.from(rest.wire_size() - kCheckBytes), trailer.reader);
}

}  // namespace

void dissect_trailer(Layer& in, const Trailer& trailer, Bytes payload, size_t used) {
  Context& context = in.context();
  if (used < payload.size()) {
    const Bytes rest = payload.from(used);
    const bool is_filled = used < kLeastPayload && payload.wire_size() >= kLeastPayload;
    const std::optional<size_t> padding = padding_of(rest, is_filled ? kLeastPayload - used : 0);
    if (!padding) return mark(context, Shortage::snapped, trailer.reader);
    report_bytes(in, ethernet::f.padding, rest.first(*padding));
    dissect_rest(in, trailer, rest.from(*padding), is_filled && *padding == 0);
  }
  if (trailer.check == CheckSequence::none || context.shortage != Shortage::none) return;
  const Bytes check = known_check(context, in);
  if (check.wire_size() > 0) report_check(in, check, trailer.reader);
}

}  // namespace tracedrop::dissect
