#include "filter/parser.h"

#include <algorithm>

#include "filter/lexer.h"
#include "filter/ranges.h"

namespace tracedrop::filter {

namespace {

using Kind = Node::Kind;

/// More in one another, or more summands, nobody writes; whoever evaluates a tree goes that deep.
constexpr int kDeepest = 100;

struct Relation {
  Op op;
  Quantity quantity;
};

/// What a sign compares, and with how many of the values if nothing else is said.
std::optional<Relation> relation_of(Sign sign) {
  switch (sign) {
    case Sign::equal: return Relation{Op::equal, Quantity::any};
    case Sign::not_equal: return Relation{Op::not_equal, Quantity::all};
    case Sign::all_equal: return Relation{Op::equal, Quantity::all};
    case Sign::any_not_equal: return Relation{Op::not_equal, Quantity::any};
    case Sign::greater: return Relation{Op::greater, Quantity::any};
    case Sign::less: return Relation{Op::less, Quantity::any};
    case Sign::greater_equal: return Relation{Op::greater_equal, Quantity::any};
    case Sign::less_equal: return Relation{Op::less_equal, Quantity::any};
    default: return std::nullopt;
  }
}

class Parser {
 public:
  Parser(std::vector<Token> tokens, Problem& problem, std::vector<Problem>& warnings)
      : tokens_(std::move(tokens)), problem_(problem), warnings_(warnings) {}

  NodeRef parse() {
    if (now().sign == Sign::end) return fail(now().place, "the filter is empty");
    const NodeRef whole = disjunction();
    if (whole == nullptr) return nullptr;
    return now().sign == Sign::end ? whole : unexpected();
  }

 private:
  const Token& now() const { return tokens_[at_]; }
  const Token& ahead() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  bool is(Sign sign) const { return now().sign == sign; }
  bool take(Sign sign) {
    if (!is(sign)) return false;
    ++at_;
    return true;
  }
  Place from(Place begin) const { return {begin.begin, at_ == 0 ? begin.end : tokens_[at_ - 1].place.end}; }

  NodeRef fail(Place place, std::string text) {
    if (!has_failed_) problem_ = {place, std::move(text)};
    has_failed_ = true;
    return nullptr;
  }
  NodeRef unexpected();
  bool enter(Place place) {
    if (++depth_ <= kDeepest) return true;
    fail(place, "the filter is nested too deeply");
    return false;
  }
  static NodeRef make(Node node) { return std::make_shared<const Node>(std::move(node)); }

  // ---- logic: or, xor, and, not, from the weakest to the strongest ----

  using Part = NodeRef (Parser::*)();
  /// One part, or several with the operator between them.
  NodeRef joined(Sign sign, Kind kind, Part part) {
    const Place begin = now().place;
    std::vector<NodeRef> parts{(this->*part)()};
    while (parts.back() != nullptr && take(sign)) parts.push_back((this->*part)());
    if (parts.back() == nullptr) return nullptr;
    if (parts.size() == 1) return parts[0];
    return make({kind, from(begin), {}, Op::none, Quantity::any, std::move(parts)});
  }
  NodeRef disjunction() {
    const NodeRef node = joined(Sign::logic_or, Kind::logic_or, &Parser::exclusion);
    if (node != nullptr && node->kind == Kind::logic_or) warn_of_mixture(*node);
    return node;
  }
  NodeRef exclusion() { return joined(Sign::logic_xor, Kind::logic_xor, &Parser::conjunction); }
  NodeRef conjunction() { return joined(Sign::logic_and, Kind::logic_and, &Parser::negation); }
  NodeRef negation() {
    const Place begin = now().place;
    if (!take(Sign::logic_not)) return primary();
    if (!enter(begin)) return nullptr;
    NodeRef part = negation();
    --depth_;
    if (part == nullptr) return nullptr;
    return make({Kind::logic_not, from(begin), {}, Op::none, Quantity::any, {std::move(part)}});
  }
  NodeRef primary() {
    const Place begin = now().place;
    if (!take(Sign::open_paren)) return relation();
    if (!enter(begin)) return nullptr;
    const NodeRef inner = disjunction();
    --depth_;
    if (inner == nullptr) return nullptr;
    if (!take(Sign::close_paren)) {
      if (is(Sign::end)) return fail(begin, "this parenthesis is not closed");
      return unexpected();
    }
    const bool goes_on = relation_of(now().sign) || is(Sign::bit_and) || is(Sign::in) || is(Sign::contains);
    if (goes_on) return fail(from(begin), "parentheses group tests; numbers are grouped by braces: {tcp.len + 1} == 5");
    grouped_.push_back(inner.get());
    return inner;
  }
  void warn_of_mixture(const Node& node) {
    for (const NodeRef& part : node.parts)
      if (part->kind == Kind::logic_and && std::find(grouped_.begin(), grouped_.end(), part.get()) == grouped_.end())
        warnings_.push_back({part->place, "\"and\" binds more strongly than \"or\"; parentheses around this say so"});
  }

  // ---- tests ----

  NodeRef relation();
  NodeRef compared(NodeRef left, std::optional<Quantity> quantity, Place begin);
  NodeRef searched(NodeRef left, Kind kind, Quantity quantity, Place begin);
  NodeRef membership(NodeRef left, Quantity quantity, Place begin);

  // ---- operands ----

  NodeRef operand() { return operations({{Sign::bit_and, Op::bit_and}}, &Parser::sum); }
  NodeRef sum() { return operations({{Sign::plus, Op::add}, {Sign::minus, Op::subtract}}, &Parser::product); }
  NodeRef product() {
    return operations({{Sign::star, Op::multiply}, {Sign::slash, Op::divide}, {Sign::percent, Op::modulo}},
                      &Parser::signed_operand);
  }
  struct Operator {
    Sign sign;
    Op op;
  };
  NodeRef operations(std::initializer_list<Operator> operators, Part part);
  NodeRef signed_operand();
  NodeRef sliced();
  NodeRef atom();
  NodeRef word();
  NodeRef call(const Token& name);
  NodeRef braced();
  bool layers(std::vector<Range>& out);

  std::vector<Token> tokens_;
  Problem& problem_;
  std::vector<Problem>& warnings_;
  size_t at_ = 0;
  int depth_ = 0;
  bool has_failed_ = false;
  std::vector<const Node*> grouped_;  // stand in parentheses
};

NodeRef Parser::unexpected() {
  const Token& token = now();
  if (token.sign == Sign::end) return fail(token.place, "the filter ends too early: something must follow");
  const std::string lower = [&] {
    std::string text = token.text;
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
  }();
  if (lower != token.text)
    for (const char* name :
         {"and", "or", "not", "xor", "eq", "ne", "gt", "lt", "ge", "le", "contains", "matches", "in"})
      if (lower == name) return fail(token.place, "operators are written in small letters: " + lower);
  const bool is_value = token.sign == Sign::word || token.sign == Sign::text || token.sign == Sign::character;
  if (is_value)
    return fail(token.place, "an operator is missing before this: == for a comparison, && between two tests");
  if (token.sign == Sign::close_paren) return fail(token.place, "nothing opened this parenthesis");
  return fail(token.place, "'" + (token.text.empty() ? std::string("[") : token.text) + "' was not expected here");
}

NodeRef Parser::relation() {
  const Place begin = now().place;
  std::optional<Quantity> quantity;
  if (is(Sign::any) || is(Sign::all)) quantity = take(Sign::any) ? Quantity::any : (take(Sign::all), Quantity::all);
  NodeRef left = operand();
  if (left == nullptr) return nullptr;
  if (relation_of(now().sign)) return compared(std::move(left), quantity, begin);
  const Quantity some = quantity.value_or(Quantity::any);
  if (take(Sign::contains)) return searched(std::move(left), Kind::contains, some, begin);
  if (take(Sign::matches)) return searched(std::move(left), Kind::matches, some, begin);
  if (take(Sign::in)) return membership(std::move(left), some, begin);
  if (is(Sign::logic_not) && ahead().sign == Sign::in) {
    at_ += 2;
    NodeRef member = membership(std::move(left), some, begin);
    if (member == nullptr) return nullptr;
    return make({Kind::logic_not, from(begin), {}, Op::none, Quantity::any, {std::move(member)}});
  }
  if (quantity) return is(Sign::end) ? unexpected() : fail(now().place, "any and all stand before a comparison");
  return make({Kind::truth, from(begin), {}, Op::none, Quantity::any, {std::move(left)}});
}

/// "1 < tcp.len < 100" is both comparisons.
NodeRef Parser::compared(NodeRef left, std::optional<Quantity> quantity, Place begin) {
  std::vector<NodeRef> all;
  while (const auto found = relation_of(now().sign)) {
    ++at_;
    NodeRef right = operand();
    if (right == nullptr) return nullptr;
    all.push_back(make({Kind::comparison,
                        {left->place.begin, right->place.end},
                        {},
                        found->op,
                        quantity.value_or(found->quantity),
                        {left, right}}));
    left = right;
  }
  if (all.size() == 1) return all[0];
  return make({Kind::logic_and, from(begin), {}, Op::none, Quantity::any, std::move(all)});
}

NodeRef Parser::searched(NodeRef left, Kind kind, Quantity quantity, Place begin) {
  NodeRef right = operand();
  if (right == nullptr) return nullptr;
  return make({kind, from(begin), {}, Op::none, quantity, {std::move(left), std::move(right)}});
}

NodeRef Parser::membership(NodeRef left, Quantity quantity, Place begin) {
  const Place open = now().place;
  if (!take(Sign::open_brace))
    return is(Sign::end) ? unexpected() : fail(open, "a set is expected here, in braces: {80, 443, 8000..9000}");
  std::vector<NodeRef> parts{std::move(left)};
  do {
    NodeRef first = operand();
    if (first == nullptr) return nullptr;
    NodeRef last;
    if (take(Sign::dots) && (last = operand()) == nullptr) return nullptr;
    parts.push_back(std::move(first));
    parts.push_back(std::move(last));
  } while (take(Sign::comma));
  if (!take(Sign::close_brace)) {
    if (is(Sign::end)) return fail(open, "this brace is not closed");
    return is(Sign::word) ? fail(now().place, "the members of a set are separated by commas") : unexpected();
  }
  return make({Kind::membership, from(begin), {}, Op::none, quantity, std::move(parts)});
}

NodeRef Parser::operations(std::initializer_list<Operator> operators, Part part) {
  const Place begin = now().place;
  NodeRef left = (this->*part)();
  for (int count = 0; left != nullptr; ++count) {
    const auto found =
        std::find_if(operators.begin(), operators.end(), [&](const Operator& each) { return is(each.sign); });
    if (found == operators.end()) break;
    if (count == kDeepest) return fail(now().place, "this is calculated of too many parts");
    ++at_;
    NodeRef right = (this->*part)();
    if (right == nullptr) return nullptr;
    left = make({Kind::operation, from(begin), {}, found->op, Quantity::any, {std::move(left), std::move(right)}});
  }
  return left;
}

NodeRef Parser::signed_operand() {
  const Place begin = now().place;
  const bool is_negative = is(Sign::minus);
  if (!is_negative && !is(Sign::plus)) return sliced();
  ++at_;
  if (!enter(begin)) return nullptr;
  NodeRef part = signed_operand();
  --depth_;
  if (part == nullptr || !is_negative) return part;
  return make({Kind::negative, from(begin), {}, Op::none, Quantity::any, {std::move(part)}});
}

NodeRef Parser::sliced() {
  const Place begin = now().place;
  NodeRef node = atom();
  for (int count = 0; node != nullptr && is(Sign::brackets); ++count) {
    if (count == kDeepest) return fail(now().place, "this is cut too often");
    const Token& token = now();
    auto ranges = read_ranges(token.text, token.place.begin + 1, problem_);
    if (!ranges) {
      has_failed_ = true;
      return nullptr;
    }
    ++at_;
    node = make({Kind::slice, from(begin), {}, Op::none, Quantity::any, {std::move(node)}, std::move(*ranges)});
  }
  return node;
}

NodeRef Parser::atom() {
  const Token token = now();
  switch (token.sign) {
    case Sign::text:
    case Sign::character:
      ++at_;
      return make({token.sign == Sign::text ? Kind::text : Kind::character, token.place, token.text});
    case Sign::at:
    case Sign::word: return word();
    case Sign::open_brace: return braced();
    case Sign::open_paren: return fail(token.place, "parentheses group tests; numbers are grouped by braces: {1 + 2}");
    case Sign::dollar:
      return fail(token.place, "$ stands for a value of the selected packet, and no packet is selected here");
    case Sign::any:
    case Sign::all: return fail(token.place, "any and all stand before a comparison: any tcp.port > 1023");
    case Sign::close_brace:
    case Sign::comma: return fail(token.place, "a value is missing here");
    default: return unexpected();
  }
}

NodeRef Parser::braced() {
  const Place begin = now().place;
  ++at_;
  if (!enter(begin)) return nullptr;
  NodeRef inner = operand();
  --depth_;
  if (inner == nullptr) return nullptr;
  if (take(Sign::close_brace)) return inner;
  return is(Sign::end) ? fail(begin, "this brace is not closed") : unexpected();
}

NodeRef Parser::word() {
  const Place begin = now().place;
  Node node;
  node.is_raw = take(Sign::at);
  const Token name = now();
  if (!take(Sign::word)) return is(Sign::end) ? unexpected() : fail(name.place, "a field's name is expected behind @");
  if (is(Sign::open_paren) && now().place.begin == name.place.end && !node.is_raw) return call(name);
  node.text = name.text;
  if (take(Sign::hash) && !layers(node.ranges)) return nullptr;
  node.place = from(begin);
  return make(std::move(node));
}

/// "#2", "#[1-2]", "#[-1]".
bool Parser::layers(std::vector<Range>& out) {
  const Token token = now();
  const bool is_list = token.sign == Sign::brackets;
  if (!is_list && (token.sign != Sign::word || token.text.find_first_not_of("0123456789") != std::string::npos)) {
    fail(token.place, "behind # stands the number of a layer: ip.src#2, or ip.src#[1-2]");
    return false;
  }
  ++at_;
  auto ranges = read_ranges(token.text, token.place.begin + (is_list ? 1 : 0), problem_);
  has_failed_ = has_failed_ || !ranges;
  if (ranges) out = std::move(*ranges);
  return ranges.has_value();
}

NodeRef Parser::call(const Token& name) {
  const Place open = now().place;
  ++at_;
  Node node{Kind::call, {}, name.text};
  if (!enter(open)) return nullptr;
  if (!is(Sign::close_paren)) {
    do {
      NodeRef part = operand();
      if (part == nullptr) return nullptr;
      node.parts.push_back(std::move(part));
    } while (take(Sign::comma));
  }
  --depth_;
  if (!take(Sign::close_paren)) return is(Sign::end) ? fail(open, "this parenthesis is not closed") : unexpected();
  node.place = from(name.place);
  return make(std::move(node));
}

}  // namespace

NodeRef parse(std::string_view filter, Problem& problem, std::vector<Problem>& warnings) {
  auto tokens = read_tokens(filter, problem);
  return tokens ? Parser(std::move(*tokens), problem, warnings).parse() : nullptr;
}

}  // namespace tracedrop::filter
