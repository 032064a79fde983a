// Messages to users (MS-MSRP).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "NetrSendMessage"},
};
constexpr Field kOperation{"messenger.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "5a7b91f8-ff00-11d0-a9b2-00c04fb6e6fc"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {messenger_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol messenger_protocol{.filter_name = "messenger",
                                  .column_name = "Messenger",
                                  .title = "Microsoft Messenger Service",
                                  .fields = kFields,
                                  .claims = kClaims,
                                  .dissect = dissect};

}  // namespace tracedrop::dissect
