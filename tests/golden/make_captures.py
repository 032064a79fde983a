#!/usr/bin/env python3
"""Makes the captures in tests/golden/captures: small, deterministic, every packet built by hand in generate/.

    make_captures.py            writes all of them
    make_captures.py --check    fails when a stored capture is not what this program makes
    make_captures.py --list     names and what each shows
"""
import gzip
import importlib
import os
import pkgutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "captures")
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

import generate  # noqa: E402
from generate.registry import CAPTURES  # noqa: E402

for module in pkgutil.iter_modules(generate.__path__):
    importlib.import_module("generate." + module.name)


def content(data):
    """What must be equal: compressed bytes depend on the zlib that wrote them."""
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def check():
    wrong = sorted(set(os.listdir(FOLDER)) ^ set(CAPTURES))
    for name in sorted(set(CAPTURES) - set(wrong)):
        with open(os.path.join(FOLDER, name), "rb") as stored:
            if content(stored.read()) != content(CAPTURES[name]()):
                wrong.append(name)
    for name in wrong:
        print("not what make_captures.py makes: captures/" + name, file=sys.stderr)
    return 1 if wrong else 0


def main():
    if "--check" in sys.argv:
        return check()
    if "--list" in sys.argv:
        for name, make in sorted(CAPTURES.items()):
            print("%-38s %s" % (name, " ".join(make.__doc__.split())))
        return 0
    os.makedirs(FOLDER, exist_ok=True)
    for name, make in CAPTURES.items():
        with open(os.path.join(FOLDER, name), "wb") as out:
            out.write(make())
    return 0


sys.exit(main())
