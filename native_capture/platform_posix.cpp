// What Linux and macOS share of giving up rights: POSIX.
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "failure.h"
#include "platform.h"
#include "platform_posix.h"

namespace tracedrop::native_capture::platform {
namespace {

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

}  // namespace tracedrop::native_capture::platform
