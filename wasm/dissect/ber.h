// BER, as certificates, directories and management protocols use it (ITU-T X.690): a tag, a length, contents. And the
// names of object identifiers.
#pragma once

#include <string>
#include <string_view>

#include "dissect/layer.h"

namespace tracedrop::dissect::ber {

enum Tag : uint8_t {
  kBoolean = 0x01,
  kInteger = 0x02,
  kBitString = 0x03,
  kOctetString = 0x04,
  kNull = 0x05,
  kObjectId = 0x06,
  kUtf8String = 0x0C,
  kNumericString = 0x12,
  kPrintableString = 0x13,
  kTeletexString = 0x14,
  kIa5String = 0x16,
  kUtcTime = 0x17,
  kGeneralizedTime = 0x18,
  kVisibleString = 0x1A,
  kUniversalString = 0x1C,
  kBmpString = 0x1E,
  kSequence = 0x30,
  kSet = 0x31,
};
/// The tag of an element that its context gives a meaning.
constexpr uint8_t context(uint8_t number, bool is_constructed = false) {
  return static_cast<uint8_t>(0x80 | (is_constructed ? 0x20 : 0) | number);
}

/// An element, where it stands in what it was read from.
struct Element {
  uint8_t tag = 0;     ///< class, form and number; of numbers above 30 the first byte alone
  size_t at = 0;       ///< of the tag
  size_t body_at = 0;  ///< of the contents
  Bytes body;
  bool ok = false;  ///< there was one, with all of its contents

  size_t size() const { return body_at - at + body.size(); }
  explicit operator bool() const { return ok; }
  bool is(uint8_t wanted) const { return ok && tag == wanted; }
};

/// The next element; `in` stands behind it then, or at its end when there is none.
Element next(Layer& in);
/// The tag of the next one.
inline uint8_t peek(const Layer& in) { return in.rest().u8(0); }

/// "id-at-commonName" for the contents of an object identifier; of one without a name the arc that it is in
/// ("US company arc.113733.1.7.54").
std::string oid_name(Bytes encoded);
/// The same for its numbers, as text.
std::string oid_name(const std::string& numbers);
/// Its numbers.
std::string oid(Bytes encoded);
/// As management protocols write it: with the name of the innermost arc that is known at all, if that has one
/// ("rsaEncryption", "ISO assigned OIDs, USA.10006.300.43"), else its numbers ("1.3.6.1.2.1.1.5.0").
std::string oid_label(Bytes encoded);

/// Lines of an object identifier "Object Id: 2.5.4.3 (id-at-commonName)", a large number "0x00d093…".
void show_oid(Layer& in, const Field& field, const Element& element);
void show_large_number(Layer& in, const Field& field, const Element& element);

}  // namespace tracedrop::dissect::ber
