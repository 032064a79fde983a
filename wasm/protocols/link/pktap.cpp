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

constexpr Field header_len{"pktap.hdrlen", "Header length", u32};
constexpr Field record_type{"pktap.rectype", "Record type", u32};
constexpr Field inner_type{"pktap.dlt", "DLT", u32};
constexpr Field interface_name{"pktap.ifname", "Interface name", plain_text};
constexpr Field flags{"pktap.flags", "Flags", x32};
constexpr Field family{"pktap.pfamily", "Protocol family", u32};
constexpr Field link_header_len{"pktap.llhdrlen", "Link-layer header length", u32};
constexpr Field link_trailer_len{"pktap.lltrlrlen", "Link-layer trailer length", u32};
constexpr Field process{"pktap.pid", "Process ID", u32};
constexpr Field command{"pktap.cmdname", "Command name", plain_text};
constexpr Field service_class{"pktap.svc_class", "Service class", u32};
constexpr Field interface_type{"pktap.iftype", "Interface type", u16};
constexpr Field interface_unit{"pktap.ifunit", "Interface unit", u16};
constexpr Field effective_process{"pktap.epid", "Effective process ID", u32};
constexpr Field effective_command{"pktap.ecmdname", "Effective command name", plain_text};
constexpr const Field* kFields[] = {
    &header_len,    &record_type,     &inner_type,       &interface_name,    &flags,
    &family,        &link_header_len, &link_trailer_len, &process,           &command,
    &service_class, &interface_type,  &interface_unit,   &effective_process, &effective_command};
constexpr Claim kClaims[] = {{link_types, 258}, {link_types, 149}};

constexpr size_t kHeaderBytes = 108;
constexpr uint32_t kPacketFollows = 1;

uint32_t read32(Layer& in, const Field& field) {
  const uint32_t value = in.le32();
  if (in.ok()) in.note(field, value, 4);
  return value;
}

void read16(Layer& in, const Field& field) {
  const uint16_t value = in.le16();
  if (in.ok()) in.note(field, value, 2);
}

/// A text of `size` bytes that a zero may end.
void read_text(Layer& in, const Field& field, size_t size) {
  const Bytes bytes = in.bytes(size);
  if (in.ok()) in.note_text(field, bytes.text().substr(0, bytes.text().find('\0')), size);
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
  const uint32_t length = read32(in, header_len);
  if (!in.ok()) return;
  name_header(context, length);
  if (length < kHeaderBytes) return;
  const uint32_t type = read32(in, record_type);
  const uint32_t inner = read32(in, inner_type);
  read_text(in, interface_name, 24);
  for (const Field* field : {&flags, &family, &link_header_len, &link_trailer_len, &process}) read32(in, *field);
  read_text(in, command, 20);
  read32(in, service_class);
  read16(in, interface_type);
  read16(in, interface_unit);
  read32(in, effective_process);
  read_text(in, effective_command, 20);
  if (!in.ok() || type != kPacketFollows) return;
  in.skip(length - kHeaderBytes);
  if (in.ok()) call_link_type(context, inner, in.rest());
}

}  // namespace

const Protocol pktap_protocol{"pktap", "PKTAP", "PKTAP packet header", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
