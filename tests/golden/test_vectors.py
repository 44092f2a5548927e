# SPDX-License-Identifier: BSD-2-Clause
"""Packets with independently known contents (tests/data/vectors.jsonl) against what decode_line says of them.

Every expectation of every vector is checked, or skipped for a reason given below: PENDING_TYPES and
PENDING_KEYS say what is not decoded yet, and the skips are counted in the summary. A type that is decoded by
now must leave the list: the tests at the end see to that.
"""
import functools
import json
import os
import pathlib
import subprocess

import pytest

PROGRAM = os.environ.get("DECODE_LINE", "")
DATA = pathlib.Path(__file__).parent.parent / "data" / "vectors.jsonl"
VECTORS = [json.loads(line) for line in DATA.read_text().splitlines()]

# Message types of which only type, code and checksum are decoded so far.
PENDING_TYPES = {
    4: {6, 31, 32, 33, 34, 35, 36, 37, 38, 39, 42, 43},
    6: {160, 161},
}
# What such a type's vectors expect beyond type, code and checksum.
PENDING_KEYS = {"id", "seq", "num", "lifetime", "mask", "local", "opts", "pref64", "target", "group", "flags",
                "nsrc", "nrec", "malformed"}

# Where a vector and our reading of the RFC differ in words, not in what was found.
READINGS = {
    # The length stands in the octet that is unused in IPv4, so the length itself is 0: RFC 4884 5.5.
    (100, "ext"): "good-legacy",
}

# Expectations not checked because of the lists above. Only ever made smaller.
MOST_SKIPPED = 18

EXTENSION_STATUS = {
    "good": "compliant", "empty": "compliant", "badobj": "compliant", "good-legacy": "legacy",
    "good-short": "length-short", "good-badlen": "length-wrong", "nocksum": "unverified",
    "bad": "bad-checksum", "none": "none",
}


@functools.lru_cache(maxsize=None)
def decoded():
    """number of the vector -> object"""
    assert PROGRAM, "DECODE_LINE names the program"
    packets = "".join(vector["hex"] + "\n" for vector in VECTORS)
    result = subprocess.run([PROGRAM], input=packets, text=True, capture_output=True, check=True, timeout=60)
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(objects) == len(VECTORS)
    return {vector["n"]: obj for vector, obj in zip(VECTORS, objects)}


def icmp_of(packet):
    return packet["icmp"]


def check_checksum(packet, want):
    assert icmp_of(packet)["checksum_ok"] == {"good": True, "bad": False, "unverifiable": None}[want]


def check_labels(packet, want):
    labels = [label["label"] for extension in icmp_of(packet)["extensions"]
              for label in extension.get("labels", [])]
    assert labels == want


def check_extension(packet, want):
    icmp = icmp_of(packet)
    if want == "none" and "extension_status" not in icmp:
        return
    assert icmp["extension_status"] == EXTENSION_STATUS[want]
    malformed = icmp["extensions_malformed"] or any(e.get("malformed") for e in icmp["extensions"])
    assert malformed == (want == "badobj")
    if want in ("empty", "none", "bad"):
        assert icmp["extensions"] == []


def check_interfaces(packet, want):
    keys = {"role": "role", "ifindex": "index", "ip": "address", "name": "interface_name", "mtu": "mtu"}
    roles = ["incoming", "sub-ip", "outgoing", "next-hop"]
    got = [e for e in icmp_of(packet)["extensions"] if e.get("class") == 2]
    assert len(got) == len(want)
    for extension, interface in zip(got, want):
        for key, value in interface.items():
            assert extension[keys[key]] == (roles[value] if key == "role" else value)
        for key in keys.keys() - interface.keys():
            assert extension[keys[key]] is None


def check_quote_malformed(packet, want):
    quoted = icmp_of(packet)["quoted"]
    if want == "ihl":  # the addresses are in the fixed part; what follows it cannot be known
        assert quoted["src"] is not None and quoted["src_port"] is None
    else:
        assert want == "version" and quoted["version"] != icmp_of(packet)["version"]


def check_hostile_name(packet, want):
    assert want is True
    names = [e["interface_name"] for e in icmp_of(packet)["extensions"] if e.get("class") == 2]
    assert any(ord(c) < 0x20 for name in names for c in name)  # and JSON carried it escaped


def check_malformed(packet, want):
    if want is True:
        assert packet["errors"] and "icmp" not in packet
    elif want in ("optlen0", "optcut"):
        assert icmp_of(packet)["options_malformed"] is True
    elif want in ("nsrc", "nrec", "optover"):  # a count or a length lies
        assert icmp_of(packet)["records_malformed"] is True
    else:
        assert want in ("rdnss-even", "dnssl")
        assert [option.get("malformed") for option in icmp_of(packet)["options"]] == [True]


def check_pref64(packet, want):
    """@want: bits of the prefix, 0 for a code that RFC 8781 4 does not define"""
    codes = [option["prefix_length_code"] for option in icmp_of(packet)["options"] if option["type"] == 38]
    assert [{0: 96, 1: 64, 2: 56, 3: 48, 4: 40, 5: 32}.get(code, 0) for code in codes] == [want]


def check_flags(packet, want):
    names = {"R": "router", "S": "solicited", "O": "override"}
    assert {name: icmp_of(packet)["fields"][name] for name in names.values()} == \
        {name: flag in want for flag, name in names.items()}


def check_source_count(packet, want):
    record = icmp_of(packet)["records"][0]
    assert record["number_of_sources"] == want and len(record["sources"]) == want


def check_record_count(packet, want):
    icmp = icmp_of(packet)
    assert icmp["fields"]["number_of_records"] == want and len(icmp["records"]) == want


def one_of_fields(*names):
    """The field has another name in another message."""
    def check(packet, want):
        fields = icmp_of(packet)["fields"]
        assert [fields[name] for name in names if name in fields] == [want]
    return check


def check_router_count(packet, want):
    icmp = icmp_of(packet)
    assert icmp["fields"]["num_addrs"] == want and len(icmp["records"]) == want


def field(name):
    def check(packet, want):
        assert icmp_of(packet)["fields"][name] == want
    return check


def quoted(*path):
    def check(packet, want):
        got = icmp_of(packet)["quoted"]
        for name in path:
            got = got[name]
        assert got == want
    return check


def check_quote_truncated(packet, want):
    got = icmp_of(packet)["quoted"]
    assert want is True and (got is None or got["truncated"])


def check_quote_checksum(packet, want):
    assert icmp_of(packet)["quoted"]["header_checksum_ok"] is (want == "good")


def check_options(packet, want):
    assert [option["type"] for option in icmp_of(packet)["options"]] == want


def check_member(name):
    def check(packet, want):
        assert icmp_of(packet)[name] == want
    return check


CHECKS = {
    "type": check_member("type"), "code": check_member("code"), "cksum": check_checksum,
    "id": one_of_fields("identifier", "id_number"), "seq": field("sequence"), "mtu": field("mtu"), "ptr": field("pointer"),
    "gw": field("gateway"), "target": field("target"), "dest": field("destination"),
    "q_src": quoted("src"), "q_dst": quoted("dst"), "q_proto": quoted("protocol"),
    "q_sport": quoted("src_port"), "q_dport": quoted("dst_port"), "q_spi": quoted("spi"),
    "q_icmp_type": quoted("icmp", "type"), "q_icmp_id": quoted("icmp", "identifier"),
    "q_icmp_seq": quoted("icmp", "sequence"),
    "q2_src": quoted("inner", "src"), "q2_dport": quoted("inner", "dst_port"),
    "q_trunc": check_quote_truncated, "q_malformed": check_quote_malformed,
    "q_ip_cksum": check_quote_checksum, "qlen": check_member("quote_bytes"),
    "labels": check_labels, "ext": check_extension,
    "iio": check_interfaces, "hostile_name": check_hostile_name, "opts": check_options,
    "mask": field("address_mask"), "num": check_router_count,
    "malformed": check_malformed, "lifetime": one_of_fields("router_lifetime", "lifetime"), "pref64": check_pref64,
    "flags": check_flags, "group": field("multicast_address"), "nsrc": check_source_count,
    "nrec": check_record_count,
}


def is_pending(vector, key):
    expect = vector["expect"]
    return key in PENDING_KEYS and expect.get("type") in PENDING_TYPES[vector["family"]]


EXPECTATIONS = [pytest.param(vector, key, id=f"{vector['n']}-{key}") for vector in VECTORS
                for key in vector["expect"]]


@pytest.mark.parametrize("vector,key", EXPECTATIONS)
def test_expectation(vector, key):
    if is_pending(vector, key):
        pytest.skip(f"v{vector['family']} type {vector['expect']['type']} is not decoded yet: {key}")
    want = READINGS.get((vector["n"], key), vector["expect"][key])
    CHECKS[key](decoded()[vector["n"]], want)


@pytest.mark.parametrize("vector", [pytest.param(v, id=str(v["n"])) for v in VECTORS])
def test_pending_types_are_unknown_to_the_program(vector):
    expect = vector["expect"]
    if expect.get("type") in PENDING_TYPES[vector["family"]]:
        assert icmp_of(decoded()[vector["n"]])["name"] == "unknown", "take it off PENDING_TYPES"


def test_no_more_is_skipped_than_there_was():
    skipped = sum(is_pending(vector, key) for vector in VECTORS for key in vector["expect"])
    checked = sum(len(vector["expect"]) for vector in VECTORS) - skipped
    print(f"{checked} expectations checked, {skipped} skipped")
    assert skipped <= MOST_SKIPPED
