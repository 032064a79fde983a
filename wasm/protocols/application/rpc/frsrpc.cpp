// File replication (MS-FRS1).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "FrsSendCommPkt"},
    {1, "FrsVerifyPromotionParent"},
    {2, "FrsStartPromotionParent"},
    {3, "FrsNOP"},
    {4, "FRSRPC_BACKUP_COMPLETE"},
    {5, "FRSRPC_BACKUP_COMPLETE_5"},
    {6, "FRSRPC_BACKUP_COMPLETE_6"},
    {7, "FRSRPC_BACKUP_COMPLETE_7"},
    {8, "FRSRPC_BACKUP_COMPLETE_8"},
    {9, "FRSRPC_BACKUP_COMPLETE_9"},
    {10, "FRSRPC_VERIFY_PROMOTION_PARENT_EX"},
};
constexpr Field kOperation{"frsrpc.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "f5cc59b4-4264-101a-8c59-08002b2f8426"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {frsrpc_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol frsrpc_protocol{.filter_name = "frsrpc",
                               .column_name = "FRSRPC",
                               .title = "File Replication Service",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
