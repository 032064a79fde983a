// Robust security, IEEE 802.11 (section 9.4.2.23): version (2), cipher of the group (4), number (2) and list of ciphers
// for pairs, number (2) and list of ways to manage keys, capabilities (2), number (2) and list of cached keys (16
// each), the cipher of management frames (4). A suite is its maker's number (3) and a type (1). WPA's older element of
// the Wi-Fi Alliance is the first half of it.
#include "base/text.h"
#include "protocols/link/wlan/elements.h"
#include "protocols/link/wlan/suites.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& s = f.security;
constexpr size_t kSuiteBytes = 4;

std::string_view maker_name(uint32_t maker) {
  switch (maker) {
    case kIeee: return "Ieee 802.11";
    case kMicrosoft: return "Microsoft Corp.";
    case kWifiAlliance: return "Wi-Fi Alliance";
    case 0x001018: return "Broadcom";
    case 0x0017F2: return "Apple, Inc.";
    case 0x00037F: return "Atheros Communications, Inc.";
    case 0x00904C: return "Epigram, Inc.";
    case 0x004096: return "Cisco Systems, Inc";
    case 0x000CE7: return "MediaTek Inc.";
    case 0x000C43: return "Ralink Technology, Corp.";
    case 0x00E04C: return "Realtek Semiconductor Corp.";
    case 0x000B86: return "Hewlett Packard Enterprise";
    default: return {};
  }
}

}  // namespace

void append_maker(std::string& out, uint32_t maker) {
  append_hex(out, maker >> 16, 2);
  out += ':';
  append_hex(out, maker >> 8 & 0xFF, 2);
  out += ':';
  append_hex(out, maker & 0xFF, 2);
  const std::string_view name = maker_name(maker);
  if (!name.empty()) append(out, " (", name, ')');
}

void append_maker_name(std::string& out, uint32_t maker) {
  const std::string_view name = maker_name(maker);
  if (!name.empty()) return append(out, name);
  append_maker(out, maker);
}

void replace_maker(Layer& in, const Field& field, uint32_t maker) {
  if (!in.wants_texts()) return;
  std::string text(field.title);
  text += ": ";
  append_maker(text, maker);
  in.replace(text);
}

void read_suite(Layer& in, const SuiteFields& fields, std::string* list) {
  const uint32_t suite = in.all().be32(in.at()), maker = suite >> 8;
  if (!in.rest().has(0, kSuiteBytes)) return in.skip(kSuiteBytes);
  in.add(fields.suite, suite, in.at(), kSuiteBytes);
  std::string name;
  if (in.wants_texts()) {
    append_maker(name, maker);
    const std::string_view type = fields.type.names.of(suite & 0xFF);
    append(name, ' ', type.empty() ? "Unknown" : type);
    in.replace(fields.suite.title, ": ", name);
  }
  const auto below = in.below();
  in(fields.maker);
  replace_maker(in, fields.maker, maker);
  in(fields.type);
  if (list != nullptr) append(*list, ' ', name);
}

void read_suites(Layer& in, const Field& count_field, const Field& list_field, const SuiteFields& fields) {
  const uint32_t count = in(count_field);
  if (!in.ok() || count == 0) return;
  std::string names;
  auto list = in.group(list_field, size_t{count} * kSuiteBytes);
  for (uint32_t i = 0; i < count && in.ok(); ++i) read_suite(in, fields, in.wants_texts() ? &names : nullptr);
  list.append(names);
}

void read_security(Element& element) {
  Layer& in = element.in;
  if (element.length < 2) return;
  const auto has_more = [&] { return in.ok() && in.at() < element.length; };
  in(s.version);
  if (has_more()) read_suite(in, {s.group, s.group_maker, s.group_type}, nullptr);
  if (has_more()) read_suites(in, s.pairwise_count, s.pairwise_list, {s.pairwise, s.pairwise_maker, s.pairwise_type});
  if (has_more()) read_suites(in, s.key_count, s.key_list, {s.key, s.key_maker, s.key_type});
  if (!has_more()) return;
  const uint32_t capabilities = in(s.capabilities);
  {
    const auto below = in.below();
    add_bits(in, s.capability_0, s.capability_12, capabilities, 2);
  }
  if (!has_more()) return;
  constexpr size_t kKeyIdBytes = 16;
  const uint32_t keys = in(s.pmkid_count);
  if (in.ok() && keys > 0) {
    auto list = in.group(s.pmkid_list, keys * kKeyIdBytes);
    for (uint32_t i = 0; i < keys && in.ok(); ++i) in.bytes(s.pmkid, kKeyIdBytes);
  }
  if (has_more()) read_suite(in, {s.management, s.management_maker, s.management_type}, nullptr);
}

void read_wpa(Element& element) {
  Layer& in = element.in;
  const auto has_more = [&] { return in.ok() && in.at() < element.length; };
  in(s.wpa_version);
  if (has_more()) read_suite(in, {s.wpa_group, s.wpa_group_maker, s.wpa_group_type}, nullptr);
  if (has_more())
    read_suites(in, s.wpa_pairwise_count, s.wpa_pairwise_list,
                {s.wpa_pairwise, s.wpa_pairwise_maker, s.wpa_pairwise_type});
  if (has_more()) read_suites(in, s.wpa_key_count, s.wpa_key_list, {s.wpa_key, s.wpa_key_maker, s.wpa_key_type});
}

}  // namespace tracedrop::dissect::wlan
