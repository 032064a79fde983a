// What is macOS's own: rights come from the BPF devices' permissions, counters from the routing sysctl.
#include <fmt/format.h>
#include <mach-o/dyld.h>
#include <net/if.h>
#include <net/if_dl.h>
#include <net/route.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/sysctl.h>
#include <unistd.h>

#include <cstring>

#include "platform.h"
#include "platform_posix.h"

namespace tracedrop::native_capture::platform {

void lower_rights() {
  if (invoker()) act_as(*invoker());
}

RaisedRights::RaisedRights() {
  if (invoker()) act_as_root();
}

RaisedRights::~RaisedRights() {
  if (invoker()) act_as(*invoker());
}

bool has_rights() { return geteuid() == 0 || invoker(); }

void drop_rights(bool) {
  if (invoker()) become(*invoker());
}

// macOS has no way to refuse set-user-ID programs to a process.
void refuse_new_rights() {}

std::string rights_recipe(bool) {
  return fmt::format(
      "Either let your user read the BPF devices: install ChmodBPF, which comes with Wireshark\n"
      "  brew install --cask wireshark-chmodbpf\n"
      "and log in again; or run this program through sudo:\n"
      "  sudo {} ...\n"
      "It gives root's rights up at once, and the file will be yours.",
      program_path());
}

void come_after_others() { pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0); }

std::string program_path() {
  char path[4096];
  uint32_t size = sizeof path;
  return _NSGetExecutablePath(path, &size) == 0 ? path : "native_capture";
}

std::optional<std::string> interface_of_route(const IpAddress& address) {
  char name[IF_NAMESIZE] = "";
  // A link-local address says its interface itself; for others the source address tells (choose_interface.cpp).
  if (!address.is_link_local_v6() || if_indextoname(address.scope(), name) == nullptr) return std::nullopt;
  return std::string(name);
}

/// NET_RT_IFLIST2 gives a row of messages; each RTM_IFINFO2 has 64-bit counters and a link-layer address with the name.
std::vector<InterfaceCounters> read_counters() {
  std::vector<InterfaceCounters> all;
  int query[6] = {CTL_NET, PF_ROUTE, 0, 0, NET_RT_IFLIST2, 0};
  size_t size = 0;
  if (sysctl(query, 6, nullptr, &size, nullptr, 0) != 0) return all;
  std::vector<char> messages(size);
  if (sysctl(query, 6, messages.data(), &size, nullptr, 0) != 0) return all;
  for (size_t at = 0; at + sizeof(if_msghdr) <= size;) {
    if_msghdr header;
    std::memcpy(&header, messages.data() + at, sizeof header);
    if (header.ifm_msglen == 0 || header.ifm_msglen > size - at) break;
    if (header.ifm_type == RTM_IFINFO2 && header.ifm_msglen >= sizeof(if_msghdr2)) {
      if_msghdr2 info;
      std::memcpy(&info, messages.data() + at, sizeof info);
      char name[IF_NAMESIZE] = "";
      InterfaceCounters counters;
      if (if_indextoname(info.ifm_index, name) != nullptr) counters.name = name;
      counters.packets = info.ifm_data.ifi_ipackets + info.ifm_data.ifi_opackets;
      counters.bytes = info.ifm_data.ifi_ibytes + info.ifm_data.ifi_obytes;
      counters.dropped = info.ifm_data.ifi_iqdrops;
      if (!counters.name.empty()) all.push_back(counters);
    }
    at += header.ifm_msglen;
  }
  return all;
}

}  // namespace tracedrop::native_capture::platform
