// Elements of IEEE 802.11 (tagged parameters, section 9.4.2): number (1), length (1), content; number 255 has another
// number (1) in its content.
#include "protocols/link/wlan/elements.h"

#include "protocols/link/wlan/wlan.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& e = f.element;
constexpr uint32_t kContentionFree = 4, kTrafficProtocols = 171;  // without a reader of their own

/// The next character of UTF-8, or nothing where there is none.
struct Character {
  uint32_t code = 0;
  size_t size = 0;
};
Character next_character(Bytes text, size_t at) {
  const uint8_t first = text.u8(at);
  if (first < 0x80) return {first, 1};
  const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || !text.has(at, size)) return {};
  uint32_t code = first & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((text.u8(at + i) & 0xC0) != 0x80) return {};
    code = code << 6 | (text.u8(at + i) & 0x3Fu);
  }
  const bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_surrogate = code >= 0xD800 && code < 0xE000;
  return is_overlong || is_surrogate || code > 0x10FFFF ? Character{} : Character{code, size};
}

bool is_readable(Bytes text) {
  for (size_t at = 0; at < text.size();) {
    const Character one = next_character(text, at);
    if (one.size == 0 || !is_printable(one.code)) return false;
    at += one.size;
  }
  return true;
}

/// A network's name as it is quoted, or its bytes.
void append_name(std::string& out, Bytes name) {
  if (is_readable(name)) return append(out, '"', name.text(), '"');
  for (size_t i = 0; i < name.size(); ++i) append_hex(out, name.u8(i), 2);
}

void read_name(Element& element) {
  Layer& in = element.in;
  Context& context = in.context();
  const Bytes name = in.Cursor::bytes(element.length);
  if (!in.ok()) {
    element.is_plain = element.all.has_name;
    return;
  }
  in.note(e.ssid, 0, element.length);
  if (element.length == 0) {
    in.replace("SSID: <MISSING>");
    element.tag.append(": Wildcard SSID");
  } else if (in.wants_texts()) {
    std::string text;
    append_name(text, name);
    in.replace("SSID: ", text);
    element.tag.append(": ", text);
  }
  if (element.all.has_name) return;
  element.all.has_name = true;
  context.append_info(", SSID=");
  if (element.length == 0) return context.append_info("Wildcard (Broadcast)");
  if (context.info() != nullptr) append_name(*context.info(), name);
}

void read_mesh_name(Element& element) {
  Layer& in = element.in;
  const std::string_view name = in.text(e.mesh_id, element.length);
  if (!in.ok() || name.empty()) return;
  element.tag.append(": ", name);
  std::string* const info = in.context().info();
  if (info == nullptr) return;
  *info += ", MESHID=";
  append_printable(*info, name);
}

void read_rates(Element& element, const Field& field) {
  Layer& in = element.in;
  for (size_t i = 0; i < element.length && in.ok(); ++i) {
    const uint32_t rate = in(field);
    if (!in.ok() || !in.wants_texts()) continue;
    const std::string_view name = name_of(kSupportedRates, rate);
    element.tag.append(i == 0 ? " " : "", name.empty() ? "Unknown Rate" : name, ", ");
  }
  element.tag.append("[Mbit/sec]");
}
void read_first_rates(Element& element) { read_rates(element, e.rates); }
void read_more_rates(Element& element) { read_rates(element, e.extended_rates); }

void read_channel(Element& element) {
  if (element.length != 1) return;
  const uint32_t channel = element.in(e.channel);
  element.tag.append(": Current Channel: ", channel);
}

constexpr ElementReader kReaders[] = {{0, read_name},
                                      {1, read_first_rates},
                                      {3, read_channel},
                                      {5, read_traffic_map},
                                      {7, read_country},
                                      {32, read_constraint},
                                      {33, read_power_capability},
                                      {36, read_supported_channels},
                                      {42, read_erp},
                                      {45, read_ht_capabilities},
                                      {47, read_erp},
                                      {48, read_security},
                                      {50, read_more_rates},
                                      {56, read_timeout},
                                      {61, read_ht_operation},
                                      {107, read_interworking},
                                      {114, read_mesh_name},
                                      {127, read_extended_capabilities},
                                      {191, read_vht_capabilities},
                                      {192, read_vht_operation},
                                      {195, read_power_envelope},
                                      {221, read_vendor}};

const ElementReader* reader_of(uint32_t number) {
  for (const ElementReader& known : kReaders)
    if (known.number == number) return &known;
  return nullptr;
}

/// Why the content of an element was too short for its reader.
Shortage shortage_of(const Element& element) {
  const Layer& content = element.in;
  if (content.ok() || content.shortage() == Shortage::snapped) return content.shortage();
  return content.at() <= element.length && !element.is_plain ? Shortage::contained : Shortage::malformed;
}

struct Head {
  uint32_t number;
  std::string_view name;
  bool is_unknown;
};

void report_head(Layer& in, const Head& head, size_t length, size_t here) {
  if (in.tree() == nullptr) return;
  in.add(e.number, head.number, in.at() - 2, 1);
  if (head.is_unknown) {
    const auto below = in.below();
    std::string name(head.name);
    if (name.empty()) append(name, '(', head.number, ')');
    in.expert(e.undecoded, Severity::note, ExpertGroup::undecoded, "Dissector for 802.11 IE Tag (", name,
              ") code not implemented, Contact Wireshark developers if you want this supported");
  }
  in.add(e.length, length, in.at() - 1, 1);
  if (length > here) {
    const auto below = in.below();
    in.expert(e.length_bad, Severity::error, ExpertGroup::malformed, "Tag Length is longer than remaining payload");
  }
}

/// What Wireshark does not read shows its bytes; of the others that are not read here, nothing is known.
void read_unknown(Element& element, uint32_t number, std::string_view name) {
  if (!name.empty() && number != kContentionFree && number != kTrafficProtocols) return;
  Layer& in = element.in;
  element.is_plain = true;
  element.tag.append(": Undecoded");
  in.bytes(e.data, element.length);
}

void read_element(Layer& in, Elements& all) {
  const size_t start = in.at();
  const uint32_t number = in.Cursor::u8(), length = in.Cursor::u8();
  if (!in.ok()) return;
  const size_t here = std::min<size_t>(length, in.rest().wire_size());
  auto tag = in.group(e.tag, start, 2 + here);
  const std::string_view name = name_of(kTagNumber, number);
  tag.append(": ");
  name.empty() ? tag.append("Unknown (", number, ')') : tag.append(name);
  const bool is_unknown = name.empty() || number == kContentionFree || number == kTrafficProtocols;
  report_head(in, {number, is_unknown ? name : std::string_view("-"), is_unknown}, length, here);
  {
    Layer content(in, in.rest().first(length));
    Element element{content, tag, all, length};
    const ElementReader* const reader = reader_of(number);
    if (reader != nullptr) {
      reader->read(element);
    } else {
      read_unknown(element, number, name);
    }
    in.lacks(shortage_of(element));
  }
  if (in.ok()) in.skip(here);
}

}  // namespace

void add_bits(Layer& in, const Field& first, const Field& last, uint64_t value, size_t size) {
  if (in.tree() == nullptr || !in.ok()) return;
  for (const Field* field = &first; field <= &last; ++field) in.note(*field, masked(field->format, value), size);
}

void dissect_elements(Layer& in, uint16_t kind) {
  Elements all{kind};
  do read_element(in, all);
  while (in.ok() && in.rest().wire_size() > 0);
}

}  // namespace tracedrop::dissect::wlan
