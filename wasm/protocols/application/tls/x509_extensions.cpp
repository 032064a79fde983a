// Extensions of certificates (RFC 5280, section 4.2), by their object identifiers.
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::x509 {

namespace {

using ber::Element;
using ber::next;

void show_general_name(Layer& in) {
  const Element name = next(in);
  if (!name) return;
  const uint8_t kind = name.tag & 0x1F;
  in.add(f.general_name, kind, name.body_at, name.body.size());
  const auto below = in.below();
  const auto text = [&](const Field& field) { in.add_bytes(field, name.body_at, name.body.size()); };
  switch (kind) {
    case 1: return text(f.mail_name);
    case 2: return text(f.dns_name);
    case 4: {
      in.add(f.directory_name, 0, name.body_at, name.body.size());
      const auto names = in.below();
      Layer part(in, name.body);
      show_name(part, f.rdns);
      return;
    }
    case 6: return text(f.uri);
    case 7: return text(f.ip_address);
    case 8: return ber::show_oid(in, f.registered_id, name);
    default: return;
  }
}

void show_subject_key(Layer& in) {
  const Element key = next(in);
  if (key) in.add_bytes(f.subject_key, key.body_at, key.body.size());
}

void show_authority_key(Layer& in) {
  inside(in, f.authority_key, next(in), [](Layer& part, Layer::Branch&) {
    while (part.ok() && part.left() > 0) {
      const Element one = next(part);
      if (one.is(ber::context(0))) part.add_bytes(f.key_identifier, one.body_at, one.body.size());
      if (one.is(ber::context(1, true))) each(part, f.authority_issuer, one, show_general_name);
      if (one.is(ber::context(2))) ber::show_large_number(part, f.authority_serial, one);
    }
  });
}

/// Named bits, of which the ninth is in a byte of its own.
void show_bits(Layer& in, const Element& bits, std::initializer_list<const Field*> fields) {
  const auto below = in.below();
  size_t bit = 0;
  for (const Field* field : fields) {
    const size_t byte = std::min(bit / 8 + 1, bits.body.size() - 1);
    const uint8_t value = bit / 8 + 1 < bits.body.size() ? bits.body.u8(byte) : uint8_t{0};
    in.add(*field, masked(field->format, value), bits.body_at + byte, 1);
    ++bit;
  }
}

void show_key_usage(Layer& in) {
  const Element bits = next(in);
  if (!bits || bits.body.size() < 2) return;
  show_bit_string(in, f.key_usage, bits);
  show_bits(in, bits,
            {&f.digital_signature, &f.content_commitment, &f.key_encipherment, &f.data_encipherment, &f.key_agreement,
             &f.key_cert_sign, &f.crl_sign, &f.encipher_only, &f.decipher_only});
}

/// RFC 3280, section 4.2.1.4.
void show_usage_period(Layer& in) {
  inside(in, f.usage_period, next(in), [](Layer& part, Layer::Branch&) {
    while (part.ok() && part.left() > 0) {
      const Element time = next(part);
      show_generalized_time(part, time.tag == ber::context(0) ? f.usable_from : f.usable_until, time);
    }
  });
}

void show_entrust_info(Layer& in) {
  inside(in, f.entrust_info, next(in), [](Layer& part, Layer::Branch&) {
    const Element version = next(part);
    if (version) part.add_bytes(f.entrust_version, version.body_at, version.body.size());
    const Element bits = next(part);
    if (!bits || bits.body.size() < 2) return;
    show_bit_string(part, f.entrust_flags, bits);
    show_bits(part, bits,
              {&f.key_update_allowed, &f.new_extensions, &f.pkix_certificate, &f.enterprise, &f.web, &f.set_category});
  });
}

void show_names(Layer& in) { each(in, f.general_names, next(in), show_general_name); }

void show_basic_constraints(Layer& in) {
  inside(in, f.basic_constraints, next(in), [](Layer& part, Layer::Branch& line) {
    if (part.left() == 0) line.append(" [0 length]");
    while (part.ok() && part.left() > 0) {
      const Element one = next(part);
      if (one.is(ber::kBoolean)) part.add(f.is_authority, one.body.u8(0), one.body_at, one.body.size());
      uint64_t number = 0;
      for (size_t i = 0; i < one.body.size(); ++i) number = number << 8 | one.body.u8(i);
      if (one.is(ber::kInteger)) part.add(f.path_length, number, one.body_at, one.body.size());
    }
  });
}

void show_crl_point(Layer& list) {
  inside(list, f.crl_point, next(list), [](Layer& part, Layer::Branch&) {
    while (part.ok() && part.left() > 0) {
      const Element one = next(part);
      if (one.is(ber::context(2, true))) each(part, f.crl_issuer, one, show_general_name);
      if (!one.is(ber::context(0, true))) continue;
      Layer choice(part, one.body);
      const Element name = next(choice);
      if (!name.is(ber::context(0, true))) continue;
      choice.add(f.point_name, 0, name.body_at, name.body.size());
      const auto below = choice.below();
      each(choice, f.full_name, name, show_general_name);
    }
  });
}

void show_crl_points(Layer& in) { each(in, f.crl_points, next(in), show_crl_point); }

struct NoticeText {
  uint8_t tag;
  uint8_t number;
  const Field* field;
};
constexpr NoticeText kNotices[] = {{ber::kIa5String, 0, &f.notice_ia5},
                                   {ber::kVisibleString, 1, &f.notice_visible},
                                   {ber::kBmpString, 2, &f.notice_bmp},
                                   {ber::kUtf8String, 3, &f.notice_utf8}};

void show_notice(Layer& in, const Element& notice) {
  inside(in, f.user_notice, notice, [](Layer& part, Layer::Branch&) {
    while (part.ok() && part.left() > 0) {
      const Element text = next(part);
      for (const NoticeText& kind : kNotices) {
        if (!text.is(kind.tag)) continue;
        part.add(f.explicit_text, kind.number, text.at, text.size());
        const auto below = part.below();
        std::string narrow;
        for (size_t i = 1; kind.tag == ber::kBmpString && i < text.body.size(); i += 2)
          narrow += static_cast<char>(text.body.u8(i));
        part.add_text(*kind.field, narrow.empty() ? text.body.text() : narrow, text.body_at, text.body.size());
      }
    }
  });
}

void show_qualifier(Layer& list) {
  inside(list, f.qualifier, next(list), [](Layer& part, Layer::Branch&) {
    const Element id = next(part);
    const Element value = next(part);
    ber::show_oid(part, f.qualifier_id, id);
    if (value.is(ber::kSequence)) return show_notice(part, value);
    if (value) part.add_bytes(f.practice_statement, value.body_at, value.body.size());
  });
}

void show_policy(Layer& list) {
  inside(list, f.policy, next(list), [](Layer& part, Layer::Branch&) {
    ber::show_oid(part, f.policy_id, next(part));
    if (part.left() > 0) each(part, f.qualifiers, next(part), show_qualifier);
  });
}

void show_policies(Layer& in) { each(in, f.policies, next(in), show_policy); }

void show_key_purposes(Layer& in) {
  each(in, f.key_purposes, next(in), [](Layer& part) { ber::show_oid(part, f.key_purpose, next(part)); });
}

void show_authority_access(Layer& in) {
  each(in, f.authority_access, next(in), [](Layer& list) {
    inside(list, f.access, next(list), [](Layer& part, Layer::Branch&) {
      ber::show_oid(part, f.access_method, next(part));
      const Element location = next(part);
      if (!location) return;
      part.add(f.access_location, location.tag & 0x1F, location.body_at, location.body.size());
      const auto below = part.below();
      if (location.is(ber::context(6))) part.add_bytes(f.uri, location.body_at, location.body.size());
    });
  });
}

void show_timestamps(Layer& in) {
  const Element list = next(in);
  if (!list) return;
  Layer part(in, list.body);
  tls::show_signed_timestamps(part);
}

void show_no_check(Layer& in) {
  const Element null = next(in);
  if (null) in.add_bytes(f.no_check, null.body_at, 0);
}

void show_netscape_comment(Layer& in) {
  const Element text = next(in);
  if (text) in.add_bytes(f.netscape_comment, text.body_at, text.body.size());
}

void show_netscape_type(Layer& in) {
  const Element bits = next(in);
  if (!bits || bits.body.size() < 2) return;
  show_bit_string(in, f.netscape_type, bits);
  show_bits(in, bits,
            {&f.ssl_client, &f.ssl_server, &f.smime, &f.object_signing, &f.reserved, &f.ssl_authority,
             &f.smime_authority, &f.object_signing_authority});
}

constexpr struct {
  std::string_view oid;
  void (*show)(Layer& in);
} kShows[] = {{"1.2.840.113533.7.65.0", show_entrust_info},
              {"1.3.6.1.4.1.11129.2.4.2", show_timestamps},
              {"1.3.6.1.5.5.7.1.1", show_authority_access},
              {"1.3.6.1.5.5.7.48.1.5", show_no_check},
              {"2.16.840.1.113730.1.1", show_netscape_type},
              {"2.16.840.1.113730.1.13", show_netscape_comment},
              {"2.5.29.14", show_subject_key},
              {"2.5.29.15", show_key_usage},
              {"2.5.29.16", show_usage_period},
              {"2.5.29.17", show_names},
              {"2.5.29.18", show_names},
              {"2.5.29.19", show_basic_constraints},
              {"2.5.29.31", show_crl_points},
              {"2.5.29.32", show_policies},
              {"2.5.29.35", show_authority_key},
              {"2.5.29.37", show_key_purposes}};

}  // namespace

void show_extension_value(Layer& in, const std::string& id) {
  for (const auto& known : kShows)
    if (known.oid == id) return known.show(in);
}

}  // namespace tracedrop::dissect::x509
