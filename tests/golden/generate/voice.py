"""Calls: SIP (RFC 3261) with SDP (RFC 8866), RTP and RTCP (RFC 3550), STUN and TURN (RFC 8489, RFC 8656)."""
import zlib

from .files import Capture
from .registry import capture
from .wire import CLIENT_MAC, SERVER_MAC, ethernet, u8, u16, u32, udp_packet

ALICE, PROXY = "192.0.2.10", "192.0.2.20"


class Call:
    """Datagrams between a telephone and its proxy."""

    def __init__(self):
        self.trace = Capture()

    def ask(self, data, ports=(5060, 5060), after_us=1000):
        self.trace.add(ethernet(udp_packet(data, ALICE, PROXY, ports), CLIENT_MAC, SERVER_MAC), after_us)
        return self

    def answer(self, data, ports=(5060, 5060), after_us=20000):
        self.trace.add(ethernet(udp_packet(data, PROXY, ALICE, ports), SERVER_MAC, CLIENT_MAC), after_us)
        return self


def text(*lines, body=b""):
    return "".join(line + "\r\n" for line in lines).encode() + b"\r\n" + body


def message(first, cseq, call="call-1@192.0.2.10", to_tag="", more=(), body=b"", kind=None):
    lines = [first, "Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bK776asdhds",
             'From: "Alice" <sip:alice@voice.example;transport=udp>;tag=1928301774',
             "To: Bob <sip:bob@voice.example>" + (";tag=" + to_tag if to_tag else ""),
             "Call-ID: " + call, "CSeq: " + cseq, "Max-Forwards: 70", *more]
    if kind:
        lines.append("Content-Type: " + kind)
    return text(*lines, "Content-Length: %d" % len(body), body=body)


def session(host, *media, version=1):
    lines = ["v=0", "o=- 2890844526 %d IN IP4 %s" % (version, host), "s=-", "c=IN IP4 " + host, "t=0 0", *media]
    return "".join(line + "\r\n" for line in lines).encode()


OFFER = session(ALICE, "m=audio 49170 RTP/AVP 0 8 101", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=sendrecv")
SDP = "application/sdp"


@capture("sip.pcap")
def sip():
    """Registrations, a call that is sent again, declined and ended, presence, bodies of all kinds, what is no SIP."""
    talk, uri = Call(), "sip:bob@voice.example"
    registrar, contact = "REGISTER sip:voice.example SIP/2.0", "Contact: <sip:alice@192.0.2.10:5060>"
    digest = 'Authorization: Digest username="alice", realm="voice.example", nonce="84a4cc6f", uri="sip:voice.example", response="dfe56131"'
    talk.ask(message(registrar, "1 REGISTER", "reg-1", more=[contact + ";expires=3600"]))
    talk.answer(message("SIP/2.0 401 Unauthorized", "1 REGISTER", "reg-1", "a1", ['WWW-Authenticate: Digest realm="voice.example", nonce="84a4cc6f"']))
    talk.ask(message(registrar, "2 REGISTER", "reg-1", more=[contact + ";expires=3600, <sip:alice@192.0.2.11>", digest]))
    talk.answer(message("SIP/2.0 200 OK", "2 REGISTER", "reg-1", "a1", [contact + ";expires=3600", "m: <sip:alice@192.0.2.11>"]))
    talk.ask(message(registrar, "3 REGISTER", "reg-1")).ask(message(registrar, "4 REGISTER", "reg-1", more=["Contact: *", "Expires: 0"]))
    talk.ask(message(registrar, "5 REGISTER", "reg-1", more=[contact + ";expires=0", "Contact: <sip:alice@192.0.2.12>"]))
    invite = message("INVITE %s SIP/2.0" % uri, "1 INVITE", more=[contact, "X-Serial: 7"], body=OFFER, kind=SDP)
    talk.ask(invite).ask(invite).answer(message("SIP/2.0 100 Trying", "1 INVITE")).answer(message("SIP/2.0 180 Ringing", "1 INVITE", to_tag="b2"))
    ok = message("SIP/2.0 200 OK", "1 INVITE", to_tag="b2", body=session(PROXY, "m=audio 3456 RTP/AVP 0"), kind=SDP)
    talk.answer(ok).answer(ok).ask(message("ACK %s SIP/2.0" % uri, "1 ACK", to_tag="b2"))
    talk.ask(message("INVITE %s SIP/2.0" % uri, "2 INVITE", to_tag="b2", body=OFFER, kind="application/sdp;x=y"))
    talk.answer(message("SIP/2.0 488 Not Acceptable Here", "2 INVITE", to_tag="b2", more=["Reason: Q.850;cause=88;text=\"No\""]))
    talk.ask(message("BYE %s SIP/2.0" % uri, "3 BYE", to_tag="b2")).answer(message("SIP/2.0 200 OK", "3 BYE", to_tag="b2"))
    talk.ask(message("SUBSCRIBE %s SIP/2.0" % uri, "1 SUBSCRIBE", "sub", more=["Event: presence"]))
    talk.answer(message("NOTIFY %s SIP/2.0" % uri, "1 NOTIFY", "sub", more=["Event: presence"], body=b"<a>b</a>", kind="application/pidf+xml"))
    talk.answer(message("NOTIFY %s SIP/2.0" % uri, "2 NOTIFY", "sub", body=b"SIP/2.0 100 Trying\r\nX: y\r\n", kind="message/sipfrag"))
    talk.ask(message("MESSAGE %s SIP/2.0" % uri, "1 MESSAGE", "im", body=b"Hello\r\n", kind="text/plain"))
    talk.ask(message("INFO %s SIP/2.0" % uri, "1 INFO", "im", body=b"Signal=5\r\n", kind="application/dtmf-relay"))
    parts = b"--x\r\nContent-Type: application/sdp\r\n\r\n" + OFFER + b"\r\n--x\r\nContent-Type: a/b;c=d\r\n\r\nq\r\n--x--\r\n"
    talk.ask(message("UPDATE %s SIP/2.0" % uri, "1 UPDATE", "im", body=parts, kind='multipart/mixed;boundary="x"'))
    talk.ask(message("DANCE %s SIP/2.0" % uri, "1 DANCE", "im")).ask(b"\r\n\r\n").ask(b"OPTIONS * SIP/2.0\r\n\r\n")
    talk.ask(b"OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\n", (7000, 7001)).ask(b"OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1", (7000, 7001))
    return talk.trace.pcap()


def rtp(sequence, kind=0, marked=False, payload=bytes(20), first=0x80, extra=b"", source=0x1234ABCD):
    return u8(first, (0x80 if marked else 0) | kind) + u16(sequence) + u32(160 * sequence, source) + extra + payload


def rtcp(kind, count, *body):
    data = b"".join(body)
    return u8(0x80 | count, kind) + u16(len(data) // 4) + data


REPORT = u32(0x1234ABCD) + u8(64, 255, 255, 254) + u32(0x00020003, 77, 0x11223344, 65536)
SENDER = u32(0xABC, 0xE8FE6B00, 0x80000000, 1600, 10, 1600)
NAMES = rtcp(202, 1, u32(1) + b"\1\5alice\0")


@capture("rtp.pcap")
def media():
    """What a description announces: both ways, names of payload types, events, extensions, padding, reports, encrypted media."""
    media = ["m=audio 4000 RTP/AVP 0 8 96 101", "a=rtpmap:96 G7221/16000", "a=rtpmap:101 telephone-event/8000"]
    offer = message("INVITE sip:bob@voice.example SIP/2.0", "1 INVITE", body=session(ALICE, *media), kind=SDP)
    talk, there, back = Call(), (6000, 4000), (4000, 6000)
    talk.answer(rtp(1), there).ask(offer)
    talk.answer(rtp(0xFFFF, marked=True), there).answer(rtp(0), there).ask(rtp(7, 8), back)
    talk.answer(rtp(1, 96), there).answer(rtp(2, 97), there).answer(rtp(3, 101, payload=b"\1\x0a\0\xa0"), there)
    talk.answer(rtp(4, 101, payload=b"\x0b\x8a\3\xe8", marked=True), there).answer(rtp(5, 13, payload=b"\x10"), there)
    talk.answer(rtp(6, first=0x90, extra=b"\xbe\xde\0\1\x10\xff\0\0"), there)
    talk.answer(rtp(7, first=0x90, extra=b"\x10\0\0\1\1\1\5\0"), there)
    talk.answer(rtp(8, first=0xA2, extra=u32(1, 2), payload=b"abc\1"), there).answer(rtp(9)[:20], there)
    talk.ask(rtcp(200, 1, SENDER, REPORT) + NAMES, (4001, 6001)).answer(rtcp(201, 1, u32(0xDEF), REPORT) + rtcp(203, 1, u32(0xDEF), b"\4Bye!\0\0\0"), (6001, 4001))
    talk.ask(message("INVITE sip:bob@voice.example SIP/2.0", "2 INVITE", "call-2", body=session(ALICE, "m=audio 5000 RTP/SAVP 0", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", "m=video 5002 UDP/TLS/RTP/SAVPF 100", "a=rtcp-mux"), kind=SDP))
    talk.answer(rtp(1), (7000, 5000)).answer(rtcp(201, 0, u32(1)) + u32(0x80000001) + bytes(10), (7001, 5001)).answer(rtcp(201, 0, u32(1)), (7002, 5002))
    return talk.trace.pcap()


@capture("rtcp.pcap")
def reports():
    """Kinds of packets, recognised without an announcement: feedback of each format, extended reports, what is cut short."""
    ports, talk = (40000, 40002), Call()
    talk.ask(rtcp(204, 3, u32(5), b"TESTabcd"), ports).ask(rtcp(204, 3, u32(5), b"T\0STabcd"), ports)
    talk.ask(rtcp(205, 1, u32(1, 2), u16(100, 0x8001, 200, 0)), ports).ask(rtcp(205, 15, u32(1, 2), u16(10, 2) + u8(0, 0, 1, 3) + u16(0x2002) + b"\x10\x20"), ports)
    talk.ask(rtcp(205, 15, u32(1, 2), u16(10, 14) + u8(0, 0, 1, 3) + u16(0xA801) + b"\1\2\3" + bytes(3)), ports)
    talk.ask(rtcp(205, 11, u32(1, 7), u16(5, 1, 0x8001, 0), u32(8)), ports).ask(rtcp(205, 9, u32(1, 2, 3)), ports)
    for kind, rest in ((1, b""), (2, u32(0x80083)), (3, u32(3)), (4, u32(9, 0x05000000)), (15, b"REMB" + u8(1, 12, 18, 52) + u32(9)), (9, b"")):
        talk.ask(rtcp(206, kind, u32(1, 2), rest), ports)
    blocks = u8(4, 0) + u16(2) + u32(0xE8FE6B00, 0x80000000) + u8(5, 0) + u16(3) + u32(9, 10, 11) + u8(99, 0) + u16(1) + u32(7)
    talk.ask(rtcp(207, 0, u32(1), blocks), ports).ask(rtcp(207, 0, u32(1), u8(60, 38) + u16(500) + u32(1)), ports)
    talk.ask(rtcp(201, 0, u32(1)) + rtcp(202, 0), ports).ask(rtcp(201, 0, u32(1)) + u32(0, 0), ports).ask(rtcp(201, 2, u32(1), REPORT + REPORT), ports)
    return talk.ask(rtcp(200, 1, SENDER)[:16], ports).ask(NAMES, ports).ask(rtcp(203, 1, u32(1)) + b"xy", ports).trace.pcap()


def stun(kind, *attributes, cookie=0x2112A442, transaction=b"transaction1"):
    body = b"".join(u16(number, len(value)) + value + bytes(-len(value) % 4) for number, value in attributes)
    return u16(kind, len(body)) + u32(cookie) + transaction + body


def fingerprinted(data):
    head = data[:2] + u16(len(data) - 20 + 8) + data[4:]
    return head + u16(0x8028, 4) + u32(zlib.crc32(head) ^ 0x5354554E)


@capture("stun.pcap")
def traversal():
    """Bindings and relays, repeated and answered, each kind of attribute, channels, STUN without its cookie, what is none."""
    talk, there, back = Call(), (40000, 3478), (3478, 40000)
    mapped = u8(0, 1) + u16(0x7D52) + bytes([0x7C, 0x3D, 0x45, 0xA3])
    talk.ask(stun(1), there).ask(stun(1), there).answer(stun(0x101, (0x20, mapped)), back).answer(stun(0x101, (0x20, mapped)), back)
    talk.ask(stun(3, (0x19, b"\x11\0\0\0"), (0xD, u32(600)), transaction=b"transaction2"), there)
    talk.answer(stun(0x113, (9, b"\0\0\4\1Unauthorized"), (0x14, b"voice.example"), (0x15, b"nonce"), transaction=b"transaction2"), back)
    talk.ask(fingerprinted(stun(8, (0x12, mapped), (6, b"alice"), (8, bytes(20)), transaction=b"transaction3")), there)
    talk.answer(stun(0x118, (9, b"\0\0\4\x63"), (10, u16(1, 2)), transaction=b"transaction3"), back)
    talk.ask(stun(9, (0xC, u16(0x4001, 0)), (0x18, b"\x80"), (0x4242, b"abc"), (0x8028, u32(1)), transaction=b"transaction4"), there)
    for number, value in ((1, mapped), (1, u8(0, 2) + u16(9) + bytes(range(16))), (3, u32(6)), (3, u32(2)), (0x8022, b"Server 1"), (0x17, b"\2\0\0\0"), (0x802A, bytes(8)), (0xC057, u16(3, 10)), (0x24, u32(5)), (0x25, b""), (0x1D, u16(2, 0)), (5, mapped), (0x19, b"\7\0\0\0")):
        talk.ask(stun(1, (number, value), transaction=u32(number, 1, 2)), (40001, 40002))
    talk.ask(stun(0x16, (0x12, mapped), (0x13, rtcp(201, 0, u32(1)))), there).answer(stun(0x17, (0x12, mapped), (0x13, b"hello")), back)
    talk.ask(b"\x40\1\0\5hello\0\0\0", there).ask(b"\x40\1\0\x08" + rtcp(201, 0, u32(1)), there).ask(b"\x40\1\0\4hello", there)
    talk.ask(stun(1, (6, b"alice123"))[:24], there).ask(stun(1, (6, b"abcd"))[:22] + u16(16) + b"abcd", there).ask(u16(3, 6) + stun(0)[4:] + u16(0x4000, 9) + b"ab", there)
    classic = dict(cookie=7, transaction=b"transaction9")
    talk.ask(stun(1, (3, u32(6)), **classic), there).answer(stun(0x101, (1, mapped), (0x8020, mapped), (0x8022, b"Srv 1"), (0x9999, u32(1)), **classic), back)
    return talk.ask(stun(2, cookie=8), there).ask(b"no STUN at all, but as long as it", there).trace.pcap()
