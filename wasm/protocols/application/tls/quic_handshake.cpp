// TLS within QUIC: the messages of the handshake alone, in CRYPTO frames (RFC 9001, section 4.1).
#include "protocols/application/tls/tls.h"
#include "protocols/list.h"

namespace tracedrop::dissect::tls {

void dissect_crypto(Context& context, std::unique_ptr<ProtocolState>& memory, uint8_t draft, Bytes bytes) {
  if (memory == nullptr) {
    auto made = std::make_unique<Session>();
    made->carrier = Carrier::quic;
    made->quic_draft = draft;
    memory = std::move(made);
  }
  auto& session = static_cast<Session&>(*memory);
  const Protocol* protocol = &tls_protocol;
  Stream stream{protocol, memory};
  Stream* const outer = std::exchange(context.stream, &stream);
  Tree* const tree = context.tree();
  const uint32_t before = tree == nullptr ? 0 : tree->nest();
  {
    Layer in(context, tls_protocol, bytes);
    in.span_all();
    RecordTitle title;
    dissect_handshake(in, session, bytes, title);
    in.replace_title("TLSv1.3 Record Layer: ", title);
  }
  if (tree != nullptr) tree->unnest(before);
  context.stream = outer;
}

bool knows_cipher(const ProtocolState* memory) {
  return memory != nullptr && static_cast<const Session*>(memory)->has_cipher_suite;
}

}  // namespace tracedrop::dissect::tls
