// The body of a data frame of IEEE 802.11: LLC, or several packets in one (section 9.3.2.2: destination (6), source
// (6), length (2), LLC, padded to a multiple of four), or what only the stations can read, behind what they need to do
// so:
//
//   WEP (12.3.2): initialization vector (3), 6 bits of padding and key index (2 bits), data, check value (4)
//   TKIP and CCMP (12.5): 48 bits of packet number in two halves, between them the key's index and 0x20
#include "protocols/application/data.h"
#include "protocols/link/wlan/fields.h"
#include "protocols/link/wlan/wlan.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace wlan {

namespace {

constexpr uint8_t kHasExtended = 0x20;
constexpr size_t kShortVectorBytes = 4, kLongVectorBytes = 8, kCheckValueBytes = 4;

void append_upper(std::string& out, uint8_t byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += kDigits[byte >> 4];
  out += kDigits[byte & 0xF];
}

void report_packet_number(Layer& in, bool is_tkip) {
  const Bytes vector = in.rest().first(kLongVectorBytes);
  // TKIP's two lowest bytes come the other way round, with a byte between them that keeps WEP's weak keys away.
  const size_t order_tkip[] = {7, 6, 5, 4, 0, 2}, order_ccmp[] = {7, 6, 5, 4, 1, 0};
  std::string number = "0x";
  for (const size_t at : is_tkip ? order_tkip : order_ccmp) append_upper(number, vector.u8(at));
  const size_t at = in.at();
  const auto group = in.group_line(at, kLongVectorBytes, is_tkip ? "TKIP parameters" : "CCMP parameters");
  in.add_text(is_tkip ? f.header.tkip_iv : f.header.ccmp_iv, number, at, kLongVectorBytes);
  in.add(f.header.wep_key, vector.u8(3) >> 6, at + 3, 1);
}

void report_wep(Layer& in, Bytes body) {
  const size_t at = in.at(), size = body.wire_size();
  const auto group = in.group_line(at, kShortVectorBytes, "WEP parameters");
  in.add(f.header.wep_iv, body.be24(0), at, 3);
  in.add(f.header.wep_key, body.u8(3) >> 6, at + 3, 1);
  if (size >= kShortVectorBytes + kCheckValueBytes && body.has(size - kCheckValueBytes, kCheckValueBytes)) {
    in.add(f.header.wep_icv, body.be32(size - kCheckValueBytes), at + size - kCheckValueBytes, kCheckValueBytes);
    in.append(" (not verified)");
  }
}

constexpr Field kSubframe{"wlan_aggregate.a_msdu.subframe", "A-MSDU Subframe", u8};
constexpr Field kLength{"wlan_aggregate.a_msdu.length", "A-MSDU Length", u16};
constexpr Field kPadding{"wlan_aggregate.a_msdu.padding", "A-MSDU Padding", raw_bytes};
constexpr const Field* kAggregateFields[] = {&kSubframe, &kLength, &kPadding};

/// Several packets in one frame: each is a whole one.
void dissect_aggregate(Context& context, Bytes body) {
  constexpr size_t kHeaderBytes = 14, kAlignment = 4;
  Layer in(context, wlan_aggregate_protocol, body);
  for (uint32_t number = 1; in.ok() && in.rest().wire_size() > 0; ++number) {
    auto one = in.part(kSubframe);
    one.replace("A-MSDU Subframe #", number);
    read_address(in, f.header.da);
    read_address(in, f.header.sa);
    const uint32_t length = in(kLength);
    if (!in.ok()) return;
    const uint32_t before = context.tree() != nullptr ? context.tree()->nest() : 0;
    context.call(llc_protocol, in.rest().first(length));
    if (context.tree() != nullptr) context.tree()->unnest(before);
    in.Cursor::skip(std::min<size_t>(length, in.rest().wire_size()));
    const size_t padding = (kAlignment - (kHeaderBytes + length) % kAlignment) % kAlignment;
    if (in.rest().wire_size() > 0 && padding > 0) in.bytes(kPadding, std::min(padding, in.rest().wire_size()));
    if (context.shortage != Shortage::none) return;
  }
}

/// An Ethernet frame as it is, or Novell's IPX without LLC, as old bridges made them.
bool is_ethernet(Bytes body, const AddressBytes& destination, const AddressBytes& source) {
  return body.has(0, 12) && !destination.raw.empty() &&
         (body.first(6).text() == destination.raw.text() || body.sub(6, 6).text() == source.raw.text());
}

bool is_aggregate(const Layer& in, const Frame& frame) {
  if (!frame.is_qos()) return false;
  const size_t at = frame.has(kToDs) && frame.has(kFromDs) ? 30 : 24;
  return (in.all().u8(at) & 0x80) != 0;
}

}  // namespace

void dissect_protected(Layer& in, const Frame&, Bytes body) {
  if (!body.has(0, kShortVectorBytes)) return in.skip(body.wire_size() + 1);
  const bool is_long = (body.u8(3) & kHasExtended) != 0 && body.wire_size() >= kLongVectorBytes;
  if (in.tree() != nullptr && is_long) report_packet_number(in, body.u8(1) == ((body.u8(0) | 0x20) & 0x7F));
  if (in.tree() != nullptr && !is_long) report_wep(in, body);
  const size_t vector = is_long ? kLongVectorBytes : kShortVectorBytes;
  const size_t trailer = is_long ? 0 : kCheckValueBytes, size = body.wire_size();
  in.skip(vector);
  if (size <= vector + trailer) return;
  dissect_data(in.context(), body.sub(vector, size - vector - trailer));
}

void dissect_data(Layer& in, const Frame& frame) {
  if (!frame.has_body()) return;
  Context& context = in.context();
  if (frame.reception.is_padded && in.at() % 4 != 0) in.skip(4 - in.at() % 4);
  // Some drivers pad the header and do not say so.
  if (!frame.reception.is_padded && in.at() % 4 == 2 && in.rest().has(0, 4) && in.rest().be16(0) == 0 &&
      !frame.has(kProtected))
    in.skip(2);
  const Bytes body = body_of(in, frame);
  if (frame.has(kProtected)) return dissect_protected(in, frame, body);
  if (frame.has(kMoreFragments)) {
    context.set_info("Fragmented IEEE 802.11 frame");
    return dissect_data(context, body);
  }
  if (is_aggregate(in, frame)) return dissect_aggregate(context, body);
  if (is_ethernet(body, context.destination, context.source)) return context.call(ethernet_protocol, body);
  context.call(llc_protocol, body);
}

}  // namespace wlan

const Protocol wlan_aggregate_protocol{.filter_name = "wlan_aggregate",
                                       .column_name = "802.11",
                                       .title = "IEEE 802.11 Aggregate MSDU",
                                       .fields = wlan::kAggregateFields};

}  // namespace tracedrop::dissect
