"""SNMP (RFC 1157, 1901, 1910, 3412, 3414, 3416) over UDP, and BER (ITU-T X.690) as it writes it."""
from .registry import capture
from .small_services import Talk

AGENT, TRAPS = (40161, 161), (40162, 162)
NAME, OBJECT = "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.2.2.1.10.1"
GET, NEXT, RESPONSE, SET, TRAP, BULK, INFORM, TRAP2, REPORT = range(0xA0, 0xA9)


def length(count):
    if count < 0x80:
        return bytes([count])
    raw = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(raw)]) + raw


def element(tag, *parts):
    body = b"".join(parts)
    return bytes([tag]) + length(len(body)) + body


def sequence(*parts):
    return element(0x30, *parts)


def integer(value, tag=2):
    return element(tag, value.to_bytes((value.bit_length() + 8) // 8 if value >= 0 else ((value + 1).bit_length() + 8) // 8, "big",
                                       signed=True))


def octets(value, tag=4):
    return element(tag, value if isinstance(value, bytes) else value.encode())


def oid(text, tag=6):
    first, second, *rest = (int(part) for part in text.split("."))
    out = b""
    for part in [first * 40 + second] + rest:
        digits = [part & 0x7F]
        while part := part >> 7:
            digits.append(part & 0x7F | 0x80)
        out += bytes(reversed(digits))
    return element(tag, out)


NULL = element(5)


def binding(name, value=NULL):
    return sequence(oid(name), value)


def pdu(kind, request, *bindings, status=0, index=0):
    return element(kind, integer(request), integer(status), integer(index), sequence(*bindings))


def message(version, body, community="public"):
    return sequence(integer(version), octets(community), body)


def trap(enterprise, generic, specific, *bindings, address=bytes([192, 0, 2, 7])):
    return element(TRAP, oid(enterprise), element(0x40, address), integer(generic), integer(specific), integer(4711, 0x43),
                   sequence(*bindings))


def secured(flags, data, engine=b"", user="", authentication=b"", privacy=b""):
    head = sequence(integer(1000 + flags), integer(65507), octets(bytes([flags])), integer(3))
    usm = sequence(octets(engine), integer(3), integer(70000), octets(user), octets(authentication), octets(privacy))
    return sequence(integer(3), head, octets(usm), data)


def scoped(body, engine=b"", name=""):
    return sequence(octets(engine), octets(name), body)


VALUES = [integer(-5), octets("Ethernet1"), octets(b"\x02\0\0\0\0\x01"), octets(b""), oid("1.3.6.1.4.1.8072.3.2.10"),
          element(0x40, bytes([198, 51, 100, 1])), integer(4294967295, 0x41), integer(7, 0x42), integer(360005, 0x43),
          octets(b"\x9fx\x04", 0x44), integer(1 << 63, 0x46), element(0x80), element(0x81), element(0x82), octets("odd", 0x48)]


@capture("snmp.pcap")
def management():
    """Versions 1, 2c, 2u and 3: every PDU and kind of value, requests asked twice, engine ids, encryption, what does not fit."""
    talk, back = Talk(), AGENT[::-1]
    for version, kind in ((0, GET), (1, NEXT), (1, SET), (1, INFORM)):
        talk.ask(message(version, pdu(kind, kind, binding(NAME))), AGENT)
        talk.answer(message(version, pdu(RESPONSE, kind, binding(NAME, octets("router.example")))), back)
    talk.ask(message(1, element(BULK, integer(7), integer(0), integer(10), sequence(binding(OBJECT)))), AGENT)
    talk.ask(message(1, element(BULK, integer(7), integer(0), integer(10), sequence(binding(OBJECT)))), AGENT)
    talk.answer(message(1, pdu(RESPONSE, 7, *(binding(OBJECT, value) for value in VALUES))), back)
    talk.answer(message(1, pdu(RESPONSE, 7, binding(OBJECT), status=5, index=1)), back)
    talk.ask(message(0, trap("1.3.6.1.4.1.9", 3, 0, binding(OBJECT, integer(2)))), TRAPS)
    talk.ask(message(1, trap("1.3.6.1.4.1.9", 6, 12, address=bytes(3))), TRAPS)
    talk.ask(message(1, pdu(TRAP2, -3, binding("1.3.6.1.2.1.1.3.0", integer(5, 0x43)))), TRAPS)
    talk.ask(sequence(integer(2), octets(b"\1\2"), pdu(GET, 9, binding(NAME))), AGENT)
    talk.ask(sequence(integer(2), octets(b"\1\2"), octets("secret")), AGENT)
    cisco = bytes.fromhex("80000009030002000000000001")
    random = bytes.fromhex("80001f8880") + bytes(range(8))
    for engine in (b"", cisco[:12], random, random + b"\1", bytes.fromhex("800000090161626364"), bytes.fromhex("8000000904") + b"lab", bytes(12)):
        talk.ask(secured(4, scoped(pdu(GET, 100, binding(NAME)), engine, "context"), engine, "operator"), AGENT)
        talk.answer(secured(0, scoped(pdu(REPORT, 100, binding("1.3.6.1.6.3.15.1.1.4.0", integer(3, 0x41))), engine), engine), back)
    talk.ask(secured(7, octets(bytes(range(24))), random, "operator", bytes(12), bytes(8)), AGENT)
    wrong = [message(4, pdu(GET, 1)), message(1, element(0xAB)), message(1, pdu(GET, 2, sequence(octets("x"), NULL))),
             message(1, pdu(GET, 3, sequence(oid(NAME), sequence(integer(1))))), message(1, pdu(GET, 4, integer(5))),
             message(1, pdu(GET, 5, binding(NAME, integer(1 << 40)))), message(1, pdu(GET, 6, binding(NAME, element(0x83)))),
             message(1, pdu(GET, 8, binding(NAME)), "a\0b") + b"more", message(1, pdu(GET, 9, binding(NAME)))[:-3], b"no BER at all",
             sequence(integer(1), integer(2), pdu(GET, 10), integer(3)), message(1, element(GET, integer(1), octets("y")))]
    for data in wrong:
        talk.ask(data, AGENT)
    return talk.trace.pcap()
