// Telephony (MS-TRP).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "ClientAttach"},
    {1, "ClientRequest"},
    {2, "ClientDetach"},
};
constexpr Field kOperation{"tapi.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "2f5f6520-ca46-1067-b319-00dd010662da"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {tapi_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol tapi_protocol{.filter_name = "tapi",
                             .column_name = "TAPI",
                             .title = "Microsoft Telephony API Service",
                             .fields = kFields,
                             .claims = kClaims,
                             .dissect = dissect};

}  // namespace tracedrop::dissect
