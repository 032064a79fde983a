// One element (tagged parameter) of IEEE 802.11 at work.
#pragma once

#include "dissect/layer.h"
#include "protocols/link/wlan/fields.h"

namespace tracedrop::dissect::wlan {

/// What the elements of one frame tell each other.
struct Elements {
  uint16_t kind;  ///< of the frame
  bool has_name = false;
};

struct Element {
  Layer& in;           ///< its content
  Layer::Branch& tag;  ///< its line
  Elements& all;
  size_t length;          ///< that it says to have
  bool is_plain = false;  ///< what it lacks is not told to be within something else
};

/// Reads the content of the elements of one kind.
struct ElementReader {
  uint8_t number;
  void (*read)(Element& element);
};

/// A line for each field from `first` to `last`, of the bits in the last `size` bytes read.
void add_bits(Layer& in, const Field& first, const Field& last, uint64_t value, size_t size);
void read_traffic_map(Element& element);
void read_country(Element& element);
void read_constraint(Element& element);
void read_power_capability(Element& element);
void read_erp(Element& element);
void read_extended_capabilities(Element& element);
void read_supported_channels(Element& element);
void read_interworking(Element& element);
void read_timeout(Element& element);
void read_security(Element& element);
void read_vendor(Element& element);
void read_ht_capabilities(Element& element);
void read_ht_operation(Element& element);
void read_vht_capabilities(Element& element);
void read_vht_operation(Element& element);
void read_power_envelope(Element& element);

}  // namespace tracedrop::dissect::wlan
