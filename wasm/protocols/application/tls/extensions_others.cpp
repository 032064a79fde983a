// Extensions of other documents, which are named at each.
#include "protocols/application/tls/extension_shows.h"

namespace tracedrop::dissect::tls {

namespace {

/// RFC 5054.
void show_srp(Layer& in, Extensions&, Layer::Branch&) { read_opaque(in, f.srp_len, f.srp_username, 1); }
/// RFC 6520.
void show_heartbeat(Layer& in, Extensions&, Layer::Branch&) { in(f.extension_heartbeat_mode); }

/// RFC 7301.
void show_applications(Layer& in, Extensions& extensions, Layer::Branch&) {
  Bytes body;
  if (!read_vector(in, f.alpn_len, body, 2)) return;
  const auto all = in.group(f.alpn_list, in.at() - body.size(), body.size());
  Layer list(in, body);
  repeat(list, [&] {
    Bytes name;
    if (!read_vector(list, f.alpn_str_len, name, 1)) return;
    list.add_bytes(f.alpn_str, list.at() - name.size(), name.size());
    if (!extensions.fingerprint.has_application) extensions.fingerprint.first_application = name.text();
    extensions.fingerprint.has_application = true;
  });
}

/// The draft before ALPN: only the server names protocols.
void show_next_protocols(Layer& in, Extensions&, Layer::Branch&) {
  if (in.left() == 0) return;
  const auto all = in.group_line(0, in.left(), "Next Protocol Negotiation");
  repeat(in, [&] { read_opaque(in, f.npn_str_len, f.npn); });
}

void show_application_settings(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (extensions.message == kEncryptedExtensions) return show_rest(in, f.alps_settings);
  if (!extensions.is_client()) return in.seek(in.all().size());
  Bytes body;
  if (!read_vector(in, f.alps_len, body, 2)) return;
  const auto all = in.group(f.alps_alpn_list, in.at() - body.size(), body.size());
  Layer list(in, body);
  repeat(list, [&] { read_opaque(list, f.alps_alpn_str_len, f.alps_alpn_str, 1); });
}

void show_timestamps(Layer& in, Extensions&, Layer::Branch&) {
  if (in.left() > 0) show_signed_timestamps(in);
}

void show_padding(Layer& in, Extensions&, Layer::Branch&) { show_rest(in, f.padding_data); }

/// RFC 8472.
void show_token_binding(Layer& in, Extensions&, Layer::Branch&) {
  in(f.token_binding_version_major);
  in(f.token_binding_version_minor);
  read_list(in,
            {f.token_binding_key_parameters_length, f.token_binding_key_parameters, f.token_binding_key_parameter,
             "Key parameters identifiers", "identifier", "identifiers"},
            1, [](uint32_t) {});
}

/// RFC 8879.
void show_certificate_compression(Layer& in, Extensions&, Layer::Branch&) {
  inside(in, f.compress_certificate_algorithms_length, 1, [](Layer& list) {
    while (list.left() >= 2) list(f.compress_certificate_algorithm);
    show_trailing(list);
  });
}
/// RFC 8449.
void show_record_size(Layer& in, Extensions&, Layer::Branch&) { in(f.record_size_limit); }
/// RFC 5077.
void show_ticket(Layer& in, Extensions&, Layer::Branch&) { show_rest(in, f.handshake_extensions_session_ticket); }

/// RFC 9146.
void show_connection_id(Layer& in, Extensions&, Layer::Branch&) {
  Bytes id;
  if (!read_vector(in, f.connection_id_length, id) || id.empty()) return;
  in.add_bytes(f.connection_id, in.at() - id.size(), id.size());
}

/// RFC 5746.
void show_renegotiation(Layer& in, Extensions&, Layer::Branch&) {
  const auto group = in.group_line(0, in.left(), "Renegotiation Info extension");
  Bytes info;
  if (!read_vector(in, f.reneg_info_len, info) || info.empty()) return;
  in.add_bytes(f.reneg_info, in.at() - info.size(), info.size());
}

/// RFC 5764, for DTLS alone.
void show_srtp(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (extensions.session.carrier == Carrier::dtls) dtls::show_srtp(in);
}

void show_nothing(Layer&, Extensions&, Layer::Branch&) {}

constexpr ExtensionShow kShows[] = {{12, show_srp},
                                    {14, show_srtp},
                                    {15, show_heartbeat},
                                    {16, show_applications},
                                    {18, show_timestamps},
                                    {21, show_padding},
                                    {22, show_nothing},
                                    {23, show_nothing},
                                    {24, show_token_binding},
                                    {27, show_certificate_compression},
                                    {28, show_record_size},
                                    {35, show_ticket},
                                    {46, show_nothing},
                                    {49, show_nothing},
                                    {53, show_connection_id},
                                    {54, show_connection_id},
                                    {13172, show_next_protocols},
                                    {17513, show_application_settings},
                                    {17613, show_application_settings},
                                    {65281, show_renegotiation}};

}  // namespace

std::span<const ExtensionShow> other_extensions() { return kShows; }

}  // namespace tracedrop::dissect::tls
