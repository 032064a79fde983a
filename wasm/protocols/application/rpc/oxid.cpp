// Resolver of DCOM object exporters (MS-DCOM).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "ResolveOxid"}, {1, "SimplePing"},   {2, "ComplexPing"},
    {3, "ServerAlive"}, {4, "ResolveOxid2"}, {5, "ServerAlive2"},
};
constexpr Field kOperation{"oxid.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "99fcfec4-5260-101b-bbcb-00aa0021347a"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {oxid_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol oxid_protocol{.filter_name = "oxid",
                             .column_name = "IOXIDResolver",
                             .title = "DCOM OXID Resolver",
                             .fields = kFields,
                             .claims = kClaims,
                             .dissect = dissect};

}  // namespace tracedrop::dissect
