// Workstation service (MS-WKST).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "NetWkstaGetInfo"},
    {1, "NetWkstaSetInfo"},
    {2, "NetWkstaEnumUsers"},
    {3, "NetrWkstaUserGetInfo"},
    {4, "NetrWkstaUserSetInfo"},
    {5, "NetWkstaTransportEnum"},
    {6, "NetrWkstaTransportAdd"},
    {7, "NetrWkstaTransportDel"},
    {8, "NetrUseAdd"},
    {9, "NetrUseGetInfo"},
    {10, "NetrUseDel"},
    {11, "NetrUseEnum"},
    {12, "NetrMessageBufferSend"},
    {13, "NetrWorkstationStatisticsGet"},
    {14, "NetrLogonDomainNameAdd"},
    {15, "NetrLogonDomainNameDel"},
    {16, "NetrJoinDomain"},
    {17, "NetrUnjoinDomain"},
    {18, "NetrRenameMachineInDomain"},
    {19, "NetrValidateName"},
    {20, "NetrGetJoinInformation"},
    {21, "NetrGetJoinableOus"},
    {22, "NetrJoinDomain2"},
    {23, "NetrUnjoinDomain2"},
    {24, "NetrRenameMachineInDomain2"},
    {25, "NetrValidateName2"},
    {26, "NetrGetJoinableOus2"},
    {27, "NetrAddAlternateComputerName"},
    {28, "NetrRemoveAlternateComputerName"},
    {29, "NetrSetPrimaryComputername"},
    {30, "NetrEnumerateComputerNames"},
};
constexpr Field kOperation{"wkssvc.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "6bffd098-a112-3610-9833-46c3f87e345a"}};

/// Which level of information is asked for stands at the end.
void say_level(Context& context, Bytes stub) {
  const rpc::Call& call = rpc::current_call(context);
  if (call.opnum != 0 || call.is_response || call.is_encrypted || stub.size() < 4) return;
  context.append_info(" Level:", stub.le32(stub.size() - 4));
}

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {wkssvc_protocol, kOperations, &kOperation, rpc::Status::windows});
  say_level(context, stub);
}

}  // namespace

const Protocol wkssvc_protocol{.filter_name = "wkssvc",
                               .column_name = "WKSSVC",
                               .title = "Workstation Service",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
