// Server service: shares, sessions, open files (MS-SRVS).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "NetCharDevEnum"},
    {1, "NetCharDevGetInfo"},
    {2, "NetCharDevControl"},
    {3, "NetCharDevQEnum"},
    {4, "NetCharDevQGetInfo"},
    {5, "NetCharDevQSetInfo"},
    {6, "NetCharDevQPurge"},
    {7, "NetCharDevQPurgeSelf"},
    {8, "NetConnEnum"},
    {9, "NetFileEnum"},
    {10, "NetFileGetInfo"},
    {11, "NetFileClose"},
    {12, "NetSessEnum"},
    {13, "NetSessDel"},
    {14, "NetShareAdd"},
    {15, "NetShareEnumAll"},
    {16, "NetShareGetInfo"},
    {17, "NetShareSetInfo"},
    {18, "NetShareDel"},
    {19, "NetShareDelSticky"},
    {20, "NetShareCheck"},
    {21, "NetSrvGetInfo"},
    {22, "NetSrvSetInfo"},
    {23, "NetDiskEnum"},
    {24, "NetServerStatisticsGet"},
    {25, "NetTransportAdd"},
    {26, "NetTransportEnum"},
    {27, "NetTransportDel"},
    {28, "NetRemoteTOD"},
    {29, "NetSetServiceBits"},
    {30, "NetPathType"},
    {31, "NetPathCanonicalize"},
    {32, "NetPathCompare"},
    {33, "NetNameValidate"},
    {34, "NETRPRNAMECANONICALIZE"},
    {35, "NetPRNameCompare"},
    {36, "NetShareEnum"},
    {37, "NetShareDelStart"},
    {38, "NetShareDelCommit"},
    {39, "NetGetFileSecurity"},
    {40, "NetSetFileSecurity"},
    {41, "NetServerTransportAddEx"},
    {42, "NetServerSetServiceBitsEx"},
    {43, "NETRDFSGETVERSION"},
    {44, "NETRDFSCREATELOCALPARTITION"},
    {45, "NETRDFSDELETELOCALPARTITION"},
    {46, "NETRDFSSETLOCALVOLUMESTATE"},
    {47, "NETRDFSSETSERVERINFO"},
    {48, "NETRDFSCREATEEXITPOINT"},
    {49, "NETRDFSDELETEEXITPOINT"},
    {50, "NETRDFSMODIFYPREFIX"},
    {51, "NETRDFSFIXLOCALVOLUME"},
    {52, "NETRDFSMANAGERREPORTSITEINFO"},
    {53, "NETRSERVERTRANSPORTDELEX"},
};
constexpr Field kOperation{"srvsvc.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "4b324fc8-1670-01d3-1278-5a47bf6ee188"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {srvsvc_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol srvsvc_protocol{.filter_name = "srvsvc",
                               .column_name = "SRVSVC",
                               .title = "Server Service",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
