"""Small services over UDP: NTP (RFC 5905), TFTP (RFC 1350)."""
from .files import Capture
from .registry import capture
from .wire import CLIENT_MAC, SERVER_MAC, ethernet, u8, u16, u32, udp_packet

CLIENT, SERVER = "192.0.2.10", "192.0.2.123"


class Talk:
    """Datagrams between a client and a server."""

    def __init__(self):
        self.trace = Capture()

    def ask(self, data, ports, after_us=1000):
        self.trace.add(ethernet(udp_packet(data, CLIENT, SERVER, ports), CLIENT_MAC, SERVER_MAC), after_us)
        return self

    def answer(self, data, ports, after_us=20000):
        self.trace.add(ethernet(udp_packet(data, SERVER, CLIENT, ports), SERVER_MAC, CLIENT_MAC), after_us)
        return self


def timestamp(seconds, fraction=0):
    """Seconds since 1970."""
    return u32(seconds + 2208988800, fraction) if seconds else bytes(8)


def ntp(flags, stratum=0, poll=6, precision=0, reference=bytes(4), times=(0, 0, 0, 0), rest=b""):
    fixed = u8(flags, stratum, poll, precision & 0xFF) + u32(0x8000, 0x1234) + reference
    return fixed + b"".join(timestamp(time, 0x80000000) for time in times) + rest


@capture("ntp.pcap")
def time_of_day():
    """A client, a server of stratum 1 and one of stratum 2, a kiss of death, a digest, extensions, control, private, a cut one."""
    talk, ports, back = Talk(), (40123, 123), (123, 40123)
    talk.ask(ntp(0xE3, times=(0, 0, 0, 1_700_000_000)), ports)
    talk.answer(ntp(0x24, 1, 6, -20, b"GPS\0", (1_699_999_990, 1_700_000_000, 1_700_000_001, 1_700_000_001)), back)
    talk.ask(ntp(0x23, times=(0, 0, 0, 1_700_000_100)), ports)
    talk.answer(ntp(0x24, 2, 10, -18, bytes([198, 51, 100, 7]), (1_699_999_990, 1_700_000_100, 1_700_000_101, 1_700_000_101)), back)
    talk.answer(ntp(0xE4, 0, 6, 0, b"RATE", (0, 0, 0, 1_700_000_200)), back)
    talk.answer(ntp(0x64, 1, -3 & 0xFF, -20, b"ZZZZ", (1_700_000_000,) * 4), back)
    talk.ask(ntp(0x23, 3, rest=u32(7) + bytes(range(16)), times=(0, 0, 0, 1_700_000_300)), ports)
    extension = u16(0x0104, 36) + bytes(range(32))
    talk.ask(ntp(0x23, 3, rest=extension + u16(0x2005, 16) + bytes(12), times=(0, 0, 0, 1_700_000_400)), ports)
    talk.ask(ntp(0x1B), ports).ask(ntp(0x11), ports).ask(ntp(0x25), ports)
    talk.ask(u8(0x16, 1) + bytes(10), ports).ask(u8(0x17, 0, 3, 42) + bytes(4), ports).answer(u8(0x97, 0, 3, 42) + bytes(4), back)
    return talk.ask(ntp(0x23)[:20], ports).trace.pcap()


@capture("tftp.pcap")
def transfers():
    """Reading and writing, the block size agreed upon, the counter's end, errors, texts without an end, strange opcodes."""
    talk = Talk()
    talk.ask(u16(1) + b"notes.txt\0octet\0", (5000, 69))
    talk.answer(u16(3, 1) + bytes(512), (56000, 5000)).answer(u16(3, 2) + bytes(100), (56000, 5000))
    talk.ask(u16(1) + b"big.img\0octet\0blksize\0001024\0windowsize\0004\0", (5001, 69))
    talk.answer(u16(6) + b"blksize\0001024\0windowsize\0004\0", (56001, 5001))
    for block in (0xFFFF, 0, 1):
        talk.answer(u16(3, block) + bytes(1024 if block != 1 else 10), (56001, 5001))
    talk.ask(u16(2) + b"w\tx\0netascii\0", (5004, 69)).answer(u16(4, 0), (69, 5004)).ask(u16(3, 1) + bytes(512), (5004, 69))
    talk.ask(u16(3, 2) + bytes(12), (5004, 69))
    talk.ask(u16(1) + b"none\0octet\0", (5005, 69)).answer(u16(5, 1) + b"File not found\0", (56005, 5005))
    talk.answer(u16(5, 77) + b"odd\0", (56005, 5005))
    talk.ask(u16(1) + b"no end", (5006, 69)).ask(u16(7) + b"xx", (5007, 69)).ask(u8(0), (5008, 69))
    return talk.ask(u16(3, 1) + b"abc", (7000, 69)).trace.pcap()
