"""When a capture stops, and that nothing is lost by it, whatever stops it."""
import os
import re
import signal
import socket
import struct
import sys
import threading
import time

import lab
from lab import HTTP_PORT, SERVER, in_namespace, needs, program, read_pcap


def send_numbers(count, pause=0.0, size=100, start=0):
    """UDP datagrams that begin with their number."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        for number in range(start, start + count):
            udp.sendto(struct.pack('!I', number) + bytes(size - 4), (SERVER, 4000))
            time.sleep(pause)


def numbers_in(path, **options):
    return [struct.unpack_from('!I', packet.data, 42)[0] for packet in read_pcap(path, **options)]


class Limits(lab.NetworkTestCase):
    ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')

    def test_packets(self):
        run = self.capture(*self.ONLY_UDP, '--packets', 5, '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(20, 0.01))
        self.assertEqual(run.wait(5), 0, run.said)
        self.assertIn('Stopped: 5 packets.', run.said)
        self.assertEqual(numbers_in('trace.pcap'), [0, 1, 2, 3, 4])

    def test_duration(self):
        began = time.monotonic()
        run = self.capture(*self.ONLY_UDP, '--duration', '1.5s', '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(250, 0.01))
        self.assertEqual(run.wait(5), 0, run.said)
        self.assertIn('Stopped: 1.5 s.', run.said)
        self.assertLess(time.monotonic() - began, 5)
        numbers = numbers_in('trace.pcap')
        self.assertEqual(numbers, list(range(len(numbers))))
        # All packets of that time are there, and none from after it.
        self.assertGreater(self.answers('trace.pcap')['total_time_s'], 1.2)
        self.assertLess(self.answers('trace.pcap')['total_time_s'], 1.6)

    def test_size(self):
        run = self.capture(*self.ONLY_UDP, '--size', '10KB', '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(100, 0.002, 1000))
        self.assertEqual(run.wait(5), 0, run.said)
        self.assertIn('Stopped: 10 kB.', run.said)
        self.assertEqual(numbers_in('trace.pcap'), list(range(10)))

    def test_signals(self):
        for number, said in ((signal.SIGINT, 'Ctrl-C'), (signal.SIGTERM, 'SIGTERM'), (signal.SIGHUP, 'SIGHUP')):
            with self.subTest(said):
                run = self.capture(*self.ONLY_UDP, '-o', f'{said}.pcap')
                in_namespace(self.network.client, lambda: send_numbers(50))
                self.assertEqual(run.stop(number), 0, run.said)
                self.assertIn(f'Stopped: {said}.', run.said)
                self.assertEqual(numbers_in(f'{said}.pcap'), list(range(50)))
                self.assertFalse((self.folder / f'{said}.pcap.part').exists())

    def test_one_request_signalled_twice(self):
        """timeout(1) signals the program, and then its process group."""
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(5))
        run.process.send_signal(signal.SIGINT)
        time.sleep(0.02)
        self.assertEqual(run.stop(signal.SIGINT), 0, run.said)
        self.assertEqual(numbers_in('trace.pcap'), list(range(5)))
        self.assertRegex(run.said, r'(?m)^Packets +5 ')

    def test_nohup(self):
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap',
                           preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        run.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        self.assertIsNone(run.process.poll())
        self.assertEqual(run.stop(), 0)

    def test_second_signal_ends_at_once(self):
        # A full pipe keeps the program from finishing.
        reader, writer = os.pipe()
        run = self.capture(*self.ONLY_UDP, '-o', '-', stdout=writer)
        os.close(writer)
        in_namespace(self.network.client, lambda: send_numbers(300, 0, 1400))
        time.sleep(1)
        run.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        self.assertIsNone(run.process.poll(), run.said)
        run.process.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(2), 128 + signal.SIGINT)
        os.close(reader)

    def test_kill_leaves_what_was_flushed(self):
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(1000, 0.0005))
        time.sleep(1.1)
        run.stop(signal.SIGKILL)
        self.assertFalse((self.folder / 'trace.pcap').exists())
        self.assertEqual(numbers_in('trace.pcap.part'), list(range(1000)))
        # The next capture leaves that alone.
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap')
        self.assertEqual(run.stop(), 0)
        self.assertEqual(len(numbers_in('trace.pcap.part')), 1000)
        self.assertEqual(numbers_in('trace.pcap'), [])

    def test_nothing_came(self):
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap')
        self.assertEqual(run.stop(), 0)
        self.assertIn('0 packets', run.said)
        self.assertIn('Nothing came.', run.said)


class Idle(lab.NetworkTestCase):
    def keep_alive_client(self):
        """Loads a page, keeps the connection open with keep-alives every second, and closes it after five."""
        with socket.create_connection((SERVER, HTTP_PORT)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 2)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
            connection.sendall(f'GET /page.bin HTTP/1.1\r\nHost: {SERVER}\r\n\r\n'.encode())
            received = 0
            while received < 200000:
                received += len(connection.recv(65536))
            time.sleep(5)

    def setUp(self):
        super().setUp()
        (self.folder / 'page.bin').write_bytes(bytes(200000))
        self.serve_http()

    def assert_no_idle_tail(self, name, said):
        """Total time is active time: in the file, and in the answers that the program told."""
        total, active = (lab.time_said(f'{kind} time', said) for kind in ('Total', 'Active'))
        self.assertEqual(total, active)
        answers = self.answers(name)
        self.assertAlmostEqual(answers['total_time_s'] / total, 1, delta=1e-3)
        self.assertEqual(answers['total_time_s'], answers['active_time_s'])
        self.assertIsNone(answers['details']['idle_tail'])
        self.assertLess(answers['total_time_s'], 1)
        self.assertGreater(answers['packets'], 10)

    def test_until_idle(self):
        run = self.capture('--host', SERVER, '--until-idle', '4s', '-o', 'trace.pcap')
        began = time.monotonic()
        in_namespace(self.network.client, self.keep_alive_client)
        self.assertEqual(run.wait(5), 0, run.said)
        self.assertGreater(time.monotonic() - began, 4)
        self.assertIn('Stopped: idle for 4 s.', run.said)
        self.assertRegex(run.said, r'Left out: \d+ packets? of the idle tail')
        self.assert_no_idle_tail('trace.pcap', run.said)

    def test_idle_begins_with_the_first_packet(self):
        run = self.capture('--host', SERVER, '--until-idle', '500ms', '-o', 'trace.pcap')
        time.sleep(1.5)
        self.assertIsNone(run.process.poll())
        self.curl(f'http://{SERVER}:{HTTP_PORT}/page.bin')
        self.assertEqual(run.wait(5), 0, run.said)
        self.assert_no_idle_tail('trace.pcap', run.said)

    def test_neighbor_probes_do_not_keep_it_awake(self):
        """ARP matches `host`, and the kernel probes its neighbors on and on."""
        def probe():
            with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as raw:
                raw.bind(('va', 0))
                mac = raw.getsockname()[4]
                request = (struct.pack('!HHBBH', 1, 0x0800, 6, 4, 1) + mac + socket.inet_aton(lab.CLIENT)
                           + bytes(6) + socket.inet_aton(SERVER))
                for _ in range(6):
                    time.sleep(1.2)
                    raw.send(b'\xff' * 6 + mac + b'\x08\x06' + request)
        run = self.capture('--host', SERVER, '--until-idle', '3s', '-o', 'trace.pcap')
        self.curl(f'http://{SERVER}:{HTTP_PORT}/page.bin')
        prober = threading.Thread(target=in_namespace, args=(self.network.client, probe))
        prober.start()
        self.assertEqual(run.wait(5), 0, run.said)
        prober.join()
        self.assertIn('Stopped: idle for 3 s.', run.said)
        self.assertRegex(run.said, r'Left out: \d+ packets? of the idle tail')
        self.assert_no_idle_tail('trace.pcap', run.said)

    def test_held_packets_come_back(self):
        """New data after keep-alives: they belong into the file."""
        def two_requests():
            with socket.create_connection((SERVER, HTTP_PORT)) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 2)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
                for pause in (2.5, 0):
                    connection.sendall(f'HEAD /page.bin HTTP/1.1\r\nHost: {SERVER}\r\n\r\n'.encode())
                    connection.recv(65536)
                    time.sleep(pause)
        run = self.capture('--host', SERVER, '--until-idle', '4s', '-o', 'trace.pcap')
        whole = self.capture('--host', SERVER, '-o', 'whole.pcap')
        in_namespace(self.network.client, two_requests)
        self.assertEqual(run.wait(8), 0, run.said)
        self.assertEqual(whole.stop(), 0)
        self.assertGreater(self.answers('trace.pcap')['details']['loss']['keep_alives'], 0)
        got = [packet.content() for packet in read_pcap('trace.pcap')]
        self.assertEqual(got, [packet.content() for packet in read_pcap('whole.pcap')][:len(got)])

    @needs('curl')
    def test_command(self):
        began = time.monotonic()
        done = program('--host', SERVER, '-o', 'trace.pcap', '--', 'curl', '-sS', '-o', '/dev/null',
                       f'http://{SERVER}:{HTTP_PORT}/page.bin', namespace=self.network.client)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('Stopped: the command has ended.', done.stderr)
        self.assertLess(time.monotonic() - began, 5)
        self.assert_no_idle_tail('trace.pcap', done.stderr)

    def test_command_that_keeps_alive(self):
        began = time.monotonic()
        code = (f'import socket, time\n'
                f'c = socket.create_connection(("{SERVER}", {HTTP_PORT}))\n'
                f'c.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)\n'
                f'c.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 2)\n'
                f'c.sendall(b"GET /page.bin HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")\n'
                f'n = 0\n'
                f'while n < 200000: n += len(c.recv(65536))\n'
                f'time.sleep(3.5)\n')
        done = program('--host', SERVER, '-o', 'trace.pcap', '--', sys.executable, '-c', code,
                       namespace=self.network.client)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(time.monotonic() - began, 3.5)
        self.assertRegex(done.stderr, r'Left out: \d+ packets? of the idle tail')
        self.assert_no_idle_tail('trace.pcap', done.stderr)

    def test_command_that_fails(self):
        done = program('--host', SERVER, '-o', 'trace.pcap', '--', 'sh', '-c', 'exit 7', namespace=self.network.client)
        self.assertEqual(done.returncode, 0)
        self.assertIn('warning: the command ended with status 7', done.stderr)

    def test_no_such_command(self):
        done = program('--host', SERVER, '-o', 'trace.pcap', '--', 'no-such-command', namespace=self.network.client)
        self.assertEqual(done.returncode, 2)
        self.assertIn("the command 'no-such-command' cannot be run: No such file or directory", done.stderr)
        self.assertEqual([path.name for path in self.folder.iterdir()], ['page.bin'])


def slow_to_dissect(connections, length=30000):
    """HTTP headers that come byte by byte, as Ethernet frames: the more of a header there is, the more there is to look at."""
    head = (b'GET / HTTP/1.1\r\n' + b'a: b\r\n' * length)[:length]
    frames = []
    for port in range(5000, 5000 + connections):
        ip = bytes.fromhex('ffffffffffff0200000000010800') + struct.pack(
            '!BBHHHBBH4s4s', 0x45, 0, 41, 0, 0, 64, 6, 0, socket.inet_aton('198.51.100.1'), socket.inet_aton('198.51.100.2'))
        frames += [ip + struct.pack('!HHIIBBHHH', port, 80, 1000 + i, 1, 0x50, 0x10, 65535, 0, 0) + head[i:i + 1]
                   for i in range(length)]
    return frames


class Flood(lab.NetworkTestCase):
    """Who sends what is slow to dissect must not make the kernel drop what comes meanwhile."""
    FILTER = ('-i', 'va', '-f', 'src host 198.51.100.1', '--summary=none', '--buffer', '4MiB')

    def send(self, frames):
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as out:
            out.bind(('vb', 0))
            for frame in frames:
                out.send(frame)

    def dropped(self, run):
        return int(re.search(r'dropped by the kernel: ([\d,]+)', run.said)[1].replace(',', ''))

    def test_nothing_more_is_dropped(self):
        frames = slow_to_dissect(8)
        for more in (['--until-idle', '3s'], ['--', 'sleep', '4'], ['-o', '/dev/null', '--summary']):
            with self.subTest(' '.join(more)):
                beside = self.capture(*self.FILTER, '-o', 'beside.pcap', '--force')
                output = [] if '-o' in more else ['-o', 'trace.pcap', '--force']
                run = self.capture(*self.FILTER, *output, *more)
                in_namespace(self.network.server, lambda: self.send(frames))
                if '-o' in more:
                    time.sleep(0.5)
                    run.process.send_signal(signal.SIGINT)
                    run.wait_for('Stopped: Ctrl-C.', 5)
                    run.wait_for('dropped by the interface', 5)
                    time.sleep(0.3)
                    if run.process.poll() is None:
                        run.process.send_signal(signal.SIGINT)  # leaves the answers out
                self.assertEqual(run.wait(20), 0, run.said)
                self.assertEqual(beside.stop(), 0)
                # A loaded machine makes both drop some; a loop that dissects drops four of five.
                self.assertLessEqual(self.dropped(run), self.dropped(beside) + len(frames) // 10, run.said)
                if '-o' not in more and self.dropped(run) == 0:
                    self.assertEqual([packet.data for packet in read_pcap('trace.pcap')], frames)


if __name__ == '__main__':
    lab.main()
