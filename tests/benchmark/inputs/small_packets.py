"""Many small packets of many conversations at once: sessions of short requests and answers over TCP, name look-ups,
pings. Packets of all conversations are interleaved, so that hardly two in a row belong together.
"""
import random

from frames import ACK, PSH, Connection, echo, udp
from page_loads import dns

CONVERSATIONS = 1_000
PACKETS_EACH = 100


def session(index, client, server, numbers):
    tcp = Connection(client, 1024 + index, server, 1883 if index % 2 else 5222, numbers)
    frames = tcp.open()
    while len(frames) + 6 <= PACKETS_EACH:
        frames.append(tcp.segment(0, PSH | ACK, numbers.randbytes(numbers.randrange(4, 75))))
        frames.append(tcp.segment(1, PSH | ACK, numbers.randbytes(numbers.randrange(4, 100))))
        frames.append(tcp.segment(0, ACK))
    return frames + tcp.close()


def look_ups(index, client, server):
    frames = []
    for number in range(PACKETS_EACH // 2):
        name = f'host{number}.example.edu'
        frames.append(udp(client, 1024 + index, server, 53, dns(number, name)))
        frames.append(udp(server, 53, client, 1024 + index, dns(number, name, (192, 0, 2, number))))
    return frames


def pings(index, client, server):
    return [frame for number in range(PACKETS_EACH // 2)
            for frame in (echo(client, server, False, index, number), echo(server, client, True, index, number))]


def packets(seed=7):
    """About 100,000 packets of 1,000 conversations: (microseconds since the first packet, frame), in order."""
    numbers = random.Random(seed)
    waiting = []
    for index in range(CONVERSATIONS):
        client, server = (10, 2, 0, 1 + index % 250), (10, 3, 0, 1 + index % 97)
        kind = index % 10
        frames = (pings(index, client, server) if kind == 0 else look_ups(index, client, server) if kind in (1, 2)
                  else session(index, client, server, numbers))
        starts_us = numbers.randrange(0, 400_000)
        for number, frame in enumerate(frames):
            waiting.append((starts_us + number * numbers.randrange(1_900, 2_100), number, index, frame))
    # A conversation's own order stays: its packets get the sorted times.
    times = sorted(at_us for at_us, *_ in waiting)
    by_conversation = {}
    for _, number, index, frame in sorted(waiting, key=lambda packet: (packet[2], packet[1])):
        by_conversation.setdefault(index, []).append(frame)
    heads = {index: iter(frames) for index, frames in by_conversation.items()}
    order = [index for _, _, index, _ in sorted(waiting, key=lambda packet: packet[0])]
    return [(at_us, next(heads[index])) for at_us, index in zip(times, order)]
