#include "suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tracedrop::native_capture {
namespace {

/// What tcpdump and tshark call it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kElsewhere{
    {{"-r", "--read"}, {"-w", "--output"}, {"-c", "--packets"}, {"-s", "--snaplen"}, {"-D", "--list-interfaces"}}};

std::string_view without_dashes(std::string_view option) {
  return option.substr(std::min(option.find_first_not_of('-'), option.size()));
}

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

/// A shortened name counts as near, a changed one when a third of its letters is right at least twice over.
size_t distance(std::string_view word, std::string_view name) {
  constexpr size_t kFar = 1000, kShortest = 3;
  if (std::min(word.size(), name.size()) >= kShortest && (begins_with(name, word) || begins_with(word, name))) return 1;
  const size_t edits = edit_distance(word, name);
  return edits <= std::max<size_t>(1, std::max(word.size(), name.size()) / 3) ? edits : kFar;
}

bool is_option(std::string_view argument) { return argument.size() > 1 && argument.front() == '-'; }

}  // namespace

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string nearest_option(std::string_view option, const std::vector<std::string>& known) {
  for (const auto& [theirs, ours] : kElsewhere)
    if (option == theirs) return std::string(ours);
  constexpr size_t kLongest = 40;  // nobody misspells more
  const std::string_view word = without_dashes(option);
  if (word.size() < 2 || word.size() > kLongest) return "";
  size_t least = kLongest;
  std::string nearest;
  for (const std::string& name : known) {
    const size_t edits = distance(word, without_dashes(name));
    if (edits >= least || without_dashes(name).size() < 2) continue;
    least = edits;
    nearest = name;
  }
  return nearest;
}

std::string unknown_arguments_text(const std::vector<std::string>& arguments, const std::vector<std::string>& known) {
  std::string text;
  bool after_option = false;
  for (const std::string& argument : arguments) {
    if (!text.empty()) text += '\n';
    const size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    if (is_option(argument)) {
      const std::string nearest = nearest_option(name, known);
      text += fmt::format("{}: there is no such option", name);
      if (!nearest.empty())
        text +=
            fmt::format("; did you mean {}{}?", nearest, equals == std::string::npos ? "" : argument.substr(equals));
    } else if (after_option) {
      text += fmt::format("{}: belongs to no option", argument);  // the unknown one's, probably
    } else {
      text += fmt::format("{}: belongs to no option. To read it: native_capture --read {}", argument, argument);
    }
    after_option = is_option(argument) && equals == std::string::npos;
  }
  return text;
}

}  // namespace tracedrop::native_capture
