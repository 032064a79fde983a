"""TCP conversations in packetdrill's notation, so that a capture reads like the situation it shows.

    +.020 < S. 0 ack 1 win 65535 <mss 1460,sackOK,nop,wscale 8>
    +.001 > P. 1:6(5) ack 1 win 502
    +.001 > P. 1:{request} ack 1 win 502

A line: seconds since the line before, direction (> from the client), flags as tcpdump prints them, relative sequence
number or start:end(length) or start:{name} for named payload (a slice may follow: {page[0:1460]}), `ack` (relative;
absent without the flag), `win` (the raw header value), options in angle brackets. A `#` begins a comment.
"""
import re

from .wire import CLIENT_MAC, SERVER_MAC, TCP, ethernet, filler, network, tcp, u16, u32, u8

LINE = re.compile(r"""
    \+(?P<after>[\d.]+) \s+ (?P<way>[<>]) \s+ (?P<flags>[FSRP.UEW]+) \s+
    (?P<seq>-?\d+)(?: : (?: (?P<end>-?\d+)\((?P<len>\d+)\) | \{(?P<name>\w+)(?:\[(?P<from>\d*):(?P<to>\d*)\])?\} ) )?
    (?: \s+ ack \s+ (?P<ack>-?\d+))? (?: \s+ win \s+ (?P<win>\d+))? (?: \s+ urg \s+ (?P<urg>\d+))?
    (?: \s+ <(?P<options>[^>]*)>)? \s* $""", re.VERBOSE)


class Conversation:
    """One TCP connection whose segments are added to `capture`."""

    def __init__(self, capture, client="192.0.2.10", server="198.51.100.80", ports=(49152, 80), isn=(1000000, 5000000),
                 data=None, wrap=None, ttl=(64, 55)):
        self.capture = capture
        self.address = (client, server)
        self.ports = ports
        self.isn = isn
        self.data = data or {}
        self.wrap = wrap or self.in_ethernet
        self.ttl = ttl
        self.ident = [1, 40000]

    @staticmethod
    def in_ethernet(packet, way):
        source, destination = (CLIENT_MAC, SERVER_MAC) if way == 0 else (SERVER_MAC, CLIENT_MAC)
        return ethernet(packet, source, destination)

    def play(self, script):
        for line in script.strip().splitlines():
            line = line.split("#")[0].strip()
            if line:
                self.segment(line)
        return self.capture

    def segment(self, line):
        match = LINE.match(line)
        if not match:
            raise ValueError("not a segment: " + line)
        way = 0 if match["way"] == ">" else 1
        packet = self.packet(way, match)
        self.capture.add(self.wrap(packet, way), after_us=float(match["after"]) * 1e6)

    def packet(self, way, match):
        seq = int(match["seq"])
        source, destination = self.address[way], self.address[1 - way]
        ports = self.ports if way == 0 else self.ports[::-1]
        segment = tcp(self.payload(match, seq), source, destination, ports, self.isn[way] + seq,
                      self.isn[1 - way] + int(match["ack"]) if match["ack"] else 0, match["flags"],
                      int(match["win"] or 0), tcp_options(match["options"] or "", self.isn[1 - way]),
                      int(match["urg"] or 0))
        self.ident[way] += 1
        return network(segment, source, destination, TCP, ttl=self.ttl[way], ident=self.ident[way])

    def payload(self, match, seq):
        if match["name"]:
            return self.data[match["name"]][int(match["from"] or 0):int(match["to"]) if match["to"] else None]
        if not match["len"]:
            return b""
        count = int(match["len"])
        if int(match["end"]) - seq != count:
            raise ValueError("%s: %s to %s is not %d bytes" % (match.string, seq, match["end"], count))
        return filler(count, seq)


def tcp_options(text, far_isn=0):
    """`sack` edges are relative to the far end's initial sequence number, as they stand in Wireshark's Info."""
    out = b""
    for option in filter(None, (part.strip() for part in text.split(","))):
        name, *values = option.split()
        out += sack(values, far_isn) if name == "sack" else OPTIONS[name](values)
    return out


def sack(values, far_isn):
    edges = [u32(*(far_isn + int(edge) & 0xFFFFFFFF for edge in value.split(":"))) for value in values]
    return u8(5, 2 + 8 * len(edges)) + b"".join(edges)


OPTIONS = {
    "eol": lambda values: u8(0),
    "nop": lambda values: u8(1),
    "mss": lambda values: u8(2, 4) + u16(int(values[0])),
    "wscale": lambda values: u8(3, 3, int(values[0])),
    "sackOK": lambda values: u8(4, 2),
    "TS": lambda values: u8(8, 10) + u32(int(values[0]), int(values[1])),
    "md5": lambda values: u8(19, 18) + bytes(range(16)),
    "TFO": lambda values: u8(34, 2 + len("".join(values)) // 2) + bytes.fromhex("".join(values)),
    "hex": lambda values: bytes.fromhex(values[0]),
}
