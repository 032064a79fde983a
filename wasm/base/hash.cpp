#include "base/hash.h"

#include <chrono>
#include <exception>

#ifdef __EMSCRIPTEN__
#include <unistd.h>
#else
#include <random>
#endif

namespace tracedrop {

namespace {

using Secrets = std::array<uint64_t, 16>;

bool draw(Secrets& secrets) {
#ifdef __EMSCRIPTEN__
  return getentropy(secrets.data(), sizeof secrets) == 0;
#else
  try {
    std::random_device random;
    for (uint64_t& secret : secrets) secret = uint64_t{random()} << 32 | random();
    return true;
  } catch (const std::exception&) {
    return false;
  }
#endif
}

/// Where the system has no randomness: nobody who makes a file knows the time to the nanosecond, and the address, of
/// whoever will read it.
void make_up(Secrets& secrets) {
  auto state = static_cast<uint64_t>(std::chrono::high_resolution_clock::now().time_since_epoch().count());
  state ^= reinterpret_cast<uintptr_t>(&secrets) << 20;
  for (uint64_t& secret : secrets) {  // splitmix64
    state += 0x9E3779B97F4A7C15;
    secret = (state ^ state >> 30) * 0xBF58476D1CE4E5B9;
    secret = (secret ^ secret >> 27) * 0x94D049BB133111EB;
    secret ^= secret >> 31;
  }
}

Secrets make_secrets() {
  Secrets secrets{};
  if (!draw(secrets)) make_up(secrets);
  return secrets;
}

}  // namespace

const Secrets kHashSecrets = make_secrets();

}  // namespace tracedrop
