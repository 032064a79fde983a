// This file alone is compiled without being counted.
#include "steps.h"

#include <cstddef>

namespace {

uint64_t counted = 0;

}  // namespace

namespace tracedrop::test {

uint64_t steps() { return counted; }

}  // namespace tracedrop::test

extern "C" {

void __sanitizer_cov_trace_pc() { ++counted; }

// The linker puts these in the place of the C library's (--wrap).
void* __real_memmove(void* to, const void* from, size_t count);
void* __real_memcpy(void* to, const void* from, size_t count);
void* __real_memset(void* at, int value, size_t count);
void* __real_memchr(const void* at, int value, size_t count);
int __real_memcmp(const void* a, const void* b, size_t count);

void* __wrap_memmove(void* to, const void* from, size_t count) {
  counted += count / 8;
  return __real_memmove(to, from, count);
}
void* __wrap_memcpy(void* to, const void* from, size_t count) {
  counted += count / 8;
  return __real_memcpy(to, from, count);
}
void* __wrap_memset(void* at, int value, size_t count) {
  counted += count / 8;
  return __real_memset(at, value, count);
}
void* __wrap_memchr(const void* at, int value, size_t count) {
  void* const found = __real_memchr(at, value, count);
  counted +=
      (found == nullptr ? count : static_cast<size_t>(static_cast<char*>(found) - static_cast<const char*>(at))) / 8;
  return found;
}
int __wrap_memcmp(const void* a, const void* b, size_t count) {
  counted += count / 8;
  return __real_memcmp(a, b, count);
}
}
