// FTP's data connections (RFC 959): a file or a listing, and nothing around it. Which one, the control connection told
// (ftp.cpp); the server's port 20 tells only that it is one.
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/ftp.h"
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

const Transfer* transfer_of(Context& context) {
  const auto& all = context.state()->of<Transfers>().all;
  auto found = all.find(key_of(context.destination, context.destination_port));
  if (found == all.end()) found = all.find(key_of(context.source, context.source_port));
  return found == all.end() ? nullptr : found->second.get();
}

void report(Tree& tree, Bytes bytes, const Transfer& transfer) {
  const auto add = [&](const Field& field, bool is_generated) {
    const uint32_t line = tree.open_layer_line(field);
    tree.line(line).is_generated = is_generated;
    tree.close_layer(line, bytes.first(0));
    return line;
  };
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
  if (const Transfer* transfer = transfer_of(context)) {
    context.append_info(" (", transfer->method, ')');
    if (!transfer->command.empty() && context.info() != nullptr) {
      context.append_info(" (");
      append_printable(*context.info(), transfer->command);
      context.append_info(')');
    }
    if (context.tree() != nullptr) report(*context.tree(), bytes, *transfer);
  }
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
