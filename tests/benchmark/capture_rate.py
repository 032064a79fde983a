"""How many packets does native_capture lose, and what does a packet cost it, beside tcpdump and dumpcap?

    sudo python3 tests/benchmark/capture_rate.py --program build/native/native_capture/native_capture [--seconds 5]

A client floods a server in another network namespace with small UDP datagrams (iperf3), as fast as a veth pair takes them.
First each program captures a flood of its own (processor time a packet), then all capture the same flood (drops). Prints a
table in Markdown, or with --json each program's figures.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'capture'))
import lab  # noqa: E402

FILTER = f'udp and host {lab.SERVER}'


def programs(path):
    return {
        'native_capture': ([path, '-i', 'va', '-f', FILTER, '-o', '{file}', '--force', '--summary=none'], 'Writing'),
        'tcpdump': (['tcpdump', '-Z', 'root', '-n', '-i', 'va', '-w', '{file}', FILTER], 'listening on'),
        'dumpcap': (['dumpcap', '-q', '-P', '-i', 'va', '-f', FILTER, '-w', '{file}'], 'File:'),
    }


def drops_said(name, said):
    if name == 'native_capture':
        return int(re.search(r'dropped by the kernel: ([\d,]+)', said)[1].replace(',', ''))
    if name == 'tcpdump':
        return int(re.search(r'(\d+) packets dropped by kernel', said)[1])
    return int(re.search(r'received/dropped on interface .*: \d+/(\d+)', said)[1])


class Capture:
    def __init__(self, name, command, ready, network, folder):
        self.name, self.file = name, folder / f'{name}.pcap'
        filled = [part.format(file=self.file) for part in command]
        self.run = lab.Run(filled, namespace=network.client).wait_for(ready)

    def finish(self):
        """Packets, drops and processor seconds."""
        time.sleep(1.5)
        os.kill(self.run.process.pid, signal.SIGINT)
        _, _, usage = os.wait4(self.run.process.pid, 0)
        self.run._reader.join(5)
        size = self.file.stat().st_size
        packets = len_of(self.file)
        self.file.unlink()
        return packets, drops_said(self.name, self.run.said), usage.ru_utime + usage.ru_stime, size


def len_of(path):
    done = subprocess.run(['capinfos', '-c', '-M', path], capture_output=True, text=True, check=True)
    return int(re.search(r'Number of packets: +(\d+)', done.stdout)[1])


def flood(network, seconds, length):
    subprocess.run(lab.inside(network.client, ['iperf3', '-c', lab.SERVER, '-u', '-b', '0', '-l', str(length), '-t', str(seconds)]),
                   check=True, capture_output=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--seconds', type=int, default=5)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--json', action='store_true')
    parser.add_argument('--length', type=int, default=16, help='bytes of a datagram')
    options = parser.parse_args()
    reason = lab.why_no_network() or next((f'{name} is not installed' for name in ('iperf3', 'tcpdump', 'dumpcap', 'capinfos')
                                           if shutil.which(name) is None), None)
    if reason:
        print('SKIPPED:', reason)
        sys.exit(lab.SKIPPED)
    network = lab.Network()
    server = lab.Run(['iperf3', '-s'], namespace=network.server)
    time.sleep(0.5)
    contestants = programs(str(pathlib.Path(options.program).resolve()))
    with tempfile.TemporaryDirectory(dir='/dev/shm') as folder:
        folder = pathlib.Path(folder)
        cost = {name: [] for name in contestants}
        for _ in range(options.rounds):
            for name, (command, ready) in contestants.items():
                capture = Capture(name, command, ready, network, folder)
                flood(network, options.seconds, options.length)
                packets, drops, seconds, _ = capture.finish()
                cost[name].append((seconds * 1e9 / packets, packets, drops))
        together = {name: Capture(name, command, ready, network, folder) for name, (command, ready) in contestants.items()}
        flood(network, options.seconds, options.length)
        shared = {name: capture.finish() for name, capture in together.items()}
    server.process.kill()
    (print_json if options.json else print_table)(figures(cost, shared, options.seconds))


def figures(cost, shared, seconds):
    return {name: {'ns_per_packet': statistics.median(r[0] for r in rounds),
                   'packets_per_s': statistics.median(r[1] for r in rounds) / seconds,
                   'dropped_alone': sum(r[2] for r in rounds), 'packets_together': shared[name][0],
                   'dropped_together': shared[name][1]} for name, rounds in cost.items()}


def print_json(programs):
    print(json.dumps(programs))


def print_table(programs):
    print('| program | ns of processor time a packet (alone, median) | packets/s (alone) | dropped (alone) |'
          ' packets (together) | dropped (together) |')
    print('|---|---|---|---|---|---|')
    for name, of in programs.items():
        print(f"| {name} | {of['ns_per_packet']:.0f} | {of['packets_per_s']:,.0f} | {of['dropped_alone']:,} |"
              f" {of['packets_together']:,} | {of['dropped_together']:,} |")


if __name__ == '__main__':
    main()
