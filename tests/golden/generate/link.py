"""Link layers: VLAN tags, ARP in its forms, raw IP, loopback, Linux cooked captures, PKTAP, NFLOG."""
import struct

from .conversation import Conversation
from .files import LOOP, NFLOG, NULL, PKTAP, RAW, SLL, SLL2, Capture
from .registry import capture
from .wire import (BROADCAST, CLIENT_MAC, SERVER_MAC, ethernet, filler, ip, ipv4, mac, u8, u16, u32, udp, udp_packet,
                   vlan_tag)

CLIENT, SERVER = "192.0.2.10", "192.0.2.20"
SHORT_CONNECTION = """
    +0     > S  0 win 64240 <mss 1460>
    +.001  < S. 0 ack 1 win 65160 <mss 1460>
    +.0001 > .  1 ack 1 win 64240
    +.001  > P. 1:21(20) ack 1 win 64240
    +.001  < R. 1 ack 21 win 0
"""


def connection(link_type, wrap, **options):
    return Conversation(Capture(link_type), ports=(49152, 12345), wrap=wrap, **options).play(SHORT_CONNECTION).pcap()


def macs(way):
    return (CLIENT_MAC, SERVER_MAC) if way == 0 else (SERVER_MAC, CLIENT_MAC)


@capture("vlan.pcap")
def vlan():
    """TCP in one 802.1Q tag."""
    return connection(1, lambda packet, way: ethernet(vlan_tag(packet, 42, 0x0800, priority=5), *macs(way), 0x8100))


@capture("qinq.pcap")
def qinq():
    """TCP in a service tag (802.1ad) and a customer tag."""
    return connection(1, lambda packet, way: ethernet(
        vlan_tag(vlan_tag(packet, 42, 0x0800), 100, 0x8100), *macs(way), 0x88A8))


@capture("raw_ip.pcap")
def raw_ip():
    """LINKTYPE_RAW: no link layer."""
    return connection(RAW, lambda packet, way: packet)


@capture("raw_ipv6.pcap")
def raw_ipv6():
    """LINKTYPE_RAW with IPv6."""
    return connection(RAW, lambda packet, way: packet, client="2001:db8::10", server="2001:db8::20")


@capture("null_loopback.pcap")
def null_loopback():
    """LINKTYPE_NULL: the address family in the capturing host's byte order; IPv6 families differ by BSD."""
    trace = Capture(NULL)
    four = udp_packet(filler(20), "127.0.0.1", "127.0.0.1", (40001, 40002), flags=0)
    six = udp_packet(filler(20), "::1", "::1", (40001, 40002))
    for family in ("02000000", "00000002"):
        trace.add(bytes.fromhex(family) + four, 1000)
    for family in ("18000000", "1c000000", "1e000000"):
        trace.add(bytes.fromhex(family) + six, 1000)
    return trace.pcap()


@capture("loop.pcap")
def loop():
    """LINKTYPE_LOOP: OpenBSD's loopback, family in network order."""
    packet = udp_packet(filler(20), "127.0.0.1", "127.0.0.1", (40001, 40002))
    return Capture(LOOP).add(u32(2) + packet).pcap()


@capture("sll.pcap")
def linux_cooked():
    """LINKTYPE_LINUX_SLL: packet type 4 (sent by us) and 0 (to us), an ARP request, a type without an address."""
    def wrap(packet, way):
        return u16(4 if way == 0 else 0, 1, 6) + macs(way)[0] + u16(0, 0x0800) + packet

    trace = Capture(SLL)
    trace.add(u16(4, 1, 6) + CLIENT_MAC + u16(0, 0x0806) + arp_body(1, CLIENT_MAC, CLIENT, bytes(6), SERVER))
    local = udp_packet(filler(9), "127.0.0.1", "127.0.0.1", (40001, 40002))
    trace.add(u16(0, 772, 6) + bytes(8) + u16(0x0800) + local, 500)
    return Conversation(trace, ports=(49152, 12345), wrap=wrap).play(SHORT_CONNECTION).pcap()


@capture("sll2.pcap")
def linux_cooked_2():
    """LINKTYPE_LINUX_SLL2, as `tcpdump -i any` writes now."""
    def wrap(packet, way):
        return u16(0x0800, 0) + u32(2) + u16(1) + u8(4 if way == 0 else 0, 6) + macs(way)[0] + u16(0) + packet

    return connection(SLL2, wrap)


def pktap_header(link_type, length=108, kind=1, interface=b"en0", trailer=0):
    """Apple's header before each packet, little endian."""
    return struct.pack("<III24sIIIII20sIHHI20s", length, kind, link_type, interface, 1, 2, 14, trailer, 501, b"curl", 0,
                       6, 0, 501, b"Safari") + bytes(max(0, length - 108))


@capture("pktap.pcap")
def pktap():
    """macOS's tcpdump -i pktap: a header before each packet that tells its link type."""
    def wrap(packet, way):
        return pktap_header(1) + ethernet(packet, *macs(way))

    return connection(PKTAP, wrap)


@capture("pktap_forms.pcap")
def pktap_forms():
    """PKTAP before other link types, with a longer header, without a packet, and cut."""
    packet = udp_packet(filler(20), CLIENT, SERVER, (40001, 40002))
    frame = ethernet(packet)
    trace = Capture(PKTAP)
    for link_type, payload in ((0, u32(2)[::-1] + packet), (12, packet), (14, packet), (101, packet), (108, u32(2) + packet),
                               (9, u16(0xFF03, 0x0021) + packet), (258, pktap_header(1) + frame), (9999, frame)):
        trace.add(pktap_header(link_type) + payload, 1000)
    trace.add(pktap_header(1, length=156) + frame, 1000)
    trace.add(pktap_header(1, kind=0) + frame, 1000)
    trace.add(pktap_header(1, length=60) + frame, 1000)
    trace.add(pktap_header(1, length=5000)[:108] + frame, 1000)
    whole = pktap_header(1) + frame
    for kept in (2, 50, 108, 116):
        trace.add(whole[:kept], 1000)
        trace.add(whole[:kept], 1000, wire_len=len(whole))
    return trace.pcap()


def attribute(kind, value, length=None):
    """One of NFLOG's, little endian, padded to a multiple of 4."""
    return struct.pack("<HH", len(value) + 4 if length is None else length, kind) + value + bytes(-len(value) % 4)


def nflog_header(family):
    return u8(family, 0) + u16(5)


def packet_header(ether_type, hook=3):
    return attribute(1, u16(ether_type) + u8(hook, 0))


@capture("nflog.pcap")
def nflog():
    """Linux's netfilter log, as Android's tcpdump and iptables write it."""
    def wrap(packet, way):
        return (nflog_header(2) + packet_header(0x0800, 3 if way == 0 else 1) + attribute(10, b"seen\0")
                + attribute(11, u32(1000)) + attribute(9, packet))

    return connection(NFLOG, wrap)


@capture("nflog_forms.pcap")
def nflog_forms():
    """NFLOG's families, packets told by their protocol alone, no packet, impossible lengths, and cut ones."""
    four = udp_packet(filler(20), CLIENT, SERVER, (40001, 40002))
    six = udp_packet(filler(20), "2001:db8::10", "2001:db8::20", (40001, 40002))
    request = arp_body(1, CLIENT_MAC, CLIENT, bytes(6), SERVER)
    trace = Capture(NFLOG)
    for family, packet in ((2, four), (10, six), (2, six), (10, four), (7, ethernet(four)), (0, four), (2, b""), (2, b"\x15")):
        trace.add(nflog_header(family) + attribute(9, packet), 1000)
    for family, ether_type, packet in ((7, 0x0800, four), (7, 0x86DD, six), (7, 0x0806, request), (3, 0x0806, request),
                                       (7, 0x8100, u16(42, 0x0800) + four), (2, 0x88B5, four), (2, 0, four)):
        trace.add(nflog_header(family) + packet_header(ether_type) + attribute(9, packet), 1000)
    trace.add(nflog_header(2) + packet_header(0x0800), 1000)
    trace.add(nflog_header(2) + attribute(9, four) + attribute(10, b"after\0"), 1000)
    trace.add(nflog_header(2) + attribute(10, b"", length=3) + attribute(9, four), 1000)
    trace.add(nflog_header(2) + attribute(10, b"", length=400) + attribute(9, four), 1000)
    trace.add(nflog_header(2) + attribute(9, four, length=500), 1000)
    trace.add(nflog_header(2), 1000)
    whole = nflog_header(2) + packet_header(0x0800) + attribute(9, four)
    for kept in (2, 9, 14):
        trace.add(whole[:kept], 1000)
    for kept in (2, 9, 14, 16, 30, 40):
        trace.add(whole[:kept], 1000, wire_len=len(whole))
    return trace.pcap()


def arp_body(operation, sender_mac, sender, target_mac, target):
    """RFC 826 for Ethernet and IPv4."""
    return u16(1, 0x0800) + u8(6, 4) + u16(operation) + sender_mac + ip(sender) + target_mac + ip(target)


def arp(operation, sender_mac, sender, target_mac, target, destination):
    return ethernet(arp_body(operation, sender_mac, sender, target_mac, target), sender_mac, destination, 0x0806)


@capture("arp.pcap")
def arp_forms():
    """Request, reply, probe, announcement, gratuitous reply, a duplicate address, RARP, a truncated one."""
    trace = Capture()
    trace.add(arp(1, CLIENT_MAC, CLIENT, bytes(6), SERVER, BROADCAST))
    trace.add(arp(2, SERVER_MAC, SERVER, CLIENT_MAC, CLIENT, CLIENT_MAC), 300)
    trace.add(arp(1, CLIENT_MAC, "0.0.0.0", bytes(6), "192.0.2.30", BROADCAST), 1e6)
    trace.add(arp(1, CLIENT_MAC, "192.0.2.30", bytes(6), "192.0.2.30", BROADCAST), 1e6)
    trace.add(arp(2, CLIENT_MAC, "192.0.2.30", BROADCAST, "192.0.2.30", BROADCAST), 1e6)
    trace.add(arp(2, mac("02:00:00:00:00:99"), SERVER, CLIENT_MAC, CLIENT, CLIENT_MAC), 1e6)
    rarp = arp_body(3, CLIENT_MAC, "0.0.0.0", CLIENT_MAC, "0.0.0.0")
    trace.add(ethernet(rarp, CLIENT_MAC, BROADCAST, 0x8035), 1e6)
    rarp = arp_body(4, SERVER_MAC, SERVER, CLIENT_MAC, CLIENT)
    trace.add(ethernet(rarp, SERVER_MAC, CLIENT_MAC, 0x8035), 300)
    short = arp_body(1, CLIENT_MAC, CLIENT, bytes(6), SERVER)[:20]
    trace.add(ethernet(short, CLIENT_MAC, BROADCAST, 0x0806, pad=False), 1e6)
    return trace.pcap()


@capture("ethernet_other.pcap")
def ethernet_other():
    """What no dissector knows: an experimental ethertype, an unknown IP protocol, a lying IP version, cut frames."""
    trace = Capture()
    trace.add(ethernet(filler(50), ethertype=0x88B5))
    trace.add(ethernet(ipv4(filler(40), CLIENT, SERVER, 253)), 1000)
    trace.add(ethernet(b"\x25" + ipv4(filler(40), CLIENT, SERVER, 17)[1:], ethertype=0x0800), 1000)
    trace.add(ethernet(ipv4(udp(filler(8), CLIENT, SERVER, (40001, 40002)), CLIENT, SERVER, 17), pad=False)[:30], 1000)
    trace.add(ethernet(b"", ethertype=0x0800, pad=False), 1000)
    trace.add(CLIENT_MAC + b"\x02\x00", 1000)
    return trace.pcap()


@capture("ethernet_fcs.pcap")
def ethernet_fcs():
    """A link type that says that each frame ends with its four bytes of frame check sequence."""
    frame = ethernet(udp_packet(filler(30), CLIENT, SERVER, (40001, 40002)))
    return Capture().add(frame + bytes.fromhex("deadbeef")).pcap(fcs_bytes=4)
