// What is searched for, RFC 4511, section 4.5.1.7:
//
//   Filter ::= CHOICE { and [0] SET OF Filter, or [1] SET OF Filter, not [2] EXPLICIT Filter, equalityMatch [3],
//                       substrings [4] SEQUENCE { type, SEQUENCE OF CHOICE { initial [0], any [1], final [2] } },
//                       greaterOrEqual [5], lessOrEqual [6], present [7], approxMatch [8], extensibleMatch [9] }
//
// Trees show a filter twice: as lines, and as text, in which what is joined is joined once more with each part.
#include <utility>

#include "protocols/application/ldap/ldap.h"

namespace tracedrop::dissect::ldap {

namespace {

using ber::any;
using ber::in_context;
using ber::Item;
using ber::Part;
using ber::Type;
using ber::universal;
using ber::Walk;

/// No line shows more of it.
constexpr size_t kMostText = 512;

void set_text(Walk& walk, std::string text) {
  if (text.size() > kMostText) text.resize(kMostText);
  message_of(walk).filter = std::move(text);
}

void append_shown(Walk& walk, Layer::Branch& line) {
  if (walk.in.tree() == nullptr) return;
  std::string shown;
  append_printable(shown, message_of(walk).filter);
  line.append(shown);
}

/// A comparison's parts, until both are known.
std::string read_description(Walk& walk, const Field* field, Part part) {
  return std::string(walk.octets(field, part).text());
}

void read_attribute(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).filter = read_description(walk, field, part);
}
void read_value(Walk& walk, const Type& type, const Field* field, Part part) {
  Message& message = message_of(walk);
  message.attribute = message.filter;
  read_assertion_value(walk, type, field, part);
}
constexpr Type kAttribute{read_attribute}, kValue{read_value};
constexpr Item kAssertionItems[] = {{universal(ber::kOctetString), &f.assertion_attribute, &kAttribute},
                                    {universal(ber::kOctetString), &f.assertion_value, &kValue}};

/// `kRelation` stands between the two.
template <char kRelation>
void read_comparison(Walk& walk, const Type&, const Field* field, Part part) {
  walk.read(kAssertion, field, part);
  Message& message = message_of(walk);
  std::string text = "(" + message.attribute;
  if (kRelation != '=') text += kRelation;
  set_text(walk, text.append("=").append(message.filter).append(")"));
}
constexpr Type kEqual{read_comparison<'='>}, kGreater{read_comparison<'>'>}, kLess{read_comparison<'<'>},
    kSimilar{read_comparison<'~'>};

void read_present(Walk& walk, const Type&, const Field* field, Part part) {
  const std::string name(walk.octets(field, part).text());
  set_text(walk, "(" + name + "=*)");
}
constexpr Type kPresent{read_present};

// ---- parts of a text ----

void read_initial(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).filter.append(walk.octets(field, part).text());
}
void read_middle(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).filter.append("*").append(walk.octets(field, part).text());
}
void read_final(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  message.filter.append("*").append(walk.octets(field, part).text());
  message.attribute = "final";
}
constexpr Type kInitial{read_initial}, kMiddle{read_middle}, kFinal{read_final};
constexpr Item kSubstringChoices[] = {{in_context(0), &f.initial, &kInitial, Item::implicit},
                                      {in_context(1), &f.middle, &kMiddle, Item::implicit},
                                      {in_context(2), &f.final_part, &kFinal, Item::implicit}};
constexpr Type kSubstringChoice = ber::choice_of(kSubstringChoices);
constexpr Item kSubstringItem{any, &f.substring, &kSubstringChoice};
constexpr Type kSubstringList = ber::list_of(kSubstringItem);

void read_substring_type(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  message.filter = "(" + read_description(walk, field, part) + "=";
  message.attribute.clear();
}
constexpr Type kSubstringType{read_substring_type};
constexpr Item kSubstringItems[] = {{universal(ber::kOctetString), &f.type, &kSubstringType},
                                    {universal(ber::kSequence), &f.substring_list, &kSubstringList}};
constexpr Type kSubstringBody = ber::sequence(kSubstringItems);

void read_substrings(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  auto text = in.group_line(part.at, part.size(), "substring: ");
  const uint32_t before = in.tree() == nullptr ? 0 : in.tree()->last();
  walk.read(kSubstringBody, field, part);
  Message& message = message_of(walk);
  if (message.attribute != "final") message.filter += "*";
  set_text(walk, message.filter + ")");
  if (in.tree() == nullptr) return;
  append_shown(walk, text);
  const std::string_view type = std::string_view(message.filter).substr(1, message.filter.find('=') - 1);
  if (in.tree()->lines().size() > before + 1) in.tree()->append(before + 1, ' ', type);
}
constexpr Type kSubstrings{read_substrings};

// ---- a rule of one's own ----

void read_rule(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).identifier = read_description(walk, field, part);
}
void read_rule_type(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).attribute = read_description(walk, field, part);
}
void read_rule_value(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).filter = read_description(walk, field, part);
}
void read_with_names(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).matches_names = walk.boolean(field, part);
}
constexpr Type kRule{read_rule}, kRuleType{read_rule_type}, kRuleValue{read_rule_value}, kWithNames{read_with_names};
constexpr Item kExtensibleItems[] = {{in_context(1), &f.matching_rule, &kRule, Item::implicit_optional},
                                     {in_context(2), &f.type, &kRuleType, Item::implicit_optional},
                                     {in_context(3), &f.match_value, &kRuleValue, Item::implicit},
                                     {in_context(4), &f.dn_attributes, &kWithNames, Item::implicit_optional}};
constexpr Type kExtensibleBody = ber::sequence(kExtensibleItems);

void read_extensible(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  Message& message = message_of(walk);
  message.identifier.clear();
  message.attribute.clear();
  message.filter.clear();
  message.matches_names = false;
  const size_t line = in.tree() == nullptr ? 0 : in.tree()->lines().size();
  walk.read(kExtensibleBody, field, part);
  std::string text = "(" + message.attribute;
  if (message.matches_names) text += ":dn";
  if (!message.identifier.empty()) text.append(":").append(message.identifier);
  if (in.tree() != nullptr && !message.attribute.empty() && in.tree()->lines().size() > line)
    in.tree()->append(static_cast<uint32_t>(line), ' ', message.attribute);
  set_text(walk, text.append(":=").append(message.filter).append(")"));
}
constexpr Type kExtensible{read_extensible};

// ---- filters of filters ----

/// A line of text that says what stands below it.
void read_part(Walk& walk, const Type&, const Field* field, Part part);
constexpr Type kPart{read_part};
constexpr Item kAndItem{any, &f.and_item, &kPart}, kOrItem{any, &f.or_item, &kPart};
constexpr Type kAndList = ber::list_of(kAndItem), kOrList = ber::list_of(kOrItem);

template <char kSign>
void read_joined(Walk& walk, const Type&, const Field* field, Part part) {
  auto line = walk.in.group_line(part.at, part.size(), kSign == '&' ? "and: " : "or: ");
  Message& message = message_of(walk);
  Joined joined;
  Joined* const outer = std::exchange(message.joined, &joined);
  walk.read(kSign == '&' ? kAndList : kOrList, field, part);
  message.joined = outer;
  std::string text;
  for (size_t i = 0; i < std::min(joined.count, kMostText); ++i) text.append("(").push_back(kSign);
  set_text(walk, text + joined.text);
  append_shown(walk, line);
}
constexpr Type kAnd{read_joined<'&'>}, kOr{read_joined<'|'>};

void read_not(Walk& walk, const Type&, const Field* field, Part part) {
  read_filter(walk, {}, field, part);
  set_text(walk, "(!" + message_of(walk).filter + ")");
}
constexpr Type kNot{read_not};

constexpr Item kFilterChoices[] = {{in_context(0), &f.filter_and, &kAnd, Item::implicit},
                                   {in_context(1), &f.filter_or, &kOr, Item::implicit},
                                   {in_context(2), &f.filter_not, &kNot},
                                   {in_context(3), &f.equality, &kEqual, Item::implicit},
                                   {in_context(4), &f.substrings, &kSubstrings, Item::implicit},
                                   {in_context(5), &f.greater, &kGreater, Item::implicit},
                                   {in_context(6), &f.less, &kLess, Item::implicit},
                                   {in_context(7), &f.present, &kPresent, Item::implicit},
                                   {in_context(8), &f.approximate, &kSimilar, Item::implicit},
                                   {in_context(9), &f.extensible, &kExtensible, Item::implicit}};
constexpr Type kFilterChoice = ber::choice_of(kFilterChoices);

void read_part(Walk& walk, const Type&, const Field* field, Part part) {
  Joined& joined = *message_of(walk).joined;
  read_filter(walk, {}, field, part);
  ++joined.count;
  if (joined.text.size() < kMostText) joined.text.append(message_of(walk).filter).append(")");
}

/// Filters within each other; what is deeper is not looked at.
constexpr int kMostFilters = 16;

}  // namespace

const Type kAssertion = ber::sequence(kAssertionItems);
const Type kFilter{read_filter};

void read_filter(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  message.filter.clear();
  auto line = walk.in.group_line(part.at, part.size(), "Filter: ");
  if (message.filter_depth >= kMostFilters) return;
  ++message.filter_depth;
  walk.choice(kFilterChoice, field, part);
  --message.filter_depth;
  append_shown(walk, line);
}

}  // namespace tracedrop::dissect::ldap
