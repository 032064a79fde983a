// What was wrong with the input: counted, placed, and shown; never thrown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tracedrop {

enum class Severity : uint8_t {
  note,     ///< worth knowing, no figure is affected
  warning,  ///< some figures are affected
  error,    ///< reading ended here; everything before it is kept
};

struct Warning {
  Severity severity = Severity::warning;
  /// Stable name for tests and the page, e.g. "truncated", "bad-row".
  std::string code;
  /// A sentence: what, where, and what to do. Plain text, possibly with text of the file in it.
  std::string text;
  /// Where in the (uncompressed) file, or kNowhere.
  uint64_t offset = kNowhere;
  /// How often it happened; the text and the offset are the first one's.
  uint64_t count = 1;

  static constexpr uint64_t kNowhere = UINT64_MAX;
};

/// Warnings by code: a repeated code only counts up.
class Warnings {
 public:
  void add(Warning warning) {
    for (Warning& known : list_) {
      if (known.code == warning.code) {
        known.count += warning.count;
        return;
      }
    }
    list_.push_back(std::move(warning));
  }
  const std::vector<Warning>& list() const { return list_; }
  bool has(const std::string& code) const {
    for (const Warning& known : list_)
      if (known.code == code) return true;
    return false;
  }

 private:
  std::vector<Warning> list_;
};

}  // namespace tracedrop
