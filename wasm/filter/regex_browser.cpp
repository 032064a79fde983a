#ifdef __EMSCRIPTEN__

#include <emscripten.h>

#include "filter/regex.h"

// clang-format off
// Bytes become the characters of the same numbers, so that a pattern means bytes here, too. What PCRE2 allows in front,
// "(?i)", "(?-i)", "(?s)", "(?m)", becomes the flags of a RegExp. The result is a place in a table, -1 with the reason
// written to `why`.
EM_JS(int, tracedrop_regex_compile, (const char* pattern, int size, char* why, int capacity), {
  let source = "";
  for (let i = 0; i < size; i++) source += String.fromCharCode(HEAPU8[pattern + i]);
  const flags = new Set(["i"]);
  source = source.replace(/^(?:[(][?][imsx-]+[)])+/, (front) => {
    if (front.includes("x")) return front;
    for (const group of front.match(/[imsx-]+/g)) {
      let add = true;
      for (const c of group) {
        if (c === "-") add = false;
        else if (add) flags.add(c);
        else flags.delete(c);
      }
    }
    return "";
  });
  Module.tracedropRegexes = Module.tracedropRegexes || [];
  try {
    const regex = new RegExp(source, [...flags].join(""));
    let at = Module.tracedropRegexes.indexOf(null);
    if (at < 0) at = Module.tracedropRegexes.length;
    Module.tracedropRegexes[at] = regex;
    return at;
  } catch (error) {
    const text = String(error.message).replace(/^.*[/][a-z]*: /, "").slice(0, capacity - 1);
    for (let i = 0; i < text.length; i++) HEAPU8[why + i] = text.charCodeAt(i) & 0x7F;
    HEAPU8[why + text.length] = 0;
    return -1;
  }
});
EM_JS(int, tracedrop_regex_is_in, (int at, const char* subject, int size), {
  let text = "";
  for (let i = 0; i < size; i += 4096)
    text += String.fromCharCode.apply(null, HEAPU8.subarray(subject + i, subject + Math.min(size, i + 4096)));
  return Module.tracedropRegexes[at].test(text) ? 1 : 0;
});
EM_JS(void, tracedrop_regex_drop, (int at), { Module.tracedropRegexes[at] = null; });

// clang-format on

namespace tracedrop::filter {

namespace {

class BrowserRegex : public Regex {
 public:
  explicit BrowserRegex(int at) : at_(at) {}
  ~BrowserRegex() override { tracedrop_regex_drop(at_); }
  BrowserRegex(const BrowserRegex&) = delete;
  BrowserRegex& operator=(const BrowserRegex&) = delete;

  bool is_in(std::string_view subject) const override {
    return tracedrop_regex_is_in(at_, subject.data(), static_cast<int>(subject.size())) != 0;
  }

 private:
  int at_;
};

}  // namespace

std::shared_ptr<const Regex> Regex::compile(std::string_view pattern, std::string& why) {
  char reason[200] = "";
  const int at = tracedrop_regex_compile(pattern.data(), static_cast<int>(pattern.size()), reason, sizeof reason);
  if (at >= 0) return std::make_shared<BrowserRegex>(at);
  why = std::string("this is no regular expression: ") + reason;
  return nullptr;
}

}  // namespace tracedrop::filter

#endif
