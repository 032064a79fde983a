// Management of DNS servers (MS-DNSP).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "DnssrvOperation"},        {1, "DnssrvQuery"},
    {2, "DnssrvComplexOperation"}, {3, "DnssrvEnumRecords"},
    {4, "DnssrvUpdateRecord"},     {5, "DnssrvOperation2"},
    {6, "DnssrvQuery2"},           {7, "DnssrvComplexOperation2"},
    {8, "DnssrvEnumRecords2"},     {9, "DnssrvUpdateRecord2"},
};
constexpr Field kOperation{"dnsserver.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "50abc2a4-574d-40b3-9d66-ee4fd5fba076"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {dnsserver_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol dnsserver_protocol{.filter_name = "dnsserver",
                                  .column_name = "DNSSERVER",
                                  .title = "DNS Server",
                                  .fields = kFields,
                                  .claims = kClaims,
                                  .dissect = dissect};

}  // namespace tracedrop::dissect
