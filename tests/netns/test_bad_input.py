# SPDX-License-Identifier: BSD-2-Clause
"""Wrong usage: one line on the standard error that says what is wrong, status 2, and nothing else."""

from __future__ import annotations

import os
import pathlib
import subprocess

import pytest
from network import HANG_GUARD_S, Network
from program import Outcome, Program

COMMANDS = ("ping", "trace", "diagnose")
ADDRESS = "127.0.0.1"


def assert_refused(outcome: Outcome, command: str, *words: str) -> None:
    assert outcome.status == 2, outcome
    assert outcome.stdout == ""
    assert len(outcome.stderr.splitlines()) == 1, outcome.stderr
    assert outcome.stderr.startswith(f"icmp {command}: "), outcome.stderr
    for word in words:
        assert word in outcome.stderr, outcome.stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--no-such-option", "-Z"])
def test_an_unknown_option(intact: Network, icmp: Program, command: str, option: str) -> None:
    assert_refused(icmp.run(intact["here"], command, option, ADDRESS), command, option.lstrip("-"))


IMPOSSIBLE = [
    ("ping", "-c", "0"), ("ping", "-c", "-1"), ("ping", "-c", "abc"), ("ping", "-c", "3x"),
    ("ping", "-c", ""), ("ping", "-c", "99999999999999999999"),
    ("ping", "-i", "x"), ("ping", "-i", "-1"), ("ping", "-i", "1e999"),
    ("ping", "-W", "nan"), ("ping", "-w", "-3"),
    ("ping", "-s", "-1"), ("ping", "-s", "65536"), ("ping", "-s", "1.5"),
    ("ping", "-t", "0"), ("ping", "-t", "256"), ("ping", "-Q", "256"), ("ping", "-m", "-1"),
    ("ping", "-S", "not-an-address"), ("ping", "-I", "no-such-device"),
    ("trace", "-m", "0"), ("trace", "-m", "256"), ("trace", "--first", "0"), ("trace", "--first", "31"),
    ("trace", "-q", "0"), ("trace", "-q", "1000"), ("trace", "-w", "x"),
    ("trace", "--method", "smoke"), ("trace", "--port", "65536"), ("trace", "--port", "0"),
    ("diagnose", "--max-ttl", "0"), ("diagnose", "--max-ttl", "256"), ("diagnose", "--port", "65536"),
]


@pytest.mark.parametrize("arguments", IMPOSSIBLE, ids=" ".join)
def test_an_impossible_value(intact: Network, icmp: Program, arguments: tuple[str, str, str]) -> None:
    command, option, value = arguments
    outcome = icmp.run(intact["here"], command, option, value, ADDRESS)
    assert_refused(outcome, command, value)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_target(intact: Network, icmp: Program, command: str) -> None:
    assert_refused(icmp.run(intact["here"], command), command)


def test_an_unknown_command(intact: Network, icmp: Program) -> None:
    outcome = icmp.run(intact["here"], "pong", ADDRESS)
    assert (outcome.status, outcome.stdout) == (2, "")
    assert len(outcome.stderr.splitlines()) == 1
    assert outcome.stderr.startswith("icmp: ")
    assert "pong" in outcome.stderr


@pytest.fixture
def nameless(three: Network, tmp_path: pathlib.Path) -> Network:
    """A network whose `here` has no resolver."""
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    three["here"].etc = {"/etc/resolv.conf": tmp_path / "resolv.conf"}
    return three


@pytest.mark.parametrize("command", ["ping", "trace"])
def test_a_name_that_does_not_resolve(nameless: Network, icmp: Program, command: str) -> None:
    assert_refused(icmp.run(nameless["here"], command, "no-such-host.invalid"), command,
                   "no-such-host.invalid")


@pytest.mark.parametrize("command", ["ping", "trace"])
def test_an_address_of_the_other_family(nameless: Network, icmp: Program, command: str) -> None:
    assert_refused(icmp.run(nameless["here"], command, "-6", ADDRESS), command, ADDRESS)
    assert_refused(icmp.run(nameless["here"], command, "-4", "::1"), command, "::1")


def test_a_bad_line_in_a_file_is_named(nameless: Network, icmp: Program, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "targets"
    path.write_text(f"{ADDRESS}\nno-such-host.invalid\n{ADDRESS}\n")
    outcome = icmp.run(nameless["here"], "ping", "-c", "1", "--file", str(path))
    assert_refused(outcome, "ping", str(path), "2", "no-such-host.invalid")


def test_a_file_that_is_not_there(intact: Network, icmp: Program, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "absent"
    assert_refused(icmp.run(intact["here"], "ping", "-c", "1", "--file", str(path)), "ping", str(path))


def run_into_closed_pipe(network: Network, icmp: Program, *arguments: str) -> Outcome:
    """Like `icmp ... | true`: nobody reads, and the reader is gone before the first line."""
    reader, writer = os.pipe()
    os.close(reader)
    command = network["here"].command(str(icmp.path), *arguments)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=HANG_GUARD_S,
                          check=False)
    os.close(writer)
    return Outcome(done.returncode, "", done.stderr)


@pytest.mark.parametrize("style", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("command", [("ping", "-c", "3", "-i", "0.2"), ("trace",), ("diagnose",)],
                         ids=lambda command: command[0])
def test_a_reader_that_has_gone(intact: Network, icmp: Program, command: tuple[str, ...],
                                style: tuple[str, ...]) -> None:
    outcome = run_into_closed_pipe(intact, icmp, *command, *style, intact["server"].address(4))
    assert_refused(outcome, command[0])


@pytest.mark.parametrize("command", [("ping", "-c", "1"), ("trace",), ("diagnose",)],
                         ids=lambda command: command[0])
def test_a_full_disk(intact: Network, icmp: Program, command: tuple[str, ...]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        line = intact["here"].command(str(icmp.path), *command, intact["server"].address(4))
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, timeout=HANG_GUARD_S,
                              check=False)
    assert_refused(Outcome(done.returncode, "", done.stderr), command[0])
