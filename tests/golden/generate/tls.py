"""TLS records and handshake messages (RFC 5246, RFC 8446), built by hand; what is encrypted is filler."""
from .conversation import Conversation
from .files import Capture
from .registry import capture
from .wire import filler, u8, u16

HANDSHAKE = """
    +0     > S  0 win 64240 <mss 1460,nop,nop,sackOK>
    +.020  < S. 0 ack 1 win 65160 <mss 1460,nop,nop,sackOK>
    +.0001 > .  1 ack 1 win 64240
"""
CHANGE_CIPHER, ALERT, MESSAGE, DATA = 20, 21, 22, 23


def record(kind, body, version=0x0303):
    return u8(kind) + u16(version, len(body)) + body


def handshake(kind, body):
    return u8(kind) + len(body).to_bytes(3, "big") + body


def extension(kind, body):
    return u16(kind, len(body)) + body


def counted(body):
    return u16(len(body)) + body


def client_hello(host, extensions=b"", session=b"", version=0x0303):
    server_name = extension(0, counted(u8(0) + counted(host.encode()))) if host else b""
    listed = server_name + extension(16, counted(u8(2) + b"h2" + u8(8) + b"http/1.1")) + extensions
    ciphers = u16(0x1301, 0xC02F, 0x009C)
    body = u16(version) + bytes(range(32)) + u8(len(session)) + session + counted(ciphers) + u8(1, 0)
    return handshake(1, body + counted(listed))


def server_hello(cipher, extensions=b"", session=b""):
    body = u16(0x0303) + bytes(range(32, 64)) + u8(len(session)) + session + u16(cipher) + u8(0)
    return handshake(2, body + counted(extensions))


def der(tag, *parts):
    """One ASN.1 element in DER."""
    body = b"".join(parts)
    length = u8(len(body)) if len(body) < 128 else u8(0x82) + u16(len(body))
    return u8(tag) + length + body


def certificate(common_name, padding):
    """An X.509 certificate that parses; its signature is filler and so long that the message spans several segments."""
    name = der(0x30, der(0x31, der(0x30, der(6, bytes.fromhex("550403")), der(12, common_name.encode()))))
    algorithm = der(0x30, der(6, bytes.fromhex("2a864886f70d01010b")), der(5))
    validity = der(0x30, der(23, b"240101000000Z"), der(23, b"340101000000Z"))
    key = der(0x30, der(0x30, der(6, bytes.fromhex("2a864886f70d010101")), der(5)), der(3, b"\0" + der(
        0x30, der(2, b"\x01" * 64), der(2, b"\x01\x00\x01"))))
    body = der(0x30, der(0xA0, der(2, b"\x02")), der(2, b"\x05"), algorithm, name, validity, name, key)
    return der(0x30, body, algorithm, der(3, b"\0" + filler(padding)))


def certificates(*items):
    listed = b"".join(len(item).to_bytes(3, "big") + item for item in items)
    return handshake(11, len(listed).to_bytes(3, "big") + listed)


CHANGE = record(CHANGE_CIPHER, b"\x01")
KEY_EXCHANGE = handshake(12, u8(3) + u16(29) + u8(32) + filler(32) + u16(0x0804) + counted(filler(64)))
VERSIONS_13 = extension(43, u8(4) + u16(0x0304, 0x0303)) + extension(51, counted(u16(29) + counted(filler(32))))


class Exchange:
    """Sends byte strings in turn and keeps the sequence numbers; each is acknowledged by what follows."""

    def __init__(self, ports=(49152, 443), segment=1460, trace=None):
        self.trace = trace or Capture()
        self.talk = Conversation(self.trace, ports=ports)
        self.talk.play(HANDSHAKE)
        self.next = [1, 1]
        self.size = segment

    def send(self, way, data, after=.001):
        for start in range(0, len(data), self.size):
            self.talk.data["part"] = part = data[start:start + self.size]
            flags = "P." if start + self.size >= len(data) else "."
            self.talk.segment("+%g %s %s %d:{part} ack %d win 64000" % (
                after, "><"[way], flags, self.next[way], self.next[1 - way]))
            self.next[way] += len(part)
            after = .0001
        return self

    def acknowledge(self, way):
        self.talk.segment("+.0001 %s . %d ack %d win 64000" % ("><"[way], self.next[way], self.next[1 - way]))
        return self

    def client(self, *records):
        return self.send(0, b"".join(records))

    def server(self, *records):
        return self.send(1, b"".join(records), .020)


@capture("tls12.pcap")
def tls12():
    """TLS 1.2 in full: SNI, a certificate over three segments, key exchange, data both ways, encrypted alert."""
    talk = Exchange()
    talk.client(record(MESSAGE, client_hello("www.example.org"), 0x0301))
    talk.server(record(MESSAGE, server_hello(0xC02F)),
                record(MESSAGE, certificates(certificate("www.example.org", 1600), certificate("Golden CA", 900))),
                record(MESSAGE, KEY_EXCHANGE), record(MESSAGE, handshake(14, b"")))
    talk.acknowledge(0)
    finished = record(MESSAGE, filler(40))
    talk.client(record(MESSAGE, handshake(16, u8(32) + filler(32))), CHANGE, finished)
    talk.server(record(MESSAGE, handshake(4, bytes(4) + counted(filler(100)))), CHANGE, finished)
    talk.client(record(DATA, filler(120)))
    talk.server(record(DATA, filler(2600)), record(DATA, filler(90)))
    return talk.acknowledge(0).client(record(ALERT, filler(26))).trace.pcap()


@capture("tls13.pcap")
def tls13():
    """TLS 1.3: the version stands in an extension, everything after Server Hello looks like application data."""
    talk = Exchange(ports=(49153, 443))
    talk.client(record(MESSAGE, client_hello("secure.example.org", VERSIONS_13, bytes(32)), 0x0301))
    chosen = extension(43, u16(0x0304)) + extension(51, u16(29) + counted(filler(32)))
    talk.server(record(MESSAGE, server_hello(0x1301, chosen, bytes(32))), CHANGE, record(DATA, filler(1500)),
                record(DATA, filler(300)))
    talk.acknowledge(0)
    talk.client(CHANGE, record(DATA, filler(53)), record(DATA, filler(120)))
    return talk.server(record(DATA, filler(250)), record(DATA, filler(4000))).acknowledge(0).trace.pcap()


@capture("tls_resumption_alert.pcap")
def resumption_alert():
    """A session ticket without a full handshake, then a second connection refused with an alert; no SNI."""
    talk = Exchange(ports=(49154, 443))
    talk.client(record(MESSAGE, client_hello("www.example.org", extension(35, filler(64)), bytes(32)), 0x0301))
    talk.server(record(MESSAGE, server_hello(0xC02F, b"", bytes(32))), CHANGE, record(MESSAGE, filler(40)))
    talk.client(CHANGE, record(MESSAGE, filler(40)))
    other = Exchange(ports=(49155, 443), trace=talk.trace)
    return other.client(record(MESSAGE, client_hello(""), 0x0301)).server(record(ALERT, u8(2, 40))).trace.pcap()


@capture("tls_split_records.pcap")
def split_records():
    """A Client Hello in two segments, a record header cut in two, records that begin mid-segment, port 8443."""
    talk = Exchange(ports=(49156, 8443))
    hello = record(MESSAGE, client_hello("split.example.org", extension(21, bytes(200))), 0x0301)
    talk.client(hello[:100]).client(hello[100:])
    stream = record(MESSAGE, server_hello(0xC02F)) + CHANGE + record(MESSAGE, filler(40))
    talk.server(stream)
    first, second, third = (record(DATA, filler(size)) for size in (700, 800, 900))
    joined = first + second + third
    talk.server(joined[:len(first) + 3]).server(joined[len(first) + 3:1600]).server(joined[1600:])
    return talk.acknowledge(0).trace.pcap()
