// Directory replication (MS-DRSR).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "DsBind"},
    {1, "DsUnbind"},
    {2, "DsReplicaSync"},
    {3, "DsGetNCChanges"},
    {4, "DsReplicaUpdateRefs"},
    {5, "DsReplicaAdd"},
    {6, "DsReplicaDel"},
    {7, "DsReplicaMod"},
    {8, "DRSUAPI_VERIFY_NAMES"},
    {9, "DsGetMemberships"},
    {10, "DRSUAPI_INTER_DOMAIN_MOVE"},
    {11, "DsGetNT4ChangeLog"},
    {12, "DsCrackNames"},
    {13, "DsWriteAccountSpn"},
    {14, "DsRemoveDSServer"},
    {15, "DRSUAPI_REMOVE_DS_DOMAIN"},
    {16, "DsGetDomainControllerInfo"},
    {17, "DsAddEntry"},
    {18, "DsExecuteKCC"},
    {19, "DsReplicaGetInfo"},
    {20, "DRSUAPI_ADD_SID_HISTORY"},
    {21, "DsGetMemberships2"},
    {22, "DRSUAPI_REPLICA_VERIFY_OBJECTS"},
    {23, "DRSUAPI_GET_OBJECT_EXISTENCE"},
    {24, "QuerySitesByCost"},
    {25, "InitDemotion"},
    {26, "ReplicaDemotion"},
    {27, "FinishDemotion"},
    {28, "AddCloneDC"},
    {29, "WriteNgcKey"},
    {30, "ReadNgcKey"},
};
constexpr Field kOperation{"drsuapi.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "e3514235-4b06-11d1-ab04-00c04fc2dcd2"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {drsuapi_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol drsuapi_protocol{.filter_name = "drsuapi",
                                .column_name = "DRSUAPI",
                                .title = "Active Directory Replication",
                                .fields = kFields,
                                .claims = kClaims,
                                .dissect = dissect};

}  // namespace tracedrop::dissect
