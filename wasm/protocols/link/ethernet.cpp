// Ethernet (IEEE 802.3, section 3): destination (6), source (6), EtherType or length (2). Values from 1536 on are
// EtherTypes; up to 1500 they are the length of an 802.2 LLC frame. An address begins with its maker's number (3), of
// which two bits tell whether it is a group's and whether somebody else than the maker has given it.
#include "protocols/link/ethernet.h"

#include "base/hash.h"
#include "dissect/state.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ethernet {

void write_checksum_state(std::string& out, uint64_t state) { out += name_of(kChecksumStates, state); }

namespace {

constexpr Claim kClaims[] = {{link_types, 1}};
constexpr size_t kAddressBytes = 6;

/// The pairs of addresses in the order of their first packets.
struct Streams : ProtocolState {
  std::unordered_map<std::string, uint32_t, KeyedHash> number_of;
};

std::string pair_key(Bytes first, Bytes second) {
  const std::string_view low = std::min(first.text(), second.text()), high = std::max(first.text(), second.text());
  return std::string(low).append(high);
}

/// Only a replay counts them: reading needs no numbers, and a look sees no other packet.
void report_stream(Layer& in) {
  Context& context = in.context();
  if (context.is_reading() || !context.has_memory()) return;
  auto& numbers = context.state()->of<Streams>().number_of;
  const auto next = static_cast<uint32_t>(numbers.size());
  const Bytes all = in.all();
  const uint32_t number =
      numbers.emplace(pair_key(all.first(kAddressBytes), all.sub(kAddressBytes, kAddressBytes)), next).first->second;
  in.conclude(f.stream, number, 0);
}

void report_parts(Layer& in, const Field& maker, const Field& local, const Field& group) {
  const size_t at = in.at() - kAddressBytes;
  const uint32_t first_half = in.all().be24(at);
  const auto below = in.below();
  in.add(maker, first_half, at, 3);
  in.hidden();
  in.add(local, masked(local.format, first_half), at, 3);
  in.add(group, masked(group.format, first_half), at, 3);
}

void report_source(Layer& in) {
  const uint32_t line = in.tree()->last();
  report_parts(in, f.source_maker, f.source_local, f.source_group);
  in.tree()->set_last(line);
  if ((in.all().u8(kAddressBytes) & 1) != 0)
    in.expert(f.source_not_group, Severity::warning, ExpertGroup::protocol, f.source_not_group.title);
}

void title(Layer& in, std::string_view kind, bool with_addresses) {
  if (!in.wants_texts()) return;
  in.replace_title(kind);
  if (!with_addresses) return;
  std::string ends = ", Src: ";
  append_address(ends, Address::mac(in.all().sub(kAddressBytes, kAddressBytes)));
  ends += ", Dst: ";
  append_address(ends, Address::mac(in.all().first(kAddressBytes)));
  in.append_title(ends);
}

void read_addresses(Layer& in) {
  Context& context = in.context();
  in.address(f.destination, AddressKind::mac, kAddressBytes, context.destination);
  if (in.tree() != nullptr) report_parts(in, f.destination_maker, f.destination_local, f.destination_group);
  in.address(f.source, AddressKind::mac, kAddressBytes, context.source);
  if (in.tree() != nullptr) report_source(in);
}

void report_invalid(Layer& in) {
  title(in, "Ethernet Unknown", true);
  std::string text;
  const uint32_t value = in(f.invalid);
  append(text, f.invalid.title, ": ", Hex{value, 4}, " (", value, ')');
  in.context().set_info("Ethernet Unknown: ", text);
  in.expert(f.invalid_expert, Severity::warning, ExpertGroup::protocol, text);
}

void dissect_by_length(Layer& in) {
  const bool is_raw = in.all().be16(in.at() + 2) == 0xFFFF;  // NetWare's, without LLC
  title(in, is_raw ? "IEEE 802.3 Ethernet Raw " : "IEEE 802.3 Ethernet ", false);
  const uint32_t length = in(f.length);
  in.context().set_info("Ethernet II");
  call_llc(in, f.length_past_end, {f.trailer, CheckSequence::guessed, ethernet_protocol}, length);
  // (Last, so that it is missing when the capture or the trailer ends before.)
  const Context& context = in.context();
  if (context.shortage != Shortage::snapped && context.short_layer != &redundancy_trailer_protocol) report_stream(in);
}

void dissect_by_type(Layer& in) {
  title(in, "Ethernet II", true);
  const uint32_t type = in(f.type);
  report_stream(in);
  in.context().set_info("Ethernet II");
  call_ether_type(in, f.trailer, CheckSequence::guessed, static_cast<uint16_t>(type));
}

/// Its header looks like Ethernet's, but is its own.
bool is_fabric_path(Bytes bytes, uint16_t type) {
  constexpr uint16_t kFabricPath = 0x8903, kServiceTag = 0x88A8;
  return type == kFabricPath || (type == kServiceTag && bytes.be16(16) == kFabricPath);
}

void dissect(Context& context, Bytes bytes) {
  constexpr size_t kHeaderBytes = 14, kTypeAt = 12;
  Layer in(context, ethernet_protocol, bytes);
  context.set_protocol(ethernet_protocol);
  const uint16_t type = bytes.be16(kTypeAt);
  if (!bytes.has(0, kHeaderBytes)) in.withdraw();
  if (is_fabric_path(bytes, type)) {
    in.withdraw();
    return context.call(fabric_path_protocol, bytes);
  }
  read_addresses(in);
  if (!in.ok() || !bytes.has(0, kHeaderBytes)) return in.skip(kHeaderBytes - kTypeAt);
  if (type >= kFirstEtherType || type == 0) return dissect_by_type(in);
  is_length(type) ? dissect_by_length(in) : report_invalid(in);
}

}  // namespace
}  // namespace ethernet

const Protocol ethernet_protocol{.filter_name = "eth",
                                 .column_name = "Ethernet",
                                 .title = "Ethernet",
                                 .fields = listed<ethernet::f>,
                                 .claims = ethernet::kClaims,
                                 .dissect = ethernet::dissect,
                                 .holds_own_fields_only = true};

}  // namespace tracedrop::dissect
