# SPDX-License-Identifier: BSD-2-Clause
"""What can be wrong with a network, how it is brought about on real routers, and what the diagnosis must say.

Every fault is made in a chain here - r1 - r2 - r3 - server, so that a hop's number is its router's, and the
server is hop 4. Each is a row of FAULTS: a new one needs a function and a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from network import Network, prefix

ICMP = {4: "icmp", 6: "icmpv6"}
IP = {4: "ip", 6: "ip6"}
SERVER_SUBNET = 4

Break = Callable[[Network, int], None]


@dataclass(frozen=True)
class Fault:
    """A fault and its diagnosis.

    node: whose address the diagnosis names as the place; None where no hop has shown one, or for this host.
    answers: somebody says that something is wrong (a router by an ICMP error, or this host's own system), so
    the diagnosis need not wait for what does not come.
    """

    name: str
    apply: Break
    verdict: str
    relation: str
    ttl: int
    node: str | None
    answers: bool
    families: tuple[int, ...] = (4, 6)


def server_prefix(family: int) -> str:
    return prefix(SERVER_SUBNET, family)


def to_server(network: Network, family: int) -> str:
    return f"{IP[family]} daddr {network['server'].address(family)}"


def forget_route(router: str) -> Break:
    return lambda network, family: network[router].ip(family, f"route del {server_prefix(family)}")


def route_to_nowhere(router: str, kind: str) -> Break:
    """A route of the kind blackhole or prohibit."""
    return lambda network, family: network[router].ip(
        family, f"route del {server_prefix(family)}", f"route add {kind} {server_prefix(family)}")


def route_back(router: str, towards: str) -> Break:
    """A router that sends what is for the server back to where it came from."""

    def apply(network: Network, family: int) -> None:
        gateway = network.gateway(network[router], towards, family)
        network[router].ip(family, f"route del {server_prefix(family)}",
                           f"route add {server_prefix(family)} via {gateway}")

    return apply


def forget_way_back(router: str) -> Break:
    return lambda network, family: network[router].ip(family, f"route del {prefix(1, family)}")


def no_default_route(name: str) -> Break:
    return lambda network, family: network[name].ip(family, "route del default")


def lose_address(name: str, towards: str) -> Break:
    """The link stays up, and nobody answers ARP or neighbour solicitations for the address."""

    def apply(network: Network, family: int) -> None:
        port = network[name].ports[towards]
        network[name].ip(family, f"addr del {port.with_length(family)} dev {port.device}")

    return apply


def drop(name: str, hook: str) -> Break:
    return lambda network, family: network[name].filter(hook, f"{to_server(network, family)} drop")


def drop_echo(name: str, hook: str) -> Break:
    return lambda network, family: network[name].filter(
        hook, f"{to_server(network, family)} {ICMP[family]} type echo-request drop")


def reject(name: str, hook: str, reason: str) -> Break:
    return lambda network, family: network[name].filter(
        hook, f"{to_server(network, family)} reject with {reason}")


def mute(router: str) -> Break:
    """The router forwards, but never says that a hop limit ran out."""
    return lambda network, family: network[router].filter("output", f"{ICMP[family]} type time-exceeded drop")


def limit_errors(router: str) -> Break:
    """One time exceeded message a second and no burst."""
    return lambda network, family: network[router].filter(
        "output", f"{ICMP[family]} type time-exceeded limit rate over 1/second burst 1 packets drop")


def both(first: Break, second: Break) -> Break:
    def apply(network: Network, family: int) -> None:
        first(network, family)
        second(network, family)

    return apply


ADMIN = "icmpx type admin-prohibited"

FAULTS = (
    Fault("no-route", no_default_route("here"), "no-route", "local", 0, None, answers=True),
    Fault("firewall-here", drop("here", "output"), "blocked-locally", "local", 0, None, answers=True),
    Fault("firewall-here-against-echo", drop_echo("here", "output"), "blocked-locally", "local", 0, None,
          answers=True),
    Fault("gateway-gone", lose_address("r1", "here"), "gateway-silent", "after", 0, None, answers=True),

    # Linux sends an ICMPv6 error from the address of the interface that the packet came in by. So the first
    # router of a loop shows another address the second time round, and the next one is the first seen again.
    Fault("loop-at-r1", route_back("r2", "r1"), "loop", "at", 1, "r1", answers=True, families=(4,)),
    Fault("loop-at-r1", route_back("r2", "r1"), "loop", "at", 2, "r2", answers=True, families=(6,)),
    Fault("loop-at-r2", route_back("r3", "r2"), "loop", "at", 2, "r2", answers=True, families=(4,)),
    Fault("loop-at-r2", route_back("r3", "r2"), "loop", "at", 3, "r3", answers=True, families=(6,)),

    Fault("no-route-at-r1", forget_route("r1"), "net-unreachable", "at", 1, "r1", answers=True),
    Fault("no-route-at-r2", forget_route("r2"), "net-unreachable", "at", 2, "r2", answers=True),
    Fault("no-route-behind-mute", both(mute("r1"), forget_route("r2")), "net-unreachable", "at", 2, "r2",
          answers=True),

    Fault("rejected-at-r2", reject("r2", "forward", ADMIN), "filtered", "at", 2, "r2", answers=True),
    Fault("rejected-at-r3", reject("r3", "forward", ADMIN), "filtered", "at", 3, "r3", answers=True),
    Fault("rejected-by-server", reject("server", "input", ADMIN), "filtered", "at", 4, "server",
          answers=True),
    Fault("prohibited-by-route", route_to_nowhere("r2", "prohibit"), "filtered", "at", 2, "r2", answers=True),
    Fault("net-prohibited", reject("r2", "forward", "icmp type net-prohibited"), "filtered", "at", 2, "r2",
          answers=True, families=(4,)),
    Fault("host-prohibited", reject("r2", "forward", "icmp type host-prohibited"), "filtered", "at", 2, "r2",
          answers=True, families=(4,)),
    Fault("policy-fail", reject("r2", "forward", "icmpv6 type policy-fail"), "filtered", "at", 2, "r2",
          answers=True, families=(6,)),
    Fault("reject-route", reject("r2", "forward", "icmpv6 type reject-route"), "filtered", "at", 2, "r2",
          answers=True, families=(6,)),

    Fault("rejected-as-by-a-closed-port", reject("r2", "forward", "icmpx type port-unreachable"), "filtered",
          "at", 2, "r2", answers=True),
    Fault("rejected-by-server-as-by-a-closed-port", reject("server", "input", "icmpx type port-unreachable"),
          "port-unreachable", "at", 4, "server", answers=True),
    Fault("rejected-by-server-as-an-unknown-protocol", reject("server", "input", "icmp type prot-unreachable"),
          "protocol-unreachable", "at", 4, "server", answers=True, families=(4,)),

    Fault("server-gone", lose_address("server", "r3"), "host-unreachable", "at", 3, "r3", answers=True),

    Fault("echo-ignored", drop_echo("server", "input"), "echo-filtered", "at", 4, "server", answers=False),
    Fault("echo-dropped", drop_echo("r3", "forward"), "echo-filtered", "at", 4, "server", answers=False),

    Fault("dropped-at-r3", drop("r3", "forward"), "silent-drop", "after", 3, "r3", answers=False),
    Fault("dropped-at-r1", drop("r1", "forward"), "silent-drop", "after", 1, "r1", answers=False),
    Fault("dropped-behind-mute", both(mute("r3"), drop("r3", "forward")), "silent-drop", "after", 2, "r2",
          answers=False),
    Fault("blackhole", route_to_nowhere("r2", "blackhole"), "silent-drop", "after", 1, "r1", answers=False),
    Fault("server-drops-all", drop("server", "input"), "silent-drop", "after", 3, "r3", answers=False),
    Fault("no-way-back", no_default_route("server"), "silent-drop", "after", 3, "r3", answers=False),
    Fault("no-way-back-at-r2", forget_way_back("r2"), "silent-drop", "after", 1, "r1", answers=False),
)
