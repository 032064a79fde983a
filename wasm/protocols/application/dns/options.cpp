// The options of OPT (RFC 6891, section 6.1.2): code (2), length (2), data. Wireshark shows the data of each, and then
// what it knows of them.
#include "base/text.h"
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

enum Option : uint16_t {
  kDau = 5,
  kDhu = 6,
  kN3u = 7,
  kClientSubnet = 8,
  kCookie = 10,
  kTcpKeepalive = 11,
  kPadding = 12,
  kChain = 13,
  kExtendedError = 15,
  kReportChannel = 18,
  kZoneVersion = 19,
  kOldClientSubnet = 20730,
};

// RFC 7871, section 6: family (2), lengths of the prefixes (1 + 1), as many bytes of the address as are needed.
void client_subnet(MessageLayer& in, size_t size, uint32_t length_line) {
  constexpr uint16_t kIpv4 = 1, kIpv6 = 2;
  constexpr size_t kMostBytes = 16;
  const uint32_t family = in(f.opt_client_family);
  in(f.opt_client_netmask);
  in(f.opt_client_scope);
  if (!in.ok() || size < 4) return;
  size_t count = size - 4;
  const size_t at = in.at();
  in.skip(count);
  if (!in.ok() || in.tree() == nullptr) return;
  if (count > kMostBytes) {
    in.tree()->set_last(length_line);
    in.expert(f.rr_opt_bad_length, Severity::error, ExpertGroup::malformed, f.rr_opt_bad_length.title);
    count = kMostBytes;
  }
  uint8_t whole[kMostBytes] = {};
  const std::string_view raw = in.all().sub(at, count).text();
  std::copy(raw.begin(), raw.end(), whole);
  const std::string_view address(reinterpret_cast<const char*>(whole), sizeof whole);
  if (family == kIpv4) return in.add_text(f.opt_client_addr4, address.substr(0, 4), at, count);
  if (family == kIpv6) return in.add_text(f.opt_client_addr6, address, at, count);
  in.add_bytes(f.opt_client_addr, at, count);
}

void algorithms(MessageLayer& in, const Field& field, size_t end) {
  while (in.ok() && in.at() < end) in(field);
}

// RFC 7873, section 4: the client's (8), the server's.
void cookie(MessageLayer& in, size_t size) {
  constexpr size_t kClient = 8;
  if (size < kClient) return in.malformed();
  in.bytes(f.opt_cookie_client, kClient);
  in.bytes(f.opt_cookie_server, size - kClient);
}

/// RFC 7901, section 4; Wireshark shows the name's bytes as text.
void chain(MessageLayer& in, size_t size) {
  const std::string_view raw = in.bytes(size).text();
  if (in.ok()) in.note_text(f.opt_chain_fqdn, ascii(raw), size);
}

// RFC 8914, section 2: code (2), text.
void extended_error(MessageLayer& in, size_t size) {
  if (size < 2) return;
  in(f.opt_ext_error_info_code);
  if (size == 2) return;
  const std::string_view raw = in.bytes(size - 2).text();
  if (in.ok()) in.note_text(f.opt_ext_error_extra_text, raw.substr(0, raw.find('\0')), size - 2);
}

// RFC 9660, section 2: count of labels (1), type (1), version.
void zone_version(MessageLayer& in, size_t size) {
  if (size < 2) return in.malformed();
  in(f.opt_zoneversion_labelcount);
  const uint32_t type = in(f.opt_zoneversion_type);
  if (type == 0) {
    in(f.opt_zoneversion_soa);
  } else if (size > 2) {
    in.bytes(f.opt_zoneversion_version, size - 2);
  }
}

void known_option(MessageLayer& in, uint32_t code, size_t size, uint32_t length_line) {
  switch (code) {
    case kDau: return algorithms(in, f.opt_dau, in.at() + size);
    case kDhu: return algorithms(in, f.opt_dhu, in.at() + size);
    case kN3u: return algorithms(in, f.opt_n3u, in.at() + size);
    case kClientSubnet:
    case kOldClientSubnet: return client_subnet(in, size, length_line);
    case kCookie: return cookie(in, size);
    case kTcpKeepalive:
      if (size == 2) in(f.opt_edns_tcp_keepalive_timeout);
      return;
    case kPadding: in.bytes(f.opt_padding, size); return;
    case kChain: return chain(in, size);
    case kExtendedError: return extended_error(in, size);
    case kReportChannel: read_name(in, f.opt_agent_domain); return;
    case kZoneVersion:
      if (size > 0) zone_version(in, size);
      return;
    default: return;
  }
}

void dissect_option(MessageLayer& in) {
  const size_t start = in.at();
  const uint32_t code = in.be16();
  const size_t length = in.be16();
  if (!in.ok()) return;
  const size_t end = in.at() + length;
  const auto option = in.group(f.opt, start, 4 + length);
  const std::string_view name = name_of(kOptionNames, code);
  if (name.empty()) {
    in.append(": Unknown (", code, ')');
  } else {
    in.append(": ", name);
  }
  in.add(f.opt_code, code, start, 2);
  const uint32_t code_line = in.tree() != nullptr ? in.tree()->last() : 0;
  in.add(f.opt_len, length, start + 2, 2);
  const uint32_t length_line = in.tree() != nullptr ? in.tree()->last() : 0;
  in.bytes(f.opt_data, length);
  if (!in.ok()) return;
  in.seek(end - length);
  if (code == kOldClientSubnet && in.tree() != nullptr) {
    in.tree()->set_last(code_line);
    in.expert(f.depr_opc, Severity::warning, ExpertGroup::protocol,
              "Deprecated opcode. Client subnet OPT assigned as 8.");
  }
  known_option(in, code, length, length_line);
  if (!in.ok()) return;
  if (in.at() > end) in.spend(in.at() - end);  // a name that goes on behind the option
  in.seek(end);
}

}  // namespace

void dissect_options(Record& record) {
  while (record.in.ok() && record.in.at() < record.end && !record.in.is_exhausted()) dissect_option(record.in);
}

}  // namespace tracedrop::dissect::dns
