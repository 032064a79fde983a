// Activation of DCOM objects (MS-DCOM).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "QueryInterfaceIRemoteSCMActivator"},
    {1, "AddRefIRemoteISCMActivator"},
    {2, "ReleaseIRemoteISCMActivator"},
    {3, "RemoteGetClassObject"},
    {4, "RemoteCreateInstance"},
};
constexpr Field kOperation{"isystemactivator.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "000001a0-0000-0000-c000-000000000046"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {isystemactivator_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol isystemactivator_protocol{.filter_name = "isystemactivator",
                                         .column_name = "ISystemActivator",
                                         .title = "ISystemActivator ISystemActivator Resolver",
                                         .fields = kFields,
                                         .claims = kClaims,
                                         .dissect = dissect};

}  // namespace tracedrop::dissect
