// Activation of DCOM objects, as it was first (MS-DCOM).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "RemoteActivation"},
};
constexpr Field kOperation{"remact.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "4d9f4ab8-7d1c-11cf-861e-0020af6e7c57"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {remact_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol remact_protocol{.filter_name = "remact",
                               .column_name = "REMACT",
                               .title = "DCOM IRemoteActivation",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
