# SPDX-License-Identifier: BSD-2-Clause
"""`icmp trace` over real routers, beside traceroute, and through parallel branches."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import faults
import network
import pytest
from network import Network, Node
from program import Outcome, Program, assert_documented

METHODS = ("icmp", "udp", "tcp")
TRACEROUTE_METHOD = {"icmp": ("-I",), "udp": ("-U", "-p", "33434"), "tcp": ("-T", "-p", "80")}


@pytest.fixture(params=METHODS)
def method(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def forked() -> Iterator[Network]:
    with network.diamond() as built:
        yield built


def hops_of(outcome: Outcome) -> list[set[str]]:
    """The addresses that answered, hop by hop from the first."""
    hops = outcome.of_type("hop")
    assert [hop["ttl"] for hop in hops] == list(range(1, len(hops) + 1))
    return [{reply["from"] for reply in hop["replies"] if reply["from"]} for hop in hops]


def traceroute(node: Node, method: str, target: str) -> list[set[str]]:
    done = node.run("traceroute", "-n", *TRACEROUTE_METHOD[method], target)
    assert done.returncode == 0, done.stderr
    numbered = [line for line in done.stdout.splitlines() if re.match(r" *\d+ ", line)]
    return [set(re.findall(r"(?<!\S)(?:10\.99\.\S+|fd99:\S+)", line)) for line in numbered]


def path_to_server(of: Network, family: int) -> list[str]:
    return [of[name].address(family) for name in ("r1", "r2", "r3", "server")]


def test_it_finds_the_routers_that_traceroute_finds(intact: Network, icmp: Program, family: int,
                                                    method: str) -> None:
    target = intact["server"].address(family)
    outcome = icmp.trace(intact["here"], "--method", method, target)
    assert outcome.status == 0, outcome.stderr
    assert_documented(outcome.lines)
    assert hops_of(outcome) == traceroute(intact["here"], method, target)
    assert hops_of(outcome) == [{address} for address in path_to_server(intact, family)]


def test_the_last_line_sums_up_the_path(intact: Network, icmp: Program, family: int, method: str) -> None:
    target = intact["server"].address(family)
    outcome = icmp.trace(intact["here"], "--method", method, target)
    summary = outcome.only("trace")
    assert outcome.lines[-1] == summary
    assert (summary["target"], summary["address"], summary["method"]) == (target, target, method)
    assert (summary["reached"], summary["hops"]) == (True, 4)
    path = path_to_server(intact, family)
    pairs = [list(pair) for pair in itertools.pairwise(path)]
    assert [link for link in summary["links"] if link[0] in path] == pairs
    assert summary["probes"] >= 4
    assert summary["elapsed_ns"] > 0


def test_every_probe_of_a_hop_is_told(intact: Network, icmp: Program, family: int, method: str) -> None:
    outcome = icmp.trace(intact["here"], "--method", method, "-q", "2", intact["server"].address(family))
    for hop in outcome.of_type("hop"):
        assert len(hop["replies"]) + hop["lost"] == 2
        assert hop["lost"] == 0
        for reply in hop["replies"]:
            assert reply["rtt_ns"] > 0


def test_a_router_says_time_exceeded(intact: Network, icmp: Program, family: int, method: str) -> None:
    outcome = icmp.trace(intact["here"], "--method", method, intact["server"].address(family))
    for hop in outcome.of_type("hop")[:3]:
        for reply in hop["replies"]:
            assert (reply["icmp"]["type"], reply["icmp"]["code"]) == ((11, 0) if family == 4 else (3, 0))


def test_first_and_last_hop_can_be_chosen(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.trace(intact["here"], "--first", "2", "-m", "3", intact["server"].address(family))
    assert outcome.status == 1  # not reached
    assert [hop["ttl"] for hop in outcome.of_type("hop")] == [2, 3]
    assert outcome.only("trace")["reached"] is False


@pytest.mark.parametrize("port", [33434, 53])
def test_the_port_can_be_chosen(three: Network, icmp: Program, family: int, port: int) -> None:
    three["server"].count("input", f"udp dport {port}")
    arguments = ("--method", "udp", "--port", str(port), three["server"].address(family))
    assert icmp.trace(three["here"], *arguments).status == 0
    assert three["server"].counted() > 0


def test_a_mute_hop_does_not_end_the_path(three: Network, icmp: Program, family: int, method: str) -> None:
    faults.mute("r2")(three, family)
    outcome = icmp.trace(three["here"], "--method", method, "-w", "1", three["server"].address(family))
    assert outcome.status == 0, outcome.stderr
    expected = [{address} for address in path_to_server(three, family)]
    expected[1] = set()
    assert hops_of(outcome) == expected
    silent = outcome.of_type("hop")[1]
    assert silent["lost"] >= 1
    path = path_to_server(three, family)
    assert [path[0], path[2]] not in outcome.only("trace")["links"]


def test_a_router_that_refuses_ends_the_path(three: Network, icmp: Program, family: int, method: str) -> None:
    faults.forget_route("r2")(three, family)
    outcome = icmp.trace(three["here"], "--method", method, three["server"].address(family))
    assert outcome.status == 1
    assert hops_of(outcome) == [{address} for address in path_to_server(three, family)[:2]]
    last = outcome.of_type("hop")[-1]["replies"][0]["icmp"]
    assert (last["type"], last["code"]) == ((3, 0) if family == 4 else (1, 0))


def test_several_targets_are_traced(intact: Network, icmp: Program) -> None:
    targets = [intact["server"].address(4), intact["server"].address(6)]
    outcome = icmp.trace(intact["here"], *targets)
    assert outcome.status == 0, outcome.stderr
    assert sorted(line["target"] for line in outcome.of_type("trace")) == sorted(targets)


def test_the_text_has_a_line_a_hop(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.run(intact["here"], "trace", intact["server"].address(family))
    assert outcome.status == 0
    assert outcome.stderr == ""
    for number, address in enumerate(path_to_server(intact, family), 1):
        line = rf"^ *{number}\b.*{re.escape(address)}.*\d"
        assert re.search(line, outcome.stdout, re.MULTILINE), outcome.stdout


def are_neighbours(of: Network, left: str, right: str) -> bool:
    names = (of.owner(left), of.owner(right))
    return names in of.links


@pytest.mark.parametrize("run", range(4))
def test_no_link_is_shown_that_does_not_exist(forked: Network, icmp: Program, family: int, method: str,
                                              run: int) -> None:
    target = forked["server"].address(family)
    outcome = icmp.trace(forked["here"], "--method", method, target)
    assert outcome.status == 0, f"run {run}: {outcome.stderr}"
    summary = outcome.only("trace")
    assert (summary["reached"], summary["hops"]) == (True, 5)
    for left, right in summary["links"]:
        assert are_neighbours(forked, left, right), summary["links"]
    assert len(summary["links"]) >= 4


def test_each_branch_can_be_seen_by_another_flow(forked: Network, icmp: Program, family: int) -> None:
    """Runs of UDP and TCP differ in their ports: in the end both branches have shown themselves, whole."""
    target = forked["server"].address(family)
    seen: set[str | None] = set()
    for method in ("udp", "tcp") * 8:
        hops = hops_of(icmp.trace(forked["here"], "--method", method, target))
        seen |= {forked.owner(address) for hop in hops for address in hop}
    assert seen == {"fork", "a1", "a2", "b1", "b2", "join", "server"}
