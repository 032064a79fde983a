// Certificate: SEQUENCE of tbsCertificate, signatureAlgorithm, signature (RFC 5280, section 4.1).
//
// Where lines stand: a SEQUENCE and a CHOICE with their headers, lists and values without.
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::x509 {

namespace {

using ber::Element;
using ber::next;

/// The text of a string of any kind, as UTF-8.
std::string text_of(const Element& element) {
  if (element.tag != ber::kBmpString) return std::string(element.body.text());
  std::string text;
  for (size_t i = 0; i + 1 < element.body.size(); i += 2) {
    const uint32_t unit = element.body.be16(i);
    if (unit < 0x80) {
      text += static_cast<char>(unit);
    } else if (unit < 0x800) {
      text += static_cast<char>(0xC0 | unit >> 6);
      text += static_cast<char>(0x80 | (unit & 0x3F));
    } else {
      text += static_cast<char>(0xE0 | unit >> 12);
      text += static_cast<char>(0x80 | (unit >> 6 & 0x3F));
      text += static_cast<char>(0x80 | (unit & 0x3F));
    }
  }
  return text;
}

struct StringKind {
  uint8_t tag;
  uint8_t number;
  const Field* field;
};
constexpr StringKind kStrings[] = {{ber::kTeletexString, 0, &f.teletex},
                                   {ber::kPrintableString, 1, &f.printable},
                                   {ber::kUniversalString, 2, &f.universal},
                                   {ber::kBmpString, 3, &f.bmp},
                                   {ber::kUtf8String, 4, &f.utf8}};

/// Attributes that are of one kind of string have a line of their own.
const Field* plain_attribute(std::string_view name) {
  if (name == "id-at-countryName") return &f.country;
  if (name == "id-at-serialNumber" || name == "id-at-dnQualifier") return &f.printable_attribute;
  if (name == "pkcs-9-at-emailAddress" || name == "dc" || name == "pkcs-9-at-unstructuredName") return &f.ia5;
  return nullptr;
}

void show_attribute_value(Layer& in, const Element& value, std::string_view name) {
  if (const Field* field = plain_attribute(name))
    return in.add_text(*field, text_of(value), value.body_at, value.body.size());
  for (const StringKind& kind : kStrings) {
    if (kind.tag != value.tag) continue;
    in.add(f.directory_string, kind.number, value.at, value.size());
    const auto below = in.below();
    in.add_text(*kind.field, text_of(value), value.body_at, value.body.size());
  }
}

/// AttributeTypeAndValue; returns "id-at-countryName=US".
std::string show_attribute(Layer& in) {
  std::string text;
  inside(in, f.attribute, next(in), [&](Layer& pair, Layer::Branch& line) {
    const Element id = next(pair);
    const Element value = next(pair);
    if (!id.is(ber::kObjectId)) return;
    const std::string name = ber::oid_name(id.body);
    append(text, name, '=');
    append_printable(text, text_of(value));
    line.append(" (", text, ')');
    ber::show_oid(pair, f.attribute_id, id);
    if (value) show_attribute_value(pair, value, name);
  });
  return text;
}

std::string show_relative_name(Layer& in) {
  const Element set = next(in);
  if (!set) return {};
  std::string text;
  in.add(f.rdn, count_elements(set.body), set.body_at, set.body.size());
  const uint32_t line = in.tree()->last();
  {
    const auto below = in.below();
    Layer items(in, set.body);
    while (items.ok() && items.left() > 0) {
      const std::string one = show_attribute(items);
      append(text, text.empty() ? "" : "+", one);
    }
  }
  in.tree()->append(line, " (", text, ')');
  return text;
}

std::string two(std::string_view digits, size_t at) { return std::string(digits.substr(at, 2)); }

/// YYMMDDhhmmssZ, with years from 1950 on.
std::string utc_text(std::string_view digits) {
  std::string out = digits.substr(0, 1) < "5" ? "20" : "19";
  append(out, two(digits, 0), '-', two(digits, 2), '-', two(digits, 4), ' ', two(digits, 6), ':', two(digits, 8), ':',
         two(digits, 10), " (UTC)");
  return out;
}

uint32_t number_at(std::string_view digits, size_t at, size_t count) {
  uint32_t number = 0;
  for (const char digit : digits.substr(at, count)) number = number * 10 + static_cast<uint32_t>(digit - '0');
  return number;
}

/// YYYYMMDDhhmmssZ in nanoseconds since 1970 (days of the civil calendar).
uint64_t generalized_ns(std::string_view digits) {
  const int64_t month = number_at(digits, 4, 2), day = number_at(digits, 6, 2);
  const int64_t year = int64_t{number_at(digits, 0, 4)} - (month <= 2 ? 1 : 0);
  const int64_t era = year / 400, of_era = year - era * 400;
  const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
  const int64_t seconds =
      days * 86400 + number_at(digits, 8, 2) * 3600 + number_at(digits, 10, 2) * 60 + number_at(digits, 12, 2);
  return static_cast<uint64_t>(seconds) * 1'000'000'000;
}

bool are_digits(std::string_view text, size_t count) {
  return text.size() >= count && text.substr(0, count).find_first_not_of("0123456789") == std::string_view::npos;
}

void show_time(Layer& in, const Field& field) {
  const Element time = next(in);
  if (!time) return;
  const bool is_utc = time.tag == ber::kUtcTime;
  in.add(field, is_utc ? 0 : 1, time.at, time.size());
  const auto below = in.below();
  const std::string_view digits = time.body.text();
  if (is_utc && are_digits(digits, 12)) {
    in.add_text(f.utc_time, utc_text(digits), time.at, time.size());
  } else if (!is_utc && are_digits(digits, 14)) {
    in.add(f.generalized_time, generalized_ns(digits), time.at, time.size());
  }
}

void show_rsa_key(Layer& in, const Element& bits) {
  const auto below = in.below();
  const auto line = in.group(f.rsa_key, bits.body_at + 1, bits.body.size() - 1);
  Layer key(in, bits.body.from(1));
  const Element sequence = next(key);
  Layer numbers(in, sequence.body);
  ber::show_large_number(numbers, f.modulus, next(numbers));
  const Element exponent = next(numbers);
  uint64_t value = 0;
  for (size_t i = 0; i < exponent.body.size(); ++i) value = value << 8 | exponent.body.u8(i);
  if (exponent) numbers.add(f.public_exponent, value, exponent.body_at, exponent.body.size());
}

void show_public_key(Layer& in, Layer::Branch&) {
  const std::string algorithm = show_algorithm(in, f.algorithm);
  const Element bits = next(in);
  show_bit_string(in, f.public_key, bits);
  if (algorithm == "rsaEncryption" && bits && bits.body.size() > 1) show_rsa_key(in, bits);
}

/// Returns the subject.
std::string show_tbs(Layer& in) {
  if (ber::peek(in) == ber::context(0, true)) {
    const Element wrapped = next(in);
    Layer version(in, wrapped.body);
    const Element number = next(version);
    if (number) version.add(f.version, number.body.u8(0), number.body_at, number.body.size());
  }
  ber::show_large_number(in, f.serial_number, next(in));
  show_algorithm(in, f.signature);
  // The name's own header belongs to both of its lines: it is read once more below the first.
  const auto show_choice = [&](const Field& field, const Field& rdns) {
    const Element element = next(in);
    if (!element) return std::string();
    in.add(field, 0, element.at, element.size());
    const auto below = in.below();
    Layer part(in, in.all().sub(element.at, element.size()));
    return show_name(part, rdns);
  };
  show_choice(f.issuer, f.rdns);
  inside(in, f.validity, next(in), [](Layer& times, Layer::Branch&) {
    show_time(times, f.not_before);
    show_time(times, f.not_after);
  });
  const std::string subject = show_choice(f.subject, f.subject_rdns);
  inside(in, f.public_key_info, next(in), show_public_key);
  if (ber::peek(in) == ber::context(1)) show_bit_string(in, f.issuer_unique, next(in));
  if (ber::peek(in) == ber::context(2)) show_bit_string(in, f.subject_unique, next(in));
  if (ber::peek(in) != ber::context(3, true)) return subject;
  const Element wrapped = next(in);
  Layer list(in, wrapped.body);
  each(list, f.extensions, next(list), show_extension);
  return subject;
}

}  // namespace

size_t count_elements(Bytes body) {
  // The tree is of no use for counting: only headers are read.
  size_t count = 0;
  for (size_t at = 0; at < body.size();) {
    size_t length = body.u8(at + 1), header = 2;
    if (length > 0x80) {
      const size_t bytes = length & 0x7F;
      length = 0;
      for (size_t i = 0; i < std::min<size_t>(bytes, 4); ++i) length = length << 8 | body.u8(at + 2 + i);
      header += bytes;
    }
    if (length > body.size()) break;
    at += header + length;
    ++count;
  }
  return count;
}

void show_bit_string(Layer& in, const Field& field, const Element& element) {
  if (!element || element.body.empty()) return;
  in.add(f.padding, element.body.u8(0), element.body_at, 1);
  in.add_bytes(field, element.body_at + 1, element.body.size() - 1);
}

std::string show_relative_names(Layer& in) {
  std::vector<std::string> names;
  while (in.ok() && in.left() > 0) names.push_back(show_relative_name(in));
  std::string text;
  for (size_t i = names.size(); i-- > 0;) append(text, text.empty() ? "(" : ",", names[i]);
  return text.empty() ? "()" : text + ')';
}

std::string show_name(Layer& in, const Field& field) {
  const Element sequence = next(in);
  if (!sequence) return {};
  in.add(field, count_elements(sequence.body), sequence.body_at, sequence.body.size());
  const uint32_t line = in.tree()->last();
  std::string text;
  {
    const auto below = in.below();
    Layer part(in, sequence.body);
    text = show_relative_names(part);
  }
  in.tree()->append(line, ' ', text);
  return text;
}

std::string show_algorithm(Layer& in, const Field& field) {
  std::string name;
  inside(in, field, next(in), [&](Layer& part, Layer::Branch& line) {
    const Element id = next(part);
    if (!id.is(ber::kObjectId)) return;
    name = ber::oid_name(id.body);
    line.append(" (", name, ')');
    ber::show_oid(part, f.algorithm_id, id);
    if (name != "id-ecPublicKey" || ber::peek(part) != ber::kObjectId) return;
    const Element curve = next(part);
    part.add(f.ec_parameters, 1, curve.at, curve.size());
    const auto below = part.below();
    ber::show_oid(part, f.named_curve, curve);
  });
  return name;
}

void show_extension(Layer& list) {
  inside(list, f.extension, next(list), [](Layer& in, Layer::Branch& line) {
    const Element id = next(in);
    if (!id.is(ber::kObjectId)) return;
    line.append(" (", ber::oid_name(id.body), ')');
    ber::show_oid(in, f.extension_id, id);
    if (ber::peek(in) == ber::kBoolean) {
      const Element critical = next(in);
      if (critical) in.add(f.critical, critical.body.u8(0), critical.body_at, 1);
    }
    const Element value = next(in);
    if (!value.is(ber::kOctetString)) return;
    Layer part(in, value.body);
    show_extension_value(part, ber::oid(id.body));
  });
}

void show_generalized_time(Layer& in, const Field& field, const Element& time) {
  if (time && are_digits(time.body.text(), 14))
    in.add(field, generalized_ns(time.body.text()), time.body_at, time.body.size());
}

std::string show_certificate_body(Layer& in) {
  std::string subject;
  inside(in, f.signed_certificate, next(in), [&](Layer& part, Layer::Branch&) { subject = show_tbs(part); });
  show_algorithm(in, f.signature_algorithm);
  show_bit_string(in, f.encrypted, next(in));
  return subject;
}

void show_certificate(Layer& in) {
  if (in.tree() == nullptr) return;
  const Element certificate = next(in);
  if (!certificate.is(ber::kSequence)) return;
  Layer part(in, certificate.body);
  show_certificate_body(part);
}

}  // namespace tracedrop::dissect::x509
