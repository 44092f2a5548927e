# SPDX-License-Identifier: BSD-2-Clause
"""`icmp ping` over real routers: what it says, and what is on the wire."""

from __future__ import annotations

import json
import pathlib
import re
import signal
import subprocess
import time

import faults
import pytest
from faults import ICMP, IP
from network import HANG_GUARD_S, Network
from program import Outcome, Program, assert_documented

ECHO_HEADER_BYTES = 8
LARGEST_IPV4_DATA = 65507
MARK = 42
HOP_LIMIT = 17
TRAFFIC_CLASS = 184  # DSCP EF, not ECN-capable


def server(network: Network, family: int) -> str:
    return network["server"].address(family)


def sequences(outcome: Outcome, kind: str) -> list[int]:
    return [line["seq"] for line in outcome.of_type(kind)]


def test_every_reply_is_told_and_summed_up(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.ping(intact["here"], "-c", "3", "-i", "0.1", server(intact, family))
    assert outcome.status == 0, outcome.stderr
    assert outcome.stderr == ""
    assert_documented(outcome.lines)
    assert sequences(outcome, "reply") == [1, 2, 3]
    for reply in outcome.of_type("reply"):
        assert reply["address"] == server(intact, family)
        assert reply["bytes"] == 56 + ECHO_HEADER_BYTES
        assert reply["ttl"] == 64 - 3
        assert reply["rtt_ns"] > 0
        assert (reply["duplicate"], reply["corrupt"]) == (False, False)


def test_the_summary_agrees_with_the_replies(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.ping(intact["here"], "-c", "5", "-i", "0.1", server(intact, family))
    times = sorted(reply["rtt_ns"] for reply in outcome.of_type("reply"))
    summary = outcome.only("summary")
    assert (summary["sent"], summary["received"], summary["loss"]) == (5, 5, 0)
    assert (summary["duplicates"], summary["errors"]) == (0, 0)
    assert (summary["rtt_ns"]["min"], summary["rtt_ns"]["max"]) == (times[0], times[-1])
    assert abs(summary["rtt_ns"]["mean"] - sum(times) / len(times)) <= 1
    assert times[0] <= summary["rtt_ns"]["p50"] <= summary["rtt_ns"]["p90"] <= summary["rtt_ns"]["p99"]


def test_the_text_has_a_line_a_reply_and_the_statistics(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.run(intact["here"], "ping", "-c", "3", "-i", "0.1", server(intact, family))
    assert outcome.status == 0
    assert outcome.stderr == ""
    address = re.escape(server(intact, family))
    assert len(re.findall(rf"^.*{address}.*\bms\b", outcome.stdout, re.MULTILINE)) >= 3
    assert re.search(r"\b0(\.0+)? ?% ", outcome.stdout)


def test_quiet_leaves_the_statistics_only(intact: Network, icmp: Program, family: int) -> None:
    loud = icmp.run(intact["here"], "ping", "-c", "4", "-i", "0.1", server(intact, family))
    quiet = icmp.run(intact["here"], "ping", "-q", "-c", "4", "-i", "0.1", server(intact, family))
    assert quiet.status == 0
    assert len(loud.stdout.splitlines()) - len(quiet.stdout.splitlines()) == 4
    assert re.search(r"\b0(\.0+)? ?% ", quiet.stdout)


def test_stamps_stand_before_the_replies(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.run(intact["here"], "ping", "-D", "-c", "2", "-i", "0.1", server(intact, family))
    assert len(re.findall(r"^\[?\d[-\d.:TZ]+\]? .*\bms\b", outcome.stdout, re.MULTILINE)) == 2, outcome.stdout


def test_targets_of_both_families_are_pinged_together(intact: Network, icmp: Program) -> None:
    targets = [intact[name].address(version) for name in ("r1", "r3", "server") for version in (4, 6)]
    outcome = icmp.ping(intact["here"], "-c", "2", "-i", "0.2", *targets)
    assert outcome.status == 0
    assert_documented(outcome.lines)
    assert [line["target"] for line in outcome.of_type("summary")] == targets
    for target in targets:
        assert [line["seq"] for line in outcome.of_type("reply") if line["target"] == target] == [1, 2]


def test_an_absent_target_is_lost_and_the_others_are_not(three: Network, icmp: Program, family: int) -> None:
    faults.drop("r3", "forward")(three, family)
    absent, present = server(three, family), three["r3"].address(family)
    outcome = icmp.ping(three["here"], "-c", "2", "-i", "0.2", "-W", "0.5", absent, present)
    assert outcome.status == 1
    assert_documented(outcome.lines)
    assert [line["target"] for line in outcome.of_type("timeout")] == [absent, absent]
    summaries = {line["target"]: line for line in outcome.of_type("summary")}
    assert (summaries[absent]["received"], summaries[absent]["loss"]) == (0, 1)
    assert summaries[absent]["rtt_ns"] is None or set(summaries[absent]["rtt_ns"].values()) == {None}
    assert (summaries[present]["received"], summaries[present]["loss"]) == (2, 0)


def test_half_of_the_replies_lost_is_half_the_loss(three: Network, icmp: Program, family: int) -> None:
    rule = f"{ICMP[family]} type echo-request numgen inc mod 2 == 1 drop"
    three["r2"].filter("forward", rule)
    outcome = icmp.ping(three["here"], "-c", "8", "-i", "0.1", "-W", "0.5", server(three, family))
    assert outcome.status == 0  # the target answers
    assert outcome.only("summary")["loss"] == 0.5
    assert sequences(outcome, "reply") == [1, 3, 5, 7]
    assert sequences(outcome, "timeout") == [2, 4, 6, 8]


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_an_error_names_the_router_that_sent_it(three: Network, icmp: Program, family: int,
                                                user: str) -> None:
    faults.forget_route("r2")(three, family)
    outcome = icmp.ping(three["here"], "-c", "2", "-i", "0.2", "-W", "1", server(three, family), user=user)
    assert outcome.status == 1
    assert_documented(outcome.lines)
    assert sequences(outcome, "error") == [1, 2]
    for error in outcome.of_type("error"):
        assert error["from"] == three["r2"].address(family)
        assert error["address"] == server(three, family)
        assert (error["icmp"]["type"], error["icmp"]["code"]) == ((3, 0) if family == 4 else (1, 0))
    assert outcome.only("summary")["errors"] == 2


def test_the_text_of_an_error_names_the_router(three: Network, icmp: Program, family: int) -> None:
    faults.forget_route("r2")(three, family)
    outcome = icmp.run(three["here"], "ping", "-c", "1", "-W", "1", server(three, family))
    assert outcome.status == 1
    assert three["r2"].address(family) in outcome.stdout


def test_an_expired_hop_limit_is_an_error_of_that_router(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.ping(intact["here"], "-c", "1", "-t", "2", server(intact, family))
    assert outcome.status == 1
    error = outcome.only("error")
    assert error["from"] == intact["r2"].address(family)
    assert (error["icmp"]["type"], error["icmp"]["code"]) == ((11, 0) if family == 4 else (3, 0))


def test_a_reply_that_comes_twice_is_a_duplicate(three: Network, icmp: Program, family: int) -> None:
    hook = "type filter hook prerouting priority 0"
    rule = f"{ICMP[family]} type echo-request dup to {server(three, family)}"
    three["r3"].nft(f"table {IP[family]} doubling {{\nchain all_of_them {{\n{hook}\n{rule}\n}}\n}}\n")
    outcome = icmp.ping(three["here"], "-c", "3", "-i", "0.2", server(three, family))
    assert outcome.status == 0
    summary = outcome.only("summary")
    assert (summary["sent"], summary["received"], summary["loss"]) == (3, 3, 0)
    assert summary["duplicates"] >= 2  # the one of the last reply may come when the run is over
    replies = outcome.of_type("reply")
    assert [line["seq"] for line in replies if not line["duplicate"]] == [1, 2, 3]
    assert len([line for line in replies if line["duplicate"]]) == summary["duplicates"]


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_the_hop_limit_is_on_the_wire(three: Network, icmp: Program, family: int, user: str) -> None:
    field = "ip ttl" if family == 4 else "ip6 hoplimit"
    three["r1"].count("prerouting", f"{ICMP[family]} type echo-request {field} {HOP_LIMIT}")
    outcome = icmp.ping(three["here"], "-c", "2", "-i", "0.1", "-t", str(HOP_LIMIT), server(three, family),
                        user=user)
    assert outcome.status == 0, outcome.stderr
    assert three["r1"].counted() == 2


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_the_traffic_class_is_on_the_wire(three: Network, icmp: Program, family: int, user: str) -> None:
    three["r1"].count("prerouting", f"{ICMP[family]} type echo-request {IP[family]} dscp ef")
    arguments = ("-c", "2", "-i", "0.1", "-Q", str(TRAFFIC_CLASS), server(three, family))
    outcome = icmp.ping(three["here"], *arguments, user=user)
    assert outcome.status == 0, outcome.stderr
    assert three["r1"].counted() == 2


def test_the_mark_is_on_the_packets(three: Network, icmp: Program, family: int) -> None:
    three["here"].count("output", f"{ICMP[family]} type echo-request meta mark {MARK}")
    outcome = icmp.ping(three["here"], "-c", "2", "-i", "0.1", "-m", str(MARK), server(three, family))
    assert outcome.status == 0, outcome.stderr
    assert three["here"].counted() == 2


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_the_source_is_the_one_asked_for(three: Network, icmp: Program, family: int, user: str) -> None:
    port = three["here"].ports["r1"]
    second = port.address(family).removesuffix("1") + "7"
    length = {4: "24", 6: "64 nodad"}[family]
    three["here"].ip(family, f"addr add {second}/{length} dev {port.device}")
    three["r1"].count("prerouting", f"{ICMP[family]} type echo-request {IP[family]} saddr {second}")
    outcome = icmp.ping(three["here"], "-c", "2", "-i", "0.1", "-S", second, server(three, family), user=user)
    assert outcome.status == 0, outcome.stderr
    assert three["r1"].counted() == 2


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_packets_leave_by_the_interface_asked_for(three: Network, icmp: Program, family: int,
                                                  user: str) -> None:
    here, side = three["here"], three.add_router("side")
    three.link("here", "side")
    here.ip(family, f"route add default via {three.gateway(here, 'side', family)} metric 4000")
    side.count("prerouting", f"{ICMP[family]} type echo-request")
    away = icmp.ping(here, "-c", "2", "-i", "0.1", "-W", "0.5", "-I", "to-side", server(three, family),
                     user=user)
    assert away.status == 1, away.stderr
    assert side.counted() == 2
    right = icmp.ping(here, "-c", "2", "-i", "0.1", "-I", "to-r1", server(three, family), user=user)
    assert right.status == 0, right.stderr


@pytest.mark.parametrize("size", [0, 1, LARGEST_IPV4_DATA])
@pytest.mark.parametrize("user", ["root", "nobody"])
def test_any_size_goes_through(intact: Network, icmp: Program, family: int, size: int, user: str) -> None:
    arguments = ("-c", "2", "-i", "0.2", "-s", str(size), server(intact, family))
    outcome = icmp.ping(intact["here"], *arguments, user=user)
    assert outcome.status == 0, outcome.stderr
    assert [line["bytes"] for line in outcome.of_type("reply")] == [size + ECHO_HEADER_BYTES] * 2
    assert not any(line["corrupt"] for line in outcome.of_type("reply"))


def test_a_deadline_ends_the_run(intact: Network, icmp: Program, family: int) -> None:
    outcome = icmp.ping(intact["here"], "-i", "0.1", "-w", "1", server(intact, family))
    assert outcome.status == 0, outcome.stderr
    assert 1 <= outcome.only("summary")["sent"] <= 11


def test_targets_come_from_a_file(intact: Network, icmp: Program, tmp_path: pathlib.Path) -> None:
    targets = [server(intact, 4), server(intact, 6), intact["r2"].address(4)]
    (tmp_path / "targets").write_text("".join(f"{target}\n" for target in targets))
    tmp_path.chmod(0o755)
    outcome = icmp.ping(intact["here"], "-c", "1", "--file", str(tmp_path / "targets"))
    assert outcome.status == 0, outcome.stderr
    assert [line["target"] for line in outcome.of_type("summary")] == targets


def test_names_are_shown_only_when_asked_for(three: Network, icmp: Program, tmp_path: pathlib.Path,
                                             family: int) -> None:
    hosts = tmp_path / "hosts"
    hosts.write_text(f"{server(three, family)} server.example\n")
    three["here"].etc = {"/etc/hosts": hosts}
    silent = icmp.run(three["here"], "ping", "-c", "1", server(three, family))
    assert "server.example" not in silent.stdout
    named = icmp.run(three["here"], "ping", "--names", "-c", "2", "-i", "0.5", server(three, family))
    assert "server.example" in named.stdout


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_times_are_taken_by_the_kernel(three: Network, icmp: Program, family: int, user: str) -> None:
    for ping_sockets in (True, False) if user == "root" else (True,):
        three["here"].allow_ping_sockets(ping_sockets)
        arguments = ("-c", "5", "-i", "0.1", server(three, family))
        outcome = icmp.ping(three["here"], *arguments, user=user)
        clocks = [reply["clock"] for reply in outcome.of_type("reply")]
        assert len(clocks) == 5
        # The kernel switches its receive stamps on from a work queue, so the first may come without one.
        assert clocks[1:] == ["kernel"] * 4, (ping_sockets, clocks)


def link_local(network: Network, name: str, neighbour: str) -> str:
    device = network[name].ports[neighbour].device
    listing = network[name].run("ip", "-j", "-6", "addr", "show", "dev", device, "scope", "link")
    addresses = json.loads(listing.stdout)[0]["addr_info"]
    return next(entry["local"] for entry in addresses if entry.get("scope") == "link")


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_a_link_local_address_is_pinged_over_its_interface(intact: Network, icmp: Program, user: str) -> None:
    address = link_local(intact, "r1", "here")
    device = intact["here"].ports["r1"].device
    scoped = icmp.ping(intact["here"], "-c", "1", f"{address}%{device}", user=user)
    assert (scoped.status, scoped.only("summary")["received"]) == (0, 1), scoped
    named = icmp.ping(intact["here"], "-c", "1", "-I", device, address, user=user)
    assert (named.status, named.only("summary")["received"]) == (0, 1), named


def test_a_link_local_address_without_its_interface_is_refused(intact: Network, icmp: Program) -> None:
    address = link_local(intact, "r1", "here")
    outcome = icmp.ping(intact["here"], "-c", "1", address)
    assert (outcome.status, outcome.stdout) == (2, "")
    assert f"{address}%" in outcome.stderr


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_the_address_any_is_this_host(intact: Network, icmp: Program, address: str) -> None:
    outcome = icmp.ping(intact["here"], "-c", "1", address)
    assert (outcome.status, outcome.only("summary")["received"]) == (0, 1), outcome


def wait_for_lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


def finish(process: subprocess.Popen[str], before: list[str]) -> Outcome:
    stdout, stderr = process.communicate(timeout=HANG_GUARD_S)
    return Outcome(process.returncode, "".join(before) + stdout, stderr)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interrupt_ends_with_the_summary(intact: Network, icmp: Program, family: int,
                                            number: signal.Signals) -> None:
    process = icmp.start(intact["here"], "ping", "--json", "-i", "0.1", server(intact, family))
    before = wait_for_lines(process, 3)
    process.send_signal(number)
    outcome = finish(process, before)
    assert outcome.status == 0, outcome.stderr
    summary = outcome.only("summary")
    assert summary["received"] == len(outcome.of_type("reply")) >= 3
    assert outcome.lines[-1] == summary


def test_an_interrupt_prints_the_statistics_as_text(intact: Network, icmp: Program, family: int) -> None:
    process = icmp.start(intact["here"], "ping", "-i", "0.1", server(intact, family))
    before = wait_for_lines(process, 3)
    process.send_signal(signal.SIGINT)
    outcome = finish(process, before)
    assert outcome.status == 0
    assert re.search(r"\b0(\.0+)? ?% ", outcome.stdout)


def test_sigquit_tells_the_statistics_and_goes_on(intact: Network, icmp: Program, family: int) -> None:
    process = icmp.start(intact["here"], "ping", "-i", "0.1", server(intact, family))
    before = wait_for_lines(process, 3)
    process.send_signal(signal.SIGQUIT)
    after = wait_for_lines(process, 5)
    process.send_signal(signal.SIGINT)
    outcome = finish(process, before + after)
    assert outcome.status == 0
    told = re.findall(r"\d+(?:\.\d+)? ?%", outcome.stdout + outcome.stderr)
    assert len(told) == 2, outcome  # once for SIGQUIT, once at the end
    assert len(re.findall(r"seq=\d+", outcome.stdout)) >= 5


@pytest.mark.parametrize("ping_sockets", [True, False], ids=["ping-socket", "raw-socket"])
def test_no_capability_is_left_while_it_runs(three: Network, icmp: Program, family: int,
                                             ping_sockets: bool) -> None:
    three["here"].allow_ping_sockets(ping_sockets)
    process = icmp.start(three["here"], "ping", "--json", "-i", "0.2", server(three, family))
    wait_for_lines(process, 1)
    status = pathlib.Path("/proc", str(process.pid), "status").read_text()
    process.send_signal(signal.SIGINT)
    finish(process, [])
    held = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert held["Name"] == "icmp"
    for name in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
        assert int(held[name], 16) == 0, name
    assert held["NoNewPrivs"] == "1"


def test_lines_are_flushed_as_they_happen(intact: Network, icmp: Program, family: int) -> None:
    process = icmp.start(intact["here"], "ping", "--json", "-i", "0.5", "-c", "1000", server(intact, family))
    first = wait_for_lines(process, 2)
    still_running = process.poll() is None
    process.send_signal(signal.SIGINT)
    outcome = finish(process, first)
    assert still_running
    assert len(outcome.of_type("reply")) < 1000


def test_the_interval_is_kept(intact: Network, icmp: Program, family: int) -> None:
    """Twenty requests 50 ms apart take 0.95 s of the clock at least: never faster than asked for."""
    started = time.monotonic()
    outcome = icmp.ping(intact["here"], "-c", "20", "-i", "0.05", server(intact, family))
    assert outcome.only("summary")["received"] == 20
    assert time.monotonic() - started >= 19 * 0.05
