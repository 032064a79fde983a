// Simple Traversal of UDP through NAT, RFC 3489: STUN without a magic cookie. Type (2), length (2), transaction (16),
// attributes of a type (2), a length (2) and a value.
#include <algorithm>

#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/stun/attributes.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace classic_stun {
namespace {

constexpr size_t kHeader = 20;

constexpr ValueName kTypes[] = {{0x0001, "Binding Request"},
                                {0x0002, "Shared Secret Request"},
                                {0x0003, "Allocate Request"},
                                {0x0004, "Send Request"},
                                {0x0006, "Set Active Destination Request"},
                                {0x0101, "Binding Response"},
                                {0x0102, "Shared Secret Response"},
                                {0x0103, "Allocate Response"},
                                {0x0104, "Send Response"},
                                {0x0106, "Set Active Destination Response"},
                                {0x0111, "Binding Error Response"},
                                {0x0112, "Shared Secret Error Response"},
                                {0x0113, "Allocate Error Response"},
                                {0x0114, "Send Error Response"},
                                {0x0115, "Data Indication"},
                                {0x0116, "Set Active Destination Error Response"}};
constexpr ValueName kAttributes[] = {{0x0001, "MAPPED-ADDRESS"},
                                     {0x0002, "RESPONSE-ADDRESS"},
                                     {0x0003, "CHANGE-REQUEST"},
                                     {0x0004, "SOURCE-ADDRESS"},
                                     {0x0005, "CHANGED-ADDRESS"},
                                     {0x0006, "USERNAME"},
                                     {0x0007, "PASSWORD"},
                                     {0x0008, "MESSAGE-INTEGRITY"},
                                     {0x0009, "ERROR-CODE"},
                                     {0x000B, "REFLECTED-FROM"},
                                     {0x000D, "LIFETIME"},
                                     {0x000E, "ALTERNATE_SERVER"},
                                     {0x000F, "MAGIC_COOKIE"},
                                     {0x0010, "BANDWIDTH"},
                                     {0x0011, "DESTINATION_ADDRESS"},
                                     {0x0012, "REMOTE_ADDRESS"},
                                     {0x0013, "DATA"},
                                     {0x0014, "NONCE"},
                                     {0x0015, "REALM"},
                                     {0x0016, "REQUESTED_ADDRESS_TYPE"},
                                     {0x8020, "XOR_MAPPED_ADDRESS"},
                                     {0x8021, "XOR_ONLY"},
                                     {0x8022, "SERVER"},
                                     {0xC001, "CONNECTION_REQUEST_BINDING"},
                                     {0xC002, "BINDING_CHANGE"}};
constexpr ValueName kFamilies[] = {{1, "IPv4"}, {2, "IPv6"}};

struct Fields {
  Field type{"classicstun.type", "Message Type", x16, kTypes};
  Field length{"classicstun.length", "Message Length", x16};
  Field id{"classicstun.id", "Message Transaction ID", raw_bytes};
  Field attributes{"classicstun.att", "Attributes"};
  Field response_in{"classicstun.response_in", "Response In", packet_number};
  Field request_in{"classicstun.response_to", "Request In", packet_number};
  Field time{"classicstun.time", "Time", relative_ns};
  Field attribute_type{"classicstun.att.type", "Attribute Type", x16, kAttributes};
  Field attribute_length{"classicstun.att.length", "Attribute Length", u16};
  Field value{"classicstun.att.value", "Value", raw_bytes};
  Field padding{"classicstun.att.padding", "Padding", u16};
  Field family{"classicstun.att.family", "Protocol Family", in_base(u8, Base::hex), kFamilies};
  Field ipv4{"classicstun.att.ipv4", "IP", ipv4_32};
  Field ipv6{"classicstun.att.ipv6", "IP", ipv6_128};
  Field port{"classicstun.att.port", "Port", u16};
  Field change_ip{"classicstun.att.change.ip", "Change IP", flag(u32, 0x0004, 16), TrueFalse{"Set", "Not set"}};
  Field change_port{"classicstun.att.change.port", "Change Port", flag(u32, 0x0002, 16), TrueFalse{"Set", "Not set"}};
  Field unknown{"classicstun.att.unknown", "Unknown Attribute", x16};
  Field error_class{"classicstun.att.error.class", "Error Class", bits(u8, 0x07)};
  Field error{"classicstun.att.error", "Error Code", u8};
  Field reason{"classicstun.att.error.reason", "Error Reason Phase", plain_text};
  Field ipv4_xor{"classicstun.att.ipv4-xord", "IP (XOR-d)", ipv4_32};
  Field ipv6_xor{"classicstun.att.ipv6-xord", "IP (XOR-d)", ipv6_128};
  Field port_xor{"classicstun.att.port-xord", "Port (XOR-d)", u16};
  Field server{"classicstun.att.server", "Server version", plain_text};
  Field lifetime{"classicstun.att.lifetime", "Lifetime", u32};
  Field cookie{"classicstun.att.magic.cookie", "Magic Cookie", x32};
  Field bandwidth{"classicstun.att.bandwidth", "Bandwidth", u32};
  Field data{"classicstun.att.data", "Data", raw_bytes};
  Field assumed{"classicstun.att.padding.assumed",
                "RFC 3489 STUN MUST align attribute lengths to a multiple of 4; assuming RFC 5389 style padding"};
} constexpr f;

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), in_(context, classic_stun_protocol, bytes) {}

  void dissect() {
    const Bytes all = in_.all();
    const uint32_t type = all.be16(0);
    context_.set_protocol(classic_stun_protocol);
    context_.set_info("Message: ", name_of(kTypes, type));
    relate(type);
    in_(f.type);
    in_.replace("Message Type: ", name_of(kTypes, type), " (", Hex{type, 4}, ')');
    const uint32_t length = in_(f.length);
    in_.bytes(f.id, 16);
    if (!in_.ok() || length == 0) return;
    const auto attributes = in_.group(f.attributes, in_.at(), in_.left());
    while (in_.ok() && in_.left() >= 4) read_attribute();
  }

 private:
  void relate(uint32_t type) {
    if (!context_.has_memory() || !context_.has_conversation()) return;
    const uint64_t key = hash_bytes(in_.all().sub(4, 16).text());
    constexpr uint32_t kResponse = 0x0100;
    if ((type & kResponse) == 0) {
      context_.ask(key);
      if (const uint32_t answer = context_.answered_in(key)) in_.conclude(f.response_in, answer, 0);
    } else if (const auto asked = context_.answer(key)) {
      in_.conclude(f.request_in, asked->packet + 1, 0);
      in_.conclude(f.time, static_cast<uint64_t>(context_.row.ts_ns - asked->ts_ns), 0);
    }
  }

  void read_attribute() {
    const size_t at = in_.at();
    const uint32_t type = in_.rest().be16(0);
    const size_t length = in_.rest().be16(2), padding = (4 - length % 4) % 4;
    const std::string_view name = name_of(kAttributes, type);
    std::string shown(name);
    if (name.empty()) append(shown, "Unknown (", Hex{type, 4}, ')');
    const auto attribute = in_.group_line(at, 4 + length, "Attribute: ", shown);
    in_(f.attribute_type);
    if (name.empty()) in_.replace("Attribute Type: ", shown);
    in_(f.attribute_length);
    if (length > in_.left()) {
      in_.append(" (bogus, goes past the end of the message)");
      in_.seek(in_.all().size());
      return;
    }
    // Padding is not foreseen: what stands behind the last attribute is taken for some.
    const bool is_padded = padding != 0 && in_.left() - length == padding;
    if (is_padded) in_.expert(f.assumed, Severity::note, ExpertGroup::assumption, f.assumed.title);
    const size_t end = in_.at() + length;
    read_value(type, length);
    if (!in_.ok()) return;
    in_.seek(end);
    if (!is_padded) return;
    in_.add(f.padding, padding, end, padding);
    in_.skip(padding);
  }

  void read_value(uint32_t type, size_t length) {
    switch (type) {
      case 0x0001:
      case 0x0002:
      case 0x0004:
      case 0x0005:
      case 0x000B:
      case 0x000E:
      case 0x0011:
      case 0x0012: return read_address(length, false);
      case 0x8020: return read_address(length, true);
      case 0x0003:
        if (length >= 4) in_.bits(f.change_ip, f.change_port);
        return;
      case 0x0006:
      case 0x0007:
      case 0x0008:
        if (length > 0) in_.bytes(f.value, length);
        return;
      case 0x0009: return read_error(length);
      case 0x000A:
        for (size_t i = 0; i + 2 <= length && in_.ok(); i += 2) in_(f.unknown);
        return;
      case 0x000D: return read_number(f.lifetime, length);
      case 0x000F: return read_number(f.cookie, length);
      case 0x0010: return read_number(f.bandwidth, length);
      case 0x0013: return read_data(length);
      case 0x8022:
        if (length > 0) in_.text(f.server, length);
        return;
      default: return;
    }
  }

  void read_number(const Field& field, size_t length) {
    if (length >= 4) in_(field);
  }

  void read_address(size_t length, bool is_xor) {
    if (length < 2) return;
    in_.skip(1);
    const uint8_t family = in_.rest().u8(0);
    in_(f.family);
    const std::string_view name = name_of(kFamilies, family);
    in_.replace("Protocol Family: ", name.empty() ? std::string_view("Unknown") : name, " (", Hex{family, 4}, ')');
    if (length < 4) return;
    const Bytes all = in_.all();
    const size_t at = in_.at();
    if (is_xor) in_.add(f.port_xor, all.be16(at), at, 2);
    in_.add(f.port, is_xor ? all.be16(at) ^ all.be16(4) : all.be16(at), at, 2);
    if (is_xor) in_.generated();
    in_.skip(2);
    const size_t size = family == 1 ? 4 : family == 2 ? 16 : 0;
    if (size == 0 || length < 4 + size) return;
    std::string address(in_.rest().first(size).text());
    if (is_xor) {
      in_.add_bytes(size == 4 ? f.ipv4_xor : f.ipv6_xor, in_.at(), size);
      for (size_t i = 0; i < size; ++i)
        address[i] = static_cast<char>(static_cast<uint8_t>(address[i]) ^ all.u8(4 + i));
    }
    in_.add_text(size == 4 ? f.ipv4 : f.ipv6, address, in_.at(), size);
    if (is_xor) in_.generated();
    in_.skip(size);
  }

  void read_error(size_t length) {
    if (length < 4) return;
    in_.skip(2);
    in_(f.error_class);
    in_(f.error);
    if (length > 4) in_.text(f.reason, length - 4);
  }

  void read_data(size_t length) {
    if (length == 0) return;
    const Bytes data = in_.rest().first(length);
    in_.bytes(f.data, length);
    if (in_.tree() == nullptr) return stun::dissect_relayed(context_, data);
    const uint32_t before = in_.tree()->nest();
    stun::dissect_relayed(context_, data);
    in_.tree()->unnest(before);
  }

  Context& context_;
  Layer in_;
};

void dissect(Context& context, Bytes bytes) { Message(context, bytes).dissect(); }

/// A type that is known, and the length that it says.
bool recognise(Bytes bytes) {
  return bytes.wire_size() >= kHeader && bytes.wire_size() == kHeader + bytes.be16(2) &&
         !name_of(kTypes, bytes.be16(0)).empty();
}

}  // namespace
}  // namespace classic_stun

const Protocol classic_stun_protocol{.filter_name = "classicstun",
                                     .column_name = "CLASSIC-STUN",
                                     .title = "Simple Traversal of UDP Through NAT",
                                     .fields = listed<classic_stun::f>,
                                     .dissect = classic_stun::dissect,
                                     .recognise_datagram = classic_stun::recognise};

}  // namespace tracedrop::dissect
