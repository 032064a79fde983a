// Service control manager (MS-SCMR).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "CloseServiceHandle"},
    {1, "ControlService"},
    {2, "DeleteService"},
    {3, "LockServiceDatabase"},
    {4, "QueryServiceObjectSecurity"},
    {5, "SetServiceObjectSecurity"},
    {6, "QueryServiceStatus"},
    {7, "SetServiceStatus"},
    {8, "UnlockServiceDatabase"},
    {9, "NotifyBootConfigStatus"},
    {10, "SCSetServiceBitsW"},
    {11, "ChangeServiceConfigW"},
    {12, "CreateServiceW"},
    {13, "EnumDependentServicesW"},
    {14, "EnumServicesStatusW"},
    {15, "OpenSCManagerW"},
    {16, "OpenServiceW"},
    {17, "QueryServiceConfigW"},
    {18, "QueryServiceLockStatusW"},
    {19, "StartServiceW"},
    {20, "GetServiceDisplayNameW"},
    {21, "GetServiceKeyNameW"},
    {22, "SCSetServiceBitsA"},
    {23, "ChangeServiceConfigA"},
    {24, "CreateServiceA"},
    {25, "EnumDependentServicesA"},
    {26, "EnumServicesStatusA"},
    {27, "OpenSCManagerA"},
    {28, "OpenServiceA"},
    {29, "QueryServiceConfigA"},
    {30, "QueryServiceLockStatusA"},
    {31, "StartServiceA"},
    {32, "GetServiceDisplayNameA"},
    {33, "GetServiceKeyNameA"},
    {34, "GetCurrentGroupeStateW"},
    {35, "EnumServiceGroupW"},
    {36, "ChangeServiceConfig2A"},
    {37, "ChangeServiceConfig2W"},
    {38, "QueryServiceConfig2A"},
    {39, "QueryServiceConfig2W"},
    {40, "QueryServiceStatusEx"},
    {41, "EnumServicesStatusExA"},
    {42, "EnumServicesStatusExW"},
    {43, "ScBroadcastServiceControlMessage"},
    {44, "CreateServiceWOW64A"},
    {45, "CreateServiceWOW64W"},
    {46, "ScQueryServiceTagInfo"},
    {47, "NotifyServiceStatusChange"},
    {48, "GetNotifyResults"},
    {49, "CloseNotifyHandle"},
    {50, "ControlServiceExA"},
    {51, "ControlServiceExW"},
    {52, "ScSendPnPMessage"},
    {53, "ScValidatePnPService"},
    {54, "ScOpenServiceStatusHandle"},
    {55, "ScQueryServiceConfig"},
    {56, "QueryServiceConfigEx"},
    {57, "ScRegisterPreshutdownRestart"},
    {58, "ScReparseServiceDatabase"},
    {59, "QueryUserServiceName"},
    {60, "CreateWowService"},
    {61, "GetServiceRegistryStateKey"},
    {62, "GetServiceDirectory"},
    {63, "GetServiceProcessToken"},
    {64, "OpenSCManager2"},
    {65, "GetSharedServiceRegistryStateKey"},
    {66, "GetSharedServiceDirectory"},
};
constexpr Field kOperation{"svcctl.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "367abb81-9844-35f1-ad32-98f038001003"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {svcctl_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol svcctl_protocol{.filter_name = "svcctl",
                               .column_name = "SVCCTL",
                               .title = "Service Control",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
