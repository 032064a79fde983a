#include "device.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <utility>

#include "failure.h"
#include "filter.h"
#include "message.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

/// Eight times tcpdump's and dumpcap's: room for what comes while a disk makes the program wait.
constexpr int kDefaultBufferBytes = 16 * 1024 * 1024;

std::optional<uint64_t> interface_drops(const std::string& name) {
  for (const platform::InterfaceCounters& counters : platform::read_counters())
    if (counters.name == name) return counters.dropped;
  return std::nullopt;
}

bool lacks_rights(int status) { return status == PCAP_ERROR_PERM_DENIED || status == PCAP_ERROR_PROMISC_PERM_DENIED; }

Failure opening_failure(const std::string& name, int status, const std::string& detail, const DeviceOptions& options) {
  if (lacks_rights(status))
    return failed(fmt::format("you may not capture on {} ({}).\n{}", name,
                              detail.empty() ? pcap_statustostr(status) : detail,
                              platform::rights_recipe(options.promiscuous || options.monitor)));
  if (status == PCAP_ERROR_NO_SUCH_DEVICE) return unusable(fmt::format("-i {}: there is no such interface", name));
  if (status == PCAP_ERROR_IFACE_NOT_UP) return failed(fmt::format("{} is down; bring it up first", name));
  return failed(fmt::format("{} cannot be opened: {}", name, detail.empty() ? pcap_statustostr(status) : detail));
}

/// Sets what must be set before an interface is activated; the error, or nothing.
std::string configure(pcap_t* handle, const DeviceOptions& options) {
  pcap_set_snaplen(handle, static_cast<int>(options.snap_len));
  pcap_set_promisc(handle, options.promiscuous ? 1 : 0);
  pcap_set_timeout(handle, kGatherMs);
  pcap_set_buffer_size(handle,
                       options.buffer_bytes != 0 ? static_cast<int>(options.buffer_bytes) : kDefaultBufferBytes);
  if (options.immediate) pcap_set_immediate_mode(handle, 1);
  if (options.monitor && pcap_can_set_rfmon(handle) != 1) return "--monitor: this interface has no monitor mode";
  if (options.monitor) pcap_set_rfmon(handle, 1);
  if (options.nanoseconds && pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO) != 0)
    return "--nanoseconds: this interface does not have such times";
  return "";
}

void warn(const std::string& name, const std::string& text) {
  say(fmt::format("native_capture: warning: {}: {}", name, text));
}

/// Opens and activates an interface with the rights raised.
pcap_t* open_handle(const std::string& name, const DeviceOptions& options) {
  const platform::RaisedRights rights;
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_t* handle = pcap_create(name.c_str(), error);
  if (handle == nullptr) throw failed(fmt::format("{} cannot be opened: {}", name, error));
  const std::string unset = configure(handle, options);
  const int status = unset.empty() ? pcap_activate(handle) : 0;
  const std::string detail = pcap_geterr(handle);
  if (unset.empty() && status >= 0) {
    platform::keep_to_this_process(handle);
    if (status > 0) warn(name, detail.empty() ? pcap_statustostr(status) : detail);
    return handle;
  }
  pcap_close(handle);
  if (!unset.empty()) throw unusable(fmt::format("-i {} {}", name, unset));
  throw opening_failure(name, status, detail, options);
}

/// The error, or nothing.
std::string install_filter(pcap_t* handle, const std::string& filter) {
  bpf_program program{};
  if (pcap_compile(handle, &program, filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) return pcap_geterr(handle);
  const bool set = pcap_setfilter(handle, &program) == 0;
  pcap_freecode(&program);
  if (!set) return pcap_geterr(handle);
  char error[PCAP_ERRBUF_SIZE] = "";
  return pcap_setnonblock(handle, 1, error) == 0 ? "" : error;
}

}  // namespace

int link_type_of_dlt(int dlt) {
  switch (dlt) {  // https://www.tcpdump.org/linktypes.html
    case DLT_ATM_RFC1483: return 100;
    case DLT_RAW: return 101;
    case DLT_LOOP: return 108;
    default: return dlt;
  }
}

Device::Device(const ChosenInterface& interface, const DeviceOptions& options)
    : name_(interface.name),
      why_(interface.why),
      handle_(open_handle(name_, options)),
      interface_drops_before_(interface_drops(name_)) {}

void Device::set_filter(const std::string& filter) {
  filter_ = filter;
  const std::string error = install_filter(handle_, filter_);
  if (!error.empty()) throw unusable(fmt::format("the filter '{}' does not work on {}: {}", filter_, name_, error));
  pcap_stat stat{};
  if (pcap_stats(handle_, &stat) != 0) return;
  received_before_ = stat.ps_recv;
  dropped_before_ = stat.ps_drop;
}

Device::~Device() {
  if (handle_ != nullptr) pcap_close(handle_);
}

Device::Device(Device&& other) noexcept
    : name_(std::move(other.name_)),
      why_(std::move(other.why_)),
      filter_(std::move(other.filter_)),
      handle_(std::exchange(other.handle_, nullptr)),
      interface_drops_before_(other.interface_drops_before_),
      received_before_(other.received_before_),
      dropped_before_(other.dropped_before_) {}

std::string Device::title() const { return why_.empty() ? name_ : fmt::format("{} ({})", name_, why_); }

FileInterface Device::file_interface(const DeviceOptions& options) const {
  FileInterface interface;
  interface.name = name_;
  interface.link_type = static_cast<uint16_t>(link_type_of_dlt(pcap_datalink(handle_)));
  interface.snap_len = static_cast<uint32_t>(pcap_snapshot(handle_));
  interface.nanoseconds = options.nanoseconds;
  interface.filter = filter_;
  return interface;
}

CaptureCounters Device::counters() const {
  CaptureCounters counters;
  pcap_stat stat{};
  if (pcap_stats(handle_, &stat) == 0) {
    counters.received = stat.ps_recv - received_before_;
    counters.dropped_by_kernel = stat.ps_drop - dropped_before_;
  }
  // libpcap's ps_ifdrop is 0 where it is not known (pcap_stats(3)), so only the interface's own counter is believed.
  const auto drops = interface_drops(name_);
  if (drops && interface_drops_before_ && *drops >= *interface_drops_before_)
    counters.dropped_by_interface = *drops - *interface_drops_before_;
  return counters;
}

}  // namespace tracedrop::native_capture
