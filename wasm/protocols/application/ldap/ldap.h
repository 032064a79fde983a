// What the parts of LDAP share: what one message tells beyond its tree, and the readers of what has a file of its own.
#pragma once

#include <string>
#include <unordered_map>

#include "dissect/ber_walk.h"
#include "dissect/stream.h"
#include "protocols/application/ldap/fields.h"

namespace tracedrop::dissect::ldap {

/// A request, and its first answer.
struct Call {
  PacketIndex request = kNoPacket;
  int64_t ts_ns = 0;
  bool is_answered = false;
};
/// One connection, or one pair of sockets.
struct Session : ProtocolState {
  std::unordered_map<uint32_t, Call> calls;
  bool wants_tls = false;  ///< StartTLS was asked for
  bool is_plain = false;   ///< bound last without SASL: nothing protects what follows
};

/// What the parts of a filter say, each ended by what ends it.
struct Joined {
  size_t count = 0;
  std::string text;
};

/// One LDAPMessage while it is read.
struct Message {
  Session* session = nullptr;
  int64_t id = 0;
  uint32_t operation = UINT32_MAX;
  std::string title;           ///< of its line
  std::string attribute;       ///< whose values are read, in lower case
  std::string identifier;      ///< of a control or an extended operation
  std::string filter;          ///< of the filter read last, as RFC 4515 writes it
  Joined* joined = nullptr;    ///< of the filter that is being read
  bool matches_names = false;  ///< an extensible match looks at the parts of the entry's name, too
  int filter_depth = 0;
  bool starts_tls = false;
};

inline Message& message_of(ber::Walk& walk) { return walk.user<Message>(); }

/// "LDAP_START_TLS_OID" for "1.3.6.1.4.1.1466.20037".
std::string identifier_name(std::string_view numbers);
/// Text that is fit to be shown is, else its bytes: "01:02:ff", at most 24 of them.
std::string value_text(Bytes value);
/// "dc=example", and "<ROOT>" where there is none.
std::string name_text(Bytes name);

/// An identifier, written as text.
std::string read_identifier(ber::Walk& walk, const Field* field, ber::Part part);
void read_assertion_value(ber::Walk& walk, const ber::Type& type, const Field* field, ber::Part part);
void read_attribute_value(ber::Walk& walk, const ber::Type& type, const Field* field, ber::Part part);
void read_filter(ber::Walk& walk, const ber::Type& type, const Field* field, ber::Part part);

extern const ber::Type kFilter, kAssertion, kControls, kExtendedValue, kIntermediateValue;

/// Messages that follow each other up to the end of `bytes`; `separates` where Info sets them apart.
void read_messages(Layer& in, size_t at, size_t end, Session* session, bool separates);

}  // namespace tracedrop::dissect::ldap
