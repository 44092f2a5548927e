# SPDX-License-Identifier: BSD-2-Clause
"""Read the frames of capture files: classic pcap and pcapng, in either byte order."""

from __future__ import annotations

import pathlib
import struct
from collections.abc import Iterator

Frame = tuple[int, bytes]  # link type, bytes

PCAP_MAGICS = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">",
               b"\xa1\xb2\x3c\x4d": ">"}
SECTION_HEADER, INTERFACE, OLD_PACKET, SIMPLE_PACKET, ENHANCED_PACKET = 0x0A0D0D0A, 1, 2, 3, 6


def frames(path: pathlib.Path) -> Iterator[Frame]:
    """Every frame, in the order of the file: the number of the first is 1."""
    data = path.read_bytes()
    if data[:4] in PCAP_MAGICS:
        return pcap_frames(data, PCAP_MAGICS[data[:4]])
    if data[:4] == SECTION_HEADER.to_bytes(4, "big"):
        return pcapng_frames(data)
    raise ValueError(f"{path}: neither pcap nor pcapng")


def pcap_frames(data: bytes, order: str) -> Iterator[Frame]:
    link_type = struct.unpack_from(order + "I", data, 20)[0] & 0x0FFFFFFF
    at = 24
    while at + 16 <= len(data):
        captured = struct.unpack_from(order + "8xI", data, at)[0]
        yield link_type, data[at + 16:at + 16 + captured]
        at += 16 + captured


def pcapng_frames(data: bytes) -> Iterator[Frame]:
    order, links, at = "<", [], 0
    while at + 12 <= len(data):
        kind = struct.unpack_from(order + "I", data, at)[0]
        if kind == SECTION_HEADER:
            order = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
            links = []
        length = struct.unpack_from(order + "I", data, at + 4)[0]
        body = data[at + 8:at + length - 4]
        if kind == INTERFACE:
            links.append(struct.unpack_from(order + "H", body)[0])
        elif kind == ENHANCED_PACKET:
            interface, captured = struct.unpack_from(order + "I8xI", body)
            yield links[interface], body[20:20 + captured]
        elif kind == OLD_PACKET:
            interface, captured = struct.unpack_from(order + "H10xI", body)
            yield links[interface], body[20:20 + captured]
        elif kind == SIMPLE_PACKET:
            yield links[0], body[4:4 + struct.unpack_from(order + "I", body)[0]]
        at += length
