// Vectors, as TLS's messages are made of them (RFC 8446, section 3.4): a length, then as many bytes.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::tls {

/// Reads a vector's length, and its bytes into `body`; `least` is the fewest bytes that it may have. False, at the end
/// of `in`, when there are not as many bytes as it says.
bool read_vector(Layer& in, const Field& length, Bytes& body, uint32_t least = 0);

/// The same for a vector that is one value.
bool read_opaque(Layer& in, const Field& length, const Field& value, uint32_t least = 0);

/// A line for bytes that nobody knows, to the end of `in`.
void show_trailing(Layer& in);

/// Bytes to the end of `in`.
void show_rest(Layer& in, const Field& field);

/// A list of numbers: its length, then a line "Supported Groups (3 groups)" above one for each.
struct List {
  const Field& length;
  const Field& all;
  const Field& one;
  std::string_view title;
  std::string_view singular, plural;  ///< none: the number alone stands in the parentheses
};
/// Hands each number to `each(value)` when its line is the last one.
template <typename Each>
void read_list(Layer& in, const List& list, uint32_t least, const Each& each);

/// Signature algorithms, with a hash and a signature below each.
uint16_t show_signature_algorithm(Layer& in);

// ---- how ----

template <typename Each>
void read_items(Layer& in, const List& list, Bytes body, const Each& each) {
  const size_t count = body.size() / list.one.format.width;
  const size_t from = in.at();
  in.skip(body.size());
  auto all = in.group(list.all, from, body.size());
  if (list.singular.empty()) {
    all.replace(list.title, " (", count, ')');
  } else {
    all.replace(list.title, " (", Counted{count, list.singular, list.plural}, ')');
  }
  Layer items(in, body);
  for (size_t i = 0; i < count; ++i) each(items);
  show_trailing(items);
}

template <typename Each>
void read_list(Layer& in, const List& list, uint32_t least, const Each& each) {
  Bytes body;
  if (!read_vector(in, list.length, body, least)) return;
  in.seek(in.at() - body.size());
  read_items(in, list, body, [&](Layer& items) { each(items(list.one)); });
}

}  // namespace tracedrop::dissect::tls
