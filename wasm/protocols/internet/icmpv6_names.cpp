#include "protocols/internet/icmpv6_names.h"

namespace tracedrop::dissect::icmpv6 {

namespace {

constexpr ValueName kUnreachableCodes[] = {{0, "No route to destination"},
                                           {1, "Administratively prohibited"},
                                           {2, "Beyond scope of source address"},
                                           {3, "Address unreachable"},
                                           {4, "Port unreachable"},
                                           {5, "Source address failed ingress/egress policy"},
                                           {6, "Reject route to destination"},
                                           {7, "Error in Source Routing Header"},
                                           {8, "Headers too long"}};
constexpr ValueName kTimeCodes[] = {{0, "Hop limit exceeded in transit"}, {1, "Fragment reassembly time exceeded"}};
constexpr ValueName kParameterCodes[] = {{0, "Erroneous header field encountered"},
                                         {1, "Unrecognized Next Header type encountered"},
                                         {2, "Unrecognized IPv6 option encountered"},
                                         {3, "IPv6 First Fragment has incomplete IPv6 Header Chain"},
                                         {4, "SR Upper-layer Header Error"},
                                         {5, "Unrecognized Next Header type encountered by intermediate node"},
                                         {6, "Extension header too big"},
                                         {7, "Extension header chain too long"},
                                         {8, "Too many extension headers"},
                                         {9, "Too many options in extension header"},
                                         {10, "Option too big"}};
constexpr ValueName kRenumberingCodes[] = {{0, "Command"}, {1, "Result"}, {255, "Sequence number reset"}};
constexpr ValueName kNodeQueryCodes[] = {{0, "Query subject = IPv6 addresses"},
                                         {1, "Query subject = DNS name or empty"},
                                         {2, "Query subject = IPv4 addresses"}};
constexpr ValueName kNodeReplyCodes[] = {{0, "Successful"}, {1, "Refused"}, {2, "Unknown query type"}};
constexpr ValueName kRplCodes[] = {
    {0, "DODAG Information Solicitation"},   {1, "DODAG Information Object"},
    {2, "Destination Advertisement Object"}, {3, "Destination Advertisement Object Acknowledgment"},
    {4, "P2P Discovery Reply Object"},       {5, "P2P Discovery Reply Object Acknowledgement"},
    {7, "Destination Cleanup Object"},       {8, "Destination Cleanup Object Acknowledgment"}};
constexpr ValueName kExtendedRequestCodes[] = {{0, "No error"}};
constexpr ValueName kExtendedReplyCodes[] = {{0, "No error"},
                                             {1, "Malformed Query"},
                                             {2, "No Such Interface"},
                                             {3, "No Such Table Entry"},
                                             {4, "Multiple Interfaces Satisfy Query"}};

}  // namespace

CodeNames codes_of(uint8_t type) {
  switch (type) {
    case kUnreachable: return {kUnreachableCodes, false};
    case kTimeExceeded: return {kTimeCodes};
    case kParameterProblem: return {kParameterCodes};
    case kRouterRenumbering: return {kRenumberingCodes};
    case kNodeQuery: return {kNodeQueryCodes};
    case kNodeReply: return {kNodeReplyCodes};
    case kRplControl: return {kRplCodes};
    case kExtendedRequest: return {kExtendedRequestCodes};
    case kExtendedReply: return {kExtendedReplyCodes};
    default: return {};
  }
}

size_t body_len(uint8_t type) {
  switch (type) {
    case kRouterRenumbering:
    case kNodeQuery:
    case kNodeReply: return 12;
    default: return type >= 144 && type <= 154 ? 4 : 0;
  }
}

}  // namespace tracedrop::dissect::icmpv6
