// The fields of HTTP/1, under Wireshark's names.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::http::field {

inline constexpr Field request_method{"http.request.method", "Request Method", plain_text};
inline constexpr Field request_uri{"http.request.uri", "Request URI", plain_text};
inline constexpr Field request_version{"http.request.version", "Request Version", plain_text};
inline constexpr Field response_version{"http.response.version", "Response Version", plain_text};
inline constexpr Field response_code{"http.response.code", "Status Code", u24};
inline constexpr Field response_phrase{"http.response.phrase", "Response Phrase", plain_text};
inline constexpr Field content_length{"http.content_length", "Content length", u64};

inline constexpr Field host{"http.host", "Host", plain_text};
inline constexpr Field user_agent{"http.user_agent", "User-Agent", plain_text};
inline constexpr Field referer{"http.referer", "Referer", plain_text};
inline constexpr Field server{"http.server", "Server", plain_text};
inline constexpr Field content_type{"http.content_type", "Content-Type", plain_text};
inline constexpr Field content_length_header{"http.content_length_header", "Content-Length", plain_text};
inline constexpr Field content_encoding{"http.content_encoding", "Content-Encoding", plain_text};
inline constexpr Field transfer_encoding{"http.transfer_encoding", "Transfer-Encoding", plain_text};
inline constexpr Field location{"http.location", "Location", plain_text};
inline constexpr Field accept{"http.accept", "Accept", plain_text};
inline constexpr Field accept_language{"http.accept_language", "Accept-Language", plain_text};
inline constexpr Field accept_encoding{"http.accept_encoding", "Accept Encoding", plain_text};
inline constexpr Field authorization{"http.authorization", "Authorization", plain_text};
inline constexpr Field cache_control{"http.cache_control", "Cache-Control", plain_text};
inline constexpr Field connection{"http.connection", "Connection", plain_text};
inline constexpr Field cookie{"http.cookie", "Cookie", plain_text};
inline constexpr Field date{"http.date", "Date", plain_text};
inline constexpr Field last_modified{"http.last_modified", "Last-Modified", plain_text};
inline constexpr Field set_cookie{"http.set_cookie", "Set-Cookie", plain_text};
inline constexpr Field upgrade{"http.upgrade", "Upgrade", plain_text};
inline constexpr Field www_authenticate{"http.www_authenticate", "WWW-Authenticate", plain_text};
inline constexpr Field x_forwarded_for{"http.x_forwarded_for", "X-Forwarded-For", plain_text};

inline constexpr const Field* kAll[] = {&request_method,
                                        &request_uri,
                                        &request_version,
                                        &response_version,
                                        &response_code,
                                        &response_phrase,
                                        &content_length,
                                        &host,
                                        &user_agent,
                                        &referer,
                                        &server,
                                        &content_type,
                                        &content_length_header,
                                        &content_encoding,
                                        &transfer_encoding,
                                        &location,
                                        &accept,
                                        &accept_language,
                                        &accept_encoding,
                                        &authorization,
                                        &cache_control,
                                        &connection,
                                        &cookie,
                                        &date,
                                        &last_modified,
                                        &set_cookie,
                                        &upgrade,
                                        &www_authenticate,
                                        &x_forwarded_for};

}  // namespace tracedrop::dissect::http::field
