// Wireless configuration.
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "EnumInterfaces"},
    {1, "QueryInterface"},
    {2, "SetInterface"},
    {3, "RefreshInterface"},
    {4, "QueryContext"},
    {5, "SetContext"},
    {6, "EapolUIResponse"},
    {7, "EapolGetCustomAuthData"},
    {8, "EapolSetCustomAuthData"},
    {9, "EapolGetInterfaceParams"},
    {10, "EapolSetInterfaceParams"},
    {11, "EapolReAuthenticateInterface"},
    {12, "EapolQueryInterfaceState"},
    {13, "OpenWZCDbLogSession"},
    {14, "CloseWZCDbLogSession"},
    {15, "EnumWZCDbLogRecords"},
    {16, "FlushWZCdbLog"},
    {17, "GetWZCDbLogRecord"},
};
constexpr Field kOperation{"wzcsvc.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "621dff68-3c39-4c6c-aae3-e68e2c6503ad"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {wzcsvc_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol wzcsvc_protocol{.filter_name = "wzcsvc",
                               .column_name = "WZCSVC",
                               .title = "Wireless Configuration Service",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
