#include "protocols/application/tls/vectors.h"

#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

void malformed_line(Layer& in, std::string_view text) {
  in.line(in.at(), in.left(), text);
  in.expert(f.malformed_buffer_too_small, Severity::error, ExpertGroup::malformed, text);
  in.seek(in.all().size());
}

}  // namespace

bool read_vector(Layer& in, const Field& length, Bytes& body, uint32_t least) {
  const size_t width = length.format.width;
  if (in.left() < width) {
    std::string text;
    append(text, "No more room for vector of length ", width);
    malformed_line(in, text);
    return false;
  }
  const size_t from = in.at();
  const uint32_t size = in(length);
  if (size < least)
    in.expert(f.malformed_vector_length, Severity::warning, ExpertGroup::protocol, "Vector length ", size,
              " is smaller than minimum ", least);
  if (size > in.left() && in.all().size() < in.all().wire_size()) {
    in.skip(size);  // the capture ends before
    return false;
  }
  if (size > in.left()) {
    in.expert(f.malformed_buffer_too_small, Severity::error, ExpertGroup::malformed, "Vector length ", size,
              " is too large, truncating it to ", in.all().size() - from - width);
    in.seek(in.all().size());
    return false;
  }
  body = in.bytes(size);
  return true;
}

bool read_opaque(Layer& in, const Field& length, const Field& value, uint32_t least) {
  Bytes body;
  if (!read_vector(in, length, body, least)) return false;
  in.add_bytes(value, in.at() - body.size(), body.size());
  return true;
}

void show_trailing(Layer& in) {
  if (in.left() == 0) return;
  std::string text;
  append(text, Counted{in.left(), "trailing byte was", "trailing bytes were"}, " unprocessed");
  in.line(in.at(), in.left(), text);
  in.expert(f.malformed_trailing_data, Severity::warning, ExpertGroup::protocol, text);
  in.seek(in.all().size());
}

void show_rest(Layer& in, const Field& field) { in.bytes(field, in.left()); }

uint16_t show_signature_algorithm(Layer& in) {
  const size_t from = in.at();
  const auto scheme = static_cast<uint16_t>(in(f.sig_hash_alg));
  const uint8_t hash = static_cast<uint8_t>(scheme >> 8), signature = static_cast<uint8_t>(scheme);
  if (f.sig_hash_alg.names.of(scheme).empty()) {
    const auto name = [](const Field& field, uint8_t value) {
      const std::string_view known = field.names.of(value);
      return known.empty() ? std::string_view("Unknown") : known;
    };
    in.replace(f.sig_hash_alg.title, ": ", name(f.sig_hash_hash, hash), ' ', name(f.sig_hash_sig, signature), " (",
               Hex{scheme, 4}, ')');
  }
  const auto below = in.below();
  in.add(f.sig_hash_hash, hash, from, 1);
  in.add(f.sig_hash_sig, signature, from + 1, 1);
  return scheme;
}

}  // namespace tracedrop::dissect::tls
