# SPDX-License-Identifier: BSD-2-Clause
"""What works with root, without it, and what is said when neither way is open."""

from __future__ import annotations

import pytest
from network import Network
from program import Program, assert_documented

# user, and whether net.ipv4.ping_group_range lets it open ping sockets
WAYS = [
    pytest.param("root", True, id="root"),
    pytest.param("root", False, id="root-without-ping-sockets"),
    pytest.param("nobody", True, id="nobody-with-ping-sockets"),
]
COMMANDS = [("ping", "-c", "2", "-i", "0.2"), ("trace",), ("diagnose",)]


@pytest.mark.parametrize(("user", "ping_sockets"), WAYS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_it_works(three: Network, icmp: Program, family: int, command: tuple[str, ...], user: str,
                  ping_sockets: bool) -> None:
    three["here"].allow_ping_sockets(ping_sockets)
    outcome = icmp.run(three["here"], *command, "--json", three["server"].address(family), user=user)
    assert outcome.status == 0, outcome.stderr
    assert outcome.stderr == ""
    assert_documented(outcome.lines)


def test_everybody_sees_the_same_path(three: Network, icmp: Program, family: int) -> None:
    def path(user: str, ping_sockets: bool) -> list[list[str]]:
        three["here"].allow_ping_sockets(ping_sockets)
        outcome = icmp.trace(three["here"], three["server"].address(family), user=user)
        return [[reply["from"] for reply in hop["replies"]] for hop in outcome.of_type("hop")]

    expected = [[three[name].address(family)] * 3 for name in ("r1", "r2", "r3", "server")]
    for user, ping_sockets in (way.values for way in WAYS):
        assert path(user, ping_sockets) == expected, (user, ping_sockets)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_without_any_way_it_says_what_would_help(three: Network, icmp: Program, family: int,
                                                 command: tuple[str, ...]) -> None:
    three["here"].allow_ping_sockets(False)
    outcome = icmp.run(three["here"], *command, three["server"].address(family), user="nobody")
    assert outcome.status == 2
    assert outcome.stdout == ""
    assert outcome.stderr.startswith(f"icmp {command[0]}: ")
    assert len(outcome.stderr.splitlines()) == 1
    assert "net.ipv4.ping_group_range" in outcome.stderr
    assert "CAP_NET_RAW" in outcome.stderr


@pytest.mark.parametrize("ping_sockets", [True, False], ids=["ping-sockets", "no-ping-sockets"])
def test_udp_probes_need_no_privilege(three: Network, icmp: Program, family: int, ping_sockets: bool) -> None:
    three["here"].allow_ping_sockets(ping_sockets)
    target = three["server"].address(family)
    outcome = icmp.trace(three["here"], "--method", "udp", target, user="nobody")
    assert outcome.status == 0, outcome.stderr
    shown = [{reply["from"] for reply in hop["replies"]} for hop in outcome.of_type("hop")]
    assert shown == [{three[name].address(family)} for name in ("r1", "r2", "r3", "server")]


def test_a_mark_needs_a_privilege_and_says_which(three: Network, icmp: Program, family: int) -> None:
    outcome = icmp.ping(three["here"], "-c", "1", "-m", "42", three["server"].address(family), user="nobody")
    assert outcome.status == 2
    assert outcome.stdout == ""
    assert "CAP_NET_ADMIN" in outcome.stderr or "CAP_NET_RAW" in outcome.stderr
