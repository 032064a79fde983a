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
};

/// What is remembered of a control connection.
struct Control : ProtocolState {
  std::string directory, wanted_directory;
  std::shared_ptr<Transfer> data;  ///< announced last
};

/// Transfers by the address and port that they were announced for.
struct Transfers : ProtocolState {
  std::unordered_map<uint64_t, std::shared_ptr<Transfer>, KeyedHash> all;
};

inline uint64_t key_of(const AddressBytes& host, uint16_t port) { return hash_mix(hash_bytes(host.raw.text()), port); }

}  // namespace tracedrop::dissect::ftp
