# SPDX-License-Identifier: BSD-2-Clause
"""Every type and code of the registries has a description, and every description is in the registries."""

from __future__ import annotations

import collections
import csv
import os
import pathlib
import subprocess

import pytest

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
REGISTRIES = {4: DATA / "icmpv4-types.csv", 6: DATA / "icmpv6-types.csv"}
ASSIGNED = {"current", "experimental", "deprecated"}

# Types that have no description yet, and types whose codes have no names yet. A line that is no longer true makes
# the tests fail, so that the lists can only become shorter.
PENDING_TYPES: dict[int, set[int]] = {
    4: {6, 31, 32, 33, 34, 35, 36, 37, 38, 39, 42, 43},
    6: {160, 161},
}
PENDING_CODES: dict[int, set[int]] = {
    4: set(),
    6: set(),
}

Codes = dict[int, set[int]]


def registered(family: int) -> Codes:
    """The assigned types, each with its assigned codes."""
    found: Codes = collections.defaultdict(set)
    with REGISTRIES[family].open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["type"].isdigit() or row["status"] not in ASSIGNED:
                continue
            codes = found[int(row["type"])]
            # RFC 8505 4.2: of the duplicate address messages the lower half of the octet is the code.
            code = row["code"].removeprefix("suffix:")
            if code.isdigit() and code + row["code"] != "0suffix:0":
                codes.add(int(code))
    return found


def described(family: int) -> Codes:
    """The types that have a description, each with the codes that have a name."""
    listing = subprocess.run([os.environ["LIST_TYPES"]], capture_output=True, text=True, check=True).stdout
    found: Codes = collections.defaultdict(set)
    for line in listing.splitlines():
        version, kind, code, _ = line.split("\t")
        if int(version) != family:
            continue
        codes = found[int(kind)]
        if code != "-":
            codes.add(int(code))
    return found


@pytest.fixture(params=[4, 6], ids=["v4", "v6"])
def family(request: pytest.FixtureRequest) -> int:
    return request.param


def test_the_registry_was_read(family: int) -> None:
    assert {4: {0, 3, 8, 11}, 6: {1, 2, 128, 129}}[family] <= registered(family).keys()
    assert registered(4)[3] == set(range(16))


def test_every_registered_type_has_a_description(family: int) -> None:
    assert registered(family).keys() - described(family).keys() == PENDING_TYPES[family]


def test_every_description_is_of_a_registered_type(family: int) -> None:
    assert described(family).keys() <= registered(family).keys()


def needs_names(codes: set[int]) -> set[int]:
    """A type that has code 0 only needs no name for it: its own says all."""
    return set() if codes == {0} else codes


def test_every_registered_code_has_a_name(family: int) -> None:
    known = described(family)
    nameless = {kind for kind, codes in registered(family).items()
                if kind in known and not needs_names(codes) <= known[kind]}
    assert nameless == PENDING_CODES[family]


def test_every_named_code_is_registered(family: int) -> None:
    for kind, codes in described(family).items():
        assert codes <= registered(family)[kind], (family, kind)
