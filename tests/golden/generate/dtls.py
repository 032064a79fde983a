"""Datagram TLS: RFC 6347 (1.2), RFC 9147 (1.3)."""
from .quic import Talk
from .registry import capture
from .tls import extension
from .wire import filler, u8, u16, u32

CHANGE, ALERT, MESSAGE, DATA, HEARTBEAT = 20, 21, 22, 23, 24


def record(kind, content, epoch=0, number=0, version=0xFEFD):
    return u8(kind) + u16(version, epoch, 0) + u32(number) + u16(len(content)) + content


def part(kind, number, body, offset=0, length=None):
    """A handshake message, or a fragment of one that has `length` bytes in all."""
    whole = len(body) if length is None else length
    return u8(kind) + whole.to_bytes(3, "big") + u16(number) + offset.to_bytes(3, "big") + len(body).to_bytes(3, "big") + body


def counted(data):
    return u16(len(data)) + data


def client_hello(cookie=b"", extensions=b""):
    return (u16(0xFEFD) + filler(32) + u8(0, len(cookie)) + cookie + counted(u16(0xC02B, 0x1301)) + u8(1, 0) +
            counted(extensions))


def server_hello(extensions=b"", version=0xFEFD, suite=0xC02B):
    return u16(version) + filler(32, 7) + u8(0) + u16(suite) + u8(0) + counted(extensions)


NAME = extension(0, counted(u8(0) + counted(b"dtls.example.org")))
SRTP = extension(14, counted(u16(1, 7)) + u8(2) + b"id")


@capture("dtls12.pcap")
def dtls12():
    """DTLS 1.2: a cookie, fragments that come in disorder and twice, SRTP, encrypted records, an alert in the clear, heartbeats."""
    talk = Talk(52000, 4433)
    talk.say(">", record(MESSAGE, part(1, 0, client_hello(extensions=NAME)), version=0xFEFF))
    talk.say("<", record(MESSAGE, part(3, 0, u16(0xFEFF) + u8(8) + b"a cookie"), version=0xFEFF))
    hello = client_hello(b"a cookie", NAME + SRTP)
    pieces = [record(MESSAGE, part(1, 1, hello[at:at + 50], at, len(hello)), number=1 + at // 50) for at in range(0, len(hello), 50)]
    for piece in pieces[:1] + pieces[2:] + pieces[-1:] + pieces[1:2]:
        talk.say(">", piece)
    ticket = u32(7200) + counted(filler(200))
    talk.say("<", record(MESSAGE, part(2, 1, server_hello(SRTP)), number=1) +
             record(MESSAGE, part(4, 2, ticket[:80], 0, len(ticket)), number=2))
    talk.say("<", record(MESSAGE, part(4, 2, ticket[80:], 80, len(ticket)) + part(14, 3, b""), number=3))
    talk.say(">", record(CHANGE, u8(1), number=5) + record(MESSAGE, filler(40), 1))
    talk.say("<", record(CHANGE, u8(1), number=4) + record(MESSAGE, filler(40), 1))
    talk.say(">", record(DATA, filler(60), 1, 1) + record(DATA, filler(70), 1, 2)).say("<", record(ALERT, filler(26), 1, 1))
    talk.say(">", record(ALERT, u8(2, 40))).say(">", record(HEARTBEAT, u8(1, 0, 3) + b"abc" + filler(16)))
    return talk.say("<", record(HEARTBEAT, filler(40), 1, 3)).trace.pcap()


@capture("dtls13.pcap")
def dtls13():
    """DTLS 1.3: the version in an extension, records with the unified header, several in a datagram, one that is cut short."""
    talk = Talk(52001, 4433)
    talk.say(">", record(MESSAGE, part(1, 0, client_hello(extensions=NAME + extension(43, u8(2) + u16(0xFEFC))))))
    chosen = extension(43, u16(0xFEFC)) + extension(51, u16(29) + counted(filler(32)))
    talk.say("<", record(MESSAGE, part(2, 0, server_hello(chosen, suite=0x1301))) + u8(0x2E) + u16(9, 30) + filler(30))
    talk.say("<", u8(0x26, 5) + u16(20) + filler(20) + u8(0x2A) + u16(7) + filler(25)).say(">", u8(0x2F) + u16(1, 40) + filler(40))
    return talk.say("<", u8(0x2F) + u16(2, 40) + filler(30)).trace.pcap()
