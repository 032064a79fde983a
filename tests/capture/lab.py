"""What the capture tests share: two network namespaces joined by a cable, servers in them, and the program under test.

A test file ends in `lab.main()`. It is run as `python3 test_NAME.py --program PATH`; without root (or without network
namespaces) the tests that need them are skipped with the reason, and a run in which nothing could be tested ends with
status 77.
"""
import argparse
import atexit
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SKIPPED = 77
PROGRAM = None
CLIENT, SERVER = '10.77.0.1', '10.77.0.2'
CLIENT6, SERVER6 = 'fd77::1', 'fd77::2'
HTTP_PORT = 8000


def why_no_network():
    """The reason why namespaces cannot be made here, or None."""
    if os.geteuid() != 0:
        return 'making network namespaces needs root'
    if shutil.which('ip') is None:
        return 'the ip command (iproute2) is missing'
    name = f'td{os.getpid()}try'
    made = subprocess.run(['ip', 'netns', 'add', name], capture_output=True, text=True)
    if made.returncode != 0:
        return f'no network namespaces here: {made.stderr.strip()}'
    veth = subprocess.run(['ip', '-n', name, 'link', 'add', 'x', 'type', 'veth'], capture_output=True, text=True)
    subprocess.run(['ip', 'netns', 'del', name], capture_output=True)
    return None if veth.returncode == 0 else f'no veth interfaces here: {veth.stderr.strip()}'


class Network:
    """A client and a server, each in its own namespace, joined by a veth pair: `va` at the client, `vb` at the server."""

    def __init__(self):
        self.client, self.server = f'td{os.getpid()}a', f'td{os.getpid()}b'
        atexit.register(self.remove)
        for namespace in (self.client, self.server):
            ip('netns', 'add', namespace)
            ip('-n', namespace, 'link', 'set', 'lo', 'up')
        ip('link', 'add', 'va', 'netns', self.client, 'type', 'veth', 'peer', 'name', 'vb', 'netns', self.server)
        for namespace, link, v4, v6 in ((self.client, 'va', CLIENT, CLIENT6), (self.server, 'vb', SERVER, SERVER6)):
            ip('-n', namespace, 'address', 'add', f'{v4}/24', 'dev', link)
            ip('-n', namespace, 'address', 'add', f'{v6}/64', 'dev', link, 'nodad')
            ip('-n', namespace, 'link', 'set', link, 'up')

    def remove(self):
        for namespace in (self.client, self.server):
            listed = subprocess.run(['ip', 'netns', 'pids', namespace], capture_output=True, text=True)
            for pid in listed.stdout.split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            subprocess.run(['ip', 'netns', 'del', namespace], capture_output=True)


def ip(*arguments):
    subprocess.run(['ip', *arguments], check=True, capture_output=True, text=True)


def inside(namespace, command):
    return ['ip', 'netns', 'exec', namespace, *command] if namespace else list(command)


class Run:
    """A program running; what it says on standard error is gathered as it comes."""

    def __init__(self, command, namespace=None, stdout=subprocess.DEVNULL, **options):
        self.process = subprocess.Popen(inside(namespace, command), stdout=stdout, stderr=subprocess.PIPE, **options)
        self.said = ''
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        # Straight from the descriptor: a buffered read would hold back what comes without a line end.
        while data := os.read(self.process.stderr.fileno(), 65536):
            self.said += data.decode(errors='replace')

    def wait_for(self, text, seconds=10):
        end = time.monotonic() + seconds
        while text not in self.said:
            if time.monotonic() > end or (self.process.poll() is not None and not self._reader.is_alive()):
                raise AssertionError(f'{text!r} was not said: {self.said}')
            time.sleep(0.01)
        return self

    def stop(self, with_signal=signal.SIGINT, seconds=20):
        """Signals, waits and gives the exit status."""
        # `ip netns exec` becomes the program itself, so that the signal reaches it.
        self.process.send_signal(with_signal)
        return self.wait(seconds)

    def wait(self, seconds=20):
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(f'still running after {seconds} s: {self.said}') from None
        self._reader.join(5)
        return status


def program(*arguments, namespace=None, stdin=subprocess.DEVNULL, seconds=60, **options):
    """Runs the program to its end: .returncode, .stdout and .stderr as texts."""
    done = subprocess.run(inside(namespace, [PROGRAM, *map(str, arguments)]), stdin=stdin, capture_output=True,
                          timeout=seconds, **options)
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


def time_said(name, said):
    """The seconds on a line of the answers, as exact as they are told: "Active time  1.033 s. …" gives 1.033."""
    number, unit = re.search(rf'(?m)^{name} +([\d.]+) (s|ms|µs|ns)\b', said).groups()
    return float(number) * {'s': 1, 'ms': 1e-3, 'µs': 1e-6, 'ns': 1e-9}[unit]


class Packet:
    def __init__(self, ts_ns, data, wire_len):
        self.ts_ns, self.data, self.wire_len = ts_ns, data, wire_len

    def content(self):
        return self.wire_len, self.data


def read_pcap(path, partial=False):
    """The packets of a classic pcap file in this computer's byte order. With `partial`, an unfinished record may end it."""
    content = pathlib.Path(path).read_bytes()
    magic, _, _, _, _, _, link_type = struct.unpack_from('=IHHIIII', content)
    scale = {0xA1B2C3D4: 1000, 0xA1B23C4D: 1}[magic]
    packets, at = [], 24
    while at < len(content):
        if len(content) - at >= 16:
            seconds, fraction, cap_len, wire_len = struct.unpack_from('=IIII', content, at)
            if at + 16 + cap_len <= len(content):
                packets.append(Packet(seconds * 10**9 + fraction * scale, content[at + 16:at + 16 + cap_len], wire_len))
                at += 16 + cap_len
                continue
        if partial:
            break
        raise AssertionError(f'{path}: an unfinished record at byte {at} of {len(content)}')
    return packets


class TestCase(unittest.TestCase):
    """A test with a folder of its own, which is also the current one of what it starts."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='native_capture_test.'))
        os.chmod(self.folder, 0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.before = pathlib.Path.cwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, self.before)
        self.runs = []
        self.addCleanup(self.end_runs)

    def end_runs(self):
        for run in self.runs:
            if run.process.poll() is None:
                run.process.kill()
                run.process.wait(10)
            run._reader.join(5)
            run.process.stderr.close()

    def start(self, *command, **options):
        run = Run(list(map(str, command)), **options)
        self.runs.append(run)
        return run

    def capture(self, *arguments, namespace='client', **options):
        """Starts a capture and waits until it captures."""
        namespace = getattr(self.network, namespace) if namespace else None
        run = self.start(PROGRAM, *arguments, namespace=namespace, **options)
        return run.wait_for('Writing')

    def answers(self, path):
        """The figures that the program gives for a file."""
        import json
        done = program('--read', path, '--summary=json')
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)


class NetworkTestCase(TestCase):
    network = None
    reason = None

    @classmethod
    def setUpClass(cls):
        if NetworkTestCase.network is None and NetworkTestCase.reason is None:
            NetworkTestCase.reason = why_no_network()
            if NetworkTestCase.reason is None:
                NetworkTestCase.network = Network()
        if NetworkTestCase.reason:
            raise unittest.SkipTest(NetworkTestCase.reason)

    def serve_http(self, folder=None):
        """An HTTP/1.1 server with keep-alive at the server."""
        here = pathlib.Path(__file__).resolve().parent
        for host in (SERVER, SERVER6):
            self.start(sys.executable, here / 'http_server.py', host, HTTP_PORT, folder or self.folder,
                       namespace=self.network.server).wait_for('serving')

    def curl(self, *urls):
        outputs = [part for url in urls for part in ('-o', '/dev/null', url)]
        subprocess.run(inside(self.network.client, ['curl', '-sS', '-g', *outputs]), check=True, timeout=60)


def in_namespace(namespace, function):
    """Calls function() in a child process inside the namespace, and waits for it."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            with open(f'/run/netns/{namespace}') as file:
                import ctypes
                if ctypes.CDLL(None, use_errno=True).setns(file.fileno(), 0) != 0:
                    raise OSError(ctypes.get_errno(), 'setns')
            function()
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(pid, 0)[1] != 0:
        raise AssertionError('the function in the namespace failed')


def needs(command):
    return unittest.skipIf(shutil.which(command) is None, f'{command} is not installed')


def main():
    global PROGRAM
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    options, rest = parser.parse_known_args()
    PROGRAM = str(pathlib.Path(options.program).resolve())
    outcome = unittest.main(argv=[sys.argv[0], *rest], exit=False, verbosity=2).result
    if not outcome.wasSuccessful():
        sys.exit(1)
    skipped = {reason for _, reason in outcome.skipped}
    if skipped and len(outcome.skipped) >= outcome.testsRun:
        print('SKIPPED:', '; '.join(sorted(skipped)))
        sys.exit(SKIPPED)
