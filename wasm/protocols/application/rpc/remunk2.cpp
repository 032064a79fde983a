// References to DCOM objects (MS-DCOM).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "QueryInterface"},     {1, "AddRef"},    {2, "Release"},
    {3, "RemQueryInterface"},  {4, "RemAddRef"}, {5, "RemRelease"},
    {6, "RemQueryInterface2"},
};
constexpr Claim kClaims[] = {{rpc_interfaces, "00000143-0000-0000-c000-000000000046"}};

void dissect(Context& context, Bytes stub) { rpc::dissect_operation(context, stub, {remunk2_protocol, kOperations}); }

}  // namespace

const Protocol remunk2_protocol{.filter_name = "remunk2",
                                .column_name = "IRemUnknown2",
                                .title = "IRemUnknown2",

                                .claims = kClaims,
                                .dissect = dissect};

}  // namespace tracedrop::dissect
