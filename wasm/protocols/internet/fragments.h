// Fragments of IP datagrams, put together in the order of the file.
//
// The packet that completes a datagram goes on to the next layer with all of its bytes. They cannot be told from the
// packet again, so they are kept with the findings (up to a limit; beyond it, only the Info text is).
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

struct Fragment {
  uint8_t protocol = 0;
  size_t at = 0;  ///< offset in the datagram, bytes
  bool more = false;
  uint32_t id = 0;
};

/// The lines of a datagram that was put together.
struct ReassemblyFields {
  Field fragments, fragment, error, overlap, conflict, count, length, data, in_frame;
};

struct Reassembly {
  const ReassemblyFields& fields;
  std::string_view version;  ///< "IPv4"
  /// Reports what stands behind these lines in the layer.
  void (*report_rest)(Layer& in);
};

/// Takes one fragment of the datagram between the context's addresses and hands the whole to the next layer when this
/// fragment completes it (or did so, when the packet is looked at again). False when more is missing: the row shows a
/// fragment.
bool complete_datagram(Layer& in, const Reassembly& how, const Fragment& fragment, Bytes payload);

}  // namespace tracedrop::dissect
