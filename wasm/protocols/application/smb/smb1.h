// SMB's first version at work: what is remembered of a connection, and one message of it.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/smb/smb1_fields.h"
#include "protocols/application/smb/windows.h"

namespace tracedrop::dissect::smb {

enum Command : uint8_t {
  kCreateDirectory = 0x00,
  kDeleteDirectory = 0x01,
  kClose = 0x04,
  kDelete = 0x06,
  kQueryInformation = 0x08,
  kRead = 0x0A,
  kWrite = 0x0B,
  kCheckDirectory = 0x10,
  kLocking = 0x24,
  kTransaction = 0x25,
  kTransactionSecondary = 0x26,
  kEcho = 0x2B,
  kOpenAndX = 0x2D,
  kReadAndX = 0x2E,
  kWriteAndX = 0x2F,
  kTransaction2 = 0x32,
  kTransaction2Secondary = 0x33,
  kTreeDisconnect = 0x71,
  kNegotiate = 0x72,
  kSessionSetup = 0x73,
  kLogoff = 0x74,
  kTreeConnect = 0x75,
  kSearch = 0x81,
  kNtTransact = 0xA0,
  kNtCreate = 0xA2,
  kNoFurther = 0xFF
};

/// A request, as its response needs it.
struct Request {
  PacketIndex packet = kNoPacket;
  int64_t ts_ns = 0;
  uint16_t fid = 0;
  uint16_t subcommand = 0;
  uint16_t level = 0;
  bool has_subcommand = false;
  std::string text;  ///< of a path, or the name of what is transacted
  std::string dialects;
};

struct Opened {
  std::string name;
  PacketIndex packet = kNoPacket;
};

struct Mapped {
  std::string path;
  PacketIndex packet = kNoPacket;
};

struct Connection : ProtocolState {
  std::unordered_map<uint64_t, Request, KeyedHash> requests;  ///< by multiplex id and process
  std::unordered_map<uint64_t, Opened, KeyedHash> files;      ///< by FID
  std::unordered_map<uint64_t, Mapped, KeyedHash> trees;      ///< by tree id
};

class Message {
 public:
  Message(Context& context, Bytes bytes);
  void dissect();

 private:
  void read_header();
  void read_error();
  void match_request();
  void dissect_command(uint8_t command, bool is_first);
  void dissect_body(uint8_t command);
  void say_error();

  // Parts of bodies.
  uint8_t read_andx();
  void read_byte_count();
  /// Words that a field of another width shows.
  uint32_t read_as(const Field& field, size_t width);
  uint32_t read16(const Field& field) { return read_as(field, 2); }
  uint32_t read8(const Field& field) { return read_as(field, 1); }
  std::string read_string(const Field& field, bool is_unicode, bool is_aligned = true);
  std::string read_formatted(const Field& field);
  void say_fid(uint16_t fid);
  uint16_t read_fid();
  void show_time(const Field& field) { show_file_time(in_, field); }
  void show_security_blob(size_t size);

  // Commands.
  void negotiate_request();
  void negotiate_response();
  void session_request(uint8_t words);
  void session_response(uint8_t words);
  void tree_request();
  void tree_response(uint8_t words);
  void create_request();
  void create_response();
  void open_request();
  void open_response();
  void close_request();
  void read_request();
  void read_response();
  void write_request();
  void write_response();
  void path_request(std::string_view title, size_t words);
  void transaction_request(uint8_t words);
  void transaction_response(uint8_t words);
  void transaction_secondary(uint8_t words);
  void transaction2_request();
  void transaction2_response(bool has_parameters);
  void find_response(Bytes parameters);
  void nt_request(uint8_t words);
  void nt_response(uint8_t words);
  void mailslot(size_t setup_at, std::string_view name, size_t name_at, size_t name_size, Bytes data);
  void pipe(size_t setup_at, size_t setup_words, size_t name_end, Bytes data);

  Context& context_;
  Layer in_;
  Connection* memory_;
  Request request_;
  bool is_matched_ = false, is_response_ = false, is_unicode_ = false, has_nt_status_ = false;
  uint8_t command_ = 0;
  uint32_t status_ = 0, error_ = 0;
  uint16_t flags2_ = 0, tree_id_ = 0, mid_ = 0, pid_ = 0;
  std::string_view carried_;  // what Info ends with, when another protocol wrote it
};

}  // namespace tracedrop::dissect::smb
