// The fields of HTTP/1, under Wireshark's names; those of header fields last.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::http {

inline constexpr Unit kOctets{" octet", " octets"};

struct Fields {
  Field notification{"http.notification", "Notification", boolean};
  Field response{"http.response", "Response", boolean};
  Field request{"http.request", "Request", boolean};
  Field credentials{"http.authbasic", "Credentials", plain_text};
  Field response_line{"http.response.line", "Response line", plain_text};
  Field request_line{"http.request.line", "Request line", plain_text};
  Field unknown_header{"http.unknown_header", "Unknown header", plain_text};
  Field request_method{"http.request.method", "Request Method", plain_text};
  Field request_uri{"http.request.uri", "Request URI", plain_text};
  Field uri_path{"http.request.uri.path", "Request URI Path", plain_text};
  Field uri_segment{"http.request.uri.path.segment", "Request URI Path Segment", plain_text};
  Field uri_query{"http.request.uri.query", "Request URI Query", plain_text};
  Field uri_parameter{"http.request.uri.query.parameter", "Request URI Query Parameter", plain_text};
  Field request_version{"http.request.version", "Request Version", plain_text};
  Field full_uri{"http.request.full_uri", "Full request URI", plain_text};
  Field response_version{"http.response.version", "Response Version", plain_text};
  Field response_code{"http.response.code", "Status Code", u24};
  Field code_description{"http.response.code.desc", "Status Code Description", plain_text};
  Field response_phrase{"http.response.phrase", "Response Phrase", plain_text};
  Field content_length{"http.content_length", "Content length", u64};
  Field cookie_pair{"http.cookie_pair", "Cookie pair", plain_text};
  Field request_in{"http.request_in", "Request in frame", packet_number};
  Field response_in{"http.response_in", "Response in frame", packet_number};
  Field time{"http.time", "Time since request", relative_ns};
  Field trailer{"http.chunked_trailer_part", "trailer-part", plain_text};
  Field chunk_boundary{"http.chunk_boundary", "Chunk boundary", raw_bytes};
  Field chunk_size{"http.chunk_size", "Chunk size", u32, kOctets};
  Field chunk_data{"http.chunk_data", "Chunk data", raw_bytes};
  Field file_data{"http.file_data", "File Data", raw_bytes};
  Field bad_header_name{"http.bad_header_name", "Illegal characters found in header name"};
  Field decompression_failed{"http.decompression_failed", "Decompression failed"};

  Field host{"http.host", "Host", plain_text};
  Field user_agent{"http.user_agent", "User-Agent", plain_text};
  Field referer{"http.referer", "Referer", plain_text};
  Field server{"http.server", "Server", plain_text};
  Field content_type{"http.content_type", "Content-Type", plain_text};
  Field content_length_header{"http.content_length_header", "Content-Length", plain_text};
  Field content_encoding{"http.content_encoding", "Content-Encoding", plain_text};
  Field transfer_encoding{"http.transfer_encoding", "Transfer-Encoding", plain_text};
  Field location{"http.location", "Location", plain_text};
  Field accept{"http.accept", "Accept", plain_text};
  Field accept_language{"http.accept_language", "Accept-Language", plain_text};
  Field accept_encoding{"http.accept_encoding", "Accept Encoding", plain_text};
  Field authorization{"http.authorization", "Authorization", plain_text};
  Field proxy_authorization{"http.proxy_authorization", "Proxy-Authorization", plain_text};
  Field proxy_authenticate{"http.proxy_authenticate", "Proxy-Authenticate", plain_text};
  Field cache_control{"http.cache_control", "Cache-Control", plain_text};
  Field connection{"http.connection", "Connection", plain_text};
  Field cookie{"http.cookie", "Cookie", plain_text};
  Field date{"http.date", "Date", plain_text};
  Field last_modified{"http.last_modified", "Last-Modified", plain_text};
  Field set_cookie{"http.set_cookie", "Set-Cookie", plain_text};
  Field upgrade{"http.upgrade", "Upgrade", plain_text};
  Field www_authenticate{"http.www_authenticate", "WWW-Authenticate", plain_text};
  Field x_forwarded_for{"http.x_forwarded_for", "X-Forwarded-For", plain_text};
  Field range{"http.range", "Range", plain_text};
  Field content_range{"http.content_range", "Content-Range", plain_text};
  Field sec_websocket_accept{"http.sec_websocket_accept", "Sec-WebSocket-Accept", plain_text};
  Field sec_websocket_extensions{"http.sec_websocket_extensions", "Sec-WebSocket-Extensions", plain_text};
  Field sec_websocket_key{"http.sec_websocket_key", "Sec-WebSocket-Key", plain_text};
  Field sec_websocket_protocol{"http.sec_websocket_protocol", "Sec-WebSocket-Protocol", plain_text};
  Field sec_websocket_version{"http.sec_websocket_version", "Sec-WebSocket-Version", plain_text};
  Field http2_settings{"http.http2_settings", "HTTP2-Settings", plain_text};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::http
