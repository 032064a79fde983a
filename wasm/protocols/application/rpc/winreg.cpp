// Remote registry (MS-RRP).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "OpenHKCR"},
    {1, "OpenHKCU"},
    {2, "OpenHKLM"},
    {3, "OpenHKPD"},
    {4, "OpenHKU"},
    {5, "CloseKey"},
    {6, "CreateKey"},
    {7, "DeleteKey"},
    {8, "DeleteValue"},
    {9, "EnumKey"},
    {10, "EnumValue"},
    {11, "FlushKey"},
    {12, "GetKeySecurity"},
    {13, "LoadKey"},
    {14, "NotifyChangeKeyValue"},
    {15, "OpenKey"},
    {16, "QueryInfoKey"},
    {17, "QueryValue"},
    {18, "ReplaceKey"},
    {19, "RestoreKey"},
    {20, "SaveKey"},
    {21, "SetKeySecurity"},
    {22, "SetValue"},
    {23, "UnLoadKey"},
    {24, "InitiateSystemShutdown"},
    {25, "AbortSystemShutdown"},
    {26, "GetVersion"},
    {27, "OpenHKCC"},
    {28, "OpenHKDD"},
    {29, "QueryMultipleValues"},
    {30, "InitiateSystemShutdownEx"},
    {31, "SaveKeyEx"},
    {32, "OpenHKPT"},
    {33, "OpenHKPN"},
    {34, "QueryMultipleValues2"},
    {35, "DeleteKeyEx"},
};
constexpr Field kOperation{"winreg.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "338cd001-2244-31f1-aaaa-900038001003"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {winreg_protocol, kOperations, &kOperation, rpc::Status::windows});
}

}  // namespace

const Protocol winreg_protocol{.filter_name = "winreg",
                               .column_name = "WINREG",
                               .title = "Remote Registry Service",
                               .fields = kFields,
                               .claims = kClaims,
                               .dissect = dissect};

}  // namespace tracedrop::dissect
