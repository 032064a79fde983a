#include "protocols/application/sip/parts.h"

#include <charconv>

namespace tracedrop::dissect::sip {

namespace {

/// A parameter "name=value" of a header field, by its name, and the field for its value.
struct NamedField {
  std::string_view name;
  const Field* field;
};
constexpr NamedField kViaParameters[] = {
    {"branch", &f.via_branch},         {"maddr", &f.via_maddr},     {"rport", &f.via_rport},
    {"received", &f.via_received},     {"ttl", &f.via_ttl},         {"comp", &f.via_comp},
    {"sigcomp-id", &f.via_sigcomp_id}, {"oc", &f.via_oc},           {"oc-validity", &f.via_oc_validity},
    {"oc-seq", &f.via_oc_seq},         {"oc-algo", &f.via_oc_algo}, {"be-route", &f.via_be_route},
};
constexpr NamedField kCredentials[] = {
    {"response", &f.auth_digest_response},
    {"nc", &f.auth_nc},
    {"username", &f.auth_username},
    {"realm", &f.auth_realm},
    {"nonce", &f.auth_nonce},
    {"algorithm", &f.auth_algorithm},
    {"opaque", &f.auth_opaque},
    {"qop", &f.auth_qop},
    {"cnonce", &f.auth_cnonce},
    {"uri", &f.auth_uri},
    {"domain", &f.auth_domain},
    {"stale", &f.auth_stale},
    {"auts", &f.auth_auts},
    {"rspauth", &f.auth_rspauth},
    {"nextnonce", &f.auth_nextnonce},
    {"ik", &f.auth_ik},
    {"ck", &f.auth_ck},
};
constexpr NamedField kSecurity[] = {
    {"alg", &f.sec_mechanism_alg},       {"ealg", &f.sec_mechanism_ealg},   {"prot", &f.sec_mechanism_prot},
    {"spi-c", &f.sec_mechanism_spi_c},   {"spi-s", &f.sec_mechanism_spi_s}, {"port1", &f.sec_mechanism_port1},
    {"port-c", &f.sec_mechanism_port_c}, {"port2", &f.sec_mechanism_port2}, {"port-s", &f.sec_mechanism_port_s},
};

template <size_t kCount>
const Field* field_named(const NamedField (&fields)[kCount], std::string_view name) {
  for (const NamedField& known : fields)
    if (equals_ignoring_case(known.name, name)) return known.field;
  return nullptr;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view without_leading_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

struct Pair {
  std::string_view name, value;
  bool has_value = false;
};
Pair pair_of(std::string_view parameter) {
  const size_t equals = parameter.find('=');
  if (equals == std::string_view::npos) return {trim(parameter), {}, false};
  return {trim(parameter.substr(0, equals)), trim(parameter.substr(equals + 1)), true};
}

/// Calls visit(piece) for each piece between separators that do not stand in quotes.
template <typename Visit>
void for_each_piece(std::string_view text, char separator, Visit&& visit) {
  while (!text.empty()) {
    const size_t end = end_of_piece(text, 0, std::string_view(&separator, 1));
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

size_t digits_of(std::string_view text) { return std::min(text.find_first_not_of("0123456789"), text.size()); }

}  // namespace

void Parts::plain(std::string_view part) {
  std::string shown;
  append_printable(shown, part);
  in_.line(at(part), part.size(), shown);
}

void Parts::name_address(const NameAddress& address, const UriFields& fields, std::string_view targets) {
  if (!address.display.empty()) {
    add(*fields.display, address.display);
    add(f.display_info, address.display);
    in_.hidden();
  }
  if (!address.is_found) return;
  add(*fields.uri, address.uri.whole);
  const auto below = in_.below();
  uri_parts(address.uri, fields);
  if (!targets.empty()) target_uri(targets);
}

/// As in Wireshark, a user or a port of one character has no line.
void Parts::uri_parts(const Uri& uri, const UriFields& fields) {
  if (uri.user.size() > 1) add(*fields.user, uri.user);
  if (!uri.host.empty()) add(*fields.host, uri.host);
  if (uri.port.size() > 1) add(*fields.port, uri.port);
  if (fields.parameter == nullptr) return;
  for_each_piece(uri.parameters, ';', [&](std::string_view parameter) { add(*fields.parameter, parameter); });
}

void Parts::target_uri(std::string_view parameters) {
  for_each_piece(parameters, ';', [&](std::string_view parameter) {
    const Pair pair = pair_of(parameter);
    if (pair.name == "target-uri") add(f.tc_target_uri, unquoted(pair.value));
  });
}

/// "SIP/2.0/UDP host:port;parameters", and more of them behind commas (RFC 3261, section 20.42).
void Parts::via(std::string_view value) {
  while (!value.empty()) {
    std::string_view rest = via_sent_by(value);
    // As in Wireshark, a parameter ends at a blank, and what follows it is not read.
    while (!rest.empty() && rest[0] == ';') {
      const size_t end = std::min(rest.find_first_of("; ,", 1), rest.size());
      via_parameter(rest.substr(1, end - 1));
      rest.remove_prefix(end);
      if (!rest.empty() && rest[0] == ' ') rest = without_leading_blanks(rest);
      if (rest.size() == 1 && rest[0] == ';') return;
    }
    rest = without_leading_blanks(rest);
    if (rest.empty() || rest[0] != ',') return;
    value = without_leading_blanks(rest.substr(1));
  }
}

/// The transport and who sent it; returns what follows.
std::string_view Parts::via_sent_by(std::string_view rest) {
  for (int part = 0; part < 2; ++part) {
    const size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
      add(f.via_sent_by_address, rest.substr(rest.size()));
      return rest.substr(rest.size());
    }
    rest.remove_prefix(slash + 1);
  }
  rest = without_leading_blanks(rest);
  const size_t end = rest.find_first_of(" \t");
  if (end == std::string_view::npos) {
    add(f.via_sent_by_address, rest.substr(rest.size()));
    return rest.substr(rest.size());
  }
  add(f.via_transport, rest.substr(0, end));
  rest = without_leading_blanks(rest.substr(end));
  if (!rest.empty() && rest[0] == '[') {
    const size_t close = std::min(rest.find(']'), rest.size());
    add(f.via_sent_by_address, rest.substr(1, close - std::min<size_t>(close, 1)));
    rest.remove_prefix(std::min(close + 1, rest.size()));
  } else {
    const size_t host = std::min(rest.find_first_of(" ;:"), rest.size());
    const bool goes_on = host > 0 && host < rest.size() && rest[host] == ' ' && rest[host - 1] == ',';
    add(f.via_sent_by_address, rest.substr(0, host));
    rest.remove_prefix(goes_on ? host - 1 : host);
  }
  std::string_view port = without_leading_blanks(rest);
  if (port.empty() || port[0] != ':') return port;
  port = without_leading_blanks(port.substr(1));
  const size_t digits = digits_of(port);
  const size_t port_end = std::min(port.find_first_of("; ,"), port.size());
  if (digits > 0 && digits == port_end) {
    uint32_t number_read = 0;
    const auto [after, error] = std::from_chars(port.data(), port.data() + digits, number_read);
    const bool is_port = error == std::errc() && number_read <= UINT16_MAX;
    number(f.via_sent_by_port, port.substr(0, digits), is_port ? number_read : UINT16_MAX);
    if (!is_port)
      in_.expert(f.via_sent_by_port_invalid, Severity::note, ExpertGroup::malformed, f.via_sent_by_port_invalid.title);
  }
  return without_leading_blanks(port.substr(port_end));
}

void Parts::via_parameter(std::string_view parameter) {
  const Pair pair = pair_of(parameter);
  const Field* const field = field_named(kViaParameters, pair.name);
  if (field == nullptr) return plain(parameter);
  add(*field, pair.has_value ? pair.value : pair.name);
  if (field != &f.via_oc || !pair.has_value) return;
  if (const auto oc = number_of(pair.value)) number(f.via_oc_val, pair.value, *oc);
}

void Parts::cseq(std::string_view value) {
  const size_t digits = digits_of(value);
  uint64_t sequence = 0;
  for (const char digit : value.substr(0, digits)) sequence = sequence * 10 + static_cast<uint64_t>(digit - '0');
  number(f.cseq_seq, value.substr(0, digits), static_cast<uint32_t>(sequence));
  const std::string_view method = without_leading_blanks(value.substr(digits));
  if (!method.empty()) add(f.cseq_method, method);
}

void Parts::rack(std::string_view value) {
  for (const Field* field : {&f.rack_rseq_seq, &f.rack_cseq_seq}) {
    const size_t digits = digits_of(value);
    if (digits == 0 || digits == value.size()) break;
    number(*field, value.substr(0, digits), number_of(value.substr(0, digits)).value_or(0));
    value = without_leading_blanks(value.substr(digits));
  }
  add(f.rack_cseq_method, value);
}

/// "Q.850;cause=16;text="Terminated"" (RFC 3326).
void Parts::reason(std::string_view value) {
  const size_t first = std::min(value.find(';'), value.size());
  const std::string_view protocol = value.substr(0, first);
  if (first == value.size()) return;
  add(f.reason_protocols, protocol);
  const std::string_view rest = value.substr(first + 1);
  const size_t second = end_of_piece(rest, 0, ";");
  const size_t equals = rest.substr(0, second).find('=');
  if (equals == std::string_view::npos) return;
  const std::string_view cause = rest.substr(equals + 1, second - equals - 1);
  const Field& field = protocol == "Q.850" ? f.reason_cause_q850
                       : protocol == "SIP" ? f.reason_cause_sip
                                           : f.reason_cause_other;
  number(field, cause, number_of(cause).value_or(0));
  if (second >= rest.size()) return;
  const std::string_view text = rest.substr(second + 1);
  const size_t open = text.find('"');
  const size_t close = open == std::string_view::npos ? open : text.find('"', open + 1);
  if (close != std::string_view::npos) add(f.reason_text, text.substr(open + 1, close - open - 1));
}

/// "ab30…86;remote=4775…f2;logme" (RFC 7989, 8497).
void Parts::session_id(std::string_view value) {
  std::string raw;
  const auto read_id = [&](std::string_view digits) {
    constexpr size_t kDigits = 32;
    raw.clear();
    if (digits.size() != kDigits) return false;
    for (size_t i = 0; i < kDigits; i += 2) {
      uint8_t byte = 0;
      const auto [after, error] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
      if (error != std::errc() || after != digits.data() + i + 2) return false;
      raw += static_cast<char>(byte);
    }
    return true;
  };
  const size_t end = std::min(value.find(';'), value.size());
  const std::string_view id = value.substr(0, end);
  const bool has_more = end < value.size();
  if (!read_id(id)) return;
  in_.add_text(has_more ? f.session_id_local_uuid : f.session_id_sess_id, raw, at(id), id.size());
  for_each_piece(value.substr(std::min(end + 1, value.size())), ';', [&](std::string_view parameter) {
    const Pair pair = pair_of(parameter);
    if (pair.name == "remote" && read_id(pair.value)) {
      in_.add_text(f.session_id_remote_uuid, raw, at(pair.value),
                   static_cast<size_t>(value.data() + value.size() - pair.value.data()));
    } else if (pair.name == "logme") {
      number(f.session_id_logme, parameter, 1);
    }
  });
}

void Parts::feature_caps(std::string_view value) {
  for_each_piece(value, ';', [&](std::string_view piece) {
    piece = trim(piece);
    if (!piece.empty() && piece[0] == '+') piece.remove_prefix(1);
    add(f.feature_cap, piece);
  });
}

void Parts::charging_vector(std::string_view value) {
  for_each_piece(value, ';', [&](std::string_view piece) {
    const Pair pair = pair_of(piece);
    if (pair.name == "icid-value") return add(f.icid_value, pair.value);
    plain(trim(piece));
  });
}

void Parts::access_network(std::string_view value) {
  const size_t end = value.find(';');
  if (end == std::string_view::npos) return;
  add(f.p_access_network_info_access_type, value.substr(0, end));
  for_each_piece(value.substr(end + 1), ';', [&](std::string_view piece) {
    const Pair pair = pair_of(piece);
    if (pair.name == "utran-cell-id-3gpp") add(f.p_access_network_info_utran_cell_id_3gpp, pair.value);
  });
}

/// "Digest username="bob", realm="a"" (RFC 3261, section 22; RFC 8760).
void Parts::authentication(std::string_view value, bool has_scheme) {
  if (has_scheme) {
    const size_t end = std::min(value.find(' '), value.size());
    const std::string_view scheme = value.substr(0, end);
    add(f.auth_scheme, scheme);
    if (equals_ignoring_case(scheme, "Basic")) return;
    value = without_leading_blanks(value.substr(end));
  }
  for_each_piece(value, ',', [&](std::string_view parameter) {
    const Pair pair = pair_of(parameter);
    const Field* const field = pair.has_value ? field_named(kCredentials, pair.name) : nullptr;
    if (field == nullptr) return plain(trim(parameter));
    add(*field, pair.value);
  });
}

/// Mechanisms and their parameters (RFC 3329; TS 33.203, annex H).
void Parts::security(std::string_view value) {
  for_each_piece(value, ',', [&](std::string_view mechanism) {
    bool is_first = true;
    for_each_piece(mechanism, ';', [&](std::string_view piece) {
      piece = trim(piece);
      if (!is_first) return security_parameter(piece);
      add(f.sec_mechanism, piece);
      is_first = false;
    });
  });
}

void Parts::security_parameter(std::string_view parameter) {
  const Pair pair = pair_of(parameter);
  const Field* const field = field_named(kSecurity, pair.name);
  if (field == nullptr) return plain(parameter);
  if (field->format.kind == Kind::text) return add(*field, pair.value);
  number(*field, pair.value, number_of(pair.value).value_or(0));
}

}  // namespace tracedrop::dissect::sip
