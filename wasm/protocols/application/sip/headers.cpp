#include "protocols/application/sip/headers.h"

#include "protocols/application/sip/parts.h"

namespace tracedrop::dissect::sip {

namespace {

constexpr UriFields kRequestUri{nullptr, nullptr, &f.r_uri_user, &f.r_uri_host, &f.r_uri_port, nullptr};

/// The fields whose values are addresses, and what their parts are called.
struct AddressHeader {
  const Field* header;
  UriFields parts;
};
constexpr AddressHeader kAddresses[] = {
    {&f.header_from, {&f.from_display_info, &f.from_addr, &f.from_user, &f.from_host, &f.from_port, &f.from_param}},
    {&f.header_to, {&f.to_display_info, &f.to_addr, &f.to_user, &f.to_host, &f.to_port, &f.to_param}},
    {&f.header_p_asserted_identity,
     {&f.pai_display_info, &f.pai_addr, &f.pai_user, &f.pai_host, &f.pai_port, &f.pai_param}},
    {&f.header_p_preferred_identity,
     {&f.ppi_display_info, &f.ppi_addr, &f.ppi_user, &f.ppi_host, &f.ppi_port, &f.ppi_param}},
    {&f.header_permission_missing,
     {&f.pmiss_display_info, &f.pmiss_addr, &f.pmiss_user, &f.pmiss_host, &f.pmiss_port, &f.pmiss_param}},
    {&f.header_trigger_consent, {&f.tc_display_info, &f.tc_addr, &f.tc_user, &f.tc_host, &f.tc_port, &f.tc_param}},
};
constexpr AddressHeader kRoutes[] = {
    {&f.header_route,
     {&f.route_display_info, &f.route_uri, &f.route_user, &f.route_host, &f.route_port, &f.route_param}},
    {&f.header_record_route,
     {&f.record_route_display_info, &f.record_route_uri, &f.record_route_user, &f.record_route_host,
      &f.record_route_port, &f.record_route_param}},
    {&f.header_service_route,
     {&f.service_route_display_info, &f.service_route_uri, &f.service_route_user, &f.service_route_host,
      &f.service_route_port, &f.service_route_param}},
    {&f.header_path, {&f.path_display_info, &f.path_uri, &f.path_user, &f.path_host, &f.path_port, &f.path_param}},
};
constexpr UriFields kContact{&f.contact_display_info, &f.contact_uri,  &f.contact_user,
                             &f.contact_host,         &f.contact_port, &f.contact_param};

template <size_t kCount>
const UriFields* parts_of(const AddressHeader (&headers)[kCount], const Field& field) {
  for (const AddressHeader& known : headers)
    if (known.header == &field) return &known.parts;
  return nullptr;
}

class Headers {
 public:
  Headers(Layer& in, const Message& message) : in_(in), parts_(in), message_(message) {}

  void run() {
    for (size_t at = message_.headers_at; at < message_.body_at;) {
      const Header header = header_at(message_, at);
      if (header.size == 0) break;
      at += header.size;
      if (header.has_colon) {
        report(header);
      } else {
        headline_expert(f.header_no_colon, Severity::warning, ExpertGroup::malformed);
      }
      if (message_.has_bad_cseq && header.known != nullptr && header.known->field == &f.header_cseq) return;
      last_ = header;
    }
    if (message_.head_end == Message::HeadEnd::no_empty_line) {
      in_.line(last_.at + last_.line.size(), last_.size - last_.line.size(), f.header_not_terminated.title);
      in_.expert(f.header_not_terminated, Severity::warning, ExpertGroup::malformed, f.header_not_terminated.title);
    }
    if (!message_.has_call_id && message_.head_end != Message::HeadEnd::cut)
      headline_expert(f.call_id_invalid, Severity::warning, ExpertGroup::protocol);
  }

 private:
  /// Below the line of all headers, where lines stand now.
  void headline_expert(const Field& field, Severity severity, ExpertGroup group) {
    Tree& tree = *in_.tree();
    tree.set_last(tree.lines().empty() ? Line::kNone : headline_);
    in_.expert(field, severity, group, field.title);
  }

 public:
  void set_headline(uint32_t line) { headline_ = line; }

 private:
  static std::string shown(std::string_view raw) {
    std::string text;
    append_printable(text, raw);
    return text;
  }

  void report(const Header& header) {
    if (header.known == nullptr) return report_unknown(header);
    const Field& field = *header.known->field;
    if (field.format.kind == Kind::number) return report_number(header, field);
    in_.add_text(field, header.value, header.at, header.size);
    in_.replace(shown(header.line));
    {
      const auto below = in_.below();
      report_parts(header, field);
    }
    if (&field != &f.header_call_id) return;
    in_.conclude_text(f.call_id_generated, header.value, header.at, header.size);
  }

  void report_unknown(const Header& header) {
    in_.line(header.at, header.size, shown(header.line));
    std::string name(header.name);
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    in_.expert(f.unrecognized_header, Severity::note, ExpertGroup::undecoded, f.unrecognized_header.title, " (",
               shown(name), ')');
  }

  void report_number(const Header& header, const Field& field) {
    const auto number = number_of(header.value);
    in_.add(field, number.value_or(0), header.at, header.size);
    const bool is_length = &field == &f.header_content_length;
    if (is_length) in_.replace(shown(header.line));
    if (number) return;
    if (is_length)
      in_.expert(f.content_length_invalid, Severity::note, ExpertGroup::malformed, f.content_length_invalid.title);
    if (&field == &f.header_retry_after)
      in_.expert(f.retry_after_invalid, Severity::note, ExpertGroup::malformed, f.retry_after_invalid.title);
  }

  void report_parts(const Header& header, const Field& field) {
    const std::string_view value = header.value;
    if (const UriFields* parts = parts_of(kAddresses, field)) return report_address(value, field, *parts);
    if (const UriFields* parts = parts_of(kRoutes, field)) return report_routes(value, *parts);
    if (&field == &f.header_contact) return report_contacts(value);
    if (&field == &f.header_via) return parts_.via(value);
    if (&field == &f.header_cseq) return parts_.cseq(value);
    if (&field == &f.header_rack) return parts_.rack(value);
    if (&field == &f.header_reason) return parts_.reason(value);
    if (&field == &f.header_session_id) return parts_.session_id(value);
    if (&field == &f.header_feature_caps) return parts_.feature_caps(value);
    if (&field == &f.header_p_charging_vector) return parts_.charging_vector(value);
    if (&field == &f.header_p_access_network_info) return parts_.access_network(value);
    if (&field == &f.header_authentication_info) return parts_.authentication(value, false);
    if (&field == &f.header_authorization || &field == &f.header_proxy_authorization ||
        &field == &f.header_www_authenticate || &field == &f.header_proxy_authenticate)
      return parts_.authentication(value, true);
    if (&field == &f.header_security_client || &field == &f.header_security_server ||
        &field == &f.header_security_verify)
      return parts_.security(value);
  }

  void report_address(std::string_view value, const Field& field, const UriFields& parts) {
    const NameAddress address = name_address_of(value);
    const bool has_target = &field == &f.header_trigger_consent;
    parts_.name_address(address, parts, has_target ? address.rest : std::string_view{});
    const bool is_from = &field == &f.header_from;
    if (is_from || &field == &f.header_to) {
      const std::string_view tag = tag_of(value);
      if (tag.data() == nullptr) return;
      parts_.add(is_from ? f.from_tag : f.to_tag, tag);
      parts_.add(f.tag, tag);
      in_.hidden();
    }
  }

  void report_routes(std::string_view value, const UriFields& parts) {
    while (true) {
      const NameAddress route = name_address_of(value);
      if (!route.is_found) return;
      parts_.name_address(route, parts);
      if (route.rest.empty() || route.rest[0] != ',') return;
      value = route.rest.substr(1);
    }
  }

  void report_contacts(std::string_view value) {
    for_each_contact(value, [&](const NameAddress& contact, std::string_view parameters) {
      parts_.name_address(contact, kContact);
      for_each_contact_parameter(parameters,
                                 [&](std::string_view parameter) { parts_.add(f.contact_parameter, parameter); });
    });
  }

  Layer& in_;
  Parts parts_;
  const Message& message_;
  Header last_;
  uint32_t headline_ = Line::kNone;
};

}  // namespace

void report_headers(Layer& in, const Message& message) {
  if (in.tree() == nullptr) return;
  const size_t size = message.body_at - message.headers_at;
  in.add_text(f.msg_hdr, message.text.substr(message.headers_at, size), message.headers_at, size);
  in.replace(f.msg_hdr.title);
  Headers headers(in, message);
  headers.set_headline(in.tree()->last());
  const auto below = in.below();
  headers.run();
}

void report_request_uri(Layer& in, std::string_view uri) {
  Parts parts(in);
  parts.add(f.r_uri, uri);
  const auto below = in.below();
  parts.uri_parts(uri_of(uri), kRequestUri);
}

}  // namespace tracedrop::dissect::sip
