# SPDX-License-Identifier: BSD-2-Clause
"""How often `icmp diagnose` is right on real Linux routers, and how long it takes: each fault, several times.

Every run gets a network of its own. A run is right when verdict, place and address are.

Usage: verdicts.py [--json] [--runs N] [--stock-limits] [PROGRAM]
"""

from __future__ import annotations

import argparse
import json
import pathlib
import statistics
import sys
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "netns"))

import network  # noqa: E402
import privilege  # noqa: E402
from faults import FAULTS, Fault  # noqa: E402
from network import Network  # noqa: E402
from program import Line, Program, default_program  # noqa: E402

NS_PER_S = 1_000_000_000


def nothing(_: Network, __: int) -> None:
    """The healthy network."""


HEALTHY = Fault("healthy", nothing, "ok", "", 0, None, answers=True)


def is_right(fault: Fault, family: int, diagnosis: Line, chain: Network) -> bool:
    if fault.verdict == "ok":
        return diagnosis["verdict"] == "ok"
    where = diagnosis["where"]
    address_fits = fault.node is None or where["address"] == chain[fault.node].address(family)
    said = (diagnosis["verdict"], where["relation"], where["ttl"])
    return address_fits and said == (fault.verdict, fault.relation, fault.ttl)


def measure(program: Program, fault: Fault, family: int, runs: int, stock_limits: bool) -> dict[str, Any]:
    right, elapsed, probes = 0, [], []
    for _ in range(runs):
        with network.chain(3) as chain:
            if stock_limits:
                chain.limit_like_a_stock_kernel()
            fault.apply(chain, family)
            diagnosis = program.diagnose(chain["here"], chain["server"].address(family)).diagnosis()
            right += is_right(fault, family, diagnosis, chain)
        elapsed.append(diagnosis["elapsed_ns"])
        probes.append(diagnosis["probes"])
    return {"fault": fault.name, "family": family, "verdict": fault.verdict, "runs": runs, "right": right,
            "median_elapsed_ns": round(statistics.median(elapsed)), "max_elapsed_ns": max(elapsed),
            "median_probes": round(statistics.median(probes))}


def table_line(row: dict[str, Any]) -> str:
    return (f"{row['fault']:28} v{row['family']}  {row['right']:3} of {row['runs']:3} right"
            f"{row['median_elapsed_ns'] / NS_PER_S:9.3f} s median"
            f"{row['max_elapsed_ns'] / NS_PER_S:9.3f} s at most"
            f"{row['median_probes']:6} probes")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", type=pathlib.Path, default=default_program())
    parser.add_argument("--json", action="store_true", help="the result as one JSON object only")
    parser.add_argument("--runs", type=int, default=10, help="of each fault and family (10)")
    parser.add_argument("--stock-limits", action="store_true", help="routers limit ICMP errors as Linux does")
    options = parser.parse_args()
    if not privilege.is_root():
        if not privilege.can_sudo():
            parser.error(privilege.NEEDS_ROOT)
        privilege.become_root([sys.executable, *sys.argv])
    network.remove_stale_namespaces()
    program = Program(options.program.resolve())
    rows = []
    for fault in (HEALTHY, *FAULTS):
        for family in fault.families:
            rows.append(measure(program, fault, family, options.runs, options.stock_limits))
            if not options.json:
                print(table_line(rows[-1]), flush=True)
    total, right = sum(row["runs"] for row in rows), sum(row["right"] for row in rows)
    print(json.dumps({"type": "bench", "name": "verdicts", "runs": total, "right": right,
                      "faults": rows}))
    return 0 if right == total else 1


if __name__ == "__main__":
    sys.exit(main())
