// All protocols: one line each. A line declares `NAME_protocol`, which the protocol's own file defines, and puts it
// into the registry (dissect/registry.cpp).
#pragma once

#include "dissect/protocol.h"
#include "protocols/tables.h"

#define TRACEDROP_PROTOCOLS(X) \
  X(frame)                     \
  X(ethernet)                  \
  X(ether_type)                \
  X(redundancy_trailer)        \
  X(cooked)                    \
  X(cooked2)                   \
  X(loopback)                  \
  X(openbsd_loopback)          \
  X(raw_ip)                    \
  X(raw_ipv4)                  \
  X(raw_ipv6)                  \
  X(pktap)                     \
  X(nflog)                     \
  X(vlan)                      \
  X(vlan_service)              \
  X(fddi)                      \
  X(fabric_path)               \
  X(llc)                       \
  X(spanning_tree)             \
  X(ethernet_loop)             \
  X(mpls)                      \
  X(mpls_channel)              \
  X(mpls_pseudowire)           \
  X(ppp)                       \
  X(cisco_hdlc)                \
  X(pppoe_discovery)           \
  X(pppoe_session)             \
  X(arp)                       \
  X(ipv4)                      \
  X(ipv6)                      \
  X(ipv6_hop_by_hop)           \
  X(ipv6_destination)          \
  X(ipv6_routing)              \
  X(ipv6_fragment)             \
  X(ipv6_no_next)              \
  X(icmp)                      \
  X(icmpv6)                    \
  X(igmp)                      \
  X(gre)                       \
  X(esp)                       \
  X(ah)                        \
  X(udp)                       \
  X(esp_in_udp)                \
  X(vxlan)                     \
  X(geneve)                    \
  X(teredo)                    \
  X(tcp)                       \
  X(dns)                       \
  X(mdns)                      \
  X(llmnr)                     \
  X(nbns)                      \
  X(http)                      \
  X(ssdp)                      \
  X(tls)                       \
  X(ntp)                       \
  X(ber)                       \
  X(snmp)                      \
  X(ldap)                      \
  X(cldap)                     \
  X(kerberos)                  \
  X(gss_api)                   \
  X(spnego)                    \
  X(spnego_krb5)               \
  X(tftp)                      \
  X(ftp)                       \
  X(ftp_data)                  \
  X(telnet)                    \
  X(ssh)                       \
  X(data)                      \
  X(data_text_lines)           \
  X(urlencoded_form)           \
  X(json)                      \
  X(media)

namespace tracedrop::dissect {

#define TRACEDROP_DECLARE(name) extern const Protocol name##_protocol;
TRACEDROP_PROTOCOLS(TRACEDROP_DECLARE)
#undef TRACEDROP_DECLARE

}  // namespace tracedrop::dissect
