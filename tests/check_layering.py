#!/usr/bin/env python3
"""Checks the #include lines of wasm/ against tests/layering.txt: who may include whom.

    check_layering.py              checks wasm/; prints each include that is not allowed
    check_layering.py --self-test  proves that wrong includes are found
"""
import os
import re
import sys

TESTS = os.path.dirname(os.path.abspath(__file__))
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def read_rules(lines):
    """{folder: the folders and files it may include}."""
    rules = {}
    for line in lines:
        line = line.split("#")[0].strip()
        if line:
            folder, _, allowed = line.partition(":")
            rules[folder.strip()] = {folder.strip(), *allowed.split()}
    return rules


def complaints(rules, path, lines):
    """What is wrong with one file; `path` is relative to wasm/."""
    folder = path.split("/")[0]
    if folder not in rules:
        return ["%s: folder %s/ is not in tests/layering.txt" % (path, folder)]
    found = []
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            target = match[1].split("/")[0]
            if "/" not in match[1] or target not in rules:
                found.append('%s:%d: "%s" does not name a file from wasm/ (FOLDER/FILE)' % (path, number, match[1]))
            elif target not in rules[folder] and match[1] not in rules[folder]:
                found.append('%s:%d: %s/ may not include "%s"' % (path, number, folder, match[1]))
    return found


def sources(top):
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != "node_modules"]  # other people's
        for name in sorted(names):
            if name.endswith((".h", ".cpp")):
                yield os.path.join(folder, name)


def check():
    top = os.path.join(os.path.dirname(TESTS), "wasm")
    with open(os.path.join(TESTS, "layering.txt"), encoding="utf-8") as file:
        rules = read_rules(file)
    found, count = [], 0
    for path in sources(top):
        count += 1
        with open(path, encoding="utf-8") as file:
            found += complaints(rules, os.path.relpath(path, top).replace(os.sep, "/"), file)
    print("\n".join(found or ["%d files of wasm/ include only what they may" % count]))
    return 1 if found or not count else 0


def self_test():
    rules = read_rules(["base:", "capture: base  # reads files", "engine: base capture", "csv: base/bytes.h"])
    assert complaints(rules, "engine/a.cpp", ['#include "capture/pcap.h"', '#include "engine/a.h"', "#include <map>"]) == []
    assert len(complaints(rules, "base/a.h", ['#include "capture/pcap.h"'])) == 1
    assert len(complaints(rules, "capture/a.h", ['  #  include "engine/engine.h"', '#include "pcap.h"'])) == 2
    assert len(complaints(rules, "csv/a.h", ['#include "base/bytes.h"', '#include "base/text.h"'])) == 1
    assert len(complaints(rules, "new/a.h", [])) == 1
    return 0


sys.exit(self_test() if "--self-test" in sys.argv else check())
