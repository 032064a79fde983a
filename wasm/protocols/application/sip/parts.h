// The lines of what stands within SIP's header fields: addresses, ways, credentials and the like.
#pragma once

#include "dissect/layer.h"
#include "protocols/application/sip/message.h"
#include "protocols/application/sip/uri.h"

namespace tracedrop::dissect::sip {

/// What the parts of an address are called in one kind of header field; null: not shown.
struct UriFields {
  const Field *display, *uri, *user, *host, *port, *parameter;
};

class Parts {
 public:
  explicit Parts(Layer& in) : in_(in), text_(in.all().text()) {}

  void add(const Field& field, std::string_view part) { in_.add_text(field, part, at(part), part.size()); }

  /// `targets` are the parameters behind it, one of which may name another address.
  void name_address(const NameAddress& address, const UriFields& fields, std::string_view targets = {});
  void uri_parts(const Uri& uri, const UriFields& fields);
  void target_uri(std::string_view parameters);

  void via(std::string_view value);
  void cseq(std::string_view value);
  void rack(std::string_view value);
  void reason(std::string_view value);
  void session_id(std::string_view value);
  void feature_caps(std::string_view value);
  void charging_vector(std::string_view value);
  void access_network(std::string_view value);
  void authentication(std::string_view value, bool has_scheme);
  void security(std::string_view value);

 private:
  size_t at(std::string_view part) const { return static_cast<size_t>(part.data() - text_.data()); }
  void plain(std::string_view part);
  void number(const Field& field, std::string_view part, uint64_t value) {
    in_.add(field, value, at(part), part.size());
  }
  std::string_view via_sent_by(std::string_view rest);
  void via_parameter(std::string_view parameter);
  void security_parameter(std::string_view parameter);

  Layer& in_;
  const std::string_view text_;  // of the message
};

}  // namespace tracedrop::dissect::sip
