// Media types by their names, and those that nobody dissects: "Media Type".
#include "protocols/application/media_types.h"

#include <algorithm>
#include <iterator>

#include "protocols/application/data.h"
#include "protocols/application/multipart.h"
#include "protocols/application/sdp/sdp.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace media {
namespace {

struct Fields {
  Field type{"media.type", "Media type", raw_bytes};
} constexpr f;

// Wireshark's: those that are shown line by line.
constexpr std::string_view kLines[] = {
    "application/x-javascript",
    "application/x-ns-proxy-autoconfig",
    "application/x-tia-p25-issi",
    "text/css",
    "text/enriched",
    "text/html",
    "text/javascript",
    "text/plain",
    "text/richtext",
};
// JSON under names that do not end with "+json".
constexpr std::string_view kJson[] = {"application/json", "application/json-rpc", "application/jsonrequest",
                                      "application/x-ndjson"};
// Known to Wireshark, and not dissected here yet: rather nothing than something else.
constexpr std::string_view kElsewhere[] = {"image/png",
                                           "image/jpeg",
                                           "image/gif",
                                           "text/xml",
                                           "application/xml",
                                           "audio/mpeg",
                                           "audio/mp3",
                                           "application/ocsp-request",
                                           "application/ocsp-response",
                                           "application/grpc",
                                           "video/mp2t",
                                           "application/x-amf",
                                           "application/cbor",
                                           "application/dns-message",
                                           "message/rfc822",
                                           "application/ipp",
                                           "message/http",
                                           "application/timestamp-query",
                                           "application/x-protobuf",
                                           "application/pkix-crl",
                                           "application/xml-dtd",
                                           "text/vnd.wap.wml"};

constexpr std::string_view kSdp = "application/sdp", kSipfrag = "message/sipfrag", kMultipart = "multipart/";

template <size_t N>
bool is_one_of(const std::string_view (&list)[N], std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view without_blanks(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") + 1 - from);
}

/// The type with its parameters; only its name in lower case.
void report_opaque(Context& context, std::string_view content_type, std::string_view type, Bytes body) {
  Layer in(context, media_protocol, body);
  in.add_bytes(f.type, 0, body.size());
  const std::string_view whole = without_blanks(content_type);
  const size_t mark = whole.find(';');
  in.replace("Media type: ", type);
  if (mark != std::string_view::npos) in.append("; ", without_blanks(whole.substr(mark + 1)));
  in.append(" (", Counted{body.wire_size(), "byte", "bytes"}, ')');
  in.span_all();
}

}  // namespace
}  // namespace media

std::string media_type_of(std::string_view content_type) {
  content_type = media::without_blanks(content_type);
  std::string type(content_type.substr(0, content_type.find_first_of("; \t")));
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return type;
}

MediaUse report_media(Context& context, std::string_view content_type, Bytes body) {
  const std::string type = media_type_of(content_type);
  if (type.empty() || body.empty()) return MediaUse::none;
  if (media::is_one_of(media::kJson, type)) {
    report_json(context, type, body);
  } else if (media::ends_with(type, "+json")) {
    media::report_opaque(context, content_type, type, body);
    report_json(context, "json", body);
    return MediaUse::opaque;
  } else if (type == "application/x-www-form-urlencoded") {
    report_form(context, type, body);
  } else if (media::is_one_of(media::kLines, type)) {
    report_text_lines(context, type, body);
  } else if (type == "application/octet-stream") {
    dissect_data(context, body);
  } else if (type == media::kSdp) {
    report_sdp(context, body);
  } else if (type == media::kSipfrag) {
    report_sipfrag(context, body);
  } else if (type.substr(0, media::kMultipart.size()) == media::kMultipart) {
    report_multipart(context, content_type, body);
  } else if (!media::is_one_of(media::kElsewhere, type) && !media::ends_with(type, "+xml")) {
    media::report_opaque(context, content_type, type, body);
    return MediaUse::opaque;
  }
  return MediaUse::known;
}

bool is_known_media(std::string_view type) {
  return media::is_one_of(media::kJson, type) || media::is_one_of(media::kLines, type) ||
         media::is_one_of(media::kElsewhere, type) || media::ends_with(type, "+xml") || type == media::kSdp ||
         type == media::kSipfrag || type == "application/x-www-form-urlencoded" || type == "application/octet-stream" ||
         type.substr(0, media::kMultipart.size()) == media::kMultipart;
}

const Protocol media_protocol{
    .filter_name = "media", .column_name = "Media", .title = "Media Type", .fields = listed<media::f>};

}  // namespace tracedrop::dissect
