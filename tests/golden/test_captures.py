# SPDX-License-Identifier: BSD-2-Clause
"""Captures of real networks against the decodes of another program.

ICMPKIT_CAPTURES names a folder with captures in subfolders and, under ref/, what the other program read from each:
one object a frame that holds ICMP, each field a list of all its occurrences from the outermost header inwards.
"""

from __future__ import annotations

import collections
import functools
import gzip
import json
import os
import pathlib
import subprocess
from typing import Any

import captures
import pytest

FOLDER = os.environ.get("ICMPKIT_CAPTURES")
ROOT = pathlib.Path(FOLDER) if FOLDER else None

# What carries datagrams in ways that the walk through a frame does not follow: tunnels over UDP and others.
NOT_FOLLOWED = {"gtp", "gtpprime", "vxlan", "geneve", "teredo", "ayiya", "lisp-data", "erspan", "udp", "cmd", "ah",
                "ipnet", "arcnet", "ipoib", "l2tp", "wlan", "sctp", "nsh", "macsec", "pim", "nhrp"}
# Frames in which we differ, and why we are right.
SOURCE_ROUTE = "we show the destination in the header; the other, the last one of the source route (RFC 791 3.1)"
CUT = "the capture ends inside the message's fixed part, of which we read all or nothing"
DIFFERENCES = {
    ("ipv4-options.pcap", 6): SOURCE_ROUTE,
    ("ipv4-options.pcap", 7): SOURCE_ROUTE,
    ("trunc__icmp-header-trunc.pcap", 1): CUT,
    ("trunc__icmp-header-trunc.pcap", 2): CUT,
}
ECHO_TYPES = {4: {0, 8}, 6: {128, 129}}

Reference = dict[str, Any]


def reference_files() -> list[pathlib.Path]:
    return sorted((ROOT / "ref").glob("*.fields.jsonl.gz")) if ROOT else []


def capture_of(reference: pathlib.Path) -> pathlib.Path:
    folder, name = reference.name.removesuffix(".fields.jsonl.gz").split("__", 1)
    assert ROOT is not None
    return ROOT / folder / name


def shown(capture: pathlib.Path) -> list[dict[str, Any]]:
    lines = "".join(f"{link_type} {frame.hex()}\n" for link_type, frame in captures.frames(capture))
    done = subprocess.run([os.environ["FRAME_LINE"]], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Expected:
    """What the other program read of the first ICMP message in a frame."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.number = int(reference["frame.number"][0])
        protocols = reference["frame.protocols"].split(":")
        self.at = next(i for i, name in enumerate(protocols) if name in ("icmp", "icmpv6"))
        self.before, self.after = protocols[:self.at], protocols[self.at + 1:]
        self.family = 4 if protocols[self.at] == "icmp" else 6
        self.ip = "ip" if self.family == 4 else "ipv6"
        self.icmp = protocols[self.at]

    def is_followed(self) -> bool:
        return not NOT_FOLLOWED & set(self.before)

    def field(self, name: str, index: int = 0) -> str | None:
        values = self.reference.get(name, [])
        return values[index] if index < len(values) else None

    def datagram_index(self) -> int:
        return self.before.count(self.ip) - 1

    def quotes_a_datagram(self) -> bool:
        return self.ip in self.after[:1]


def number(value: str) -> int:
    return int(value, 0)


def differences(expected: Expected, ours: dict[str, Any]) -> list[str]:
    """In words; empty where both agree."""
    index = expected.datagram_index()
    wanted: dict[str, Any] = {
        "src": expected.field(f"{expected.ip}.src", index),
        "dst": expected.field(f"{expected.ip}.dst", index),
        "hop_limit": number(expected.field("ip.ttl" if expected.family == 4 else "ipv6.hlim", index) or "0"),
    }
    found = {key: ours.get(key) for key in wanted}
    if ours.get("error") is None and "icmp" in ours:
        more_wanted, more_found = message_fields(expected, ours["icmp"])
        wanted |= more_wanted
        found |= more_found
    elif "_ws.malformed" not in expected.reference:
        return [f"not decoded: {ours}"]
    return [f"{key}: {found[key]!r} is to be {wanted[key]!r}" for key in wanted if wanted[key] != found[key]]


def message_fields(expected: Expected, icmp: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    name = expected.icmp
    wanted = {key: number(expected.field(f"{name}.{key}") or "-1") for key in ("type", "code", "checksum")}
    found = {key: icmp[key] for key in wanted}
    status = expected.field(f"{name}.checksum.status")
    if status in ("0", "1") and icmp["checksum_ok"] is not None:
        wanted["checksum_ok"], found["checksum_ok"] = status == "1", icmp["checksum_ok"]
    if icmp["type"] in ECHO_TYPES[expected.family]:
        keys = (("icmp.ident", "icmp.seq") if expected.family == 4
                else ("icmpv6.echo.identifier", "icmpv6.echo.sequence_number"))
        for key, field in zip(keys, ("identifier", "sequence"), strict=True):
            wanted[field], found[field] = number(expected.field(key) or "-1"), icmp["fields"][field]
    if expected.quotes_a_datagram() and icmp.get("quoted"):
        index = expected.datagram_index() + 1
        for end in ("src", "dst"):
            wanted[f"quoted {end}"] = expected.field(f"{expected.ip}.{end}", index)
            found[f"quoted {end}"] = icmp["quoted"][end]
    return wanted, found


@functools.cache
def outcome() -> tuple[dict[tuple[str, int], list[str]], collections.Counter[str]]:
    """Differences by frame, and how many frames were compared and left out."""
    found: dict[tuple[str, int], list[str]] = {}
    counts: collections.Counter[str] = collections.Counter()
    for reference in reference_files():
        capture = capture_of(reference)
        ours = shown(capture)
        with gzip.open(reference, "rt", encoding="utf-8") as lines:
            for expected in map(Expected, map(json.loads, lines)):
                if not expected.is_followed():
                    counts["not followed"] += 1
                    continue
                counts["compared"] += 1
                if said := differences(expected, ours[expected.number - 1]):
                    found[capture.name, expected.number] = said
    return found, counts


needs_captures = pytest.mark.skipif(not FOLDER, reason="ICMPKIT_CAPTURES names no folder of captures")


@needs_captures
def test_there_is_enough_to_compare() -> None:
    assert outcome()[1]["compared"] > 1000, outcome()[1]


@needs_captures
def test_we_read_what_the_other_program_reads() -> None:
    found, counts = outcome()
    unexplained = found.keys() - DIFFERENCES.keys()
    told = "\n".join(f"{name} frame {number}: {'; '.join(found[name, number])}"
                     for name, number in sorted(unexplained))
    assert not unexplained, f"{len(unexplained)} of {counts['compared']} frames differ:\n{told}"


@needs_captures
def test_what_is_listed_as_a_difference_is_one() -> None:
    assert DIFFERENCES.keys() <= outcome()[0].keys()
