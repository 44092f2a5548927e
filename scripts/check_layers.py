#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Refuses includes that break the layers: check_layers.py [ROOT]

A file includes only its own layer and those to its left. The pure layers include no system header but a few
of the C library's, and no file but src/net/filter.c a system ICMP header.
"""
import pathlib
import re
import sys

USES = {
    "base": {"base"},
    "wire": {"base", "wire"},
    "probe": {"base", "wire", "probe"},
    "diagnose": {"base", "wire", "probe", "diagnose"},
    "net": {"base", "wire", "probe", "net"},
    "run": {"base", "wire", "probe", "net", "run"},
    "out": {"base", "wire", "probe", "diagnose", "net", "run", "out"},
    "cmd": {"base", "wire", "probe", "diagnose", "net", "run", "out", "cmd"},
}
PURE = {"base", "wire", "probe", "diagnose"}
PURE_SYSTEM = {"errno.h", "limits.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h"}
HEADER_LAYER = {
    "base": {"address", "base", "text"},
    "wire": {"checksum", "datagram", "ethernet", "extension", "frame", "message", "numbers", "quote"},
    "probe": {"ping", "probe", "trace"},
    "diagnose": {"diagnose"},
    "net": {"network"},
    "run": {"prober"},
}
SYSTEM_ICMP = {"netinet/ip_icmp.h", "netinet/icmp6.h", "linux/icmp.h", "linux/icmpv6.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)


def layer_of_header(name):
    for layer, names in HEADER_LAYER.items():
        if name in names:
            return layer
    return None


def included_layer(path):
    """The layer that an include names, or None for a system header."""
    parts = path.split("/")
    if parts[0] == "icmpkit":
        return layer_of_header(parts[1].removesuffix(".h"))
    return parts[0] if len(parts) == 2 and parts[0] in USES else None


def complaints_of(path, layer, text):
    for bracket, name in INCLUDE.findall(text):
        target = included_layer(name)
        if name in SYSTEM_ICMP and path.as_posix() != "src/net/filter.c":
            yield f"{path}: <{name}> belongs to src/net/filter.c alone; our numbers are in <icmpkit/numbers.h>"
        elif name.startswith("icmpkit/") and target is None:
            yield f"{path}: no layer is known for <{name}>"
        elif target is not None and target not in USES[layer]:
            yield f"{path}: {layer} may not include {bracket}{name}: {target} lies to its right"
        elif target is None and layer in PURE and name not in PURE_SYSTEM:
            yield f"{path}: the pure layer {layer} may not include <{name}>"


def all_files(root):
    """(path below the root, layer)"""
    for path in sorted(root.glob("src/*/*.[ch]")):
        yield path.relative_to(root), path.parent.name
    for path in sorted(root.glob("include/icmpkit/*.h")):
        if path.stem != "icmpkit":
            yield path.relative_to(root), layer_of_header(path.stem)


def cycle_in(graph):
    """One include cycle as a list of files, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for following in graph.get(node, ()):
            found = visit(following)
            if found:
                return found
        path.pop()
        done.add(node)
        return None

    for node in graph:
        found = visit(node)
        if found:
            return found
    return None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    complaints, graph, count = [], {}, 0
    for path, layer in all_files(root):
        text = (root / path).read_text(encoding="utf-8")
        count += 1
        if layer not in USES:
            complaints.append(f"{path}: no layer is known for this file")
            continue
        complaints += complaints_of(path, layer, text)
        own = path.as_posix().split("/", 1)[1]
        graph[own] = [name for _, name in INCLUDE.findall(text) if included_layer(name)]
    cycle = cycle_in(graph)
    if cycle:
        complaints.append("an include cycle: " + " -> ".join(cycle))
    print("\n".join(complaints) or f"{count} files keep the layers")
    return 1 if complaints or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
