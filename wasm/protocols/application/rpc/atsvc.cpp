// Scheduled jobs (MS-TSCH).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "JobAdd"},
    {1, "JobDel"},
    {2, "JobEnum"},
    {3, "JobGetInfo"},
};
constexpr Field kOperation{"atsvc.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "1ff70682-0a51-30e8-076d-740be8cee98b"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {atsvc_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol atsvc_protocol{.filter_name = "atsvc",
                              .column_name = "ATSVC",
                              .title = "Microsoft AT-Scheduler Service",
                              .fields = kFields,
                              .claims = kClaims,
                              .dissect = dissect};

}  // namespace tracedrop::dissect
