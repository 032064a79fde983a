// Endpoint mapper (DCE 1.1: RPC, appendix O; MS-RPCE, section 2.2.1.2): which port or pipe an interface is reached at.
// A tower describes that in floors, each of which names a protocol and its address:
//
//   number of floors (2) · for each: length (2) · protocol (1) · … · length (2) · …
#include "dissect/memory.h"
#include "dissect/tree_text.h"
#include "protocols/application/rpc/fields.h"
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace epm {
namespace {

enum Operation : uint16_t { kLookup = 2, kMap = 3 };
constexpr ValueName kOperations[] = {{0, "Insert"},           {1, "Delete"},    {kLookup, "Lookup"}, {kMap, "Map"},
                                     {4, "LookupHandleFree"}, {5, "InqObject"}, {6, "MgmtDelete"}};
enum FloorProtocol : uint8_t {
  kTcp = 0x07,
  kUdp = 0x08,
  kIp = 0x09,
  kUuid = 0x0D,
  kPipe = 0x0F,
  kNetbios = 0x11,
  kHttp = 0x1F
};
constexpr ValueName kFloors[] = {{0x00, "OSI OID"},
                                 {0x02, "DNA Session Control"},
                                 {0x03, "DNA Session Control V3"},
                                 {0x04, "DNA NSP Transport"},
                                 {0x05, "OSI TP4"},
                                 {0x06, "OSI CLNS"},
                                 {kTcp, "DOD TCP"},
                                 {kUdp, "DOD UDP"},
                                 {kIp, "DOD IP"},
                                 {0x0A, "RPC connectionless protocol"},
                                 {0x0B, "RPC connection-oriented protocol"},
                                 {0x0C, "NCALRPC"},
                                 {kUuid, "UUID"},
                                 {kPipe, "Named Pipes"},
                                 {0x10, "NetBIOS"},
                                 {kNetbios, "NetBIOS"},
                                 {kHttp, "RPC over HTTP"}};

struct Fields {
  Field operation{"epm.opnum", "Operation", u16, kOperations};
  Field uuid{"epm.uuid", "UUID", le(guid_128)};
  Field tower_len{"epm.tower.len", "Length", le(u32)};
  Field floors{"epm.tower.num_floors", "Number of floors", le(u16)};
  Field lhs_len{"epm.tower.lhs.len", "LHS Length", le(u16)};
  Field protocol{"epm.tower.proto_id", "Protocol", x8, kFloors};
  Field rhs_len{"epm.tower.rhs.len", "RHS Length", le(u16)};
  Field version{"epm.uuid_version", "Version", plain_text};
  Field minor{"epm.ver_min", "Version Minor", le(u16)};
  Field tcp_port{"epm.proto.tcp_port", "TCP Port", u16};
  Field udp_port{"epm.proto.udp_port", "UDP Port", u16};
  Field ip{"epm.proto.ip", "IP", ipv4_32};
  Field pipe{"epm.proto.named_pipe", "Named Pipe", plain_text};
  Field netbios{"epm.proto.netbios_name", "NetBIOS Name", plain_text};
  Field http_port{"epm.proto.http_port", "RPC over HTTP Port", u16};
  Field handle{"epm.hnd", "Handle", raw_bytes};
  Field max_towers{"epm.max_towers", "Max Towers", le(u32)};
  Field num_towers{"epm.num_towers", "Num Towers", le(u32)};
  Field result{"epm.rc", "Return code", le(x32)};
  Field referent{"dcerpc.referent_id", "Referent ID", le(x32)};
} constexpr f;
constexpr Claim kClaims[] = {{rpc_interfaces, "e1af8308-5d1f-11c9-91a4-08002b14a0fa"}};
constexpr size_t kMostFloors = 16;

class Call {
 public:
  explicit Call(Context& context, Bytes stub)
      : context_(context), in_(context, epm_protocol, stub), call_(rpc::current_call(context)) {}

  void dissect() {
    const rpc::Interface interface { epm_protocol, kOperations, &f.operation };
    rpc::begin_operation(in_, interface);
    const bool is_read = !call_.is_encrypted && call_.is_little_endian;
    if (is_read && call_.opnum == kMap) call_.is_response ? map_response() : map_request();
    if (is_read && call_.opnum == kLookup && call_.is_response) lookup_response();
    if (is_read && (call_.opnum == kMap || (call_.opnum == kLookup && call_.is_response))) in_.seek(in_.all().size());
    rpc::end_operation(in_, interface);
  }

 private:
  void map_request() {
    if (pointer("UUID pointer:", width() + 16)) {
      const auto below = in_.below();
      referent();
      in_(f.uuid);
    }
    tower();
    in_.bytes(f.handle, 20);
    in_(f.max_towers);
  }

  void map_response() {
    in_.bytes(f.handle, 20);
    in_(f.num_towers);
    const uint32_t count = read_towers_head();
    if (count == 0) return;
    for (uint32_t i = 0; i < count && in_.ok() && in_.left() >= 8; ++i) tower_body();
    if (in_.left() >= 4) in_(f.result);
  }

  /// What stands before the towers of an array: its size, and a pointer for each.
  uint32_t read_towers_head() {
    align();
    in_.skip(2 * width());
    const uint32_t count = std::min<uint32_t>(in_.rest().le32(0), kMostFloors);
    in_.skip(width() * (size_t{1} + count));
    return in_.ok() ? count : 0;
  }

  /// Entries tell what they are for beside their tower: object (16) · pointer · annotation.
  void lookup_response() {
    in_.bytes(f.handle, 20);
    in_.skip(4);
    align();
    in_.skip(2 * width());
    const uint32_t count = std::min<uint32_t>(in_.rest().le32(0), kMostFloors);
    in_.skip(width());
    for (uint32_t i = 0; i < count && in_.ok(); ++i) {
      in_.skip(16 + width());
      in_.skip(4);
      const uint32_t length = in_.le32();
      const std::string_view raw = in_.rest().first(length).text();
      context_.append_info(", Service:", raw.substr(0, std::min(raw.find('\0'), raw.size())));
      in_.skip(length);
      align();
    }
    for (uint32_t i = 0; i < count && in_.ok() && in_.left() >= 8; ++i) tower_body();
  }

  /// Pointers and sizes of arrays have four bytes, or eight in NDR64 (MS-RPCE, section 2.2.5).
  size_t width() const { return call_.is_64_bit ? 8 : 4; }
  void align() { in_.seek((in_.at() + width() - 1) / width() * width()); }
  void referent() {
    in_.add(f.referent, in_.rest().le32(0), in_.at(), width());
    in_.skip(width());
  }

  /// Whether there is something behind the pointer; opens its line.
  bool pointer(std::string_view title, size_t size) {
    if (in_.rest().le32(0) == 0) {
      in_.skip(width());
      return false;
    }
    in_.line(in_.at(), size, title);
    return in_.ok();
  }

  void tower() {
    align();
    const uint32_t length = in_.rest().le32(width());
    if (!pointer("Tower pointer:", 2 * width() + 4 + length)) return;
    const auto below = in_.below();
    referent();
    tower_body();
  }

  void tower_body() {
    align();
    const uint32_t length = in_.rest().le32(0);
    in_.add(f.tower_len, length, in_.at(), width());
    in_.skip(width());
    in_(f.tower_len);
    const size_t from = in_.at();
    const uint32_t count = in_(f.floors);
    for (size_t i = 0; i < count && i < kMostFloors && in_.ok(); ++i) floor(i);
    in_.seek((from + length + 3) / 4 * 4);
  }

  void floor(size_t index) {
    const size_t left = in_.rest().le16(0), right = in_.rest().le16(2 + left);
    auto line = in_.group_line(in_.at(), 4 + left + right, "Floor ", index + 1);
    in_(f.lhs_len);
    const size_t protocol_at = in_.at();
    const uint32_t protocol = in_(f.protocol);
    const std::string_view name = name_of(kFloors, protocol);
    if (protocol == kUuid && left >= 19) {
      const Bytes uuid = in_.rest().first(16);
      const std::string_view transfer = rpc::transfer_name(uuid);
      const std::string known = transfer.empty() ? rpc::interface_name(uuid) : std::string(transfer);
      const std::string shown = known == "EPMv4" ? "EPMv4" : known;
      std::string text;
      append_guid(text, uuid.size() >= 16 ? uuid.text() : std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16),
                  true);
      line.append(" UUID: ", shown);
      in_(f.uuid);
      in_.replace("UUID: ", shown, " (", text, ')');
      in_.add_bytes(f.version, in_.at(), 2);
      in_.replace("Version: ", in_.rest().u8(0), '.', in_.rest().u8(1) < 10 ? "0" : "", in_.rest().u8(1));
      if (in_.ok()) context_.append_info(", ", shown);
    }
    in_.seek(protocol_at + left);
    in_(f.rhs_len);
    right_side(protocol, right, name, line);
  }

  template <typename Line>
  void right_side(uint32_t protocol, size_t size, std::string_view name, Line& line) {
    const size_t end = in_.at() + size;
    const Bytes bytes = in_.rest();
    switch (protocol) {
      case kUuid: in_(f.minor); break;
      case kTcp: line.append(" TCP Port:", in_(f.tcp_port)); break;
      case kUdp: line.append(" UDP Port:", in_(f.udp_port)); break;
      case kHttp: line.append(" RPC over HTTP Port:", in_(f.http_port)); break;
      case kIp:
        line.append(" IP:", bytes.u8(0), '.', bytes.u8(1), '.', bytes.u8(2), '.', bytes.u8(3));
        in_(f.ip);
        break;
      case kPipe: line.append(" NamedPipe:", std::string(in_.text0(f.pipe))); break;
      case 0x10:
      case kNetbios: line.append(" NetBIOS:", std::string(in_.text0(f.netbios))); break;
      default: line.append(' ', name); break;
    }
    in_.seek(end);
  }

  Context& context_;
  Layer in_;
  const rpc::Call call_;
};

void dissect(Context& context, Bytes stub) { Call(context, stub).dissect(); }

}  // namespace
}  // namespace epm

const Protocol epm_protocol{.filter_name = "epm",
                            .column_name = "EPM",
                            .title = "DCE/RPC Endpoint Mapper",
                            .fields = listed<epm::f>,
                            .claims = epm::kClaims,
                            .dissect = epm::dissect};

}  // namespace tracedrop::dissect
