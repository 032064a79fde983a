// A TCP header and what analysis concluded of the segment, as lines of the tree.
#pragma once

#include "protocols/transport/tcp/header.h"
#include "protocols/transport/tcp/history.h"

namespace tracedrop::dissect::tcp {

/// Everything but the payload. What is remembered of the connection is null when this is another packet's quotation.
struct Report {
  Layer& in;
  const Header& header;
  Bytes options;
  const Connection* connection;
  const History* history;
  const Analysed& analysed;

  Context& context() const { return in.context(); }
  const Conversation& conversation() const { return context().findings.conversations[context().row.flow >> 1]; }
  uint32_t way() const { return context().row.flow & 1; }
};

void report_header(const Report& report);
void report_analysis(const Report& report);
/// The payload's line, for the segment as such.
void report_payload(const Report& report, Bytes payload);

}  // namespace tracedrop::dissect::tcp
