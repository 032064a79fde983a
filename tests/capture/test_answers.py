"""The answers at the end of a capture, wherever its packets went; and how they are left out."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

import lab
from lab import HTTP_PORT, SERVER, in_namespace, needs, program, read_pcap
from test_stopping import send_numbers

ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')
PCAP_HEADER = 24
# More than the program reads back without a word.
MANY = 1_000_001


def flood():
    """Small datagrams as fast as they go, until somebody ends it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.connect((SERVER, 4000))
        while True:
            try:
                udp.send(b'!')
            except OSError:
                pass  # nobody listens


class Answers(lab.NetworkTestCase):
    def assert_answered(self, said, path):
        """Standard error holds the answers that reading the file gives."""
        expected = program('--read', path)
        self.assertEqual((expected.returncode, expected.stderr), (0, ''))
        self.assertRegex(expected.stdout, r'(?m)^Packets +\d')
        self.assertTrue(said.endswith(expected.stdout), f'{said}\n-- is not\n{expected.stdout}')

    @needs('curl')
    def test_of_a_file(self):
        (self.folder / 'page.bin').write_bytes(bytes(100_000))
        self.serve_http()
        for name, arguments in (('a.pcap', []), ('b.pcapng', ['--pcapng', '--nanoseconds']), ('c.pcap', ['--quiet'])):
            with self.subTest(name):
                run = self.start(lab.PROGRAM, '--host', SERVER, '-o', name, *arguments, '--', 'curl', '-sS', '-o', '/dev/null',
                                 f'http://{SERVER}:{HTTP_PORT}/page.bin', namespace=self.network.client)
                self.assertEqual(run.wait(), 0, run.said)
                self.assert_answered(run.said, name)
                self.assertIn('Round trip', run.said)

    def test_of_what_went_into_a_pipe(self):
        for name, arguments in (('trace.pcap', []), ('trace.pcapng', ['--pcapng'])):
            with self.subTest(name), open(name, 'wb') as file:
                with subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=file) as cat:
                    run = self.capture(*ONLY_UDP, '-o', '-', *arguments, stdout=cat.stdin)
                    cat.stdin.close()
                    in_namespace(self.network.client, lambda: send_numbers(30, 0.01))
                    self.assertEqual(run.stop(), 0, run.said)
                self.assertRegex(run.said, r'(?m)^Packets +30 ')
                self.assert_answered(run.said, name)

    def test_of_what_went_into_a_device(self):
        run = self.capture(*ONLY_UDP, '-o', '/dev/null', '--summary=json', stdout=subprocess.PIPE)
        in_namespace(self.network.client, lambda: send_numbers(30, 0.01))
        self.assertEqual(run.stop(), 0, run.said)
        answers = json.loads(run.process.stdout.read())
        run.process.stdout.close()
        self.assertEqual(answers['packets'], 30)
        self.assertGreater(answers['total_time_s'], 0.29)

    def test_of_what_is_left_in_a_ring(self):
        for kind, arguments in (('pcap', []), ('pcapng', ['--pcapng'])):
            with self.subTest(kind):
                run = self.capture(*ONLY_UDP, '--ring', 'files=3,size=10KB', '-o', f'ring.{kind}', *arguments)
                in_namespace(self.network.client, lambda: send_numbers(100, 0.002, 1000))
                time.sleep(0.3)
                self.assertEqual(run.stop(), 0, run.said)
                files = [path.read_bytes() for path in sorted(self.folder.glob(f'ring_*.{kind}'))]
                self.assertEqual(len(files), 3)
                skipped = PCAP_HEADER if kind == 'pcap' else 0
                pathlib.Path(f'joined.{kind}').write_bytes(files[0] + b''.join(file[skipped:] for file in files[1:]))
                self.assert_answered(run.said, f'joined.{kind}')
                packets = re.search(r'(?m)^Packets +(\d+)', run.said)[1]
                self.assertLessEqual(int(packets), 30)
                self.assertIn('packets, 106 kB, the last ones in 3 files up to ring_00010_' if kind == 'pcap' else ', the last ones in 3',
                              run.said)
                self.assertIn('Of what is still in the files:\n', run.said)

    def test_of_a_ring_that_lost_nothing(self):
        run = self.capture(*ONLY_UDP, '--ring', 'files=3,size=10KB', '-o', 'ring.pcap', '--summary=json', stdout=subprocess.PIPE)
        in_namespace(self.network.client, lambda: send_numbers(12, 0.002, 1000))
        self.assertEqual(run.stop(), 0, run.said)
        self.assertEqual(json.loads(run.process.stdout.read())['packets'], 12)
        run.process.stdout.close()
        self.assertNotIn('still in the files', run.said)
        self.assertIn(' in 2 files up to ring_00002_', run.said)
        self.assertNotIn('the last ones', run.said)

    def test_none(self):
        for arguments in (['-o', 'trace.pcap'], ['-o', '/dev/null'], ['-o', 'ring.pcap', '--ring', 'files=3,size=10KB']):
            with self.subTest(' '.join(arguments)):
                run = self.capture(*ONLY_UDP, *arguments, '--summary=none')
                in_namespace(self.network.client, lambda: send_numbers(3))
                self.assertEqual(run.stop(), 0, run.said)
                self.assertIn('3 packets', run.said)
                self.assertNotRegex(run.said, r'(?m)^(Packets|Total time) ')


class OfManyPackets(lab.NetworkTestCase):
    def flooded(self, *arguments):
        """A capture of MANY packets, just when it is read back."""
        floods = [self.start(sys.executable, '-B', '-c', 'import test_answers; test_answers.flood()', namespace=self.network.client,
                             env={**os.environ, 'PYTHONPATH': str(pathlib.Path(__file__).parent)}) for _ in range(2)]
        run = self.capture(*ONLY_UDP, '--packets', MANY, '-o', 'trace.pcap', *arguments)
        run.wait_for('Stopped:', 120)
        for each in floods:
            each.stop(signal.SIGKILL)
        return run

    def assert_kept(self):
        self.assertEqual(len(read_pcap('trace.pcap')), MANY)
        self.assertFalse((self.folder / 'trace.pcap.part').exists())

    def test_they_are_told_too(self):
        run = self.flooded()
        self.assertEqual(run.wait(60), 0, run.said)
        self.assertIn('Reading 1,000,001 packets back for the answers (Ctrl-C leaves them out)\n', run.said)
        self.assertRegex(run.said, r'(?m)^Packets +1,000,001 ')
        self.assert_kept()

    def test_the_user_does_not_wait(self):
        for number, said in ((signal.SIGINT, 'Ctrl-C'), (signal.SIGTERM, 'SIGTERM')):
            with self.subTest(said):
                run = self.flooded('--force')
                run.wait_for('Reading 1,000,001 packets back')
                self.assertEqual(run.stop(number), 0, run.said)
                self.assertTrue(run.said.endswith(f'Left out ({said}): the answers; later: native_capture --read trace.pcap\n'),
                                run.said)
                self.assert_kept()

    def test_the_csv_is_left_out_too(self):
        run = self.flooded('--csv', 'trace.csv')
        run.wait_for('Reading 1,000,001 packets back for the answers and trace.csv (Ctrl-C leaves them out)')
        while not (self.folder / 'trace.csv.part').exists():
            self.assertIsNone(run.process.poll(), run.said)
        self.assertEqual(run.stop(), 1, run.said)
        self.assertRegex(run.said, r'(?m)^Packets +1,000,001 ')
        self.assertTrue(run.said.endswith('Left out (Ctrl-C): trace.csv; later: native_capture --read trace.pcap --csv trace.csv\n'),
                        run.said)
        self.assertEqual([path.name for path in self.folder.iterdir()], ['trace.pcap'])
        self.assert_kept()


if __name__ == '__main__':
    lab.main()
