// What Linux and macOS share: POSIX.
#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
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

// Signal handlers may only touch these.
volatile std::sig_atomic_t stop_signal = 0;
int wake_pipe[2] = {-1, -1};

void wake() {
  const int saved = errno;
  [[maybe_unused]] const ssize_t written = write(wake_pipe[1], "", 1);
  errno = saved;
}

void on_stop_signal(int signal) {
  if (stop_signal != 0) _exit(128 + signal);  // asked twice: at once
  stop_signal = signal;
  wake();
}

void on_child_signal(int) { wake(); }

/// A mapped file that shrinks under us is a bus error, and nothing else here is.
void on_bus_error(int) {
  static constexpr char kText[] = "native_capture: the file became shorter while it was being read\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kText, sizeof kText - 1);
  _exit(kNothingDone);
}

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
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

std::optional<unsigned long> id_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr || *text == 0) return std::nullopt;
  char* end = nullptr;
  const unsigned long id = std::strtoul(text, &end, 10);
  if (*end != 0 || id >= 0xffffffffUL) return std::nullopt;
  return id;
}

std::optional<Invoker> find_invoker() {
  Invoker found;
  if (geteuid() != 0) return std::nullopt;
  if (getuid() != 0) {
    found.user = getuid();
    found.group = getgid();
  } else {
    const auto user = id_in("SUDO_UID");
    const auto group = id_in("SUDO_GID");
    if (!user || !group || *user == 0) return std::nullopt;
    found.user = static_cast<uid_t>(*user);
    found.group = static_cast<gid_t>(*group);
  }
  const passwd* entry = getpwuid(found.user);
  if (entry != nullptr) found.name = entry->pw_name;
  return found;
}

}  // namespace

const std::optional<Invoker>& invoker() {
  static const std::optional<Invoker> found = find_invoker();
  return found;
}

void refuse_to_run(const char* call) {
  throw failed(fmt::format("the rights cannot be given up ({}: {}); nothing was captured", call, std::strerror(errno)));
}

void act_as(const Invoker& invoker) {
  const gid_t group = invoker.group;
  const int groups = invoker.name.empty() ? setgroups(1, &group) : initgroups(invoker.name.c_str(), group);
  if (groups != 0) refuse_to_run("setgroups");
  if (setegid(group) != 0) refuse_to_run("setegid");
  // The saved user id stays 0, so that act_as_root() can come back.
  if (seteuid(invoker.user) != 0) refuse_to_run("seteuid");
}

void act_as_root() {
  if (seteuid(0) != 0) refuse_to_run("seteuid");
}

void become(const Invoker& invoker) {
  act_as_root();
  // As root these set the real, effective and saved ids.
  if (setgid(invoker.group) != 0) refuse_to_run("setgid");
  if (setuid(invoker.user) != 0) refuse_to_run("setuid");
  if (setuid(0) == 0) refuse_to_run("setuid");
}

std::string acting_for() { return invoker() ? (invoker()->name.empty() ? "the invoking user" : invoker()->name) : ""; }

void prepare_standard_streams() { handle(SIGPIPE, SIG_IGN, 0); }

void catch_stop_requests() {
  if (pipe(wake_pipe) == 0) {
    for (const int end : wake_pipe) {
      fcntl(end, F_SETFL, O_NONBLOCK);
      fcntl(end, F_SETFD, FD_CLOEXEC);
    }
  }
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    if (!is_ignored(signal)) handle(signal, on_stop_signal, SA_RESTART);  // nohup has SIGHUP ignored
  handle(SIGCHLD, on_child_signal, SA_RESTART | SA_NOCLDSTOP);
}

const char* stop_request() {
  switch (stop_signal) {
    case 0: return nullptr;
    case SIGINT: return "Ctrl-C";
    case SIGTERM: return "SIGTERM";
    default: return "SIGHUP";
  }
}

void wait_for_packets(const std::vector<pcap_t*>& captures, std::chrono::milliseconds timeout) {
  std::vector<pollfd> waiting{{wake_pipe[0], POLLIN, 0}};
  for (pcap_t* capture : captures) waiting.push_back({pcap_get_selectable_fd(capture), POLLIN, 0});
  if (poll(waiting.data(), static_cast<nfds_t>(waiting.size()), static_cast<int>(timeout.count())) <= 0) return;
  char drained[64];
  if ((waiting[0].revents & POLLIN) != 0)
    while (read(wake_pipe[0], drained, sizeof drained) > 0) continue;
}

struct Command::Impl {
  pid_t process = -1;
  std::optional<int> status;
};

Command::Command(const std::vector<std::string>& argv) : impl_(std::make_unique<Impl>()) {
  // The child reports a failed exec through a pipe that a successful one closes.
  int report[2];
  if (pipe(report) != 0) throw failed(fmt::format("the command cannot be started: {}", std::strerror(errno)));
  fcntl(report[1], F_SETFD, FD_CLOEXEC);
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  impl_->process = fork();
  if (impl_->process == 0) {
    close(report[0]);
    for (const int signal : {SIGINT, SIGTERM, SIGCHLD, SIGPIPE}) handle(signal, SIG_DFL, 0);
    if (!is_ignored(SIGHUP)) handle(SIGHUP, SIG_DFL, 0);
    execvp(arguments[0], arguments.data());
    const int error = errno;
    [[maybe_unused]] const ssize_t written = write(report[1], &error, sizeof error);
    _exit(127);
  }
  close(report[1]);
  int error = impl_->process < 0 ? errno : 0;
  if (error == 0 && read(report[0], &error, sizeof error) != static_cast<ssize_t>(sizeof error)) error = 0;
  close(report[0]);
  if (error == 0) return;
  if (impl_->process > 0) waitpid(impl_->process, nullptr, 0);
  throw unusable(fmt::format("the command '{}' cannot be run: {}", argv.front(), std::strerror(error)));
}

Command::~Command() = default;

std::optional<int> Command::ended() {
  int status = 0;
  if (!impl_->status && waitpid(impl_->process, &status, WNOHANG) == impl_->process)
    impl_->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return impl_->status;
}

bool stderr_is_terminal() { return isatty(STDERR_FILENO) != 0; }
bool stdout_is_terminal() { return isatty(STDOUT_FILENO) != 0; }

int terminal_columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
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
    error = errno == EPIPE ? "its reader has closed it" : std::strerror(errno);
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

std::string system_name() {
  utsname system{};
  return uname(&system) == 0 ? fmt::format("{} {}", system.sysname, system.release) : "";
}

void remove_file(const std::string& path) { unlink(path.c_str()); }

std::unique_ptr<MappedFile> MappedFile::map(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0) return nullptr;
  const auto size = static_cast<size_t>(status.st_size);
  void* at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (at == MAP_FAILED) return nullptr;
  handle(SIGBUS, on_bus_error, 0);
  return std::make_unique<PosixMapping>(at, size);
}

}  // namespace tracedrop::native_capture::platform
