#include "filter/lexer.h"

#include <array>
#include <utility>

#include "filter/quoted.h"

namespace tracedrop::filter {

namespace {

constexpr size_t kLongestFilter = 64 << 10;

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// What a word may end with.
bool is_inner(char c) { return is_alnum(c) || c == '_' || c == ':'; }
/// What joins two parts of a word: of a name, a prefix, a date.
bool is_joint(char c) { return c == '.' || c == '-' || c == '/'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr std::array<std::pair<std::string_view, Sign>, 21> kWords{{{"and", Sign::logic_and},
                                                                    {"or", Sign::logic_or},
                                                                    {"xor", Sign::logic_xor},
                                                                    {"not", Sign::logic_not},
                                                                    {"eq", Sign::equal},
                                                                    {"any_eq", Sign::equal},
                                                                    {"ne", Sign::not_equal},
                                                                    {"all_ne", Sign::not_equal},
                                                                    {"all_eq", Sign::all_equal},
                                                                    {"any_ne", Sign::any_not_equal},
                                                                    {"gt", Sign::greater},
                                                                    {"lt", Sign::less},
                                                                    {"ge", Sign::greater_equal},
                                                                    {"le", Sign::less_equal},
                                                                    {"contains", Sign::contains},
                                                                    {"matches", Sign::matches},
                                                                    {"in", Sign::in},
                                                                    {"any", Sign::any},
                                                                    {"all", Sign::all},
                                                                    {"bitand", Sign::bit_and},
                                                                    {"bitwise_and", Sign::bit_and}}};

/// The longest first.
constexpr std::array<std::pair<std::string_view, Sign>, 28> kSigns{
    {{"===", Sign::all_equal},    {"!==", Sign::any_not_equal},
     {"==", Sign::equal},         {"!=", Sign::not_equal},
     {">=", Sign::greater_equal}, {"<=", Sign::less_equal},
     {"&&", Sign::logic_and},     {"||", Sign::logic_or},
     {"^^", Sign::logic_xor},     {"..", Sign::dots},
     {">", Sign::greater},        {"<", Sign::less},
     {"!", Sign::logic_not},      {"&", Sign::bit_and},
     {"~", Sign::matches},        {"(", Sign::open_paren},
     {")", Sign::close_paren},    {"{", Sign::open_brace},
     {"}", Sign::close_brace},    {",", Sign::comma},
     {"#", Sign::hash},           {"@", Sign::at},
     {"$", Sign::dollar},         {"+", Sign::plus},
     {"-", Sign::minus},          {"*", Sign::star},
     {"/", Sign::slash},          {"%", Sign::percent}}};

/// What is probably meant by a sign that the language does not have.
std::string unknown_sign(char c) {
  switch (c) {
    case '=': return "one = compares nothing: write ==";
    case '|': return "one | is none of the operators: write ||, or the word or";
    case '^': return "one ^ is none of the operators: write ^^, or the word xor";
    case ']': return "nothing opened this bracket";
    default: break;
  }
  if (static_cast<uint8_t>(c) >= 0x80 || static_cast<uint8_t>(c) < 0x20)
    return "this character can stand in double quotes only";
  return std::string("'") + c + "' has no meaning here; a text stands in double quotes";
}

class Lexer {
 public:
  Lexer(std::string_view filter, Problem& problem) : filter_(filter), problem_(problem) {}

  std::optional<std::vector<Token>> read() {
    if (filter_.size() > kLongestFilter) {
      fail(kLongestFilter, filter_.size(), "a filter may have 65,536 bytes");
      return std::nullopt;
    }
    for (;;) {
      while (at_ < filter_.size() && is_space(filter_[at_])) ++at_;
      if (at_ == filter_.size()) break;
      if (!read_token()) return std::nullopt;
    }
    add(Sign::end, at_);
    return std::move(tokens_);
  }

 private:
  bool fail(size_t begin, size_t end, std::string text) {
    problem_ = {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, std::move(text)};
    return false;
  }
  Token& add(Sign sign, size_t begin, std::string text = {}) {
    tokens_.push_back({sign, {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)}, std::move(text), false});
    return tokens_.back();
  }

  bool read_token() {
    const char c = filter_[at_];
    if (c == '"') return read_text(at_, false);
    if ((c == 'r' || c == 'R') && at_ + 1 < filter_.size() && filter_[at_ + 1] == '"') return read_text(at_, true);
    if (c == '\'') return read_character();
    if (c == '[') return read_brackets();
    return begins_word() ? read_word() : read_sign();
  }

  bool read_text(size_t begin, bool is_raw) {
    std::string value;
    at_ += is_raw ? 2 : 1;
    if (!read_quoted(filter_, at_, '"', is_raw, value, problem_)) return false;
    add(Sign::text, begin, std::move(value)).is_raw = is_raw;
    return true;
  }
  bool read_character() {
    const size_t begin = at_++;
    std::string value;
    if (!read_quoted(filter_, at_, '\'', false, value, problem_)) return false;
    if (value.size() != 1) return fail(begin, at_, "single quotes hold one character; a text stands in double quotes");
    add(Sign::character, begin, std::move(value));
    return true;
  }
  bool read_brackets() {
    const size_t begin = at_;
    const size_t end = filter_.find(']', begin);
    if (end == std::string_view::npos) return fail(begin, filter_.size(), "the closing ] is missing");
    at_ = end + 1;
    add(Sign::brackets, begin, std::string(filter_.substr(begin + 1, end - begin - 1)));
    return true;
  }

  char peek(size_t ahead) const { return at_ + ahead < filter_.size() ? filter_[at_ + ahead] : '\0'; }
  /// A point or colon in front belongs to the word that follows; ".." does not.
  bool begins_word() const {
    const char c = peek(0);
    if (is_alnum(c) || c == '_') return true;
    if (c == '.') return is_alnum(peek(1)) || peek(1) == '_';
    return c == ':' && is_inner(peek(1));
  }
  bool read_word() {
    const size_t begin = at_++;
    while (is_inner(peek(0)) || (is_joint(peek(0)) && is_inner(peek(1)))) ++at_;
    const std::string_view word = filter_.substr(begin, at_ - begin);
    for (const auto& [text, sign] : kWords)
      if (word == text) return add(sign, begin, std::string(word)), true;
    add(Sign::word, begin, std::string(word));
    return true;
  }
  bool read_sign() {
    for (const auto& [text, sign] : kSigns) {
      if (filter_.substr(at_, text.size()) != text) continue;
      const size_t begin = at_;
      at_ += text.size();
      add(sign, begin, std::string(text));
      return true;
    }
    size_t end = at_ + 1;
    while (end < filter_.size() && (static_cast<uint8_t>(filter_[end]) & 0xC0) == 0x80) ++end;
    return fail(at_, end, unknown_sign(filter_[at_]));
  }

  std::string_view filter_;
  Problem& problem_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::optional<std::vector<Token>> read_tokens(std::string_view filter, Problem& problem) {
  return Lexer(filter, problem).read();
}

}  // namespace tracedrop::filter
