// Addresses in SIP's header fields (RFC 3261, sections 19.1 and 20.10): `"Ann" <sip:ann@h.example:5061;lr>;tag=77`.
#pragma once

#include <algorithm>
#include <string_view>

namespace tracedrop::dissect::sip {

/// The parts of a URI "sip:user@host:port;parameters"; without parts when its scheme is another one.
struct Uri {
  std::string_view whole, user, host, port;
  std::string_view parameters;  ///< behind the first ";" after the host
  bool has_port = false;
};
Uri uri_of(std::string_view text);

struct NameAddress {
  std::string_view display;  ///< with its quotes
  Uri uri;
  std::string_view rest;  ///< what follows the address
  bool is_found = false;
};
/// `text` begins with it. Without angle brackets only SIP's own schemes are known.
NameAddress name_address_of(std::string_view text);

/// The value of the parameter "tag" behind the address; its data() is null when there is none.
std::string_view tag_of(std::string_view value);

/// Where a piece ends that begins at `from`, at one of `ends` that does not stand in quotes.
size_t end_of_piece(std::string_view text, size_t from, std::string_view ends);

/// Calls visit(NameAddress, what stands behind the address up to the next one) for each contact of a header field.
template <typename Visit>
void for_each_contact(std::string_view value, Visit&& visit) {
  while (!value.empty()) {
    const NameAddress contact = name_address_of(value);
    if (!contact.is_found) return;
    const size_t end = end_of_piece(contact.rest, 0, ",");
    visit(contact, contact.rest.substr(0, end));
    value = contact.rest.substr(std::min(end + 1, contact.rest.size()));
  }
}

/// Calls visit(text) for each of the parameters of a contact.
template <typename Visit>
void for_each_contact_parameter(std::string_view rest, Visit&& visit) {
  size_t at = rest.find(';');
  while (at < rest.size()) {
    const size_t begin = at + 1;
    if (begin >= rest.size()) return;
    at = end_of_piece(rest, begin + 1, ";");
    visit(rest.substr(begin, at - begin));
  }
}

}  // namespace tracedrop::dissect::sip
