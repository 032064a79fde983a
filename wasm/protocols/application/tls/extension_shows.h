// Extensions of hellos by their types: what shows each, in four files.
#pragma once

#include <span>

#include "protocols/application/tls/extensions.h"
#include "protocols/application/tls/vectors.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

struct ExtensionShow {
  uint16_t type;
  /// Reads the body, which `in` holds; `line` is the extension's own.
  void (*show)(Layer& in, Extensions& extensions, Layer::Branch& line);
};
std::span<const ExtensionShow> name_extensions();
std::span<const ExtensionShow> key_extensions();
std::span<const ExtensionShow> other_extensions();
std::span<const ExtensionShow> quic_extensions();

/// `in` is read to its end by `each`.
template <typename Each>
void repeat(Layer& in, const Each& each) {
  while (in.ok() && in.left() > 0) each();
}
/// A vector whose bytes are read in a part of their own.
template <typename Read>
bool inside(Layer& in, const Field& length, uint32_t least, const Read& read) {
  Bytes body;
  if (!read_vector(in, length, body, least)) return false;
  Layer part(in, body);
  read(part);
  return true;
}

}  // namespace tracedrop::dissect::tls
