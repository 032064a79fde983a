// Fragments of SIP messages (RFC 3420), as a referred party reports them: shown line by line.
#include "base/text.h"
#include "dissect/text_lines.h"
#include "protocols/application/media_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace sipfrag {
namespace {

struct Fields {
  Field line{"sipfrag.line", "Line", plain_text};
} constexpr f;

}  // namespace
}  // namespace sipfrag

void report_sipfrag(Context& context, Bytes body) {
  Layer in(context, sipfrag_protocol, body);
  in.span_all();
  std::string shown;
  for (size_t at = 0; at < body.size();) {
    const TextLine line = first_text_line(body.text().substr(at));
    shown.clear();
    append_printable(shown, line.text);
    in.add_text(sipfrag::f.line, line.text, at, line.text.size());
    in.replace(shown);
    at += line.whole;
  }
}

const Protocol sipfrag_protocol{
    .filter_name = "sipfrag", .column_name = "sipfrag", .title = "Sipfrag", .fields = listed<sipfrag::f>};

}  // namespace tracedrop::dissect
