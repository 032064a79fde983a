"""What Windows hosts say to each other: SMB2 (MS-SMB2), DCE/RPC (DCE 1.1: RPC), NetBIOS sessions and datagrams (RFC 1002)."""
import struct
import uuid

from .files import Capture
from .registry import capture
from .terminal import CLIENT, Dialogue
from .wire import CLIENT_MAC, UDP, ethernet, network, udp

SESSION, TREE = 0x4000000001, 5
NDR = uuid.UUID("8a885d04-1ceb-11c9-9fe8-08002b104860").bytes_le + struct.pack("<I", 2)
SERVICES = uuid.UUID("4b324fc8-1670-01d3-1278-5a47bf6ee188").bytes_le + struct.pack("<HH", 3, 0)
UNKNOWN = uuid.UUID("0f0e0d0c-0b0a-0908-0706-050403020100").bytes_le + struct.pack("<HH", 1, 0)
RELATED = b"\xff" * 16


def text(value):
    return value.encode("utf-16-le")


def session(*messages):
    """Messages of SMB in one message of the session service."""
    body = b"".join(messages)
    return struct.pack(">I", len(body)) + body


def smb2(command, ident, body, response=False, status=0, tree=TREE, chained=0, more=False):
    if more:
        body += b"\0" * (-len(body) % 8)
    flags = (1 if response else 0) | (4 if chained else 0)
    return b"\xfeSMB" + struct.pack("<HHIHHIIQIIQ", 64, 1, status, command, 1, flags, 64 + len(body) if more else 0, ident,
                                    0xFEFF, tree, SESSION) + b"\0" * 16 + body


def error(command, ident, status):
    return smb2(command, ident, struct.pack("<HBBI", 9, 0, 0, 0), True, status)


def create(ident, name, options=0, **keys):
    name = text(name)
    return smb2(5, ident, struct.pack("<HBBIQQIIIIIHHII", 57, 0, 0, 2, 0, 0, 0x120089, 0, 7, 1, options, 120, len(name), 0, 0)
                + (name or b"\0"), **keys)


def created(ident, file, **keys):
    return smb2(5, ident, struct.pack("<HBBI", 89, 0, 0, 1) + b"\0" * 32 + struct.pack("<QQII", 4096, 12, 0x80, 0) + file
                + struct.pack("<II", 0, 0), True, **keys)


def close(ident, file, **keys):
    return smb2(6, ident, struct.pack("<HHI", 24, 0, 0) + file, **keys)


def closed(ident, **keys):
    return smb2(6, ident, struct.pack("<HHI", 60, 0, 0) + b"\0" * 52, True, **keys)


def find(ident, file, pattern, **keys):
    return smb2(14, ident, struct.pack("<HBBI", 33, 37, 0, 0) + file + struct.pack("<HHI", 96, 2 * len(pattern), 65536)
                + text(pattern), **keys)


def found(ident, *names, **keys):
    entries = b""
    for i, name in enumerate(names):
        entry = struct.pack("<I", 0) + b"\0" * 32 + struct.pack("<QQIIIBB", 12, 4096, 0x20, 2 * len(name), 0, 0, 0) + b"\0" * 26
        entry += struct.pack("<Q", i + 1) + text(name)
        if i + 1 < len(names):
            entry += b"\0" * (-(len(entry) + 4) % 8)
            entry = struct.pack("<I", len(entry) + 4) + entry
        else:
            entry = struct.pack("<I", 0) + entry
        entries += entry
    return smb2(14, ident, struct.pack("<HHI", 9, 72, len(entries)) + entries, True, **keys)


def read(ident, file, length=64):
    return smb2(8, ident, struct.pack("<HBBIQ", 49, 80, 0, length, 0) + file + struct.pack("<IIIHH", 0, 0, 0, 0, 0) + b"\0")


def answer_read(ident, data, status=0):
    return smb2(8, ident, struct.pack("<HBBIII", 17, 80, 0, len(data), 0, 0) + data, True, status)


def write(ident, file, data):
    return smb2(9, ident, struct.pack("<HHIQ", 49, 112, len(data), 0) + file + struct.pack("<IIHHI", 0, 0, 0, 0, 0) + data)


def written(ident, count):
    return smb2(9, ident, struct.pack("<HHIIHH", 17, 0, count, 0, 0, 0), True)


def connect(ident, path):
    path = text(path)
    return smb2(3, ident, struct.pack("<HHHH", 9, 0, 72, len(path)) + path, tree=0)


def connected(ident, kind):
    return smb2(3, ident, struct.pack("<HBBIII", 16, kind, 0, 0, 0, 0x1F01FF), True)


def pdu(kind, body, call=1, flags=3):
    return struct.pack("<BBBBIHHI", 5, 0, kind, flags, 0x10, 16 + len(body), 0, call) + body


def bind(*interfaces, kind=11):
    items = b"".join(struct.pack("<HBB", i, 1, 0) + one + NDR for i, one in enumerate(interfaces))
    return pdu(kind, struct.pack("<HHIBBH", 4280, 4280, 0, len(interfaces), 0, 0) + items)


def bound(count, kind=12):
    return pdu(kind, struct.pack("<HHIH", 4280, 4280, 7, 4) + b"135\0\0\0" + struct.pack("<BBH", count, 0, 0)
               + (struct.pack("<HH", 0, 0) + NDR) * count)


def request(operation, stub, call, flags=3, context=0):
    return pdu(0, struct.pack("<IHH", len(stub), context, operation) + stub, call, flags)


def response(stub, call, flags=3, context=0):
    return pdu(2, struct.pack("<IHBB", len(stub), context, 0, 0) + stub, call, flags)


@capture("smb2_files.pcap")
def smb2_files():
    """A share's files: names remembered by handle, chains of messages, errors, a message in two segments, two in one."""
    trace = Capture()
    talk = Dialogue(trace, 445)
    file, folder = b"\x11" * 16, b"\x22" * 16
    talk.client(session(connect(1, r"\\server\share"))).server(session(connected(1, 1)))
    talk.client(session(create(2, "notes.txt"))).server(session(created(2, file)))
    talk.client(session(read(3, file))).server(session(answer_read(3, b"hello world\n")))
    message = session(write(4, file, b"x" * 3000))
    talk.client(message[:1460]).client(message[1460:]).server(session(written(4, 3000)))
    talk.client(session(smb2(16, 5, struct.pack("<HBBIHHIII", 41, 1, 5, 24, 0, 0, 0, 0, 0) + file)))
    talk.server(session(smb2(16, 5, struct.pack("<HHI", 9, 72, 24) + struct.pack("<QQIBBH", 4096, 12, 1, 0, 0, 0), True)))
    talk.client(session(close(6, file))).server(session(closed(6))).client(session(close(7, file)))
    talk.server(session(error(6, 7, 0xC0000128)))
    talk.client(session(create(8, "gone"))).server(session(error(5, 8, 0xC0000034)))
    talk.client(session(create(9, "", more=True), find(10, RELATED, "*", chained=1, more=True), close(11, RELATED, chained=1)))
    talk.server(session(created(9, folder, more=True), found(10, "notes.txt", "more.txt", chained=1, more=True),
                        closed(11, chained=1)))
    talk.client(session(create(12, "last", 0x1000)) + session(read(13, b"\x44" * 16)))
    talk.server(session(created(12, file))).client(session(close(14, file))).server(session(closed(14)))
    talk.client(session(smb2(13, 15, struct.pack("<HH", 4, 0)))).server(session(smb2(13, 15, struct.pack("<HH", 4, 0), True)))
    talk.client(session(smb2(4, 16, struct.pack("<HH", 4, 0)))).server(session(smb2(4, 16, struct.pack("<HH", 4, 0), True)))
    return trace.pcap()


@capture("smb2_pipe.pcap")
def smb2_pipe():
    """A pipe of a share: calls in writes and reads, and in transactions."""
    trace = Capture()
    talk = Dialogue(trace, 445)
    pipe = b"\x33" * 16
    talk.client(session(connect(1, r"\\server\IPC$"))).server(session(connected(1, 2)))
    talk.client(session(create(2, "srvsvc"))).server(session(created(2, pipe)))
    talk.client(session(write(3, pipe, bind(SERVICES)))).server(session(written(3, 72)))
    talk.client(session(read(4, pipe))).server(session(answer_read(4, bound(1))))
    call = request(120, b"a" * 40, 2)
    ioctl = struct.pack("<HHI", 57, 0, 0x11C017) + pipe + struct.pack("<IIIIIIII", 120, len(call), 0, 120, 0, 1024, 1, 0) + call
    talk.client(session(smb2(11, 5, ioctl)))
    reply = response(b"b" * 20, 2)
    ioctl = struct.pack("<HHI", 49, 0, 0x11C017) + pipe + struct.pack("<IIIIII", 112, 0, 112, len(reply), 0, 0) + reply
    talk.server(session(smb2(11, 5, ioctl, True)))
    talk.client(session(close(6, pipe))).server(session(closed(6)))
    return trace.pcap()


@capture("dcerpc.pcap")
def dcerpc():
    """Calls of an interface that is known, of one that is not, of a context that nobody bound; a fault, a refusal, a PDU in two segments."""
    trace = Capture()
    talk = Dialogue(trace, 49664)
    talk.client(bind(SERVICES, UNKNOWN)).server(bound(2))
    talk.client(request(120, b"stub", 2)).server(response(b"\0" * 8, 2))
    talk.client(request(120, b"", 3)).server(response(b"", 3))
    talk.client(request(3, b"abcd", 4, context=1)).server(response(b"abcd", 4, context=1))
    talk.client(request(3, b"abcd", 5, context=7)).server(response(b"abcd", 5, context=7))
    whole = request(121, b"x" * 2000, 6)
    talk.client(whole[:1460]).client(whole[1460:])
    talk.server(pdu(3, struct.pack("<IHBBI", 0, 0, 0, 0, 0x1C010002) + b"\0" * 4, 6))
    talk.client(bind(SERVICES, kind=14)).server(bound(1, kind=15)).server(pdu(13, struct.pack("<HB", 4, 1) + b"\5\0"))
    talk.client(pdu(18, b"", 6)).client(pdu(19, b"", 6)).server(pdu(17, b""))
    return trace.pcap()


def name(value, kind):
    return b"\x20" + b"".join(bytes([65 + (c >> 4), 65 + (c & 15)]) for c in value.ljust(15).encode() + bytes([kind])) + b"\0"


def browse(data, slot=b"\\MAILSLOT\\BROWSE\0"):
    """A mailslot is written by a transaction of SMB in a datagram of NetBIOS."""
    body = struct.pack("<BHHHHBBHIHHHHHBB", 17, 0, len(data), 0, 0, 0, 0, 0, 1000, 0, 0, 0, len(data), 69 + len(slot), 3, 0)
    body += struct.pack("<HHHH", 1, 1, 2, len(slot) + len(data)) + slot + data
    body = name("HOST", 0) + name("GROUP", 0x1E) + b"\xffSMB\x25" + b"\0" * 27 + body
    return struct.pack(">BBH4sHHH", 17, 2, 0x1234, b"\xc0\0\2\x0a", 138, len(body), 0) + body


@capture("browser.pcap")
def browser():
    """All kinds of announcements, elections and lists; datagrams of other mailslots, and those that carry none."""
    trace = Capture()

    def say(payload):
        packet = network(udp(payload, CLIENT, "192.0.2.255", (138, 138)), CLIENT, "192.0.2.255", UDP)
        trace.add(ethernet(packet, CLIENT_MAC, b"\xff" * 6), after_us=10000)

    def announce(command, types, rest):
        return bytes([command, 3]) + struct.pack("<I", 720000) + b"NAME".ljust(16, b"\0") + bytes([5, 1]) + struct.pack(
            "<IBBH", types, 15, 1, 0xAA55) + rest

    for data in (announce(1, 0xFFFFFFFF, b"a host\0"), announce(1, 0x00041003, b"\0"), announce(12, 0x80001000, b"MASTER\0"),
                 announce(15, 3, b"\0"), b"\2\0NAME\0", b"\x08\1" + struct.pack("<III", 0x010FFFFF, 60000, 0) + b"SERVER\0",
                 b"\x09\4" + struct.pack("<I", 7), b"\x0a\2" + struct.pack("<I", 7) + b"ONE\0TWO\0", b"\x0bNAME\0", b"\x0dNAME\0",
                 b"\x0e\2", b"\x55"):
        say(browse(data))
    say(browse(b"hello", b"\\MAILSLOT\\OTHER\0"))
    say(struct.pack(">BBH4sHB", 0x13, 2, 5, b"\xc0\0\2\x0a", 138, 0x82))
    say(struct.pack(">BBH4sH", 0x14, 2, 5, b"\xc0\0\2\x0a", 138) + name("HOST", 0x20))
    return trace.pcap()


@capture("nbss.pcap")
def nbss():
    """Sessions are asked for, granted, refused and sent elsewhere; what is no message; a keep-alive; a header in two segments."""
    trace = Capture()
    talk = Dialogue(trace, 139)
    ask = name("SERVER", 0x20) + name("CLIENT", 0)
    talk.client(struct.pack(">BBH", 0x81, 0, len(ask)) + ask).server(b"\x83\0\0\1\x82").client(b"\x85\0\0\0")
    talk.server(b"\x84\0\0\6\xc6\x33\x64\x50\0\x8b").server(b"\x82\0\0\0").client(b"no session").client(b"\0\0").client(b"\0\4data")
    return trace.pcap()
