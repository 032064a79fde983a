// Shutdown of a host (MS-RSP).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "Init"},
    {1, "Abort"},
    {2, "InitEx"},
};
constexpr Field kOperation{"initshutdown.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "894de0c0-0d55-11d3-a322-00c04fa321a1"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {initshutdown_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol initshutdown_protocol{.filter_name = "initshutdown",
                                     .column_name = "INITSHUTDOWN",
                                     .title = "Init shutdown service",
                                     .fields = kFields,
                                     .claims = kClaims,
                                     .dissect = dissect};

}  // namespace tracedrop::dissect
