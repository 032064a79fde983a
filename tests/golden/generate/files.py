"""Capture files: the same packets as pcap in each of its variants, or as pcapng blocks."""
import struct
from dataclasses import dataclass, field

ETHERNET, NULL, RAW, LOOP, SLL, SLL2, NFLOG, PKTAP = 1, 0, 101, 108, 113, 276, 239, 258
START_NS = 1_700_000_000_000_000_000


@dataclass
class Packet:
    ts_ns: int
    data: bytes
    wire_len: int = 0

    def __post_init__(self):
        self.wire_len = self.wire_len or len(self.data)


@dataclass
class Capture:
    """Packets with a clock: `add` moves it on by `after_us` first."""
    link_type: int = ETHERNET
    packets: list = field(default_factory=list)
    now_ns: int = START_NS

    def add(self, data, after_us=0, wire_len=0):
        self.now_ns += round(after_us * 1000)
        self.packets.append(Packet(self.now_ns, data, wire_len))
        return self

    def pcap(self, nanoseconds=False, order="<", modified=False, snap_len=262144, fcs_bytes=0, magic=None,
             version=(2, 4), link_type=None, additional=b"", wire_first=False):
        """Classic pcap (draft-ietf-opsawg-pcap): file header of 24 bytes, then a 16-byte header before each packet.

        The "modified" variant (magic 0xa1b2cd34) has 8 more bytes in each: interface index, protocol, packet type, pad.
        Other variants name their magic, version, link type and additional bytes, or have the wire's length first.
        """
        if modified:
            magic, additional = 0xA1B2CD34, struct.pack(order + "IHBB", 2, 0x0800, 0, 0)
        magic = magic or (0xA1B23C4D if nanoseconds else 0xA1B2C3D4)
        link_type = self.link_type if link_type is None else link_type
        link_type |= fcs_bytes // 2 << 28 | 0x04000000 if fcs_bytes else 0
        out = [struct.pack(order + "IHHiIII", magic, *version, 0, 0, snap_len, link_type)]
        for packet in self.packets:
            seconds, rest = divmod(packet.ts_ns, 1_000_000_000)
            data = packet.data[:snap_len]
            fraction = rest if nanoseconds else rest // 1000
            lengths = (packet.wire_len, len(data)) if wire_first else (len(data), packet.wire_len)
            out.append(struct.pack(order + "IIII", seconds, fraction, *lengths) + additional + data)
        return b"".join(out)


class Pcapng:
    """pcapng (draft-ietf-opsawg-pcapng): blocks of type, total length, body, total length again."""

    def __init__(self, order="<"):
        self.order = order
        self.blocks = []
        self.section()

    def pack(self, layout, *values):
        return struct.pack(self.order + layout, *values)

    def block(self, kind, body):
        body += b"\0" * (-len(body) % 4)
        total = len(body) + 12
        self.blocks.append(self.pack("II", kind, total) + body + self.pack("I", total))
        return self

    def options(self, *pairs):
        out = b""
        for code, value in pairs:
            out += self.pack("HH", code, len(value)) + value + b"\0" * (-len(value) % 4)
        return out + self.pack("HH", 0, 0) if pairs else b""

    def section(self, order=None):
        self.order = order or self.order
        return self.block(0x0A0D0D0A, self.pack("IHHq", 0x1A2B3C4D, 1, 0, -1) + self.options((4, b"make_captures")))

    def interface(self, link_type=ETHERNET, name="", tsresol=None, tsoffset=None, snap_len=0):
        pairs = []
        if name:
            pairs.append((2, name.encode()))
        if tsresol is not None:
            pairs.append((9, bytes([tsresol])))
        if tsoffset is not None:
            pairs.append((14, self.pack("q", tsoffset)))
        return self.block(1, self.pack("HHI", link_type, 0, snap_len) + self.options(*pairs))

    def enhanced(self, units, data, interface=0, wire_len=0, comment=""):
        """Enhanced Packet Block; `units` is the time in the interface's own resolution."""
        body = self.pack("IIIII", interface, units >> 32, units & 0xFFFFFFFF, len(data), wire_len or len(data))
        body += data + b"\0" * (-len(data) % 4)
        return self.block(6, body + self.options(*([(1, comment.encode())] if comment else [])))

    def simple(self, data):
        return self.block(3, self.pack("I", len(data)) + data)

    def obsolete(self, units, data, interface=0, drops=0):
        body = self.pack("HHIIII", interface, drops, units >> 32, units & 0xFFFFFFFF, len(data), len(data))
        return self.block(2, body + data)

    def names(self, address, name):
        """Name Resolution Block with one IPv4 record."""
        value = address + name.encode() + b"\0"
        return self.block(4, self.pack("HH", 1, len(value)) + value + b"\0" * (-len(value) % 4) + self.pack("HH", 0, 0))

    def statistics(self, units, interface=0, received=0, dropped=0):
        body = self.pack("III", interface, units >> 32, units & 0xFFFFFFFF)
        return self.block(5, body + self.options((4, self.pack("Q", received)), (5, self.pack("Q", dropped))))

    def secrets(self, text):
        """Decryption Secrets Block with a TLS key log."""
        return self.block(10, self.pack("II", 0x544C534B, len(text)) + text)

    def bytes(self):
        return b"".join(self.blocks)
