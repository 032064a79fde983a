// Elements of their makers (IEEE 802.11, section 9.4.2.24): maker's number (3), type (1), content. Everyday ones are
// the Wi-Fi Alliance's under Microsoft's number: WPA (1) and WMM (2), which is subtype (1), version (1), QoS (1), and
// in a parameter element reserved (1) and four classes of traffic of 4 bytes: bits, contention window (4 bits each),
// how long one may send (2).
#include "base/text.h"
#include "protocols/link/wlan/elements.h"
#include "protocols/link/wlan/suites.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& s = f.security;
enum AllianceType : uint8_t { kWpa = 1, kWmm = 2 };
enum KeyData : uint8_t { kPmkid = 4 };

constexpr std::string_view kClasses[] = {"Best Effort", "Background", "Video", "Voice"};
const Field* const kClassFields[] = {&s.wme_aci_be, &s.wme_aci_bk, &s.wme_aci_vi, &s.wme_aci_vo};

/// Fields of a class of traffic follow each other: class, admission, AIFSN, reserved, longest and shortest window,
/// TXOP.
void read_class(Layer& in) {
  const Bytes all = in.all();
  const size_t at = in.at();
  const unsigned first = all.u8(at), window = all.u8(at + 1), number = first >> 5 & 3;
  const unsigned least = window & 0xF, most = window >> 4;
  const Field* const fields = kClassFields[number];
  auto one = in.part(s.wme_acp);
  in(s.wme_aifsn);
  {
    const auto below = in.below();
    add_bits(in, fields[0], fields[3], first, 1);
  }
  in(s.wme_ecw);
  {
    const auto below = in.below();
    in.note(fields[4], most, 1);
    in.append(" (CW Max: ", (1u << most) - 1, ')');
    in.note(fields[5], least, 1);
    in.append(" (CW Min: ", (1u << least) - 1, ')');
  }
  const uint32_t limit = in(fields[6]);
  one.replace("Ac Parameters ACI ", number, " (", kClasses[number], "), ACM ", (first & 0x10) != 0 ? "yes" : "no",
              ", AIFSN ", first & 0xF, ", ECWmin/max ", least, '/', most, " (CWmin/max ", (1u << least) - 1, '/',
              (1u << most) - 1, "), TXOP ", limit);
}

void read_wmm(Element& element) {
  enum Subtype : uint8_t { kInformation = 0, kParameters = 1 };
  Layer& in = element.in;
  const uint32_t subtype = in(s.wme_subtype);
  in(s.wme_version);
  const std::string_view name = name_of(kSecWfaIeWmeSubtype, subtype);
  element.tag.append(": ", name.empty() ? "Unknown" : name);
  if (subtype != kInformation && subtype != kParameters) return;
  const uint32_t quality = in(s.wme_qos);
  {
    const auto below = in.below();
    if (subtype == kParameters)
      add_bits(in, s.wme_apsd, s.wme_ap_reserved, quality, 1);
    else
      add_bits(in, s.wme_sp_length, s.wme_sta_reserved, quality, 1);
  }
  if (subtype != kParameters) return;
  in.bytes(s.wme_reserved, 1);
  for (int i = 0; i < 4 && in.ok() && in.at() < element.length; ++i) read_class(in);
}

void read_alliance(Element& element) {
  const uint32_t type = element.in(s.wfa_type);
  const std::string_view name = name_of(kSecWfaIeType, type);
  element.tag.append(": ");
  name.empty() ? element.tag.append("Unknown ", type) : element.tag.append(name);
  if (type == kWpa) read_wpa(element);
  if (type == kWmm) read_wmm(element);
}

void read_key_data(Element& element) {
  Layer& in = element.in;
  const uint32_t type = in(s.data_type);
  if (type != kPmkid) return;
  element.tag.append(": RSN PMKID");
  in.bytes(s.pmkid, element.length - in.at());
}

void read_apple(Element& element) {
  Layer& in = element.in;
  in(s.apple_type);
  const Bytes data = in.bytes(s.apple_data, element.length - in.at());
  if (!in.wants_texts() || !in.ok()) return;
  std::string digits;
  for (size_t i = 0; i < data.size(); ++i) append_hex(digits, data.u8(i), 2);
  element.tag.append(" (Data: ", digits, ')');
}

}  // namespace

void read_vendor(Element& element) {
  constexpr size_t kMakerBytes = 3;
  Layer& in = element.in;
  if (element.length < kMakerBytes) return;
  const uint32_t maker = in(s.maker);
  replace_maker(in, s.maker, maker);
  std::string name;
  append_maker_name(name, maker);
  element.tag.append(": ", name);
  if (element.length == kMakerBytes || !in.ok()) return;
  in.add(s.maker_type, in.all().u8(in.at()), in.at(), 1);
  if (maker == kMicrosoft) return read_alliance(element);
  if (maker == kIeee) return read_key_data(element);
  if (maker == kApple) return read_apple(element);
  in.skip(1);
  if (element.length > in.at()) in.bytes(s.vendor_data, element.length - in.at());
}

}  // namespace tracedrop::dissect::wlan
