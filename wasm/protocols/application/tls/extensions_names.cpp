// Extensions that name who is asked for, and how certificates are to be had: RFC 6066, 6091, 6961, 7250.
#include "protocols/application/tls/extension_shows.h"

namespace tracedrop::dissect::tls {

namespace {

void show_server_name(Layer& in, Extensions&, Layer::Branch& line) {
  if (in.left() == 0) return;
  const auto group = in.group_line(0, in.left(), "Server Name Indication extension");
  inside(in, f.server_name_list_len, 1, [&](Layer& names) {
    bool is_first = true;
    repeat(names, [&] {
      Bytes name;
      names(f.server_name_type);
      if (!read_vector(names, f.server_name_len, name, 1)) return;
      names.add_bytes(f.server_name, names.at() - name.size(), name.size());
      if (!is_first) return;
      std::string shown;
      append_printable(shown, name.text());
      line.append(" name=", shown);
      is_first = false;
    });
  });
}

void show_fragment_length(Layer& in, Extensions&, Layer::Branch&) { in(f.max_fragment_length); }

/// RFC 6066, section 6.
void show_trusted_authorities(Layer& in, Extensions&, Layer::Branch&) {
  enum Kind { kAgreed, kKeyHash, kName, kCertificateHash };
  Bytes body;
  if (!read_vector(in, f.trusted_ca_keys_length, body)) return;
  auto all = in.group(f.trusted_ca_keys, in.at() - body.size(), body.size());
  all.replace("Trusted CA keys (", Counted{body.size(), "byte", "bytes"}, ')');
  Layer keys(in, body);
  repeat(keys, [&] {
    auto key = keys.part(f.trusted_ca_key);
    key.replace("Trusted CA Key");
    const uint32_t kind = keys(f.trusted_ca_key_type);
    if (kind == kKeyHash || kind == kCertificateHash) keys.bytes(f.trusted_ca_key_hash, 20);
    Bytes name;
    if (kind == kName && read_vector(keys, f.trusted_ca_key_dname_len, name))
      show_distinguished_name(keys, f.trusted_ca_key_dname, name);
    if (kind > kCertificateHash) show_trailing(keys);
  });
}

void undecoded(Layer& in, Bytes body, std::string_view what) {
  if (body.empty()) return;
  std::string text;
  append(text, what, " not implemented, contact Wireshark developers if you want this to be supported");
  in.line(in.at() - body.size(), body.size(), text);
  in.expert(f.status_request_undecoded, Severity::note, ExpertGroup::undecoded, text);
}

void show_status_body(Layer& in) {
  Bytes body;
  if (!read_vector(in, f.status_request_responder_ids_len, body)) return;
  undecoded(in, body, "Responder ID list is");
  if (!read_vector(in, f.status_request_exts_len, body)) return;
  undecoded(in, body, "Request Extensions are");
}

void show_status_request(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (extensions.message == kCertificate) return show_certificate_status(in);
  if (!extensions.is_client() && extensions.message != kCertificateRequest) return;
  if (in.left() == 0) return;
  in(f.status_request_type);
  show_status_body(in);
}

/// RFC 6961.
void show_status_request_2(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (!extensions.is_client()) return;
  inside(in, f.status_request_list_len, 1, [](Layer& list) {
    repeat(list, [&] {
      list(f.status_request_type);
      inside(list, f.status_request_len, 0, [](Layer& body) {
        show_status_body(body);
        show_trailing(body);
      });
    });
  });
}

/// RFC 6091 and 7250.
void show_certificate_type(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (!extensions.is_client()) {
    in(f.cert_type_type);
    return;
  }
  read_list(in, {f.cert_type_types_len, f.cert_type_types, f.cert_type_type, "Certificate Type List", {}, {}}, 1,
            [](uint32_t) {});
}

constexpr ExtensionShow kShows[] = {{0, show_server_name},         {1, show_fragment_length},
                                    {3, show_trusted_authorities}, {5, show_status_request},
                                    {9, show_certificate_type},    {17, show_status_request_2},
                                    {19, show_certificate_type},   {20, show_certificate_type}};

}  // namespace

std::span<const ExtensionShow> name_extensions() { return kShows; }

}  // namespace tracedrop::dissect::tls
