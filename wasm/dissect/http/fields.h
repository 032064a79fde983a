// The fields of HTTP/1, under Wireshark's names.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::http::field {

inline constexpr Field request_method{"http.request.method", "Request Method", FieldType::text};
inline constexpr Field request_uri{"http.request.uri", "Request URI", FieldType::text};
inline constexpr Field request_version{"http.request.version", "Request Version", FieldType::text};
inline constexpr Field response_version{"http.response.version", "Response Version", FieldType::text};
inline constexpr Field response_code{"http.response.code", "Status Code", FieldType::uint24};
inline constexpr Field response_phrase{"http.response.phrase", "Response Phrase", FieldType::text};
inline constexpr Field content_length{"http.content_length", "Content length", FieldType::uint64};

inline constexpr Field host{"http.host", "Host", FieldType::text};
inline constexpr Field user_agent{"http.user_agent", "User-Agent", FieldType::text};
inline constexpr Field referer{"http.referer", "Referer", FieldType::text};
inline constexpr Field server{"http.server", "Server", FieldType::text};
inline constexpr Field content_type{"http.content_type", "Content-Type", FieldType::text};
inline constexpr Field content_length_header{"http.content_length_header", "Content-Length", FieldType::text};
inline constexpr Field content_encoding{"http.content_encoding", "Content-Encoding", FieldType::text};
inline constexpr Field transfer_encoding{"http.transfer_encoding", "Transfer-Encoding", FieldType::text};
inline constexpr Field location{"http.location", "Location", FieldType::text};
inline constexpr Field accept{"http.accept", "Accept", FieldType::text};
inline constexpr Field accept_language{"http.accept_language", "Accept-Language", FieldType::text};
inline constexpr Field accept_encoding{"http.accept_encoding", "Accept Encoding", FieldType::text};
inline constexpr Field authorization{"http.authorization", "Authorization", FieldType::text};
inline constexpr Field cache_control{"http.cache_control", "Cache-Control", FieldType::text};
inline constexpr Field connection{"http.connection", "Connection", FieldType::text};
inline constexpr Field cookie{"http.cookie", "Cookie", FieldType::text};
inline constexpr Field date{"http.date", "Date", FieldType::text};
inline constexpr Field last_modified{"http.last_modified", "Last-Modified", FieldType::text};
inline constexpr Field set_cookie{"http.set_cookie", "Set-Cookie", FieldType::text};
inline constexpr Field upgrade{"http.upgrade", "Upgrade", FieldType::text};
inline constexpr Field www_authenticate{"http.www_authenticate", "WWW-Authenticate", FieldType::text};
inline constexpr Field x_forwarded_for{"http.x_forwarded_for", "X-Forwarded-For", FieldType::text};

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
