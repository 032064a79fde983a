"""Standard streams that are closed or lead into the files that are read and written: nothing lands where it does not belong."""
import itertools
import os
import socket
import subprocess
import unittest

import lab
from lab import in_namespace, program, read_pcap
from test_read import pcap
from test_stopping import numbers_in, send_numbers

ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')


def closing(streams):
    """What a child does to have none of these streams."""
    def close():
        for stream in streams:
            os.close(stream)
    return close


CLOSED = [streams for count in (1, 2, 3) for streams in itertools.combinations((0, 1, 2), count)]


class Reading(lab.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / 'trace.pcap').write_bytes(pcap(100))
        self.csv = program('--read', 'trace.pcap', '--csv', '-').stdout

    def test_closed(self):
        for streams in CLOSED:
            with self.subTest(streams):
                done = subprocess.run([lab.PROGRAM, '--read', 'trace.pcap', '--csv', 'out.csv'],
                                      preexec_fn=closing(streams), timeout=20)
                self.assertEqual(done.returncode, 0)
                self.assertEqual((self.folder / 'out.csv').read_text(), self.csv)
                self.assertEqual((self.folder / 'trace.pcap').read_bytes(), pcap(100))
                (self.folder / 'out.csv').unlink()

    def test_what_is_written_to_a_closed_one_is_missed(self):
        for arguments in (['--csv', '-'], ['--summary'], ['--summary=json']):
            done = subprocess.run([lab.PROGRAM, '--read', 'trace.pcap', *arguments], preexec_fn=closing([1]),
                                  stderr=subprocess.PIPE, timeout=20)
            self.assertEqual((done.returncode, done.stderr),
                             (1, b'native_capture: standard output cannot be written: Bad file descriptor\n'))

    def test_nothing_is_read_from_a_closed_one(self):
        done = subprocess.run([lab.PROGRAM, '--read', '-'], preexec_fn=closing([0]), capture_output=True, timeout=20)
        self.assertEqual((done.returncode, done.stdout), (1, b''))
        self.assertEqual(done.stderr, b'native_capture: standard input: reading failed: Bad file descriptor\n')


class Capturing(lab.NetworkTestCase):
    def test_closed(self):
        """Texts stay out of the capture, and go out on no socket."""
        for streams in CLOSED:
            for kind in ((), ('--pcapng',)):
                with self.subTest(streams=streams, kind=kind):
                    capture = subprocess.Popen(
                        lab.inside(self.network.client, [lab.PROGRAM, *ONLY_UDP, '--packets', '3', '--duration', '8s',
                                                         '-o', 'trace.out', '--csv', 'trace.csv', '--force', *kind]),
                        preexec_fn=closing(streams), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL)
                    while not list(self.folder.glob('trace.out*.part')):
                        self.assertIsNone(capture.poll())
                    in_namespace(self.network.client, lambda: send_numbers(3, 0.05))
                    self.assertEqual(capture.wait(20), 0)
                    self.assertEqual(self.answers('trace.out')['packets'], 3)
                    self.assertEqual(len((self.folder / 'trace.csv').read_text().splitlines()), 4)
                    for path in self.folder.iterdir():
                        path.unlink()

    def test_a_capture_into_a_closed_one(self):
        done = subprocess.run(lab.inside(self.network.client, [lab.PROGRAM, *ONLY_UDP, '--duration', '1s', '-o', '-']),
                              preexec_fn=closing([1]), stderr=subprocess.PIPE, timeout=20)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'standard output cannot be written: Bad file descriptor', done.stderr)


if __name__ == '__main__':
    lab.main()
