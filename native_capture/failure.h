// How the program gives up: a message for the user and the exit status of DESIGN's contract. Thrown while things are
// set up and caught in main(); never thrown while packets flow.
#pragma once

#include <stdexcept>
#include <string>

namespace tracedrop::native_capture {

enum ExitStatus : int {
  kDone = 0,
  kNothingDone = 1,  ///< nothing could be read or written, or not all of it
  kUnusable = 2,     ///< unusable arguments or filter
};

class Failure : public std::runtime_error {
 public:
  Failure(ExitStatus status, const std::string& text) : std::runtime_error(text), status_(status) {}
  ExitStatus status() const { return status_; }

 private:
  ExitStatus status_;
};

/// What was asked for cannot be done: exit status 2.
inline Failure unusable(const std::string& text) { return {kUnusable, text}; }
/// It could, but did not work: exit status 1.
inline Failure failed(const std::string& text) { return {kNothingDone, text}; }

}  // namespace tracedrop::native_capture
