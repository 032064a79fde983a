// A TCP header and what analysis concluded of the segment, as lines of the tree.
#pragma once

#include "protocols/transport/tcp/header.h"
#include "protocols/transport/tcp/history.h"

namespace tracedrop::dissect::tcp {

/// Everything but the payload. What is remembered of the connection is null when this is another packet's quotation,
/// and its flow UINT32_MAX when none of the stream's own packets was there before.
struct Report {
  Layer& in;
  const Header& header;
  Bytes options;
  const Connection* connection;
  const History* history;
  const Analysed& analysed;
  uint32_t stream;
  uint32_t flow;

  Context& context() const { return in.context(); }
  const Conversation* conversation() const {
    return flow == UINT32_MAX ? nullptr : &context().findings.conversations[flow >> 1];
  }
  bool is_in_ipv6() const { return context().source.kind == AddressKind::ipv6; }
  uint32_t way() const { return flow & 1; }
};

void report_header(const Report& report);
void report_analysis(const Report& report);
/// The payload's line, for the segment as such.
void report_payload(const Report& report, Bytes payload);

}  // namespace tracedrop::dissect::tcp
