// Lists of servers (MS-BRWSA).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "BrowserrServerEnum"},
    {1, "BrowserrDebugCall"},
    {2, "BrowserrQueryOtherDomains"},
    {3, "BrowserrResetNetlogonState"},
    {4, "BrowserrDebugTrace"},
    {5, "BrowserrQueryStatistics"},
    {6, "BrowserrResetStatistics"},
    {7, "NetrBrowserStatisticsClear"},
    {8, "NetrBrowserStatisticsGet"},
    {9, "BrowserrSetNetlogonState"},
    {10, "BrowserrQueryEmulatedDomains"},
    {11, "BrowserrServerEnumEx"},
};
constexpr Claim kClaims[] = {{rpc_interfaces, "6bffd098-a112-3610-9833-012892020162"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {rpc_browser_protocol, kOperations});
}

}  // namespace

const Protocol rpc_browser_protocol{.filter_name = "rpc_browser",
                                    .column_name = "RPC_BROWSER",
                                    .title = "RPC Browser",

                                    .claims = kClaims,
                                    .dissect = dissect};

}  // namespace tracedrop::dissect
