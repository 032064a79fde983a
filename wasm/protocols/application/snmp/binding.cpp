// A variable and its value, RFC 3416, section 3: INTEGER, OCTET STRING, NULL, OBJECT IDENTIFIER, and those of RFC 2578
// (IpAddress, Counter32, Gauge32, TimeTicks, Opaque, NSAP, Counter64, Unsigned32: application tags 0 to 7); context
// tags 0 to 2 say that there is none.
#include "protocols/application/snmp/snmp.h"

namespace tracedrop::dissect::snmp {

namespace {

using ber::Class;

enum Application : uint32_t { kAddress, kCounter, kGauge, kTicks, kOpaque, kNsap, kCounter64, kUnsigned };

/// What stands in the way of a value, with the elements that are there instead.
void refuse(ber::Walk& walk, const ber::Header& found, size_t size, size_t limit, std::string_view text,
            const Field& expert) {
  Layer& in = walk.in;
  in.line(found.at, size, text);
  in.expert(expert, Severity::warning, ExpertGroup::malformed, expert.title);
  const auto below = in.below();
  walk.unknown(found.at, limit);
}

/// One value as it is shown: the line's text behind its title, which stands in the binding's line, too.
class Value {
 public:
  Value(ber::Walk& walk, ber::Header& header, size_t limit)
      : walk_(walk),
        in_(walk.in),
        header_(header),
        limit_(limit),
        size_(header.body_end - header.body_at),
        raw_(walk.in.all().sub(header.body_at, size_)) {}

  /// Reports it; false when it is none of those that there are.
  bool read();
  const std::string& text() const { return text_; }

 private:
  bool read_universal();
  bool read_application();
  bool read_exception();
  void number(const Field& field, bool has_sign, std::string_view title = {});
  void octets(const Field& field);
  void quoted(const Field& field);
  void plain(const Field& field, std::string_view text);
  void not_a_number(const Field& why, std::string_view text);
  void check_length(size_t least, size_t most);

  ber::Walk& walk_;
  Layer& in_;
  ber::Header& header_;
  const size_t limit_;
  size_t size_;
  Bytes raw_;
  std::string text_;
};

void Value::plain(const Field& field, std::string_view text) {
  text_ = text;
  in_.add_bytes(field, header_.body_at, size_);
}

void Value::octets(const Field& field) {
  if (in_.tree() == nullptr) return;
  for (size_t i = 0; i < raw_.size(); ++i) append_hex(text_, raw_.u8(i), 2);
  if (raw_.empty()) text_ = "<MISSING>";
  in_.add_bytes(field, header_.body_at, size_);
}

void Value::quoted(const Field& field) {
  octets(field);
  const std::string_view chars = raw_.text();
  const bool is_text = std::all_of(chars.begin(), chars.end(), [](char one) { return one >= ' ' && one <= '~'; });
  if (!is_text || chars.empty() || in_.tree() == nullptr) return;
  text_.assign("\"").append(chars).append("\"");
  in_.replace_value(text_);
}

void Value::not_a_number(const Field& why, std::string_view text) {
  in_.line(header_.body_at, size_, text);
  in_.expert(why, Severity::note, ExpertGroup::undecoded, text);
}

void Value::number(const Field& field, bool has_sign, std::string_view title) {
  constexpr size_t kMost = 8;
  if (size_ == 0) return not_a_number(f.no_integer, "Integral value is zero-length");
  if (!has_sign && size_ == kMost + 1 && raw_.u8(0) == 0) {
    ++header_.body_at;
    raw_ = raw_.from(1);
    --size_;
  }
  if (size_ > kMost)
    return has_sign ? not_a_number(f.integer_too_large, "Integral value too large or too small")
                    : not_a_number(f.unsigned_too_large, "Integral value too large");
  uint64_t value = has_sign && (raw_.u8(0) & 0x80) != 0 ? UINT64_MAX : 0;
  for (size_t i = 0; i < raw_.size(); ++i) value = value << 8 | raw_.u8(i);
  if (has_sign) {
    append_number(text_, static_cast<int64_t>(value));
  } else {
    append_number(text_, value);
  }
  in_.add(field, value, header_.body_at, size_);
  if (!title.empty()) in_.replace(title, ": ", text_);
}

/// Below the last line.
void Value::check_length(size_t least, size_t most) {
  if (in_.tree() == nullptr || (least <= size_ && size_ <= most)) return;
  in_.expert(f.missing_mib, Severity::note, ExpertGroup::undecoded, f.missing_mib.title);
  const uint32_t about = in_.tree()->last();
  {
    const auto below = in_.below();
    in_.line(header_.body_at, 0, "Wrong value length: ", size_, "  expecting: ", least, " <= len <= ", most);
    in_.expert(f.wrong_length, Severity::warning, ExpertGroup::malformed, f.wrong_length.title);
    const auto wrong = in_.below();
    walk_.unknown(header_.at, limit_);
  }
  in_.tree()->set_last(about);
}

bool Value::read_universal() {
  constexpr size_t kMostInteger = 4, kMostObject = 16777215;
  switch (header_.ident.number) {
    case ber::kInteger:
      number(f.value_int, true);
      if (!text_.empty()) check_length(1, kMostInteger);
      return true;
    case ber::kOctetString: quoted(f.value_octets); return true;
    case ber::kNull:
      plain(f.value_null, f.value_null.title);
      check_length(0, 0);
      return true;
    case ber::kObjectId:
      if (in_.tree() == nullptr) return true;
      append(text_, ber::oid(raw_), " (", ber::oid_name(raw_), ')');
      in_.add_bytes(f.value_oid, header_.body_at, size_);
      in_.replace_value(text_);
      check_length(1, kMostObject);
      return true;
    default: octets(f.value_unknown); return true;
  }
}

bool Value::read_application() {
  switch (header_.ident.number) {
    case kAddress:
      if (size_ != 4 && size_ != 16) {
        octets(f.value_address);
        return true;
      }
      in_.add_bytes(size_ == 4 ? f.value_ipv4 : f.value_ipv6, header_.body_at, size_);
      append_address(text_, size_ == 4 ? Address::ipv4(raw_) : Address::ipv6(raw_));
      return true;
    case kCounter: number(f.value_counter, false); return true;
    case kGauge: number(f.value_gauge, true); return true;
    case kTicks: number(f.value_ticks, false); return true;
    case kOpaque: octets(f.value_opaque); return true;
    case kNsap: number(f.value_nsap, false); return true;
    case kCounter64: number(f.value_counter, false, "Value (Counter64)"); return true;
    case kUnsigned: number(f.value_unsigned, true); return true;
    default: octets(f.value_unknown); return true;
  }
}

bool Value::read_exception() {
  const Field* const fields[] = {&f.no_such_object, &f.no_such_instance, &f.end_of_view};
  const uint32_t number = header_.ident.number;
  if (number < std::size(fields)) {
    plain(*fields[number], fields[number]->title);
    in_.expert(f.exception, Severity::note, ExpertGroup::response_code, text_);
    return true;
  }
  std::string text;
  append(text, "Wrong tag for Error Value: expected 0, 1, or 2 but got: ", number);
  in_.line(header_.at, 0, text);
  in_.expert(f.wrong_tag, Severity::warning, ExpertGroup::malformed, f.wrong_tag.title);
  const auto below = in_.below();
  walk_.unknown(header_.at, limit_);
  return false;
}

bool Value::read() {
  switch (header_.ident.kind) {
    case Class::universal: return read_universal();
    case Class::application: return read_application();
    case Class::context: return read_exception();
    default: octets(f.value_unknown); return true;
  }
}

/// What two variables of RFC 1213, sysDescr and sysName, hold is text, whatever its type.
void show_text(ber::Walk& walk, Bytes name, const ber::Header& value) {
  Layer& in = walk.in;
  constexpr std::string_view kSystem("\x2B\x06\x01\x02\x01\x01", 6);
  if (in.tree() == nullptr || value.body_end == value.body_at || name.size() != kSystem.size() + 2) return;
  const uint8_t which = name.u8(kSystem.size());
  if (!name.starts_with(kSystem) || (which != 1 && which != 5) || name.u8(kSystem.size() + 1) != 0) return;
  const auto below = in.below();
  const ber::Part body{value.body_at, value.body_end, true};
  walk.show_text(f.value_text, body, walk.bytes(body).text());
}

/// Parts of an identifier have 32 bits.
bool is_valid(Bytes name) {
  uint64_t part = 0;
  for (const char byte : name.text()) {
    part = part << 7 | (static_cast<uint8_t>(byte) & 0x7F);
    if (part > UINT32_MAX) return false;
    if ((static_cast<uint8_t>(byte) & 0x80) == 0) part = 0;
  }
  return true;
}

bool read_name(ber::Walk& walk, const ber::Header& found, size_t limit) {
  if (!walk.need(found.next, limit)) return false;
  const Bytes name = walk.in.all().sub(found.body_at, found.body_end - found.body_at);
  walk.object_id(&f.name, {found.body_at, found.body_end, true});
  if (is_valid(name)) return true;
  walk.in.replace_value(" (*** Malformed OID ***)");
  const auto below = walk.in.below();
  walk.in.line(found.body_at, 0, "invalid oid: ");
  walk.in.expert(f.invalid_oid, Severity::warning, ExpertGroup::malformed, "invalid oid: ");
  walk.in.malformed();
  return false;
}

}  // namespace

void read_binding(ber::Walk& walk, const ber::Type&, const Field*, ber::Part part) {
  Layer& in = walk.in;
  const ber::Header whole = walk.header(part.at, part.end);
  if (!walk.ok()) return;
  if (whole.is_indefinite)
    return refuse(walk, whole, part.size(), part.end, "Indicator must be clear in VarBind", f.has_indicator);
  const size_t end = std::min(whole.body_end, part.end);
  std::optional<ber::Header> not_a_name;
  {
    auto line = in.group_line(whole.body_at, end - whole.body_at, "VarBind");
    const ber::Header name = walk.header(whole.body_at, end);
    if (!walk.ok()) return;
    if (!(name.ident == ber::universal(ber::kObjectId)) || name.is_constructed) {
      not_a_name = name;
    } else {
      if (!read_name(walk, name, end)) return;
      ber::Header value = walk.header(name.next, end);
      if (!walk.ok()) return;
      if (value.is_constructed)
        return refuse(walk, value, value.body_end - value.body_at, end, "the value must be in primitive encoding",
                      f.value_not_primitive);
      const bool is_null = value.ident == ber::universal(ber::kNull);
      if (!is_null && !walk.need(value.next, end)) return;
      Value shown(walk, value, end);
      if (!shown.read()) return;
      const Bytes name_bytes = in.all().sub(name.body_at, name.body_end - name.body_at);
      if (!shown.text().empty() && value.next <= end) show_text(walk, name_bytes, value);
      if (in.tree() == nullptr && in.context().info() == nullptr) return;
      const std::string label = ber::oid_label(name_bytes);
      in.context().append_info(' ', label);
      const std::string numbers = ber::oid(name_bytes);
      if (label == numbers) {
        line.replace(label, ": ", shown.text());
      } else {
        line.replace(label, " (", numbers, "): ", shown.text());
      }
    }
  }
  if (not_a_name)
    refuse(walk, whole, part.size(), part.end, "ObjectName must be an OID in primitive encoding", f.name_not_oid);
}

}  // namespace tracedrop::dissect::snmp
