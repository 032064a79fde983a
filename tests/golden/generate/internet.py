"""IPv4, IPv6, ICMP, ICMPv6 and UDP."""
from .files import Capture
from .registry import capture
from .wire import (BROADCAST, CLIENT_MAC, ICMP, ICMPV6, SERVER_MAC, UDP, ethernet, filler, icmp, icmpv6, ip, ipv4, ipv6,
                   mac, u8, u16, u32, udp, udp_packet)

CLIENT, SERVER, ROUTER = "192.0.2.10", "198.51.100.80", "192.0.2.1"
CLIENT6, SERVER6, ROUTER6 = "2001:db8::10", "2001:db8:1::80", "fe80::1"
PING_DATA = bytes(range(0x10, 0x38))


def there(packet):
    return ethernet(packet, CLIENT_MAC, SERVER_MAC)


def back(packet):
    return ethernet(packet, SERVER_MAC, CLIENT_MAC)


def echo(kind, sequence, ident=0x1234, **options):
    source, destination = (CLIENT, SERVER) if kind == 8 else (SERVER, CLIENT)
    return ipv4(icmp(kind, 0, u16(ident, sequence) + PING_DATA), source, destination, ICMP, **options)


@capture("icmp_ping.pcap")
def ping():
    """Three echo requests with replies, one without, a reply without a request, a doubled reply."""
    trace = Capture()
    for sequence in (1, 2, 3):
        trace.add(there(echo(8, sequence)), 1e6)
        trace.add(back(echo(0, sequence, ttl=55, flags=0)), 20100)
    trace.add(there(echo(8, 4)), 1e6)
    trace.add(back(echo(0, 9, ttl=55)), 1e6)
    trace.add(there(echo(8, 5)), 1e6)
    trace.add(back(echo(0, 5, ttl=55)), 20000)
    trace.add(back(echo(0, 5, ttl=55)), 500)
    return trace.pcap()


@capture("icmp_errors.pcap")
def icmp_errors():
    """Unreachable in its codes, fragmentation needed, redirect, parameter problem, source quench, time stamps."""
    trace = Capture()
    probe = ipv4(udp(filler(20), CLIENT, SERVER, (40001, 40002)), CLIENT, SERVER, UDP, ident=7)
    trace.add(there(probe))
    for code in (0, 1, 2, 3, 5, 10, 13):
        trace.add(back(ipv4(icmp(3, code, u32(0) + probe), ROUTER, CLIENT, ICMP)), 1000)
    trace.add(back(ipv4(icmp(3, 4, u16(0, 1400) + probe), ROUTER, CLIENT, ICMP)), 1000)
    for code in (0, 1):
        trace.add(back(ipv4(icmp(5, code, ip("192.0.2.2") + probe), ROUTER, CLIENT, ICMP)), 1000)
    trace.add(back(ipv4(icmp(12, 0, u32(0) + probe), ROUTER, CLIENT, ICMP)), 1000)
    trace.add(back(ipv4(icmp(4, 0, u32(0) + probe), ROUTER, CLIENT, ICMP)), 1000)
    trace.add(there(ipv4(icmp(13, 0, u16(1, 1) + u32(1000, 0, 0)), CLIENT, SERVER, ICMP)), 1000)
    trace.add(back(ipv4(icmp(14, 0, u16(1, 1) + u32(1000, 1010, 1011)), SERVER, CLIENT, ICMP)), 1000)
    trace.add(back(ipv4(icmp(200, 7, u32(0)), SERVER, CLIENT, ICMP)), 1000)
    return trace.pcap()


@capture("traceroute.pcap")
def traceroute():
    """UDP probes with growing TTL: time exceeded from two routers, port unreachable from the host; an echo request."""
    trace = Capture()
    for ttl, hop in ((1, ROUTER), (2, "203.0.113.9"), (3, SERVER)):
        datagram = udp(filler(32), CLIENT, SERVER, (40001, 33433 + ttl))
        probe = ipv4(datagram, CLIENT, SERVER, UDP, ttl=ttl, ident=ttl, flags=0)
        trace.add(there(probe), 5000)
        kind, code = (11, 0) if hop != SERVER else (3, 3)
        trace.add(back(ipv4(icmp(kind, code, u32(0) + probe), hop, CLIENT, ICMP, ttl=65 - ttl)), 1500 * ttl)
    probe = echo(8, 1, ttl=1)
    trace.add(there(probe), 5000)
    return trace.add(back(ipv4(icmp(11, 0, u32(0) + probe[:28]), ROUTER, CLIENT, ICMP)), 1500).pcap()


@capture("icmp_bad_checksum.pcap")
def icmp_bad_checksum():
    """An echo request with a wrong ICMP checksum, and one that the snap length cut."""
    packet = bytearray(echo(8, 1))
    packet[22] ^= 0xFF
    return Capture().add(there(bytes(packet))).add(there(echo(8, 2))[:40], 1000, wire_len=82).pcap()


def six(payload, source, destination, next_header=ICMPV6, way=there, **options):
    return way(ipv6(payload, source, destination, next_header, **options))


@capture("icmpv6_neighbours.pcap")
def neighbour_discovery():
    """Duplicate address detection, router and neighbour discovery (RFC 4861), MLDv2 and MLD reports."""
    trace = Capture()
    link_local, all_nodes, solicited = "fe80::ff:fe00:1", "ff02::1", "ff02::1:ff00:80"
    own, router_mac = u8(1, 1) + CLIENT_MAC, u8(1, 1) + SERVER_MAC
    prefix = u8(3, 4, 64, 0xC0) + u32(86400, 14400, 0) + ip("2001:db8::")

    def add(kind, code, rest, source, destination, way=there, hops=255):
        trace.add(six(icmpv6(kind, code, rest, source, destination), source, destination, way=way, hops=hops), 1000)

    add(135, 0, u32(0) + ip(link_local), "::", "ff02::1:ff00:1")
    add(133, 0, u32(0) + own, link_local, "ff02::2")
    add(134, 0, u8(64, 0) + u16(1800) + u32(0, 0) + router_mac + prefix, ROUTER6, all_nodes, back)
    add(135, 0, u32(0) + ip("2001:db8::80") + own, CLIENT6, solicited)
    add(136, 0, u32(0x60000000) + ip("2001:db8::80") + u8(2, 1) + SERVER_MAC, "2001:db8::80", CLIENT6, back)
    add(136, 0, u32(0xE0000000) + ip(ROUTER6) + u8(2, 1) + SERVER_MAC, ROUTER6, CLIENT6, back)
    add(137, 0, u32(0) + ip("fe80::2") + ip(SERVER6), ROUTER6, CLIENT6, back)
    report = icmpv6(143, 0, u16(0, 1) + u8(4, 0) + u16(0) + ip("ff02::1:ff00:1"), "::", "ff02::16")
    router_alert = u8(ICMPV6, 0) + bytes.fromhex("05020000" "0100")
    trace.add(there(ipv6(router_alert + report, "::", "ff02::16", 0, hops=1)), 1000)
    add(131, 0, u32(0) + ip("ff02::fb"), link_local, "ff02::fb", hops=1)
    return trace.pcap()


@capture("icmpv6_echo_errors.pcap")
def icmpv6_echo_errors():
    """Echo with and without reply; unreachable, packet too big, time exceeded, parameter problem."""
    trace = Capture()
    for sequence in (1, 2):
        body = u16(0x42, sequence) + PING_DATA
        trace.add(six(icmpv6(128, 0, body, CLIENT6, SERVER6), CLIENT6, SERVER6), 1e6)
        if sequence == 1:
            trace.add(six(icmpv6(129, 0, body, SERVER6, CLIENT6), SERVER6, CLIENT6, way=back, hops=55), 15000)
    probe = ipv6(udp(filler(20), CLIENT6, SERVER6, (40001, 40002)), CLIENT6, SERVER6, UDP)
    for kind, code, rest in ((1, 0, 0), (1, 1, 0), (1, 3, 0), (1, 4, 0), (2, 0, 1280), (3, 0, 0), (4, 1, 40)):
        trace.add(six(icmpv6(kind, code, u32(rest) + probe, ROUTER6, CLIENT6), ROUTER6, CLIENT6, way=back), 1000)
    return trace.pcap()


@capture("ipv4_fragments.pcap")
def ipv4_fragments():
    """A UDP datagram in three fragments, the last one first; another that stays incomplete."""
    trace = Capture()
    datagram = udp(filler(3000), CLIENT, SERVER, (40001, 40002))

    def fragment(start, end, ident):
        more = 1 if end < len(datagram) else 0
        return there(ipv4(datagram[start:end], CLIENT, SERVER, UDP, ident=ident, flags=more, offset=start // 8))

    trace.add(fragment(2960, 3008, 100))
    trace.add(fragment(0, 1480, 100), 100)
    trace.add(fragment(1480, 2960, 100), 100)
    trace.add(fragment(0, 1480, 101), 100)
    return trace.add(fragment(2960, 3008, 101), 100).pcap()


@capture("ipv6_extension_headers.pcap")
def ipv6_extension_headers():
    """Hop-by-hop and destination options, routing, an atomic fragment, two fragments, no next header."""
    trace = Capture()
    datagram = udp(filler(1600), CLIENT6, SERVER6, (40001, 40002))
    small = udp(filler(16), CLIENT6, SERVER6, (40001, 40002))

    def add(payload, next_header):
        trace.add(six(payload, CLIENT6, SERVER6, next_header), 1000)

    add(u8(60, 0, 1, 4) + bytes(4) + u8(UDP, 0, 1, 4) + bytes(4) + small, 0)
    add(u8(UDP, 2, 4, 0) + u32(0) + ip(SERVER6) + small, 43)
    add(u8(UDP, 0) + u16(0) + u32(77) + small, 44)
    add(u8(UDP, 0) + u16(1) + u32(78) + datagram[:1200], 44)
    add(u8(UDP, 0) + u16(1200) + u32(78) + datagram[1200:], 44)
    add(b"", 59)
    return trace.pcap()


@capture("ipv4_options.pcap")
def ipv4_options():
    """Router alert and record route; a header checksum that is wrong; a total length beyond and below the frame's."""
    trace = Capture()
    small = udp(filler(30), CLIENT, SERVER, (40001, 40002))
    trace.add(there(ipv4(small, CLIENT, SERVER, UDP, options=bytes.fromhex("94040000"))))
    trace.add(there(ipv4(small, CLIENT, SERVER, UDP, options=bytes.fromhex("01070704c0000201"))), 1000)
    wrong = bytearray(ipv4(small, CLIENT, SERVER, UDP))
    wrong[10] ^= 0x55
    trace.add(there(bytes(wrong)), 1000)
    trace.add(there(ipv4(small, CLIENT, SERVER, UDP, total=200)), 1000)
    trace.add(there(ipv4(small, CLIENT, SERVER, UDP, total=12)), 1000)
    return trace.add(there(ipv4(small, CLIENT, SERVER, UDP, total=0)), 1000).pcap()


@capture("udp.pcap")
def udp_forms():
    """Plain datagrams, an empty one, a checksum of zero, lengths that lie, broadcast and multicast destinations."""
    trace = Capture()
    ports = (40001, 40002)
    trace.add(there(udp_packet(filler(100), CLIENT, SERVER, ports)))
    trace.add(back(udp_packet(filler(60), SERVER, CLIENT, ports[::-1])), 15000)
    trace.add(there(udp_packet(b"", CLIENT, SERVER, ports)), 1000)
    unchecked = bytearray(udp(filler(20), CLIENT, SERVER, ports))
    unchecked[6:8] = b"\0\0"
    trace.add(there(ipv4(bytes(unchecked), CLIENT, SERVER, UDP)), 1000)
    for length in (100, 20, 4, 0):
        trace.add(there(ipv4(udp(filler(20), CLIENT, SERVER, ports, length=length), CLIENT, SERVER, UDP)), 1000)
    trace.add(ethernet(udp_packet(filler(20), CLIENT, "255.255.255.255", ports), CLIENT_MAC, BROADCAST), 1000)
    group = mac("01:00:5e:01:02:03")
    multicast = udp_packet(filler(20), CLIENT, "239.1.2.3", ports, ttl=1)
    return trace.add(ethernet(multicast, CLIENT_MAC, group), 1000).pcap()
