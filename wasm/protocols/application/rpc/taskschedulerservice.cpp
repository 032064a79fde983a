// Scheduled tasks (MS-TSCH).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "SchRpcHighestVersion"},
    {1, "SchRpcRegisterTask"},
    {2, "SchRpcRetrieveTask"},
    {3, "SchRpcCreateFolder"},
    {4, "SchRpcSetSecurity"},
    {5, "SchRpcGetSecurity"},
    {6, "SchRpcEnumFolders"},
    {7, "SchRpcEnumTasks"},
    {8, "SchRpcEnumInstances"},
    {9, "SchRpcGetInstanceInfo"},
    {10, "SchRpcStopInstance"},
    {11, "SchRpcStop"},
    {12, "SchRpcRun"},
    {13, "SchRpcDelete"},
    {14, "SchRpcRename"},
    {15, "SchRpcScheduledRuntimes"},
    {16, "SchRpcGetLastRunInfo"},
    {17, "SchRpcGetTaskInfo"},
    {18, "SchRpcGetNumberOfMissedRuns"},
    {19, "SchRpcEnableTask"},
};
constexpr Field kOperation{"taskschedulerservice.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "86d35949-83c9-4044-b424-db363231fd0c"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {taskschedulerservice_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol taskschedulerservice_protocol{.filter_name = "taskschedulerservice",
                                             .column_name = "TaskSchedulerService",
                                             .title = "Microsoft Task Scheduler Service",
                                             .fields = kFields,
                                             .claims = kClaims,
                                             .dissect = dissect};

}  // namespace tracedrop::dissect
