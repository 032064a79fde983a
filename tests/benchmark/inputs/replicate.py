"""Writes a list of packets over and over, as pcap or pcapng of any size. Each copy is later in time and has other private
addresses, so that its conversations are its own and its analysis is that of the first copy. (Checksums are left as they
are: captures with offloaded checksums look the same.)
"""
import struct

import numpy

EPOCH_US = 1_727_796_600_000_000
GAP_US = 1_000
PRIVATE = 10  # first byte of an address that is changed


def pcap_head():
    return struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1)


def pcap_record(frame):
    return struct.pack('<IIII', 0, 0, len(frame), len(frame)) + frame, 16


def pcap_time(ts_us):
    return ts_us // 1_000_000, ts_us % 1_000_000


def pcapng_head():
    section = struct.pack('<IIIHHqI', 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)
    return section + struct.pack('<IIHHII', 1, 20, 1, 0, 262_144, 20)


def pcapng_record(frame):
    padding = -len(frame) % 4
    length = 32 + len(frame) + padding
    return (struct.pack('<IIIIIII', 6, length, 0, 0, 0, len(frame), len(frame)) + frame + bytes(padding) +
            struct.pack('<I', length)), 28


def pcapng_time(ts_us):
    return ts_us >> 32, ts_us & 0xFFFF_FFFF


# The file's head, a packet's record with the place of its frame, and the two words of its time and where they stand.
FORMATS = {'pcap': (pcap_head, pcap_record, pcap_time, 0), 'pcapng': (pcapng_head, pcapng_record, pcapng_time, 12)}


def put_words(octets, places, values):
    for byte in range(4):
        octets[places + byte] = values >> 8 * byte & 255


def replicate(packets, path, target, kind='pcap'):
    """Writes whole copies until the file has `target` bytes; returns its size and number of packets."""
    head, record_of, time_of, time_at = FORMATS[kind]
    template, time_places, address_places = bytearray(), [], []
    for _, frame in packets:
        record, frame_at = record_of(frame)
        time_places.append(len(template) + time_at)
        for at in (26, 30):
            if frame[12:14] == b'\x08\0' and frame[at] == PRIVATE:
                address_places.append(len(template) + frame_at + at)
        template += record
    octets = numpy.frombuffer(bytes(template), dtype=numpy.uint8)
    times_us = numpy.array([at_us for at_us, _ in packets], dtype=numpy.int64) - packets[0][0]
    time_places, address_places = numpy.array(time_places), numpy.array(address_places)
    written, copies = len(head()), 0
    with open(path, 'wb') as out:
        out.write(head())
        while written < target:
            copy = octets.copy()
            base_us = EPOCH_US + copies * (int(times_us[-1]) + GAP_US)
            for word, values in enumerate(time_of(base_us + times_us)):
                put_words(copy, time_places + 4 * word, values)
            copy[address_places + 1] = octets[address_places + 1] ^ (copies >> 8 & 255)
            copy[address_places + 2] = octets[address_places + 2] ^ (copies & 255)
            out.write(copy)
            written += len(copy)
            copies += 1
    return written, copies * len(packets)
