"""Rights: what is said without them, that they are given up, and whose the file is."""
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
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


def pids_running(executable):
    """The processes that run this file."""
    found = []
    for process in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            if os.readlink(process / 'exe') == str(executable):
                found.append(int(process.name))
        except OSError:
            pass  # it has ended
    return found


def pid_running(executable):
    for pid in pids_running(executable):
        return pid
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

    def rights_while_reading(self, *prefix, environment=(), arguments=('--read', '-'), until=''):
        """The status of a process that waits for the bytes of a file."""
        process = subprocess.Popen([*prefix, str(self.copy), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env={**os.environ, **dict(environment)})
        try:
            end = time.monotonic() + 10
            while time.monotonic() < end:
                status = status_of(process.pid)
                if status.get('NoNewPrivs') == ['1'] and status['Name'] == ['native_capture']:
                    return status
                time.sleep(0.01)
            return status
        finally:
            process.communicate(timeout=20)

    def assert_none_left(self, status, user=NOBODY):
        self.assertEqual(set(status['Uid'] + status['Gid']), {str(user)})
        for kind in ('CapPrm', 'CapEff', 'CapInh', 'CapAmb'):
            self.assertEqual(int(status[kind][0], 16), 0, kind)
        self.assertEqual(status['NoNewPrivs'], ['1'])

    def test_reading_as_sudo_leaves_it(self):
        status = self.rights_while_reading(environment={'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
        self.assert_none_left(status)
        self.assertEqual(int(status['CapBnd'][0], 16), 0)

    def test_reading_with_root_as_its_owner(self):
        """Set-user-ID root, called by nobody."""
        self.copy.chmod(0o4755)
        self.assert_none_left(self.rights_while_reading('setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups'))

    def test_reading_with_file_capabilities(self):
        given = subprocess.run(['setcap', 'cap_net_raw,cap_net_admin+ep', self.copy], capture_output=True, text=True)
        if given.returncode != 0:
            self.skipTest(f'no file capabilities here: {given.stderr.strip()}')
        self.assert_none_left(self.rights_while_reading('setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups'))

    def test_reading_as_root_itself(self):
        status = self.rights_while_reading()
        for kind in ('CapPrm', 'CapEff', 'CapBnd'):
            self.assertLessEqual(int(status[kind][0], 16), 1 << 1, kind)  # CAP_DAC_OVERRIDE
        self.assertEqual(status['NoNewPrivs'], ['1'])

    def test_watching(self):
        status = self.rights_while_reading(environment={'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)},
                                           arguments=('--watch', '--duration', '2s'))
        self.assert_none_left(status)

    def test_capturing_beside_a_command(self):
        """The command could still use sudo; the capture could not."""
        path = self.out / 'trace.pcap'
        run = self.start(self.copy, *ONLY_UDP, '-o', path, '--', 'sleep', '5', namespace=self.network.client,
                         env={**os.environ, 'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
        run.wait_for('Writing')
        time.sleep(0.3)
        self.assert_none_left(status_of(run.process.pid))
        command = pathlib.Path(f'/proc/{run.process.pid}/task/{run.process.pid}/children').read_text().split()
        self.assertEqual(len(command), 1)
        status = status_of(command[0])
        self.assertEqual((status['Name'], status['NoNewPrivs'], set(status['Uid'])), (['sleep'], ['0'], {str(NOBODY)}))
        for kind in ('CapPrm', 'CapEff', 'CapInh', 'CapAmb'):
            self.assertEqual(int(status[kind][0], 16), 0, kind)
        self.assertEqual(run.stop(), 0, run.said)

    def test_a_name_server_is_heard_without_rights(self):
        """Who answers for a name meets a process that has none: it can be seen while the answer is waited for."""
        silent = f'import socket, time; s = socket.socket(type=socket.SOCK_DGRAM); s.bind(("{SERVER}", 53)); print(file=__import__("sys").stderr, end="bound"); time.sleep(60)'
        self.start(sys.executable, '-c', silent, namespace=self.network.server).wait_for('bound')
        here = self.folder / 'resolv.conf'
        here.write_text(f'nameserver {SERVER}\noptions timeout:1 attempts:1\n')
        mounted = f'mount --bind {here} /etc/resolv.conf && exec "$@"'
        for arguments in (('--host', 'slow.example.com'), ('-f', 'host slow.example.com')):
            with self.subTest(arguments[0]):
                run = self.start('unshare', '-m', 'sh', '-c', mounted, 'sh', self.copy, '-i', 'va', *arguments, '-o', self.out / 'x',
                                 namespace=self.network.client,
                                 env={**os.environ, 'SUDO_UID': str(NOBODY), 'SUDO_GID': str(NOBODY)})
                end, seen = time.monotonic() + 5, []
                while time.monotonic() < end and not seen:
                    seen = [pid for pid in pids_running(self.copy) if pid != run.process.pid]
                    seen = [status for status in map(status_of, seen) if status.get('NoNewPrivs') == ['1']]
                self.assertTrue(seen, run.said)
                self.assert_none_left(seen[0])
                self.assertEqual(run.wait(20), 2, run.said)

    def test_nothing_reaches_a_command_but_its_streams(self):
        """Neither the sockets of the capture, nor files, nor what the program itself inherited."""
        listing = 'import os; print(*[os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if int(fd) > 2], sep="\\n")'
        (self.out / 'x').write_text('')
        with open(self.out / 'x') as inherited:
            for interfaces in (('-i', 'va'), ('-i', 'va', '-i', 'lo'), ('-i', 'any')):
                for more in ((), ('--csv', self.out / 'x.csv'), ('--until-idle', '1s')):
                    with self.subTest(interfaces=interfaces, more=more):
                        done = program(*interfaces, '-f', 'udp port 4000', '-o', self.out / 'x.pcap', '--force', *more, '--',
                                       sys.executable, '-c', listing, namespace=self.network.client,
                                       pass_fds=[inherited.fileno()])
                        self.assertEqual(done.returncode, 0, done.stderr)
                        # What is left is the listing itself, gone when it is read.
                        self.assertEqual([name for name in done.stdout.split() if not name.startswith('/proc/')], [])

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
