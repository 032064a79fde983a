// Apple's PKTAP (https://www.tcpdump.org/linktypes/LINKTYPE_PKTAP.html), little endian: what macOS's tcpdump -i pktap
// writes before each packet.
//
//   header length 4 · record type 4 · link type 4 · interface name 24 · flags 4 · protocol family 4 ·
//   link-layer header length 4 · link-layer trailer length 4 · process 4 · its command 20 · service class 4 ·
//   interface type 2 · interface unit 2 · effective process 4 · its command 20      then perhaps more, up to its length
//
// Older versions of macOS wrote it as LINKTYPE_USER2 (149).
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

struct Fields {
  Field header_len{"pktap.hdrlen", "Header length", le(u32)};
  Field record_type{"pktap.rectype", "Record type", le(u32)};
  Field inner_type{"pktap.dlt", "DLT", le(u32)};
  Field interface_name{"pktap.ifname", "Interface name", plain_text};
  Field flags{"pktap.flags", "Flags", le(x32)};
  Field family{"pktap.pfamily", "Protocol family", le(u32)};
  Field link_header_len{"pktap.llhdrlen", "Link-layer header length", le(u32)};
  Field link_trailer_len{"pktap.lltrlrlen", "Link-layer trailer length", le(u32)};
  Field process{"pktap.pid", "Process ID", le(u32)};
  Field command{"pktap.cmdname", "Command name", plain_text};
  Field service_class{"pktap.svc_class", "Service class", le(u32)};
  Field interface_type{"pktap.iftype", "Interface type", le(u16)};
  Field interface_unit{"pktap.ifunit", "Interface unit", le(u16)};
  Field effective_process{"pktap.epid", "Effective process ID", le(u32)};
  Field effective_command{"pktap.ecmdname", "Effective command name", plain_text};
} constexpr f;
constexpr Claim kClaims[] = {{link_types, 258}, {link_types, 149}};

constexpr size_t kHeaderBytes = 108;
constexpr uint32_t kPacketFollows = 1;

void read_text(Layer& in, const Field& field, size_t size) {
  const std::string_view text = in.Cursor::bytes(size).text();
  if (in.ok()) in.add_text(field, text.substr(0, text.find('\0')), in.at() - size, size);
}

void name_header(Context& context, uint32_t length) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "PKTAP, ";
  append_number(out, length);
  out += " byte header";
}

/// Some link layers call a packet of which they have nothing "Packet": here it is one of PKTAP.
void call_link_type(Context& context, uint32_t link_type, Bytes packet) {
  context.call(link_types, link_type, packet);
  if (context.protocol_name() == "Packet") context.set_protocol(pktap_protocol);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, pktap_protocol, bytes);
  context.set_protocol(pktap_protocol);
  context.clear_info();
  const uint32_t length = in(f.header_len);
  if (!in.ok()) return;
  name_header(context, length);
  if (length < kHeaderBytes) return;
  const uint32_t type = in(f.record_type);
  const uint32_t inner = in(f.inner_type);
  read_text(in, f.interface_name, 24);
  for (const Field* field : {&f.flags, &f.family, &f.link_header_len, &f.link_trailer_len, &f.process}) in(*field);
  read_text(in, f.command, 20);
  in(f.service_class);
  in(f.interface_type);
  in(f.interface_unit);
  in(f.effective_process);
  read_text(in, f.effective_command, 20);
  if (!in.ok() || type != kPacketFollows) return;
  in.skip(length - kHeaderBytes);
  if (in.ok()) call_link_type(context, inner, in.rest());
}

}  // namespace

const Protocol pktap_protocol{"pktap", "PKTAP", "PKTAP packet header", listed<f>, kClaims, dissect};

}  // namespace tracedrop::dissect
