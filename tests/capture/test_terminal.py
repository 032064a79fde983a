"""What is said while packets are captured: one line a second on a terminal, and nothing elsewhere."""
import os
import pty
import re
import select
import time

import lab
from lab import in_namespace, inside
from test_stopping import send_numbers

ONLY_UDP = ('-i', 'va', '-f', 'udp port 4000')


class Terminal(lab.NetworkTestCase):
    """The program with a terminal of its own, which Ctrl-C ends."""

    def on_terminal(self, *arguments):
        pid, terminal = pty.fork()
        if pid == 0:
            command = inside(self.network.client, [lab.PROGRAM, *arguments])
            os.execvp(command[0], command)
        self.addCleanup(os.close, terminal)
        return pid, terminal

    def shown(self, terminal, seconds):
        text, end = '', time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                try:
                    text += os.read(terminal, 65536).decode()
                except OSError:
                    break  # the program has ended
        return text

    def captured(self, *arguments):
        """What is on the terminal of a capture that Ctrl-C ends after some seconds."""
        pid, terminal = self.on_terminal(*ONLY_UDP, '-o', 'trace.pcap', '--force', *arguments)
        text = self.shown(terminal, 1)
        in_namespace(self.network.client, lambda: send_numbers(50, 0.01))
        text += self.shown(terminal, 2.5)
        os.write(terminal, b'\x03')
        text += self.shown(terminal, 5)
        self.assertEqual(os.waitpid(pid, 0)[1], 0, text)
        return text

    def test_progress(self):
        text = self.captured()
        lines = re.findall(r'\r([^\r\x1b]* packets/s, [^\r\x1b]*)\x1b\[K', text)
        self.assertIn(len(lines), (3, 4, 5), text)
        self.assertRegex(lines[-1], r'^50 packets, 7\.92 kB, \d+ packets/s, 0 dropped, \d s$')
        # The line is gone before the last words.
        self.assertRegex(text, r'\r\x1b\[KStopped: Ctrl-C\. 50 packets')

    def test_quiet(self):
        text = self.captured('--quiet')
        self.assertNotIn('packets/s', text)
        self.assertTrue(text.replace('^C', '').startswith('Stopped: Ctrl-C. 50 packets'), text)

    def test_watch(self):
        pid, terminal = self.on_terminal('--watch')
        text = self.shown(terminal, 3.5)
        os.write(terminal, b'\x03')
        text += self.shown(terminal, 2)
        self.assertEqual(os.waitpid(pid, 0)[1], 0, text)
        # Each table is written over the one before.
        tables = text.split('interface     packets/s')
        self.assertIn(len(tables) - 1, (3, 4), text)
        for table in tables[1:-1]:
            self.assertRegex(table, r'\x1b\[\d+A$')


class Elsewhere(lab.NetworkTestCase):
    def test_no_progress(self):
        run = self.capture(*ONLY_UDP, '-o', 'trace.pcap')
        time.sleep(2)
        self.assertEqual(run.stop(), 0)
        self.assertNotIn('packets/s', run.said)

    def test_what_the_system_does_not_count(self):
        run = self.capture('-i', 'any', '-f', 'udp port 4000', '-o', 'trace.pcap')
        in_namespace(self.network.client, lambda: send_numbers(3))
        self.assertEqual(run.stop(), 0)
        self.assertIn('any: received by the filter: 3; dropped by the kernel: 0; dropped by the interface: not reported by this'
                      ' system\n', run.said)


if __name__ == '__main__':
    lab.main()
