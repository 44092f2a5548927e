#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compares what PROGRAM makes of tests/golden/cases/*.hex with the .txt and .json files beside them.

A .hex file holds one IP datagram in hexadecimal digits; lines that begin with # are comments. PROGRAM reads
datagrams from standard input, one a line, and writes a line of JSON for each, or with --text a line of text.
With --update the expected files are written anew: read the difference before you commit it.
"""
import argparse
import difflib
import json
import pathlib
import subprocess
import sys

CASES = pathlib.Path(__file__).resolve().parent.parent / "tests" / "golden" / "cases"


def packet_of(path):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return "".join("".join(lines).split())


def run(program, arguments, packets):
    result = subprocess.run([program, *arguments], input="\n".join(packets) + "\n", text=True,
                            capture_output=True, check=False, timeout=60)
    if result.returncode != 0:
        sys.exit(f"golden: {program} failed: {result.stderr.strip()}")
    lines = result.stdout.split("\n")[:-1]
    if len(lines) != len(packets):
        sys.exit(f"golden: {len(packets)} packets gave {len(lines)} lines")
    return lines


def pretty(line):
    """One member a line, so that a difference names the member."""
    return json.dumps(json.loads(line), indent=1, ensure_ascii=True) + "\n"


def differences(path, wanted, got):
    return "".join(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True),
                                        f"{path.name} (expected)", f"{path.name} (now)"))


def check(path, got, update):
    """Returns what differs, an empty string if nothing does."""
    if update:
        path.write_text(got)
        return ""
    if not path.exists():
        return f"{path.name}: missing; scripts/golden.py --update PROGRAM writes it\n"
    return differences(path, path.read_text(), got)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the expected files anew")
    parser.add_argument("program")
    options = parser.parse_args()

    sources = sorted(CASES.glob("*.hex"))
    if not sources:
        sys.exit(f"golden: no cases in {CASES}")
    packets = [packet_of(source) for source in sources]
    texts = run(options.program, ["--text"], packets)
    objects = run(options.program, [], packets)
    report = ""
    for source, text, line in zip(sources, texts, objects):
        report += check(source.with_suffix(".txt"), text + "\n", options.update)
        report += check(source.with_suffix(".json"), pretty(line), options.update)
    orphans = {path.name for suffix in ("txt", "json") for path in CASES.glob("*." + suffix)
               if not path.with_suffix(".hex").exists()}
    report += "".join(f"{name}: no .hex file beside it\n" for name in sorted(orphans))
    sys.stdout.write(report)
    verdict = "updated" if options.update else "differences" if report else "all equal"
    print(f"golden: {len(sources)} cases, {verdict}")
    return 1 if report else 0


if __name__ == "__main__":
    sys.exit(main())
