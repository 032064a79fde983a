// Standard output, for what is no capture file. A reader that has had enough and closed it (`… | head`) is no error:
// what is left is not written, without a word.
#pragma once

#include <string>

namespace tracedrop::native_capture {

/// False when the reader has gone. Throws Failure when the text cannot be written for another reason.
bool print(const std::string& text);

}  // namespace tracedrop::native_capture
