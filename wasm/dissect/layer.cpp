#include "dissect/layer.h"

#include <bit>
#include <cstring>

namespace tracedrop::dissect {

namespace {

constexpr std::string_view kSeverities[] = {"Comment", "Chat", "Note", "Warning", "Error"};
constexpr std::string_view kGroups[] = {"Checksum",   "Sequence",     "Response",   "Request",    "Undecoded",
                                        "Reassemble", "Malformed",    "Debug",      "Protocol",   "Security",
                                        "Comment",    "Decryption",   "Assumption", "Deprecated", "Receive",
                                        "Interface",  "Dissector bug"};

constexpr const GeneralFields& f = general;

uint64_t number_of(Bytes raw, bool little_endian) {
  uint64_t value = 0;
  for (size_t i = 0; i < raw.size(); ++i) value = value << 8 | raw.u8(little_endian ? raw.size() - 1 - i : i);
  return value;
}

/// Signed numbers in 64 bits; floats as the bits of a double.
uint64_t as_value(const Format& format, uint64_t raw) {
  const unsigned unused = 64u - 8u * format.width;
  if (format.kind == Kind::signed_number && format.mask == 0)
    return static_cast<uint64_t>(static_cast<int64_t>(raw << unused) >> unused);
  if (format.kind == Kind::float_number && format.width == 4) {
    float narrow;
    const auto bits = static_cast<uint32_t>(raw);
    std::memcpy(&narrow, &bits, sizeof narrow);
    const double wide = narrow;
    std::memcpy(&raw, &wide, sizeof raw);
  }
  return raw;
}

bool is_number(const Format& format) { return format.width >= 1 && format.width <= 8; }

}  // namespace

std::span<const Field> general_fields() { return fields_of(general); }

uint64_t Layer::read_any(const Format& format) {
  const Bytes raw = Cursor::bytes(format.width);
  if (!ok() || !is_number(format)) return 0;
  return as_value(format, number_of(raw, format.little_endian));
}

uint64_t Layer::peek(const Field& field, size_t at) {
  const Bytes raw = all().sub(at, field.format.width);
  if (!ok() || raw.size() < field.format.width || !is_number(field.format)) return 0;
  const uint64_t value = masked(field.format, as_value(field.format, number_of(raw, field.format.little_endian)));
  if (tree() != nullptr) tree()->add(field, raw, value);
  return value;
}

std::string_view Layer::text0(const Field& field) {
  const std::string_view text = rest().text();
  const size_t length = std::min(text.find('\0'), text.size());
  const size_t from = at();
  skip(length + 1);
  if (ok()) add_text(field, text.substr(0, length), from, length + 1);
  return text.substr(0, length);
}

void Layer::report(const Field& field, size_t width, uint64_t value) const {
  if (ok()) tree()->add(field, behind(width), value);
}

void Layer::report_bytes(const Field& field, Bytes found) const {
  if (ok()) tree()->add(field, found);
}

void Layer::add_expert(Tree& tree, const Field& field, Severity severity, ExpertGroup group, std::string_view text) {
  const auto bracketed = [&tree](uint32_t line) { tree.line(line).is_generated = true; };
  const uint32_t about = tree.last();
  const std::string_view severity_name = kSeverities[static_cast<size_t>(severity)];
  const std::string_view group_name = kGroups[static_cast<size_t>(group)];
  tree.open(about);
  const uint32_t expert = tree.add(f.expert, tree.bytes_of(tree.line(about)).first(0));
  tree.append(expert, " (", severity_name, '/', group_name, "): ", text);
  bracketed(expert);
  tree.open(expert);
  const uint32_t what = tree.add(field, {});
  tree.replace(what, text);
  bracketed(what);
  bracketed(tree.add_text_value(f.severity, {}, severity_name));
  bracketed(tree.add_text_value(f.group, {}, group_name));
  tree.close(expert);
  tree.close(about);
  tree.set_last(about);
}

}  // namespace tracedrop::dissect
