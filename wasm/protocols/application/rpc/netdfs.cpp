// Namespaces of distributed file systems (MS-DFSNM).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "dfs_GetManagerVersion"},
    {1, "dfs_Add"},
    {2, "dfs_Remove"},
    {3, "dfs_SetInfo"},
    {4, "dfs_GetInfo"},
    {5, "dfs_Enum"},
    {6, "dfs_Rename"},
    {7, "dfs_Move"},
    {8, "dfs_ManagerGetConfigInfo"},
    {9, "dfs_ManagerSendSiteInfo"},
    {10, "dfs_AddFtRoot"},
    {11, "dfs_RemoveFtRoot"},
    {12, "dfs_AddStdRoot"},
    {13, "dfs_RemoveStdRoot"},
    {14, "dfs_ManagerInitialize"},
    {15, "dfs_AddStdRootForced"},
    {16, "dfs_GetDcAddress"},
    {17, "dfs_SetDcAddress"},
    {18, "dfs_FlushFtTable"},
    {19, "dfs_Add2"},
    {20, "dfs_Remove2"},
    {21, "dfs_EnumEx"},
    {22, "dfs_SetInfo2"},
};
constexpr Field kOperation{"netdfs.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "4fc742e0-4a10-11cf-8273-00aa004ae673"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {netdfs_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol netdfs_protocol{.filter_name = "netdfs",
                               .column_name = "NETDFS",
                               .title = "Settings for Microsoft Distributed File System",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
