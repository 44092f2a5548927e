# SPDX-License-Identifier: BSD-2-Clause
"""The network of the demonstration: here - gw - core - edge - server, first healthy, then broken at `edge`.

Every router is a network namespace of its own. Exits with 0 only if the diagnosis named the fault and its
place.
"""

from __future__ import annotations

import itertools
import json
import pathlib
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "netns"))

import network  # noqa: E402
from network import FAMILIES, Network, Node  # noqa: E402

ROUTERS = ("gw", "core", "edge")
BROKEN, BROKEN_TTL = "edge", 3


def build(directory: pathlib.Path) -> Network:
    """The chain, with a hosts file that only the commands on `here` see."""
    chain = Network()
    names = ("here", *ROUTERS, "server")
    for name in names:
        if name in ROUTERS:
            chain.add_router(name)
        else:
            chain.add_host(name)
    for left, right in itertools.pairwise(names):
        chain.link(left, right)
    chain.route()
    hosts = directory / "hosts"
    entries = [f"{chain[name].address(family)} {name}" for family in FAMILIES for name in names]
    hosts.write_text("\n".join(["127.0.0.1 localhost", *entries, ""]))
    chain["here"].etc = {"/etc/hosts": hosts}
    return chain


def break_edge(chain: Network) -> None:
    """The last router forgets the network that the server is in."""
    for family in FAMILIES:
        chain[BROKEN].ip(family, f"route del {network.prefix(len(chain.links), family)}")


def say(text: str) -> None:
    print(f"\n# {text}", flush=True)


def show(node: Node, program: str, *arguments: str) -> None:
    """Echo a command and run it before the reader's eyes."""
    print(f"\n$ icmp {' '.join(arguments)}", flush=True)
    subprocess.run(node.command(program, *arguments), check=False)


def diagnosed_rightly(chain: Network, program: str) -> bool:
    done = chain["here"].run(program, "diagnose", "--json", "server")
    diagnosis = json.loads(done.stdout.splitlines()[-1])
    family = 6 if ":" in diagnosis["address"] else 4  # as the resolver of this machine prefers
    expected = {"relation": "at", "ttl": BROKEN_TTL, "address": chain[BROKEN].address(family)}
    return diagnosis["verdict"] == "net-unreachable" and diagnosis["where"] == expected


def demonstrate(chain: Network, program: str) -> int:
    here = chain["here"]
    say("A network of real Linux routers: here - gw - core - edge - server. All is well.")
    show(here, program, "ping", "-c", "3", "server")
    show(here, program, "trace", "--names", "server")
    break_edge(chain)
    say("Now somebody deletes a route on one of the routers. The users say: the server is down.")
    show(here, program, "ping", "-c", "2", "server")
    show(here, program, "trace", "--names", "server")
    say("What is wrong, and where?")
    show(here, program, "diagnose", "server")
    if diagnosed_rightly(chain, program):
        say(f"Right: it was the route to the server on {BROKEN}, hop {BROKEN_TTL}.")
        return 0
    say(f"WRONG: it was the route to the server on {BROKEN}, hop {BROKEN_TTL}.")
    return 1


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(1))  # the network is removed then too
    network.remove_stale_namespaces()
    with tempfile.TemporaryDirectory() as directory, build(pathlib.Path(directory)) as chain:
        return demonstrate(chain, sys.argv[1])


if __name__ == "__main__":
    sys.exit(main())
