// Roles of a host in its domain (MS-DSSP).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "DsRoleGetPrimaryDomainInformation"},
    {1, "DsRoleDnsNameToFlatName"},
    {2, "DsRoleDcAsDc"},
    {3, "DsRoleDcAsReplica"},
    {4, "DsRoleDemoteDc"},
    {5, "DsRoleGetDcOperationProgress"},
    {6, "DsRoleGetDcOperationResults"},
    {7, "DsRoleCancel"},
    {8, "DsRoleServerSaveStateForUpgrade"},
    {9, "DsRoleUpgradeDownlevelServer"},
    {10, "DsRoleAbortDownlevelServerUpgrade"},
};
constexpr Field kOperation{"dssetup.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "3919286a-b10c-11d0-9ba8-00c04fd92ef5"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {dssetup_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol dssetup_protocol{.filter_name = "dssetup",
                                .column_name = "DSSETUP",
                                .title = "Active Directory Setup",
                                .fields = kFields,
                                .claims = kClaims,
                                .dissect = dissect};

}  // namespace tracedrop::dissect
