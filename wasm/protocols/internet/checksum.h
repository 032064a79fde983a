// The Internet checksum, RFC 1071: the one's complement of the one's complement sum of 16-bit words.
#pragma once

#include <string>
#include <string_view>

#include "dissect/field.h"
#include "dissect/layer.h"

namespace tracedrop::dissect {

enum ChecksumStatus : uint8_t {
  kChecksumBad,
  kChecksumGood,
  kChecksumUnverified,
  kChecksumNotPresent,
  kChecksumIllegal
};

constexpr std::string_view kChecksumStatusNames[] = {"Bad", "Good", "Unverified", "Not present", "Illegal"};

/// How a field of that type is shown: its name alone.
inline void write_checksum_status(std::string& out, uint64_t status) { out += kChecksumStatusNames[status]; }

/// The checksum that `message` should have at `at`; `begun` is the sum of the words before it (a pseudo header's).
uint16_t checksum_of(Bytes message, size_t at, uint32_t begun = 0);

/// The sum of the words of an IPv6 pseudo header (RFC 8200, section 8.1).
uint32_t pseudo_header_sum(Bytes source, Bytes destination, size_t length, uint8_t next_header);

/// What a protocol shows of its checksum.
struct ChecksumFields {
  const Field& checksum;
  const Field& status;
  const Field& bad;  ///< the expert's
  Severity severity = Severity::warning;
};

/// Reads a checksum of two bytes, and reports whether it is right when the whole message is here.
void read_checksum(Layer& in, const ChecksumFields& fields, uint32_t begun = 0);

}  // namespace tracedrop::dissect
