// --list-interfaces: what there is, for a reader and as JSON.
#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "choose_interface.h"
#include "device.h"
#include "figures.h"
#include "interfaces.h"
#include "json.h"
#include "message.h"
#include "platform.h"
#include "standard_output.h"

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

std::string addresses_of(const NetworkInterface& interface) {
  std::string addresses;
  for (const IpAddress& address : interface.addresses)
    addresses += fmt::format("{}{}", addresses.empty() ? "" : ", ", address.text());
  return addresses.empty() ? "-" : addresses;
}

/// An interface and what had to be opened to know it.
struct Listed {
  NetworkInterface interface;
  std::optional<LinkType> link_type;
};

std::vector<Listed> list_all() {
  std::vector<Listed> all;
  for (NetworkInterface& interface : find_interfaces()) {
    std::optional<LinkType> type = link_type_of(interface);
    all.push_back({std::move(interface), std::move(type)});
  }
  return all;
}

/// The name of the interface that a capture without host and name would take.
std::string default_name(const std::vector<Listed>& all) {
  std::vector<NetworkInterface> interfaces;
  for (const Listed& listed : all) interfaces.push_back(listed.interface);
  const NetworkInterface* chosen = default_interface(interfaces);
  return chosen == nullptr ? "" : chosen->name;
}

/// What it is called, and the kind of its frames.
std::string kind_of(const Listed& listed) {
  std::string kind = listed.interface.description;
  if (const auto& type = listed.link_type) kind += (kind.empty() ? "" : "; ") + type->description;
  return kind.empty() ? "-" : shown(kind);
}

using Row = std::array<std::string, 4>;

/// Columns under a header; the interface that a capture without host and name would take is marked.
void print_text(const std::vector<Listed>& interfaces, bool all) {
  const std::string chosen = default_name(interfaces);
  std::vector<Row> rows{{"INTERFACE", "STATE", "ADDRESSES", "KIND"}};
  size_t hidden = 0;
  for (const Listed& listed : interfaces) {
    const NetworkInterface& interface = listed.interface;
    // Nothing can be captured on what is down: mostly devices that are no network (nflog, usbmon0).
    if (!all && !interface.up) {
      ++hidden;
      continue;
    }
    rows.push_back({shown(interface.name), states_of(interface), addresses_of(interface),
                    kind_of(listed) + (interface.name == chosen ? "  ← default" : "")});
  }
  std::array<size_t, 3> widths{};
  for (const Row& row : rows)
    for (size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string out;
  for (const Row& row : rows)
    out += fmt::format("{:{}}  {:{}}  {:{}}  {}\n", row[0], widths[0], row[1], widths[1], row[2], widths[2], row[3]);
  print(out);
  if (hidden > 0)
    std::fputs(fmt::format("{} more: native_capture --list-interfaces --all\n", counted(hidden, "interface")).c_str(),
               stderr);
}

void print_json(const std::vector<Listed>& interfaces) {
  const std::string chosen = default_name(interfaces);
  std::string out = "[";
  for (const Listed& listed : interfaces) {
    const NetworkInterface& interface = listed.interface;
    if (out.size() > 1) out += ',';
    out += fmt::format("\n{{\"name\":{},\"description\":{},\"addresses\":[", json_string(interface.name),
                       interface.description.empty() ? "null" : json_string(interface.description));
    for (size_t i = 0; i < interface.addresses.size(); ++i)
      out += fmt::format("{}{}", i == 0 ? "" : ",", json_string(interface.addresses[i].text()));
    out += "],\"link_type\":";
    if (const auto& type = listed.link_type)
      out += fmt::format("{{\"value\":{},\"name\":{},\"description\":{}}}", type->value, json_string(type->name),
                         json_string(type->description));
    else
      out += "null";
    out += fmt::format(",\"up\":{},\"running\":{},\"loopback\":{},\"wireless\":{},\"default\":{}}}", interface.up,
                       interface.running, interface.loopback, interface.wireless, interface.name == chosen);
  }
  print(out + (out.size() > 1 ? "\n]\n" : "]\n"));
}

}  // namespace

void list_interfaces(const ListOptions& options) {
  const std::vector<Listed> interfaces = list_all();
  platform::drop_rights();
  if (options.json)
    print_json(interfaces);
  else
    print_text(interfaces, options.all);
}

}  // namespace tracedrop::native_capture
