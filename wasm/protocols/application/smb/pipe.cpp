// Named pipes of SMB (MS-CIFS, section 2.2.5; MS-SMB2, section 2.2.31.1): a transaction names the pipe's function and
// its FID; what is written to a pipe or read from it goes on in the next write or read.
#include "protocols/application/smb/pipe.h"

#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/rpc/connection.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace smb {

namespace {

constexpr ValueName kFunctions[] = {
    {0x01, "SetNmPHandState"}, {0x11, "RawReadNmPipe"}, {0x21, "QNmPHandState"},
    {0x22, "QNmPipeInfo"},     {0x23, "PeekNamedPipe"}, {0x26, "TransactNmPipe"},
    {0x31, "RawWriteNmPipe"},  {0x53, "WaitNamedPipe"}, {0x54, "CallNamedPipe"},
};
struct Fields {
  Field function{"smb_pipe.function", "Function", le(x16), kFunctions};
} constexpr f;
constexpr Field kFid{"smb.fid", "FID", le(x16)};

/// The bytes of pipes: each direction is a stream of its own.
struct Pipes : ProtocolState {
  std::unordered_map<uint64_t, std::vector<uint8_t>, KeyedHash> waiting;
};
constexpr size_t kMostWaiting = 1 << 17;  // a PDU's length has 16 bits

}  // namespace

bool dissect_pipe(Context& context, Bytes bytes, uint64_t key, bool is_from_server) {
  Pipes& pipes = context.memory<Pipes>();
  const uint64_t way = hash_mix(key, is_from_server);
  const auto found = pipes.waiting.find(way);
  std::vector<uint8_t> whole;
  if (found != pipes.waiting.end()) {
    whole = std::move(found->second);
    pipes.waiting.erase(found);
    if (whole.size() + bytes.size() > kMostWaiting) return false;
    whole.insert(whole.end(), bytes.data(), bytes.data() + bytes.size());
    bytes = Bytes(whole.data(), whole.size());
    if (context.tree() != nullptr) bytes = context.tree()->add_source("Reassembled SMB pipe", bytes);
  }
  bool is_known = false;
  while (!bytes.empty() && rpc::is_pdu(bytes)) {
    const size_t size = rpc::pdu_length(bytes);
    if (size > bytes.wire_size()) {
      pipes.waiting[way].assign(bytes.data(), bytes.data() + bytes.size());
      return is_known;
    }
    rpc::dissect_pdu(context, bytes.first(size), key);
    is_known = true;
    bytes = bytes.from(size);
  }
  return is_known;
}

void show_pipe(Context& context, Bytes bytes, uint16_t function, bool is_response) {
  Layer in(context, smb_pipe_protocol, bytes);
  context.set_protocol(smb_pipe_protocol);
  const std::string_view name = name_of(kFunctions, function);
  const std::string_view way = is_response ? "Response" : "Request";
  name.empty() ? context.set_info(way) : context.set_info(name, ' ', way);
  if (is_response) return;
  in(f.function);
  in(kFid);
  in.seek(bytes.size());
}

}  // namespace smb

const Protocol smb_pipe_protocol{
    .filter_name = "smb_pipe", .column_name = "SMB Pipe", .title = "SMB Pipe Protocol", .fields = listed<smb::f>};

}  // namespace tracedrop::dissect
