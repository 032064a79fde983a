// --list-interfaces: what there is, for a reader and as JSON.
#include <fmt/format.h>
#include <pcap/pcap.h>

#include <cstdio>

#include "device.h"
#include "interfaces.h"
#include "json.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

struct LinkType {
  int value = 0;
  std::string name;
  std::string description;
};

/// An interface tells its link type only when it is opened.
std::optional<LinkType> link_type_of(const NetworkInterface& interface) {
  if (!interface.up) return std::nullopt;
  char error[PCAP_ERRBUF_SIZE] = "";
  const platform::RaisedRights rights;
  pcap_t* handle = pcap_create(interface.name.c_str(), error);
  if (handle == nullptr) return std::nullopt;
  std::optional<LinkType> type;
  pcap_set_buffer_size(handle, 65536);
  pcap_set_snaplen(handle, 64);
  if (pcap_activate(handle) >= 0) {
    const int value = pcap_datalink(handle);
    const char* name = pcap_datalink_val_to_name(value);
    const char* description = pcap_datalink_val_to_description(value);
    type = LinkType{link_type_of_dlt(value), name == nullptr ? "" : name, description == nullptr ? "" : description};
  }
  pcap_close(handle);
  return type;
}

std::string states_of(const NetworkInterface& interface) {
  std::string states = interface.up ? "up" : "down";
  if (interface.running) states += ", running";
  if (interface.loopback) states += ", loopback";
  if (interface.wireless) states += ", wireless";
  if (interface.connection == Connection::connected) states += ", connected";
  if (interface.connection == Connection::disconnected) states += ", disconnected";
  return states;
}

void print_text(const std::vector<NetworkInterface>& interfaces) {
  size_t width = 0;
  for (const NetworkInterface& interface : interfaces) width = std::max(width, interface.name.size());
  for (const NetworkInterface& interface : interfaces) {
    std::string line = fmt::format("{:{}}  {}", interface.name, width, states_of(interface));
    for (const IpAddress& address : interface.addresses) line += "; " + address.text();
    if (const auto type = link_type_of(interface)) line += "; " + type->description;
    if (!interface.description.empty()) line += fmt::format("; {}", interface.description);
    std::puts(line.c_str());
  }
}

void print_json(const std::vector<NetworkInterface>& interfaces) {
  std::string out = "[";
  for (const NetworkInterface& interface : interfaces) {
    if (out.size() > 1) out += ',';
    out += fmt::format("\n{{\"name\":{},\"description\":{},\"addresses\":[", json_string(interface.name),
                       interface.description.empty() ? "null" : json_string(interface.description));
    for (size_t i = 0; i < interface.addresses.size(); ++i)
      out += fmt::format("{}{}", i == 0 ? "" : ",", json_string(interface.addresses[i].text()));
    out += "],\"link_type\":";
    if (const auto type = link_type_of(interface))
      out += fmt::format("{{\"value\":{},\"name\":{},\"description\":{}}}", type->value, json_string(type->name),
                         json_string(type->description));
    else
      out += "null";
    out += fmt::format(",\"up\":{},\"running\":{},\"loopback\":{},\"wireless\":{}}}", interface.up, interface.running,
                       interface.loopback, interface.wireless);
  }
  out += out.size() > 1 ? "\n]" : "]";
  std::puts(out.c_str());
}

}  // namespace

void list_interfaces(bool json) {
  const std::vector<NetworkInterface> interfaces = find_interfaces();
  if (json)
    print_json(interfaces);
  else
    print_text(interfaces);
}

}  // namespace tracedrop::native_capture
