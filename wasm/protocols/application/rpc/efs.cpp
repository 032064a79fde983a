// Encrypted files (MS-EFSR).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "EfsRpcOpenFileRaw"},           {1, "EfsRpcReadFileRaw"},
    {2, "EfsRpcWriteFileRaw"},          {3, "EfsRpcCloseRaw"},
    {4, "EfsRpcEncryptFileSrv"},        {5, "EfsRpcDecryptFileSrv"},
    {6, "EfsRpcQueryUsersOnFile"},      {7, "EfsRpcQueryRecoveryAgents"},
    {8, "EfsRpcRemoveUsersFromFile"},   {9, "EfsRpcAddUsersToFile"},
    {10, "EfsRpcSetFileEncryptionKey"}, {11, "EfsRpcNotSupported"},
    {12, "EfsRpcFileKeyInfo"},          {13, "EfsRpcDuplicateEncryptionInfoFile"},
};
constexpr Field kOperation{"efs.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "c681d488-d850-11d0-8c52-00c04fd90f7e"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {efs_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol efs_protocol{.filter_name = "efs",
                            .column_name = "EFS",
                            .title = "EFS (pidl)",
                            .fields = kFields,
                            .claims = kClaims,
                            .dissect = dissect};

}  // namespace tracedrop::dissect
