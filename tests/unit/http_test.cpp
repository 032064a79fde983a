// HTTP/1 over TCP, and SSDP over UDP: what their rows say, as Wireshark words it.
#include "catch.h"
#include "messages.h"

using namespace tracedrop;
using test::check_connection;
using test::show_datagram;
using test::unescape;

namespace {

/// What a response with this Content-Type and body shows after "HTTP/1.1 200 OK ".
void check_body(const std::string& type, const std::string& body, const std::string& protocol,
                const std::string& shown) {
  const std::string header = type.empty() ? "" : "Content-Type: " + type + "\\r\\n";
  const std::string length = std::to_string(unescape(body).size());
  check_connection(80, "> \"GET / HTTP/1.1\\r\\n\\r\\n\"  HTTP \"GET / HTTP/1.1 \"\n< \"HTTP/1.1 200 OK\\r\\n" +
                           header + "Content-Length: " + length + "\\r\\n\\r\\n" + body + "\"  " + protocol +
                           " \"HTTP/1.1 200 OK " + shown + "\"\n");
}

std::vector<std::string> http_fields(const test::Reading& reading, size_t index) {
  std::vector<std::string> found;
  for (const std::string& field : reading.fields(index))
    if (field.substr(0, 5) == "http.") found.push_back(field);
  return found;
}

}  // namespace

TEST_CASE("HTTP: request and response in a segment each") {
  check_connection(80, R"http(
    > "GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n"  HTTP "GET /index.html HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nab"  HTTP "HTTP/1.1 200 OK  (text/html)"
    > "POST /x HTTP/1.1\r\nContent-Type: application/pdf\r\nContent-Length: 3\r\n\r\na=b"  HTTP "POST /x HTTP/1.1  (application/pdf)"
    < "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n"  HTTP "HTTP/1.1 304 Not Modified "
  )http");
}

TEST_CASE("HTTP: a message in several segments shows in the last one") {
  check_connection(80, R"http(
    > "GE"  TCP 3
    > "T / HTTP/1.1\r\n"  TCP 3
    > "\r\n"  HTTP "GET / HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/css\r\n\r\n"  TCP 6
    < "ab"  TCP 6
    < "cdeHTTP/1.1 204 No Content\r\n\r\n"  HTTP "HTTP/1.1 200 OK  (text/css)HTTP/1.1 204 No Content "
  )http");
}

TEST_CASE("HTTP: a response without a length ends with the connection") {
  check_connection(80, R"http(
    > "GET / HTTP/1.0\r\n\r\n"  HTTP "GET / HTTP/1.0 "
    < "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nabc"  TCP 4
    < "def"  TCP 4
    <F ""  HTTP "HTTP/1.0 200 OK  (text/html)"
  )http");
  check_connection(80, R"http(
    > "GET / HTTP/1.0\r\n\r\n"  HTTP "GET / HTTP/1.0 "
    <F "HTTP/1.0 200 OK\r\nContent-Length: x\r\nContent-Type: text/html\r\n\r\nabc"  HTTP "HTTP/1.0 200 OK  (text/html)"
  )http");
}

TEST_CASE("HTTP: a body that does not come leaves segments") {
  check_connection(80, R"http(
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"  TCP
    <F ""  TCP
  )http");
}

TEST_CASE("HTTP: responses without a body") {
  check_connection(80, R"http(
    > "HEAD / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n"  HTTP "HEAD / HTTP/1.1 GET /b HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"  HTTP "HTTP/1.1 200 OK "
    < "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"  HTTP "HTTP/1.1 100 Continue HTTP/1.1 200 OK "
    > "GET /c HTTP/1.1\r\n\r\n"  HTTP "GET /c HTTP/1.1 "
    < "HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n"  HTTP "HTTP/1.1 204 No Content "
  )http");
}

TEST_CASE("HTTP: chunked bodies") {
  check_connection(80, R"http(
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n3\r\nab"  TCP 5
    < "c\r\n"  TCP 5
    < "A;x=y\r\n0123456789\r\n0"  TCP 5
    < "\r\nTrailer: a\r\n\r\nHTTP/1.1 204 x\r\n\r\n"  HTTP "HTTP/1.1 200 OK  (text/html)HTTP/1.1 204 x "
    < "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"  HTTP "HTTP/1.1 200 OK  [Last Chunk]"
    < "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nabc"  HTTP "HTTP/1.1 200 OK [Malformed Packet]"
  )http");
}

TEST_CASE("HTTP: what is no message goes on with one, once the connection is known") {
  check_connection(80, R"http(
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
    < "rest of a line\nand more"  HTTP "Continuation"
    < "\x01\x02"  HTTP "Continuation"
    > "GET / HTTP/1.1\r\nno header\r\n\r\n"  HTTP "GET / HTTP/1.1 Continuation"
  )http");
  check_connection(80, R"http(
    > "something else\r\n"  TCP
    < "\x01\x02"  TCP
  )http");
}

TEST_CASE("HTTP: after a segment that the capture lost, messages begin anew") {
  check_connection(80, R"http(
    > "GET / HTTP/1.1\r\nCookie: "  TCP
    > +50 "GET /b HTTP/1.1\r\n\r\n"  HTTP "[TCP Previous segment not captured] GET /b HTTP/1.1 "
  )http");
}

TEST_CASE("HTTP: a capture that keeps only the beginning of segments") {
  check_connection(80, R"http(
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nabc" /65  HTTP "HTTP/1.1 200 OK  (text/html)[Packet size limited during capture]"
    < "more of it \n and more" /15  HTTP "Continuation"
    < "more of it \n and more" /5  HTTP "Continuation[Packet size limited during capture]"
  )http");
}

TEST_CASE("HTTP: other ports, by content") {
  check_connection(9999, R"http(
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
    < "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"  HTTP "HTTP/1.1 200 OK "
  )http");
  check_connection(9999, R"http(
    > "GET /\r\n\r\n"  TCP
    > "PURGE / HTTP/1.1\r\n\r\n"  TCP
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
  )http");
  check_connection(443, R"http(
    > "GET / HTTP/1.1\r\n\r\n"  HTTP "GET / HTTP/1.1 "
  )http");
}

TEST_CASE("HTTP: a tunnel carries what was agreed upon") {
  check_connection(3128, R"http(
    > "CONNECT a:443 HTTP/1.1\r\n\r\n"  HTTP "CONNECT a:443 HTTP/1.1 "
    < "HTTP/1.1 200 Connected\r\n\r\n"  HTTP "HTTP/1.1 200 Connected "
    > "\x15\x03\x03\x00\x02\x01\x00"  TLSv1.2 "Alert (Level: Warning, Description: Close Notify)"
  )http");
  check_connection(80, R"http(
    > "GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n"  HTTP "GET / HTTP/1.1 "
    < "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"  HTTP "HTTP/1.1 101 Switching Protocols "
    > "data\n"  TCP
  )http");
}

TEST_CASE("HTTP: line breaks and odd bytes") {
  check_connection(80, R"http(
    > "\r\nGET /a\x01\xC3\xA9\xFF HTTP/1.0\n\n"  HTTP "GET /a\\001\xC3\xA9\xEF\xBF\xBD HTTP/1.0 "
    < "HTTP/1.0 200 \r\nContent-Length: 0\r\n\r\n"  HTTP "HTTP/1.0 200  "
  )http");
}

TEST_CASE("HTTP: what the body is") {
  check_body("", "abc", "HTTP", "");
  check_body("text/plain; charset=utf-8", "abc", "HTTP", " (text/plain)");
  check_body("Foo/Bar", "abc", "HTTP", " (foo/bar)");
  check_body("text/html", "", "HTTP", "");
  check_body("application/json", "{}", "HTTP/JSON", ", JSON (application/json)");
  check_body("application/hal+json", "{}", "HTTP/JSON", ", JSON (json)");
  check_body("image/svg+xml", "<svg/>", "HTTP/XML", "");
  check_body("text/html", "<?xml version='1.0'?>", "HTTP/XML", "");
  check_body("application/octet-stream", "abc", "HTTP", "");
  check_body("image/png", "\\x89PNG\\r\\n\\x1A\\n\\x00\\x00\\x00\\x0D", "HTTP", " (PNG)");
  check_body("text/x", "\\x89PNG\\r\\n\\x1A\\n\\x00\\x00\\x00\\x0D", "HTTP", " (text/x)");
  check_body("image/gif", "\\xFF\\xD8\\xFF\\xE0\\x00\\x10JFIF\\x00", "HTTP", " (JPEG JFIF image)");
  check_body("image/gif", "GIF89a\\x01\\x00\\x01\\x00\\x80\\x00\\x00\\xFF\\xFF\\xFF\\x00\\x00\\x00!\\xF9", "HTTP",
             " (GIF89a)");
  check_body("multipart/mixed; boundary=\\\"xx\\\"",
             "--xx\\r\\nContent-Type: text/plain\\r\\n\\r\\nv\\r\\n--xx\\r\\nContent-Type: "
             "text/xml\\r\\n\\r\\n<a/>\\r\\n--xx--",
             "HTTP/XML", " (text/plain)");
}

TEST_CASE("SSDP") {
  const auto search = show_datagram(unescape("M-SEARCH * HTTP/1.1\\r\\nST: ssdp:all\\r\\n\\r\\n"), 50000, 1900);
  CHECK(search.protocol == "SSDP");
  CHECK(search.info == "M-SEARCH * HTTP/1.1 ");
  CHECK(show_datagram(unescape("no message"), 50000, 1900).info == "Continuation");
}

TEST_CASE("HTTP: fields") {
  test::Reading reading;
  reading.add(test::udp_frame(
      unescape("NOTIFY * HTTP/1.1\\r\\nHost: a:1900 \\r\\nServer:x\\r\\nContent-Length: 0\\r\\n\\r\\n"), 50000, 1900));
  reading.add(test::udp_frame(unescape("HTTP/1.1 404 Not Found\\r\\nLOCATION: http://b/\\r\\n\\r\\n"), 1900, 50000));
  CHECK(http_fields(reading, 0) == std::vector<std::string>{"http.request.method=NOTIFY", "http.request.uri=*",
                                                            "http.request.version=HTTP/1.1", "http.host=a:1900",
                                                            "http.server=x", "http.content_length_header=0",
                                                            "http.content_length=0"});
  CHECK(http_fields(reading, 1) == std::vector<std::string>{"http.response.version=HTTP/1.1", "http.response.code=404",
                                                            "http.response.code.desc=Not Found",
                                                            "http.response.phrase=Not Found",
                                                            "http.location=http://b/"});
}
