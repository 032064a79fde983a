// Security accounts: users, groups, aliases of a domain (MS-SAMR).
#include "protocols/application/rpc/interface.h"
#include "protocols/application/smb/windows.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {
    {0, "Connect"},
    {1, "Close"},
    {2, "SetSecurity"},
    {3, "QuerySecurity"},
    {4, "Shutdown"},
    {5, "LookupDomain"},
    {6, "EnumDomains"},
    {7, "OpenDomain"},
    {8, "QueryDomainInfo"},
    {9, "SetDomainInfo"},
    {10, "CreateDomainGroup"},
    {11, "EnumDomainGroups"},
    {12, "CreateUser"},
    {13, "EnumDomainUsers"},
    {14, "CreateDomAlias"},
    {15, "EnumDomainAliases"},
    {16, "GetAliasMembership"},
    {17, "LookupNames"},
    {18, "LookupRids"},
    {19, "OpenGroup"},
    {20, "QueryGroupInfo"},
    {21, "SetGroupInfo"},
    {22, "AddGroupMember"},
    {23, "DeleteDomainGroup"},
    {24, "DeleteGroupMember"},
    {25, "QueryGroupMember"},
    {26, "SetMemberAttributesOfGroup"},
    {27, "OpenAlias"},
    {28, "QueryAliasInfo"},
    {29, "SetAliasInfo"},
    {30, "DeleteDomAlias"},
    {31, "AddAliasMember"},
    {32, "DeleteAliasMember"},
    {33, "GetMembersInAlias"},
    {34, "OpenUser"},
    {35, "DeleteUser"},
    {36, "QueryUserInfo"},
    {37, "SetUserInfo"},
    {38, "ChangePasswordUser"},
    {39, "GetGroupsForUser"},
    {40, "QueryDisplayInfo"},
    {41, "GetDisplayEnumerationIndex"},
    {42, "TestPrivateFunctionsDomain"},
    {43, "TestPrivateFunctionsUser"},
    {44, "GetUserPwInfo"},
    {45, "RemoveMemberFromForeignDomain"},
    {46, "QueryDomainInfo2"},
    {47, "QueryUserInfo2"},
    {48, "QueryDisplayInfo2"},
    {49, "GetDisplayEnumerationIndex2"},
    {50, "CreateUser2"},
    {51, "QueryDisplayInfo3"},
    {52, "AddMultipleMembersToAlias"},
    {53, "RemoveMultipleMembersFromAlias"},
    {54, "OemChangePasswordUser2"},
    {55, "ChangePasswordUser2"},
    {56, "GetDomPwInfo"},
    {57, "Connect2"},
    {58, "SetUserInfo2"},
    {59, "SetBootKeyInformation"},
    {60, "GetBootKeyInformation"},
    {61, "Connect3"},
    {62, "Connect4"},
    {63, "ChangePasswordUser3"},
    {64, "Connect5"},
    {65, "RidToSid"},
    {66, "SetDsrmPassword"},
    {67, "ValidatePassword"},
    {68, "Opnum68NotUsedOnWire"},
    {69, "Opnum69NotUsedOnWire"},
    {70, "Opnum70NotUsedOnWire"},
    {71, "Opnum71NotUsedOnWire"},
    {72, "Opnum72NotUsedOnWire"},
    {73, "ChangePasswordUser4"},
};
constexpr Field kOperation{"samr.opnum", "Operation", u16, kOperations};
constexpr const Field* kFields[] = {&kOperation};
constexpr Claim kClaims[] = {{rpc_interfaces, "12345778-1234-abcd-ef00-0123456789ac"}};

constexpr uint16_t kLookupDomain = 5;

/// The name of a domain: handle (20) · length (2) · size (2) · pointer (4) · size, offset, length (4 each) · text.
void say_domain(Context& context, Bytes stub) {
  const rpc::Call& call = rpc::current_call(context);
  if (call.opnum != kLookupDomain || call.is_response || call.is_encrypted || call.is_64_bit) return;
  const std::string name = smb::utf16(stub.sub(40, stub.le16(20)));
  if (!name.empty()) context.append_info(", ", name);
}

void dissect(Context& context, Bytes stub) {
  rpc::dissect_operation(context, stub, {samr_protocol, kOperations, &kOperation, rpc::Status::nt});
  say_domain(context, stub);
}

}  // namespace

const Protocol samr_protocol{.filter_name = "samr",
                             .column_name = "SAMR",
                             .title = "SAMR (pidl)",
                             .fields = kFields,
                             .claims = kClaims,
                             .dissect = dissect};

}  // namespace tracedrop::dissect
