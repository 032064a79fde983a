#include "filter/regex.h"

#if defined(TRACEDROP_WITHOUT_PCRE2)

namespace tracedrop::filter {

std::shared_ptr<const Regex> Regex::compile(std::string_view, std::string& why) {
  why = "this program was built without regular expressions; contains finds a text";
  return nullptr;
}

}  // namespace tracedrop::filter

#elif !defined(__EMSCRIPTEN__)

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace tracedrop::filter {

namespace {

/// Steps of one search: what does not find its end in so many, made to take forever, is given up.
constexpr uint32_t kMostSteps = 1'000'000;
constexpr uint32_t kMostHeapKib = 20'000;
constexpr size_t kLongestPattern = 4096;

struct Free {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

class Pcre2Regex : public Regex {
 public:
  explicit Pcre2Regex(pcre2_code* code)
      : code_(code),
        data_(pcre2_match_data_create_from_pattern(code, nullptr)),
        context_(pcre2_match_context_create(nullptr)) {
    if (context_ == nullptr) return;
    pcre2_set_match_limit(context_.get(), kMostSteps);
    pcre2_set_heap_limit(context_.get(), kMostHeapKib);
  }

  bool is_in(std::string_view subject) const override {
    if (data_ == nullptr) return false;
    const auto* const units = reinterpret_cast<PCRE2_SPTR>(subject.data() == nullptr ? "" : subject.data());
    return pcre2_match(code_.get(), units, subject.size(), 0, 0, data_.get(), context_.get()) >= 0;
  }

 private:
  std::unique_ptr<pcre2_code, Free> code_;
  std::unique_ptr<pcre2_match_data, Free> data_;
  std::unique_ptr<pcre2_match_context, Free> context_;
};

}  // namespace

std::shared_ptr<const Regex> Regex::compile(std::string_view pattern, std::string& why) {
  if (pattern.size() > kLongestPattern) {
    why = "a regular expression may have 4,096 bytes";
    return nullptr;
  }
  int error = 0;
  PCRE2_SIZE at = 0;
  const auto* const units = reinterpret_cast<PCRE2_SPTR>(pattern.data() == nullptr ? "" : pattern.data());
  pcre2_code* const code = pcre2_compile(
      units, pattern.size(), PCRE2_CASELESS | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &at, nullptr);
  if (code != nullptr) return std::make_shared<Pcre2Regex>(code);
  std::array<char, 256> text{};
  pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(text.data()), text.size());
  why = std::string("this is no regular expression: ") + text.data() + " (at character " + std::to_string(at + 1) + ")";
  return nullptr;
}

}  // namespace tracedrop::filter

#endif
