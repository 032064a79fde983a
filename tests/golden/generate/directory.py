"""What directories and their guards say: LDAP (RFC 4511) over TCP and UDP, Kerberos 5 (RFC 4120)."""
from .files import Capture
from .management import element, integer, octets, sequence
from .registry import capture
from .small_services import Talk
from .terminal import Dialogue
from .wire import u16, u32


def enumerated(value):
    return integer(value, 0x0A)


def boolean(value):
    return element(1, b"\xff" if value else b"\0")


def message(number, operation, *controls):
    return sequence(integer(number), operation, *([element(0xA0, *controls)] if controls else []))


def result(operation, code, name="", text="", *more):
    return element(0x60 | operation, enumerated(code), octets(name), octets(text), *more)


def bind(name, how):
    return element(0x60, integer(3), octets(name), how)


def equal(name, value, tag=0xA3):
    return element(tag, octets(name), octets(value))


def present(name):
    return octets(name, 0x87)


def search(base, scope, what, *attributes):
    return element(0x63, octets(base), enumerated(scope), enumerated(0), integer(0), integer(30), boolean(False), what,
                   sequence(*(octets(name) for name in attributes)))


def entry(name, **attributes):
    listed = (sequence(octets(key), element(0x31, *(octets(one) for one in values))) for key, values in attributes.items())
    return element(0x64, octets(name), sequence(*listed))


def substrings(name, *parts):
    return element(0xA4, octets(name), sequence(*(octets(text, 0x80 | kind) for kind, text in parts)))


def filters():
    deep = present("a")
    for _ in range(6):
        deep = element(0xA0, element(0xA1, deep), element(0xA2, equal("b", "c")))
    rule = element(0xA9, octets("1.2.840.113556.1.4.803", 0x81), octets("userAccountControl", 0x82), octets("2", 0x83),
                   element(0x84, b"\xff"))
    return [element(0xA0, equal("cn", "one"), equal("sn", "two"), present("mail")), deep, rule, equal("key", b"\1\2\xff"),
            substrings("cn", (0, "a"), (1, "b"), (2, "c")), substrings("cn", (1, "b")), equal("n", "5", 0xA5),
            equal("n", "6", 0xA6), equal("n", "~", 0xA8), element(0xA0), equal("empty", "")]


@capture("ldap.pcap")
def directory():
    """Binding in several ways, searches with every kind of filter, changes, extended operations, controls, several messages
    a segment and several segments a message, what SASL protects, what does not fit."""
    trace = Capture()
    talk = Dialogue(trace, 389)
    number = iter(range(1, 1000))

    def call(operation, *answers, controls=()):
        one = next(number)
        talk.client(message(one, operation, *controls))
        for answer in answers:
            talk.server(message(one, answer))

    call(bind("cn=admin,dc=example", octets("secret", 0x80)), result(1, 0))
    call(bind("", octets("", 0x80)), result(1, 49, "", "no such user"))
    call(bind("", element(0xA3, octets("PLAIN"), octets("\0me\0secret"))), result(1, 14, "", "", octets("more", 0x87)))
    call(bind("", octets("odd", 0x85)), result(1, 7))
    for scope, what in enumerate(filters()):
        call(search("dc=example", scope % 4, what, "cn", "mail"), result(5, 0))
    call(search("", 0, present("objectClass")), entry("", supportedControl=["1.2.840.113556.1.4.319", "1.3.6.1.4.1.99999.1"]),
         entry("cn=a,dc=example", cn=["a", b"\xff\xfe", ""], objectGUID=[bytes(range(16))], empty=[]),
         element(0x73, octets("ldap://b.example/dc=b")), result(5, 10, "dc=example", "see there", element(0xA3, octets("ldap://b.example"))))
    change = sequence(enumerated(2), sequence(octets("mail"), element(0x31, octets("a@example.org"))))
    call(element(0x66, octets("cn=a"), sequence(change)), result(7, 0))
    call(element(0x68, octets("cn=b"), sequence(sequence(octets("cn"), element(0x31, octets("b"))))), result(9, 68))
    call(octets("cn=b", 0x4A), result(11, 66))
    call(element(0x6C, octets("cn=a"), octets("cn=c"), boolean(True), octets("dc=new", 0x80)), result(13, 0))
    call(element(0x6E, octets("cn=a"), sequence(octets("cn"), octets("a"))), result(15, 6))
    call(element(0x77, octets("1.3.6.1.4.1.4203.1.11.3", 0x80)), result(24, 0, "", "", octets("u:me", 0x8B)))
    call(element(0x77, octets("1.3.6.1.1.8", 0x80), octets(sequence(integer(3)), 0x81)), result(24, 118, "", "stopped"))
    pages = sequence(octets("1.2.840.113556.1.4.319"), boolean(True), octets(sequence(integer(100), octets(b""))))
    call(search("dc=example", 2, present("cn")), result(5, 4), controls=(pages, sequence(octets("2.16.840.1.113730.3.4.2"))))
    many = message(700, search("dc=example", 2, present("cn"))) + message(701, search("dc=example", 2, present("sn")))
    talk.client(many).server(message(700, entry("cn=a")) + message(700, result(5, 0)) + message(701, result(5, 0)))
    talk.client(many[:20]).client(many[20:60]).client(many[60:])
    inner = message(800, search("", 0, present("objectClass")))
    head = b"\5\4\4\xff" + u16(12, 12) + u32(0, 7) + bytes(12)
    sealed = b"\5\4\6\xff" + u16(0, 28) + u32(0, 8) + bytes(60)
    call(integer(700, 0x50))
    call(element(0x42))
    guarded = Dialogue(trace, 389, 49201)
    guarded.client(u32(len(head + inner)) + head + inner).server(u32(len(sealed)) + sealed)
    return trace.pcap()


@capture("cldap.pcap")
def connectionless():
    """A domain controller that is looked for, one answer in two messages; what is no message."""
    talk, ports = Talk(), (40389, 389)
    talk.ask(message(1, search("", 0, element(0xA0, equal("DnsDomain", "ad.example"), equal("Host", "pc")), "Netlogon")), ports)
    talk.answer(message(1, entry("", other=["value"])) + message(1, result(5, 0)), ports[::-1])
    return talk.ask(message(2, integer(1, 0x50)), ports).trace.pcap()


def tagged(number, *parts):
    return element(0xA0 | number, *parts)


def string(text):
    return octets(text, 0x1B)


def time(text):
    return octets(text, 0x18)


def principal(kind, *names):
    return sequence(tagged(0, integer(kind)), tagged(1, sequence(*(string(name) for name in names))))


def encrypted(kind, data):
    return sequence(tagged(0, integer(kind)), tagged(1, integer(2)), tagged(2, octets(data)))


def ticket():
    return element(0x61, sequence(tagged(0, integer(5)), tagged(1, string("EXAMPLE.ORG")), tagged(2, principal(2, "krbtgt", "EXAMPLE.ORG")),
                                  tagged(3, encrypted(18, b"ticket"))))


def proof(kind, data):
    return sequence(tagged(1, integer(kind)), tagged(2, octets(data)))


def ask(kind, *proofs, addresses=()):
    body = [tagged(0, element(3, b"\0\x40\x81\0\x10")), tagged(1, principal(1, "me")), tagged(2, string("EXAMPLE.ORG")),
            tagged(3, principal(2, "krbtgt", "EXAMPLE.ORG")), tagged(5, time("20370913024805Z")), tagged(7, integer(4711)),
            tagged(8, sequence(integer(18), integer(23), integer(-133)))]
    if addresses:
        body.append(tagged(9, sequence(*(sequence(tagged(0, integer(one)), tagged(1, octets(data))) for one, data in addresses))))
    proofs = [tagged(3, sequence(*proofs))] if proofs else []
    return element(0x60 | kind, sequence(tagged(1, integer(5)), tagged(2, integer(kind)), *proofs, tagged(4, sequence(*body))))


def grant(kind):
    return element(0x60 | kind, sequence(tagged(0, integer(5)), tagged(1, integer(kind)), tagged(3, string("EXAMPLE.ORG")),
                                         tagged(4, principal(1, "me")), tagged(5, ticket()), tagged(6, encrypted(18, b"part"))))


def refuse(code, *more):
    return element(0x7E, sequence(tagged(0, integer(5)), tagged(1, integer(30)), tagged(4, time("20240101120000Z")), tagged(5, integer(7)),
                                  tagged(6, integer(code)), tagged(9, string("EXAMPLE.ORG")), tagged(10, principal(2, "krbtgt")), *more))


@capture("kerberos.pcap")
def kerberos():
    """Asking for tickets, over UDP and TCP, what is refused and what then is shown; other messages, what does not fit."""
    talk, ports = Talk(), (40088, 88)
    back = ports[::-1]
    hint = sequence(sequence(tagged(0, integer(18)), tagged(1, string("EXAMPLE.ORGme"))))
    talk.ask(ask(10, proof(128, sequence(tagged(0, boolean(True)))), addresses=[(2, bytes([192, 0, 2, 10])), (20, b"PC             \x20"), (5, b"odd")]), ports)
    talk.answer(refuse(25, tagged(12, octets(sequence(proof(2, b""), proof(19, hint), proof(999, b"x"))))), back)
    talk.ask(ask(10, proof(2, sequence(tagged(0, integer(18)), tagged(2, octets(b"stamp"))))), ports).answer(grant(11), back)
    use = element(0x6E, sequence(tagged(0, integer(5)), tagged(1, integer(14)), tagged(2, element(3, bytes(5))), tagged(3, ticket()),
                                 tagged(4, encrypted(18, b"proof"))))
    talk.ask(ask(12, proof(1, use)), ports).answer(grant(13), back).ask(use, ports)
    talk.answer(element(0x6F, sequence(tagged(0, integer(5)), tagged(1, integer(15)), tagged(2, encrypted(18, b"me too")))), back)
    for code in (0, 6, 37, 60, 300):
        talk.answer(refuse(code, tagged(11, string("why"))), back)
    talk.ask(ask(10)[:60], ports).ask(b"garbage", ports).ask(element(0x7E, sequence(tagged(6, integer(1)))), ports)
    dialogue = Dialogue(talk.trace, 88)
    for way, data in ((0, ask(10)), (1, refuse(25)), (0, ask(12, proof(1, use)))):
        dialogue.say(way, u32(len(data)) + data)
    whole = u32(len(grant(13))) + grant(13)
    dialogue.server(whole[:3]).server(whole[3:50]).server(whole[50:])
    return talk.trace.pcap()
