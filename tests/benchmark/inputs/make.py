"""Makes the benchmark's files: make.py FOLDER NAME... (names below); one that is there already is kept.

    python3 tests/benchmark/inputs/make.py build/benchmark/inputs web.pcap small.pcap
"""
import datetime
import pathlib
import subprocess
import sys

import page_loads
import small_packets
from replicate import replicate

MB = 1_000_000
ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = ROOT / 'build/native/native_capture/native_capture'

# Whole copies are written, up to this size or a little more.
CAPTURES = {
    'web.pcap': (page_loads, 500 * MB, 'pcap'),
    'web.pcapng': (page_loads, 500 * MB, 'pcapng'),
    'web100.pcap': (page_loads, 100 * MB, 'pcap'),
    'web1000.pcap': (page_loads, 1_000 * MB, 'pcap'),
    'web5000.pcap': (page_loads, 5_000 * MB, 'pcap'),
    'small.pcap': (small_packets, 980 * MB, 'pcap'),  # ten million packets
    'quick.pcap': (page_loads, 5 * MB, 'pcap'),
    'quick.pcapng': (page_loads, 5 * MB, 'pcapng'),
}
# Made of a capture: as Wireshark exports it, and compressed.
CSVS = {'web.csv': 'web1000.pcap', 'quick.csv': 'quick.pcap'}
COMPRESSED = {'web.pcap.gz': 'web.pcap', 'quick.pcap.gz': 'quick.pcap'}


def write_csv(capture, path):
    """The packet list as Wireshark exports it, with dates in the Time column, as the lab's files have."""
    start = datetime.datetime(2024, 10, 1, 15, 30)
    export = subprocess.Popen([PROGRAM, '--read', capture, '--csv', '-'], stdout=subprocess.PIPE, text=True)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(next(export.stdout))
        for line in export.stdout:
            number, time, rest = line.split(',', 2)
            date = start + datetime.timedelta(seconds=float(time.strip('"')))
            out.write(f'{number},"{date:%Y-%m-%d %H:%M:%S.%f}",{rest}')
    if export.wait() != 0:
        sys.exit(f'{capture}: no csv could be made of it')


def make(folder, name):
    path = folder / name
    if path.exists():
        return
    part = folder / f'{name}.part'
    if name in CAPTURES:
        source, size, kind = CAPTURES[name]
        replicate(source.packets(), part, size, kind)
    elif name in CSVS:
        make(folder, CSVS[name])
        write_csv(folder / CSVS[name], part)
    elif name in COMPRESSED:
        make(folder, COMPRESSED[name])
        with open(part, 'wb') as out:
            subprocess.run(['gzip', '-6', '-c', folder / COMPRESSED[name]], stdout=out, check=True)
    else:
        sys.exit(f'{name}: not one of {", ".join([*CAPTURES, *CSVS, *COMPRESSED])}')
    part.rename(path)
    print(f'{path.name}: {path.stat().st_size:,} bytes', flush=True)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        make(folder, name)


if __name__ == '__main__':
    main()
