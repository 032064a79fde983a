// One interface opened for capturing through libpcap.
#pragma once

#include <memory>
#include <string>

#include "capture_format.h"
#include "choose_interface.h"
#include "options.h"

typedef struct pcap pcap_t;

namespace tracedrop::native_capture {

/// How long the kernel may gather packets before it hands them over, unless each is wanted at once.
inline constexpr int kGatherMs = 100;

/// libpcap's link-layer type as the LINKTYPE_ value that files have: the same but for a few whose numbers differ
/// between systems.
int link_type_of_dlt(int dlt);

class Device {
 public:
  /// Opens the interface; the rights are raised meanwhile. Throws Failure, with the recipe for the system when a right
  /// is missing.
  Device(const ChosenInterface& interface, const DeviceOptions& options);
  ~Device();
  Device(Device&& other) noexcept;
  Device& operator=(Device&&) = delete;

  /// Lets only what `filter` says pass, from the first packet that is taken on. Needs no rights, and is better called
  /// without them: names in it are looked up. Throws Failure.
  void set_filter(const std::string& filter);

  pcap_t* handle() const { return handle_; }
  const std::string& name() const { return name_; }
  /// "eth0 (the interface that routes to 192.0.2.1)"
  std::string title() const;
  /// How a capture file describes it.
  FileInterface file_interface(const DeviceOptions& options) const;
  /// What the kernel counted since set_filter().
  CaptureCounters counters() const;

 private:
  std::string name_, why_, filter_;
  pcap_t* handle_ = nullptr;
  std::optional<uint64_t> interface_drops_before_;
  unsigned received_before_ = 0, dropped_before_ = 0;  ///< by the kernel, until there was a filter
};

}  // namespace tracedrop::native_capture
