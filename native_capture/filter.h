// Capture filters (BPF): what the hosts and the user's expression come to, and where an unusable one goes wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hosts.h"

namespace tracedrop::native_capture {

/// "(host 192.0.2.1 or host 2001:db8::1) and (tcp port 443)"; empty when everything is to be captured.
std::string build_filter(const std::vector<Host>& hosts, const std::string& expression);

struct FilterError {
  std::string text;  ///< libpcap's words, without their usual preamble
  size_t begin = 0;  ///< the place in the expression: [begin, end), begin == end when something is missing there
  size_t end = 0;
  std::string suggestion;  ///< "did you mean 'host'?", or empty
};

/// What is wrong with an expression, for any of the usual link types; nothing when it compiles.
std::optional<FilterError> check_filter(const std::string& expression);

/// The expression with a caret under the place, the reason, and examples of filters.
std::string filter_error_text(const std::string& expression, const FilterError& error);

}  // namespace tracedrop::native_capture
