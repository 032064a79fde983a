// What trees tell of BER itself: elements that nobody knows, and what is wrong.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::ber {

struct Fields {
  Field padding{"ber.bitstring.padding", "Padding", dissect::u8};
  Field null_tag{"ber.null_tag", "NULL tag"};
  Field octet_string{"ber.unknown.OCTETSTRING", "OCTETSTRING", raw_bytes};
  Field primitive{"ber.unknown.primitive", "Primitive [BER encoded]"};
  Field object_id{"ber.unknown.OID", "OID", dissect::object_id};
  Field numeric{"ber.unknown.NumericString", "NumericString", plain_text};
  Field printable{"ber.unknown.PrintableString", "PrintableString", plain_text};
  Field teletex{"ber.unknown.TeletexString", "TeletexString", plain_text};
  Field visible{"ber.unknown.VisibleString", "VisibleString", plain_text};
  Field general{"ber.unknown.GeneralString", "GeneralString", plain_text};
  Field ia5{"ber.unknown.IA5String", "IA5String", plain_text};
  Field utc_time{"ber.unknown.UTCTime", "UTCTime", plain_text};
  Field utf8{"ber.unknown.UTF8String", "UTF8String", plain_text};
  Field generalized_time{"ber.unknown.GeneralizedTime", "GeneralizedTime", plain_text};
  Field integer{"ber.unknown.INTEGER", "INTEGER", s64};
  Field bit_string{"ber.unknown.BITSTRING", "BITSTRING", raw_bytes};
  Field boolean{"ber.unknown.BOOLEAN", "BOOLEAN", x8};
  Field enumerated{"ber.unknown.ENUMERATED", "ENUMERATED", u32};
  Field wrong_field{"ber.error.sequence.field_wrong", "BER Error: Wrong field in SEQUENCE"};
  Field not_a_sequence{"ber.error.expected.sequence", "BER Error: Sequence expected"};
  Field bad_length{"ber.error.length", "BER Error: length is not valid"};
  Field bad_time{"ber.error.invalid_format.generalized_time", "BER Error: GeneralizedTime invalid format"};
  Field unknown_field{"ber.error.unknown_field.sequence", "BER Error: Unknown field in Sequence"};
};
inline constexpr Fields fields;

}  // namespace tracedrop::dissect::ber
