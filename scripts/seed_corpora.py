#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes DIRECTORY/NAME/, seed corpora for the fuzzers of bytes from the network, from the test vectors."""
import hashlib
import json
import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "data" / "vectors.jsonl"
MOST = 60
LONGEST = 512
QUOTING = {4: {3, 4, 5, 11, 12}, 6: {1, 2, 3, 4}}
EXTENDED = {4: {3, 11, 12}, 6: {1, 3}}
RAW_ICMP, RAW_TCP, PING_SOCKET, UDP, PING_ERRORS, UDP_ERRORS = range(6)  # the readings of fuzz/arrival.c
SYN_ACK = bytes.fromhex("00509c400000000100000002501220000000 0000")


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


def arrivals(family, packet, message):
    """What the sockets would have handed over: a byte that chooses the reading, then its own."""

    def reading(which, *parts):
        return b"".join([bytes([which * 2 + (family == 6)]), *parts])

    yield reading(RAW_ICMP, packet if family == 4 else message)
    yield reading(PING_SOCKET, message)
    yield reading(RAW_TCP, (bytes.fromhex("4500002800010000400600000a0000020a000001") if family == 4 else b"") + SYN_ACK)
    if len(message) >= 8 and message[0] in QUOTING[family]:
        transport = message[8 + (20 if family == 4 else 40):]
        origin = {4: 2, 6: 3}[family]  # SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6
        error = bytes([origin, 113, message[0], message[1], 0, 0]) + min(len(transport), 108).to_bytes(2, "big") + b"\0"
        yield reading(PING_ERRORS, error, transport)
        yield reading(UDP_ERRORS, error, transport[8:])


def seeds():
    """(fuzzer, bytes)"""
    for family, packet, message in messages():
        yield "datagram", packet
        for arrival in arrivals(family, packet, message):
            yield "arrival", arrival
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
