// SMB and DCE/RPC: messages that come in pieces, names that handles stand for, bytes of any kind.
#include <random>
#include <string>

#include "catch.h"
#include "messages.h"
#include "protocols/application/smb/windows.h"

using namespace tracedrop;

namespace {

std::string escaped(const test::Octets& bytes) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const uint8_t byte : bytes) out += std::string("\\x") + kDigits[byte >> 4] + kDigits[byte & 15];
  return out;
}

/// A message of SMB2 behind the header of the session service.
test::Octets message(uint8_t command, const test::Octets& body) {
  test::Octets out = test::octets("000000 00 FE534D42 4000 0100 00000000");
  out[3] = static_cast<uint8_t>(64 + body.size());
  out.push_back(command);
  const test::Octets rest = test::octets(
      "00 0100 00000000 00000000 0700000000000000 00000000 05000000 0100000000000000 "
      "00000000000000000000000000000000");
  out.insert(out.end(), rest.begin(), rest.end());
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

void check_in_pieces(uint16_t port, const test::Octets& whole, size_t step, const std::string& shown) {
  const size_t count = (whole.size() + step - 1) / step;
  std::string script;
  for (size_t i = 0; i < count; ++i) {
    const auto from = whole.begin() + static_cast<std::ptrdiff_t>(i * step);
    const auto end = whole.begin() + static_cast<std::ptrdiff_t>(std::min(whole.size(), (i + 1) * step));
    script += "> \"" + escaped(test::Octets(from, end)) + "\" ";
    script += i + 1 == count ? shown + "\n" : "TCP " + std::to_string(count) + "\n";
  }
  test::check_connection(port, script);
}

}  // namespace

TEST_CASE("SMB2: a message shows the same however it was cut into segments") {
  const test::Octets keep_alive = message(13, test::octets("0400 0000"));
  for (size_t step : {1, 2, 3, 5, 7, 16, 40, 71}) {
    CAPTURE(step);
    check_in_pieces(445, keep_alive, step, "SMB2 \"KeepAlive Request\"");
  }
}

TEST_CASE("SMB: texts of two bytes a character become UTF-8, and are whole whatever stands in them") {
  const auto text = [](const char* hex) {
    const test::Octets bytes = test::octets(hex);
    return dissect::smb::utf16(Bytes(bytes.data(), bytes.size()));
  };
  CHECK(text("6100 6200") == "ab");
  CHECK(text("6100 0000 6200") == "a");
  CHECK(text("E400 AC20") == "\xC3\xA4\xE2\x82\xAC");
  CHECK(text("3DD8 00DE") == "\xF0\x9F\x98\x80");
  CHECK(text("3DD8 6100") ==
        "\xEF\xBF\xBD"
        "a");
  CHECK(text("00DE") == "\xEF\xBF\xBD");
  CHECK(text("6100 62") == "a");
}
