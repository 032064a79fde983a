"""make_traces.py --program PATH --folder FOLDER: captures real traffic for others to look at.

For each trace, what the program wrote is FOLDER/NAME, and what it answered at the end of the capture FOLDER/NAME.json. Ends with status
77, and the reason, where network namespaces cannot be made.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import lab
from lab import HTTP_PORT, SERVER, SERVER6, in_namespace, inside
from test_traffic import BOTH, datagrams, echo_requests, tagged_frames

URLS = [f'http://{host}:{HTTP_PORT}/{page}' for host in (SERVER, f'[{SERVER6}]') for page in ('', 'page.bin')]
CURL = ['curl', '-sS', '-g', *(part for url in URLS for part in ('-o', '/dev/null', url))]


def everything(network):
    """TCP over IPv4 and IPv6, pings, UDP with ICMP errors, fragments, a VLAN."""
    subprocess.run(inside(network.client, CURL), check=True, timeout=60)
    for traffic in (echo_requests, datagrams, tagged_frames):
        in_namespace(network.client, traffic)
    time.sleep(0.3)


def capture(network, path, *arguments, traffic=None):
    """Runs the program; its answers as JSON go beside the file."""
    command = [lab.PROGRAM, '-o', path, '--force', '--summary=json', *arguments]
    with open(f'{path}.json', 'wb') as answers:
        run = lab.Run(list(map(str, command)), network.client, stdout=answers).wait_for('Writing')
        if traffic:
            traffic(network)
            run.stop()
        if run.wait(30) != 0:
            raise RuntimeError(run.said)


def make_all(folder):
    network = lab.Network()
    with tempfile.TemporaryDirectory() as pages:
        pathlib.Path(pages, 'page.bin').write_bytes(os.urandom(300_000))
        for host in (SERVER, SERVER6):
            server = pathlib.Path(__file__).resolve().parent / 'http_server.py'
            lab.Run([sys.executable, '-B', str(server), host, str(HTTP_PORT), pages], network.server).wait_for('serving')
        capture(network, folder / 'command.pcap', '--host', SERVER, '--', *CURL)
        capture(network, folder / 'everything.pcap', '-i', 'va', '-f', BOTH, traffic=everything)
        capture(network, folder / 'everything.pcapng', '-i', 'va', '-f', BOTH, '--pcapng', '--nanoseconds', traffic=everything)
        capture(network, folder / 'cooked.pcap', '-i', 'any', '-f', f'host {SERVER} or host {SERVER6}', '--snaplen', 96, traffic=everything)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--folder', required=True)
    options = parser.parse_args()
    reason = lab.why_no_network() or (None if shutil.which('curl') else 'curl is not installed')
    if reason:
        print(reason)
        sys.exit(lab.SKIPPED)
    lab.PROGRAM = str(pathlib.Path(options.program).resolve())
    folder = pathlib.Path(options.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    make_all(folder)
    print('made:', *sorted(path.name for path in folder.iterdir()))


main()
