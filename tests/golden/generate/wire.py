"""Packets as bytes: one function a header, each returning header + payload with lengths and checksums filled in."""
import ipaddress
import struct


def u8(*values):
    return bytes(values)


def u16(*values):
    return struct.pack(">%dH" % len(values), *values)


def u32(*values):
    return struct.pack(">%dI" % len(values), *values)


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def ip(text):
    return ipaddress.ip_address(text).packed


def filler(count, start=0):
    """`count` payload bytes that no protocol mistakes for its own and that differ at every offset of a stream."""
    return bytes(0x80 | (start + i) * 7 & 0x7F for i in range(count))


def checksum(data):
    """RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


# Link layers

CLIENT_MAC = mac("02:00:00:00:00:01")
SERVER_MAC = mac("02:00:00:00:00:02")
BROADCAST = b"\xff" * 6

ETHERTYPE = {4: 0x0800, 6: 0x86DD}


def ethernet(payload, source=CLIENT_MAC, destination=SERVER_MAC, ethertype=None, pad=True):
    """Ethernet II; padded to the 60 bytes that a capture shows of the shortest frame."""
    if ethertype is None:
        ethertype = ETHERTYPE[payload[0] >> 4]
    frame = destination + source + u16(ethertype) + payload
    return frame.ljust(60, b"\0") if pad else frame


def vlan_tag(payload, vid, ethertype, priority=0):
    """IEEE 802.1Q: what follows the ethertype 0x8100 (or 0x88a8)."""
    return u16(priority << 13 | vid, ethertype) + payload


# IP

def ipv4(payload, source, destination, protocol, ttl=64, ident=0, flags=2, offset=0, options=b"", tos=0, total=None):
    """RFC 791; `flags`: 2 is don't fragment, 1 more fragments; `offset` in units of eight bytes."""
    words = 5 + len(options) // 4
    length = words * 4 + len(payload) if total is None else total
    head = u8(4 << 4 | words, tos) + u16(length, ident, flags << 13 | offset) + u8(ttl, protocol)
    tail = ip(source) + ip(destination) + options
    return head + u16(checksum(head + tail)) + tail + payload


def ipv6(payload, source, destination, next_header, hops=64, traffic_class=0, flow=0):
    """RFC 8200."""
    return u32(6 << 28 | traffic_class << 20 | flow) + u16(len(payload)) + u8(next_header, hops) + ip(source) + ip(
        destination) + payload


def network(payload, source, destination, protocol, **options):
    """IPv4 or IPv6, by the kind of the addresses."""
    if ":" in source:
        options.pop("ident", None)
        if "ttl" in options:
            options["hops"] = options.pop("ttl")
        return ipv6(payload, source, destination, protocol, **options)
    return ipv4(payload, source, destination, protocol, **options)


def pseudo_header(source, destination, protocol, length):
    if ":" in source:
        return ip(source) + ip(destination) + u32(length, protocol)
    return ip(source) + ip(destination) + u16(protocol, length)


# Transports

TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
TCP_FLAGS = {"F": 1, "S": 2, "R": 4, "P": 8, ".": 16, "U": 32, "E": 64, "W": 128}


def tcp(payload, source, destination, ports, seq, ack, flags, window, options=b"", urgent=0, data_offset=None):
    """RFC 9293, section 3.1. `options` are padded to full words."""
    options = options.ljust(-(-len(options) // 4) * 4, b"\0")
    words = 5 + len(options) // 4 if data_offset is None else data_offset
    bits = sum(TCP_FLAGS[letter] for letter in flags)
    head = u16(*ports) + u32(seq & 0xFFFFFFFF, ack & 0xFFFFFFFF) + u16(words << 12 | bits, window)
    rest = u16(urgent) + options + payload
    length = len(head) + 2 + len(rest)
    return head + u16(checksum(pseudo_header(source, destination, TCP, length) + head + u16(0) + rest)) + rest


def udp(payload, source, destination, ports, length=None):
    """RFC 768."""
    length = 8 + len(payload) if length is None else length
    head = u16(*ports) + u16(length)
    total = checksum(pseudo_header(source, destination, UDP, 8 + len(payload)) + head + u16(0) + payload)
    return head + u16(total or 0xFFFF) + payload


def icmp(kind, code, rest):
    """RFC 792: everything after the checksum is `rest`."""
    head = u8(kind, code)
    return head + u16(checksum(head + u16(0) + rest)) + rest


def icmpv6(kind, code, rest, source, destination):
    """RFC 4443."""
    head = u8(kind, code)
    total = checksum(pseudo_header(source, destination, ICMPV6, 4 + len(rest)) + head + u16(0) + rest)
    return head + u16(total) + rest


def udp_packet(payload, source, destination, ports, **options):
    return network(udp(payload, source, destination, ports), source, destination, UDP, **options)
