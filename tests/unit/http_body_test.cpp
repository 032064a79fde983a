#include "catch.h"

#include "inflate/inflate_whole.h"
#include "protocols/application/base64.h"
#include "protocols/application/media_types.h"

using namespace tracedrop;
using namespace std::string_view_literals;

TEST_CASE("base64 ends with its padding or with what is no digit", "[http]") {
  CHECK(dissect::decode_base64("dXNlcjpwYXNz") == "user:pass");
  CHECK(dissect::decode_base64("cHVzZXI6cHA=") == "puser:pp");
  CHECK(dissect::decode_base64("QQ==QQ") == "A");
  CHECK(dissect::decode_base64("").empty());
}

TEST_CASE("a media type is named without its parameters, in lower case", "[http]") {
  CHECK(dissect::media_type_of(" Text/HTML; charset=UTF-8") == "text/html");
  CHECK(dissect::media_type_of("") == "");
}

TEST_CASE("what is compressed is inflated whatever its wrapping, up to a limit", "[http]") {
  const auto zlib = "\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15"sv;
  CHECK(inflate::inflate_whole(Bytes::of(zlib), 100) == "hello");
  CHECK(inflate::inflate_whole(Bytes::of(zlib.substr(2, 7)), 100) == "hello");
  CHECK(inflate::inflate_whole(Bytes::of(zlib), 3) == "hel");
  CHECK(inflate::inflate_whole(Bytes::of("\xff\xff plain"sv), 100).empty());
}
