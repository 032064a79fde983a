// What a media type (RFC 6838) carries: layers of their own, whoever transports them.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

/// "text/html" of " Text/HTML; charset=utf-8".
std::string media_type_of(std::string_view content_type);

/// Reports `body` in the tree by the header field that tells what it is. What it is taken for:
enum class MediaUse : uint8_t {
  none,    ///< nothing is known of the type: nothing was reported
  opaque,  ///< "Media Type": its bytes, with the type's name
  known,   ///< a layer of its own
};
MediaUse report_media(Context& context, std::string_view content_type, Bytes body);
/// Whether somebody dissects the type (in lower case, without parameters).
bool is_known_media(std::string_view type);

void report_text_lines(Context& context, std::string_view type, Bytes body);
void report_sipfrag(Context& context, Bytes body);
void report_form(Context& context, std::string_view type, Bytes body);
/// Bytes behind the value, or all that is no JSON, are lines of text.
void report_json(Context& context, std::string_view type, Bytes body);

}  // namespace tracedrop::dissect
