#include "protocols/application/smb/pipe.h"

#include "dissect/memory.h"
#include "protocols/application/rpc/connection.h"

namespace tracedrop::dissect::smb {

namespace {

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

}  // namespace tracedrop::dissect::smb
