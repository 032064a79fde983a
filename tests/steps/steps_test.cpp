// Work grows with the input: of each attack, twice as much takes at most two and a half times as many steps.
#include "steps.h"
#include <cstdio>

#include "attacks.h"
#include "catch.h"
#include "engine/engine.h"
#include "support/look_at_all.h"

using namespace tracedrop;

namespace {

constexpr size_t kChunk = 64 * 1024;

void read(engine::Engine& engine, const std::string& file) {
  for (size_t at = 0; at < file.size(); at += kChunk)
    if (!engine.push(Bytes::of(std::string_view(file).substr(at, kChunk)))) break;
  engine.finish();
}

uint64_t steps_for(const std::string& file) {
  const uint64_t before = test::steps();
  test::MemorySource source(file);
  engine::Engine engine(source);
  read(engine, file);
  test::look_at_all(engine);
  return test::steps() - before;
}

/// Of a replay alone, with every packet's tree.
uint64_t replay_steps_for(const std::string& file) {
  test::MemorySource source(file);
  engine::Engine engine(source);
  read(engine, file);
  const uint64_t before = test::steps();
  test::replay_all(engine.trace(), source);
  return test::steps() - before;
}

}  // namespace

TEST_CASE("work grows with the input") {
  for (const test::Attack& attack : test::attacks()) {
    const std::string half = attack.make(attack.n), whole = attack.make(attack.n * 2);
    const uint64_t steps_of_half = steps_for(half), steps_of_whole = steps_for(whole);
    const double ratio = static_cast<double>(steps_of_whole) / static_cast<double>(steps_of_half);
    const double per_byte = static_cast<double>(steps_of_whole) / static_cast<double>(whole.size());
    std::printf("%-42s %9zu bytes %12llu steps %5.2f times %6.0f a byte\n", attack.name, whole.size(),
                static_cast<unsigned long long>(steps_of_whole), ratio, per_byte);
    UNSCOPED_INFO(attack.name << ": " << half.size() << " and " << whole.size() << " bytes, " << steps_of_half
                              << " and " << steps_of_whole << " steps, " << ratio << " times; " << per_byte
                              << " steps a byte");
    CHECK(ratio <= 2.5);
    // A megabyte is read in less than half a second: a step takes less than a nanosecond and a half.
    CHECK(per_byte <= 300);
  }
}

TEST_CASE("a replay's work grows with the input") {
  for (const test::Attack& attack : test::attacks()) {
    const std::string half = attack.make(attack.n / 2), whole = attack.make(attack.n);
    const uint64_t steps_of_half = replay_steps_for(half), steps_of_whole = replay_steps_for(whole);
    if (steps_of_half == 0) continue;  // a csv holds no packets
    INFO(attack.name << ": " << steps_of_half << " and " << steps_of_whole << " steps");
    CHECK(static_cast<double>(steps_of_whole) / static_cast<double>(steps_of_half) <= 2.5);
  }
}

TEST_CASE("steps are counted") {
  const auto make = test::attacks().front().make;
  CHECK(steps_for(make(100)) > 1000);
}
