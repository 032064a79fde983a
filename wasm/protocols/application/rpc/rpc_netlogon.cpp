// Logons and secure channels of a domain (MS-NRPC).
#include "protocols/application/rpc/interface.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "NetrLogonUasLogon"},
    {1, "NetrLogonUasLogoff"},
    {2, "NetrLogonSamLogon"},
    {3, "NetrLogonSamLogoff"},
    {4, "NetrServerReqChallenge"},
    {5, "NetrServerAuthenticate"},
    {6, "NetrServerPasswordSet"},
    {7, "NetrDatabaseDeltas"},
    {8, "NetrDatabaseSync"},
    {9, "NetrAccountDeltas"},
    {10, "NetrAccountSync"},
    {11, "NetrGetDCName"},
    {12, "NetrLogonControl"},
    {13, "NetrGetAnyDCName"},
    {14, "NetrLogonControl2"},
    {15, "NetrServerAuthenticate2"},
    {16, "NetrDatabaseSync2"},
    {17, "NetrDatabaseRedo"},
    {18, "NetrLogonControl2Ex"},
    {19, "NetrEnumerateTrustedDomains"},
    {20, "DsrGetDcName"},
    {21, "NetrLogonGetCapabilities"},
    {22, "NetrLogonSetServiceBits"},
    {23, "NetrLogonGetTrustRid"},
    {24, "NetrLogonComputeServerDigest"},
    {25, "NetrLogonComputeClientDigest"},
    {26, "NetrServerAuthenticate3"},
    {27, "DsrGetDcNameEx"},
    {28, "DsrGetSiteName"},
    {29, "NetrLogonGetDomainInfo"},
    {30, "NetrServerPasswordSet2"},
    {31, "NetrServerPasswordGet"},
    {32, "NetrLogonSendToSam"},
    {33, "DsrAddressToSiteNamesW"},
    {34, "DsrGetDcNameEx2"},
    {35, "NetrLogonGetTimeServiceParentDomain"},
    {36, "NetrEnumerateTrustedDomainsEx"},
    {37, "DsrAddressToSiteNamesExW"},
    {38, "DsrGetDcSiteCoverageW"},
    {39, "NetrLogonSamLogonEx"},
    {40, "DsrEnumerateDomainTrusts"},
    {41, "DsrDeregisterDnsHostRecords"},
    {42, "NetrServerTrustPasswordsGet"},
    {43, "DsrGetForestTrustInformation"},
    {44, "NetrGetForestTrustInformation"},
    {45, "NetrLogonSamLogonWithFlags"},
    {46, "NetrServerGetTrustInfo"},
    {48, "DsrUpdateReadOnlyServerDnsRecords"},
    {54, "NetrChainSetClientAttributes"},
    {59, "NetrServerAuthenticateKerberos"},
};
constexpr Field kOperation{"netlogon.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "12345678-1234-abcd-ef00-01234567cffb"}};

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {rpc_netlogon_protocol, kOperations, &kOperation});
}

}  // namespace

const Protocol rpc_netlogon_protocol{.filter_name = "rpc_netlogon",
                                     .column_name = "RPC_NETLOGON",
                                     .title = "Microsoft Network Logon",
                                     .fields = kFields,
                                     .claims = kClaims,
                                     .dissect = dissect};

}  // namespace tracedrop::dissect
