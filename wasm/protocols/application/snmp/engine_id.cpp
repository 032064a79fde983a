// SnmpEngineID, RFC 3411, section 5:
//
//   bit 0 set     enterprise (31 bits) · format (1): 1 IPv4, 2 IPv6, 3 MAC, 4 text, 5 octets, 128… its own · data (at
//   most 27) bit 0 clear   enterprise (31 bits) · 8 bytes of its own (RFC 1910)
#include "dissect/time_text.h"
#include "protocols/application/snmp/enterprises.h"
#include "protocols/application/snmp/snmp.h"

namespace tracedrop::dissect::snmp {

namespace {

constexpr size_t kEnterprise = 4, kData = 5, kOldSize = 12, kMostData = 27;
constexpr uint32_t kCisco = 9, kNetSnmp = 8072;
constexpr uint32_t kIpv4 = 1, kIpv6 = 2, kMac = 3, kText = 4, kOctets = 5, kLocal = 6, kNetSnmpRandom = 128;

void not_conforming(Layer& in, size_t at, size_t size, const Field& why) {
  in.line(at, size, why.title);
  in.expert(why, Severity::warning, ExpertGroup::protocol, why.title);
}

/// Random bytes (4), and when that was in seconds since 1970, least significant byte first (4, or 8).
void show_random(Layer& in, size_t at, Bytes data) {
  constexpr size_t kRandom = 4;
  constexpr uint64_t kMostSeconds = uint64_t{1} << 33;
  in.add_bytes(f.engine_data, at, kRandom);
  const size_t width = data.size() - kRandom;
  const uint64_t seconds = width == 8 ? data.le64(kRandom) : data.le32(kRandom);
  const uint64_t shown = seconds < kMostSeconds ? seconds : 0;
  const uint64_t ns = shown * 1'000'000'000;
  in.add(f.engine_created, ns, at + kRandom, width);
  std::string text = "Not representable";
  if (shown == seconds) {
    text.clear();
    append_absolute_time(text, static_cast<int64_t>(ns));
    const size_t fraction = text.find('.');
    text.erase(fraction, text.find(' ', fraction) - fraction);
  }
  in.replace_value(text);
}

void show_data(Layer& in, size_t at, Bytes data, uint32_t enterprise, uint32_t format) {
  const size_t size = data.size();
  constexpr size_t kMacSize = 6;
  const auto plain = [&](const Field& field, bool fits) {
    if (fits) return in.add_bytes(field, at, size);
    not_conforming(in, at, size, f.not_rfc3411);
  };
  if (format == kText && size <= kMostData)
    return in.add_text(f.engine_text, data.text().substr(0, data.text().find('\0')), at, size);
  if (size == 0) return;
  switch (format) {
    case kIpv4: return plain(f.engine_ipv4, size == 4);
    case kIpv6: return plain(f.engine_ipv6, size == 16);
    case kMac:
      if (enterprise != kCisco || size != kMacSize + 1) return plain(f.engine_mac, size == kMacSize);
      in.add(f.engine_cisco_type, data.u8(0), at, 1);
      return in.add_bytes(f.engine_mac, at + 1, kMacSize);
    case kText:
    case kLocal: return plain(f.engine_data, false);
    case kOctets: return plain(f.engine_data, size <= kMostData);
    default: break;
  }
  if (format != kNetSnmpRandom || enterprise != kNetSnmp) return plain(f.engine_data, true);
  if (size != 8 && size != 12) return plain(f.engine_data, false);
  show_random(in, at, data);
}

}  // namespace

void read_engine_id(ber::Walk& walk, const ber::Type&, const Field* field, ber::Part part) {
  const Bytes id = walk.octets(field, part);
  Layer& in = walk.in;
  if (in.tree() == nullptr || !in.ok() || id.empty()) return;
  const auto at = static_cast<size_t>(id.data() - in.all().data());
  const auto below = in.below();
  const bool is_conforming = (id.u8(0) & 0x80) != 0;
  in.add(f.conformance, is_conforming ? 1 : 0, at, 1);
  if (id.size() < kEnterprise) return;
  const uint32_t enterprise = id.be32(0) & 0x7FFFFFFF;
  const std::string_view name = name_of(kEnterprises, enterprise);
  in.add(f.enterprise_id, enterprise, at, kEnterprise);
  in.replace_value(name.empty() ? std::string_view("Unknown") : name, " (", enterprise, ')');
  if (!is_conforming) {
    if (id.size() == kOldSize) return in.add_bytes(f.agent_trailer, at + kEnterprise, kOldSize - kEnterprise);
    return not_conforming(in, at + kEnterprise, id.size() - kEnterprise, f.not_rfc1910);
  }
  if (id.size() < kData) return;
  const uint32_t format = id.u8(kEnterprise);
  in.add(f.engine_format, format, at + kEnterprise, 1);
  if (format == kNetSnmpRandom && enterprise == kNetSnmp) in.append(": Net-SNMP Random");
  show_data(in, at + kData, id.from(kData), enterprise, format);
}

}  // namespace tracedrop::dissect::snmp
