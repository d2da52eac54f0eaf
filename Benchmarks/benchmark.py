#!/usr/bin/env python3
"""Measures bindlint against tools that only read, on one tree and in one run: the ratios hold on other machines, the
times do not. What is compared runs in turn, A B A B, so that a machine whose speed drifts changes both.

    Benchmarks/benchmark.py                       everything, on 100,000 files
    Benchmarks/benchmark.py --only large small    these parts (large, go, small, growth)
    Benchmarks/benchmark.py --record              and add the ratios to Benchmarks/history.tsv

Needs a release build (`swift build -c release --product bindlint`) and ripgrep. Ends with status 1 if a ratio is
half as much again as in the last line of the history, for that is a regression worth a look.
"""

import argparse
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import trees

HERE = pathlib.Path(__file__).resolve().parent
# A ratio that grew by this much since the last record is reported.
REGRESSION = 1.5


class Run:
    """Wall and processor seconds and peak memory (KB) of one process, by the kernel's own account."""

    def __init__(self, command, folder):
        start = time.perf_counter()
        null = os.open(os.devnull, os.O_RDWR)
        here = os.getcwd()
        os.chdir(folder)
        try:
            child = os.posix_spawnp(command[0], command, os.environ, file_actions=[
                (os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
        finally:
            os.chdir(here)
            os.close(null)
        _, status, usage = os.wait4(child, 0)
        self.wall = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss
        if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
            raise SystemExit(f"{' '.join(command)}: status {status}")


def in_turn(commands, folder, rounds):
    """For each command its runs, after one of each that does not count."""
    runs = [[] for _ in commands]
    for round_ in range(rounds + 1):
        for index, command in enumerate(commands):
            run = Run(command, folder)
            if round_:
                runs[index].append(run)
    return runs


def median(values):
    return statistics.median(values)


def ratio(runs, others):
    """The median over the rounds of how much longer the one took than the other in the same round."""
    return median([a.wall / b.wall for a, b in zip(runs, others)])


class Measurements:
    """What is printed and recorded: names and ratios in order."""

    def __init__(self):
        self.rows = {}

    def add(self, name, value, words):
        self.rows[name] = value
        print(f"  {words:58} {value:8.2f}", flush=True)


def large(bindlint, options, results):
    """The whole default run on a large tree."""
    tree(bindlint, options, results, "", options.files, wants_go=False)


def go(bindlint, options, results):
    """The same on Go's own source, once: the hardest tree there is, for its network library is part of it."""
    tree(bindlint, options, results, "go-", min(options.files, 12_000), wants_go=True)


def tree(bindlint, options, results, prefix, count, wants_go):
    with tempfile.TemporaryDirectory(dir=options.folder) as root:
        total = trees.ordinary(root, count, wants_go)
        what = "files of Go's own source" if wants_go else "files"
        print(f"\n{count} {what}, {total / 1e6:.0f} MB, warm, {options.jobs} threads, {options.rounds} rounds")
        jobs = str(options.jobs)
        check, walk, search, names = in_turn([
            [bindlint, "--isolated", "--jobs", jobs],
            [bindlint, "list", "--show-files", "--source", "env", "--jobs", jobs],
            ["rg", "--count", "listen", "-j", jobs],
            ["rg", "--files", "-j", jobs],
        ], root, options.rounds)
        results.add(f"{prefix}check/rg-c", ratio(check, search), "bindlint : rg --count listen")
        results.add(f"{prefix}walk/rg--files", ratio(walk, names), "bindlint, names and env files only : rg --files")
        results.add(f"{prefix}memory-mb", max(run.memory for run in check) / 1024, "peak memory of bindlint, MB")
        results.add(f"rg-{prefix}memory-mb", max(run.memory for run in search) / 1024, "peak memory of rg, MB")
        stages(bindlint, root, options, jobs)


def stages(bindlint, root, options, jobs):
    """Where the time goes: each source alone, all of which share the walk."""
    sources = ["env", "compose", "dockerfile", "nginx", "command", "node", "go"]
    runs = in_turn([[bindlint, "list", "--isolated", "--source", source, "--jobs", jobs] for source in sources]
                   + [[bindlint, "list", "--isolated", "--jobs", jobs], [bindlint, "--isolated", "--jobs", jobs]],
                   root, max(3, options.rounds // 2))
    whole = median([run.wall for run in runs[-1]])
    print("  of the whole: " + ", ".join(
        f"{name} {median([run.wall for run in mine]) / whole:.2f}"
        for name, mine in zip([f"walk and {source}" for source in sources] + ["list"], runs)))
    print(f"  wall {whole * 1000:.0f} ms, processor {median([run.cpu for run in runs[-1]]) * 1000:.0f} ms")


def small(bindlint, options, results):
    """A hook's case: ten files, and starting up."""
    print("\nten files")
    with tempfile.TemporaryDirectory(dir=options.folder) as root:
        trees.small(root)
        check, version, true, search = in_turn(
            [[bindlint], [bindlint, "--version"], ["/bin/true"], ["rg", "--count", "listen"]], root,
            options.rounds * 20)
        results.add("small/true", ratio(check, true), "bindlint : /bin/true")
        results.add("version/true", ratio(version, true), "bindlint --version : /bin/true")
        results.add("small/rg-c", ratio(check, search), "bindlint : rg --count listen")


GROWTH = [
    ("files", trees.text, [1_000, 10_000, 100_000]),
    ("listeners", trees.listeners, [1_000, 10_000, 100_000]),
    ("services in one compose file", trees.services, [100, 1_000, 10_000]),
    ("megabytes of one nginx configuration", trees.megabytes, [5, 50]),
]


def growth(bindlint, options, results):
    """That cost grows with the input and not faster: time a unit beside that of the size before."""
    for name, make, counts in GROWTH:
        print(f"\n{name}")
        before = None
        for count in counts:
            with tempfile.TemporaryDirectory(dir=options.folder) as root:
                (pathlib.Path(root) / ".git").mkdir()
                make(root, count)
                runs = in_turn([[bindlint, "--isolated", "--fail-on", "never", "--jobs", str(options.jobs)],
                                [bindlint, "--version"]], root, 3)
            # Starting up is no part of the cost of a unit.
            wall = median([max(a.wall - b.wall, 0.0001) for a, b in zip(*runs)])
            unit = wall / count
            memory = max(run.memory for run in runs[0]) / 1024
            print(f"  {count:>8}: {wall * 1000:8.1f} ms {unit * 1e6:10.1f} µs each {memory:7.0f} MB"
                  + (f"   {unit / before:.2f} of the size before" if before else ""), flush=True)
            if before:
                results.rows[f"growth/{name.split()[0]}-{count}"] = unit / before
            before = unit


def machine():
    processor = platform.machine()
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith("model name"):
                processor = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{os.cpu_count()} x {processor}, {platform.system()} {platform.release().split('-')[0]}"


def recorded(history):
    """The last recorded ratios by name."""
    if not history.exists():
        return {}
    last = {}
    for line in history.read_text().splitlines():
        if line and not line.startswith("#"):
            _, name, value, _ = line.split("\t")
            last[name] = float(value)
    return last


def record(results, history):
    commit = subprocess.run(["git", "describe", "--always", "--exclude", "*"], cwd=HERE, capture_output=True,
                            text=True).stdout.strip()
    with history.open("a") as file:
        for name, value in results.rows.items():
            file.write(f"{commit}\t{name}\t{value:.2f}\t{machine()}\n")


def regressions(results, before):
    """Peak memory of another tool and ratios near nothing say nothing."""
    return [f"{name}: {before[name]:.2f} before, {value:.2f} now" for name, value in results.rows.items()
            if name in before and value > before[name] * REGRESSION and value > 1 and not name.startswith("rg-")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bindlint", nargs="?", default=str(HERE.parent / ".build/release/bindlint"))
    parts = {"large": large, "go": go, "small": small, "growth": growth}
    parser.add_argument("--only", nargs="+", choices=parts, default=list(parts))
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--folder", help="where the trees are made; a temporary folder")
    parser.add_argument("--history", type=pathlib.Path, default=HERE / "history.tsv", help="the file of earlier ratios")
    parser.add_argument("--record", action="store_true", help="add the ratios to the history")
    options = parser.parse_args()
    bindlint = str(pathlib.Path(options.bindlint).resolve())
    if not os.access(bindlint, os.X_OK):
        raise SystemExit(f"{bindlint} is not there: swift build -c release --product bindlint")
    if not shutil.which("rg"):
        raise SystemExit("ripgrep is not installed")
    print(machine())
    results = Measurements()
    for part in options.only:
        parts[part](bindlint, options, results)
    found = regressions(results, recorded(options.history))
    for line in found:
        print(f"slower than recorded: {line}", file=sys.stderr)
    if options.record:
        record(results, options.history)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
