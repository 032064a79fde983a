"""DNS messages (RFC 1035) over UDP and TCP."""
from .conversation import Conversation
from .files import Capture
from .registry import capture
from .wire import CLIENT_MAC, SERVER_MAC, ethernet, ip, u8, u16, u32, udp_packet

CLIENT, RESOLVER = "192.0.2.10", "192.0.2.53"
TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "HTTPS": 65}
HANDSHAKE = """
    +0     > S  0 win 64240 <mss 1460>
    +.010  < S. 0 ack 1 win 65160 <mss 1460>
    +.0001 > .  1 ack 1 win 64240
"""


def name(text):
    return b"".join(u8(len(label)) + label.encode() for label in text.split(".") if label) + b"\0"


def question(owner, kind, dns_class=1):
    return name(owner) + u16(TYPES[kind], dns_class)


def record(owner, kind, data, ttl=300):
    """`owner`: a name, or 12 for a pointer to the question's."""
    where = u16(0xC000 | owner) if isinstance(owner, int) else name(owner)
    return where + u16(TYPES[kind], 1) + u32(ttl) + u16(len(data)) + data


def message(ident, flags, questions, answers=(), authorities=(), additional=()):
    head = u16(ident, flags, len(questions), len(answers), len(authorities), len(additional))
    return head + b"".join([*questions, *answers, *authorities, *additional])


QUERY, RESPONSE, NXDOMAIN = 0x0100, 0x8180, 0x8183
OPT = b"\0" + u16(41, 4096) + u32(0) + u16(0)
SOA = name("ns.example.org") + name("admin.example.org") + u32(2024010101, 7200, 3600, 1209600, 300)


class Lookups:
    """Queries and responses of one client port."""

    def __init__(self, port=40053):
        self.trace = Capture()
        self.port = port

    def query(self, ident, owner, kind, after_us=1000, **sections):
        return self.send(message(ident, QUERY, [question(owner, kind)], **sections), after_us)

    def send(self, data, after_us=1000):
        packet = udp_packet(data, CLIENT, RESOLVER, (self.port, 53))
        self.trace.add(ethernet(packet, CLIENT_MAC, SERVER_MAC), after_us)
        return self

    def answer(self, ident, owner, kind, answers, flags=RESPONSE, after_us=12000, **sections):
        data = message(ident, flags, [question(owner, kind)], answers, **sections)
        packet = udp_packet(data, RESOLVER, CLIENT, (53, self.port))
        self.trace.add(ethernet(packet, SERVER_MAC, CLIENT_MAC), after_us)
        return self


@capture("dns.pcap")
def records():
    """A, AAAA, CNAME chain, MX, TXT, NS, SOA, SRV, PTR and HTTPS records; EDNS; NXDOMAIN; SERVFAIL; an empty answer."""
    talk = Lookups()
    host, domain = "www.example.org", "example.org"
    talk.query(1, host, "A").answer(1, host, "A", [record(12, "A", ip("198.51.100.80"))])
    talk.query(2, host, "AAAA", additional=[OPT]).answer(2, host, "AAAA", [record(12, "AAAA", ip("2001:db8::80"))],
                                                         additional=[OPT])
    chain = [record(12, "CNAME", name("cdn.example.net")), record("cdn.example.net", "A", ip("203.0.113.5")),
             record("cdn.example.net", "A", ip("203.0.113.6"))]
    talk.query(3, "img.example.org", "A").answer(3, "img.example.org", "A", chain)
    talk.query(4, domain, "MX").answer(4, domain, "MX", [record(12, "MX", u16(10) + name("mail.example.org"))])
    text = b"v=spf1 -all"
    talk.query(5, domain, "TXT").answer(5, domain, "TXT", [record(12, "TXT", u8(len(text)) + text)])
    talk.query(6, domain, "NS").answer(6, domain, "NS", [record(12, "NS", u8(2) + b"ns" + u16(0xC00C))])
    talk.query(7, domain, "SOA").answer(7, domain, "SOA", [record(12, "SOA", SOA)])
    service = "_sip._udp.example.org"
    target = u16(0, 5, 5060) + name("sip.example.org")
    talk.query(8, service, "SRV").answer(8, service, "SRV", [record(12, "SRV", target)])
    reverse = "80.100.51.198.in-addr.arpa"
    talk.query(9, reverse, "PTR").answer(9, reverse, "PTR", [record(12, "PTR", name(host))])
    alpn = u16(1) + b"\0" + u16(1, 3) + u8(2) + b"h2"
    talk.query(10, host, "HTTPS").answer(10, host, "HTTPS", [record(12, "HTTPS", alpn)])
    missing = "nowhere.example.org"
    talk.query(11, missing, "A").answer(11, missing, "A", [], NXDOMAIN, authorities=[record("example.org", "SOA", SOA)])
    talk.query(12, "broken.example.org", "A").answer(12, "broken.example.org", "A", [], 0x8182)
    return talk.query(13, domain, "AAAA").answer(13, domain, "AAAA", []).trace.pcap()


@capture("dns_retransmission.pcap")
def retransmission():
    """A query without an answer, sent again; the answer to the second; a response nobody asked for; the root."""
    talk = Lookups()
    host = "www.example.org"
    talk.query(77, host, "A").query(77, host, "A", after_us=5e6)
    talk.answer(77, host, "A", [record(12, "A", ip("198.51.100.80"))])
    talk.answer(99, host, "A", [record(12, "A", ip("198.51.100.81"))])
    return talk.query(78, "", "NS").trace.pcap()


@capture("dns_malformed.pcap")
def malformed():
    """A name that points at itself, a record cut short, counts that lie, labels with odd bytes."""
    talk = Lookups()
    talk.send(message(1, QUERY, [u16(0xC00C) + u16(1, 1)]))
    talk.send(message(2, RESPONSE, [question("a.example", "A")], [record(12, "A", ip("192.0.2.1"))[:-2]]))
    talk.send(u16(3, RESPONSE, 1, 200, 0, 0) + question("b.example", "A"))
    talk.send(message(4, QUERY, [u8(5) + b"a.b\\\x01" + u8(2) + b"\xc3\xa9\0" + u16(1, 1)]))
    return talk.send(u16(5, QUERY)).trace.pcap()


@capture("dns_tcp.pcap")
def over_tcp():
    """A query over TCP; the response in two segments, reassembled."""
    query = message(21, QUERY, [question("big.example.org", "TXT")])
    text = b"x" * 200
    answers = [record(12, "TXT", u8(len(text)) + text) for _ in range(8)]
    response = message(21, RESPONSE, [question("big.example.org", "TXT")], answers)
    data = {"query": u16(len(query)) + query, "response": u16(len(response)) + response}
    size = len(data["query"])
    return Conversation(Capture(), CLIENT, RESOLVER, (40053, 53), data=data).play(HANDSHAKE + """
        +.001  > P. 1:{query} ack 1 win 64240
        +.010  < .  1:{response[:1460]} ack %d win 65160
        +.0001 < P. 1461:{response[1460:]} ack %d win 65160
        +.0001 > .  %d ack %d win 64240
    """ % (1 + size, 1 + size, 1 + size, 1 + len(data["response"]))).pcap()
