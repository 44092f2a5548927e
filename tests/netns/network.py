# SPDX-License-Identifier: BSD-2-Clause
"""Networks of real Linux routers: network namespaces joined by veth pairs, with IPv4 and IPv6.

The subnet N has the prefixes 10.99.N.0/24 and fd99:N::/64; the node on the left of a link is host 1 there and
the node on its right host 2. Names of namespaces carry the process id of their maker, so that what a killed
process left behind is recognised and removed.
"""

from __future__ import annotations

import atexit
import collections
import itertools
import json
import os
import pathlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

# No test ends because a machine is slow: this only frees a run in which something hangs for good.
HANG_GUARD_S = 180

FAMILIES = (4, 6)
PREFIX_LENGTH = {4: 24, 6: 64}
NOBODY = 65534
NAMES = pathlib.Path("/run/netns")
NAME_START = "icmpkit"

NODE_SYSCTLS = (
    "net.ipv4.conf.all.rp_filter=0",
    "net.ipv4.conf.default.rp_filter=0",
    "net.ipv6.conf.all.disable_ipv6=0",
    "net.ipv6.conf.default.disable_ipv6=0",
    "net.ipv6.conf.all.accept_dad=0",
    "net.ipv6.conf.default.accept_dad=0",
    "net.ipv4.fib_multipath_hash_policy=1",
    "net.ipv6.fib_multipath_hash_policy=1",
)
FORWARDING_SYSCTLS = ("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
# A stock kernel sends one error a second to a host after a burst of six (IPv4), and one in 100 ms (IPv6).
UNLIMITED_SYSCTLS = (
    "net.ipv4.icmp_ratelimit=0",
    "net.ipv4.icmp_msgs_per_sec=1000000",
    "net.ipv4.icmp_msgs_burst=1000000",
    "net.ipv6.icmp.ratelimit=0",
)


def prefix(subnet: int, family: int) -> str:
    return f"10.99.{subnet}.0/24" if family == 4 else f"fd99:{subnet}::/64"


@dataclass(frozen=True)
class Port:
    """One end of a link."""

    device: str
    subnet: int
    host: int

    def address(self, family: int) -> str:
        return f"10.99.{self.subnet}.{self.host}" if family == 4 else f"fd99:{self.subnet}::{self.host}"

    def with_length(self, family: int) -> str:
        return f"{self.address(family)}/{PREFIX_LENGTH[family]}"


@dataclass
class Node:
    """A host or a router: one network namespace."""

    name: str
    netns: str
    forwards: bool
    etc: dict[str, pathlib.Path] = field(default_factory=dict)
    ports: dict[str, Port] = field(default_factory=dict)  # by the name of the neighbour
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def address(self, family: int) -> str:
        """The address on the first link: the one that faces `here`."""
        return next(iter(self.ports.values())).address(family)

    def command(self, *arguments: str, user: str = "root") -> list[str]:
        """The command line that runs `arguments` in this namespace, by exec all the way."""
        whole = ["ip", "netns", "exec", self.netns]
        for path, replacement in self.etc.items():
            # `ip netns exec` gives the command a mount namespace of its own: nobody else sees this mount.
            whole += ["sh", "-c", 'mount --bind "$0" "$1" && shift && exec "$@"', str(replacement), path]
        if user == "nobody":
            whole += ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
                      "--inh-caps=-all"]
            whole += ["--bounding-set=-all", "--no-new-privs", "--"]
        return whole + list(arguments)

    def run(self, *arguments: str, user: str = "root") -> subprocess.CompletedProcess[str]:
        command = self.command(*arguments, user=user)
        return subprocess.run(command, capture_output=True, text=True, timeout=HANG_GUARD_S, check=False)

    def start(self, *arguments: str, user: str = "root") -> subprocess.Popen[str]:
        """Start it and leave it running; it ends with the network at the latest."""
        command = self.command(*arguments, user=user)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def ip(self, family: int, *lines: str) -> None:
        """Run lines of `ip` in this namespace: node.ip(6, "route del default")."""
        feed(["ip", f"-{family}", "-n", self.netns, "-batch", "-"], "\n".join(lines) + "\n")

    def sysctl(self, *settings: str) -> None:
        check(["ip", "netns", "exec", self.netns, "sysctl", "-q", "-w", *settings])

    def allow_ping_sockets(self, allowed: bool) -> None:
        self.sysctl("net.ipv4.ping_group_range=" + ("0 2147483647" if allowed else "1 0"))

    def filter(self, hook: str, *rules: str) -> None:
        """Add a firewall chain at a hook (input, forward, output). It lets neighbour discovery pass."""
        body = "\n".join(("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept", *rules))
        chain = f"type filter hook {hook} priority 0\n{body}"
        self.nft(f"table inet filter_{hook} {{\nchain rules {{\n{chain}\n}}\n}}\n")

    def nft(self, ruleset: str) -> None:
        feed(["ip", "netns", "exec", self.netns, "nft", "-f", "-"], ruleset)

    def count(self, hook: str, match: str) -> None:
        """Count the packets at a hook that match, from now on; counted() reads the counter."""
        chain = f"type filter hook {hook} priority 0\n{match} counter name seen"
        self.nft(f"table inet counting\ndelete table inet counting\n"
                 f"table inet counting {{\ncounter seen {{ }}\nchain rules {{\n{chain}\n}}\n}}\n")

    def counted(self) -> int:
        listing = self.run("nft", "-j", "list", "counter", "inet", "counting", "seen")
        objects = json.loads(listing.stdout)["nftables"]
        return next(entry["counter"]["packets"] for entry in objects if "counter" in entry)

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
        subprocess.run(["ip", "netns", "del", self.netns], capture_output=True, check=False)


class Network:
    """Nodes and links; `with Network() as network:` removes everything at the end."""

    _numbers = itertools.count(1)

    def __init__(self) -> None:
        self.number = next(Network._numbers)
        self.nodes: dict[str, Node] = {}
        self.links: list[tuple[str, str]] = []
        atexit.register(self.close)

    def __enter__(self) -> Network:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getitem__(self, name: str) -> Node:
        return self.nodes[name]

    def close(self) -> None:
        atexit.unregister(self.close)
        while self.nodes:
            self.nodes.popitem()[1].close()

    def add_host(self, name: str) -> Node:
        return self._add(name, forwards=False)

    def add_router(self, name: str) -> Node:
        return self._add(name, forwards=True)

    def _add(self, name: str, forwards: bool) -> Node:
        node = Node(name, f"{NAME_START}-{os.getpid()}-{self.number}-{name}", forwards)
        check(["ip", "netns", "add", node.netns])
        self.nodes[name] = node
        node.sysctl(*NODE_SYSCTLS, *UNLIMITED_SYSCTLS, *(FORWARDING_SYSCTLS if forwards else ()))
        node.ip(4, "link set lo up")
        return node

    def link(self, left: str, right: str) -> int:
        """Join two nodes by a veth pair with a subnet of its own, and return the subnet's number."""
        self.links.append((left, right))
        subnet = len(self.links)
        ends = ((self[left], Port(f"to-{right}", subnet, 1)), (self[right], Port(f"to-{left}", subnet, 2)))
        check(["ip", "link", "add", "name", ends[0][1].device, "netns", ends[0][0].netns, "type", "veth",
               "peer", "name", ends[1][1].device, "netns", ends[1][0].netns])
        for (node, port), neighbour in zip(ends, (right, left), strict=True):
            node.ports[neighbour] = port
            node.ip(4, f"addr add {port.with_length(4)} dev {port.device}", f"link set {port.device} up")
            node.ip(6, f"addr add {port.with_length(6)} dev {port.device} nodad")
        return subnet

    def route(self) -> None:
        """Give every router the shortest ways to every subnet, and every host a default route."""
        for node, family in itertools.product(self.nodes.values(), FAMILIES):
            if node.forwards:
                lines = [self._route_line(node, subnet, family) for subnet in self._distant_subnets(node)]
            else:
                lines = self._default_lines(node, family)
            if lines:
                node.ip(family, *lines)

    def _distant_subnets(self, node: Node) -> Iterator[int]:
        return (subnet for subnet, ends in enumerate(self.links, 1) if node.name not in ends)

    def _route_line(self, node: Node, subnet: int, family: int) -> str:
        distances = self._distances(self.links[subnet - 1])
        nearest = min(distances[name] for name in node.ports)
        ways = [self.gateway(node, name, family) for name in node.ports if distances[name] == nearest]
        target = f"route add {prefix(subnet, family)}"
        if len(ways) == 1:
            return f"{target} via {ways[0]}"
        return target + "".join(f" nexthop via {way}" for way in ways)

    def _default_lines(self, node: Node, family: int) -> list[str]:
        """A host's gateway is the first router that it is linked with."""
        routers = [name for name in node.ports if self[name].forwards]
        return [f"route add default via {self.gateway(node, name, family)}" for name in routers[:1]]

    def gateway(self, node: Node, neighbour: str, family: int) -> str:
        """The neighbour's address on the link with this node."""
        return self[neighbour].ports[node.name].address(family)

    def _distances(self, start: tuple[str, str]) -> dict[str, int]:
        """Hops from each node to the nearer end of a subnet. Hosts do not forward."""
        distances = {name: 0 for name in start}
        queue = collections.deque(start)
        while queue:
            name = queue.popleft()
            for neighbour in self[name].ports if self[name].forwards or distances[name] == 0 else ():
                if neighbour not in distances:
                    distances[neighbour] = distances[name] + 1
                    queue.append(neighbour)
        return distances

    def owner(self, address: str) -> str | None:
        """The node that has this address."""
        for node in self.nodes.values():
            if any(port.address(family) == address for port in node.ports.values() for family in FAMILIES):
                return node.name
        return None

    def limit_like_a_stock_kernel(self) -> None:
        """Put the limits on ICMP errors back to what Linux has by default."""
        for node in self.nodes.values():
            node.sysctl("net.ipv4.icmp_ratelimit=1000", "net.ipv4.icmp_msgs_per_sec=1000",
                        "net.ipv4.icmp_msgs_burst=50", "net.ipv6.icmp.ratelimit=100")


def chain(routers: int) -> Network:
    """here - r1 - r2 - ... - server: `routers` + 1 hops. With no router the server is on the link."""
    network = Network()
    names = ["here", *(f"r{number}" for number in range(1, routers + 1)), "server"]
    for name in names:
        if name in ("here", "server"):
            network.add_host(name)
        else:
            network.add_router(name)
    for left, right in itertools.pairwise(names):
        network.link(left, right)
    network.route()
    network["here"].allow_ping_sockets(True)
    return network


def diamond() -> Network:
    """here - fork = (a1 - a2 | b1 - b2) = join - server: two ways of equal cost, chosen by flow."""
    network = Network()
    network.add_host("here")
    for name in ("fork", "a1", "a2", "b1", "b2", "join"):
        network.add_router(name)
    network.add_host("server")
    for ends in ("here fork", "fork a1", "a1 a2", "a2 join", "fork b1", "b1 b2", "b2 join", "join server"):
        network.link(*ends.split())
    network.route()
    network["here"].allow_ping_sockets(True)
    return network


def remove_stale_namespaces() -> None:
    """Remove what a process that no longer lives has left."""
    for path in NAMES.glob(f"{NAME_START}-*"):
        maker = path.name.split("-")[1]
        if not pathlib.Path("/proc", maker).exists():
            subprocess.run(["ip", "netns", "del", path.name], capture_output=True, check=False)


def check(command: list[str]) -> None:
    feed(command, None)


def feed(command: list[str], text: str | None) -> None:
    """Run a command that must succeed, with `text` as its input."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=HANG_GUARD_S,
                          check=False)
    if done.returncode != 0:
        said = f"{' '.join(command)}: status {done.returncode}: {done.stderr.strip()}"
        raise RuntimeError(said if text is None else f"{said}\n{text}")
