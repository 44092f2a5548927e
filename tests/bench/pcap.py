# SPDX-License-Identifier: BSD-2-Clause
"""Read echo messages and their time stamps from a capture file (classic pcap, Ethernet)."""

from __future__ import annotations

import pathlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

NANOSECOND_MAGIC = 0xA1B23C4D
LINKTYPE_ETHERNET = 1
FILE_HEADER = struct.Struct("<IHHiIII")
RECORD_HEADER = struct.Struct("<IIII")
ETHERNET_BYTES = 14
ETHERTYPE_IPV4 = 0x0800
PROTOCOL_ICMP = 1
ECHO_REPLY, ECHO_REQUEST = 0, 8


@dataclass(frozen=True)
class Echo:
    """An ICMPv4 echo request or reply on the wire."""

    is_request: bool
    identifier: int
    sequence: int
    at_ns: int


def read_frames(path: pathlib.Path) -> Iterator[tuple[int, bytes]]:
    """Time stamp in nanoseconds and bytes of every frame. What is not yet whole in the file is left out."""
    data = path.read_bytes() if path.exists() else b""
    if len(data) < FILE_HEADER.size:
        return
    header = FILE_HEADER.unpack_from(data)
    if header[0] != NANOSECOND_MAGIC or header[6] != LINKTYPE_ETHERNET:
        raise ValueError(f"{path}: not a little-endian nanosecond capture of Ethernet")
    at = FILE_HEADER.size
    while at + RECORD_HEADER.size <= len(data):
        seconds, nanoseconds, captured, _ = RECORD_HEADER.unpack_from(data, at)
        at += RECORD_HEADER.size
        if at + captured <= len(data):
            yield seconds * 1_000_000_000 + nanoseconds, data[at:at + captured]
        at += captured


def read_echo(at_ns: int, frame: bytes) -> Echo | None:
    """The echo message in a frame, if it holds one."""
    if len(frame) < ETHERNET_BYTES + 20 or int.from_bytes(frame[12:14], "big") != ETHERTYPE_IPV4:
        return None
    packet = frame[ETHERNET_BYTES:]
    message = packet[(packet[0] & 0x0F) * 4:]
    if packet[9] != PROTOCOL_ICMP or len(message) < 8 or message[0] not in (ECHO_REPLY, ECHO_REQUEST):
        return None
    identifier, sequence = struct.unpack_from(">HH", message, 4)
    return Echo(message[0] == ECHO_REQUEST, identifier, sequence, at_ns)


def round_trips(path: pathlib.Path) -> list[int]:
    """Nanoseconds between each answered echo request and its reply, in the order of the requests.

    The n-th belongs to the n-th request of the program that was captured, whatever it counts from.
    """
    requests: dict[tuple[int, int], int] = {}
    answered: dict[tuple[int, int], int] = {}
    for at_ns, frame in read_frames(path):
        echo = read_echo(at_ns, frame)
        if echo is None:
            continue
        key = (echo.identifier, echo.sequence)
        if echo.is_request:
            requests.setdefault(key, echo.at_ns)
        else:
            answered.setdefault(key, echo.at_ns)
    return [answered[key] - sent_ns for key, sent_ns in requests.items() if key in answered]
