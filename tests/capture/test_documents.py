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
        self.options = set(re.findall(r'(?m)^  (?:-\w, |    )--([a-z-]+)', program('--help').stdout))
        self.assertGreater(len(self.options), 25)

    def test_help_fits_a_terminal(self):
        short, long = program('-h').stdout, program('--help').stdout
        for text in (short, long):
            self.assertLessEqual(max(map(len, text.splitlines())), 80)
            self.assertNotIn('\n\n\n', text)
            self.assertEqual(re.findall(r'(?m)^(?:Usage:|      ) native_capture .*(?:-o FILE|--read FILE|--list-interfaces)', text).__len__(), 3)
            self.assertIn('  -f, --filter EXPR ', text)
            self.assertIn('      --summary[=json] ', text)
        # -h is a line for each option, --help says more of each.
        option_lines = [line for line in short.splitlines() if re.match(r'  (?:-|    --)', line)]
        self.assertEqual(len(option_lines), len(self.options) + 1)
        self.assertGreater(len(long.splitlines()), len(short.splitlines()) + 10)
        self.assertIn('Examples:', long)
        self.assertNotIn('Examples:', short)

    def test_no_arguments(self):
        done = program()
        self.assertEqual((done.returncode, done.stdout), (2, ''))
        self.assertEqual(done.stderr.splitlines(), program('-h').stdout.splitlines()[:3])

    def test_version(self):
        version = program('--version').stdout.strip()
        self.assertRegex(version, r'^native_capture \d+\.\d+\.\d+$')
        self.assertIn(f'.TH NATIVE_CAPTURE 1 "" "{version}" ', (HERE / 'man' / 'native_capture.1').read_text())

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
