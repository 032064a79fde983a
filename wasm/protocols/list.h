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
  X(tftp)                      \
  X(ftp)                       \
  X(ftp_data)                  \
  X(telnet)                    \
  X(ssh)                       \
  X(nbss)                      \
  X(nbdgm)                     \
  X(smb)                       \
  X(smb2)                      \
  X(smb_pipe)                  \
  X(mailslot)                  \
  X(browser)                   \
  X(gss_api)                   \
  X(spnego)                    \
  X(ntlmssp)                   \
  X(dcerpc)                    \
  X(epm)                       \
  X(srvsvc)                    \
  X(samr)                      \
  X(lsarpc)                    \
  X(wkssvc)                    \
  X(svcctl)                    \
  X(winreg)                    \
  X(rpc_netlogon)              \
  X(drsuapi)                   \
  X(isystemactivator)          \
  X(oxid)                      \
  X(spoolss)                   \
  X(atsvc)                     \
  X(nspi)                      \
  X(mapi)                      \
  X(mgmt)                      \
  X(initshutdown)              \
  X(dssetup)                   \
  X(eventlog)                  \
  X(rpc_browser)               \
  X(tapi)                      \
  X(messenger)                 \
  X(efs)                       \
  X(frsrpc)                    \
  X(frsapi)                    \
  X(netdfs)                    \
  X(dnsserver)                 \
  X(taskschedulerservice)      \
  X(remact)                    \
  X(remunk)                    \
  X(remunk2)                   \
  X(wzcsvc)                    \
  X(witness)                   \
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
