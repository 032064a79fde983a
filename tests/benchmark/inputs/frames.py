"""Ethernet frames with IPv4 and TCP, UDP or ICMP, as a capture holds them."""
import struct

SYN, FIN, PSH, ACK = 0x02, 0x01, 0x08, 0x10
HEADERS = 14 + 20 + 20


def ones_complement(data):
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack(f'>{len(data) // 2}H', data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def ipv4(source, destination, protocol, payload, identification=0):
    head = struct.pack('>BBHHHBBH4s4s', 0x45, 0, 20 + len(payload), identification & 0xFFFF, 0x4000, 64, protocol, 0,
                       bytes(source), bytes(destination))
    head = head[:10] + struct.pack('>H', ones_complement(head)) + head[12:]
    return b'\x02\0\0\0\0\x02' b'\x02\0\0\0\0\x01' b'\x08\0' + head + payload


def udp(source, source_port, destination, destination_port, payload):
    head = struct.pack('>HHHH', source_port, destination_port, 8 + len(payload), 0)
    return ipv4(source, destination, 17, head + payload)


def echo(source, destination, is_reply, identifier, sequence):
    body = struct.pack('>BBHHH', 0 if is_reply else 8, 0, 0, identifier & 0xFFFF, sequence & 0xFFFF) + bytes(range(32))
    return ipv4(source, destination, 1, body[:2] + struct.pack('>H', ones_complement(body)) + body[4:])


class Connection:
    """Two ends of a TCP connection; each call returns one frame."""

    def __init__(self, client, client_port, server, server_port, numbers):
        self.ends = [(client, client_port), (server, server_port)]
        self.next = [numbers.randrange(2**32), numbers.randrange(2**32)]
        self.acked = [0, 0]
        self.identification = [numbers.randrange(2**16), numbers.randrange(2**16)]

    def segment(self, way, flags, payload=b'', options=b'', back=0):
        """`way`: 0 from the client, 1 from the server; `back`: how many bytes before the next to begin (sent again)."""
        (source, source_port), (destination, destination_port) = self.ends[way], self.ends[1 - way]
        seq = (self.next[way] - back) % 2**32
        if not back:
            self.next[way] = (self.next[way] + len(payload) + bool(flags & (SYN | FIN))) % 2**32
        ack = self.next[1 - way] if flags & ACK else 0
        if flags & ACK:
            self.acked[way] = ack
        self.identification[way] += 1
        head = struct.pack('>HHIIBBHHH', source_port, destination_port, seq, ack, (20 + len(options)) // 4 << 4, flags,
                           502, 0, 0)
        return ipv4(source, destination, 6, head + options + payload, self.identification[way])

    def open(self):
        mss = b'\x02\x04\x05\xb4\x04\x02\x01\x01\x01\x03\x03\x07'
        return [self.segment(0, SYN, options=mss), self.segment(1, SYN | ACK, options=mss), self.segment(0, ACK)]

    def close(self):
        return [self.segment(0, FIN | ACK), self.segment(1, FIN | ACK), self.segment(0, ACK)]
