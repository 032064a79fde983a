// TCP options (RFC 9293, section 3.1): kind, length, value; kinds 0 and 1 are single bytes.
//
//   kind 2 MSS (RFC 9293)  3 window scale, 8 timestamps (RFC 7323)  4 SACK permitted, 5 SACK (RFC 2018)  19 MD5 (RFC
//   2385)
//        28 user timeout (RFC 5482)  29 TCP-AO (RFC 5925)  30 multipath TCP (RFC 8684)  34 fast open (RFC 7413)
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace tracedrop::dissect::tcp {

enum OptionKind : uint8_t {
  kEndOfOptions = 0,
  kNoOperation = 1,
  kMaximumSegmentSize = 2,
  kWindowScale = 3,
  kSackPermitted = 4,
  kSack = 5,
  kEcho = 6,
  kEchoReply = 7,
  kTimestamps = 8,
  kMd5 = 19,
  kUserTimeout = 28,
  kAuthentication = 29,
  kMultipath = 30,
  kFastOpen = 34,
  kAccurateEcn0 = 172,  // RFC 9768: its counters in one order or the other
  kAccurateEcn1 = 174,
  kExperiment1 = 253,  // RFC 6994: with an experiment's id (2 or 4 bytes) first
  kExperiment2 = 254,
};

struct SackBlock {
  uint32_t left = 0, right = 0;
};

/// The options that analysis needs; the others are only shown.
struct Options {
  static constexpr size_t kMaxBlocks = 4;
  int8_t window_shift = -1;  ///< -1: no window scale option; more than 14 counts as 14
  bool is_mptcp = false;
  bool are_cut = false;  ///< the capture did not keep them all
  uint8_t sack_count = 0;
  std::array<SackBlock, kMaxBlocks> sack{};
};

/// One option of a list, as for_each_option() finds it.
struct Option {
  uint8_t kind = 0;
  Bytes whole;  ///< kind and length bytes included
  Bytes value;
  bool cut_short = false;  ///< its length runs past the options, or is below 2: nothing after it can be read
};

template <typename Visit>
void for_each_option(Bytes options, Visit&& visit) {
  size_t at = 0;
  while (at < options.size()) {
    Option option;
    option.kind = options.u8(at);
    if (option.kind <= kNoOperation) {
      option.whole = options.sub(at, 1);
    } else {
      const size_t length = options.u8(at + 1);
      option.cut_short = length < 2 || !options.has(at, length);
      option.whole = option.cut_short ? options.from(at) : options.sub(at, length);
      option.value = option.whole.from(2);
    }
    visit(option);
    if (option.kind == kEndOfOptions || option.cut_short) return;
    at += option.whole.size();
  }
}

Options parse_options(Bytes options);

}  // namespace tracedrop::dissect::tcp
