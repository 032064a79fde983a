// Files and the terminal, as Linux and macOS have them: POSIX.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "failure.h"
#include "platform.h"
#include "platform_posix.h"

namespace tracedrop::native_capture::platform {
namespace {

/// A mapped file that shrinks under us is a bus error, and nothing else here is.
void on_bus_error(int) {
  static constexpr char kText[] = "native_capture: the file became shorter while it was being read\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kText, sizeof kText - 1);
  _exit(kNothingDone);
}

class PosixMapping : public MappedFile {
 public:
  PosixMapping(void* at, size_t size) : at_(at), size_(size) {}
  ~PosixMapping() override { munmap(at_, size_); }
  Bytes bytes() const override { return {static_cast<const uint8_t*>(at_), size_}; }

 private:
  void* at_;
  size_t size_;
};

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
  if (stat(path.c_str(), &status) != 0) return FileKind::absent;
  if (S_ISREG(status.st_mode)) return FileKind::regular;
  return S_ISDIR(status.st_mode) ? FileKind::directory : FileKind::special;
}

int create_new(const std::string& path, std::string& error, bool& exists) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  exists = file < 0 && errno == EEXIST;
  if (file < 0) error = std::strerror(errno);
  return file;
}

int open_special(const std::string& path, std::string& error) {
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) error = std::strerror(errno);
  return file;
}

int open_for_reading(const std::string& path, std::string& error) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) error = std::strerror(errno);
  return file;
}

int open_nameless(std::string& error) {
  const char* folder = std::getenv("TMPDIR");
  std::string path = fmt::format("{}/native_capture.XXXXXX", folder == nullptr || *folder == 0 ? "/tmp" : folder);
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

std::unique_ptr<MappedFile> MappedFile::map(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0) return nullptr;
  const auto size = static_cast<size_t>(status.st_size);
  void* at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (at == MAP_FAILED) return nullptr;
  handle_signal(SIGBUS, on_bus_error, 0);
  return std::make_unique<PosixMapping>(at, size);
}

}  // namespace tracedrop::native_capture::platform
