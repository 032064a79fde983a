#include "protocols/internet/checksum.h"

namespace tracedrop::dissect {

namespace {

uint32_t sum_words(Bytes bytes, uint32_t sum) {
  for (size_t at = 0; at < bytes.size(); at += 2) {
    sum += uint32_t{bytes.u8(at)} << 8 | bytes.u8(at + 1);
    sum = (sum & 0xFFFF) + (sum >> 16);
  }
  return sum;
}

}  // namespace

uint16_t checksum_of(Bytes message, size_t at, uint32_t begun) {
  const uint32_t sum = sum_words(message.from(at + 2), sum_words(message.first(at), begun));
  return static_cast<uint16_t>(~sum);
}

uint32_t pseudo_header_sum(Bytes source, Bytes destination, size_t length, uint8_t next_header) {
  uint32_t sum = sum_words(destination, sum_words(source, 0));
  sum += static_cast<uint32_t>(length >> 16) + static_cast<uint32_t>(length & 0xFFFF) + next_header;
  return (sum & 0xFFFF) + (sum >> 16);
}

void read_checksum(Layer& in, const ChecksumFields& fields, uint32_t begun) {
  const size_t at = in.at();
  const auto found = static_cast<uint16_t>(in(fields.checksum));
  if (in.tree() == nullptr || !in.ok()) return;
  const Bytes message = in.all();
  if (message.size() < message.wire_size() || in.context().is_fragment) {
    in.append(" [unverified]");
    return in.conclude(fields.status, kChecksumUnverified, at);
  }
  const uint16_t right = checksum_of(message, at, begun);
  if (found != right) {
    in.append(" incorrect, should be ", Hex{right, 4});
    in.expert(fields.bad, fields.severity, ExpertGroup::checksum, "Bad checksum [should be ", Hex{right, 4}, "]");
  } else {
    in.append(" [correct]");
  }
  in.conclude(fields.status, found == right ? kChecksumGood : kChecksumBad, at);
}

}  // namespace tracedrop::dissect
