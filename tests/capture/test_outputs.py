"""Where results go: nothing that is there is lost, whatever name it has, and what is not whole does not look so."""
import gzip
import os
import pathlib
import resource
import signal
import subprocess
import sys
import threading
import time
import unittest

import lab
from lab import in_namespace, program
from test_read import pcap
from test_stopping import numbers_in, send_numbers

ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')


def tmpfs(test, size):
    """A small disk."""
    disk = test.folder / 'disk'
    disk.mkdir()
    mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', 'tmpfs', disk], capture_output=True)
    if mounted.returncode != 0:
        test.skipTest(f'no tmpfs here: {mounted.stderr.decode().strip()}')
    test.addCleanup(subprocess.run, ['umount', '-l', disk])
    return disk


class Csv(lab.TestCase):
    COUNT = 20000

    def setUp(self):
        super().setUp()
        self.content = pcap(self.COUNT)
        (self.folder / 'in.pcap').write_bytes(self.content)
        (self.folder / 'in.gz').write_bytes(gzip.compress(self.content, 1))
        self.csv = program('--read', 'in.pcap', '--csv', '-').stdout

    def assert_rows(self, text, at_least=1, at_most=COUNT):
        """Whole rows of the file, from its first one on."""
        self.assertTrue(self.csv.startswith(text))
        self.assertTrue(text.endswith('\n'))
        self.assertGreaterEqual(text.count('\n') - 1, at_least)
        self.assertLessEqual(text.count('\n') - 1, at_most)
        return text.count('\n') - 1

    def test_standard_input_is_the_output(self):
        (self.folder / 'hard').hardlink_to(self.folder / 'in.pcap')
        for name in ('in.pcap', 'hard'):
            with open('in.pcap', 'rb') as file:
                done = program('--read', '-', '--csv', name, '--force', stdin=file)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f'--csv {name}: this is the file that is read', done.stderr)

    def test_standard_output_leads_into_the_input(self):
        for arguments in (['--csv', '-'], ['--summary'], ['--summary=json'], ['--csv', '/dev/stdout']):
            with open('in.pcap', 'ab') as file:
                done = subprocess.run([lab.PROGRAM, '--read', 'in.pcap', *arguments], stdout=file, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(b'standard output leads into the file that is read', done.stderr)
            self.assertEqual((self.folder / 'in.pcap').read_bytes(), self.content)

    def test_standard_output_leads_into_the_csv(self):
        with open('out.csv', 'ab') as file:
            done = subprocess.run([lab.PROGRAM, '--read', 'in.pcap', '--csv', 'out.csv', '--force', '--summary'], stdout=file,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(b'standard output leads there, too', done.stderr)

    def test_names_of_standard_streams(self):
        for name in ('/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'):
            for force in ([], ['--force']):
                with self.subTest(name=name, force=force), open('out.csv', 'wb') as file, open('in.pcap', 'rb') as read:
                    done = subprocess.run([lab.PROGRAM, '--read', '/dev/stdin', '--csv', name, *force], stdin=read, stdout=file)
                    self.assertEqual((done.returncode, (self.folder / 'out.csv').read_text()), (0, self.csv))
                    self.assertTrue(pathlib.Path('/dev/stdout').is_symlink())

    def test_kinds_of_places(self):
        (self.folder / 'link').symlink_to('nothing')
        (self.folder / 'loop').symlink_to('loop')
        for name, words in (('.', 'this is a folder'), ('link', 'this is a link to a file that does not exist'),
                            ('loop', 'this is a link to a file that does not exist')):
            for force in ([], ['--force']):
                done = program('--read', 'in.pcap', '--csv', name, *force)
                self.assertEqual((done.returncode, done.stderr.split(': ', 2)[2].split(';')[0].strip()), (1, words))
        self.assertEqual(program('--read', 'in.pcap', '--csv', '/dev/null').returncode, 0)
        self.assertFalse((self.folder / 'nothing').exists())

    def test_force_writes_where_a_link_leads(self):
        (self.folder / 'far').mkdir()
        (self.folder / 'far' / 'real.csv').write_text('old')
        (self.folder / 'link.csv').symlink_to('far/real.csv')
        self.assertEqual(program('--read', 'in.pcap', '--csv', 'link.csv').returncode, 1)
        self.assertEqual(program('--read', 'in.pcap', '--csv', 'link.csv', '--force').returncode, 0)
        self.assertTrue((self.folder / 'link.csv').is_symlink())
        self.assertEqual((self.folder / 'far' / 'real.csv').read_text(), self.csv)
        self.assertEqual([path.name for path in (self.folder / 'far').iterdir()], ['real.csv'])

    @unittest.skipIf(os.geteuid() != 0, 'making a disk needs root')
    def test_a_disk(self):
        os.mknod('disk', 0o600 | 0o060000, os.makedev(7, 250))
        done = program('--read', 'in.pcap', '--csv', 'disk')
        self.assertEqual(done.returncode, 1)
        self.assertIn('--csv disk: this is a disk', done.stderr)

    @unittest.skipIf(os.geteuid() != 0, 'mounting needs root')
    def test_full_disk(self):
        disk = tmpfs(self, '128k')
        for force in ([], ['--force']):
            done = program('--read', 'in.pcap', '--csv', disk / 'new.csv', *force)
            self.assertEqual(done.returncode, 1)
            self.assertIn('new.csv cannot be written: No space left on device', done.stderr)
            self.assert_rows((disk / 'new.csv').read_text(), 1000, 5000)
            (disk / 'new.csv').unlink()
        (disk / 'old.csv').write_text('the whole one from before\n')
        done = program('--read', 'in.pcap', '--csv', disk / 'old.csv', '--force')
        self.assertEqual(done.returncode, 1)
        self.assertIn('old.csv cannot be written: No space left on device; it is as it was before', done.stderr)
        self.assertEqual((disk / 'old.csv').read_text(), 'the whole one from before\n')
        self.assertEqual([path.name for path in disk.iterdir()], ['old.csv'])

    @unittest.skipIf(os.geteuid() != 0, 'mounting needs root')
    def test_no_room_for_what_is_unpacked(self):
        disk = tmpfs(self, '256k')
        environment = {**os.environ, 'TMPDIR': str(disk)}
        done = program('--read', 'in.gz', '--csv', 'out.csv', '--summary=json', env=environment)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f'"packets":{self.COUNT}', done.stdout.replace(' ', ''))
        rows = self.assert_rows((self.folder / 'out.csv').read_text(), 1000, 4000)
        self.assertRegex(done.stderr, rf'out.csv: only the first {rows:,} of {self.COUNT:,} rows were written: .*TMPDIR names another folder')
        # Nor does that take all that is free.
        self.assertEqual(os.statvfs(disk).f_bavail, os.statvfs(disk).f_blocks)
        (self.folder / 'old.csv').write_text('from before')
        done = program('--read', 'in.gz', '--csv', 'old.csv', '--force', env=environment)
        self.assertEqual(done.returncode, 1)
        self.assertEqual((self.folder / 'old.csv').read_text(), 'from before')
        self.assertIn('old.csv is as it was before; the rows that could be had are in old.csv.part', done.stderr)
        self.assert_rows((self.folder / 'old.csv.part').read_text(), rows, rows)

    def test_no_place_for_what_is_unpacked(self):
        done = program('--read', 'in.gz', '--csv', 'out.csv', '--summary=json', env={**os.environ, 'TMPDIR': '/no/such'})
        self.assertEqual(done.returncode, 1)
        self.assertIn(f'"packets":{self.COUNT}', done.stdout.replace(' ', ''))
        self.assertIn('no temporary file in /no/such', done.stderr)
        self.assertFalse((self.folder / 'out.csv').exists())

    def test_names_do_not_reach_the_terminal_raw(self):
        bad = 'x\x1b[31m\u009b31m\u202e.pcap'
        (self.folder / bad).write_bytes(self.content[:-5])
        (self.folder / 'evil').mkdir()
        for arguments in (['--read', bad], ['--read', 'no' + bad], ['--read', 'in.pcap', '--csv', bad],
                          ['--read', 'in.pcap', '--csv', f'no/{bad}'], ['--' + bad], [bad], ['-i', bad, '-o', 'x'],
                          ['--read', 'in.pcap', '--summary=' + bad], ['-i', 'lo', '-o', bad], ['-i', 'lo', '-f', bad, '-o', 'x']):
            done = program(*arguments)
            said = done.stderr + done.stdout
            self.assertTrue(done.stderr)
            for control in '\x1b\u009b\u202e':
                self.assertNotIn(control, said, arguments)


class Waiting(lab.NetworkTestCase):
    def capture_into(self, csv, **options):
        run = self.start(lab.PROGRAM, *ONLY_UDP, '-o', 'trace.pcap', '--csv', csv, namespace=self.network.client, **options)
        run.wait_for('Writing')
        in_namespace(self.network.client, lambda: send_numbers(5000))
        self.assertIsNone(run.process.poll())
        run.process.send_signal(signal.SIGINT)
        run.wait_for('Packets ')
        time.sleep(0.5)
        self.assertIsNone(run.process.poll())
        run.process.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(5), 1, run.said)
        self.assertIn('Left out (Ctrl-C): ', run.said)
        self.assertEqual(numbers_in('trace.pcap'), list(range(5000)))

    def test_a_pipe_without_a_reader(self):
        """One Ctrl-C more ends waiting for it."""
        os.mkfifo('pipe')
        self.capture_into('pipe')

    def test_a_pipe_whose_reader_sleeps(self):
        os.mkfifo('pipe')
        reader = os.open('pipe', os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        self.capture_into('pipe')

    def test_standard_output_whose_reader_sleeps(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        self.capture_into('-', stdout=writer)

    def test_a_pipe_with_a_late_reader(self):
        os.mkfifo('pipe')
        run = self.start(lab.PROGRAM, *ONLY_UDP, '-o', 'trace.pcap', '--csv', 'pipe', namespace=self.network.client)
        run.wait_for('Writing')
        in_namespace(self.network.client, lambda: send_numbers(5000))
        run.process.send_signal(signal.SIGINT)
        run.wait_for('Packets ')
        time.sleep(0.3)
        text = (self.folder / 'pipe').read_text()
        self.assertEqual((run.wait(5), len(text.splitlines())), (0, 5001))


class Captures(lab.NetworkTestCase):
    def refused(self, *arguments, **options):
        done = program(*ONLY_UDP, '--duration', '1s', *arguments, namespace=self.network.client, **options)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr

    def test_one_file_under_two_names(self):
        same = '-o and --csv name the same file'
        (self.folder / 'old.pcap').write_text('old')
        (self.folder / 'hard').hardlink_to(self.folder / 'old.pcap')
        (self.folder / 'soft').symlink_to('old.pcap')
        (self.folder / 'here').symlink_to('.')
        for output, csv in (('t.pcap', './t.pcap'), ('t.pcap', self.folder / 't.pcap'), ('here/t.pcap', 't.pcap'),
                            ('old.pcap', 'hard'), ('soft', 'old.pcap'), ('hard', 'soft'), ('old.pcap', 'here/hard')):
            with self.subTest(output=output, csv=csv):
                self.assertIn(same, self.refused('-o', output, '--csv', csv, '--force'))
        self.assertEqual((self.folder / 'old.pcap').read_text(), 'old')

    def test_standard_output_leads_into_the_capture(self):
        (self.folder / 'old.pcap').write_text('old')
        with open('old.pcap', 'ab') as file:
            done = subprocess.run(lab.inside(self.network.client, [lab.PROGRAM, *ONLY_UDP, '--duration', '1s', '-o', 'old.pcap',
                                                                   '--csv', '-', '--force']), stdout=file, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'-o old.pcap: standard output leads there, too', done.stderr)
        self.assertEqual((self.folder / 'old.pcap').read_text(), 'old')

    def test_a_link_to_nothing(self):
        (self.folder / 'link').symlink_to('nothing')
        for option in (['-o', 'link'], ['-o', 'x.pcap', '--csv', 'link']):
            self.assertIn('this is a link to a file that does not exist', self.refused(*option))
        self.assertEqual([path.name for path in self.folder.iterdir()], ['link'])

    def test_full_disk_beside_an_older_capture(self):
        disk = tmpfs(self, '256k')
        path = disk / 'trace.pcap'
        path.write_text('the one from before')
        run = self.capture(*ONLY_UDP, '-o', path, '--force')
        in_namespace(self.network.client, lambda: send_numbers(600, 0.001, 1000))
        self.assertEqual(run.wait(10), 1, run.said)
        self.assertIn('it is as it was before, and the packets so far are in', run.said)
        self.assertEqual(path.read_text(), 'the one from before')
        numbers = numbers_in(disk / 'trace.pcap.part')
        self.assertEqual(numbers, list(range(len(numbers))))
        self.assertGreater(len(numbers), 200)


if __name__ == '__main__':
    lab.main()
