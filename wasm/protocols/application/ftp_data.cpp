// FTP's data connections (RFC 959): a file or a listing, and nothing around it. Which one, the control connection told
// (ftp.cpp); the server's port 20 tells only that it is one.
#include <algorithm>

#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "dissect/state.h"
#include "protocols/application/ftp.h"
#include "protocols/application/media_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ftp {
namespace {

struct DataFields {
  Field setup_frame{"ftp-data.setup-frame", "Setup frame", packet_number};
  Field setup_method{"ftp-data.setup-method", "Setup method", plain_text};
  Field command{"ftp-data.command", "Command", plain_text};
  Field command_frame{"ftp-data.command-frame", "Command frame", packet_number};
  Field directory{"ftp-data.current-working-directory", "Current working directory", plain_text};
} constexpr f;

constexpr Claim kClaims[] = {{tcp_ports, 20}};

/// What a data connection remembers.
struct Data : ProtocolState {
  std::shared_ptr<Transfer> transfer;  ///< null when nobody announced it
  PacketIndex first = kNoPacket;
};

std::shared_ptr<Transfer> announced(const Context& context) {
  constexpr uint16_t kServerPort = 20;
  const auto& all = context.state()->of<Transfers>().all;
  auto found = all.find(key_of(context.destination, context.destination_port));
  if (found == all.end()) found = all.find(key_of(context.source, context.source_port));
  if (found == all.end() && context.source_port == kServerPort)
    found = all.find(key_of_active(context.source, context.destination));
  if (found == all.end() && context.destination_port == kServerPort)
    found = all.find(key_of_active(context.destination, context.source));
  return found == all.end() ? nullptr : found->second;
}

Data& data_of(const Context& context) {
  auto& memory = context.stream->memory;
  if (memory == nullptr) {
    memory = std::make_unique<Data>();
    static_cast<Data&>(*memory).transfer = announced(context);
    const PacketIndex syn = context.findings.conversations[context.row.flow >> 1].syn;
    static_cast<Data&>(*memory).first = syn == kNoPacket ? context.index : syn;
  }
  return static_cast<Data&>(*memory);
}

/// For the trees of the packets that announced the data and asked for them.
void note(Context& context, Transfer& transfer, size_t size) {
  const PacketIndex command = transfer.command_packet;
  if (command != kNoPacket) {
    if (!transfer.has_begun) {
      context.fact(transfer.setup_packet, kCommandFrame) = command + 1;
      context.fact(transfer.setup_packet, kCommandText) = context.state()->findings.texts.intern(transfer.command);
      context.fact(command, kFirstFrame) = context.index + 1;
      context.fact(command, kSetupFrame) = transfer.setup_packet + 1;
    }
    ++context.fact(command, kFrames);
    context.fact(command, kBytes) += size;
    context.fact(command, kLastFrame) = context.index + 1;
  }
}

/// As Wireshark has it: it begins with nothing but what can be printed, and line ends.
bool is_text(Bytes bytes) {
  constexpr size_t kLookedAt = 20;
  const std::string_view text = bytes.first(kLookedAt).text();
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\r'; });
}

uint32_t add_behind(Tree& tree, Bytes bytes, const Field& field, bool is_generated) {
  const uint32_t line = tree.open_layer_line(field);
  tree.line(line).is_generated = is_generated;
  tree.close_layer(line, bytes.first(0));
  return line;
}

void report_unannounced(Tree& tree, Bytes bytes, PacketIndex first) {
  tree.line(add_behind(tree, bytes, f.setup_frame, true)).number = first + 1;
}

void report(Tree& tree, Bytes bytes, const Transfer& transfer) {
  const auto add = [&](const Field& field, bool is_generated) { return add_behind(tree, bytes, field, is_generated); };
  tree.line(add(f.setup_frame, true)).number = transfer.setup_packet + 1;
  tree.set_text_value(add(f.setup_method, true), transfer.method);
  if (!transfer.command.empty()) {
    tree.set_text_value(add(f.command, true), transfer.command);
    tree.line(add(f.command_frame, false)).number = transfer.command_packet + 1;
  }
  tree.set_text_value(add(f.directory, true), transfer.directory);
}

StreamResult dissect_data(Context& context, Bytes bytes) {
  {
    Layer in(context, ftp_data_protocol, bytes);
    in.append_title(" (", Counted{bytes.wire_size(), "byte", "bytes"}, " data)");
    in.span_all();
  }
  context.set_protocol(ftp_data_protocol);
  context.keep_texts();
  context.set_info("FTP Data: ", Counted{bytes.wire_size(), "byte", "bytes"});
  const Data& data = data_of(context);
  if (Transfer* const transfer = data.transfer.get()) {
    if (context.is_reading()) note(context, *transfer, bytes.wire_size());
    transfer->has_begun = true;
    context.append_info(" (", transfer->method, ')');
    if (!transfer->command.empty() && context.info() != nullptr) {
      context.append_info(" (");
      append_printable(*context.info(), transfer->command);
      context.append_info(')');
    }
    if (context.tree() != nullptr) report(*context.tree(), bytes, *transfer);
  } else if (context.tree() != nullptr) {
    report_unannounced(*context.tree(), bytes, data.first);
  }
  if (is_text(bytes)) report_text_lines(context, {}, bytes);
  StreamResult result;
  result.used = bytes.wire_size();
  return result;
}

}  // namespace
}  // namespace ftp

const Protocol ftp_data_protocol{.filter_name = "ftp-data",
                                 .column_name = "FTP-DATA",
                                 .title = "FTP Data",
                                 .fields = listed<ftp::f>,
                                 .claims = ftp::kClaims,
                                 .dissect_stream = ftp::dissect_data};

}  // namespace tracedrop::dissect
