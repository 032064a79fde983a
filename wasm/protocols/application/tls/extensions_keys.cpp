// Extensions by which keys are agreed upon: RFC 8422, RFC 8446, section 4.2, and what hides a hello (RFC 9849).
#include "protocols/application/tls/extension_shows.h"

namespace tracedrop::dissect::tls {

namespace {

std::string_view group_name(uint64_t group) {
  const std::string_view name = f.supported_group.names.of(group);
  return name.empty() ? std::string_view("Unknown") : name;
}

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

/// The highest that is offered; DTLS counts its versions down.
void note_version(Extensions& extensions, uint16_t version) {
  uint16_t& highest = extensions.fingerprint.highest_version;
  const bool counts_down = extensions.session.carrier == Carrier::dtls;
  if (highest == 0 || (counts_down ? version < highest : version > highest)) highest = version;
}

void show_supported_versions(Layer& in, Extensions& extensions, Layer::Branch& line) {
  std::string names;
  const auto show = [&](Layer& list) {
    const uint32_t version = list(f.supported_version);
    if (is_grease(version)) return;
    note_version(extensions, static_cast<uint16_t>(version));
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

constexpr ExtensionShow kShows[] = {{10, show_groups},
                                    {11, show_point_formats},
                                    {13, show_algorithms},
                                    {34, show_other_algorithms},
                                    {40, show_key_share},
                                    {41, show_pre_shared_key},
                                    {42, show_early_data},
                                    {43, show_supported_versions},
                                    {44, show_cookie},
                                    {45, show_psk_modes},
                                    {47, show_authorities},
                                    {48, show_oid_filters},
                                    {50, show_other_algorithms},
                                    {51, show_key_share},
                                    {64768, show_outer_extensions},
                                    {65037, show_encrypted_hello},
                                    {65486, show_encrypted_name}};

}  // namespace

std::span<const ExtensionShow> key_extensions() { return kShows; }

}  // namespace tracedrop::dissect::tls
