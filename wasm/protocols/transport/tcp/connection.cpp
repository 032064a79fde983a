#include "protocols/transport/tcp/connection.h"

namespace tracedrop::dissect::tcp {

Connection after_syn(const LoneSyn& syn) {
  Connection connection;
  connection.syn_ts_ns = syn.ts_ns;
  connection.saw_syn = true;
  Direction& sender = connection.direction[0];
  sender.next_seq = sender.max_seq_to_be_acked = syn.seq + 1;
  sender.last_ack_ts_ns = syn.ts_ns;
  sender.window = syn.window;
  sender.has_base_seq = true;
  sender.has_spoken = true;
  sender.unacked.add({syn.seq, syn.seq + 1, syn.packet, false});
  return connection;
}

}  // namespace tracedrop::dissect::tcp
