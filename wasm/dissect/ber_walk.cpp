#include "dissect/ber_walk.h"

#include "dissect/ber_fields.h"

namespace tracedrop::dissect {

namespace ber {

namespace {

constexpr const Fields& f = fields;
constexpr std::string_view kClasses[] = {"UNIVERSAL", "APPLICATION", "CONTEXT", "PRIVATE"};
constexpr std::string_view kUniversal[] = {"end-of-content",
                                           "BOOLEAN",
                                           "INTEGER",
                                           "BIT STRING",
                                           "OCTET STRING",
                                           "NULL",
                                           "OBJECT IDENTIFIER",
                                           "ObjectDescriptor",
                                           "EXTERNAL",
                                           "REAL",
                                           "ENUMERATED",
                                           "EMBEDDED PDV",
                                           "UTF8String",
                                           "RELATIVE-OID",
                                           "14",
                                           "15",
                                           "SEQUENCE",
                                           "SET",
                                           "NumericString",
                                           "PrintableString",
                                           "TeletexString",
                                           "VideotexString",
                                           "IA5String",
                                           "UTCTime",
                                           "GeneralizedTime",
                                           "GraphicString",
                                           "VisibleString",
                                           "GeneralString",
                                           "UniversalString",
                                           "CHARACTER STRING",
                                           "BMPString"};
constexpr uint32_t kSequenceNumber = kSequence & 0x1F, kSetNumber = kSet & 0x1F;

std::string_view universal_name(uint32_t number) {
  return number < std::size(kUniversal) ? kUniversal[number] : std::string_view("unknown");
}
std::string class_text(Ident ident) {
  const auto number = static_cast<size_t>(ident.kind);
  return std::string(kClasses[number]).append("(").append(std::to_string(number)).append(")");
}
bool is_unsigned(const Field& field) { return field.format.kind == Kind::number; }

}  // namespace

// ---- headers ----

bool Walk::need(size_t end, size_t limit) {
  if (!ok()) return false;
  if (end > limit) {
    in.malformed();
    return false;
  }
  if (end <= in.all().size()) return true;
  in.seek(in.all().size());
  in.skip(end - in.all().size());
  return false;
}

uint8_t Headers::byte(size_t& at, size_t limit) {
  if (ok() && (at >= limit || at >= all_.size())) missing_ = at + 1;
  return ok() ? all_.u8(at++) : uint8_t{0};
}

void Headers::read_length(Header& header, size_t limit, int depth) {
  constexpr uint8_t kLong = 0x80;
  constexpr size_t kMostBytes = 8;
  uint64_t length = byte(header.body_at, limit);
  if (length == kLong) {
    header.is_indefinite = true;
    header.body_end = find_end(header.body_at, limit, depth + 1);
    header.next = header.body_end + 2;
    return;
  }
  if (length > kLong) {
    auto count = static_cast<size_t>(length & 0x7F);
    if (count > kMostBytes) missing_ = SIZE_MAX;
    for (length = 0; count > 0 && ok(); --count) length = length << 8 | byte(header.body_at, limit);
  }
  const size_t most = SIZE_MAX / 4;
  header.body_end = header.next = header.body_at + static_cast<size_t>(std::min<uint64_t>(length, most));
}

Header Headers::read(size_t at, size_t limit, int depth) {
  Header found;
  found.at = found.body_at = at;
  const uint8_t first = byte(found.body_at, limit);
  found.ident = {static_cast<Class>(first >> 6), first & 0x1Fu};
  found.is_constructed = (first & 0x20) != 0;
  if (found.ident.number == 0x1F) {
    found.ident.number = 0;
    for (uint8_t part = 0x80; (part & 0x80) != 0 && ok();) {
      part = byte(found.body_at, limit);
      found.ident.number = found.ident.number << 7 | (part & 0x7Fu);
    }
  }
  read_length(found, limit, depth);
  return found;
}

/// Contents of indefinite length end with two zeros, where an element would begin.
size_t Headers::find_end(size_t at, size_t limit, int depth) {
  if (depth > kMostIndefinite) missing_ = SIZE_MAX;
  while (ok()) {
    size_t next = at;
    if (byte(next, limit) == 0 && byte(next, limit) == 0) break;
    if (ok()) at = read(at, limit, depth).next;
  }
  return at;
}

Header Walk::header(size_t at, size_t limit) {
  Headers reader(in.all());
  const Header found = reader.read(at, limit);
  if (reader.missing() == SIZE_MAX) {
    in.malformed();
  } else if (!reader.ok()) {
    need(reader.missing(), limit);
  }
  return found;
}

Part Walk::contents(Part part) {
  Part found{part.at, part.end, true};
  if (!part.is_bare) {
    const Header header = this->header(part.at, part.end);
    found = {header.body_at, header.body_end, true};
  }
  return need(found.end, part.end) ? found : Part{part.at, part.at, true};
}

// ---- one element ----

void Walk::read(const Type& type, const Field* field, Part part) {
  if (!ok()) return;
  if (depth_ >= kMostDepth) return in.malformed();
  ++depth_;
  type.read(*this, type, field, part);
  --depth_;
}

void Walk::read(const Item& item, const Header& found, size_t limit) {
  const size_t end = std::min(found.next, limit);
  if (item.ident.kind == Class::any || item.ident.kind == Class::universal)
    return read(*item.type, item.field, {found.at, end, false});
  read(*item.type, item.field, {found.body_at, std::min(found.body_end, end), item.is_implicit()});
}

int64_t Walk::number(const Field* field, Part part) {
  const Part body = contents(part);
  if (!ok()) return 0;
  constexpr size_t kMost = 8;
  if (body.size() == 0 || body.size() > kMost) {
    if (field != nullptr)
      error(f.bad_length, body.at, body.size(), "BER Error: ", field->title, ": length of item (", body.size(),
            ") is not valid");
    return 0;
  }
  const Bytes raw = bytes(body);
  uint64_t value = 0;
  for (size_t i = 0; i < raw.size(); ++i) value = value << 8 | raw.u8(i);
  const auto unused = static_cast<unsigned>(8 * (kMost - raw.size()));
  const int64_t with_sign = static_cast<int64_t>(value << unused) >> unused;
  if (field == nullptr) return with_sign;
  const bool is_narrow = field->format.width <= 4;
  if (is_unsigned(*field)) {
    in.add(*field, is_narrow ? value & 0xFFFFFFFF : value, body.at, body.size());
  } else {
    in.add(*field, static_cast<uint64_t>(is_narrow ? static_cast<int32_t>(with_sign) : with_sign), body.at,
           body.size());
  }
  return with_sign;
}

bool Walk::boolean(const Field* field, Part part) {
  const Part body = contents(part);
  if (!ok()) return false;
  if (body.size() != 1) {
    if (field != nullptr)
      error(f.bad_length, body.at, body.size(), "BER Error: ", field->title, ": length of item (", body.size(),
            ") is not valid");
    return false;
  }
  const bool value = in.all().u8(body.at) != 0;
  if (field != nullptr) in.add(*field, value ? 1 : 0, body.at, body.size());
  return value;
}

void Walk::show_text(const Field& field, const Part& body, std::string_view text) {
  const size_t end = std::min(text.find('\0'), text.size());
  in.add_text(field, text.substr(0, end), body.at, body.size());
  if (body.size() == 0) in.replace_value("<MISSING>");
  if (text.find_first_not_of('\0', end) == std::string_view::npos) return;
  in.expert(general.stray_characters, Severity::warning, ExpertGroup::undecoded, general.stray_characters.title);
}

Bytes Walk::octets(const Field* field, Part part) {
  const Part body = contents(part);
  const Bytes raw = bytes(body);
  if (!ok() || field == nullptr || in.tree() == nullptr) return raw;
  if (field->format.kind == Kind::text) {
    show_text(*field, body, raw.text());
  } else if (field->format.width == 0 || field->format.width == body.size()) {
    in.add_bytes(*field, body.at, body.size());
  } else {
    error(f.bad_length, body.at, body.size(), "BER Error: ", field->title, ": length of item (", body.size(),
          ") is not valid");
  }
  return raw;
}

Bytes Walk::ascii(const Field* field, Part part) {
  const Part body = contents(part);
  const Bytes raw = bytes(body);
  if (!ok() || field == nullptr || in.tree() == nullptr) return raw;
  std::string text(raw.text());
  for (char& one : text)
    if ((static_cast<uint8_t>(one) & 0x80) != 0) one = '\xFF';
  show_text(*field, body, text);
  return raw;
}

Bytes Walk::object_id(const Field* field, Part part) {
  const Part body = contents(part);
  const Bytes raw = bytes(body);
  if (!ok() || field == nullptr || in.tree() == nullptr) return raw;
  in.add_bytes(*field, body.at, body.size());
  in.replace_value(oid(raw), " (", oid_name(raw), ')');
  return raw;
}

void Walk::null(const Field* field, Part part) {
  const Part body = contents(part);
  if (ok() && field != nullptr) in.add_bytes(*field, body.at, body.size());
}

void Walk::bit_string(const Type& type, const Field* field, Part part) {
  const Part body = contents(part);
  if (!ok() || body.size() == 0 || in.tree() == nullptr) return;
  const Bytes raw = bytes(body);
  in.add(f.padding, raw.u8(0), body.at, 1);
  if (field == nullptr) return;
  const auto line = in.group(*field, body.at + 1, body.size() - 1);
  for (size_t i = 0; i < type.bits.size() && i / 8 + 1 < body.size(); ++i)
    in.add(type.bits[i], masked(type.bits[i].format, raw.u8(i / 8 + 1)), body.at + 1 + i / 8, 1);
}

namespace {

constexpr int64_t kSecond = 1'000'000'000;

int64_t digits_at(std::string_view text, size_t at, size_t count) {
  int64_t value = 0;
  for (const char digit : text.substr(at, count)) value = value * 10 + (digit - '0');
  return value;
}

/// YYYYMMDDhhmmss in nanoseconds since 1970 (days of the civil calendar).
int64_t ns_of(std::string_view text) {
  const int64_t month = digits_at(text, 4, 2), day = digits_at(text, 6, 2);
  const int64_t year = digits_at(text, 0, 4) - (month <= 2 ? 1 : 0);
  const int64_t era = year / 400, of_era = year - era * 400;
  const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
  return (days * 86400 + digits_at(text, 8, 2) * 3600 + digits_at(text, 10, 2) * 60 + digits_at(text, 12, 2)) * kSecond;
}

}  // namespace

void Walk::time(const Field* field, Part part) {
  constexpr size_t kDigits = 14;
  const Part body = contents(part);
  const std::string_view text = bytes(body).text();
  const std::string_view digits = text.substr(0, kDigits);
  if (!ok() || field == nullptr || in.tree() == nullptr) return;
  if (digits.size() < kDigits || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return error(f.bad_time, body.at, body.size(), "BER Error: GeneralizedTime invalid format");
  in.add(*field, static_cast<uint64_t>(ns_of(digits)), body.at, body.size());
}

// ---- elements of elements ----

bool takes(const Item& item, Ident ident) {
  if (item.ident.kind != Class::any) return item.ident == ident;
  if (item.type->read != read_choice) return true;
  for (size_t i = 0; i < item.type->item_count; ++i)
    if (takes(item.type->items[i], ident)) return true;
  return false;
}

bool Walk::is_end(const Header& list, size_t at) const { return at >= list.body_end; }

std::optional<Header> Walk::list(Part part) {
  if (part.is_bare) return Header{{}, true, false, part.at, part.at, part.end, part.end};
  const Header found = header(part.at, part.end);
  if (!ok()) return std::nullopt;
  const bool is_list = found.ident.number == kSequenceNumber || found.ident.number == kSetNumber;
  if (found.ident.kind == Class::universal && is_list && found.is_constructed) return found;
  error(f.not_a_sequence, part.at, 1, "BER Error: Sequence expected but class:", class_text(found.ident),
        found.is_constructed ? " Constructed" : " Primitive", " tag:", found.ident.number, " was unexpected");
  return std::nullopt;
}

void Walk::wrong_field(const Item& expected, const Header& found, std::string_view kind) {
  if (in.tree() == nullptr) return;
  std::string tag = std::to_string(expected.ident.number);
  if (expected.ident.kind == Class::universal)
    tag.append("(").append(universal_name(expected.ident.number)).append(")");
  error(f.wrong_field, found.at, 1, "BER Error: Wrong field in ", kind, ": expected class:", class_text(expected.ident),
        " tag:", tag, " but found class:", class_text(found.ident), " tag:", found.ident.number);
}

void Walk::check_end(const Header& list, size_t at, size_t limit, std::string_view kind) {
  if (!ok() || at == list.body_end) return;
  constexpr size_t kShown = 2;
  if (need(at, limit))
    error(f.bad_length, at - kShown, kShown, "BER Error: ", kind, " is ", at - list.body_end, " too many bytes long");
}

void Walk::sequence_items(const Type& type, const Header& list, size_t limit) {
  size_t at = list.body_at, next_item = 0;
  while (ok() && !is_end(list, at)) {
    const Header found = header(at, limit);
    if (!ok()) return;
    while (next_item < type.item_count && type.items[next_item].is_optional() &&
           !takes(type.items[next_item], found.ident))
      ++next_item;
    if (next_item == type.item_count) {
      if (!need(found.next, limit)) return;
      error(f.unknown_field, at, found.next - at,
            "BER Error: This field lies beyond the end of the known sequence definition.");
    } else if (const Item& item = type.items[next_item++]; item.ident.kind == Class::any || item.ident == found.ident) {
      read(item, found, limit);
    } else {
      wrong_field(item, found, "SEQUENCE");
    }
    at = found.next;
  }
  check_end(list, at, limit, "SEQUENCE");
}

void Walk::sequence(const Type& type, const Field* field, Part part) {
  const std::optional<Header> list = this->list(part);
  if (!list) return;
  below(field, part.at, std::min(list->next, part.end) - part.at, [&] {
    if (part.is_bare && part.size() == 0) in.append(" [0 length]");
    sequence_items(type, *list, part.end);
  });
}

void Walk::list_items(const Item& element, const Header& list, size_t limit) {
  size_t at = list.body_at;
  while (ok() && !is_end(list, at)) {
    const Header found = header(at, limit);
    if (!ok()) return;
    if (element.ident.kind == Class::any || element.ident == found.ident) {
      read(element, found, limit);
    } else {
      wrong_field(element, found, "SEQUENCE OF");
    }
    at = found.next;
  }
  check_end(list, at, limit, "SEQUENCE OF");
}

void Walk::sequence_of(const Type& type, const Field* field, Part part) {
  const std::optional<Header> list = this->list(part);
  if (!list) return;
  size_t count = 0;
  for (size_t at = list->body_at; ok() && !is_end(*list, at); ++count) at = header(at, part.end).next;
  if (!ok()) return;
  if (field == nullptr) return list_items(*type.items, *list, part.end);
  in.add(*field, count, list->body_at, list->body_end - list->body_at);
  in.append(count == 1 ? " item" : " items");
  const auto line = in.below();
  list_items(*type.items, *list, part.end);
}

const Item* Walk::choice(const Type& type, const Field* field, Part part) {
  const Header found = header(part.at, part.end);
  if (!ok()) return nullptr;
  const Item* chosen = nullptr;
  for (size_t i = 0; i < type.item_count && chosen == nullptr; ++i)
    if (takes(type.items[i], found.ident)) chosen = &type.items[i];
  if (chosen == nullptr) return nullptr;
  if (field == nullptr) {
    read(*chosen, found, part.end);
    return chosen;
  }
  const int32_t value = chosen->value >= 0 ? chosen->value : static_cast<int32_t>(found.ident.number);
  const bool is_whole = chosen->how == Item::own || found.ident.kind == Class::universal;
  const size_t at = is_whole ? found.at : found.body_at;
  in.add(*field, static_cast<uint64_t>(value), at, found.next - at);
  const auto line = in.below();
  read(*chosen, found, part.end);
  return chosen;
}

// ---- what nobody knows ----

void Walk::unknown_primitive(const Header& found) {
  const size_t at = found.body_at, size = found.body_end - found.body_at;
  const Part body{at, found.body_end, true};
  if (found.ident.kind != Class::universal) {
    in.add_bytes(f.primitive, at, size);
    std::string digits;
    const Bytes raw = bytes(body);
    for (size_t i = 0; i < raw.size(); ++i) append_hex(digits, raw.u8(i), 2);
    return in.replace('[', kClasses[static_cast<size_t>(found.ident.kind)], ' ', found.ident.number, "] ", digits);
  }
  switch (found.ident.number) {
    case kBoolean: in.add(f.boolean, in.all().u8(at), at, size); break;
    case kInteger: number(&f.integer, body); break;
    case kBitString: bit_string({}, &f.bit_string, body); break;
    case kNull: in.add_bytes(f.null_tag, at, size); break;
    case kObjectId: object_id(&f.object_id, body); break;
    case 10: number(&f.enumerated, body); break;
    case kUtf8String: octets(&f.utf8, body); break;
    case kNumericString: octets(&f.numeric, body); break;
    case kPrintableString: octets(&f.printable, body); break;
    case kTeletexString: octets(&f.teletex, body); break;
    case kIa5String: octets(&f.ia5, body); break;
    case kUtcTime: octets(&f.utc_time, body); break;
    case kGeneralizedTime: octets(&f.generalized_time, body); break;
    case kVisibleString: octets(&f.visible, body); break;
    case 27: octets(&f.general, body); break;
    default: octets(&f.octet_string, body); break;
  }
}

void Walk::unknown(size_t at, size_t limit) {
  const Header found = header(at, limit);
  if (!ok() || in.tree() == nullptr) return;
  if (found.next > limit || found.next > in.all().size())
    return error(f.bad_length, at + 1, 1, "BER Error: length ", found.body_end - found.body_at,
                 " longer than tvb_reported_length_remaining: ", limit - std::min(limit, found.body_at));
  if (!found.is_constructed) return unknown_primitive(found);
  std::string name;
  if (found.ident.kind == Class::universal) {
    name = universal_name(found.ident.number);
  } else {
    append(name, '[', kClasses[static_cast<size_t>(found.ident.kind)], ' ', found.ident.number, ']');
  }
  const auto line = in.group_line(found.body_at, found.next - found.body_at, name);
  if (++depth_ < kMostDepth)
    for (size_t next = found.body_at; ok() && next < found.body_end;) {
      unknown(next, found.body_end);
      next = header(next, found.body_end).next;
    }
  --depth_;
}

}  // namespace ber
}  // namespace tracedrop::dissect
