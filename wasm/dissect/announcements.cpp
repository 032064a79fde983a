#include "dissect/announcements.h"

#include "dissect/context.h"

namespace tracedrop::dissect {

namespace {

uint64_t key_of(Transport transport, const AddressBytes& host, uint16_t port) {
  return hash_mix(hash_bytes(host.raw.text()), uint64_t{port} << 8 | static_cast<uint64_t>(transport));
}

}  // namespace

void Announcements::add(const Announced& announced, Transport transport, const AddressBytes& host, uint16_t port) {
  by_endpoint_[key_of(transport, host, port)] = announced;
}

Announcements::Announced Announcements::find(Transport transport, const AddressBytes& host, uint16_t port) const {
  const auto found = by_endpoint_.find(key_of(transport, host, port));
  return found == by_endpoint_.end() ? Announced{} : found->second;
}

}  // namespace tracedrop::dissect
