// What FTP's control connection tells of its data connections.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/context.h"
#include "dissect/stream.h"

namespace tracedrop::dissect::ftp {

/// A data connection, and what it is for.
struct Transfer {
  PacketIndex setup_packet = kNoPacket;
  std::string_view method;  ///< "PASV", "EPASV", "PORT"
  std::string command{};    ///< "RETR notes.txt"; empty before it was sent
  PacketIndex command_packet = kNoPacket;
  std::string directory{};
  bool has_begun = false;  ///< its data
};

/// What trees show of a command and of the packet that announced its data connection, before there are any data.
enum Fact : uint8_t {
  kIsCommand = 1,  ///< the packet holds the last command before the data
  kFrames,
  kBytes,
  kFirstFrame,
  kLastFrame,
  kSetupFrame,
  kCommandText,  ///< an id of the shared texts
  kCommandFrame
};

/// What is remembered of a control connection.
struct Control : ProtocolState {
  std::string directory, wanted_directory;
  std::shared_ptr<Transfer> data;  ///< announced last
};

/// Transfers by the address and port that they were announced for; those that the server begins, from its port 20 on,
/// by both addresses.
struct Transfers : ProtocolState {
  std::unordered_map<uint64_t, std::shared_ptr<Transfer>, KeyedHash> all;
};

inline uint64_t key_of(const AddressBytes& host, uint16_t port) { return hash_mix(hash_bytes(host.raw.text()), port); }

inline uint64_t key_of_active(const AddressBytes& server, const AddressBytes& client) {
  return hash_mix(hash_bytes(server.raw.text()), hash_bytes(client.raw.text()));
}

}  // namespace tracedrop::dissect::ftp
