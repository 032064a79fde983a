// NetBIOS datagram service (RFC 1002, section 4.4):
//
//   type (1) · flags (1) · datagram id (2) · source address (4) · source port (2) · …
//   0x10 to 0x12 datagram    length (2) · offset (2) · source and destination name · data
//   0x13 error               code (1)
//   0x14 to 0x16 query       destination name
#include "protocols/application/data.h"
#include "protocols/application/dns/nbns_fields.h"
#include "protocols/application/dns/nbns_name.h"
#include "protocols/application/smb/smb.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace nbdgm {
namespace {

constexpr ValueName kType[] = {
    {0x10, "Direct_unique datagram"},
    {0x11, "Direct_group datagram"},
    {0x12, "Broadcast datagram"},
    {0x13, "Datagram error"},
    {0x14, "Datagram query request"},
    {0x15, "Datagram positive query response"},
    {0x16, "Datagram negative query response"},
};

constexpr ValueName kNodeType[] = {
    {0, "B node"},
    {1, "P node"},
    {2, "M node"},
    {3, "NBDD"},
};

constexpr ValueName kErrorCode[] = {
    {0x82, "Destination name not present"},
    {0x83, "Invalid source name format"},
    {0x84, "Invalid destination name format"},
};

struct Fields {
  Field type{"nbdgm.type", "Message Type", u8, kType};
  Field flags{"nbdgm.flags", "Flags", x8};
  Field more{"nbdgm.next", "More fragments follow", flag(u8, 0x1), TrueFalse{"Yes", "No"}};
  Field first{"nbdgm.first", "This is first fragment", flag(u8, 0x2), TrueFalse{"Yes", "No"}};
  Field node_type{"nbdgm.node_type", "Node Type", bits(u8, 0xc), kNodeType};
  Field id{"nbdgm.dgram_id", "Datagram ID", x16};
  Field source_ip{"nbdgm.src.ip", "Source IP", ipv4_32};
  Field source_port{"nbdgm.src.port", "Source Port", u16};
  Field length{"nbdgm.dgram_len", "Datagram length", u16};
  Field offset{"nbdgm.pkt_offset", "Packet offset", u16};
  Field error{"nbdgm.error_code", "Error code", x8, kErrorCode};
  Field source_name{"nbdgm.source_name", "Source name", plain_text};
  Field destination_name{"nbdgm.destination_name", "Destination name", plain_text};
} constexpr f;

constexpr Claim kClaims[] = {{udp_ports, 138}};
constexpr uint8_t kFirstDatagram = 0x10, kLastDatagram = 0x12, kError = 0x13, kQuery = 0x14, kLastQuery = 0x16;

void read_name(Layer& in, const Field& field) {
  const size_t from = in.at();
  std::string labels;
  for (size_t length = in.u8(); length != 0 && length < 0xC0 && in.ok(); length = in.u8()) {
    if (!labels.empty()) labels += '.';
    labels += in.Cursor::bytes(length).text();
  }
  if (!in.ok() || in.tree() == nullptr) return;
  const nbns::NetbiosName name = nbns::decode_name(labels);
  in.add_text(field, name.text, from, in.at() - from);
  if (!name.is_legal) return;
  const std::string_view kind = name_of(nbns::kNameKinds, name.kind);
  in.append(" (", kind.empty() ? std::string_view("Unknown") : kind, ')');
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, nbdgm_protocol, bytes);
  context.set_protocol(nbdgm_protocol);
  const uint32_t type = in(f.type);
  const std::string_view name = name_of(kType, type);
  if (!name.empty()) context.set_info(name);
  if (name.empty() && context.info() != nullptr) context.set_info("Unknown message type (", Hex{type, 2}, ')');
  {
    const uint32_t flags = in(f.flags);
    if (in.tree() != nullptr) {
      if ((flags & 1) != 0) in.append(", ", f.more.title);
      if ((flags & 2) != 0) in.append(", ", f.first.title);
      const std::string_view node = f.node_type.names.of(flags >> 2 & 3);
      in.append(", Node Type: ", node);
      const auto below = in.below();
      for (const Field* bit : {&f.more, &f.first, &f.node_type}) in.note(*bit, masked(bit->format, flags), 1);
    }
  }
  in(f.id);
  in(f.source_ip);
  in(f.source_port);
  if (type == kError) {
    in(f.error);
  } else if (type >= kQuery && type <= kLastQuery) {
    read_name(in, f.destination_name);
  } else if (type >= kFirstDatagram && type <= kLastDatagram) {
    in(f.length);
    in.append(" bytes");
    in(f.offset);
    in.append(" bytes");
    read_name(in, f.source_name);
    read_name(in, f.destination_name);
    if (!in.ok()) return;
    const Bytes data = in.rest();
    if (smb::is_smb(data) && data.u8(0) == 0xFF) {
      if (!context.has_memory()) return;  // what was kept of it tells all
      context.keep_texts();
      return context.call(smb_protocol, data);
    }
    dissect_data(context, data);
  }
}

}  // namespace
}  // namespace nbdgm

const Protocol nbdgm_protocol{.filter_name = "nbdgm",
                              .column_name = "NBDS",
                              .title = "NetBIOS Datagram Service",
                              .fields = listed<nbdgm::f>,
                              .claims = nbdgm::kClaims,
                              .dissect = nbdgm::dissect};

}  // namespace tracedrop::dissect
