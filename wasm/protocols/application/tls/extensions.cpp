// Extensions: type (2), length (2), body (RFC 8446, section 4.2).
#include "protocols/application/tls/extension_shows.h"

namespace tracedrop::dissect::tls {

namespace {

const ExtensionShow* find_show(uint16_t type) {
  for (const auto& shows : {name_extensions(), key_extensions(), other_extensions(), quic_extensions()})
    for (const ExtensionShow& known : shows)
      if (known.type == type) return &known;
  return nullptr;
}

void show_extension(Layer& in, Extensions& extensions) {
  auto line = in.part(f.extension);
  const auto type = static_cast<uint16_t>(in(f.extension_type));
  if (!is_grease(type)) extensions.fingerprint.extensions.push_back(type);
  const std::string_view name = f.extension_type.names.of(type);
  const uint16_t length = in.rest().be16(0);
  if (name.empty()) {
    line.append(": Unknown type ", type, " (len=", length, ')');
  } else {
    line.append(": ", name, " (len=", length, ')');
  }
  Bytes body;
  if (!read_vector(in, f.extension_len, body)) return;
  Layer part(in, body);
  if (const ExtensionShow* known = find_show(type)) {
    known->show(part, extensions, line);
    return show_trailing(part);
  }
  show_rest(part, f.extension_data);
}

}  // namespace

void show_signed_timestamps(Layer& in) {
  inside(in, f.sct_scts_length, 1, [](Layer& list) {
    repeat(list, [&] {
      const auto one = list.part_line("Signed Certificate Timestamp (Unknown Log)");
      inside(list, f.sct_sct_length, 1, [](Layer& sct) {
        sct(f.sct_sct_version);
        sct.bytes(f.sct_sct_logid, 32);
        const uint64_t ms = sct.be64();
        if (sct.ok()) sct.add(f.sct_sct_timestamp, ms * 1'000'000, sct.at() - 8, 8);
        Bytes extensions;
        if (!read_vector(sct, f.sct_sct_extensions_length, extensions)) return;
        if (!extensions.empty()) sct.add_bytes(f.sct_sct_extensions, sct.at() - extensions.size(), extensions.size());
        show_signature_algorithm(sct);
        read_opaque(sct, f.sct_sct_signature_length, f.sct_sct_signature);
      });
    });
  });
}

bool show_extensions(Layer& in, Extensions& extensions) {
  Bytes body;
  if (!read_vector(in, f.handshake_extensions_length, body)) return false;
  Layer list(in, body);
  while (list.ok() && list.left() >= 4) show_extension(list, extensions);
  show_trailing(list);
  return true;
}

bool has_extension(Bytes extensions, uint16_t type) {
  Cursor in(extensions);
  Cursor list(in.bytes(in.be16()));
  while (list.ok() && list.left() >= 4) {
    if (list.be16() == type) return true;
    list.skip(list.be16());
  }
  return false;
}

void show_signature_algorithms(Layer& in, std::vector<uint16_t>* found) {
  Bytes body;
  if (!read_vector(in, f.sig_hash_alg_len, body, 2)) return;
  in.seek(in.at() - body.size());
  const List list{f.sig_hash_alg_len,          f.sig_hash_algs, f.sig_hash_alg,
                  "Signature Hash Algorithms", "algorithm",     "algorithms"};
  read_items(in, list, body, [&](Layer& items) {
    const uint16_t algorithm = show_signature_algorithm(items);
    if (found != nullptr && !is_grease(algorithm)) found->push_back(algorithm);
  });
}

}  // namespace tracedrop::dissect::tls
