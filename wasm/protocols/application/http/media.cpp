#include "protocols/application/http/media.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "protocols/application/http/head.h"
#include "protocols/application/multipart.h"

namespace tracedrop::dissect::http {

namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// "text/html" of " text/html; charset=utf-8".
std::string media_type(std::string_view content_type) {
  content_type = trim(content_type);
  return lower_case(content_type.substr(0, content_type.find_first_of("; \t")));
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

template <size_t N>
bool is_one_of(const std::string_view (&list)[N], std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

// Types whose own dissector says nothing in the row, types that are XML without saying "+xml", and types that are JSON
// under a name of their own.
constexpr std::string_view kSilent[] = {"application/octet-stream", "application/grpc", "video/mp2t", "audio/mpeg",
                                        "audio/mp3"};
constexpr std::string_view kXml[] = {"text/xml",
                                     "application/xml",
                                     "application/xml-dtd",
                                     "application/smil",
                                     "application/x-wms-logconnectstats",
                                     "application/x-wms-logplaystats",
                                     "application/x-wms-sendevent",
                                     "text/vnd.wap.co",
                                     "text/vnd.wap.emn",
                                     "text/vnd.wap.si",
                                     "text/vnd.wap.sl",
                                     "text/vnd.wap.wml"};
constexpr std::string_view kJson[] = {"application/json",
                                      "application/json-rpc",
                                      "application/jsonrequest",
                                      "application/x-ndjson",
                                      "application/3gpphal+json",
                                      "application/dds-web+json",
                                      "application/json-patch+json",
                                      "application/merge-patch+json",
                                      "application/problem+json",
                                      "application/senml+json",
                                      "application/sensml+json",
                                      "application/vnd.oma.lwm2m+json"};

struct Image {
  std::string_view type;
  std::string_view info;
};
constexpr Image kImages[] = {{"image/png", " (PNG)"}, {"image/jpeg", " (JPEG JFIF image)"}, {"image/gif", " (GIF89a)"}};

/// Formats that are recognised whatever the type says, save text.
std::string_view signature(Bytes body) {
  using namespace std::string_view_literals;
  if (body.size() > 8 && body.starts_with("\x89PNG\r\n\x1A\n"sv)) return " (PNG)";
  if (body.size() > 4 && body.starts_with("\xFF\xD8\xFF"sv)) return " (JPEG JFIF image)";
  if (body.size() > 20 && body.starts_with("GIF89a")) return " (GIF89a)";
  if (body.size() > 20 && body.starts_with("GIF87a")) return " (GIF87a)";
  return {};
}

/// RIFF and TIFF files: their own dissectors say nothing in the row.
bool is_media_container(std::string_view type, Bytes body) {
  using namespace std::string_view_literals;
  constexpr std::string_view kRiff[] = {"image/webp",    "audio/wav",       "audio/wave",
                                        "audio/x-wav",   "audio/vnd.wave",  "video/avi",
                                        "video/msvideo", "video/x-msvideo", "video/vnd.avi"};
  if (is_one_of(kRiff, type)) return body.starts_with("RIFF");
  return type == "image/tiff" && (body.starts_with("II*\0"sv) || body.starts_with("MM\0*"sv));
}

void add(BodyDescription& whole, const BodyDescription& part) {
  whole.info += part.info;
  whole.layers += part.layers;
}

constexpr int kMaxNesting = 4;
// RFC 2046 allows 70 characters. To look for one takes as many comparisons as it has, everywhere in the body.
constexpr size_t kMaxBoundary = 256;

BodyDescription describe(std::string_view content_type, Bytes body, int nesting);

/// Calls visit(type, bytes) for each part of a multipart body (RFC 2046, section 5.1): header fields, an empty line,
/// content; between lines of "--" and the boundary, the last of which has "--" behind it.
template <typename Visit>
void split(std::string_view boundary, Bytes body, Visit&& visit) {
  if (boundary.empty() || boundary.size() > kMaxBoundary) return;
  const std::string delimiter = "--" + std::string(boundary);
  const std::string_view text = body.text();
  size_t at = text.find(delimiter);
  while (at != std::string_view::npos) {
    at += delimiter.size();
    if (text.substr(at, 2) == "--") break;
    at += line_or_rest(text.substr(at)).length;
    const size_t end = std::min(text.find("\n" + delimiter, at), text.size());
    std::string_view type;
    while (at < end) {
      const Line line = line_or_rest(text.substr(at, end - at));
      const auto field = parse_field(body.sub(at, line.text.size()));
      if (field && equals_ignoring_case(field->name, "content-type")) type = field->value;
      at += line.length;
      if (line.text.empty()) break;
    }
    if (!type.empty()) visit(type, body.sub(at, end > at ? end - at - 1 : 0));
    if (end == text.size()) break;
    at = end + 1;
  }
}

BodyDescription describe_parts(std::string_view boundary, Bytes body, int nesting) {
  BodyDescription whole;
  if (nesting >= kMaxNesting) return whole;
  split(boundary, body, [&](std::string_view type, Bytes part) { add(whole, describe(type, part, nesting + 1)); });
  return whole;
}

void visit_parts(std::string_view content_type, Bytes body, int nesting,
                 const std::function<void(std::string_view, Bytes)>& visit) {
  if (!is_multipart(content_type)) return visit(content_type, body);
  if (nesting >= kMaxNesting) return;
  split(media_parameter(content_type, "boundary"), body,
        [&](std::string_view type, Bytes part) { visit_parts(type, part, nesting + 1, visit); });
}

/// Lines of a message: its first one, and a mark that there are more.
std::string sipfrag_info(Bytes body) {
  std::string info = ", with Sipfrag(";
  const Line first = line_or_rest(body.text());
  append_printable(info, first.text);
  if (first.length < body.size()) info += "...";
  return info + ')';
}

BodyDescription describe(std::string_view content_type, Bytes body, int nesting) {
  BodyDescription found;
  if (body.wire_size() == 0 && nesting == 0) return found;
  const std::string type = media_type(content_type);
  if (is_multipart(content_type)) return describe_parts(media_parameter(content_type, "boundary"), body, nesting);
  if (is_one_of(kSilent, type)) return found;
  if (is_one_of(kXml, type) || ends_with(type, "+xml")) {
    found.layers = "/XML";
    return found;
  }
  if (is_one_of(kJson, type) || ends_with(type, "+json")) {
    found.layers = "/JSON";
    found.info = ", JSON (" + (is_one_of(kJson, type) ? type : std::string("json")) + ')';
    return found;
  }
  if (type == "application/sdp") {
    found.layers = "/SDP";
    return found;
  }
  if (type == "message/sipfrag") {
    found.layers = "/sipfrag";
    found.info = sipfrag_info(body);
    return found;
  }
  if (type == "message/sip") return found;
  if (type == "application/ocsp-request" || type == "application/ocsp-response") {
    found.instead = "OCSP";
    found.info = type == "application/ocsp-request" ? "Request" : "Response";
    return found;
  }
  if (is_media_container(type, body)) return found;
  if (type.substr(0, 5) == "text/") {
    if (type != "text/json" && body.starts_with("<?xml")) found.layers = "/XML";
    if (!found.layers.empty()) return found;
  } else {
    found.info = signature(body);
  }
  if (!found.info.empty() || trim(content_type).empty()) return found;
  found.info = " (";
  append_printable(found.info, type);
  found.info += ')';
  return found;
}

}  // namespace

void for_each_part(std::string_view content_type, Bytes body,
                   const std::function<void(std::string_view, Bytes)>& visit) {
  visit_parts(content_type, body, 0, visit);
}

bool is_multipart(std::string_view content_type) { return media_type(content_type).substr(0, 10) == "multipart/"; }

BodyDescription describe_body(std::string_view content_type, std::string_view content_encoding, Bytes body) {
  const std::string coding = lower_case(trim(content_encoding));
  if (coding.empty() || coding == "identity") return describe(content_type, body, 0);
  // What is compressed is taken for what its type says.
  const bool is_gzip = coding == "gzip" || coding == "x-gzip";
  if (is_gzip && body.be16(0) != 0x1F8B) return {};
  const std::string type = media_type(content_type);
  for (const auto& [image, info] : kImages) {
    if (type != image) continue;
    BodyDescription found;
    found.info = info;
    return found;
  }
  return describe(content_type, Bytes(nullptr, 0, body.wire_size()), 0);
}

}  // namespace tracedrop::dissect::http
