// Configuration Testing Protocol of Ethernet (version 2.0 of its specification, section 8), which switches send to
// themselves: skip count (2, little endian), and after that many bytes a function (2, little endian).
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kFunctions[] = {{1, "Reply"}, {2, "Forward Data"}};

struct Fields {
  Field skip_count{"loop.skipcount", "skipCount", le(u16)};
  Field relevant{"loop.relevant_function", "Relevant function", le(u16), kFunctions};
  Field function{"loop.function", "Function", le(u16), kFunctions};
  Field receipt{"loop.receipt_number", "Receipt number", le(u16)};
  Field forward{"loop.forwarding_address", "Forwarding address", mac48};
} constexpr f;
constexpr Claim kClaims[] = {{ether_types, 0x9000}};

enum Function : uint16_t { kReply = 1, kForward = 2 };

void name_function(Context& context, uint16_t number) {
  const std::string_view name = name_of(kFunctions, number);
  if (!name.empty()) return context.set_info(name);
  context.set_info("Unknown function (", number, ')');
}

/// The functions one after the other: each forwards what follows to the next station, until one replies.
void read_functions(Layer& in, size_t relevant_at) {
  bool goes_on = true;
  while (in.ok() && goes_on) {
    if (in.at() == relevant_at && in.rest().has(0, 2)) {
      in.peek(f.relevant, relevant_at);
      in.generated();
    }
    const uint32_t function = in(f.function);
    goes_on = in.ok() && function == kForward;
    if (function == kForward) in(f.forward);
    if (function == kReply) in(f.receipt);
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ethernet_loop_protocol, bytes);
  context.set_protocol(ethernet_loop_protocol);
  context.clear_info();
  if (bytes.empty()) in.withdraw();
  in.span_all();
  const uint32_t skip = in(f.skip_count);
  if (!in.ok()) return;
  const size_t relevant_at = in.at() + skip;
  if (skip >= bytes.wire_size()) {
    read_functions(in, relevant_at);
    if (in.ok()) context.set_info("No valid function found");
    return;
  }
  if (bytes.has(relevant_at, 2)) name_function(context, bytes.le16(relevant_at));
  read_functions(in, relevant_at);
}

}  // namespace

const Protocol ethernet_loop_protocol{.filter_name = "loop",
                                      .column_name = "LOOP",
                                      .title = "Configuration Test Protocol (loopback)",
                                      .fields = listed<f>,
                                      .claims = kClaims,
                                      .dissect = dissect};

}  // namespace tracedrop::dissect
