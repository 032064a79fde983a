// Trivial File Transfer Protocol, RFC 1350, with options (RFC 2347 to 2349, RFC 7440): opcode (2), then
//
//   1, 2 read, write request   file · 0 · mode · 0 · (option · 0 · value · 0)*
//   3    data                  block (2) · up to a block size of bytes: fewer end the transfer
//   4    acknowledgement       block (2)
//   5    error                 code (2) · message · 0
//   6    option acknowledgement  (option · 0 · value · 0)*
//
// Requests go to port 69; the answers come from a port of their own to the one that the client asked from.
#include <charconv>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/data.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace tftp {
namespace {

enum Opcode : uint16_t { kRead = 1, kWrite, kData, kAcknowledgement, kError, kOptions };

constexpr ValueName kOpcodes[] = {{kRead, "Read Request"},    {kWrite, "Write Request"},
                                  {kData, "Data Packet"},     {kAcknowledgement, "Acknowledgement"},
                                  {kError, "Error Code"},     {kOptions, "Option Acknowledgement"},
                                  {255, "Information (MSDP)"}};
constexpr ValueName kErrors[] = {{0, "Not defined"},
                                 {1, "File not found"},
                                 {2, "Access violation"},
                                 {3, "Disk full or allocation exceeded"},
                                 {4, "Illegal TFTP Operation"},
                                 {5, "Unknown transfer ID"},
                                 {6, "File already exists"},
                                 {7, "No such user"},
                                 {8, "Option negotiation failed"}};

struct Fields {
  Field opcode{"tftp.opcode", "Opcode", u16, kOpcodes};
  Field source_file{"tftp.source_file", "Source File", plain_text};
  Field destination_file{"tftp.destination_file", "Destination File", plain_text};
  Field request_frame{"tftp.request_frame", "Request frame", packet_number};
  Field type{"tftp.type", "Type", plain_text};
  Field block{"tftp.block", "Block", u16};
  Field full_block{"tftp.block.full", "Full Block Number", u32};
  Field error_code{"tftp.error.code", "Error code", u16, kErrors};
  Field error_message{"tftp.error.message", "Error message", plain_text};
  Field option_name{"tftp.option.name", "Option name", plain_text};
  Field option_value{"tftp.option.value", "Option value", plain_text};
  Field error{"tftp.error", "TFTP ERROR packet", label};
} constexpr f;

constexpr Claim kClaims[] = {{udp_ports, 69}};

struct Transfer {
  PacketIndex request = kNoPacket;
  bool is_read = false;
  uint32_t block_size = 512;
  uint32_t last_block = 0;
  std::string file;
};

/// Transfers by the client's address and port.
struct Transfers : ProtocolState {
  std::unordered_map<uint64_t, Transfer, KeyedHash> all;
};

uint64_t key_of(const AddressBytes& host, uint16_t port) { return hash_mix(hash_bytes(host.raw.text()), port); }

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), in_(context, tftp_protocol, bytes) {}

  void dissect() {
    context_.set_protocol(tftp_protocol);
    const uint32_t opcode = in_(f.opcode);
    if (!in_.ok()) return;
    context_.keep_texts();
    const std::string_view name = name_of(kOpcodes, opcode);
    if (name.empty()) {
      context_.append_info("Unknown (", Hex{opcode, 4}, ')');
    } else {
      context_.append_info(name);
    }
    if (opcode == kRead || opcode == kWrite) return dissect_request(opcode == kRead);
    find_transfer();
    switch (opcode) {
      case kData: return dissect_data();
      case kAcknowledgement: context_.append_info(", Block: ", read_block()); break;
      case kError: return dissect_error();
      case kOptions: return dissect_options();
      default: in_.skip(in_.left()); break;
    }
  }

 private:
  void dissect_request(bool is_read) {
    const std::string_view file = in_.text0(is_read ? f.source_file : f.destination_file);
    if (!in_.ok()) return;
    if (context_.has_memory()) {
      transfer_ = &transfers().all[key_of(context_.source, context_.source_port)];
      *transfer_ = Transfer{.request = context_.index, .is_read = is_read, .file = std::string(file)};
      context_.expect(tftp_protocol, Transport::udp, context_.source, context_.source_port);
    }
    context_.append_info(", File: ");
    append_text(file);
    const std::string_view type = in_.text0(f.type);
    if (!in_.ok()) return;
    context_.append_info(", Transfer type: ");
    append_text(type);
    while (in_.ok() && in_.rest().wire_size() > 0) read_option();
  }

  void dissect_data() {
    const uint32_t block = read_block();
    if (!in_.ok()) return;
    context_.append_info(", Block: ", block);
    const uint32_t block_size = transfer_ != nullptr ? transfer_->block_size : Transfer{}.block_size;
    if (in_.rest().wire_size() < block_size) context_.append_info(" (last)");
    dissect::dissect_data(context_, in_.rest());
  }

  void dissect_error() {
    const uint32_t code = in_(f.error_code);
    const std::string_view name = name_of(kErrors, code);
    context_.append_info(", Code: ", name.empty() ? std::string_view("Unknown") : name);
    if (name.empty()) context_.append_info(" (", code, ')');
    const std::string_view message = in_.text0(f.error_message);
    if (!in_.ok()) return;
    context_.append_info(", Message: ");
    append_text(message);
    in_.expert(f.error, Severity::warning, ExpertGroup::response_code, f.error.title);
  }

  void dissect_options() {
    while (in_.ok() && in_.rest().wire_size() > 0) {
      const Option option = read_option();
      uint32_t size = 0;
      std::from_chars(option.value.data(), option.value.data() + option.value.size(), size);
      if (transfer_ != nullptr && option.name == "blksize" && size > 0) transfer_->block_size = size;
    }
  }

  struct Option {
    std::string_view name, value;
  };
  Option read_option() {
    auto part = in_.part_line("Option: ");
    const std::string_view name = in_.text0(f.option_name), value = in_.text0(f.option_value);
    part.append(name, " = ", value);
    if (!in_.ok()) return {};
    context_.append_info(", ");
    append_text(name);
    context_.append_info('=');
    append_text(value);
    return {name, value};
  }

  /// Counted on where the sixteen bits begin anew.
  uint32_t read_block() {
    const uint32_t block = in_(f.block);
    if (!in_.ok()) return 0;
    uint32_t full = block;
    if (transfer_ != nullptr) {
      constexpr uint32_t kHalf = 0x8000;
      const uint32_t last = transfer_->last_block;
      full = (last & ~0xFFFFu) | block;
      if (full + kHalf < last) full += 0x10000;
      if (full > last + kHalf && full >= 0x10000) full -= 0x10000;
      transfer_->last_block = full;
    }
    in_.conclude(f.full_block, full, 0);
    return full;
  }

  void find_transfer() {
    if (!context_.has_memory()) return;
    auto& all = transfers().all;
    auto found = all.find(key_of(context_.destination, context_.destination_port));
    if (found == all.end()) found = all.find(key_of(context_.source, context_.source_port));
    if (found == all.end()) return;
    transfer_ = &found->second;
    in_.conclude_text(f.destination_file, transfer_->file, 0);
    in_.conclude(f.request_frame, transfer_->request + 1, 0);
    in_.replace(transfer_->is_read ? "Read" : "Write", " Request in frame ", transfer_->request + 1);
  }

  void append_text(std::string_view text) {
    if (context_.info() != nullptr) append_printable(*context_.info(), text);
  }
  Transfers& transfers() { return context_.state()->of<Transfers>(); }

  Context& context_;
  Layer in_;
  Transfer* transfer_ = nullptr;
};

void dissect(Context& context, Bytes bytes) { Message(context, bytes).dissect(); }

}  // namespace
}  // namespace tftp

const Protocol tftp_protocol{.filter_name = "tftp",
                             .column_name = "TFTP",
                             .title = "Trivial File Transfer Protocol",
                             .fields = listed<tftp::f>,
                             .claims = tftp::kClaims,
                             .dissect = tftp::dissect};

}  // namespace tracedrop::dissect
