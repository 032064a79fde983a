// Files and the terminal, as Linux and macOS have them: POSIX.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "failure.h"
#include "platform.h"
#include "platform_posix.h"

namespace tracedrop::native_capture::platform {
namespace {

/// How often a request to stop is looked for while a pipe is waited for.
constexpr int kStopLookMs = 50;
/// What a pipe takes without waiting when it has room for anything.
constexpr size_t kAtOnce = PIPE_BUF;

std::optional<FileIdentity> identity_in(const struct stat& status) {
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode) && !S_ISBLK(status.st_mode) && !S_ISFIFO(status.st_mode))
    return std::nullopt;
  // Two names of one disk are two files.
  if (S_ISBLK(status.st_mode)) return FileIdentity{UINT64_MAX, static_cast<uint64_t>(status.st_rdev)};
  return FileIdentity{static_cast<uint64_t>(status.st_dev), static_cast<uint64_t>(status.st_ino)};
}

bool is_named_pipe(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
}

int64_t changed_ns(const struct stat& status) {
#ifdef __APPLE__
  const timespec& time = status.st_mtimespec;
#else
  const timespec& time = status.st_mtim;
#endif
  return int64_t{time.tv_sec} * 1000000000 + time.tv_nsec;
}

}  // namespace

bool stderr_is_terminal() { return isatty(STDERR_FILENO) != 0; }
bool stdout_is_terminal() { return isatty(STDOUT_FILENO) != 0; }

int terminal_columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string system_name() {
  utsname system{};
  return uname(&system) == 0 ? fmt::format("{} {}", system.sysname, system.release) : "";
}

FileKind file_kind(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0)
    return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode) ? FileKind::dangling_link : FileKind::absent;
  if (S_ISREG(status.st_mode)) return FileKind::regular;
  if (S_ISBLK(status.st_mode)) return FileKind::disk;
  return S_ISDIR(status.st_mode) ? FileKind::directory : FileKind::special;
}

std::optional<FileIdentity> identity_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? identity_in(status) : std::nullopt;
}

std::optional<FileIdentity> identity_of(int file) {
  struct stat status {};
  return fstat(file, &status) == 0 ? identity_in(status) : std::nullopt;
}

std::string link_target(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return path;
  char* resolved = realpath(path.c_str(), nullptr);
  const std::string target = resolved == nullptr ? path : resolved;
  std::free(resolved);
  return target;
}

int create_new(const std::string& path, std::string& error, bool& exists) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  exists = file < 0 && errno == EEXIST;
  if (file < 0) error = std::strerror(errno);
  return file;
}

int open_special(const std::string& path, std::string& error) {
  while (true) {
    // Without a reader a named pipe cannot be opened this way; the usual way no request to stop would end the waiting.
    const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file >= 0) {
      fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
      return file;
    }
    error = std::strerror(errno);
    if (errno != ENXIO || !is_named_pipe(path)) return -1;
    if (stop_request() != nullptr) return -1;
    poll(nullptr, 0, 20);
  }
}

int open_for_reading(const std::string& path, std::string& error) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) error = std::strerror(errno);
  return file;
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == 0 ? "/tmp" : folder;
}

std::optional<uint64_t> free_space(int file) {
  struct statvfs system {};
  if (fstatvfs(file, &system) != 0 || system.f_blocks == 0) return std::nullopt;
  return uint64_t{system.f_bavail} * system.f_frsize;
}

std::optional<FileState> state_of(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileState{static_cast<uint64_t>(std::max<off_t>(status.st_size, 0)), changed_ns(status)};
}

uint64_t position_of(int file) { return static_cast<uint64_t>(std::max<off_t>(lseek(file, 0, SEEK_CUR), 0)); }

int open_nameless(std::string& error) {
  std::string path = fmt::format("{}/native_capture.XXXXXX", temporary_folder());
  const int file = mkstemp(path.data());
  if (file < 0) {
    error = fmt::format("no temporary file in {}: {}", path.substr(0, path.rfind('/')), std::strerror(errno));
    return -1;
  }
  unlink(path.c_str());
  fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
}

int64_t read_some(int file, void* data, size_t size, std::string& error) {
  while (true) {
    const ssize_t count = read(file, data, size);
    if (count >= 0) return count;
    if (errno == EINTR) continue;
    error = std::strerror(errno);
    return -1;
  }
}

int64_t read_at(int file, uint64_t offset, void* data, size_t size, std::string& error) {
  while (true) {
    const ssize_t count = pread(file, data, size, static_cast<off_t>(offset));
    if (count >= 0) return count;
    if (errno == EINTR) continue;
    error = std::strerror(errno);
    return -1;
  }
}

size_t write_until_stopped(int file, const void* data, size_t size, std::string& error) {
  struct stat status {};
  const bool never_waits = fstat(file, &status) != 0 || S_ISREG(status.st_mode);
  if (never_waits || !stop_requests_are_caught()) return write_all(file, data, size, error);
  const char* at = static_cast<const char*>(data);
  size_t written = 0;
  while (written < size) {
    if (stop_request() != nullptr) {
      error = "a stop was requested";
      break;
    }
    pollfd waiting{file, POLLOUT, 0};
    if (poll(&waiting, 1, kStopLookMs) <= 0) continue;
    const size_t piece = std::min<size_t>(size - written, kAtOnce);
    const size_t taken = write_all(file, at + written, piece, error);
    written += taken;
    if (taken < piece) break;
  }
  return written;
}

size_t write_all(int file, const void* data, size_t size, std::string& error) {
  const char* at = static_cast<const char*>(data);
  size_t written = 0;
  while (written < size) {
    const ssize_t count = write(file, at + written, size - written);
    if (count >= 0) {
      written += static_cast<size_t>(count);
      continue;
    }
    if (errno == EINTR) continue;
    error = errno == EPIPE ? kReaderGone : std::strerror(errno);
    break;
  }
  return written;
}

bool truncate_file(int file, uint64_t size) {
  return ftruncate(file, static_cast<off_t>(size)) == 0 && lseek(file, static_cast<off_t>(size), SEEK_SET) >= 0;
}

bool close_file(int file, std::string& error) {
  // Network file systems report a full disk only here.
  if (close(file) == 0 || errno == EINTR) return true;
  error = std::strerror(errno);
  return false;
}

bool rename_file(const std::string& from, const std::string& to, bool replace, std::string& error, bool& exists) {
  exists = false;
  if (!replace) {
    // link() fails when the name is taken, rename() would replace it without a word.
    if (link(from.c_str(), to.c_str()) == 0) {
      unlink(from.c_str());
      return true;
    }
    exists = errno == EEXIST || file_kind(to) != FileKind::absent;
    if (exists) {
      error = std::strerror(EEXIST);
      return false;
    }
    // A file system without hard links (FAT): between the look and the rename somebody might still come.
  }
  if (rename(from.c_str(), to.c_str()) == 0) return true;
  error = std::strerror(errno);
  return false;
}

void remove_file(const std::string& path) { unlink(path.c_str()); }

}  // namespace tracedrop::native_capture::platform
