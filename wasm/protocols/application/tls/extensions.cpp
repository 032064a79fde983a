// Extensions: type (2), length (2), body; RFC 8446, section 4.2, RFC 6066 and those that each function names.
#include "protocols/application/tls/extensions.h"

#include "protocols/application/tls/vectors.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

using Show = void (*)(Layer& in, Extensions& extensions, Layer::Branch& line);

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

std::string_view group_name(uint64_t group) {
  const std::string_view name = f.supported_group.names.of(group);
  return name.empty() ? std::string_view("Unknown") : name;
}

// ---- RFC 6066 ----

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

// ---- RFC 8422, 8446 ----

void show_groups(Layer& in, Extensions& extensions, Layer::Branch&) {
  read_list(in,
            {f.supported_groups_length, f.supported_groups, f.supported_group, "Supported Groups", "group", "groups"},
            2, [&](uint32_t group) {
              if (!is_grease(group)) extensions.fingerprint.groups.push_back(static_cast<uint16_t>(group));
            });
}

void show_point_formats(Layer& in, Extensions& extensions, Layer::Branch&) {
  read_list(in,
            {f.ec_point_formats_length, f.ec_point_formats, f.ec_point_format, "Elliptic curves point formats", {}, {}},
            1, [&](uint32_t format) { extensions.fingerprint.point_formats.push_back(static_cast<uint8_t>(format)); });
}

void show_algorithms(Layer& in, Extensions& extensions, Layer::Branch&) {
  show_signature_algorithms(in, &extensions.fingerprint.algorithms);
}
void show_other_algorithms(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (extensions.message != kCertificate) return show_signature_algorithms(in, nullptr);
  in(f.cred_valid_time);  // RFC 9345, section 4
  show_signature_algorithm(in);
  if (!read_opaque(in, f.cred_pubkey_len, f.cred_pubkey)) return;
  show_signature_algorithm(in);
  read_opaque(in, f.cred_signature_len, f.cred_signature);
}

void show_key_share_entry(Layer& in, std::string& names) {
  auto entry = in.part_line("Key Share Entry: Group: ");
  const uint32_t group = in(f.key_share_group);
  if (!is_grease(group)) append(names, names.empty() ? " " : ", ", group_name(group));
  Bytes key;
  const size_t from = in.at();
  const bool is_whole = read_vector(in, f.key_share_key_exchange_length, key, 1);
  entry.append(group_name(group), ", Key Exchange length: ", in.all().be16(from));
  if (is_whole) in.add_bytes(f.key_share_key_exchange, in.at() - key.size(), key.size());
}

void show_key_share(Layer& in, Extensions& extensions, Layer::Branch& line) {
  const auto group = in.group_line(0, in.left(), "Key Share extension");
  std::string names;
  if (extensions.is_client()) {
    inside(in, f.key_share_client_length, 0, [&](Layer& list) {
      while (list.ok() && list.left() >= 4) show_key_share_entry(list, names);
      show_trailing(list);
    });
  } else if (extensions.message == kHelloRetryRequest) {
    append(names, ' ', group_name(in(f.key_share_selected_group)));
  } else {
    show_key_share_entry(in, names);
  }
  line.append(names);
}

void show_pre_shared_key(Layer& in, Extensions& extensions, Layer::Branch&) {
  const auto group = in.group_line(0, in.left(), "Pre-Shared Key extension");
  if (!extensions.is_client()) {
    in(f.psk_identity_selected);
    return;
  }
  const bool is_whole = inside(in, f.psk_identities_length, 7, [](Layer& list) {
    repeat(list, [&] {
      auto one = list.part_line("PSK Identity (length: ", list.rest().be16(0), ')');
      if (read_opaque(list, f.psk_identity_identity_length, f.psk_identity_identity, 1))
        list(f.psk_identity_obfuscated_ticket_age);
    });
  });
  Bytes body;
  if (!is_whole || !read_vector(in, f.psk_binders_len, body, 33)) return;
  const auto all = in.group(f.psk_binders, in.at() - body.size(), body.size());
  Layer list(in, body);
  repeat(list, [&] {
    auto one = list.part(f.psk_binder);
    one.append(" (length: ", list.rest().u8(0), ')');
    read_opaque(list, f.psk_binder_binder_length, f.psk_binder_binder, 32);
  });
}

void show_early_data(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (extensions.message == kNewSessionTicket) in(f.early_data_max_early_data_size);
}

void show_supported_versions(Layer& in, Extensions& extensions, Layer::Branch& line) {
  std::string names;
  const auto show = [&](Layer& list) {
    const uint32_t version = list(f.supported_version);
    if (is_grease(version)) return;
    extensions.fingerprint.highest_version =
        std::max(extensions.fingerprint.highest_version, static_cast<uint16_t>(version));
    const std::string_view name = f.supported_version.names.of(version);
    append(names, names.empty() ? " " : ", ", name.empty() ? std::string_view("Unknown") : name);
  };
  if (extensions.is_client()) {
    inside(in, f.supported_versions_len, 2, [&](Layer& list) {
      while (list.left() >= 2) show(list);
      show_trailing(list);
    });
  } else {
    show(in);
  }
  line.append(names);
}

void show_cookie(Layer& in, Extensions&, Layer::Branch&) { read_opaque(in, f.cookie_len, f.cookie, 1); }

void show_psk_modes(Layer& in, Extensions&, Layer::Branch&) {
  inside(in, f.psk_ke_modes_length, 1, [](Layer& list) { repeat(list, [&] { list(f.psk_ke_mode); }); });
}

void show_authorities(Layer& in, Extensions&, Layer::Branch&) { show_distinguished_names(in); }

void show_oid_filters(Layer& in, Extensions&, Layer::Branch&) {
  inside(in, f.oid_filters_length, 0, [](Layer& list) {
    repeat(list, [&] {
      if (read_opaque(list, f.oid_filters_oid_length, f.oid_filters_oid, 1)) {
        Bytes values;
        read_vector(list, f.oid_filters_values_length, values);
      }
    });
  });
}

// ---- others ----

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

/// draft-ietf-tls-esni-02.
void show_encrypted_name(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (!extensions.is_client()) {
    in.bytes(f.esni_nonce, 16);
    return;
  }
  std::string names;
  in(f.esni_suite);
  show_key_share_entry(in, names);
  if (read_opaque(in, f.esni_record_digest_length, f.esni_record_digest))
    read_opaque(in, f.esni_encrypted_sni_length, f.esni_encrypted_sni, 1);
}

std::string_view or_unknown(std::string_view name) { return name.empty() ? std::string_view("Unknown") : name; }

/// RFC 9849.
void show_encrypted_hello(Layer& in, Extensions& extensions, Layer::Branch&) {
  if (extensions.message == kHelloRetryRequest) {
    in.bytes(f.ech_confirmation, 8);
    return;
  }
  if (!extensions.is_client() || in(f.ech_client_hello_type) != 0) return;
  {
    auto suite = in.part(f.ech_hpke_keyconfig_cipher_suite);
    const uint32_t kdf = in(f.ech_hpke_keyconfig_cipher_suite_kdf_id);
    const uint32_t aead = in(f.ech_hpke_keyconfig_cipher_suite_aead_id);
    suite.append(": ", or_unknown(f.ech_hpke_keyconfig_cipher_suite_kdf_id.names.of(kdf)), '/',
                 or_unknown(f.ech_hpke_keyconfig_cipher_suite_aead_id.names.of(aead)));
  }
  in(f.ech_config_id);
  if (read_opaque(in, f.ech_enc_length, f.ech_enc)) read_opaque(in, f.ech_payload_length, f.ech_payload, 1);
}

void show_outer_extensions(Layer& in, Extensions&, Layer::Branch&) {
  Bytes body;
  if (!read_vector(in, f.ech_outer_extensions_length, body, 2)) return;
  auto all = in.group(f.ech_outer_extensions, in.at() - body.size(), body.size());
  all.replace("Outer Extensions (", Counted{body.size() / 2, "extension", "extensions"}, ')');
  Layer list(in, body);
  while (list.left() >= 2) list(f.extension_type);
}

void show_nothing(Layer&, Extensions&, Layer::Branch&) {}

constexpr struct {
  uint16_t type;
  Show show;
} kShows[] = {{0, show_server_name},
              {1, show_fragment_length},
              {3, show_trusted_authorities},
              {5, show_status_request},
              {9, show_certificate_type},
              {10, show_groups},
              {11, show_point_formats},
              {12, show_srp},
              {13, show_algorithms},
              {14, show_nothing},
              {15, show_heartbeat},
              {16, show_applications},
              {17, show_status_request_2},
              {18, show_timestamps},
              {19, show_certificate_type},
              {20, show_certificate_type},
              {21, show_padding},
              {22, show_nothing},
              {23, show_nothing},
              {24, show_token_binding},
              {27, show_certificate_compression},
              {28, show_record_size},
              {34, show_other_algorithms},
              {35, show_ticket},
              {40, show_key_share},
              {41, show_pre_shared_key},
              {42, show_early_data},
              {43, show_supported_versions},
              {44, show_cookie},
              {45, show_psk_modes},
              {46, show_nothing},
              {47, show_authorities},
              {48, show_oid_filters},
              {49, show_nothing},
              {50, show_other_algorithms},
              {51, show_key_share},
              {53, show_connection_id},
              {54, show_connection_id},
              {13172, show_next_protocols},
              {17513, show_application_settings},
              {17613, show_application_settings},
              {64768, show_outer_extensions},
              {65037, show_encrypted_hello},
              {65281, show_renegotiation},
              {65486, show_encrypted_name}};

Show find_show(uint16_t type) {
  for (const auto& known : kShows)
    if (known.type == type) return known.show;
  return nullptr;
}

void show_extension(Layer& in, Extensions& extensions) {
  auto line = in.part(f.extension);
  const auto type = static_cast<uint16_t>(in(f.extension_type));
  if (!is_grease(type)) extensions.fingerprint.extensions.push_back(type);
  const std::string_view name = f.extension_type.names.of(type);
  const uint16_t length = in.rest().be16(0);
  if (name.empty()) {
    line.replace("Extension: Unknown type ", type, " (len=", length, ')');
  } else {
    line.replace("Extension: ", name, " (len=", length, ')');
  }
  Bytes body;
  if (!read_vector(in, f.extension_len, body)) return;
  Layer part(in, body);
  if (const Show show = find_show(type)) return show(part, extensions, line), show_trailing(part);
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
