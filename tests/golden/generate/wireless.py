"""IEEE 802.11: management, control and data frames, alone and behind what captures put before them; EAP over LAN."""
import struct

from .files import Capture
from .registry import capture
from .wire import filler

WLAN, RADIOTAP, PPI = 105, 127, 192
STATION, ACCESS_POINT, OTHER = (bytes.fromhex("02000000000" + digit) for digit in "123")
EVERYBODY = b"\xff" * 6
TO_DS, FROM_DS, MORE_FRAGMENTS, RETRY, PROTECTED, ORDER = 1, 2, 4, 8, 0x40, 0x80
SNAP_ARP = bytes.fromhex("aaaa030000000806")
ARP = bytes.fromhex("0001080006040001") + STATION + bytes([192, 0, 2, 10]) + bytes(6) + bytes([192, 0, 2, 20])


def frame(kind, flags=0, addresses=(ACCESS_POINT, STATION, ACCESS_POINT), sequence=100, body=b""):
    """Type and subtype as one number, as the standard's tables have them; the fourth address comes last."""
    first, *rest = addresses
    head = struct.pack("<BBH", (kind & 15) << 4 | (kind >> 4) << 2, flags, 44) + first
    if len(rest) < 2:
        return head + b"".join(rest) + body
    return head + rest[0] + rest[1] + struct.pack("<H", sequence << 4) + b"".join(rest[2:]) + body


def element(number, content):
    return bytes([number, len(content)]) + content


RATES = element(1, b"\x82\x84\x8b\x96\x24\x30\x48\x6c")
SECURITY = element(48, bytes.fromhex("0100000fac040100000fac040100000fac020000"))
WMM = element(221, bytes.fromhex("0050f202010180000 3a4000027a4000042435e0062322f00".replace(" ", "")))
WPA = element(221, bytes.fromhex("0050f20101000050f20201000050f20201000050f202"))
COUNTRY = element(7, b"DE " + bytes([1, 13, 20]))
NETWORK = RATES + element(3, b"\x06") + element(5, b"\0\1\0\0") + COUNTRY + element(42, b"\0") + SECURITY + WPA + WMM


def beacon(name, **options):
    return frame(8, addresses=(EVERYBODY, ACCESS_POINT, ACCESS_POINT),
                 body=struct.pack("<QHH", 123456789, 100, 0x0411) + element(0, name) + NETWORK, **options)


@capture("wlan_management.pcap")
def wlan_management():
    """Names of networks in their forms, joining and leaving one, what is cut short."""
    trace = Capture(WLAN)
    for name in (b"network", b"", b"\0\0\0", "Käse".encode(), b"\xb2\xe2", b"a\"b\\c", b"tab\t"):
        trace.add(beacon(name), 1000)
    trace.add(frame(4, body=element(0, b"") + RATES), 1000)
    trace.add(frame(5, RETRY, body=struct.pack("<QHH", 1, 200, 1) + element(0, b"x") + RATES), 1000)
    for sequence in (1, 2):
        trace.add(frame(11, body=struct.pack("<HHH", 0, sequence, 0)), 1000)
    trace.add(frame(0, body=struct.pack("<HH", 0x411, 10) + element(0, b"network") + RATES), 1000)
    trace.add(frame(1, body=struct.pack("<HHH", 0x411, 0, 0xC001) + RATES), 1000)
    trace.add(frame(13, body=bytes([3, 0, 7]) + struct.pack("<HHH", 0x1002, 0, 0)), 1000)
    trace.add(frame(13, body=bytes([8, 0, 7, 0])), 1000)
    trace.add(frame(10, body=struct.pack("<H", 8)), 1000)
    trace.add(frame(12, body=struct.pack("<H", 3)), 1000)
    trace.add(frame(12, PROTECTED, body=b"\1\0\0\x20\0\0\0\0" + filler(10)), 1000)
    whole = beacon(b"network")
    for size in (2, 10, 16, 24, 30, 36, 40):
        trace.add(whole[:size], 1000)
    return trace.pcap()


@capture("wlan_control.pcap")
def wlan_control():
    """Control frames, whole and cut short."""
    trace = Capture(WLAN)
    pair = (ACCESS_POINT, STATION)
    for kind, addresses, body in ((0x1B, pair, b""), (0x1C, pair[:1], b""), (0x1D, pair[:1], b""), (0x1A, pair, b""),
                                  (0x1E, pair, b""), (0x1F, pair, b""), (0x18, pair, b"\5\0\x10\0"),
                                  (0x19, pair, b"\5\0\x10\0" + b"\xf7\1" + bytes(6)), (0x15, pair, b"\xf0\0\0"),
                                  (0x14, pair, b"\xff")):
        whole = frame(kind, addresses=addresses, body=body)
        trace.add(whole, 1000)
        trace.add(whole[:-1], 1000)
    return trace.pcap()


@capture("wlan_data.pcap")
def wlan_data():
    """Data frames in all directions, with quality of service, several packets in one, protected."""
    trace = Capture(WLAN)
    body = SNAP_ARP + ARP
    for flags in range(4):
        addresses = (ACCESS_POINT, STATION, OTHER) + ((OTHER,) if flags == 3 else ())
        trace.add(frame(0x20, flags, addresses, body=body), 1000)
        trace.add(frame(0x28, flags, addresses, body=b"\5\0" + body), 1000)
        trace.add(frame(0x24, flags, addresses), 1000)
    part = STATION + ACCESS_POINT + struct.pack(">H", len(body)) + body
    trace.add(frame(0x28, TO_DS, body=b"\x80\0" + part + bytes(-len(part) % 4) + part), 1000)
    trace.add(frame(0x2C, FROM_DS, body=b"\x10\0"), 1000)
    trace.add(frame(0x28, TO_DS | ORDER, body=b"\0\0" + b"\1\2\3\4" + body), 1000)
    for vector in (b"\1\2\3\0", b"\x05\x25\x03\x20\1\2\3\4", b"\x05\0\0\x60\1\2\3\4"):
        trace.add(frame(0x20, TO_DS | PROTECTED, body=vector + filler(30)), 1000)
    trace.add(frame(0x20, TO_DS | PROTECTED, body=b"abc"), 1000)
    return trace.pcap()


@capture("radiotap.pcap")
def radiotap():
    """Radiotap headers: with and without a check sequence at the end, with more words, too short."""
    trace = Capture(RADIOTAP)
    arp = frame(0x20, TO_DS, body=SNAP_ARP + ARP)
    full = struct.pack("<QBBHHbbB", 5000, 0x10, 22, 2437, 0x00A0, -40, -95, 1)
    trace.add(struct.pack("<BBHI", 0, 0, 8 + len(full), 0x086F) + full + arp + bytes(4), 1000)
    trace.add(struct.pack("<BBHIB", 0, 0, 9, 2, 0) + arp, 1000)
    trace.add(struct.pack("<BBHIB", 0, 0, 9, 2, 0x10) + beacon(b"checked") + b"abcd", 1000)
    trace.add(struct.pack("<BBHIIB", 0, 0, 13, 0x80000002, 0, 0) + beacon(b"two words"), 1000)
    trace.add(struct.pack("<BBH", 0, 0, 8), 1000)
    return trace.pcap()


@capture("ppi.pcap")
def ppi():
    """Per-Packet Information around a frame of IEEE 802.11."""
    trace = Capture(PPI)
    common = struct.pack("<HHQHHHHBBbb", 2, 20, 5000, 1, 2, 2412, 0x00A0, 0, 0, -60, -95)
    trace.add(struct.pack("<BBHI", 0, 0, 8 + len(common), WLAN) + common + beacon(b"ppi") + bytes(4), 1000)
    trace.add(struct.pack("<BBHI", 0, 0, 8, WLAN) + beacon(b"plain"), 1000)
    return trace.pcap()


@capture("eapol.pcap")
def eapol():
    """EAP over LAN: start, identities, methods, the four messages of a key handshake and the two of a group's."""
    trace = Capture(1)

    def add(kind, body):
        trace.add(ACCESS_POINT + STATION + b"\x88\x8e" + struct.pack(">BBH", 2, kind, len(body)) + body, 1000)

    add(1, b"")
    for code, content in ((1, b"\1hello"), (2, b"\1user"), (1, b"\x04\x10" + filler(16)), (2, b"\3\x15"),
                          (1, b"\x15\x20"), (2, b"\x19\0"), (3, b""), (4, b""), (1, b"\x36x"), (9, b"")):
        add(0, struct.pack(">BBH", code, 7, 4 + len(content)) + content)
    for info, nonce, data in ((0x008A, b"n", WPA), (0x010A, b"n", SECURITY), (0x13CA, b"n", filler(24)),
                              (0x030A, b"\0", b""), (0x1382, b"\0", filler(32)), (0x0302, b"\0", b"")):
        add(3, struct.pack(">BHHQ", 2, info, 16, 1) + nonce * 32 + bytes(48) + struct.pack(">H", len(data)) + data)
    add(2, b"")
    add(0, b"\1\2\0\4"[:3])
    return trace.pcap()
