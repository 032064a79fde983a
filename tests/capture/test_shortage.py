"""Files that change, end or fail while they are read, and memory or threads that are missing: what was read stays, what could
not be read is not made up, and the status says that it is not all."""
import json
import os
import pathlib
import resource
import struct
import subprocess
import time

import lab
from lab import program
from test_read import HEADER, pcap

# More than all threads together have formatted when nobody takes their rows.
RECORDS = 150000


def padded(count, first=0, size=200, type_of_frame=0x88b5):
    """Packets whose bytes are needed for their rows."""
    parts = [] if first else [struct.pack('=IHHIIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)]
    for number in range(first, first + count):
        data = bytes(12) + struct.pack('!HI', type_of_frame, number) + bytes(size)
        parts.append(struct.pack('=IIII', 1_600_000_000 + number, 0, len(data), len(data)) + data)
    return b''.join(parts)


class Changes(lab.TestCase):
    def setUp(self):
        super().setUp()
        self.content = padded(RECORDS)
        (self.folder / 'in.pcap').write_bytes(self.content)
        self.csv = program('--read', 'in.pcap', '--csv', '-').stdout
        self.assertEqual(self.csv.count('\n'), RECORDS + 1)

    def rows_while(self, change, *arguments):
        """What is written when the file changes while the pipe is full."""
        with subprocess.Popen([lab.PROGRAM, '--read', 'in.pcap', '--csv', '-', *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            begun = os.read(process.stdout.fileno(), 1000)
            time.sleep(0.3)
            change()
            rest, said = process.communicate(timeout=20)
            return process.returncode, (begun + rest).decode(), said.decode()

    def assert_stopped(self, done, words):
        status, text, said = done
        self.assertEqual(status, 1, said)
        self.assertIn(words, said)
        self.assertRegex(said, r'standard output: only the first [\d,]+ of 150,000 rows were written: ')
        self.assertTrue(self.csv.startswith(text), 'rows are made up')
        rows = text.count('\n') - 1
        self.assertIn(f'only the first {rows:,} of', said)
        return rows

    def test_shorter(self):
        most = RECORDS * 9 // 10
        self.assertLessEqual(self.assert_stopped(self.rows_while(
            lambda: os.truncate('in.pcap', len(self.content) * 9 // 10)), 'the file became shorter'), most)

    def test_empty(self):
        self.assert_stopped(self.rows_while(lambda: os.truncate('in.pcap', 0)), 'the file')

    def test_written_over(self):
        """In place, with other packets of the same, a smaller and a larger size."""
        for count in (RECORDS, RECORDS // 2, RECORDS * 2):
            with self.subTest(count):
                (self.folder / 'in.pcap').write_bytes(self.content)
                other = padded(count, type_of_frame=0x88b6)

                def write_over():
                    with open('in.pcap', 'r+b') as file:
                        file.write(other)
                        file.truncate()
                self.assert_stopped(self.rows_while(write_over), 'the file')

    def test_longer(self):
        def append():
            with open('in.pcap', 'ab') as file:
                file.write(padded(1000, RECORDS))
        status, text, said = self.rows_while(append)
        self.assertEqual((status, text, said), (0, self.csv, ''))

    def test_deleted_or_replaced(self):
        def replace():
            (self.folder / 'other').write_bytes(b'x' * 1000)
            os.replace('other', 'in.pcap')
        for change in (replace, lambda: os.unlink('in.pcap')):
            (self.folder / 'in.pcap').write_bytes(self.content)
            status, text, said = self.rows_while(change)
            self.assertEqual((status, text, said), (0, self.csv, ''))

    def test_a_pipe_that_breaks(self):
        """Is a file that was cut: its rows are all that there are."""
        process = subprocess.Popen([lab.PROGRAM, '--read', '-', '--csv', 'out.csv'], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        said = process.communicate(self.content[:len(self.content) // 2 + 100], timeout=20)[1].decode()
        self.assertEqual(process.returncode, 0, said)
        self.assertIn('cut short', said)
        self.assertTrue(self.csv.startswith((self.folder / 'out.csv').read_text()))

    def test_a_capture_that_still_grows(self):
        """Appended to while it is read, all the time."""
        stop = self.start('sh', '-c', 'while :; do cat in.pcap.more >> in.pcap; done')
        (self.folder / 'in.pcap.more').write_bytes(padded(10, RECORDS))
        for _ in range(5):
            done = program('--read', 'in.pcap', '--csv', '-')
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.startswith(self.csv))
            for line in done.stderr.splitlines():
                self.assertRegex(line, 'grew while it was being read|cut short')

    def test_unreadable_from_a_byte_on(self):
        """A process may read its own memory as a file, but not its first byte."""
        done = program('--read', '/proc/self/mem')
        self.assertEqual((done.returncode, done.stdout), (1, ''))
        self.assertIn('native_capture: /proc/self/mem: ', done.stderr)
        self.assertIn('Input/output error', done.stderr)


class Limits(lab.TestCase):
    def setUp(self):
        super().setUp()
        if b'__asan_init' in pathlib.Path(lab.PROGRAM).read_bytes():
            self.skipTest('a sanitizer takes terabytes of addresses, and threads')

    def limited(self, kind, limit, *arguments, stdout=subprocess.PIPE, **options):
        return subprocess.run([lab.PROGRAM, *map(str, arguments)], stdout=stdout, stderr=subprocess.PIPE, timeout=60,
                              preexec_fn=lambda: resource.setrlimit(kind, (limit, limit)), **options)

    def test_memory(self):
        """Wherever it ends, the program tells so, and does not abort; rows are whole and in order."""
        (self.folder / 'in.pcap').write_bytes(pcap(0) + pcap(5000)[24:] * 60)  # 300,000 packets
        whole = program('--read', 'in.pcap', '--csv', '-').stdout
        statuses = set()
        for megabytes in (*range(24, 60, 3), *range(60, 300, 30)):  # the program and its libraries take 20
            with self.subTest(megabytes):
                done = self.limited(resource.RLIMIT_AS, megabytes << 20, '--read', 'in.pcap', '--csv', 'out.csv', '--summary=json')
                self.assertIn(done.returncode, (0, 1), done.stderr)
                statuses.add(done.returncode)
                out = self.folder / 'out.csv'
                text = out.read_text() if out.exists() else ''
                if done.returncode == 1:
                    self.assertIn(b'memory', done.stderr)
                else:
                    self.assertEqual(text, whole)
                # Of rows, what is known only later may be missing, so their beginnings are compared.
                self.assertTrue(whole.startswith(text[:text.rfind('\n') + 1]), done.stderr)
                out.unlink(missing_ok=True)
        self.assertEqual(statuses, {0, 1})

    def test_no_threads(self):
        """As somebody who may have no process more, every thread is refused."""
        if os.geteuid() != 0:
            self.skipTest('needs root to become somebody else')
        (self.folder / 'in.pcap').write_bytes(pcap(30000))
        copy = self.folder / 'native_capture'
        copy.write_bytes(pathlib.Path(lab.PROGRAM).read_bytes())
        copy.chmod(0o755)
        whole = program('--read', 'in.pcap', '--csv', '-').stdout

        def become():
            os.setgroups([])
            os.setgid(54321)
            os.setuid(54321)
            resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
        done = subprocess.run([copy, '--read', 'in.pcap', '--csv', '-'], capture_output=True, timeout=30, preexec_fn=become)
        self.assertEqual((done.returncode, done.stderr), (0, b''))
        self.assertEqual(done.stdout.decode(), whole)


if __name__ == '__main__':
    lab.main()
