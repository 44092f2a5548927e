# SPDX-License-Identifier: BSD-2-Clause
"""The program under test: where it is, how it is run on a node, and what its output lines must hold."""

from __future__ import annotations

import functools
import json
import os
import pathlib
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from network import Node

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# The keys that docs promise for each kind of line; others may stand beside them.
DOCUMENTED_KEYS = {
    "reply": {"target", "address", "seq", "bytes", "ttl", "rtt_ns", "duplicate", "corrupt"},
    "error": {"target", "address", "seq", "from", "icmp"},
    "timeout": {"target", "address", "seq"},
    "summary": {"target", "address", "sent", "received", "duplicates", "errors", "loss", "rtt_ns",
                "jitter_ns"},
    "hop": {"target", "ttl", "replies", "lost"},
    "trace": {"target", "address", "method", "reached", "hops", "links", "probes", "elapsed_ns"},
    "diagnosis": {"target", "address", "verdict", "where", "summary", "advice", "confidence", "findings",
                  "probes", "elapsed_ns"},
}
DOCUMENTED_INNER_KEYS = {
    ("error", "icmp"): {"type", "code", "name"},
    ("summary", "rtt_ns"): {"min", "mean", "max", "stddev", "p50", "p90", "p99"},
    ("diagnosis", "where"): {"relation", "ttl", "address"},
}
HOP_REPLY_KEYS = {"from", "rtt_ns", "icmp", "reply_ttl", "flow", "mpls"}
FINDING_KEYS = {"kind", "where", "detail"}

Line = dict[str, Any]


def default_program() -> pathlib.Path:
    """What the environment variable ICMP names, otherwise the program of the build in this tree."""
    named = os.environ.get("ICMP")
    if named:
        return pathlib.Path(named).resolve()
    places = [REPOSITORY / "build" / "icmp", REPOSITORY / "build" / "src" / "cmd" / "icmp"]
    return next((place for place in places if place.exists()), places[0])


@dataclass(frozen=True)
class Outcome:
    """What a finished run of the program left."""

    status: int
    stdout: str
    stderr: str

    @functools.cached_property
    def lines(self) -> list[Line]:
        """Every line of the standard output, read as JSON."""
        return [json.loads(line) for line in self.stdout.splitlines()]

    def of_type(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line["type"] == kind]

    def only(self, kind: str) -> Line:
        found = self.of_type(kind)
        assert len(found) == 1, f"{len(found)} lines of type {kind}\n{self.stdout}\n{self.stderr}"
        return found[0]

    def diagnosis(self) -> Line:
        assert self.lines, f"status {self.status}, no output\n{self.stderr}"
        assert self.lines[-1]["type"] == "diagnosis", self.stdout
        return self.lines[-1]


class Program:
    """The command `icmp`."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path

    def run(self, node: Node, *arguments: str, user: str = "root") -> Outcome:
        done = node.run(str(self.path), *arguments, user=user)
        return Outcome(done.returncode, done.stdout, done.stderr)

    def start(self, node: Node, *arguments: str, user: str = "root") -> subprocess.Popen[str]:
        return node.start(str(self.path), *arguments, user=user)

    def ping(self, node: Node, *arguments: str, user: str = "root") -> Outcome:
        return self.run(node, "ping", "--json", *arguments, user=user)

    def trace(self, node: Node, *arguments: str, user: str = "root") -> Outcome:
        return self.run(node, "trace", "--json", *arguments, user=user)

    def diagnose(self, node: Node, *arguments: str, user: str = "root") -> Outcome:
        return self.run(node, "diagnose", "--json", *arguments, user=user)


def assert_documented(lines: Iterable[Line]) -> None:
    """Every line has the keys that are documented for its type."""
    for line in lines:
        kind = line["type"]
        assert_has(line, DOCUMENTED_KEYS.get(kind, set()))
        for (owner, key), inner in DOCUMENTED_INNER_KEYS.items():
            if owner == kind and line[key] is not None:
                assert_has(line[key], inner)
        for reply in line["replies"] if kind == "hop" else ():
            assert_has(reply, HOP_REPLY_KEYS)
        for finding in line["findings"] if kind == "diagnosis" else ():
            assert_has(finding, FINDING_KEYS)


def assert_has(line: Line, keys: set[str]) -> None:
    missing = keys - line.keys()
    assert not missing, f"{sorted(missing)} missing in {json.dumps(line)}"
