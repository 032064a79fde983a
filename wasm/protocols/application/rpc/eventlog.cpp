// Event logs (MS-EVEN).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "ClearEventLogW"},        {1, "BackupEventLogW"},     {2, "CloseEventLog"},      {3, "DeregisterEventSource"},
    {4, "GetNumRecords"},         {5, "GetOldestRecord"},     {6, "ChangeNotify"},       {7, "OpenEventLogW"},
    {8, "RegisterEventSourceW"},  {9, "OpenBackupEventLogW"}, {10, "ReadEventLogW"},     {11, "ReportEventW"},
    {12, "ClearEventLogA"},       {13, "BackupEventLogA"},    {14, "OpenEventLogA"},     {15, "RegisterEventSourceA"},
    {16, "OpenBackupEventLogA"},  {17, "ReadEventLogA"},      {18, "ReportEventA"},      {19, "RegisterClusterSvc"},
    {20, "DeregisterClusterSvc"}, {21, "WriteClusterEvents"}, {22, "GetLogInformation"}, {23, "FlushEventLog"},
};
constexpr Field kOperation{"eventlog.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "82273fdc-e32a-18c3-3f78-827929dc23ea"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {eventlog_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol eventlog_protocol{.filter_name = "eventlog",
                                 .column_name = "EVENTLOG",
                                 .title = "Event Logger",
                                 .fields = kFields,
                                 .claims = kClaims,
                                 .dissect = dissect};

}  // namespace tracedrop::dissect
