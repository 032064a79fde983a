// SMB2 and SMB3 at work: what is remembered of a connection, and one message of it.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/smb/smb2_fields.h"
#include "protocols/application/smb/windows.h"

namespace tracedrop::dissect::smb2 {

enum Command : uint16_t {
  kNegotiate,
  kSessionSetup,
  kLogoff,
  kTreeConnect,
  kTreeDisconnect,
  kCreate,
  kClose,
  kFlush,
  kRead,
  kWrite,
  kLock,
  kIoctl,
  kCancel,
  kKeepAlive,
  kFind,
  kNotify,
  kGetInfo,
  kSetInfo,
  kBreak
};

constexpr uint8_t kNamedPipe = 2;  ///< share type

/// The 16 bytes of a file's handle.
using FileId = std::array<uint8_t, 16>;

struct File {
  std::string name;
  uint64_t key = 0;  ///< of its handle
  FileId id{};
  PacketIndex opened = kNoPacket;
  bool is_deleted_on_close = false;
};

struct Tree {
  std::string name;
  uint8_t share_type = 0;
  PacketIndex connected = kNoPacket;
  uint32_t key = 0;
};

/// A request, as its response needs it.
struct Request {
  PacketIndex packet = kNoPacket;
  int64_t ts_ns = 0;
  uint16_t command = 0;
  uint8_t info_class = 0, info_level = 0;
  uint32_t tree_id = 0;
  bool is_deleted_on_close = false;
  bool has_file_id = false;
  FileId file_id{};
  std::shared_ptr<File> file;
  std::string text;  ///< the name of a tree or a file, a pattern
};

struct Connection : ProtocolState {
  std::unordered_map<uint64_t, Request, KeyedHash> requests;  ///< by message id
};

/// Sessions are bound to several connections, and so is what is open in them: by session and handle, session and tree.
struct Sessions : ProtocolState {
  std::unordered_map<uint64_t, std::shared_ptr<File>, KeyedHash> files;
  std::unordered_map<uint64_t, std::shared_ptr<Tree>, KeyedHash> trees;
  std::unordered_map<uint64_t, PacketIndex, KeyedHash> authenticated;
};

/// What a message of a chain takes over from the one before.
struct Chain {
  uint64_t session_id = 0;
  uint32_t tree_id = 0;
};

/// One message of a chain.
class Message {
 public:
  Message(Context& context, Bytes bytes, Chain& chain);
  void dissect();

  Context& context() { return context_; }

 private:
  struct Handler {
    void (Message::*request)();
    void (Message::*response)();
  };
  static const Handler kHandlers[];

  // The header.
  void read_header();
  void read_status_or_channel();
  void read_async_or_tree();
  void remember_tree();
  void show_tree();
  void show_session();
  void match_request();
  void dissect_body();
  bool read_error();

  // Parts that several commands have.
  struct Blob {
    uint32_t offset = 0, length = 0;
    size_t at = 0;  ///< of the offset field
  };
  void read_structure_size();
  Blob read_blob16() { return read_blob(2, 2); }
  Blob read_blob32() { return read_blob(4, 4); }
  Blob read_blob16_32() { return read_blob(2, 4); }
  /// Reads both, without lines.
  Blob read_blob(size_t offset_width, size_t length_width);
  void show_blob(const Blob& blob, size_t offset_width, size_t length_width);
  /// The bytes that it means, which may be cut.
  Bytes bytes_of(const Blob& blob) const { return in_.all().sub(blob.offset, blob.length); }
  /// A line of a text of UTF-16 with its offset and length below.
  std::string show_text_blob(const Field& field, const Blob& blob);
  void show_security_blob(const Blob& blob);
  /// The line of a blob that is not there.
  void show_no_data(const Field& field, size_t at, std::string_view text = ": NO DATA");
  void reserved(size_t size) { in_.bytes(f.common.reserved, size); }
  void show_times();
  void show_attributes() { smb::show_group(in_, f.attributes, false); }
  void show_access() { smb::show_group(in_, smb::w.access, false); }
  void show_channel_blob(const Blob& blob);

  // Files.
  enum class Handle : uint8_t { used, opened, closed };
  void read_file_id(Handle how);
  void show_file_of_request();
  void show_rpc_frames(PacketIndex opened, uint64_t key);
  void say_file(std::string_view name) { context_.append_info(", File: ", name.empty() ? "<share>" : name); }
  void say_file_of_request();
  uint64_t key_of(const FileId& id) const;
  uint64_t tree_key() const { return hash_mix(session_id_, tree_id_); }
  void reach(size_t end) { furthest_ = std::max(furthest_, end); }
  uint32_t closed_in(PacketIndex opened, uint64_t key) const;

  // Commands.
  void negotiate_request();
  void negotiate_response();
  void show_security_mode();
  void show_capabilities();
  void negotiate_contexts(uint32_t offset, uint32_t count);
  void negotiate_context(uint32_t type, size_t size);
  void session_request();
  void session_response();
  void nothing();
  void tree_request();
  void tree_response();
  void disconnect();
  void logoff();
  void cancel();
  void create_request();
  void create_response();
  void create_contexts(const Blob& blob);
  void create_context(size_t at, size_t size, std::string& tags);
  void create_context_data(std::string_view tag, size_t at, size_t size, uint32_t data_line);
  void show_lease(bool is_second);
  void show_lease_state(std::string_view title);
  void close_request();
  void close_response();
  void flush_request();
  void flush_response();
  void read_request();
  void read_response();
  void write_request();
  void write_response();
  void dissect_data(Bytes data);
  void lock_request();
  void lock_response();
  void notify_request();
  void notify_response();
  void ioctl_request();
  void ioctl_response();
  void show_function(uint32_t& function);
  void ioctl_data(const Field& field, const Blob& blob, uint32_t function, bool is_in);
  void network_interfaces(size_t end, uint32_t data_line);
  void network_interface(size_t end, std::string& summary);
  void object_id(size_t end);
  void find_request();
  void find_response();
  void show_found(uint32_t level, const Blob& blob);
  void found_entry(uint32_t level, size_t at, size_t size);
  void get_info_request();
  void get_info_response();
  void set_info_request();
  void set_info_response();
  void show_level(uint8_t info_class, uint8_t level, size_t at, bool is_generated);
  void show_additional(uint8_t info_class);
  void show_info(uint8_t info_class, uint8_t level, const Blob& blob);
  void show_file_info(uint8_t level, size_t end);
  void show_fs_info(uint8_t level, size_t end);
  void stream_infos(size_t end);
  void set_text(const Field& field, size_t bytes);
  void break_request();
  void break_response();

  Context& context_;
  Layer in_;
  Chain& chain_;
  Connection& connection_;
  Sessions& sessions_;
  bool is_matched_ = false;  // the response's request is known
  Request request_;          // that one; or this request, as it will be remembered
  std::shared_ptr<Tree> tree_;
  uint32_t status_ = 0;
  uint16_t command_ = 0;
  uint32_t flags_ = 0;
  uint64_t message_id_ = 0, session_id_ = 0;
  uint32_t tree_id_ = 0;
  bool is_response_ = false;
  size_t furthest_ = 0;  // of what the body's line spans
  uint32_t command_line_ = 0;
  std::shared_ptr<File> file_;
};

/// What the message calls itself: "Create", "Lease Break".
std::string_view command_name(uint16_t command);

}  // namespace tracedrop::dissect::smb2
