"""--read: every kind of file and of way to hand it over, and what is said of unusable ones. Needs no rights."""
import gzip
import json
import os
import pathlib
import re
import struct
import subprocess
import unittest

import lab
from lab import program

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / 'golden' / 'captures'
HEADER = '"No.","Time","Source","Destination","Protocol","Length","Info"\n'


def frame(number):
    """A UDP datagram from 192.0.2.1 to 192.0.2.2 in Ethernet."""
    payload = struct.pack('!I', number) + bytes(number % 50)
    udp = struct.pack('!HHHH', 5000, 5001, 8 + len(payload), 0) + payload
    header = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(udp), number & 0xffff, 0, 64, 17, 0, bytes([192, 0, 2, 1]),
                         bytes([192, 0, 2, 2]))
    return bytes(12) + b'\x08\x00' + header + udp


def pcap(count):
    content = struct.pack('=IHHIIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
    for number in range(count):
        data = frame(number)
        content += struct.pack('=IIII', 1_600_000_000, number * 10, len(data), len(data)) + data
    return content


class Read(lab.TestCase):
    COUNT = 300

    def setUp(self):
        super().setUp()
        self.content = pcap(self.COUNT)
        self.path = self.folder / 'trace.pcap'
        self.path.write_bytes(self.content)
        self.csv = program('--read', self.path, '--csv', '-').stdout

    def test_columns(self):
        lines = self.csv.splitlines()
        self.assertEqual(lines[0] + '\n', HEADER)
        self.assertEqual(len(lines), self.COUNT + 1)
        self.assertEqual(lines[3], '"3","0.000020","192.0.2.1","192.0.2.2","UDP","48","5000 → 5001 Len=6"')

    def test_every_way_gives_the_same(self):
        half = len(self.content) // 2
        ways = {'trace.gz': gzip.compress(self.content),
                'members.gz': gzip.compress(self.content[:half]) + gzip.compress(b'') + gzip.compress(self.content[half:]),
                'padded.gz': gzip.compress(self.content) + bytes(512)}
        for name, content in ways.items():
            (self.folder / name).write_bytes(content)
            with self.subTest(name):
                done = program('--read', name, '--csv', '-')
                self.assertEqual((done.returncode, done.stderr, done.stdout), (0, '', self.csv))
        for name in ('trace.pcap', *ways):
            with self.subTest(f'cat {name} |'):
                done = subprocess.run(f'cat {name} | {lab.PROGRAM} --read - --csv -', shell=True, capture_output=True)
                self.assertEqual((done.returncode, done.stderr, done.stdout.decode()), (0, b'', self.csv))
            with self.subTest(f'< {name}'), open(name, 'rb') as file:
                self.assertEqual(program('--read', '-', '--csv', '-', stdin=file).stdout, self.csv)

    def test_csv_into_a_file(self):
        for force in ([], ['--force']):  # the second time over the first one
            done = program('--read', 'trace.pcap', '--csv', 'out.csv', *force)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, '', ''))
            self.assertEqual((self.folder / 'out.csv').read_text(), self.csv)
        (self.folder / 'out.csv').write_text('precious')
        done = program('--read', 'trace.pcap', '--csv', 'out.csv')
        self.assertEqual((done.returncode, done.stdout), (1, ''))
        self.assertIn('--csv out.csv: this file exists already; choose another name, or replace it with --force', done.stderr)
        self.assertEqual((self.folder / 'out.csv').read_text(), 'precious')
        program('--read', 'trace.pcap', '--csv', 'out.csv', '--force')
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ['out.csv', 'trace.pcap'])
        self.assertEqual(program('--read', 'out.csv', '--csv', '-').stdout, self.csv)

    def test_csv_never_over_its_input(self):
        before = (self.folder / 'trace.pcap').read_bytes()
        os.link(self.folder / 'trace.pcap', self.folder / 'hard.pcap')
        (self.folder / 'soft.pcap').symlink_to('trace.pcap')
        for name in ('trace.pcap', './trace.pcap', str(self.folder / 'trace.pcap'), 'hard.pcap', 'soft.pcap'):
            for force in ([], ['--force']):
                done = program('--read', 'trace.pcap', '--csv', name, *force)
                self.assertEqual((done.returncode, done.stdout), (2, ''), name)
                self.assertIn('this is the file that is read', done.stderr)
                self.assertEqual((self.folder / 'trace.pcap').read_bytes(), before)

    def test_summaries(self):
        said = program('--read', 'trace.pcap').stdout
        self.assertEqual(said, program('--read', 'trace.pcap', '--summary').stdout)
        self.assertRegex(said, r'(?m)^Packets +300 \(')
        self.assertRegex(said, r'(?m)^Total time +2\.99 ms, first to last packet$')
        self.assertRegex(said, r'(?m)^Interarrival time +mean 10 µs, median 10 µs, ')
        answers = json.loads(program('--read', 'trace.pcap', '--summary=json').stdout)
        self.assertEqual((answers['packets'], answers['total_time_s'], answers['iat_zero']), (300, 0.00299, 0))
        self.assertNotIn('retransmissions', answers)
        both = program('--read', 'trace.pcap', '--csv', 'out.csv', '--summary')
        self.assertEqual((both.stdout, (self.folder / 'out.csv').read_text()), (said, self.csv))

    def test_damage_keeps_what_came_before(self):
        damaged = {'cut.pcap': self.content[:-10],
                   'cut.gz': gzip.compress(self.content)[:-100],
                   'garbage.gz': gzip.compress(self.content) + b'garbage'}
        flipped = bytearray(gzip.compress(self.content))
        flipped[len(flipped) // 2:len(flipped) // 2 + 8] = b'\xff' * 8
        damaged['flipped.gz'] = bytes(flipped)
        for name, content in damaged.items():
            (self.folder / name).write_bytes(content)
            with self.subTest(name):
                done = program('--read', name, '--csv', '-')
                self.assertEqual(done.returncode, 0)
                self.assertTrue(self.csv.startswith(done.stdout[:-1].rsplit('\n', 1)[0]))
                self.assertGreater(done.stdout.count('\n'), 10)
                self.assertRegex(done.stderr, rf'^native_capture: warning: {name}: .*byte \d+')

    def unreadable(self, path, status=1, **options):
        done = program('--read', path, '--csv', '-', **options)
        self.assertEqual((done.returncode, done.stdout), (status, ''))
        return done.stderr

    def test_unusable_files(self):
        self.assertEqual(self.unreadable('none.pcap'), 'native_capture: none.pcap: cannot be read: No such file or directory\n')
        self.assertEqual(self.unreadable('.'), 'native_capture: .: this is a folder; a pcap, pcapng or csv file is needed\n')
        (self.folder / 'empty.pcap').touch()
        self.assertIn('native_capture: empty.pcap: The file is empty: 0 bytes.', self.unreadable('empty.pcap'))
        self.assertIn('native_capture: standard input: The file is empty', self.unreadable('-'))
        (self.folder / 'image.pcap').write_bytes(b'\x89PNG\r\n\x1a\n' + bytes(100))
        self.assertIn('native_capture: image.pcap: This seems to be a PNG image.', self.unreadable('image.pcap'))
        (self.folder / 'text.csv').write_text('Dear diary\n' * 100)
        self.assertIn('native_capture: text.csv: ', self.unreadable('text.csv'))
        (self.folder / 'empty.gz').write_bytes(gzip.compress(b''))
        self.assertIn('native_capture: empty.gz: The gzip file holds an empty file: 0 bytes.', self.unreadable('empty.gz'))

    @unittest.skipIf(os.geteuid() == 0 and not os.path.exists('/usr/bin/setpriv'), 'needs setpriv to be somebody else')
    def test_unreadable(self):
        self.path.chmod(0)
        command = [lab.PROGRAM, '--read', 'trace.pcap']
        if os.geteuid() == 0:
            # root reads everything, unless it has not the right to.
            command = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--reuid=65534', '--clear-groups', *command]
            os.chmod(self.folder, 0o755)
        done = subprocess.run(command, capture_output=True, text=True)
        if 'failed to execute' in done.stderr:
            self.skipTest('other users may not run the program where it was built')
        self.assertEqual((done.returncode, done.stderr),
                         (1, 'native_capture: trace.pcap: cannot be read: Permission denied\n'))

    def test_unwritable(self):
        done = program('--read', 'trace.pcap', '--csv', 'no/such/folder.csv')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, 'native_capture: no/such/folder.csv cannot be written: No such file or directory\n')
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([lab.PROGRAM, '--read', 'trace.pcap', '--csv', '-'], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'standard output cannot be written: No space left on device', done.stderr)
        done = program('--read', 'trace.pcap', '--csv', '/dev/full')
        self.assertEqual(done.returncode, 1)
        self.assertIn('/dev/full cannot be written: No space left on device', done.stderr)

    def test_the_reader_has_had_enough(self):
        """As of rg: no word, and no failure."""
        for arguments in (['--read', 'trace.pcap', '--csv', '-'], ['--read', 'trace.pcap'],
                          ['--read', 'trace.pcap', '--summary=json'], ['--list-interfaces'],
                          ['--list-interfaces', '--json']):
            with self.subTest(' '.join(arguments)):
                reader, writer = os.pipe()
                os.close(reader)
                done = subprocess.run([lab.PROGRAM, *arguments], stdout=writer, stderr=subprocess.PIPE)
                os.close(writer)
                said = re.sub(rb'(?m)^\d+ interfaces? more: .*\n', b'', done.stderr)
                self.assertEqual((done.returncode, said), (0, b''))

    def test_head(self):
        (self.folder / 'long.pcap').write_bytes(pcap(0) + self.content[24:] * 300)  # more than a pipe holds
        done = subprocess.run(f'{lab.PROGRAM} --read long.pcap --csv - | head -1; echo ${{PIPESTATUS[0]}}', shell=True,
                              executable='/bin/bash', capture_output=True, text=True)
        self.assertEqual((done.stdout, done.stderr), (HEADER + '0\n', ''))

    def test_no_packets(self):
        (self.folder / 'none.pcap').write_bytes(pcap(0))
        done = program('--read', 'none.pcap')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertRegex(done.stdout, r'^Packets +0\. This capture holds no packets\. Was it the right interface .*\n$')
        (self.folder / 'none.csv').write_text(HEADER)
        self.assertRegex(program('--read', 'none.csv').stdout, r'^Packets +0\. This csv holds no packets\. Were there .*\n$')

    def test_data_round_trip(self):
        """Beside a handshake's, with the page's digits and words."""
        said = program('--read', GOLDEN / 'tcp_retransmission.pcap').stdout
        self.assertRegex(said, r'(?m)^Round trip +20 ms\. SYN to SYN/ACK')
        self.assertRegex(said, r'(?m)^Data round trip +20\.1 ms by 2 data ACKs from 198\.51\.100\.80$')
        self.assertNotIn('Data round trip', program('--read', GOLDEN / 'udp.pcap').stdout)

    def test_fields(self):
        done = program('--read', GOLDEN / 'udp.pcap', '--fields', 'frame.number,udp.srcport,tcp.srcport,no.such')
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, 'native_capture: warning: no field is known as no.such: its column stays empty\n')
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], 'frame.number,udp.srcport,tcp.srcport,no.such')
        self.assertRegex(lines[1], r'^"1","\d+",,$')
        done = program('--read', GOLDEN / 'udp.pcap', '--fields', 'udp.srcport', '--csv', 'ports.csv')
        self.assertEqual((done.returncode, done.stdout), (0, ''))
        self.assertRegex((self.folder / 'ports.csv').read_text(), r'^udp\.srcport\n"\d+"\n')
        self.assertEqual(program('--read', GOLDEN / 'udp.pcap', '--fields', 'a,,b').returncode, 2)
        self.assertEqual(program('--fields', 'ip.src', '-o', 'x.pcap').returncode, 2)

    def test_display_filter(self):
        read = ('--read', GOLDEN / 'http_page_load.pcap')
        done = program(*read, '--display-filter', 'http.request or tcp.flags.syn == 1', '--csv', '-')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual([line.split(',')[0] for line in done.stdout.splitlines()], ['"No."', '"1"', '"2"', '"4"'])
        done = program(*read, '-Y', 'http.request', '--fields', 'frame.number,http.request.method')
        self.assertEqual(done.stdout, 'frame.number,http.request.method\n"4","GET"\n')
        done = program(*read, '-Y', 'http', '--details', 'all')
        self.assertEqual([json.loads(line)['number'] for line in done.stdout.splitlines()], [4, 8])
        self.assertEqual(json.loads(program(*read, '-Y', 'tcp.flags.syn == 1', '--summary=json').stdout)['packets'], 2)

    def test_wrong_display_filter(self):
        done = program('--read', GOLDEN / 'udp.pcap', '-Y', 'udp && htp.request', '--csv', '-')
        self.assertEqual((done.returncode, done.stdout), (2, ''))
        self.assertEqual(done.stderr, 'native_capture: --display-filter: "htp.request" is no known field or protocol; '
                         'did you mean http.request?\n    udp && htp.request\n           ^~~~~~~~~~~\n')
        self.assertEqual(program('-Y', 'tcp', '-o', 'x.pcap').returncode, 2)

    def test_details(self):
        layers = json.loads(program('--read', GOLDEN / 'udp.pcap', '--details', '1').stdout)
        self.assertEqual([layer['name'] for layer in layers][:1] + [layer['name'] for layer in layers][-1:], ['frame', layers[-1]['name']])
        self.assertIn('udp', [layer['name'] for layer in layers])
        done = program('--read', GOLDEN / 'udp.pcap', '--details', '1,3-')
        numbers = [json.loads(line)['number'] for line in done.stdout.splitlines()]
        self.assertEqual(numbers[:2], [1, 3])
        self.assertEqual(program('--read', GOLDEN / 'udp.pcap', '--details', '999999').returncode, 2)
        for wrong in ('0', 'x', '3-1', '1,,2', ''):
            with self.subTest(wrong):
                self.assertEqual(program('--read', GOLDEN / 'udp.pcap', f'--details={wrong}').returncode, 2)
        self.assertEqual(program('--read', GOLDEN / 'udp.pcap', '--details', '1', '--csv', '-').returncode, 2)
        (self.folder / 'none.csv').write_text(HEADER)
        self.assertEqual(program('--read', 'none.csv', '--details', '1').returncode, 2)


if __name__ == '__main__':
    lab.main()
