// Which connection a datagram belongs to: by the connection id that it goes to, which may outlive addresses and ports;
// where that is empty or not known, by its conversation (RFC 9000, section 5.2).
#include <algorithm>
#include <deque>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/memory.h"
#include "protocols/application/quic/quic.h"

namespace tracedrop::dissect::quic {

namespace {

/// All connections of the capture, and whose ids are known.
struct Connections : ProtocolState {
  struct Owner {
    Connection* connection = nullptr;
    bool is_client = false;   ///< the id is the client's own: what goes there comes from the server
    bool is_initial = false;  ///< it is what the client first called the server
  };
  std::deque<Connection> all;
  std::unordered_map<std::string, Owner, KeyedHash> by_id;

  void name(std::string_view id, Connection* connection, bool is_client, bool is_initial = false) {
    if (!id.empty()) by_id.try_emplace(std::string(id), Owner{connection, is_client, is_initial});
  }
};

/// The connection that a conversation is about now.
struct Conversation : ProtocolState {
  Connection* connection = nullptr;
};

Connections& connections_of(Context& context) { return context.state()->of<Connections>(); }

bool comes_from_server(const Context& context, const Connection& connection) {
  const Bytes from = context.source.raw;
  return connection.server_port == context.source_port && from.size() <= connection.server_address.size() &&
         std::equal(from.data(), from.data() + from.size(), connection.server_address.begin());
}

Connection& begin_connection(Context& context, const Header& header) {
  Connections& known = connections_of(context);
  Connection& made = known.all.emplace_back();
  made.number = static_cast<uint32_t>(known.all.size() - 1);
  made.initial_id = made.original_id = header.destination;
  made.client_id = header.source;
  made.draft = draft_of(header.version);
  const Bytes server = context.destination.raw;
  std::copy_n(server.data(), std::min(server.size(), made.server_address.size()), made.server_address.begin());
  made.server_port = context.destination_port;
  known.name(header.destination, &made, false, true);
  known.name(header.source, &made, true);
  return made;
}

Datagram find_by_conversation(Context& context) {
  Connection* const current = context.memory<Conversation>().connection;
  return {current, current != nullptr && comes_from_server(context, *current)};
}

/// A short header does not tell how long its id is: it is as long as its owner's.
Datagram find_by_short_header(Context& context, Bytes packet) {
  constexpr uint8_t kFixed = 0x40;
  const Datagram found = find_by_conversation(context);
  if (found.connection == nullptr) return {};
  const size_t size = found.short_id_size();
  if (size == 0) return (packet.u8(0) & kFixed) != 0 ? found : Datagram{};
  const Connections& known = connections_of(context);
  const auto owner = known.by_id.find(std::string(packet.sub(1, size).text()));
  return owner != known.by_id.end() && owner->second.connection == found.connection ? found : Datagram{};
}

}  // namespace

Datagram find_connection(Context& context, const Header& header, Bytes packet) {
  if (!header.is_long) return find_by_short_header(context, packet);
  Connections& known = connections_of(context);
  Conversation& conversation = context.memory<Conversation>();
  const bool begins =
      forces_negotiation(header.version) || (header.version != kNegotiation && header.type == Type::initial);
  const bool is_early = header.version != kNegotiation && header.type == Type::zero_rtt;
  if (!header.destination.empty()) {
    const auto found = known.by_id.find(std::string(header.destination));
    if (found != known.by_id.end() && (!is_early || found->second.is_initial)) {
      conversation.connection = found->second.connection;
      return {found->second.connection, found->second.is_client};
    }
  } else if (conversation.connection != nullptr) {
    return find_by_conversation(context);
  }
  if (!begins) return {};
  conversation.connection = &begin_connection(context, header);
  return {conversation.connection, false};
}

void note_retry(Context& context, Datagram& datagram, const Header& header) {
  Connection& connection = *datagram.connection;
  connection.initial_id = header.source;
  connection.keys.is_made = false;
  connections_of(context).name(header.source, &connection, false);
}

void note_ids(Context& context, Datagram& datagram, const Header& header) {
  Connection& connection = *datagram.connection;
  if (!datagram.from_server) return;
  connection.server_id = header.source;
  connections_of(context).name(header.source, &connection, false);
}

}  // namespace tracedrop::dissect::quic
