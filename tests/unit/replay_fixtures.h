// Fields of one packet for tests, as a replay of the packets before it reports them.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "dissect/dissector.h"

namespace tracedrop::test {

/// "name=value" of every line with a field: numbers in decimal, bytes in hexadecimal, texts as they are.
inline std::vector<std::string> list_fields(const dissect::Tree& tree) {
  std::vector<std::string> lines;
  for (const dissect::Line& line : tree.lines()) {
    if (line.field == nullptr || line.is_hidden) continue;
    std::string out = std::string(line.field->name) + '=';
    const std::string_view value = tree.value_of(line);
    switch (line.field->format.kind) {
      case dissect::Kind::none: break;
      case dissect::Kind::text: out += value; break;
      case dissect::Kind::bytes:
      case dissect::Kind::mac:
      case dissect::Kind::ipv4:
      case dissect::Kind::ipv6:
      case dissect::Kind::eui64:
      case dissect::Kind::guid:
      case dissect::Kind::oid:
        for (const char byte : value) append_hex(out, static_cast<uint8_t>(byte), 2);
        break;
      default: append_number(out, line.number); break;
    }
    lines.push_back(out);
  }
  return lines;
}

/// Replays packets 0 to `index`; `packet(i)` and `row(i)` give each. The tree of the last one.
template <typename PacketOf, typename RowOf>
dissect::Tree replayed(const dissect::Findings& facts, size_t index, PacketOf&& packet, RowOf&& row) {
  dissect::Replay replay(facts);
  dissect::Tree tree;
  for (size_t i = 0; i <= index; ++i) {
    const dissect::Replay::Wanted wanted{.tree = i == index ? &tree : nullptr};
    replay.dissect(packet(i), static_cast<dissect::PacketIndex>(i), row(i), wanted);
  }
  return tree;
}

}  // namespace tracedrop::test
