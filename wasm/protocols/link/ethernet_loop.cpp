// Configuration Testing Protocol of Ethernet (version 2.0 of its specification, section 8), which switches send to
// themselves: skip count (2, little endian), and after that many bytes a function (2, little endian).
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kFunctions[] = {{1, "Reply"}, {2, "Forward Data"}};

constexpr Field skip_count{"loop.skipcount", "skipCount", u16};
constexpr Field function{"loop.function", "Function", u16, kFunctions};
constexpr const Field* kFields[] = {&skip_count, &function};
constexpr Claim kClaims[] = {{ether_types, 0x9000}};

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ethernet_loop_protocol, bytes);
  context.set_protocol(ethernet_loop_protocol);
  context.clear_info();
  const uint16_t skip = in.le16();
  in.note(skip_count, skip, 2);
  if (in.ok() && skip >= bytes.wire_size()) return context.set_info("No valid function found");
  in.skip(skip);
  const uint16_t number = in.le16();
  if (!in.ok()) return;
  in.note(function, number, 2);
  const std::string_view name = name_of(kFunctions, number);
  context.set_info(name.empty() ? "Unknown function (" : name);
  if (!name.empty() || context.info() == nullptr) return;
  append_number(*context.info(), number);
  *context.info() += ')';
}

}  // namespace

const Protocol ethernet_loop_protocol{"loop",  "LOOP",  "Configuration Test Protocol (loopback)",
                                      kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
