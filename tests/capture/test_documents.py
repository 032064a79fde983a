"""The man page and the shells' completions know the options that there are, and no others."""
import pathlib
import re
import shutil
import subprocess
import unittest

import lab
from lab import program

HERE = pathlib.Path(__file__).resolve().parents[2] / 'native_capture'


class Documents(lab.TestCase):
    def setUp(self):
        super().setUp()
        self.options = set(re.findall(r'(?m)^  (?:-\w,)?--([a-z-]+)', program('--help').stdout))
        self.assertGreater(len(self.options), 25)

    def test_man_page(self):
        text = (HERE / 'man' / 'native_capture.1').read_text().replace('\\-', '-')
        described = set(re.findall(r'(?m)^(?:\\fB(?:-\w\\fR, \\fB)?|\.B |\.BR -\w ", " )--([a-z-]+)', text))
        self.assertEqual(described | {'help', 'version'}, self.options)

    def test_completions(self):
        words = {
            'native_capture.bash': re.search(r"word='([^']*)'", (HERE / 'completions' / 'native_capture.bash').read_text())[1],
            '_native_capture': (HERE / 'completions' / '_native_capture').read_text(),
        }
        for name, text in words.items():
            with self.subTest(name):
                self.assertEqual(set(re.findall(r'--([a-z]+(?:-[a-z]+)*)', text.replace("[with --list-", '['))), self.options)
        fish = (HERE / 'completions' / 'native_capture.fish').read_text()
        self.assertEqual(set(re.findall(r' -l ([a-z-]+)', fish)), self.options)

    @unittest.skipIf(shutil.which('bash') is None, 'bash is not installed')
    def test_bash_completes(self):
        def complete(*words):
            script = (f'source {HERE}/completions/native_capture.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1));'
                      ' _native_capture; printf "%s\\n" "${COMPREPLY[@]}"')
            done = subprocess.run(['bash', '-c', script, 'bash', lab.PROGRAM, *words], capture_output=True, text=True)
            return done.stdout.split()
        self.assertEqual(complete('--un'), ['--until-idle'])
        self.assertEqual(complete('--sum'), ['--summary', '--summary=json'])
        self.assertIn('lo', complete('-i', ''))
        self.assertIn('bash', complete('-o', 'x', '--', 'bas'))
        (self.folder / 'trace.pcap').touch()
        self.assertEqual(complete('--read', 'tra'), ['trace.pcap'])

    @unittest.skipIf(shutil.which('man') is None, 'man is not installed')
    def test_man_page_is_well_formed(self):
        done = subprocess.run(['man', '--warnings', '-l', HERE / 'man' / 'native_capture.1'], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertIn('--until-idle', done.stdout.replace('‐', '-').replace('\x08', ''))


if __name__ == '__main__':
    lab.main()
