# SPDX-License-Identifier: BSD-2-Clause
"""How far reported round-trip times are from the truth: `icmp ping` and iputils `ping` side by side.

Both ping the same host over a veth pair while tcpdump captures on the interface they send by. The truth for
an echo is the time between its request and its reply in the capture; the error of a program is how far what
it printed is from that. The two take turns, first on an idle machine, then with one busy process a core.

Usage: rtt.py [--json] [--count N] [--rounds N] [PROGRAM]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "netns"))

import network  # noqa: E402
import pcap  # noqa: E402
import privilege  # noqa: E402
from network import HANG_GUARD_S, Network, Node  # noqa: E402
from program import default_program  # noqa: E402

INTERVAL_S = "0.01"
RATIO_BAR = 1 / 3
NS_PER_MS = 1_000_000

Measure = Callable[[Node, str, int], list[int]]


def measure_icmp(program: pathlib.Path) -> Measure:
    def measure(node: Node, target: str, count: int) -> list[int]:
        done = node.run(str(program), "ping", "--json", "-c", str(count), "-i", INTERVAL_S, target)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return in_order({line["seq"]: line["rtt_ns"] for line in lines if line["type"] == "reply"}, count)

    return measure


def measure_iputils(node: Node, target: str, count: int) -> list[int]:
    done = node.run("ping", "-n", "-c", str(count), "-i", INTERVAL_S, target)
    found = re.findall(r"icmp_seq=(\d+) ttl=\d+ time=([\d.]+) ms", done.stdout)
    return in_order({int(sequence): round(float(ms) * NS_PER_MS) for sequence, ms in found}, count)


def in_order(by_sequence: dict[int, int], count: int) -> list[int]:
    """Round-trip times of sequence 1 to `count`."""
    missing = [sequence for sequence in range(1, count + 1) if sequence not in by_sequence]
    if missing:
        raise RuntimeError(f"no reply reported for {len(missing)} of {count} echoes")
    return [by_sequence[sequence] for sequence in range(1, count + 1)]


@contextlib.contextmanager
def capture(node: Node, device: str, path: pathlib.Path) -> Iterator[None]:
    """Capture echoes on a device while the body runs; the file is whole afterwards."""
    arguments = ("-i", device, "-n", "-U", "-s", "128", "--time-stamp-precision=nano", "-w", str(path),
                 "icmp")
    tcpdump = node.start("tcpdump", "-Z", "root", *arguments)
    assert tcpdump.stderr is not None
    for line in tcpdump.stderr:
        if "listening on" in line:
            break
    try:
        yield
    finally:
        tcpdump.terminate()
        tcpdump.communicate()


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    """One process a core that does nothing but compute."""
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


def wait_for_capture(path: pathlib.Path, count: int) -> list[int]:
    """Round-trip times in the capture, once all are there: tcpdump takes packets from the kernel late."""
    deadline = time.monotonic() + HANG_GUARD_S
    while len(captured := pcap.round_trips(path)) < count:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{len(captured)} of {count} echoes in the capture")
        time.sleep(0.1)
    return captured


def errors_of_round(bed: Network, measure: Measure, count: int, directory: pathlib.Path) -> list[int]:
    """|reported - captured| of each echo of one run."""
    here, target = bed["here"], bed["server"].address(4)
    path = directory / "echoes.pcap"
    with capture(here, here.ports["server"].device, path):
        reported = measure(here, target, count)
        captured = wait_for_capture(path, count)
    return [abs(ours - truth) for ours, truth in zip(reported, captured, strict=True)]


def errors(bed: Network, measures: dict[str, Measure], count: int, rounds: int) -> dict[str, list[int]]:
    """Errors of each program over all rounds; the programs take turns, and in going first too."""
    found: dict[str, list[int]] = {name: [] for name in measures}
    names = list(measures)
    with tempfile.TemporaryDirectory() as directory:
        for number in range(rounds):
            for name in names if number % 2 == 0 else reversed(names):
                found[name] += errors_of_round(bed, measures[name], count // rounds, pathlib.Path(directory))
    return found


def percentile(values: list[int], percent: int) -> int:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


def figures(found: dict[str, list[int]]) -> dict[str, Any]:
    result: dict[str, Any] = {name: {"echoes": len(values), "median_ns": percentile(values, 50),
                                     "p99_ns": percentile(values, 99)} for name, values in found.items()}
    result["ratio"] = {key: round(result["icmp"][f"{key}_ns"] / max(1, result["ping"][f"{key}_ns"]), 4)
                       for key in ("median", "p99")}
    return result


def table(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [f"{'':6}{'program':10}{'median error':>16}{'p99 error':>16}"]
    for load in ("idle", "busy"):
        for name in ("icmp", "ping"):
            row = result[load][name]
            median, p99 = row["median_ns"] / 1000, row["p99_ns"] / 1000
            lines.append(f"{load:6}{name:10}{median:13.3f} us{p99:13.3f} us")
        ratio = result[load]["ratio"]
        lines.append(f"{load:6}{'ratio':10}{ratio['median']:16.3f}{ratio['p99']:16.3f}")
    lines.append(f"bar: every ratio at most {RATIO_BAR:.3f}: {'met' if result['met'] else 'MISSED'}")
    return "\n".join(lines)


def run(program: pathlib.Path, count: int, rounds: int) -> dict[str, Any]:
    measures: dict[str, Measure] = {"icmp": measure_icmp(program), "ping": measure_iputils}
    result: dict[str, Any] = {"type": "bench", "name": "rtt", "bar": round(RATIO_BAR, 4)}
    with network.chain(0) as bed:
        for measure in measures.values():
            measure(bed["here"], bed["server"].address(4), 5)  # neighbours known, program in the page cache
        result["idle"] = figures(errors(bed, measures, count, rounds))
        with busy_cores():
            result["busy"] = figures(errors(bed, measures, count, rounds))
    ratios = [ratio for load in ("idle", "busy") for ratio in result[load]["ratio"].values()]
    result["met"] = max(ratios) <= RATIO_BAR
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", type=pathlib.Path, default=default_program())
    parser.add_argument("--json", action="store_true", help="the result as one JSON object only")
    parser.add_argument("--count", type=int, default=1000,
                        help="echoes of each program, idle and busy (1000)")
    parser.add_argument("--rounds", type=int, default=4, help="the programs take turns so often (4)")
    options = parser.parse_args()
    if not privilege.is_root():
        if not privilege.can_sudo():
            parser.error(privilege.NEEDS_ROOT)
        privilege.become_root([sys.executable, *sys.argv])
    network.remove_stale_namespaces()
    result = run(options.program.resolve(), options.count, options.rounds)
    if not options.json:
        print(table(result))
    print(json.dumps(result))
    return 0 if result["met"] else 1


if __name__ == "__main__":
    sys.exit(main())
