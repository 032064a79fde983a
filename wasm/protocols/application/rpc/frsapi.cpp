// File replication: promotion (MS-FRS1).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "VerifyPromotion"},        {1, "PromotionStatus"},        {2, "StartDemotion"},    {3, "CommitDemotion"},
    {4, "Set_DsPollingIntervalW"}, {5, "Get_DsPollingIntervalW"}, {6, "VerifyPromotionW"}, {7, "InfoW"},
    {8, "IsPathReplicated"},       {9, "WriterCommand"},
};
constexpr Field kOperation{"frsapi.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "d049b186-814f-11d1-9a3c-00c04fc9b232"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {frsapi_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol frsapi_protocol{.filter_name = "frsapi",
                               .column_name = "FRSAPI",
                               .title = "Microsoft File Replication Service API",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
