// Address books (MS-NSPI).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "NspiBind"},
    {1, "NspiUnbind"},
    {2, "NspiUpdateStat"},
    {3, "NspiQueryRows"},
    {4, "NspiSeekEntries"},
    {5, "NspiGetMatches"},
    {6, "NspiResortRestriction"},
    {7, "NspiDNToEph"},
    {8, "NspiGetPropList"},
    {9, "NspiGetProps"},
    {10, "NspiCompareDNTs"},
    {11, "NspiModProps"},
    {12, "NspiGetHierarchyInfo"},
    {13, "NspiGetTemplateInfo"},
    {14, "NspiModLInkAtt"},
    {15, "NspiDeleteEntries"},
    {16, "NspiQueryColumns"},
    {17, "NspiGetNamesFromIDs"},
    {18, "NspiGetIDsFromNames"},
    {19, "NspiResolveNames"},
    {20, "NspiResolveNamesW"},
};
constexpr Field kOperation{"nspi.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "f5cc5a18-4264-101a-8c59-08002b2f8426"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {nspi_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol nspi_protocol{.filter_name = "nspi",
                             .column_name = "NSPI",
                             .title = "Exchange 5.5 Name Service Provider",
                             .fields = kFields,
                             .claims = kClaims,
                             .dissect = dissect};

}  // namespace tracedrop::dissect
