// RapidJSON's writer with the few shapes that our objects have.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace tracedrop::exporting {

class Json {
 public:
  void begin_object() { writer_.StartObject(); }
  void begin_object(std::string_view name) { key(name), begin_object(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void begin_array(std::string_view name) { key(name), begin_array(); }
  void end_array() { writer_.EndArray(); }

  void text(std::string_view name, std::string_view value) { key(name), put(value); }
  /// Elements of an array.
  void text(std::string_view value) { put(value); }
  void count(uint64_t value) { writer_.Uint64(value); }
  void count(std::string_view name, uint64_t value) { key(name), writer_.Uint64(value); }
  /// The fewest digits that read back as the same double, as Python prints them; whole numbers without a point. Finite.
  void number(std::string_view name, double value) { key(name), put(value); }
  void number(std::string_view name, std::optional<double> value) {
    key(name);
    value ? put(*value) : null();
  }
  void boolean(std::string_view name, std::optional<bool> value) {
    key(name);
    value ? static_cast<void>(writer_.Bool(*value)) : null();
  }
  void null(std::string_view name) { key(name), null(); }
  void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }

  std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  void put(std::string_view value) { writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
  void put(double value) {
    constexpr double kEveryIntegerIsExact = 9007199254740992.0;  // 2^53
    if (std::floor(value) == value && std::abs(value) <= kEveryIntegerIsExact) {
      writer_.Int64(static_cast<int64_t>(value));
      return;
    }
    // RapidJSON's own digits read back as the same double too, but the last one often differs from the nearest, which
    // is what Python and JavaScript print.
    char digits[32];
    int length = 0;
    for (int precision = 15; precision <= 17; ++precision) {
      length = std::snprintf(digits, sizeof digits, "%.*g", precision, value);
      if (std::strtod(digits, nullptr) == value) break;
    }
    writer_.RawValue(digits, static_cast<size_t>(length), rapidjson::kNumberType);
  }
  void null() { writer_.Null(); }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace tracedrop::exporting
