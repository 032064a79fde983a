// Regular expressions as Perl has them, over bytes, capitals alike small letters: by PCRE2 in the program, by the
// browser in the page.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tracedrop::filter {

class Regex {
 public:
  virtual ~Regex() = default;
  /// Whether it is found anywhere in `subject`. One that takes too long is not found.
  virtual bool is_in(std::string_view subject) const = 0;

  /// Null, with `why` told, when `pattern` is none.
  static std::shared_ptr<const Regex> compile(std::string_view pattern, std::string& why);
};

}  // namespace tracedrop::filter
