"""Calls: SIP (RFC 3261) with SDP (RFC 8866)."""
from .files import Capture
from .registry import capture
from .wire import CLIENT_MAC, SERVER_MAC, ethernet, udp_packet

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
