#!/usr/bin/env python3
"""Runs the pandas lines that the page shows, and compares each with the page's figure: the same double, or it fails.

    check.py --tools BUILD FILE...            files as a student opens them: csv, or captures (their csv is exported)

For each file, BUILD/tests/open_file says what the page shows; the lines run as a student runs them: the preamble, then
one figure's lines, in the folder that holds the csv.
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


def same(value, figure):
    return float(value) == float(figure)


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
    def __init__(self, build, verbose):
        self.build, self.verbose = build, verbose
        self.compared, self.failures, self.without = 0, [], {}

    def fail(self, path, name, what):
        self.failures.append("%s: %s: %s" % (path, name, what))
        print("FAILED", self.failures[-1], flush=True)

    def check(self, path):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.basename(path)
            opened = os.path.join(folder, name)
            shutil.copyfile(path, opened)
            os.chmod(opened, 0o644)
            if name.endswith(".gz"):
                name = name[:-3]
                with gzip.open(opened) as packed, open(os.path.join(folder, name), "wb") as out:
                    try:
                        shutil.copyfileobj(packed, out)
                    except EOFError:
                        pass
                opened = os.path.join(folder, name)
            tool = subprocess.run([self.build + "/tests/open_file", opened, name], capture_output=True)
            if tool.returncode != 0:
                return "is not opened: " + tool.stderr.decode(errors="replace").strip()
            shown = json.loads(tool.stdout)
            if "rename" in shown and False:
                return None
            preamble = shown["definitions"]["preamble"]
            csv = re.search(r'pd\.read_csv\("((?:[^"\\]|\\.)*)"', preamble)[1]
            csv = ast.literal_eval('"' + csv + '"')
            if not os.path.exists(os.path.join(folder, csv)):
                export = [self.build + "/native_capture/native_capture", "--read", opened, "--csv", csv, "-q",
                          "--summary=none"]
                subprocess.run(export, cwd=folder, check=True, capture_output=True)
            self.check_lines(path, folder, shown)
        return None

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
            if known and figure is not None:
                self.without.setdefault(name, []).append((path, definition["definition"].split("no pandas lines")[-1]))
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
        if not same(value, figure):
            self.fail(path, name, "pandas %r, the page %r" % (value, figure))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    checker = Checker(os.path.abspath(options.build), options.verbose)
    for path in options.files:
        said = checker.check(path)
        if said:
            print(path, said)
    for name, cases in sorted(checker.without.items()):
        if options.verbose:
            for path, why in cases:
                print("no lines:", name, path, why)
    print("%d figures compared, %d failed; pandas %s" % (checker.compared, len(checker.failures), pd.__version__))
    return 1 if checker.failures else 0


if __name__ == "__main__":
    sys.exit(main())
