// Suites of ciphers and the like, which their maker has numbered.
#pragma once

#include "protocols/link/wlan/elements.h"

namespace tracedrop::dissect::wlan {

enum Maker : uint32_t { kIeee = 0x000FAC, kMicrosoft = 0x0050F2, kApple = 0x0017F2, kWifiAlliance = 0x506F9A };

/// "00:0f:ac (Ieee 802.11)"
void append_maker(std::string& out, uint32_t maker);
/// The name alone, or the number where there is none.
void append_maker_name(std::string& out, uint32_t maker);
/// The last line's text: the field's title and the maker.
void replace_maker(Layer& in, const Field& field, uint32_t maker);

struct SuiteFields {
  const Field &suite, &maker, &type;
};
/// Reads a suite; what it is called is appended to `list`.
void read_suite(Layer& in, const SuiteFields& fields, std::string* list);
void read_suites(Layer& in, const Field& count_field, const Field& list_field, const SuiteFields& fields);

/// WPA's element, behind what tells that it is one.
void read_wpa(Element& element);

}  // namespace tracedrop::dissect::wlan
