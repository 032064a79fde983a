#!/usr/bin/env python3
"""Tells a person what ctest did: report_ctest.py JUNIT_FILE

The output of each failed test, "skipped: reason" for whatever was left out (a whole test, a case that unittest skipped, a
line of that form), then the counts.
"""
import re
import sys
import xml.etree.ElementTree as tree

UNITTEST_SKIP = re.compile(r"""^.* \.\.\. skipped (['"])(.*)\1$""")


def skips(output):
    """The reasons that stand in a test's output."""
    for line in map(str.strip, output.splitlines()):
        match = UNITTEST_SKIP.match(line)
        if match:
            yield match[2]
        elif line.startswith("skipped: "):
            yield line[len("skipped: "):]


def main():
    passed, failed, skipped = 0, 0, 0
    for test in tree.parse(sys.argv[1]).getroot().iter("testcase"):
        output = test.findtext("system-out") or ""
        reasons = list(skips(output))
        if test.get("status") == "fail":
            failed += 1
            print("FAILED %s\n%s" % (test.get("name"), output))
        elif test.get("status") == "run":
            passed += 1
        elif not reasons:
            reasons = [test.get("name")]
        skipped += len(reasons)
        for reason in reasons:
            print("skipped: " + reason)
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    return 1 if failed or not passed + skipped else 0


sys.exit(main())
