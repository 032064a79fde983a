// References to DCOM objects (MS-DCOM).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "QueryInterface"}, {1, "AddRef"}, {2, "Release"}, {3, "RemQueryInterface"}, {4, "RemAddRef"}, {5, "RemRelease"},
};
constexpr Field kOperation{"remunk.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "00000131-0000-0000-c000-000000000046"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {remunk_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol remunk_protocol{.filter_name = "remunk",
                               .column_name = "IRemUnknown",
                               .title = "IRemUnknown",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
