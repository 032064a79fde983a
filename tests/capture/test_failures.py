"""What cannot be done is said, with the exit status, and loses nothing that was captured."""
import os
import shutil
import signal
import struct
import subprocess
import time

import lab
from lab import SERVER, in_namespace, needs, program, read_pcap
from test_stopping import numbers_in, send_numbers


class Arguments(lab.TestCase):
    """None of these needs a right: what is unusable is found before anything is opened."""

    def refused(self, *arguments, status=2):
        done = program(*arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, '')
        self.assertTrue(done.stderr.startswith('native_capture: '), done.stderr)
        self.assertEqual(list(self.folder.iterdir()), self.expected_files())
        return done.stderr

    def expected_files(self):
        return []

    def test_bad_filter_with_its_place(self):
        self.assertEqual(
            self.refused('--host', '127.0.0.1', '-f', 'tcp prt 80', '-o', 'x.pcap'),
            'native_capture: --filter: this is not a capture filter: syntax error\n'
            '  tcp prt 80\n'
            "      ^~~ did you mean 'port'?\n"
            "Examples: 'tcp port 443', 'udp port 53 or icmp', 'net 192.0.2.0/24 and not port 22'; all of it: man"
            ' pcap-filter.\n')

    def test_places_in_filters(self):
        for expression, marks, words in (
                ('hosst 192.0.2.1', '^~~~~', "did you mean 'host'?"),
                ('tcp port', '        ^', 'the expression ends too early'),
                ('(tcp port 80', '            ^', 'the expression ends too early'),
                ('tcp port 80)', '           ^', ''),
                ('tcp port 80 and and udp', '                ^~~', ''),
                ('port 99999', '     ^~~~~', ''),
                ('port no-such-service', '     ^~~~~~~~~~~~~~~', ''),
                ('ip.addr == 192.0.2.1', '^~~~~~~', "looks like one of Wireshark's display filters")):
            with self.subTest(expression):
                lines = self.refused('-i', 'lo', '-f', expression, '-o', 'x.pcap').splitlines()
                self.assertEqual(lines[1], f'  {expression}')
                self.assertRegex(lines[2], rf'^  {"".join(chr(92) + c if c == "^" else c for c in marks)}( |$)')
                self.assertIn(words, lines[2])

    def test_unknown_host(self):
        said = self.refused('--host', 'no-such-host.invalid', '-o', 'x.pcap')
        self.assertIn("--host no-such-host.invalid: no address is known for 'no-such-host.invalid'", said)

    def test_no_such_interface(self):
        said = self.refused('-i', 'nope0', '-o', 'x.pcap')
        self.assertIn('-i nope0: there is no such interface; there are: ', said)
        self.assertRegex(said, r'\blo\b')

    def test_existing_output(self):
        (self.folder / 'x.pcap').write_text('precious')
        self.expected_files = lambda: [self.folder / 'x.pcap']
        said = self.refused('-i', 'lo', '-o', 'x.pcap')
        self.assertEqual(said, 'native_capture: -o x.pcap: this file exists already; choose another name, or replace it'
                               ' with --force\n')
        said = self.refused('-i', 'lo', '-o', 'y.pcap', '--csv', 'x.pcap')
        self.assertIn('--csv x.pcap: this file exists already', said)
        self.assertEqual((self.folder / 'x.pcap').read_text(), 'precious')

    def test_unusable_options(self):
        for arguments, words in (
                (['--host', '127.0.0.1'], 'Give the capture file a name: -o trace.pcap'),
                (['--bogus'], '--bogus'),
                (['stray.pcap'], 'stray.pcap'),
                (['-o', '.', '-i', 'lo'], '-o .: this is a folder'),
                (['-o', 'x', '--duration', 'soon'], '--duration soon: not a time'),
                (['-o', 'x', '--until-idle', '0'], '--until-idle 0: not a time'),
                (['-o', 'x', '--size', '10 apples'], '--size 10 apples: not a size'),
                (['-o', 'x', '--packets', '-1'], '--packets -1: must be between 1 and'),
                (['-o', 'x', '--snaplen', '0'], '--snaplen 0: must be between 1 and 262144'),
                (['-o', 'x', '--buffer', '1KB'], '--buffer 1KB: must be between 64KiB and 2047MiB'),
                (['-o', 'x', '--ring', 'files=3'], '--ring files=3: both files and size are needed'),
                (['-o', 'x', '--ring', 'files=3,size=1MB', '--csv', 'y'], '--csv is not written for a ring'),
                (['-o', '/dev/null', '--ring', 'files=3,size=1MB'], '--ring makes several files, which /dev/null cannot be'),
                (['--host', '192.0.2.0/24', '-o', 'x'], "--host 192.0.2.0/24: this is a network: --filter 'net 192.0.2.0/24'"),
                (['-o', '-', '--csv', 'y'], '--csv needs the capture in a file'),
                (['-o', 'x', '--csv', 'x'], '-o and --csv name the same file'),
                (['-o', 'x', '--'], 'no command follows --'),
                (['--read', 'a', '-o', 'x'], '--read and --output do not go together'),
                (['--read', 'a', '--summary=xml'], '--summary=xml: write --summary, --summary=json or --summary=none'),
                (['--read', 'a', '--csv', '-', '--summary'], 'would both write to standard output'),
                (['--json'], '--json goes with --list-interfaces')):
            with self.subTest(' '.join(arguments)):
                self.assertIn(words, self.refused(*arguments))


class WhileCapturing(lab.NetworkTestCase):
    ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')

    def test_not_writable(self):
        done = program(*self.ONLY_UDP, '-o', '/proc/x.pcap', namespace=self.network.client)
        self.assertEqual(done.returncode, 1)
        self.assertIn('native_capture: /proc/x.pcap cannot be written: ', done.stderr)
        done = program(*self.ONLY_UDP, '-o', 'no/such/folder/x.pcap', namespace=self.network.client)
        self.assertEqual(done.returncode, 1)
        self.assertIn('cannot be written: No such file or directory', done.stderr)

    def test_csv_not_writable(self):
        done = program(*self.ONLY_UDP, '-o', 'x.pcap', '--csv', 'no/folder/x.csv', namespace=self.network.client)
        self.assertEqual((done.returncode, done.stderr),
                         (1, 'native_capture: no/folder/x.csv cannot be written: No such file or directory\n'))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_csv_appears_meanwhile(self):
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap', '--csv', 'trace.csv')
        in_namespace(self.network.client, lambda: send_numbers(3))
        (self.folder / 'trace.csv').write_text('precious')
        self.assertEqual(run.stop(), 1)
        self.assertIn('native_capture: --csv trace.csv: this file exists already', run.said)
        self.assertRegex(run.said, r'(?m)^Packets +3 ')
        self.assertEqual((self.folder / 'trace.csv').read_text(), 'precious')
        self.assertEqual(numbers_in('trace.pcap'), [0, 1, 2])

    def test_force(self):
        (self.folder / 'trace.pcap').write_text('not precious')
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap', '--force')
        self.assertEqual((self.folder / 'trace.pcap').read_text(), 'not precious')
        in_namespace(self.network.client, lambda: send_numbers(3))
        self.assertEqual(run.stop(), 0, run.said)
        self.assertEqual(numbers_in('trace.pcap'), [0, 1, 2])

    def test_into_a_device(self):
        run = self.capture(*self.ONLY_UDP, '-o', '/dev/null')
        in_namespace(self.network.client, lambda: send_numbers(3))
        self.assertEqual(run.stop(), 0, run.said)
        self.assertIn('3 packets', run.said)
        self.assertNotIn('warning', run.said)
        done = program(*self.ONLY_UDP, '-o', '/dev/null', '--csv', 'x.csv', namespace=self.network.client)
        self.assertEqual((done.returncode, done.stderr),
                         (2, 'native_capture: --csv needs the capture in a file, which /dev/null is not\n'))

    def test_output_appears_meanwhile(self):
        run = self.capture(*self.ONLY_UDP, '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(3))
        (self.folder / 'trace.pcap').write_text('precious')
        self.assertEqual(run.stop(), 1)
        self.assertIn('trace.pcap has been made by somebody else meanwhile; the packets are in trace.pcap.part', run.said)
        self.assertEqual((self.folder / 'trace.pcap').read_text(), 'precious')
        self.assertEqual(numbers_in('trace.pcap.part'), [0, 1, 2])

    def test_full_disk(self):
        disk = self.folder / 'disk'
        disk.mkdir()
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest(f'no tmpfs here: {mounted.stderr.decode().strip()}')
        self.addCleanup(subprocess.run, ['umount', '-l', disk])
        for kind in ('pcap', 'pcapng'):
            with self.subTest(kind):
                path = disk / f'trace.{kind}'
                run = self.capture(*self.ONLY_UDP, '-o', path, *(['--pcapng'] if kind == 'pcapng' else []))
                in_namespace(self.network.client, lambda: send_numbers(600, 0.001, 1000))
                self.assertEqual(run.wait(10), 1, run.said)
                self.assertIn(f'native_capture: {path} cannot be written: No space left on device', run.said)
                self.assertIn('Stopped: the output failed.', run.said)
                done = program('--read', path, '--csv', '-')
                self.assertEqual((done.returncode, done.stderr), (0, ''))
                # Full to the last record that fits.
                self.assertGreater(path.stat().st_size, 256 * 1024 - 1200)
                self.assertEqual(len(done.stdout.splitlines()) - 1, path.stat().st_size // 1058 if kind == 'pcap'
                                 else len(done.stdout.splitlines()) - 1)
                if kind == 'pcap':
                    numbers = numbers_in(path)
                    self.assertEqual(numbers, list(range(len(numbers))))
                path.unlink()

    def test_interface_vanishes(self):
        lab.ip('-n', self.network.client, 'link', 'add', 'vc', 'type', 'veth', 'peer', 'name', 'vd')
        for link in ('vc', 'vd'):
            lab.ip('-n', self.network.client, 'link', 'set', link, 'up')
        lab.ip('-n', self.network.client, 'address', 'add', '10.78.0.1/24', 'dev', 'vc')
        lab.ip('-n', self.network.client, 'neighbour', 'add', '10.78.0.2', 'lladdr', '02:00:00:00:00:02', 'dev', 'vc')
        run = self.capture('-i', 'vc', '-f', 'udp port 4000', '-o', 'trace.pcap')

        def talk():
            import socket
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                for number in range(10):
                    udp.sendto(struct.pack('!I', number) + bytes(96), ('10.78.0.2', 4000))
        in_namespace(self.network.client, talk)
        time.sleep(0.3)
        lab.ip('-n', self.network.client, 'link', 'delete', 'vc')
        self.assertEqual(run.wait(5), 1, run.said)
        self.assertIn('native_capture: vc: ', run.said)
        self.assertIn('disappeared', run.said)
        self.assertIn('Stopped: no interface is left. 10 packets', run.said)
        self.assertEqual(numbers_in('trace.pcap'), list(range(10)))

    def test_closed_pipe(self):
        reader, writer = os.pipe()
        run = self.capture(*self.ONLY_UDP, '-o', '-', stdout=writer)
        os.close(writer)
        os.close(reader)
        in_namespace(self.network.client, lambda: send_numbers(100, 0.01))
        self.assertEqual(run.wait(5), 1, run.said)
        self.assertIn('native_capture: standard output cannot be written: its reader has closed it', run.said)

    @needs('tcpdump')
    def test_pipe_into_a_program(self):
        """Each packet is in the pipe within a second."""
        with subprocess.Popen(['tcpdump', '-n', '-r', '-', '-l'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as reader:
            run = self.capture(*self.ONLY_UDP, '-o', '-', stdout=reader.stdin)
            reader.stdin.close()
            in_namespace(self.network.client, lambda: send_numbers(1))
            began = time.monotonic()
            self.assertIn(b'10.77.0.2.4000', reader.stdout.readline())
            self.assertLess(time.monotonic() - began, 1)
            self.assertEqual(run.stop(), 0)


if __name__ == '__main__':
    lab.main()
