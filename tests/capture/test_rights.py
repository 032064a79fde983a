"""Rights: what is said without them, that they are given up, and whose the file is."""
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest

import lab
from lab import SERVER, in_namespace, program, read_pcap
from test_stopping import numbers_in, send_numbers

NOBODY = 65534
ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')


def as_nobody():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def status_of(pid):
    """Ids and capabilities of a process."""
    text = pathlib.Path(f'/proc/{pid}/status').read_text()
    return {name: value.split() for name, value in re.findall(r'(?m)^(\w+):\t(.*)$', text)}


class Rights(lab.NetworkTestCase):
    def setUp(self):
        super().setUp()
        # Where the program was built, other users may not be allowed to look.
        self.copy = self.folder / 'native_capture'
        shutil.copy(lab.PROGRAM, self.copy)
        self.copy.chmod(0o755)
        self.out = self.folder / 'out'
        self.out.mkdir()
        os.chown(self.out, NOBODY, NOBODY)
        self.entered = open(f'/run/netns/{self.network.client}')
        self.addCleanup(self.entered.close)

    def enter_as_nobody(self):
        import ctypes
        if ctypes.CDLL(None).setns(self.entered.fileno(), 0) != 0:
            os._exit(1)
        as_nobody()

    def test_without_rights(self):
        done = subprocess.run([self.copy, *ONLY_UDP, '-o', self.out / 'x.pcap'], capture_output=True, text=True,
                              preexec_fn=self.enter_as_nobody, timeout=20)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r'^native_capture: you may not capture on va \(.*\)\.\n')
        self.assertIn(f'  sudo setcap cap_net_raw+ep {self.copy}\n', done.stderr)
        self.assertIn('or run it through sudo', done.stderr)
        self.assertEqual(list(self.out.iterdir()), [])

    def test_more_rights_for_promiscuous_mode(self):
        done = subprocess.run([self.copy, *ONLY_UDP, '--promisc', '-o', self.out / 'x.pcap'], capture_output=True,
                              text=True, preexec_fn=self.enter_as_nobody, timeout=20)
        self.assertIn(f'  sudo setcap cap_net_raw,cap_net_admin+ep {self.copy}\n', done.stderr)

    def test_bad_arguments_come_first(self):
        done = subprocess.run([self.copy, '-i', 'va', '-f', 'hosst x', '-o', self.out / 'x.pcap'], capture_output=True,
                              text=True, preexec_fn=self.enter_as_nobody, timeout=20)
        self.assertEqual(done.returncode, 2)

    def test_listing_and_watching_need_none(self):
        for arguments in (['--list-interfaces'], ['--watch', '--duration', '1s']):
            done = subprocess.run([self.copy, *arguments], capture_output=True, text=True,
                                  preexec_fn=self.enter_as_nobody, timeout=20)
            self.assertEqual((done.returncode, done.stderr), (0, ''))
            self.assertRegex(done.stdout, r'(?m)^va ')

    def check_capture(self, run, path):
        """The capture runs as nobody, without any right; the file is nobody's."""
        run.wait_for('Writing')
        status = status_of(run.process.pid)
        self.assertEqual(set(status['Uid'] + status['Gid']), {str(NOBODY)})
        for kind in ('CapEff', 'CapPrm', 'CapInh', 'CapAmb'):
            self.assertEqual(int(status[kind][0], 16), 0, kind)
        in_namespace(self.network.client, lambda: send_numbers(5))
        self.assertEqual(run.stop(), 0, run.said)
        self.assertEqual(numbers_in(path), list(range(5)))
        for file in (path, path.with_suffix('.csv')):
            self.assertEqual((file.stat().st_uid, file.stat().st_gid), (NOBODY, NOBODY))

    def test_through_sudo(self):
        """As sudo leaves it: root, with the invoking user in the environment. The folder is the user's alone."""
        self.out.chmod(0o700)
        path = self.out / 'trace.pcap'
        run = self.start(self.copy, *ONLY_UDP, '-o', path, '--csv', path.with_suffix('.csv'), namespace=self.network.client,
                         env={**os.environ, 'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
        self.check_capture(run, path)
        self.assertEqual(status_of('self')['Uid'][0], '0')

    def test_through_sudo_where_only_root_may_write(self):
        os.chown(self.out, 0, 0)
        done = program(*ONLY_UDP, '-o', self.out / 'trace.pcap', namespace=self.network.client,
                       env={**os.environ, 'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
        self.assertEqual(done.returncode, 1)
        self.assertIn('cannot be written: Permission denied', done.stderr)

    def test_with_file_capabilities(self):
        if shutil.which('setcap') is None:
            self.skipTest('setcap is not installed')
        for capabilities in ('cap_net_raw+ep', 'cap_net_raw,cap_net_admin,cap_dac_override,cap_sys_admin+ep'):
            with self.subTest(capabilities):
                given = subprocess.run(['setcap', capabilities, self.copy], capture_output=True, text=True)
                if given.returncode != 0:
                    self.skipTest(f'no file capabilities here: {given.stderr.strip()}')
                path = self.out / 'trace.pcap'
                run = self.start(self.copy, *ONLY_UDP, '-o', path, '--csv', path.with_suffix('.csv'), '--force',
                                 preexec_fn=self.enter_as_nobody)
                self.check_capture(run, path)

    def test_as_root_itself(self):
        path = self.out / 'trace.pcap'
        environment = {name: value for name, value in os.environ.items() if not name.startswith('SUDO_')}
        run = self.start(self.copy, *ONLY_UDP, '-o', path, namespace=self.network.client, env=environment)
        run.wait_for('Writing')
        self.assertLessEqual(int(status_of(run.process.pid)['CapEff'][0], 16), 1 << 1)  # CAP_DAC_OVERRIDE
        self.assertEqual(run.stop(), 0)

    def test_command_runs_as_the_user(self):
        path = self.out / 'trace.pcap'
        done = program(*ONLY_UDP, '-o', path, '--', 'sh', '-c', f'id -u > {self.out}/id', namespace=self.network.client,
                       env={**os.environ, 'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.out / 'id').read_text().strip(), str(NOBODY))


if __name__ == '__main__':
    lab.main()
