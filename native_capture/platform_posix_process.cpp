// Signals, waiting and the command beside the capture, as Linux and macOS have them: POSIX.
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>

#include "failure.h"
#include "platform.h"
#include "platform_posix.h"

namespace tracedrop::native_capture::platform {
namespace {

/// timeout(1) and others signal a program and then its whole process group: so close together it is one request.
constexpr int64_t kOneRequestMs = 200;
/// Addresses of a host, or what is wrong with a filter, are less than this.
constexpr size_t kMostOutcome = 1 << 20;

// Signal handlers may only touch these.
volatile std::sig_atomic_t stop_signal = 0;
std::atomic<int64_t> stop_signal_ms{std::numeric_limits<int64_t>::min() / 2};
static_assert(std::atomic<int64_t>::is_always_lock_free);
int wake_pipe[2] = {-1, -1};

void wake() {
  const int saved = errno;
  [[maybe_unused]] const ssize_t written = write(wake_pipe[1], "", 1);
  errno = saved;
}

int64_t monotonic_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1000000;
}

void on_stop_signal(int signal) {
  const int64_t now = monotonic_ms();
  if (now - stop_signal_ms < kOneRequestMs) return;
  stop_signal_ms = now;
  if (stop_signal != 0) _exit(128 + signal);  // asked twice: at once
  stop_signal = signal;
  wake();
}

void on_child_signal(int) { wake(); }

bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

void handle_signal(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

namespace {

/// What is opened first would get the number of a stream that is closed. As glibc does for set-user-ID programs, each
/// is opened the wrong way round, but for standard error: then reading and writing fail instead of losing data
/// silently.
void open_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest free number is this one, as those before are taken.
    if (open("/dev/null", stream == STDOUT_FILENO ? O_RDONLY : O_WRONLY) != stream) _exit(kNothingDone);
  }
}

/// Everything but the standard streams is closed when a command is executed, wherever it came from.
void close_on_execution() {
  if (DIR* listed = opendir("/dev/fd")) {
    while (const dirent* entry = readdir(listed)) {
      const int file = std::atoi(entry->d_name);
      if (file > STDERR_FILENO) fcntl(file, F_SETFD, FD_CLOEXEC);
    }
    closedir(listed);
    return;
  }
  const long most = std::min(sysconf(_SC_OPEN_MAX), 1L << 20);
  for (int file = STDERR_FILENO + 1; file < most; ++file) fcntl(file, F_SETFD, FD_CLOEXEC);
}

}  // namespace

void prepare_standard_streams() {
  open_closed_streams();
  handle_signal(SIGPIPE, SIG_IGN, 0);
}

void keep_to_this_process(pcap_t* capture) {
  const int file = pcap_fileno(capture);
  if (file >= 0) fcntl(file, F_SETFD, FD_CLOEXEC);
}

void catch_stop_requests() {
  if (pipe(wake_pipe) == 0) {
    for (const int end : wake_pipe) {
      fcntl(end, F_SETFL, O_NONBLOCK);
      fcntl(end, F_SETFD, FD_CLOEXEC);
    }
  }
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    if (!is_ignored(signal)) handle_signal(signal, on_stop_signal, SA_RESTART);  // nohup has SIGHUP ignored
  handle_signal(SIGCHLD, on_child_signal, SA_RESTART | SA_NOCLDSTOP);
}

bool stop_requests_are_caught() { return wake_pipe[0] >= 0; }

const char* stop_request() {
  switch (stop_signal) {
    case 0: return nullptr;
    case SIGINT: return "Ctrl-C";
    case SIGTERM: return "SIGTERM";
    default: return "SIGHUP";
  }
}

void forget_stop_request() { stop_signal = 0; }

void wait_for_packets(const std::vector<pcap_t*>& captures, std::chrono::milliseconds timeout) {
  std::vector<pollfd> waiting{{wake_pipe[0], POLLIN, 0}};
  for (pcap_t* capture : captures) waiting.push_back({pcap_get_selectable_fd(capture), POLLIN, 0});
  if (poll(waiting.data(), static_cast<nfds_t>(waiting.size()), static_cast<int>(timeout.count())) <= 0) return;
  char drained[64];
  if ((waiting[0].revents & POLLIN) != 0)
    while (read(wake_pipe[0], drained, sizeof drained) > 0) continue;
}

namespace {

/// What `work` comes to, as the process that has no rights tells it: a byte of status, and a text.
std::string outcome_of(const std::function<std::string()>& work) {
  try {
    drop_rights();
    return '\0' + work();
  } catch (const Failure& failure) {
    return static_cast<char>(failure.status()) + std::string(failure.what());
  } catch (const std::exception& error) {
    return static_cast<char>(kNothingDone) + std::string(error.what());
  }
}

}  // namespace

std::string run_without_rights(const std::function<std::string()>& work) {
  if (!has_rights()) return work();
  int ends[2];
  if (pipe(ends) != 0) refuse_to_run("pipe");
  const pid_t process = fork();
  if (process < 0) refuse_to_run("fork");
  std::string error;
  if (process == 0) {
    const std::string outcome = outcome_of(work);
    write_all(ends[1], outcome.data(), outcome.size(), error);
    _exit(0);
  }
  close(ends[1]);
  std::string outcome;
  char piece[4096];
  for (int64_t size = 1; size > 0 && outcome.size() < kMostOutcome;) {
    size = read_some(ends[0], piece, sizeof piece, error);
    if (size > 0) outcome.append(piece, static_cast<size_t>(size));
  }
  close(ends[0]);
  while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) continue;
  if (outcome.empty()) throw failed("the process that looks up names and filters without rights has ended early");
  if (outcome[0] == 0) return outcome.substr(1);
  throw Failure(outcome[0] == kUnusable ? kUnusable : kNothingDone, outcome.substr(1));
}

struct Command::Impl {
  pid_t process = -1;
  std::optional<int> status;
};

Command::Command(const std::vector<std::string>& argv) : impl_(std::make_unique<Impl>()) {
  // The child reports a failed exec through a pipe that a successful one closes.
  int report[2];
  if (pipe(report) != 0) throw failed(fmt::format("the command cannot be started: {}", std::strerror(errno)));
  close_on_execution();
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  impl_->process = fork();
  if (impl_->process == 0) {
    close(report[0]);
    for (const int signal : {SIGINT, SIGTERM, SIGCHLD, SIGPIPE}) handle_signal(signal, SIG_DFL, 0);
    if (!is_ignored(SIGHUP)) handle_signal(SIGHUP, SIG_DFL, 0);
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

}  // namespace tracedrop::native_capture::platform
