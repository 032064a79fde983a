// Witnesses of failing servers (MS-SWN).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "GetInterfaceList"}, {1, "Register"}, {2, "UnRegister"}, {3, "AsyncNotify"}, {4, "RegisterEx"},
};
constexpr Field kOperation{"witness.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "ccd8c074-d0e5-4a40-92b4-d074faa6ba28"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {witness_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol witness_protocol{.filter_name = "witness",
                                .column_name = "WITNESS",
                                .title = "SMB Witness Service",
                                .fields = kFields,
                                .claims = kClaims,
                                .dissect = dissect};

}  // namespace tracedrop::dissect
