"""What is captured is what tcpdump captures at the same time, packet for packet."""
import json
import pathlib
import socket
import struct
import subprocess
import time
import unittest

import lab
from lab import CLIENT, CLIENT6, HTTP_PORT, SERVER, SERVER6, in_namespace, inside, needs, program, read_pcap

BOTH = f'host {SERVER} or host {SERVER6} or vlan'


def checksum(data):
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def echo_requests():
    """Three pings; the server's kernel answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
        for number in range(3):
            rest = struct.pack('!HH', 7, number) + bytes(48)
            raw.sendto(struct.pack('!BBH', 8, 0, checksum(struct.pack('!BBH', 8, 0, 0) + rest)) + rest, (SERVER, 0))
            time.sleep(0.02)


def datagrams():
    """Over IPv4 and IPv6, one of them in fragments; nobody listens, so that ICMP errors come back."""
    for family, host in ((socket.AF_INET, SERVER), (socket.AF_INET6, SERVER6)):
        with socket.socket(family, socket.SOCK_DGRAM) as udp:
            udp.sendto(b'small', (host, 4000))
            udp.sendto(bytes(range(256)) * 20, (host, 4001))


def tagged_frames():
    """IPv4 in 802.1Q frames, VLAN 5, written to the wire as they are."""
    payload = b'in a VLAN'
    udp = struct.pack('!HHHH', 5000, 5001, 8 + len(payload), 0) + payload
    header = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, socket.inet_aton(CLIENT),
                         socket.inet_aton(SERVER))
    header = header[:10] + struct.pack('!H', checksum(header)) + header[12:]
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as raw:
        raw.bind(('va', 0))
        for _ in range(3):
            raw.send(b'\xff' * 6 + b'\x02\x00\x00\x00\x00\x01' + struct.pack('!HHH', 0x8100, 5, 0x0800) + header + udp)


class SameAsTcpdump(lab.NetworkTestCase):
    def tcpdump(self, name, *arguments):
        # Root stays root, or Debian's tcpdump cannot write into this folder; and it has room, so that it drops nothing.
        run = self.start('tcpdump', '-Z', 'root', '-n', '-B', 65536, '-w', self.folder / name, *arguments,
                         namespace=self.network.client)
        return run.wait_for('listening on')

    def mark(self, text):
        """A packet that tells where the comparison begins and ends: the captures neither start nor stop at the same time."""
        in_namespace(self.network.client, lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(text, (SERVER, 4002)))

    def stop_both(self, ours, theirs):
        self.mark(b'the end')
        # tcpdump does not fetch what the kernel has gathered when it is stopped: its second must be over.
        time.sleep(1.3)
        self.assertEqual(ours.stop(), 0, ours.said)
        self.assertEqual(theirs.stop(), 0, theirs.said)

    def assert_same(self, got, expected):
        """The same packets. The kernel takes the time for each capture anew, so that times differ by microseconds, and
        packets that two processors handle at once may be in either order."""
        def marked(packets):
            begin = next(i for i, packet in enumerate(packets) if packet.data.endswith(b'the beginning'))
            end = next(i for i, packet in enumerate(packets) if packet.data.endswith(b'the end'))
            return packets[begin:end]

        got, expected = marked(got), marked(expected)
        self.assertEqual(len(got), len(expected))
        one, other = (sorted(packets, key=lambda packet: (packet.content(), packet.ts_ns)) for packets in (got, expected))
        for ours, theirs in zip(one, other):
            self.assertEqual(ours.content(), theirs.content())
            self.assertLess(abs(ours.ts_ns - theirs.ts_ns), 50_000_000)

    @needs('tcpdump')
    @needs('curl')
    def test_every_kind_of_traffic(self):
        (self.folder / 'page.bin').write_bytes(bytes(range(256)) * 8000)
        self.serve_http()
        theirs = self.tcpdump('theirs.pcap', '-i', 'va', BOTH)
        ours = self.capture('-i', 'va', '-f', BOTH, '-o', 'ours.pcap')
        self.mark(b'the beginning')
        self.curl(f'http://{SERVER}:{HTTP_PORT}/page.bin', f'http://{SERVER}:{HTTP_PORT}/')
        self.curl(f'http://[{SERVER6}]:{HTTP_PORT}/page.bin')
        for traffic in (echo_requests, datagrams, tagged_frames):
            in_namespace(self.network.client, traffic)
        self.stop_both(ours, theirs)
        expected, got = read_pcap('theirs.pcap'), read_pcap('ours.pcap')
        self.assertGreater(len(expected), 60)
        self.assert_same(got, expected)
        self.assertIn(f'{len(got)} packets', ours.said.replace(',', ''))
        kinds = {packet.data[12:14] for packet in got}
        self.assertLessEqual({b'\x08\x00', b'\x86\xdd', b'\x81\x00'}, kinds)
        self.assertTrue(any(packet.data[20] & 0x20 for packet in got if packet.data[12:14] == b'\x08\x00'), 'no fragment')

    @needs('tcpdump')
    def test_every_interface_at_once(self):
        theirs = self.tcpdump('theirs.pcap', '-i', 'any', '-y', 'LINUX_SLL', 'udp')
        ours = self.capture('-i', 'any', '-f', 'udp', '-o', 'ours.pcap')
        self.mark(b'the beginning')
        in_namespace(self.network.client, datagrams)
        self.stop_both(ours, theirs)
        expected, got = read_pcap('theirs.pcap'), read_pcap('ours.pcap')
        self.assertGreaterEqual(len(expected), 5)
        self.assert_same(got, expected)

    @needs('tcpdump')
    @needs('curl')
    def test_to_standard_output(self):
        self.serve_http()
        with open('ours.pcap', 'wb') as file:
            ours = self.capture('--host', SERVER, '-o', '-', stdout=file)
            theirs = self.tcpdump('theirs.pcap', '-i', 'va', 'host', SERVER)
            self.mark(b'the beginning')
            self.curl(f'http://{SERVER}:{HTTP_PORT}/')
            self.stop_both(ours, theirs)
        self.assert_same(read_pcap('ours.pcap'), read_pcap('theirs.pcap'))


class WhatIsWritten(lab.NetworkTestCase):
    def page_load(self, *arguments, output='trace.pcap'):
        """Captures one page load, and gives the capture's run."""
        (self.folder / 'page.html').write_bytes(b'x' * 100000)
        self.serve_http()
        run = self.capture('--host', SERVER, '-o', output, *arguments)
        self.curl(f'http://{SERVER}:{HTTP_PORT}/page.html')
        time.sleep(0.2)
        self.assertEqual(run.stop(), 0, run.said)
        return run

    @needs('curl')
    def test_the_lab(self):
        run = self.page_load('--csv', 'trace.csv')
        self.assertIn('Capturing on va (the interface that routes to 10.77.0.2)', run.said)
        self.assertIn('Stopped: Ctrl-C.', run.said)
        self.assertRegex(run.said, r'va: received by the filter: \d+; dropped by the kernel: 0; dropped by the interface: 0')
        answers = self.answers('trace.pcap')
        self.assertIn(f"Packets            {answers['packets']} (", run.said)
        self.assertAlmostEqual(lab.time_said('Total time', run.said) / answers['total_time_s'], 1, delta=1e-3)
        self.assertGreater(answers['rtt_ms'], 0)
        self.assertEqual(answers['retransmissions'], 0)
        self.assertEqual(program('--read', 'trace.pcap', '--csv', '-').stdout, pathlib.Path('trace.csv').read_text())
        from_csv = self.answers('trace.csv')
        for name in ('packets', 'total_time_s', 'rtt_ms', 'size_mean', 'iat_median_s'):
            self.assertEqual(from_csv[name], answers[name], name)

    @needs('curl')
    @needs('capinfos')
    def test_other_programs_read_it(self):
        for name, arguments, kind, digits in (('a.pcap', [], 'pcap', 6), ('b.pcap', ['--nanoseconds'], 'nsecpcap', 9),
                                              ('c.pcapng', ['--pcapng'], 'pcapng', 6),
                                              ('d.pcapng', ['--pcapng', '--nanoseconds'], 'pcapng', 9)):
            with self.subTest(name):
                self.page_load(*arguments, output=name)
                said = subprocess.run(['capinfos', '-t', '-c', '-M', name], capture_output=True, text=True, check=True)
                self.assertRegex(said.stdout, rf'File type: +{kind}\n')
                answers = self.answers(name)
                self.assertRegex(said.stdout, rf"Number of packets: +{answers['packets']}\n")
                self.end_runs()

    @needs('curl')
    @needs('capinfos')
    @needs('tshark')
    def test_wireshark_finds_nothing_wrong(self):
        (self.folder / 'page.bin').write_bytes(bytes(300_000))
        self.serve_http()
        for name, arguments in (('a.pcap', []), ('b.pcapng', ['--pcapng', '--nanoseconds'])):
            with self.subTest(name):
                run = self.capture('-i', 'va', '-f', BOTH, '-o', name, *arguments)
                self.curl(f'http://{SERVER}:{HTTP_PORT}/page.bin', f'http://[{SERVER6}]:{HTTP_PORT}/page.bin')
                for traffic in (echo_requests, datagrams, tagged_frames):
                    in_namespace(self.network.client, traffic)
                time.sleep(0.3)
                self.assertEqual(run.stop(), 0, run.said)
                count = self.answers(name)['packets']
                self.assertGreater(count, 40)
                said = subprocess.run(['capinfos', '-c', '-M', name], capture_output=True, text=True)
                self.assertEqual((said.returncode, said.stderr), (0, ''))
                self.assertRegex(said.stdout, rf'Number of packets: +{count}\n')
                said = subprocess.run(['tshark', '-n', '-r', name, '-T', 'fields', '-e', 'frame.number', '-e', '_ws.malformed'],
                                      capture_output=True, text=True)
                self.assertEqual(said.returncode, 0)
                self.assertNotIn('cut short', said.stderr)
                self.assertEqual(said.stdout.splitlines(), [f'{number}\t' for number in range(1, count + 1)])

    @needs('curl')
    @needs('capinfos')
    def test_pcapng_says_how_it_was_made(self):
        self.page_load('--pcapng', '-f', 'tcp', output='trace.pcapng')
        said = subprocess.run(['capinfos', 'trace.pcapng'], capture_output=True, text=True, check=True).stdout
        for text in ('Name = va', f'Filter string = host {SERVER} and (tcp)', 'Capture application: native_capture',
                     'Operating system = Linux', 'Number of stat entries = 1'):
            self.assertIn(text, said)

    def test_several_interfaces(self):
        run = self.capture('-i', 'va', '-i', 'lo', '-f', 'udp', '--pcapng', '-o', 'two.pcapng')
        self.assertIn('Capturing on va\nCapturing on lo\n', run.said)

        def talk():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                for number in range(20):
                    udp.sendto(b'%d' % number, ((SERVER, '127.0.0.1')[number % 2], 4000))
                    time.sleep(0.01)
        in_namespace(self.network.client, talk)
        time.sleep(0.3)
        self.assertEqual(run.stop(), 0, run.said)
        self.assertRegex(run.said, r'va: received by the filter: 10;')
        self.assertRegex(run.said, r'lo: received by the filter: \d+;')
        lines = program('--read', 'two.pcapng', '--csv', '-').stdout.splitlines()[1:]
        self.assertEqual(len(lines), 20)
        times = [float(line.split('","')[1]) for line in lines]
        self.assertEqual(times, sorted(times))
        self.assertEqual([SERVER in line for line in lines], [True, False] * 10)

    def test_ring(self):
        run = self.capture('-i', 'va', '-f', 'udp', '--ring', 'files=3,size=10KB', '-o', 'ring.pcap')

        def talk():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                for number in range(100):
                    udp.sendto(struct.pack('!I', number) * 250, (SERVER, 4000))
                    time.sleep(0.002)
        in_namespace(self.network.client, talk)
        time.sleep(0.3)
        self.assertEqual(run.stop(), 0, run.said)
        files = sorted(self.folder.glob('ring_*.pcap'))
        self.assertEqual([f.name[:11] for f in files], ['ring_00008_', 'ring_00009_', 'ring_00010_'])
        self.assertEqual(sorted(self.folder.iterdir()), files)
        numbers = [struct.unpack_from('!I', packet.data, 42)[0] for file in files for packet in read_pcap(file)]
        self.assertEqual(numbers, list(range(100 - len(numbers), 100)))


class Interfaces(lab.NetworkTestCase):
    def test_list(self):
        listed = program('--list-interfaces', namespace=self.network.client).stdout
        self.assertRegex(listed, rf'(?m)^va +up, running.*{CLIENT}.*{CLIENT6}.*Ethernet')
        self.assertRegex(listed, r'(?m)^lo +up, running, loopback')
        self.assertRegex(listed, r'^INTERFACE +STATE +ADDRESSES +KIND\n')
        self.assertNotIn('default', listed)  # no default route here

    def test_list_marks_the_default(self):
        lab.ip('-n', self.network.client, 'route', 'add', 'default', 'via', SERVER)
        try:
            listed = program('--list-interfaces', namespace=self.network.client).stdout
            self.assertEqual([line.split()[0] for line in listed.splitlines() if line.endswith('  ← default')], ['va'])
            interfaces = json.loads(program('--list-interfaces', '--json', namespace=self.network.client).stdout)
            self.assertEqual([one['name'] for one in interfaces if one['default']], ['va'])
        finally:
            lab.ip('-n', self.network.client, 'route', 'del', 'default')

    def test_list_leaves_out_what_is_down(self):
        lab.ip('-n', self.network.client, 'link', 'add', 'asleep', 'type', 'veth', 'peer', 'name', 'asleep2')
        try:
            short = program('--list-interfaces', namespace=self.network.client)
            self.assertNotIn('asleep', short.stdout)
            self.assertRegex(short.stderr, r'^\d+ interfaces? more: native_capture --list-interfaces --all\n$')
            whole = program('--list-interfaces', '--all', namespace=self.network.client)
            self.assertRegex(whole.stdout, r'(?m)^asleep +down\b')
            self.assertEqual(whole.stderr, '')
            self.assertEqual(len(whole.stdout.splitlines()) - len(short.stdout.splitlines()), int(short.stderr.split()[0]))
        finally:
            lab.ip('-n', self.network.client, 'link', 'del', 'asleep')

    def test_list_as_json(self):
        done = program('--list-interfaces', '--json', namespace=self.network.client)
        interfaces = {interface['name']: interface for interface in json.loads(done.stdout)}
        va = interfaces['va']
        self.assertEqual((va['up'], va['running'], va['loopback'], va['wireless']), (True, True, False, False))
        self.assertIn(CLIENT, va['addresses'])
        self.assertEqual(va['link_type'], {'value': 1, 'name': 'EN10MB', 'description': 'Ethernet'})
        self.assertTrue(interfaces['lo']['loopback'])

    def test_watch(self):
        def talk():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                for _ in range(200):
                    udp.sendto(bytes(1000), (SERVER, 4000))
                    time.sleep(0.01)
        run = self.start(lab.PROGRAM, '--watch', '--duration', '2s', namespace=self.network.client, stdout=subprocess.PIPE)
        in_namespace(self.network.client, talk)
        shown = run.process.stdout.read().decode()
        run.process.stdout.close()
        self.assertEqual(run.wait(), 0)
        rates = [line.split() for line in shown.splitlines() if line.startswith('va')]
        self.assertEqual(len(rates), 2)
        self.assertTrue(any(10 <= int(rate[1]) <= 130 and '█' in rate[-1] for rate in rates), shown)

    def test_route_to_itself(self):
        run = self.capture('--host', CLIENT, '-o', 'self.pcap')
        self.assertIn(f'Capturing on lo (the interface that routes to {CLIENT})', run.said)
        run.stop()


if __name__ == '__main__':
    lab.main()
