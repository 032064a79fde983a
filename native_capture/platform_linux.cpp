// What is Linux's own: capabilities, the routing table through rtnetlink, the counters of interfaces.
#include <fmt/format.h>
#include <linux/capability.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "platform.h"
#include "platform_posix.h"

namespace tracedrop::native_capture::platform {
namespace {

/// The capability sets of this thread (the program has one). libcap would do the same through these two system calls.
class Capabilities {
 public:
  static Capabilities current() {
    Capabilities now;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    syscall(SYS_capget, &header, now.sets_);
    return now;
  }
  uint64_t permitted() const { return sets_[0].permitted | uint64_t{sets_[1].permitted} << 32; }
  /// Sets effective and permitted; nothing is inherited.
  static bool set(uint64_t effective, uint64_t permitted) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const __user_cap_data_struct sets[2] = {
        {static_cast<uint32_t>(effective), static_cast<uint32_t>(permitted), 0},
        {static_cast<uint32_t>(effective >> 32), static_cast<uint32_t>(permitted >> 32), 0}};
    return syscall(SYS_capset, &header, sets) == 0;
  }

 private:
  __user_cap_data_struct sets_[2] = {};
};

/// As nice(1) has it.
constexpr int kNiceness = 10;

constexpr uint64_t bit(int capability) { return uint64_t{1} << capability; }
/// Opening a packet socket, and setting the promiscuous or monitor mode.
constexpr uint64_t kCapturing = bit(CAP_NET_RAW) | bit(CAP_NET_ADMIN);
/// root's own way into other people's folders, kept where root writes the file itself.
constexpr uint64_t kWriting = bit(CAP_DAC_OVERRIDE);

/// Takes everything but `kept` out of what an executed program may ever get, as far as this process may do that.
void bound_capabilities(uint64_t kept) {
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
    if ((kept & bit(capability)) == 0) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

}  // namespace

void lower_rights() {
  if (invoker()) {
    act_as(*invoker());
  } else if (geteuid() != 0) {
    const uint64_t permitted = Capabilities::current().permitted() & kCapturing;
    if (!Capabilities::set(0, permitted)) refuse_to_run("capset");
  }
}

RaisedRights::RaisedRights() {
  if (invoker()) {
    act_as_root();
  } else if (geteuid() != 0) {
    const uint64_t permitted = Capabilities::current().permitted() & kCapturing;
    Capabilities::set(permitted, permitted);
  }
}

RaisedRights::~RaisedRights() {
  if (invoker()) {
    act_as(*invoker());
  } else if (geteuid() != 0) {
    Capabilities::set(0, Capabilities::current().permitted());
  }
}

bool has_rights() { return geteuid() == 0 || invoker() || Capabilities::current().permitted() != 0; }

void drop_rights(bool command_follows) {
  const uint64_t kept = !invoker() && geteuid() == 0 ? Capabilities::current().permitted() & kWriting : 0;
  if (invoker()) act_as_root();
  if (!command_follows) bound_capabilities(kept);
  if (invoker()) become(*invoker());  // the kernel takes the capabilities away with root's ids
  if (!Capabilities::set(kept, kept)) refuse_to_run("capset");
  if (!command_follows) refuse_new_rights();
}

void refuse_new_rights() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) refuse_to_run("no_new_privs");
}

void come_after_others() {
  // Of a thread alone, against POSIX (setpriority(2), "C library/kernel differences").
  setpriority(PRIO_PROCESS, 0, kNiceness);
}

std::string program_path() {
  char path[4096];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size > 0 ? std::string(path, static_cast<size_t>(size)) : "native_capture";
}

std::string rights_recipe(bool promiscuous_or_monitor) {
  const char* capabilities = promiscuous_or_monitor ? "cap_net_raw,cap_net_admin+ep" : "cap_net_raw+ep";
  return fmt::format(
      "Either give this program the right to capture, once:\n"
      "  sudo setcap {} {}\n"
      "or run it through sudo: it gives root's rights up at once, and the file will be yours.",
      capabilities, program_path());
}

namespace {

/// One question to the kernel's network configuration (rtnetlink(7)), and its answers.
class RouteSocket {
 public:
  RouteSocket() : socket_(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)) {}
  ~RouteSocket() {
    if (socket_ >= 0) close(socket_);
  }
  RouteSocket(const RouteSocket&) = delete;
  RouteSocket& operator=(const RouteSocket&) = delete;

  bool ask(const nlmsghdr& request) const { return send(socket_, &request, request.nlmsg_len, 0) > 0; }
  /// Calls visit(message) for each message of the next reply; false when there is none or it was the last.
  template <typename Visit>
  bool receive(Visit&& visit) {
    const ssize_t size = recv(socket_, reply_, sizeof reply_, 0);
    if (size <= 0) return false;
    auto left = static_cast<unsigned>(size);
    for (const auto* message = reinterpret_cast<const nlmsghdr*>(reply_); NLMSG_OK(message, left);
         message = NLMSG_NEXT(message, left)) {
      if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) return false;
      visit(*message);
    }
    return true;
  }

 private:
  int socket_;
  alignas(nlmsghdr) uint8_t reply_[65536];
};

/// Calls visit(attribute) for each attribute of a message whose own header has the type Header.
template <typename Header, typename Visit>
void for_each_attribute(const nlmsghdr& message, Visit&& visit) {
  const auto* begin = static_cast<const uint8_t*>(NLMSG_DATA(&message)) + NLMSG_ALIGN(sizeof(Header));
  int left = static_cast<int>(message.nlmsg_len) - static_cast<int>(NLMSG_SPACE(sizeof(Header)));
  for (const auto* at = reinterpret_cast<const rtattr*>(begin); RTA_OK(at, left); at = RTA_NEXT(at, left)) visit(*at);
}

}  // namespace

/// RTM_GETROUTE with a destination: the kernel answers with the route that it would take, whose RTA_OIF is the
/// interface. Unlike the source address this is right where one address is on several interfaces.
std::optional<std::string> interface_of_route(const IpAddress& address) {
  const size_t address_len = address.is_v6() ? 16 : 4;
  struct {
    nlmsghdr header;
    rtmsg route;
    rtattr attribute;
    uint8_t destination[16];
  } request{};
  request.header.nlmsg_type = RTM_GETROUTE;
  request.header.nlmsg_flags = NLM_F_REQUEST;
  request.header.nlmsg_len = static_cast<uint32_t>(NLMSG_LENGTH(sizeof(rtmsg)) + RTA_LENGTH(address_len));
  request.route.rtm_family = address.is_v6() ? AF_INET6 : AF_INET;
  request.route.rtm_dst_len = static_cast<uint8_t>(address_len * 8);
  request.attribute.rta_type = RTA_DST;
  request.attribute.rta_len = static_cast<uint16_t>(RTA_LENGTH(address_len));
  std::memcpy(request.destination, address.bytes(), address_len);

  // A link-local address says its interface itself.
  uint32_t index = address.is_link_local_v6() ? address.scope() : 0;
  RouteSocket kernel;
  if (index == 0 && kernel.ask(request.header)) {
    kernel.receive([&](const nlmsghdr& message) {
      for_each_attribute<rtmsg>(message, [&](const rtattr& attribute) {
        if (attribute.rta_type == RTA_OIF) std::memcpy(&index, RTA_DATA(&attribute), sizeof index);
      });
    });
  }
  char name[IF_NAMESIZE] = "";
  if (index == 0 || if_indextoname(index, name) == nullptr) return std::nullopt;
  return std::string(name);
}

std::vector<InterfaceCounters> read_counters() {
  struct {
    nlmsghdr header;
    ifinfomsg link;
  } request{};
  request.header.nlmsg_type = RTM_GETLINK;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.header.nlmsg_len = NLMSG_LENGTH(sizeof(ifinfomsg));
  std::vector<InterfaceCounters> all;
  const auto on_link = [&](const nlmsghdr& message) {
    InterfaceCounters counters;
    for_each_attribute<ifinfomsg>(message, [&](const rtattr& attribute) {
      if (attribute.rta_type == IFLA_IFNAME) counters.name = static_cast<const char*>(RTA_DATA(&attribute));
      if (attribute.rta_type != IFLA_STATS64) return;
      rtnl_link_stats64 stats{};
      std::memcpy(&stats, RTA_DATA(&attribute), std::min<size_t>(RTA_PAYLOAD(&attribute), sizeof stats));
      counters.packets = stats.rx_packets + stats.tx_packets;
      counters.bytes = stats.rx_bytes + stats.tx_bytes;
      // rx_dropped also counts packets that nobody wanted; these two are the interface's own losses.
      counters.dropped = stats.rx_missed_errors + stats.rx_fifo_errors;
    });
    if (!counters.name.empty()) all.push_back(counters);
  };
  RouteSocket kernel;
  if (kernel.ask(request.header))
    while (kernel.receive(on_link)) continue;
  return all;
}

}  // namespace tracedrop::native_capture::platform
