#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes DIRECTORY/NAME/, a seed corpus for each fuzzer of the wire layer, from the test vectors."""
import hashlib
import json
import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "data" / "vectors.jsonl"
MOST = 60
LONGEST = 512
QUOTING = {4: {3, 4, 5, 11, 12}, 6: {1, 2, 3, 4}}
EXTENDED = {4: {3, 11, 12}, 6: {1, 3}}


def messages():
    """(family, whole packet, ICMP message) of each vector"""
    for line in VECTORS.read_text().splitlines():
        vector = json.loads(line)
        packet = bytes.fromhex(vector["hex"])
        if len(packet) > LONGEST:
            continue
        header = (packet[0] & 15) * 4 if vector["family"] == 4 else 40
        if vector["family"] == 6 and packet[6] == 0:  # hop-by-hop options
            header += (packet[41] + 1) * 8
        yield vector["family"], packet, packet[header:]


def seeds():
    """(fuzzer, bytes)"""
    for family, packet, message in messages():
        yield "datagram", packet
        if len(message) < 8:
            continue
        yield "decode", bytes([0 if family == 4 else 1]) + message
        if message[0] in QUOTING[family]:
            yield "quote", message[8:136]
        for at in {136, 8 + message[5] * 4, 8 + message[4] * 8}:
            if message[0] in EXTENDED[family] and at > 8 and message[at:at + 1] == b"\x20":
                yield "extension", message[at:]


def main():
    root = pathlib.Path(sys.argv[1])
    taken = {}
    for fuzzer, data in seeds():
        name = hashlib.sha1(data).hexdigest()[:16]
        taken.setdefault(fuzzer, {})[name] = data
    for fuzzer, files in taken.items():
        directory = root / fuzzer
        directory.mkdir(parents=True, exist_ok=True)
        for name in sorted(files)[:MOST]:
            (directory / name).write_bytes(files[name])
        print(f"{directory}: {min(len(files), MOST)} seeds")


if __name__ == "__main__":
    main()
