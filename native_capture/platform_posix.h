// What the files of Linux and macOS share: who the program works for when it was started by sudo or is set-user-ID
// root, and the handling of signals.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace tracedrop::native_capture::platform {

struct Invoker {
  uid_t user = 0;
  gid_t group = 0;
  std::string name;  ///< empty when it is not known
};

/// Who called sudo or the set-user-ID program; nothing when nobody else than root did, or when there are no root's
/// rights. The same answer for the whole run.
const std::optional<Invoker>& invoker();

/// Acts as the invoker, keeping the way back. Throws Failure.
void act_as(const Invoker& invoker);
/// The way back. Throws Failure.
void act_as_root();
/// Becomes the invoker for good. Throws Failure.
void become(const Invoker& invoker);

/// There are rights in use, or ones that could be gained back.
bool has_rights();

/// Throws Failure: the rights cannot be given up, `call` failed with errno.
[[noreturn]] void refuse_to_run(const char* call);

/// Else a request to stop ends the program anyway.
bool stop_requests_are_caught();

/// sigaction(2) with nothing blocked.
void handle_signal(int signal, void (*handler)(int), int flags);

}  // namespace tracedrop::native_capture::platform
