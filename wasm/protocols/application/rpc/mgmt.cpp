// Remote management of RPC servers (DCE 1.1: RPC, appendix Q).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "rpc__mgmt_inq_if_ids"},          {1, "rpc__mgmt_inq_stats"},
    {2, "rpc__mgmt_is_server_listening"}, {3, "rpc__mgmt_stop_server_listening"},
    {4, "rpc__mgmt_inq_princ_name"},
};
constexpr Field kOperation{"mgmt.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "afa8bd80-7d8a-11c9-bef4-08002b102989"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {mgmt_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol mgmt_protocol{.filter_name = "mgmt",
                             .column_name = "MGMT",
                             .title = "DCE/RPC Remote Management",
                             .fields = kFields,
                             .claims = kClaims,
                             .dissect = dissect};

}  // namespace tracedrop::dissect
