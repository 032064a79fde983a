// What the parts of SNMP share: what one message tells beyond its tree, and the readers of what ASN.1 calls an octet
// string or a sequence, but SNMP gives a meaning.
#pragma once

#include "dissect/ber_walk.h"
#include "protocols/application/snmp/fields.h"

namespace tracedrop::dissect::snmp {

struct Message {
  int64_t version = 0;
  int64_t security_model = 0;
  int64_t request_id = 0;
  bool has_request_id = false;
};

/// An engine's id (RFC 3411, section 5): who made it, and what it is made of.
void read_engine_id(ber::Walk& walk, const ber::Type& type, const Field* field, ber::Part part);
/// VarBind ::= SEQUENCE { name ObjectName, value }.
void read_binding(ber::Walk& walk, const ber::Type& type, const Field* field, ber::Part part);

}  // namespace tracedrop::dissect::snmp
