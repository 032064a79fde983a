// BER read by tables (ITU-T X.690): what a protocol's module in ASN.1 says stands in constants, one `Type` a type and
// one `Item` a component, and a Walk goes through a message by them, reports each component as Wireshark names it, and
// says what does not fit ("BER Error: Wrong field in SEQUENCE: …").
//
//   //  Message ::= SEQUENCE { version INTEGER, community OCTET STRING, data PDUs }
//   constexpr Item kMessageItems[] = {{universal(kInteger), &f.version, &number},
//                                     {universal(kOctetString), &f.community, &octets},
//                                     {any, &f.data, &kPdus}};
//   constexpr Type kMessage = sequence(kMessageItems);
//
// What a message tells beyond its tree (Info, who answers whom) its protocol picks up by types of its own: functions
// that call the Walk's and look at what they return.
#pragma once

#include <optional>

#include "dissect/ber.h"

namespace tracedrop::dissect::ber {

enum class Class : uint8_t { universal, application, context, private_use, any };

/// What stands before an element and tells what it is.
struct Ident {
  Class kind = Class::any;
  uint32_t number = 0;
  bool operator==(const Ident& other) const { return kind == other.kind && number == other.number; }
};
/// Of one of the tags in ber.h.
constexpr Ident universal(uint8_t tag) { return {Class::universal, static_cast<uint32_t>(tag & 0x1F)}; }
constexpr Ident in_application(uint32_t number) { return {Class::application, number}; }
constexpr Ident in_context(uint32_t number) { return {Class::context, number}; }
/// A CHOICE or an ANY without a tag of its own.
constexpr Ident any{};

struct Header {
  Ident ident;
  bool is_constructed = false;
  bool is_indefinite = false;
  size_t at = 0;        ///< of the tag
  size_t body_at = 0;   ///< of the contents
  size_t body_end = 0;  ///< which may lie beyond what there is
  size_t next = 0;      ///< of what follows
};

/// Reads headers alone, of bytes that may not all be here: where a message begins, and how long it is.
class Headers {
 public:
  explicit Headers(Bytes all) : all_(all) {}

  /// The tag and length at `at`, which lie before `limit`.
  Header read(size_t at, size_t limit, int depth = 0);
  bool ok() const { return missing_ == 0; }
  /// When it is not: as far as bytes were needed; SIZE_MAX when no more bytes make a header of it.
  size_t missing() const { return missing_; }

 private:
  static constexpr int kMostIndefinite = 8;

  uint8_t byte(size_t& at, size_t limit);
  void read_length(Header& header, size_t limit, int depth);
  size_t find_end(size_t at, size_t limit, int depth);

  Bytes all_;
  size_t missing_ = 0;
};

/// Where something is read: an element, or its contents alone (bare), whose tag was read or is implied.
struct Part {
  size_t at = 0, end = 0;
  bool is_bare = false;
  size_t size() const { return end - std::min(at, end); }
};

class Walk;
struct Item;

struct Type {
  using Read = void (*)(Walk& walk, const Type& type, const Field* field, Part part);
  Read read = nullptr;
  const Item* items = nullptr;  ///< components, alternatives; of a list its element
  size_t item_count = 0;
  std::span<const Field> bits{};  ///< of a bit string, the first bit first
};

struct Item {
  /// `own`: an alternative whose type has the tag, so that its CHOICE's line stands for the tag, too.
  enum How : uint8_t { required, optional, implicit, implicit_optional, own };

  Ident
      ident;  ///< its tag; explicit unless `how` says that it is implicit (or is universal: then it is the type's own)
  const Field* field = nullptr;  ///< its line; none for what shows its parts alone
  const Type* type = nullptr;
  How how = required;
  int32_t value = -1;  ///< of an alternative, what its CHOICE's line says; -1: the tag's number

  bool is_optional() const { return how == optional || how == implicit_optional; }
  bool is_implicit() const { return how == implicit || how == implicit_optional || how == own; }
};

class Walk {
 public:
  /// `user` is what the protocol's own types work with.
  Walk(Layer& layer, void* user) : in(layer), user_(user) {}

  Layer& in;
  template <typename User>
  User& user() const {
    return *static_cast<User*>(user_);
  }
  bool ok() const { return in.ok(); }

  /// The tag and length at `at`, which lie before `limit`.
  Header header(size_t at, size_t limit);
  /// The contents of a primitive element, all of which are here; what is missing ends the walk.
  Part contents(Part part);
  Bytes bytes(Part contents) const { return in.all().sub(contents.at, contents.size()); }

  void read(const Type& type, const Field* field, Part part);
  /// One component, whose header was read, of what ends at `limit`.
  void read(const Item& item, const Header& found, size_t limit);

  // What the types below do; without a field they report nothing, and return the value all the same.
  int64_t number(const Field* field, Part part);
  bool boolean(const Field* field, Part part);
  Bytes octets(const Field* field, Part part);
  /// Octets that are text in ASCII: any other is no character.
  Bytes ascii(const Field* field, Part part);
  Bytes object_id(const Field* field, Part part);
  void null(const Field* field, Part part);
  void bit_string(const Type& type, const Field* field, Part part);
  void time(const Field* field, Part part);
  void sequence(const Type& type, const Field* field, Part part);
  void sequence_of(const Type& type, const Field* field, Part part);
  /// The alternative that was there; null when it is none of them.
  const Item* choice(const Type& type, const Field* field, Part part);
  /// A line of text, which ends before the first zero in it.
  void show_text(const Field& field, const Part& body, std::string_view text);
  /// An element of which nothing is known, by its tags alone.
  void unknown(size_t at, size_t limit);

  /// A line that says what is wrong, with Wireshark's expert below it.
  template <typename... Parts>
  void error(const Field& expert, size_t at, size_t size, const Parts&... parts) {
    if (in.tree() == nullptr) return;
    std::string text;
    dissect::append(text, parts...);
    in.line(at, size, text);
    in.expert(expert, Severity::warning, ExpertGroup::malformed, text);
  }
  /// What is read in `body` stands below a line of `field`, if there is one.
  template <typename Body>
  void below(const Field* field, size_t at, size_t size, const Body& body) {
    if (field == nullptr) return body();
    const auto line = in.group(*field, at, size);
    body();
  }
  /// Bytes up to `end` are needed: false, and the end of the walk, when they do not lie before `limit`, or are not
  /// here.
  bool need(size_t end, size_t limit);

 private:
  static constexpr int kMostDepth = 64;

  bool is_end(const Header& list, size_t at) const;
  /// The list that `part` is, or holds; nothing when it is something else.
  std::optional<Header> list(Part part);
  void sequence_items(const Type& type, const Header& list, size_t limit);
  void list_items(const Item& element, const Header& list, size_t limit);
  void check_end(const Header& list, size_t at, size_t limit, std::string_view kind);
  void wrong_field(const Item& expected, const Header& found, std::string_view kind);
  void unknown_primitive(const Header& found);

  void* user_;
  int depth_ = 0;
};

/// Whether an element so tagged may be this one.
bool takes(const Item& item, Ident ident);

inline constexpr Type number{[](Walk& walk, const Type&, const Field* field, Part part) { walk.number(field, part); }};
inline constexpr Type truth{[](Walk& walk, const Type&, const Field* field, Part part) { walk.boolean(field, part); }};
inline constexpr Type octets{[](Walk& walk, const Type&, const Field* field, Part part) { walk.octets(field, part); }};
inline constexpr Type ascii{[](Walk& walk, const Type&, const Field* field, Part part) { walk.ascii(field, part); }};
inline constexpr Type object_id_type{
    [](Walk& walk, const Type&, const Field* field, Part part) { walk.object_id(field, part); }};
inline constexpr Type nothing{[](Walk& walk, const Type&, const Field* field, Part part) { walk.null(field, part); }};
inline constexpr Type time_type{[](Walk& walk, const Type&, const Field* field, Part part) { walk.time(field, part); }};

inline void read_choice(Walk& walk, const Type& type, const Field* field, Part part) { walk.choice(type, field, part); }

template <size_t kCount>
constexpr Type sequence(const Item (&items)[kCount]) {
  return {[](Walk& walk, const Type& type, const Field* field, Part part) { walk.sequence(type, field, part); }, items,
          kCount};
}
constexpr Type list_of(const Item& element) {
  return {[](Walk& walk, const Type& type, const Field* field, Part part) { walk.sequence_of(type, field, part); },
          &element, 1};
}
template <size_t kCount>
constexpr Type choice_of(const Item (&items)[kCount]) {
  return {read_choice, items, kCount};
}
constexpr Type bit_string(std::span<const Field> names) {
  return {[](Walk& walk, const Type& type, const Field* field, Part part) { walk.bit_string(type, field, part); },
          nullptr, 0, names};
}

}  // namespace tracedrop::dissect::ber
