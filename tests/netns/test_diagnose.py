# SPDX-License-Identifier: BSD-2-Clause
"""Each verdict of the diagnosis, provoked on real routers."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import faults
import network
import pytest
from faults import FAULTS, Fault
from network import Network
from program import Line, Outcome, Program, assert_documented

# What the product promises, not how long a test may take: an answer while the user still looks at the screen.
# It is read from the program's own account of its measurement.
ANSWERED_WITHIN_NS = 10_000_000_000
SILENT_WITHIN_NS = 20_000_000_000

CASES = [pytest.param(fault, family, id=f"{fault.name}-v{family}")
         for fault in FAULTS for family in fault.families]


def assert_whole(outcome: Outcome) -> Line:
    """The last line is the diagnosis, with all that is documented, and the exit status agrees."""
    assert_documented(outcome.lines)
    diagnosis = outcome.diagnosis()
    assert outcome.status == (0 if diagnosis["verdict"] == "ok" else 1), outcome.stderr
    assert 0 < diagnosis["confidence"] <= 1
    assert diagnosis["summary"] and diagnosis["advice"]
    return diagnosis


def assert_ok(outcome: Outcome) -> Line:
    diagnosis = assert_whole(outcome)
    assert diagnosis["verdict"] == "ok", diagnosis
    return diagnosis


def place_of(diagnosis: Line) -> tuple[str, int]:
    return diagnosis["where"]["relation"], diagnosis["where"]["ttl"]


def assert_diagnosed(broken: Network, icmp: Program, fault: Fault, family: int) -> None:
    diagnosis = assert_whole(icmp.diagnose(broken["here"], broken["server"].address(family)))
    assert diagnosis["verdict"] == fault.verdict, diagnosis
    assert place_of(diagnosis) == (fault.relation, fault.ttl), diagnosis
    if fault.node is not None:
        assert diagnosis["where"]["address"] == broken[fault.node].address(family), diagnosis
    assert diagnosis["elapsed_ns"] < (ANSWERED_WITHIN_NS if fault.answers else SILENT_WITHIN_NS), diagnosis


@pytest.mark.parametrize(("fault", "family"), CASES)
def test_the_fault_and_its_place_are_named(three: Network, icmp: Program, fault: Fault, family: int) -> None:
    fault.apply(three, family)
    assert_diagnosed(three, icmp, fault, family)


@pytest.mark.parametrize(("fault", "family"), CASES)
def test_the_same_among_routers_with_stock_limits(three: Network, icmp: Program, fault: Fault,
                                                  family: int) -> None:
    three.limit_like_a_stock_kernel()
    fault.apply(three, family)
    assert_diagnosed(three, icmp, fault, family)


@pytest.mark.parametrize(("fault", "family"), CASES)
def test_a_fault_of_one_family_leaves_the_other_ok(three: Network, icmp: Program, fault: Fault,
                                                   family: int) -> None:
    fault.apply(three, family)
    other = 10 - family
    assert_ok(icmp.diagnose(three["here"], three["server"].address(other)))


def test_ten_healthy_runs_give_ten_ok(intact: Network, icmp: Program, family: int) -> None:
    for _ in range(10):
        diagnosis = assert_ok(icmp.diagnose(intact["here"], intact["server"].address(family)))
        assert diagnosis["findings"] == []
        assert diagnosis["address"] == intact["server"].address(family)


def test_ten_healthy_runs_give_ten_ok_among_routers_with_stock_limits(three: Network, icmp: Program,
                                                                      family: int) -> None:
    three.limit_like_a_stock_kernel()
    for _ in range(10):
        diagnosis = assert_ok(icmp.diagnose(three["here"], three["server"].address(family)))
        kinds = {finding["kind"] for finding in diagnosis["findings"]}
        assert kinds <= {"rate-limited-replies", "mute-hop"}, diagnosis


def test_a_healthy_path_of_any_length_is_ok(build: Callable[[int], Network], icmp: Program,
                                            family: int) -> None:
    path = build(6)
    for name in ("r1", "r2", "r3", "r4", "r5", "r6", "server"):
        diagnosis = assert_ok(icmp.diagnose(path["here"], path[name].address(family)))
        assert diagnosis["findings"] == [], diagnosis


def test_a_healthy_host_on_the_same_link_is_ok(build: Callable[[int], Network], icmp: Program,
                                               family: int) -> None:
    link = build(0)
    assert_ok(icmp.diagnose(link["here"], link["server"].address(family)))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_host_itself_is_ok(intact: Network, icmp: Program, address: str) -> None:
    assert_ok(icmp.diagnose(intact["here"], address))


def test_an_own_address_is_ok(intact: Network, icmp: Program, family: int) -> None:
    assert_ok(icmp.diagnose(intact["here"], intact["here"].address(family)))


def test_two_parallel_branches_are_ok(icmp: Program, family: int) -> None:
    with network.diamond() as forked:
        for _ in range(3):
            assert_ok(icmp.diagnose(forked["here"], forked["server"].address(family)))


def test_a_silent_neighbour_is_a_silent_first_hop(build: Callable[[int], Network], icmp: Program,
                                                  family: int) -> None:
    link = build(0)
    faults.lose_address("server", "here")(link, family)
    diagnosis = assert_whole(icmp.diagnose(link["here"], link["server"].address(family)))
    assert diagnosis["verdict"] == "gateway-silent", diagnosis
    assert place_of(diagnosis) == ("after", 0)


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_a_target_without_privileges_is_judged_the_same(three: Network, icmp: Program, family: int,
                                                        user: str) -> None:
    faults.forget_route("r2")(three, family)
    diagnosis = assert_whole(icmp.diagnose(three["here"], three["server"].address(family), user=user))
    assert (diagnosis["verdict"], place_of(diagnosis)) == ("net-unreachable", ("at", 2)), diagnosis


def name_hosts(path: Network, directory: pathlib.Path, lines: str) -> None:
    """Names for `here`: this hosts file, and a resolver that is not there."""
    (directory / "hosts").write_text(lines)
    (directory / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    path["here"].etc = {"/etc/hosts": directory / "hosts", "/etc/resolv.conf": directory / "resolv.conf"}


def test_a_name_is_resolved_and_kept_as_the_target(three: Network, icmp: Program, tmp_path: pathlib.Path,
                                                   family: int) -> None:
    address = three["server"].address(family)
    name_hosts(three, tmp_path, f"{address} server.example\n")
    diagnosis = assert_ok(icmp.diagnose(three["here"], "server.example"))
    assert (diagnosis["target"], diagnosis["address"]) == ("server.example", address)


def test_a_name_that_does_not_resolve_has_no_address(three: Network, icmp: Program,
                                                     tmp_path: pathlib.Path) -> None:
    name_hosts(three, tmp_path, "127.0.0.1 localhost\n")
    diagnosis = assert_whole(icmp.diagnose(three["here"], "nobody.example"))
    assert diagnosis["verdict"] == "no-address"
    assert place_of(diagnosis) == ("local", 0)
    assert diagnosis["target"] == "nobody.example"
    assert diagnosis["address"] is None


def test_a_name_without_an_address_of_the_family_asked_for_has_no_address(three: Network, icmp: Program,
                                                                          tmp_path: pathlib.Path,
                                                                          family: int) -> None:
    other = 10 - family
    name_hosts(three, tmp_path, f"{three['server'].address(other)} single.example\n")
    diagnosis = assert_whole(icmp.diagnose(three["here"], f"-{family}", "single.example"))
    assert diagnosis["verdict"] == "no-address", diagnosis
    assert_ok(icmp.diagnose(three["here"], f"-{other}", "single.example"))


def only_finding(diagnosis: Line, kind: str) -> Line:
    found = [finding for finding in diagnosis["findings"] if finding["kind"] == kind]
    assert len(found) == 1, diagnosis
    return found[0]


def test_a_mute_hop_is_a_finding_and_no_fault(three: Network, icmp: Program, family: int) -> None:
    faults.mute("r2")(three, family)
    diagnosis = assert_ok(icmp.diagnose(three["here"], three["server"].address(family)))
    finding = only_finding(diagnosis, "mute-hop")
    assert (finding["where"]["relation"], finding["where"]["ttl"]) == ("at", 2)
    assert finding["where"]["address"] is None
    assert len(diagnosis["findings"]) == 1


def test_mute_hops_in_a_row_are_no_fault(build: Callable[[int], Network], icmp: Program, family: int) -> None:
    path = build(6)
    for router in ("r2", "r3", "r4"):
        faults.mute(router)(path, family)
    diagnosis = assert_ok(icmp.diagnose(path["here"], path["server"].address(family)))
    assert [finding["where"]["ttl"] for finding in diagnosis["findings"]] == [2, 3, 4]
    assert {finding["kind"] for finding in diagnosis["findings"]} == {"mute-hop"}


def test_a_hop_that_limits_its_replies_is_a_finding_and_no_fault(three: Network, icmp: Program,
                                                                 family: int) -> None:
    faults.limit_errors("r2")(three, family)
    diagnosis = assert_ok(icmp.diagnose(three["here"], three["server"].address(family)))
    finding = only_finding(diagnosis, "rate-limited-replies")
    assert (finding["where"]["relation"], finding["where"]["ttl"]) == ("at", 2)
    assert finding["where"]["address"] == three["r2"].address(family)
    assert 0 < finding["detail"]["answered"] < finding["detail"]["asked"]
    assert len(diagnosis["findings"]) == 1


def test_a_hop_that_limits_its_replies_does_not_hide_the_fault_behind_it(three: Network, icmp: Program,
                                                                         family: int) -> None:
    faults.limit_errors("r1")(three, family)
    faults.drop("r3", "forward")(three, family)
    diagnosis = assert_whole(icmp.diagnose(three["here"], three["server"].address(family)))
    assert (diagnosis["verdict"], place_of(diagnosis)) == ("silent-drop", ("after", 3)), diagnosis
