"""Rights: what is said without them, that they are given up, and whose the file is."""
import os
import pathlib
import pwd
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


def pid_running(executable):
    """The process that runs this file."""
    for process in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            if os.readlink(process / 'exe') == str(executable):
                return int(process.name)
        except OSError:
            pass  # it has ended
    raise AssertionError(f'{executable} does not run')


class OtherUsersTestCase(lab.NetworkTestCase):
    """Runs a copy of the program as other users, who may write into `out`."""

    def setUp(self):
        super().setUp()
        # Where the program was built, other users may not be allowed to look.
        self.copy = self.folder / 'native_capture'
        shutil.copy(lab.PROGRAM, self.copy)
        self.copy.chmod(0o755)
        self.out = self.folder / 'out'
        self.out.mkdir()
        self.entered = open(f'/run/netns/{self.network.client}')
        self.addCleanup(self.entered.close)

    def enter(self):
        import ctypes
        if ctypes.CDLL(None).setns(self.entered.fileno(), 0) != 0:
            os._exit(1)

    def check_capture(self, run, path, user, group, pid=None):
        """The capture runs as the user, without any right; the files are the user's."""
        run.wait_for('Writing')
        status = status_of(pid(self.copy) if pid else run.process.pid)
        self.assertEqual((set(status['Uid']), set(status['Gid'])), ({str(user)}, {str(group)}))
        for kind in ('CapEff', 'CapPrm', 'CapInh', 'CapAmb'):
            self.assertEqual(int(status[kind][0], 16), 0, kind)
        in_namespace(self.network.client, lambda: send_numbers(5))
        self.assertEqual(run.stop(), 0, run.said)
        self.assertEqual(numbers_in(path), list(range(5)))
        for file in (path, path.with_suffix('.csv')):
            self.assertEqual((file.stat().st_uid, file.stat().st_gid), (user, group))


class Rights(OtherUsersTestCase):
    def setUp(self):
        super().setUp()
        os.chown(self.out, NOBODY, NOBODY)

    def enter_as_nobody(self):
        self.enter()
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
            said = [line for line in done.stderr.splitlines() if not line.endswith('more: native_capture --list-interfaces --all')]
            self.assertEqual((done.returncode, said), (0, []))
            self.assertRegex(done.stdout, r'(?m)^va ')

    def test_as_sudo_leaves_it(self):
        """Root, with the invoking user in the environment. The folder is the user's alone."""
        self.out.chmod(0o700)
        path = self.out / 'trace.pcap'
        run = self.start(self.copy, *ONLY_UDP, '-o', path, '--csv', path.with_suffix('.csv'), namespace=self.network.client,
                         env={**os.environ, 'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
        self.check_capture(run, path, NOBODY, NOBODY)
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
                self.check_capture(run, path, NOBODY, NOBODY)

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


class OrdinaryUser(OtherUsersTestCase):
    """A user of the system, made for the test, who may run the program through sudo, and nothing else."""

    def setUp(self):
        super().setUp()
        for command in ('sudo', 'useradd', 'userdel'):
            if shutil.which(command) is None:
                self.skipTest(f'{command} is not installed')
        name = f'td{os.getpid()}u'
        self.addCleanup(subprocess.run, ['userdel', name], capture_output=True)
        subprocess.run(['useradd', '--no-create-home', '--user-group', name], check=True, capture_output=True)
        self.user = pwd.getpwnam(name)
        os.chown(self.out, self.user.pw_uid, self.user.pw_gid)
        self.out.chmod(0o700)

    def allow_sudo(self):
        rule = pathlib.Path('/etc/sudoers.d') / self.user.pw_name
        self.addCleanup(rule.unlink, missing_ok=True)
        rule.write_text(f'{self.user.pw_name} ALL=(root) NOPASSWD: {self.copy}\n')
        rule.chmod(0o440)
        tried = self.as_user('sudo', '-n', '-l', str(self.copy))
        if tried.returncode != 0:
            self.skipTest(f'sudo does not work here: {tried.stderr.strip()}')

    def become(self):
        self.enter()
        os.initgroups(self.user.pw_name, self.user.pw_gid)
        os.setgid(self.user.pw_gid)
        os.setuid(self.user.pw_uid)

    def as_user(self, *command):
        return subprocess.run(command, capture_output=True, text=True, timeout=20, preexec_fn=self.become, cwd='/')

    def test_sudo(self):
        self.allow_sudo()
        path = self.out / 'trace.pcap'
        # sudo passes only signals on that come from outside its process group.
        run = self.start('sudo', '-n', self.copy, *ONLY_UDP, '-o', path, '--csv', path.with_suffix('.csv'),
                         preexec_fn=self.become, start_new_session=True)
        self.check_capture(run, path, self.user.pw_uid, self.user.pw_gid, pid_running)
        self.assertRegex(run.said, r'(?m)^Packets +5 ')

    def test_sudo_and_a_command(self):
        self.allow_sudo()
        done = self.as_user('sudo', '-n', str(self.copy), *ONLY_UDP, '-o', str(self.out / 'trace.pcap'), '--', 'id', '-un')
        self.assertEqual((done.returncode, done.stdout.strip()), (0, self.user.pw_name), done.stderr)

    def test_sudo_does_not_write_where_the_user_may_not(self):
        self.allow_sudo()
        done = self.as_user('sudo', '-n', str(self.copy), *ONLY_UDP, '-o', '/etc/native_capture_test.pcap')
        self.assertEqual(done.returncode, 1)
        self.assertIn(f'Permission denied (it is written with the rights of {self.user.pw_name})', done.stderr)

    def test_file_capabilities(self):
        if shutil.which('setcap') is None:
            self.skipTest('setcap is not installed')
        given = subprocess.run(['setcap', 'cap_net_raw+ep', self.copy], capture_output=True, text=True)
        if given.returncode != 0:
            self.skipTest(f'no file capabilities here: {given.stderr.strip()}')
        path = self.out / 'trace.pcap'
        run = self.start(self.copy, *ONLY_UDP, '-o', path, '--csv', path.with_suffix('.csv'), preexec_fn=self.become)
        self.check_capture(run, path, self.user.pw_uid, self.user.pw_gid)


if __name__ == '__main__':
    lab.main()
