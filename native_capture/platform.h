// Everything that differs between operating systems, declared once. platform_linux.cpp and platform_macos.cpp (with
// what they share in platform_posix.cpp) and platform_windows.cpp define it; no other file calls an operating system's
// own functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ip_address.h"

typedef struct pcap pcap_t;

namespace tracedrop::native_capture::platform {

/// Called first thing. A standard stream that is closed is opened on nothing, so that no file or socket of ours gets
/// its number, and what is said cannot land there; reading from or writing to it is an error, as before. Writing to a
/// closed pipe becomes an error instead of the program's end, and nothing changes the bytes.
void prepare_standard_streams();

// --- Rights ----------------------------------------------------------------------------------------------------------

/// Stops using the rights that the program was started with (as sudo: acts as the invoking user), keeping them for
/// RaisedRights. Called first thing.
void lower_rights();

/// Uses the rights again while an interface is opened.
class RaisedRights {
 public:
  RaisedRights();
  ~RaisedRights();
  RaisedRights(const RaisedRights&) = delete;
  RaisedRights& operator=(const RaisedRights&) = delete;
};

/// Gives the rights up for good, before any foreign byte is looked at and before any other thread is started. Throws
/// Failure when the system refuses. With `command_follows`, a command that is started next may still gain rights of its
/// own (sudo, ping); refuse_new_rights() then ends that.
void drop_rights(bool command_follows = false);
/// No program that this process may start can have more rights than it has itself.
void refuse_new_rights();

/// Returns what `work` returns, or throws the Failure that it throws. While there are rights that could be gained back,
/// `work` runs in a process of its own that has given them up for good: for what looks at foreign bytes (a name
/// server's answers) before the interfaces are open. Before any other thread is started.
std::string run_without_rights(const std::function<std::string()>& work);

/// The user in whose name the files are made, when that is not who the program runs as (sudo); else empty.
std::string acting_for();

/// How this user gets the right to capture on this system: the exact commands, several lines.
std::string rights_recipe(bool promiscuous_or_monitor);

// --- Interfaces ------------------------------------------------------------------------------------------------------

/// The interface that the kernel's routing table names for packets to `address`; nothing when the system is not asked
/// that way (the source address then tells).
std::optional<std::string> interface_of_route(const IpAddress& address);

/// What an interface has counted since it came up.
struct InterfaceCounters {
  std::string name;
  uint64_t packets = 0, bytes = 0;  ///< received and sent
  /// Packets that the interface or its driver had to drop; nothing when the system does not tell.
  std::optional<uint64_t> dropped;
};
std::vector<InterfaceCounters> read_counters();

// --- Stopping and waiting --------------------------------------------------------------------------------------------

/// From now on Ctrl-C, a termination request and a closed terminal ask for a clean stop; the second one ends the
/// program at once.
void catch_stop_requests();
/// What asked to stop ("Ctrl-C", "SIGTERM"), or null while nothing has.
const char* stop_request();
/// What was requested has been done: the next request is a first one again.
void forget_stop_request();

/// Waits until one of the captures has packets, a stop is requested or a command has ended; at most for `timeout`.
void wait_for_packets(const std::vector<pcap_t*>& captures, std::chrono::milliseconds timeout);

/// Keeps an open capture to this process: a command does not inherit it.
void keep_to_this_process(pcap_t* capture);

/// A command running beside the capture. Of this process's files it gets the standard streams, and nothing else.
class Command {
 public:
  /// Starts it; before any other thread is. Throws Failure (unusable) when there is no such program.
  explicit Command(const std::vector<std::string>& argv);
  ~Command();
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  /// Its exit status once it has ended: 0 to 255, 128 + N after signal N.
  std::optional<int> ended();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What the calling thread does can wait while another one has something to do.
void come_after_others();

// --- Terminal --------------------------------------------------------------------------------------------------------

bool stderr_is_terminal();
bool stdout_is_terminal();
/// Columns of the terminal on standard error; 80 when unknown.
int terminal_columns();

// --- Files -----------------------------------------------------------------------------------------------------------
// Files are named by descriptors as in POSIX. Errors are in words ("No space left on device"), empty for none.

inline constexpr int kStandardInput = 0;
inline constexpr int kStandardOutput = 1;

enum class FileKind : uint8_t {
  absent,
  regular,
  directory,
  disk,           ///< a block device
  special,        ///< a named pipe, a terminal, another device
  dangling_link,  ///< a symbolic link to nothing
};
FileKind file_kind(const std::string& path);

/// The same for all names of a file: symbolic and hard links, "./x" and "/tmp/x".
struct FileIdentity {
  uint64_t device = 0, number = 0;
  bool operator==(const FileIdentity& other) const { return device == other.device && number == other.number; }
};
/// Of what keeps its contents, of folders and of named pipes; nothing for terminals and the like, and where there is no
/// file.
std::optional<FileIdentity> identity_of(const std::string& path);
std::optional<FileIdentity> identity_of(int file);

/// Where a symbolic link to an existing file leads in the end; other paths are their own.
std::string link_target(const std::string& path);

/// Creates a file that must not exist yet. -1 and `error` on failure; `exists` tells that this was the reason.
int create_new(const std::string& path, std::string& error, bool& exists);
/// Opens something that is not a regular file (a named pipe, a device) for writing. A named pipe is waited for until it
/// has a reader or a stop is requested.
int open_special(const std::string& path, std::string& error);
int open_for_reading(const std::string& path, std::string& error);
/// A file without a name, which is gone with its descriptor.
int open_nameless(std::string& error);
/// Where such files are made.
std::string temporary_folder();
/// Bytes that may still be written where this file is; nothing when the system does not tell.
std::optional<uint64_t> free_space(int file);
/// What tells that a file was changed.
struct FileState {
  uint64_t size = 0;
  int64_t changed_ns = 0;
  bool operator==(const FileState& other) const { return size == other.size && changed_ns == other.changed_ns; }
};
/// Nothing when it is not a regular file.
std::optional<FileState> state_of(int file);
/// Where the next read_some() of a regular file reads.
uint64_t position_of(int file);
/// Reads at most `size` bytes; 0 at the end, -1 and `error` on failure.
int64_t read_some(int file, void* data, size_t size, std::string& error);
/// The same at a place of a regular file; several threads may do that.
int64_t read_at(int file, uint64_t offset, void* data, size_t size, std::string& error);
/// What write_all() says when a pipe's reader wants no more.
inline constexpr const char* kReaderGone = "its reader has closed it";
/// Writes all; returns what was written when it fails, with `error`.
size_t write_all(int file, const void* data, size_t size, std::string& error);
/// The same, but a stop request ends it, however long a pipe's reader makes it wait.
size_t write_until_stopped(int file, const void* data, size_t size, std::string& error);
/// Cuts a file, and writes on from there.
bool truncate_file(int file, uint64_t size);
/// Closes; false and `error` when what was written may not have arrived.
bool close_file(int file, std::string& error);
/// Gives a file its final name. Without `replace`, an existing file of that name stays and `exists` is set.
bool rename_file(const std::string& from, const std::string& to, bool replace, std::string& error, bool& exists);
void remove_file(const std::string& path);

/// This program's own path, for recipes.
std::string program_path();
/// "Linux 6.1.0", for a capture file's description.
std::string system_name();

}  // namespace tracedrop::native_capture::platform
