// All fields of the protocol `wlan`, as one list.
#pragma once

#include "protocols/link/wlan/element_fields.h"
#include "protocols/link/wlan/header_fields.h"
#include "protocols/link/wlan/management_fields.h"
#include "protocols/link/wlan/network_fields.h"
#include "protocols/link/wlan/security_fields.h"
#include "protocols/link/wlan/throughput_fields.h"

namespace tracedrop::dissect::wlan {

struct Fields {
  HeaderFields header;
  ControlFields control;
  ManagementFields management;
  ElementFields element;
  NetworkFields network;
  SecurityFields security;
  ThroughputFields throughput;
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::wlan
