// NetBIOS session service (RFC 1002, section 4.3), and SMB straight over TCP (MS-SMB2, section 2.1), which begins its
// messages the same way:
//
//   type (1) · flags (1): its lowest bit is the length's highest · length (2) · …          port 139
//   0 (1) · length (3) · …                                                                  port 445
//
//   0x00 message    0x81 session request: called and calling name    0x82 yes    0x83 no: reason (1)
//   0x84 retarget: address (4) · port (2)    0x85 keep-alive
#include "dissect/memory.h"
#include "protocols/application/data.h"
#include "protocols/application/dns/nbns_name.h"
#include "protocols/application/smb/smb.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace nbss {
namespace {

constexpr uint16_t kDirectPort = 445;
constexpr size_t kHeader = 4;

enum Type : uint8_t {
  kMessage = 0x00,
  kRequest = 0x81,
  kPositive = 0x82,
  kNegative = 0x83,
  kRetarget = 0x84,
  kKeepAlive = 0x85
};
constexpr ValueName kTypes[] = {{kMessage, "Session message"},
                                {kRequest, "Session request"},
                                {kPositive, "Positive session response"},
                                {kNegative, "Negative session response"},
                                {kRetarget, "Retarget session response"},
                                {kKeepAlive, "Session keep-alive"}};
constexpr ValueName kErrors[] = {{0x80, "Not listening on called name"},
                                 {0x81, "Not listening for called name"},
                                 {0x82, "Called name not present"},
                                 {0x83, "Called name present, but insufficient resources"},
                                 {0x8F, "Unspecified error"}};

struct Fields {
  Field type{"nbss.type", "Message Type", x8, kTypes};
  Field flags{"nbss.flags", "Flags", x8};
  Field extend{"nbss.flags.e", "Extend", flag(u8, 0x01), TrueFalse{"Add 65536 to length", "Add 0 to length"}};
  Field length{"nbss.length", "Length", u16};
  Field length24{"nbss.length", "Length", u24};
  Field called{"nbss.called_name", "Called name", plain_text};
  Field calling{"nbss.calling_name", "Calling name", plain_text};
  Field error{"nbss.error_code", "Error code", x8, kErrors};
  Field retarget_ip{"nbss.retarget_ip_address", "Retarget IP address", ipv4_32};
  Field retarget_port{"nbss.retarget_port", "Retarget port", u16};
  Field continuation{"nbss.continuation_data", "Continuation data", raw_bytes};
} constexpr f;

constexpr Claim kClaims[] = {{tcp_ports, 139}, {tcp_ports, kDirectPort}};

/// Lengths that a message of its type can have tell the beginning of a message from the middle of one.
bool is_header(Bytes bytes) {
  const uint8_t type = bytes.u8(0), flags = bytes.u8(1);
  const uint32_t length = bytes.be24(1);
  switch (type) {
    case kMessage: return length != 0 && (flags <= 1 || bytes.size() < kHeader + 4 || smb::is_smb(bytes.from(kHeader)));
    case kRequest: return flags <= 1;
    case kPositive:
    case kKeepAlive: return length == 0;
    case kNegative: return length == 1;
    case kRetarget: return length == 6;
    default: return false;
  }
}

bool is_type(uint8_t type) { return type == kMessage || (type >= kRequest && type <= kKeepAlive); }

void dissect_continuation(Context& context, Bytes bytes) {
  Layer in(context, nbss_protocol, bytes);
  context.set_protocol(nbss_protocol);
  context.set_info("NBSS Continuation Message");
  in.bytes(f.continuation, bytes.size());
}

std::string read_name(Layer& in, const Field& field) {
  const size_t from = in.at();
  std::string labels;
  for (size_t length = in.u8(); length != 0 && length < 0xC0 && in.ok(); length = in.u8()) {
    if (!labels.empty()) labels += '.';
    labels += in.Cursor::bytes(length).text();
  }
  if (!in.ok()) return {};
  const nbns::NetbiosName name = nbns::decode_name(labels);
  in.add_text(field, name.text, from, in.at() - from);
  return name.text;
}

void dissect_message(Context& context, Bytes bytes) {
  Layer in(context, nbss_protocol, bytes);
  const bool is_direct = context.source_port == kDirectPort || context.destination_port == kDirectPort;
  context.set_protocol(nbss_protocol);
  const uint32_t type = in(f.type);
  context.set_info(name_of(kTypes, type));
  if (is_direct) {
    in(f.length24);
  } else {
    in(f.flags);
    {
      const auto below = in.below();
      in.note(f.extend, masked(f.extend.format, bytes.u8(1)), 1);
    }
    in.add(f.length, bytes.be24(1) & 0x1FFFF, 2, 2);
    in.skip(2);
  }
  switch (type) {
    case kRequest: {
      const std::string called = read_name(in, f.called), calling = in.ok() ? read_name(in, f.calling) : std::string();
      if (in.ok()) context.append_info(", to ", called, " from ", calling);
      break;
    }
    case kNegative: {
      const uint32_t error = in(f.error);
      const std::string_view name = name_of(kErrors, error);
      context.append_info(", ");
      if (!name.empty()) context.append_info(name);
      if (name.empty() && context.info() != nullptr) {
        *context.info() += "Unknown (";
        append_hex(*context.info(), error, 1);
        *context.info() += ')';
      }
      break;
    }
    case kRetarget:
      in(f.retarget_ip);
      in(f.retarget_port);
      break;
    default: break;
  }
  in.span_all();
  if (type != kMessage || !in.ok()) return;
  const Bytes message = in.rest();
  const uint8_t first = message.u8(0);
  if (smb::is_smb(message)) {
    if (first == 0xFF) return context.call(smb_protocol, message);
    return context.call(smb2_protocol, message);
  }
  dissect_data(context, message);
}

StreamResult dissect(Context& context, Bytes bytes) {
  StreamResult result;
  while (result.used < bytes.size()) {
    const Bytes rest = bytes.from(result.used);
    if (rest.size() < kHeader && is_type(rest.u8(0)) && !context.stream->is_snapped) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    if (!is_header(rest)) {
      context.keep_texts();
      dissect_continuation(context, rest);
      result.used = bytes.wire_size();
      return result;
    }
    const size_t size = kHeader + (smb::is_smb(rest.from(kHeader)) ? rest.be24(1) : rest.be24(1) & 0x1FFFF);
    if (size > rest.wire_size() && !context.stream->is_snapped) {
      result.message_len = size;
      return result;
    }
    context.keep_texts();
    dissect_message(context, rest.first(size));
    result.used += std::min(size, rest.wire_size());
  }
  result.used = std::max(result.used, bytes.wire_size());
  return result;
}

}  // namespace
}  // namespace nbss

const Protocol nbss_protocol{.filter_name = "nbss",
                             .column_name = "NBSS",
                             .title = "NetBIOS Session Service",
                             .fields = listed<nbss::f>,
                             .claims = nbss::kClaims,
                             .dissect_stream = nbss::dissect};

}  // namespace tracedrop::dissect
