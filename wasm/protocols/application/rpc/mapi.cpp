// Mailboxes of Exchange (MS-OXCRPC).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "EcDoConnect"},
    {1, "EcDoDisconnect"},
    {2, "EcDoRpc"},
    {3, "EcGetMoreRpc"},
    {4, "EcRRegisterPushNotification"},
    {5, "EcRUnregisterPushNotification"},
    {6, "EcDummyRpc"},
    {7, "EcRGetDCName"},
    {8, "EcRNetGetDCName"},
    {9, "EcDoRpcExt"},
    {10, "EcDoConnectEx"},
    {11, "EcDoRpcExt2"},
    {12, "EcDoAsyncConnect"},
    {13, "EcDoAsyncWait"},
    {14, "EcDoAsyncConnectEx"},
};
constexpr Field kOperation{"mapi.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "a4f1db00-ca47-1067-b31f-00dd010662da"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {mapi_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol mapi_protocol{.filter_name = "mapi",
                             .column_name = "MAPI",
                             .title = "MAPI",
                             .fields = kFields,
                             .claims = kClaims,
                             .dissect = dissect};

}  // namespace tracedrop::dissect
