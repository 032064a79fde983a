#include "capture/link_type.h"

#include <algorithm>
#include <iterator>

#include "capture/record.h"

namespace tracedrop::capture {
namespace {

struct Name {
  uint16_t link_type;
  std::string_view name;
};

constexpr Name kNames[] = {
    {0, "BSD loopback"},
    {1, "Ethernet"},
    {2, "Experimental Ethernet"},
    {3, "AX.25"},
    {4, "ProNET"},
    {5, "Chaosnet"},
    {6, "Token Ring"},
    {7, "ARCNET (BSD)"},
    {8, "SLIP"},
    {9, "PPP"},
    {10, "FDDI"},
    {12, "Raw IP"},  // LINKTYPE_RAW is 101, but some systems write their own DLT_RAW
    {14, "Raw IP"},
    {50, "PPP in HDLC framing"},
    {51, "PPP over Ethernet"},
    {99, "Symantec Enterprise Firewall"},
    {100, "RFC 1483 ATM"},
    {101, "Raw IP"},
    {104, "Cisco HDLC"},
    {105, "IEEE 802.11"},
    {106, "Classical IP over ATM"},
    {107, "Frame Relay"},
    {108, "OpenBSD loopback"},
    {109, "OpenBSD IPsec"},
    {113, "Linux cooked v1"},
    {114, "LocalTalk"},
    {117, "OpenBSD pf log"},
    {119, "IEEE 802.11 with Prism header"},
    {120, "Cisco Aironet"},
    {121, "OpenBSD pf sync"},
    {122, "IP over Fibre Channel"},
    {123, "Sun ATM"},
    {127, "IEEE 802.11 with radiotap"},
    {129, "ARCNET (Linux)"},
    {130, "Juniper MLPPP"},
    {131, "Juniper MLFR"},
    {132, "Juniper ES PIC"},
    {133, "Juniper GGSN"},
    {134, "Juniper MFR"},
    {135, "Juniper ATM 2"},
    {136, "Juniper services"},
    {137, "Juniper ATM 1"},
    {138, "IP over IEEE 1394"},
    {139, "SS7 MTP2 with pseudo-header"},
    {140, "SS7 MTP2"},
    {141, "SS7 MTP3"},
    {142, "SS7 SCCP"},
    {143, "DOCSIS"},
    {144, "Linux IrDA"},
    {147, "User 0"},
    {148, "User 1"},
    {149, "User 2"},
    {150, "User 3"},
    {151, "User 4"},
    {152, "User 5"},
    {153, "User 6"},
    {154, "User 7"},
    {155, "User 8"},
    {156, "User 9"},
    {157, "User 10"},
    {158, "User 11"},
    {159, "User 12"},
    {160, "User 13"},
    {161, "User 14"},
    {162, "User 15"},
    {163, "IEEE 802.11 with AVS header"},
    {164, "Juniper monitoring"},
    {165, "BACnet MS/TP"},
    {166, "PPP (pppd)"},
    {167, "Juniper PPPoE"},
    {168, "Juniper PPPoE over ATM"},
    {169, "GPRS LLC"},
    {170, "GFP-T"},
    {171, "GFP-F"},
    {174, "Juniper PIC peer"},
    {177, "Linux LAPD"},
    {178, "Juniper Ethernet"},
    {179, "Juniper PPP"},
    {180, "Juniper Frame Relay"},
    {181, "Juniper Cisco HDLC"},
    {182, "Multi-link Frame Relay"},
    {187, "Bluetooth HCI H4"},
    {189, "Linux USB"},
    {190, "CAN 2.0B"},
    {192, "PPI"},
    {195, "IEEE 802.15.4"},
    {196, "SITA"},
    {197, "Endace ERF"},
    {199, "IPMB"},
    {201, "Bluetooth HCI H4 with direction"},
    {202, "AX.25 with KISS header"},
    {203, "LAPD"},
    {204, "PPP with direction"},
    {205, "Cisco HDLC with direction"},
    {206, "Frame Relay with direction"},
    {207, "LAPB with direction"},
    {209, "Linux I2C"},
    {210, "FlexRay"},
    {211, "MOST"},
    {212, "LIN"},
    {215, "IEEE 802.15.4 without PHY header"},
    {216, "Linux evdev"},
    {219, "MPLS"},
    {220, "Linux USB, memory-mapped"},
    {224, "Fibre Channel FC-2"},
    {225, "Fibre Channel FC-2 with delimiters"},
    {226, "Solaris ipnet"},
    {227, "SocketCAN"},
    {228, "Raw IPv4"},
    {229, "Raw IPv6"},
    {230, "IEEE 802.15.4 without FCS"},
    {231, "D-Bus"},
    {235, "DVB-CI"},
    {236, "MUX27010"},
    {237, "STANAG 5066"},
    {239, "Linux netfilter log"},
    {240, "Hilscher netANALYZER"},
    {241, "Hilscher netANALYZER, transparent"},
    {242, "IP over InfiniBand"},
    {243, "MPEG-2 transport stream"},
    {245, "NFC LLCP"},
    {247, "InfiniBand"},
    {248, "SCTP"},
    {249, "USBPcap"},
    {250, "SEL RTAC serial line"},
    {251, "Bluetooth LE"},
    {252, "Wireshark upper PDU"},
    {253, "Linux netlink"},
    {254, "Bluetooth Linux monitor"},
    {255, "Bluetooth BR/EDR baseband"},
    {256, "Bluetooth LE with PHY header"},
    {257, "PROFIBUS"},
    {258, "Apple PKTAP"},
    {259, "Ethernet with passive optical preamble"},
    {260, "IPMI HPM.2"},
    {261, "Z-Wave R1/R2"},
    {262, "Z-Wave R3"},
    {263, "WattStopper DLM"},
    {264, "ISO 14443"},
    {265, "RDS"},
    {266, "Darwin USB"},
    {268, "SDLC"},
    {270, "LoRaTap"},
    {271, "vsock"},
    {272, "Nordic Bluetooth LE sniffer"},
    {273, "DOCSIS 3.1 with XRA header"},
    {274, "Ethernet mPacket"},
    {275, "DisplayPort AUX"},
    {276, "Linux cooked v2"},
    {278, "OpenVizsla"},
    {279, "EBHSCR"},
    {280, "VPP dispatch trace"},
    {281, "Ethernet with Broadcom tag"},
    {282, "Ethernet with prepended Broadcom tag"},
    {283, "IEEE 802.15.4 with TAP header"},
    {284, "Ethernet with Marvell DSA tag"},
    {285, "Ethernet with Marvell EtherType DSA tag"},
    {286, "ELEE"},
    {287, "Z-Wave serial"},
    {288, "USB 2.0"},
    {289, "ATSC ALP"},
    {290, "Windows event tracing"},
    {293, "USB 2.0, low speed"},
    {294, "USB 2.0, full speed"},
    {295, "USB 2.0, high speed"},
};

constexpr bool is_sorted() {
  for (size_t i = 1; i < std::size(kNames); ++i) {
    if (kNames[i - 1].link_type >= kNames[i].link_type) return false;
  }
  return true;
}
static_assert(is_sorted());

}  // namespace

std::string_view link_type_name(uint16_t link_type) {
  const Name* found = std::lower_bound(std::begin(kNames), std::end(kNames), link_type,
                                       [](const Name& name, uint16_t value) { return name.link_type < value; });
  return found != std::end(kNames) && found->link_type == link_type ? found->name : "unknown link type";
}

uint32_t max_record_bytes(uint16_t link_type) {
  constexpr uint32_t kMegabyte = 1024 * 1024;
  switch (link_type) {
    case 189:  // USB transfers
    case 220:
    case 249:
    case 266:
    case 231: return 128 * kMegabyte;  // a D-Bus message
    case 279: return 8 * kMegabyte;    // an EBHSCR record
    default: return kMaxRecordBytes;
  }
}

}  // namespace tracedrop::capture
