"""File formats: the same few packets in each form that a capture file may have."""
import gzip
import struct

from .files import ETHERNET, NULL, START_NS, Capture, Pcapng
from .registry import capture
from .wire import CLIENT_MAC, SERVER_MAC, ethernet, filler, ip, u32, udp_packet

CLIENT, SERVER = "192.0.2.10", "198.51.100.80"


def datagram(size, way=0):
    if way == 0:
        return ethernet(udp_packet(filler(size), CLIENT, SERVER, (40001, 40002)), CLIENT_MAC, SERVER_MAC)
    return ethernet(udp_packet(filler(size), SERVER, CLIENT, (40002, 40001)), SERVER_MAC, CLIENT_MAC)


def few(count=4):
    """`count` datagrams to and fro, with nanoseconds in their times."""
    trace = Capture(now_ns=START_NS + 123456789)
    for i in range(count):
        trace.add(datagram(50 + 100 * i, i % 2), 1000.001 * i)
    return trace


@capture("pcap_nanoseconds.pcap")
def nanoseconds():
    """Magic 0xa1b23c4d."""
    return few().pcap(nanoseconds=True)


@capture("pcap_big_endian.pcap")
def big_endian():
    """Written on a big-endian machine."""
    return few().pcap(order=">")


@capture("pcap_big_endian_nanoseconds.pcap")
def big_endian_nanoseconds():
    """Both."""
    return few().pcap(order=">", nanoseconds=True)


@capture("pcap_modified.pcap")
def modified():
    """Kuznetzov's variant with longer record headers."""
    return few().pcap(modified=True)


@capture("pcap_nokia.pcap")
def nokia():
    """Nokia's libpcap: 4 more bytes in each record header, under the usual magic."""
    return few().pcap(additional=bytes((0, 0, 1, 2)))


@capture("pcap_red_hat.pcap")
def red_hat():
    """Red Hat 6.1: the modified variant's 8 more bytes under the usual magic."""
    return few().pcap(additional=struct.pack("<IHBB", 2, 0x0800, 0, 0))


@capture("pcap_suse.pcap")
def suse():
    """SuSE 6.3: the modified variant's magic and 12 more bytes."""
    return few().pcap(magic=0xA1B2CD34, additional=struct.pack("<IHBBBBBB", 2, 0x0800, 0, 1, 1, 0, 0, 0))


@capture("pcap_aix.pcap")
def aix():
    """AIX: version 2.2, nanoseconds, and the interface's type (6: Ethernet) as link type."""
    return few().pcap(order=">", nanoseconds=True, magic=0xA1B2C3D4, version=(2, 2), link_type=6)


@capture("pcap_old_lengths.pcap")
def old_lengths():
    """Version 2.2 had the length on the wire first."""
    return few().pcap(version=(2, 2), snap_len=60, wire_first=True)


@capture("pcap_nanoseconds_as_micro.pcap")
def nanoseconds_as_micro():
    """Nanoseconds under the magic of microseconds: told by nearly all fractions being a million and more."""
    return few(8).pcap(nanoseconds=True, magic=0xA1B2C3D4)


@capture("pcap_appended.pcap")
def appended():
    """Three captures behind each other (cat), the second big-endian in nanoseconds, the third a pcapng."""
    return few(2).pcap() + few(3).pcap(order=">", nanoseconds=True) + pcapng_packets(Pcapng().interface()).bytes()


@capture("pcapng_appended.pcapng")
def appended_pcapng():
    """A pcapng behind a pcapng, which is one, and a pcap behind both, which is not."""
    return (pcapng_packets(Pcapng().interface()).bytes() + pcapng_packets(Pcapng(">").interface()).bytes()
            + few(2).pcap())


@capture("pcap_zero_tail.pcap")
def zero_tail():
    """Zeros behind the last packet, as an interrupted write leaves them."""
    return few().pcap() + bytes(1000)


@capture("pcapng_zero_tail.pcapng")
def zero_tail_pcapng():
    """Zeros behind the last block."""
    return pcapng_packets(Pcapng().interface()).bytes() + bytes(1000)


@capture("pcap_gzip.pcap.gz")
def gzipped():
    """The same, compressed: told by content."""
    return gzip.compress(few(12).pcap(), mtime=0)


@capture("pcap_snap_length.pcap")
def snap_length():
    """Every packet cut to 60 bytes: lengths on the wire count."""
    return few().pcap(snap_len=60)


@capture("pcap_cut.pcap")
def cut():
    """A file that ends inside its last packet."""
    return few().pcap()[:-33]


@capture("pcap_lying_length.pcap")
def lying_length():
    """A record that claims four gigabytes: what stood before it is kept."""
    return few().pcap() + struct.pack("<IIII", 1700000001, 0, 0xFFFFFFF0, 0xFFFFFFF0) + filler(100)


@capture("pcap_time_backwards.pcap")
def time_backwards():
    """A clock that is set back by two seconds between packets, and equal time stamps."""
    trace = Capture()
    for after_us in (0, 1000, -2e6, 0, 500):
        trace.add(datagram(60), after_us)
    return trace.pcap()


@capture("pcap_empty.pcap")
def empty():
    """A header and no packet."""
    return Capture().pcap()


def pcapng_packets(file, unit=1000, **options):
    for packet in few().packets:
        file.enhanced(packet.ts_ns // unit, packet.data, **options)
    return file


@capture("pcapng.pcapng")
def plain_pcapng():
    """One section, one interface, microseconds, a comment on a packet."""
    return pcapng_packets(Pcapng().interface(name="eth0"), comment="seen").bytes()


@capture("pcapng_big_endian.pcapng")
def big_endian_pcapng():
    """The other byte order."""
    return pcapng_packets(Pcapng(">").interface(name="en0")).bytes()


@capture("pcapng_interfaces.pcapng")
def two_interfaces():
    """Ethernet in nanoseconds and loopback in milliseconds, alternating; statistics with drops at the end."""
    file = Pcapng().interface(ETHERNET, "eth0", tsresol=9).interface(NULL, "lo0", tsresol=3)
    loopback = u32(2)[::-1] + udp_packet(filler(20), "127.0.0.1", "127.0.0.1", (40001, 40002))
    for packet in few().packets:
        file.enhanced(packet.ts_ns, packet.data, 0)
        file.enhanced(packet.ts_ns // 1_000_000 + 1, loopback, 1)
    return file.statistics(START_NS, 0, received=8, dropped=3).bytes()


@capture("pcapng_resolutions.pcapng")
def resolutions():
    """Time stamps in 2^-20 seconds, in seconds, and with an offset of an hour."""
    file = Pcapng().interface(tsresol=0x80 | 20).interface(tsresol=0).interface(tsresol=6, tsoffset=3600)
    seconds = START_NS // 1_000_000_000
    file.enhanced((seconds << 20) + (1 << 19), datagram(50), 0)
    file.enhanced(seconds + 1, datagram(60), 1)
    return file.enhanced((seconds - 3600) * 1_000_000 + 1_500_000, datagram(70), 2).bytes()


@capture("pcapng_sections.pcapng")
def sections():
    """Two sections of different byte order, each with its own interfaces."""
    file = pcapng_packets(Pcapng("<").interface(name="a"))
    file.section(">").interface(name="b", tsresol=9)
    for packet in few().packets:
        file.enhanced(packet.ts_ns + 10_000_000, packet.data)
    return file.bytes()


@capture("pcapng_other_blocks.pcapng")
def other_blocks():
    """Name resolution, decryption secrets and unknown blocks, the obsolete packet block, a simple packet block."""
    file = Pcapng().names(ip(SERVER), "www.example.org").interface(snap_len=80).secrets(b"CLIENT_RANDOM 00 00\n")
    file.obsolete(START_NS // 1000, datagram(30))
    file.block(0x7FFF1234, b"unknown")
    file.enhanced(START_NS // 1000 + 1500, datagram(30))
    return file.simple(datagram(30)).bytes()


@capture("pcapng_cut.pcapng")
def cut_pcapng():
    """A block whose end is missing."""
    return pcapng_packets(Pcapng().interface()).bytes()[:-21]
