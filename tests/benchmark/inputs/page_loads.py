"""Web traffic: a page's parts from a few servers, over HTTPS and HTTP, with the name look-ups before them. Every packet
is one that the engine has to look into: TLS records and HTTP bodies run over many segments, some are lost and sent again.
"""
import random
import struct

from frames import ACK, PSH, Connection, udp

MSS = 1460
CLIENT = (10, 1, 2, 3)
RESOLVER = (10, 1, 0, 53)
NAMES = ['www.example.edu', 'static.example.edu', 'images.example.org', 'api.example.com', 'fonts.example.net',
         'video.example.com']


def dns(identifier, name, address=None):
    question = b''.join(bytes([len(label)]) + label.encode() for label in name.split('.')) + b'\0\0\x01\0\x01'
    head = struct.pack('>HHHHHH', identifier, 0x8180 if address else 0x0100, 1, 1 if address else 0, 0, 0)
    answer = b'\xc0\x0c\0\x01\0\x01\0\0\x0e\x10\0\x04' + bytes(address) if address else b''
    return head + question + answer


def record(kind, body):
    return struct.pack('>BHH', kind, 0x0303, len(body)) + body


def client_hello(name, numbers):
    def extension(kind, body):
        return struct.pack('>HH', kind, len(body)) + body
    host = name.encode()
    extensions = (extension(0, struct.pack('>HBH', len(host) + 3, 0, len(host)) + host) +
                  extension(43, b'\x04\x03\x04\x03\x03') + extension(16, b'\0\x0c\x02h2\x08http/1.1') +
                  extension(51, b'\0\x24\0\x1d\0\x20' + numbers.randbytes(32)))
    body = (b'\x03\x03' + numbers.randbytes(32) + b'\x20' + numbers.randbytes(32) + b'\0\x04\x13\x01\x13\x02' + b'\x01\0' +
            struct.pack('>H', len(extensions)) + extensions)
    return record(22, b'\x01' + struct.pack('>I', len(body))[1:] + body)


def server_hello(numbers):
    extensions = b'\0\x2b\0\x02\x03\x04' + b'\0\x33\0\x24\0\x1d\0\x20' + numbers.randbytes(32)
    body = (b'\x03\x03' + numbers.randbytes(32) + b'\x20' + numbers.randbytes(32) + b'\x13\x01\0' +
            struct.pack('>H', len(extensions)) + extensions)
    return record(22, b'\x02' + struct.pack('>I', len(body))[1:] + body)


class Download:
    """One connection: `frames` is a list of (microseconds since its begin, frame)."""

    def __init__(self, port, server, server_port, numbers):
        self.numbers, self.at_us, self.frames = numbers, 0, []
        self.round_trip_us = numbers.randrange(8_000, 40_000)
        self.tcp = Connection(CLIENT, port, server, server_port, numbers)
        syn, syn_ack, ack = self.tcp.open()
        self.add(syn, self.round_trip_us)
        self.add(syn_ack, 50)
        self.add(ack, 200)

    def add(self, frame, wait_us):
        self.frames.append((self.at_us, frame))
        self.at_us += wait_us

    def ask(self, payload):
        self.add(self.tcp.segment(0, PSH | ACK, payload), self.round_trip_us)

    def answer(self, payload):
        """The server's bytes, in segments that the client acknowledges two by two; one in 400 is sent again."""
        for number, at in enumerate(range(0, len(payload), MSS)):
            part = payload[at:at + MSS]
            is_last = at + MSS >= len(payload)
            self.add(self.tcp.segment(1, ACK | (PSH if is_last else 0), part), self.numbers.randrange(8, 130))
            if number % 2 or is_last:
                self.add(self.tcp.segment(0, ACK), self.numbers.randrange(2, 30))
            if self.numbers.randrange(400) == 0:
                self.add(self.tcp.segment(1, ACK | PSH, part, back=len(part)), 30)
        self.at_us += self.numbers.randrange(500, 3_000)

    def close(self):
        for frame in self.tcp.close():
            self.add(frame, self.round_trip_us // 2)
        return self.frames


def over_tls(port, server, name, sizes, numbers):
    load = Download(port, server, 443, numbers)
    load.ask(client_hello(name, numbers))
    load.answer(server_hello(numbers) + record(20, b'\x01') + record(23, numbers.randbytes(3200)))
    load.ask(record(20, b'\x01') + record(23, numbers.randbytes(53)))
    for size in sizes:
        load.ask(record(23, numbers.randbytes(numbers.randrange(60, 400))))
        load.answer(b''.join(record(23, numbers.randbytes(min(16_401, size - at) + 17)) for at in range(0, size, 16_401)))
    return load.close()


def over_http(port, server, name, sizes, numbers):
    load = Download(port, server, 80, numbers)
    for number, size in enumerate(sizes):
        load.ask(f'GET /part/{number}.js HTTP/1.1\r\nHost: {name}\r\nUser-Agent: benchmark\r\nAccept: */*\r\n\r\n'.encode())
        head = (f'HTTP/1.1 200 OK\r\nContent-Type: application/javascript\r\nContent-Length: {size}\r\n'
                'Connection: keep-alive\r\n\r\n').encode()
        load.answer(head + numbers.randbytes(size))
    return load.close()


def packets(seed=20221004):
    """About 2.5 MB of traffic: (microseconds since the first packet, frame), in order."""
    numbers = random.Random(seed)
    all_frames, at_us = [], 0
    for index in range(12):
        name, server = NAMES[index % len(NAMES)], (198, 51, 100, 10 + index % len(NAMES))
        port = 40_000 + index * 7
        all_frames.append((at_us, udp(CLIENT, port, RESOLVER, 53, dns(port, name))))
        all_frames.append((at_us + 9_000, udp(RESOLVER, 53, CLIENT, port, dns(port, name, server))))
        sizes = [int(numbers.lognormvariate(11.3, 1.0)) for _ in range(numbers.randrange(2, 5))]
        download = over_http if index % 4 == 3 else over_tls
        all_frames += [(at_us + 9_500 + t, frame) for t, frame in download(port, server, name, sizes, numbers)]
        at_us += numbers.randrange(10_000, 60_000)
    return sorted(all_frames, key=lambda packet: packet[0])
