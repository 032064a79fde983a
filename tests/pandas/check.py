#!/usr/bin/env python3
"""Runs the pandas lines that the page shows, and compares each with the page's figure: the same double, or it fails.

    check.py                 the course's files, the golden captures, and a csv of every kind that make_csv.py makes
    check.py FILE...         others: csv, or captures, whose csv native_capture saves

What the page shows of a file, build/native/tests/open_file tells. The lines run as a student runs them: the preamble,
then one figure's, in the folder that holds the csv. A line that warns fails too.
"""
import argparse
import ast
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import make_csv

# Figures that the summary names otherwise than the definitions do.
LOSS = ["fast", "spurious", "timeout", "out_of_order", "lost_segments", "acked_lost_segments", "duplicate_acks",
        "keep_alives", "keep_alive_acks"]


def run(code, names):
    """Runs lines; the value of the last one, if it is an expression."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<lines>", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "<lines>", "eval"), names)


def expected(shown):
    """{name: the page's figure}; None where the page says that it is not known."""
    summary, details = shown["summary"], shown["summary"]["details"]
    figures = {name: summary.get(name) for name in shown["definitions"]["figures"]}
    loss = details["loss"]
    figures.update({name: loss.get(name) for name in LOSS})
    figures["needless"] = loss.get("needless_count")
    figures["handshake"] = summary.get("rtt_ms") if details["rtt"]["method"] == "handshake" else None
    figures["idle_tail"] = details["idle_tail"]["packets"] if details["idle_tail"] else 0
    figures["iat_negative"] = (details["interarrival"] or {}).get("negative")
    return figures


def file_read_by(preamble):
    """The file's name that stands in read_csv(…)."""
    for node in ast.walk(ast.parse(preamble)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "read_csv":
            return node.args[0].value
    raise ValueError("the preamble reads no csv")


def check_plot(code, names, corners, quantity):
    """The plot is one line of steps, through every corner that its axis has room for."""
    plt.close("all")
    run(code, names)
    axes = plt.gca()
    assert len(axes.lines) == 1, "%d lines" % len(axes.lines)
    line = axes.lines[0]
    assert line.get_drawstyle() == "steps-post", line.get_drawstyle()
    assert axes.get_xlabel() and axes.get_ylabel(), "no label at an axis"
    total = int(corners[-1][1])
    scale = 1 if quantity == "size" else 10**9
    wanted = [(int(x) / scale, int(n) / total) for x, n in corners]
    if axes.get_xscale() == "log":
        assert quantity == "iat", "a logarithmic axis of sizes"
        wanted = [(x, y) for x, y in wanted if x > 0]
        zeros = sum(1 for x, _ in corners if int(x) <= 0)
        below = int(corners[zeros - 1][1]) if zeros else 0
        assert axes.get_xlabel().split("\n")[1].startswith("%d of %d " % (below, total)), axes.get_xlabel()
    assert len(wanted) > 0
    np.testing.assert_array_equal(np.asarray(line.get_xdata(), dtype=float), [x for x, _ in wanted])
    np.testing.assert_array_equal(np.asarray(line.get_ydata(), dtype=float), [y for _, y in wanted])


class Checker:
    def __init__(self, build):
        self.build = os.path.abspath(build)
        self.files, self.compared, self.failures, self.without = 0, 0, 0, []

    def fail(self, path, name, what):
        self.failures += 1
        print("FAILED %s: %s: %s" % (os.path.basename(path), name, what), flush=True)

    def check(self, path):
        """What is wrong with opening the file; its lines' failures are kept."""
        name = os.path.basename(path)
        with tempfile.TemporaryDirectory() as folder:
            opened = os.path.join(folder, name)
            shutil.copyfile(path, opened)
            inflated = opened
            if name.endswith(".gz"):
                inflated = os.path.join(folder, "inflated")
                with gzip.open(opened) as packed, open(inflated, "wb") as out:
                    shutil.copyfileobj(packed, out)
            tool = subprocess.run([self.build + "/tests/open_file", inflated, name], capture_output=True)
            if tool.returncode != 0:
                return tool.stderr.decode(errors="replace").strip()
            shown = json.loads(tool.stdout)
            csv = file_read_by(shown["definitions"]["preamble"])
            if not os.path.exists(os.path.join(folder, csv)) or "in its place" in shown["definitions"]["preamble"]:
                export = [self.build + "/native_capture/native_capture", "--read", opened, "--csv", "saved"]
                subprocess.run(export, cwd=folder, check=True, capture_output=True)
                os.replace(os.path.join(folder, "saved"), os.path.join(folder, csv))
            self.check_lines(path, folder, shown)
        self.files += 1
        return ""

    def check_lines(self, path, folder, shown):
        definitions, figures = shown["definitions"], expected(shown)
        before = os.getcwd()
        os.chdir(folder)
        try:
            names = {}
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # a student would wonder about any
                try:
                    run(definitions["preamble"], names)
                except Exception as error:
                    return self.fail(path, "preamble", repr(error))
                for name, definition in definitions["figures"].items():
                    self.check_figure(path, name, definition, dict(names), figures.get(name), shown)
        finally:
            os.chdir(before)

    def check_figure(self, path, name, definition, names, figure, shown):
        code = definition["pandas"]
        quantity = name.split("_")[0]
        known = figure is not None or name.endswith(("_cdf", "_percentile"))
        if not code:
            if known and "no pandas lines" not in definition["definition"]:
                self.fail(path, name, "the page knows %s, and nothing says why pandas does not" % figure)
            elif known:
                why = definition["definition"].partition("no pandas lines for it: ")[2]
                self.without.append("%s: no lines for %s: %s" % (os.path.basename(path), name, why))
            return
        if not known:
            return self.fail(path, name, "has lines, and the page does not know it")
        try:
            if name.endswith("_cdf"):
                check_plot(code, names, shown["cdf"][quantity], quantity)
                self.compared += 1
                return
            if name.endswith("_percentile"):
                for p, wanted in shown["percentiles"][quantity].items():
                    self.compare(path, name + " " + p, run(re.sub(r"^p = \d+", "p = " + p, code), dict(names)), wanted)
                return
            value = run(code, names)
            self.compare(path, name, len(value) if name == "idle_tail" else value, figure)
        except Exception as error:
            self.fail(path, name, repr(error)[:400])

    def compare(self, path, name, value, figure):
        self.compared += 1
        if float(value) != float(figure):
            self.fail(path, name, "pandas %r, the page %r" % (value, figure))


def course_files():
    folder = os.path.join(os.environ.get("TRACEDROP_CORPUS", ""), "course")
    if not os.path.isdir(folder):
        print("skipped: the course's csv (no corpus: TRACEDROP_CORPUS, or ../shared/corpus)")
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if re.search(r"\.(csv|pcap)", name)]


def check_all(checker):
    """Every file that the project has or makes: each must open."""
    here = os.path.dirname(os.path.abspath(__file__))
    captures = os.path.join(here, "..", "golden", "captures")
    golden = [os.path.join(captures, name) for name in sorted(os.listdir(captures))]
    with tempfile.TemporaryDirectory() as folder:
        for path in make_csv.make(folder) + course_files() + golden:
            if problem := checker.check(path):
                checker.fail(path, "opening", problem)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/native", help="the native build's folder")
    parser.add_argument("-v", "--verbose", action="store_true", help="name the figures that have no lines, and why")
    parser.add_argument("files", nargs="*", help="instead of the project's own: captures and csv")
    options = parser.parse_args()
    checker = Checker(options.build)
    if not options.files:
        check_all(checker)
    for path in options.files:
        if problem := checker.check(path):
            print("not opened: %s: %s" % (path, problem))
    if options.verbose:
        print("\n".join(sorted(checker.without)))
    print("%d files, %d figures compared, %d of them differ (pandas %s)"
          % (checker.files, checker.compared, checker.failures, pd.__version__))
    return 1 if checker.failures or checker.compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
