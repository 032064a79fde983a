#include "protocols/internet/ipv6_address.h"

namespace tracedrop::dissect {

namespace {

enum Truth : uint8_t { kNo, kYes, kNotApplicable };

/// A block of addresses, by its first 64 bits; `last` are the other 64, where the block is a single address.
struct Block {
  uint64_t prefix;
  uint8_t bits;
  std::string_view name;
  Truth source, destination, forwardable, global, reserved;
  uint64_t last = 0;
};

// The narrower block stands before the wider one that it is in.
constexpr Block kBlocks[] = {
    {0, 128, "Unspecified Address", kYes, kNo, kNo, kNo, kYes, 0},
    {0, 128, "Loopback Address", kNo, kNo, kNo, kNo, kYes, 1},
    {0x0064FF9B00000000, 64, "IPv4-IPv6 Translat.", kYes, kYes, kYes, kYes, kNo},
    {0x0064FF9B00010000, 48, "IPv4-IPv6 Translat.", kYes, kYes, kYes, kNo, kNo},
    {0x0100000000000000, 64, "Discard-Only Address Block", kYes, kYes, kYes, kNo, kNo},
    {0x2001000000000000, 32, "TEREDO", kYes, kYes, kYes, kNotApplicable, kNo},
    {0x2001000100000000, 128, "Port Control Protocol Anycast", kYes, kYes, kYes, kYes, kNo, 1},
    {0x2001000100000000, 128, "Traversal Using Relays around NAT Anycast", kYes, kYes, kYes, kYes, kNo, 2},
    {0x2001000100000000, 128, "DNS-SD Service Registration Protocol Anycast", kYes, kYes, kYes, kYes, kNo, 3},
    {0x2001000200000000, 48, "Benchmarking", kYes, kYes, kYes, kNo, kNo},
    {0x2001000300000000, 32, "AMT", kYes, kYes, kYes, kYes, kNo},
    {0x2001000401120000, 48, "AS112-v6", kYes, kYes, kYes, kYes, kNo},
    {0x2001002000000000, 28, "ORCHIDv2", kYes, kYes, kYes, kYes, kNo},
    {0x2001003000000000, 28, "Drone Remote ID Protocol Entity Tags (DETs) Prefix", kYes, kYes, kYes, kYes, kNo},
    {0x20010DB800000000, 32, "Documentation", kNo, kNo, kNo, kNo, kNo},
    {0x2002000000000000, 16, "6to4", kYes, kYes, kYes, kNotApplicable, kNo},
    {0x2620004F80000000, 48, "Direct Delegation AS112 Service", kYes, kYes, kYes, kYes, kNo},
    {0x3FFF000000000000, 20, "Documentation", kNo, kNo, kNo, kNo, kNo},
    {0x5F00000000000000, 16, "Segment Routing (SRv6) SIDs", kYes, kYes, kYes, kNo, kNo},
    {0xFC00000000000000, 7, "Unique-Local", kYes, kYes, kYes, kNotApplicable, kNo},
    {0xFE80000000000000, 10, "Link-Local Unicast", kYes, kYes, kNo, kNo, kYes},
};
constexpr Block kMapped{0, 96, "IPv4-mapped Address", kNo, kNo, kNo, kNo, kYes};

const Block* block_of(Bytes address) {
  const uint64_t high = address.be64(0), low = address.be64(8);
  if (high == 0 && low >> 32 == 0xFFFF) return &kMapped;
  for (const Block& block : kBlocks) {
    const unsigned ignored = block.bits >= 64 ? 0 : 64 - block.bits;
    if (high >> ignored != block.prefix >> ignored) continue;
    if (block.bits == 128 && low != block.last) continue;
    return &block;
  }
  return nullptr;
}

std::string_view space_of(Bytes address) {
  const uint16_t start = address.be16(0);
  if (start >> 8 == 0xFF) return "Multicast";
  if ((start & 0xFE00) == 0xFC00) return "Unique Local Unicast";
  if ((start & 0xFFC0) == 0xFE80) return "Link-Local Unicast";
  if ((start & 0x3000) == 0x2000) return "Global Unicast";
  return "Reserved by IETF";
}

void report_multicast(Layer& in, const AddressFields& fields, size_t at) {
  const uint16_t start = in.all().be16(at);
  in.conclude(fields.flags, masked(fields.flags.format, start), at, 2);
  for (const Field* field : {&fields.rendezvous, &fields.prefix, &fields.transient})
    if (masked(field->format, start) != 0) in.append(", ", field->title);
  {
    const auto flags = in.below();
    for (const Field* field : {&fields.reserved, &fields.rendezvous, &fields.prefix, &fields.transient})
      in.add(*field, masked(field->format, start), at, 2);
  }
  in.conclude(fields.scope, start & 0xF, at, 2);
}

void report_special(Layer& in, const AddressFields& fields, size_t at, const Block& block) {
  in.conclude_text(fields.special, block.name, at, 16);
  const auto below = in.below();
  const auto line = [&](const Field& field, Truth truth) {
    if (truth != kNotApplicable) in.conclude(field, truth, at, 16);
  };
  line(fields.special_source, block.source);
  line(fields.special_destination, block.destination);
  line(fields.forwardable, block.forwardable);
  line(fields.global, block.global);
  line(fields.special_reserved, block.reserved);
}

}  // namespace

void report_address_kind(Layer& in, const AddressFields& fields, size_t at, const Field* not_multicast) {
  if (in.tree() == nullptr || !in.ok()) return;
  const auto below = in.below();
  const Bytes address = in.all().sub(at, 16);
  const bool is_multicast = address.u8(0) == 0xFF;
  in.conclude_text(fields.space, space_of(address), at, is_multicast ? 1 : 2);
  if (is_multicast) {
    if (not_multicast != nullptr)
      in.expert(*not_multicast, Severity::warning, ExpertGroup::protocol, not_multicast->title);
    return report_multicast(in, fields, at);
  }
  if (const Block* const block = block_of(address)) report_special(in, fields, at, *block);
}

void report_embedded(Layer& in, const AddressFields& fields, size_t at) {
  constexpr uint32_t kTeredo = 0x20010000, kIsatap = 0x00005EFE;
  constexpr uint16_t k6to4 = 0x2002;
  if (in.tree() == nullptr || !in.ok()) return;
  const Bytes address = in.all().sub(at, 16);
  if (address.u8(0) == 0xFF) return;
  const auto text_of = [](uint32_t value) {
    std::string raw;
    for (unsigned shift = 32; shift > 0; shift -= 8) raw += static_cast<char>(value >> (shift - 8));
    return raw;
  };
  if (address.be16(0) == k6to4) {
    in.add_bytes(fields.gateway_6to4, at + 2, 4);
    in.generated();
    in.conclude(fields.sla_6to4, address.be16(6), at + 6, 2);
  } else if (address.be32(0) == kTeredo) {
    in.add_bytes(fields.teredo_server, at + 4, 4);
    in.generated();
    in.conclude(fields.teredo_port, address.be16(10) ^ 0xFFFFu, at + 10, 2);
    in.conclude_text(fields.teredo_client, text_of(~address.be32(12)), at + 12, 4);
  }
  if ((address.be32(8) & 0xFCFFFFFF) == kIsatap) {
    in.add_bytes(fields.isatap, at + 12, 4);
    in.generated();
  } else if (address.be16(11) == 0xFFFE && (address.u8(8) & 2) != 0) {
    std::string mac(address.sub(8, 3).text());
    mac += address.sub(13, 3).text();
    mac[0] = static_cast<char>(mac[0] ^ 2);
    in.conclude_text(fields.slaac, mac, at + 8, 8);
  }
}

}  // namespace tracedrop::dissect
