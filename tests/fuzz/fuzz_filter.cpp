// Any text as a display filter over a small trace: it is refused with a place within the text, or what its columns,
// Info and a replay find is what the whole tree of each packet says.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/filter_run.h"
#include "support/look_at_all.h"

namespace {

using namespace tracedrop;

void append_le32(std::string& out, uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift));
}

std::string octets(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::strtoul(std::string(hex.substr(i, 2)).c_str(), nullptr, 16));
  return out;
}

void append_packet(std::string& out, uint32_t second, const std::string& bytes) {
  append_le32(out, 1'700'000'000 + second);
  append_le32(out, 1000 * second);
  append_le32(out, static_cast<uint32_t>(bytes.size()));
  append_le32(out, static_cast<uint32_t>(bytes.size()));
  out += bytes;
}

/// A handshake with a request of HTTP, a query of DNS, an error about it, ARP.
const std::string& file() {
  static const std::string bytes = [] {
    const std::string ethernet = octets("0200000000020200000000010800");
    const auto ipv4 = [](uint8_t protocol, const std::string& payload) {
      std::string out = octets("4500");
      const auto size = static_cast<uint32_t>(payload.size() + 20);
      out += static_cast<char>(size >> 8);
      out += static_cast<char>(size);
      out += octets("0001400040");
      out += static_cast<char>(protocol);
      return out + octets("0000C000020AC6336450") + payload;
    };
    const std::string query = octets("C3500035") + octets("00210000") + octets("12340100000100000000000007") +
                              "example" + octets("03") + "com" + octets("0000010001");
    std::string out;
    for (const uint32_t word : {0xA1B2C3D4u, 0x00040002u, 0u, 0u, 65535u, 1u}) append_le32(out, word);
    append_packet(out, 0, ethernet + ipv4(6, octets("C350005000000064000000005002FFFF00000000")));
    append_packet(out, 1,
                  ethernet + ipv4(6, octets("C350005000000065000000015018FFFF00000000") +
                                         "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"));
    append_packet(out, 2, ethernet + ipv4(17, query));
    append_packet(out, 3, ethernet + ipv4(1, octets("0303000000000000") + ipv4(17, query)));
    append_packet(
        out, 4,
        octets("FFFFFFFFFFFF0200000000010806") + octets("0001080006040001020000000001C000020A000000000000C6336450"));
    return out;
  }();
  return bytes;
}

struct Loaded {
  Loaded() : source(file()), engine(source) {
    engine.push(Bytes::of(file()));
    engine.finish();
  }
  test::MemorySource source;
  engine::Engine engine;
};

void demand(bool holds) {
  if (!holds) std::abort();
}

std::vector<bool> by_trees(Loaded& loaded, const filter::Program& program) {
  std::vector<bool> passes;
  filter::TreeValues values(program);
  filter::Evaluator evaluator(program);
  filter::RowValues columns(loaded.engine.trace());
  std::vector<filter::Values> slots(program.slots.size());
  engine::PacketReplay replay(loaded.engine.trace(), loaded.source);
  dissect::Tree tree;
  std::string info;
  for (; replay.step(&tree, &info); info.clear()) {
    values.read(tree, slots);
    columns.set_info(info);
    for (size_t i = 0; i < slots.size(); ++i) {
      const filter::Slot& slot = program.slots[i];
      if (slot.name->column == filter::ListColumn::none) continue;
      slots[i].clear();
      columns.append(filter::row_slot(slot, false), *slot.name, replay.next() - 1, slots[i]);
    }
    passes.push_back(evaluator.passes(slots));
  }
  return passes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Loaded loaded;
  const std::string text(reinterpret_cast<const char*>(data), size);
  filter::Problem problem;
  const auto program = filter::compile(text, problem);
  if (program == nullptr) {
    demand(!problem.text.empty() && problem.place.begin <= problem.place.end && problem.place.end <= text.size());
    filter::marked(text, problem.place);
    return 0;
  }
  const trace::Trace& trace = loaded.engine.trace();
  engine::FilterRun run(trace, nullptr, loaded.source, program);
  while (run.step(1)) demand(run.progress() >= 0 && run.progress() <= 1);
  const trace::Selection found = run.selection();
  const std::vector<bool> wanted = by_trees(loaded, *program);
  demand(wanted.size() == trace.size());
  for (uint32_t i = 0; i < trace.size(); ++i) demand(found.contains(i) == wanted[i]);
  return 0;
}
