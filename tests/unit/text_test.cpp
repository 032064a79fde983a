// Short texts built in place.
#include <string>

#include "base/text.h"
#include "catch.h"

using namespace tracedrop;

TEST_CASE("copy_short copies any length and not a byte more") {
  const std::string from = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (size_t size = 0; size <= from.size(); ++size) {
    std::string to(from.size() + 1, '.');
    CHECK(copy_short(to.data(), from.data(), size) == to.data() + size);
    CHECK(to == from.substr(0, size) + std::string(to.size() - size, '.'));
  }
}

TEST_CASE("numbers are written as std::to_string writes them") {
  for (const uint32_t number : {0u, 9u, 10u, 99u, 100u, 65535u, 999999999u, 1000000000u, UINT32_MAX}) {
    char digits[16];
    CHECK(std::string(digits, write_number(digits, number)) == std::to_string(number));
  }
}

TEST_CASE("a short text leaves out what does not fit, and goes on with what does") {
  ShortText<16> text;
  text += "443 ";
  text += "this is too long";
  text += uint32_t{50000};
  text += uint32_t{7};  // a number is sure to fit only where ten digits do
  text += "!";
  CHECK(text.view() == "443 50000!");
}
