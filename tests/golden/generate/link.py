"""Link layers: VLAN tags, ARP in its forms, raw IP, loopback, Linux cooked captures."""
from .conversation import Conversation
from .files import LOOP, NULL, RAW, SLL, SLL2, Capture
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
