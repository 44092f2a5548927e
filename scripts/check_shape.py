#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Measures the shape of the C code and refuses what is past the limits: check_shape.py [ROOT]

Functions: none over 60 lines, nine of ten at most 40, at most 6 parameters. Files: at most 800 lines, none
called after nothing in particular, each with its licence. Lines: at most 110 columns. Some functions of the C
library are not used. Lengths are those of clang-format's layout: a body begins with a brace in the first
column and ends with one.
"""
import pathlib
import re
import sys

FUNCTION_MAX, FUNCTION_USUAL, USUAL_SHARE = 60, 40, 0.9
PARAMETERS_MAX, FILE_MAX, COLUMNS_MAX, TAB = 6, 800, 110, 8
FORBIDDEN = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|atoi|atol|strtok|gets|alloca|longjmp|setjmp)\s*\(")
NAMELESS = {"util", "utils", "common", "misc", "helper", "helpers", "manager"}
HEAD = re.compile(r"^[A-Za-z_].*\([^;]*\)$", re.DOTALL)


def functions_of(lines):
    """(name, first line, lines, parameters) of each function definition"""
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = start
            while head > 0 and lines[head - 1] and not lines[head - 1].startswith(("}", "#", "/*", " *")):
                head -= 1
            text = "\n".join(lines[head:start])
            if HEAD.match(text):
                name = re.search(r"(\w+)\s*\(", text).group(1)
                yield name, head + 1, number - head + 1, parameters_of(text)
            start = None


def parameters_of(head):
    inside = head[head.index("(") + 1 : head.rindex(")")]
    depth, commas = 0, 0
    for c in inside:
        depth += (c == "(") - (c == ")")
        commas += c == "," and depth == 0
    return 0 if inside.strip() in ("", "void") else commas + 1


def code_of(text):
    """The text without comments and strings."""
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\])*"', " ", text, flags=re.DOTALL)


def complaints_of(path, text):
    lines = text.splitlines()
    if "SPDX-License-Identifier" not in (lines[0] if lines else ""):
        yield f"{path}:1: the licence is missing"
    if len(lines) > FILE_MAX:
        yield f"{path}: {len(lines)} lines; at most {FILE_MAX}"
    if NAMELESS & set(re.split(r"[_.]", path.name)):
        yield f"{path}: a file is named for the one thing it holds"
    for number, line in enumerate(lines, 1):
        if len(line.expandtabs(TAB)) > COLUMNS_MAX:
            yield f"{path}:{number}: {len(line.expandtabs(TAB))} columns; at most {COLUMNS_MAX}"
    for found in FORBIDDEN.findall(code_of(text)):
        yield f"{path}: {found}() is not used here"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    complaints, lengths, longest_file = [], [], 0
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("include/**/*.h"), *root.glob("fuzz/*.[ch]")]):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root)
        longest_file = max(longest_file, len(text.splitlines()))
        complaints += complaints_of(name, text)
        for function, line, length, parameters in functions_of(text.splitlines()):
            lengths.append(length)
            if length > FUNCTION_MAX:
                complaints.append(f"{name}:{line}: {function}() has {length} lines; at most {FUNCTION_MAX}")
            if parameters > PARAMETERS_MAX:
                complaints.append(f"{name}:{line}: {function}() has {parameters} parameters")
    if not lengths:
        sys.exit("no function found: is this the root of the project?")
    usual = sum(length <= FUNCTION_USUAL for length in lengths) / len(lengths)
    if usual < USUAL_SHARE:
        complaints.append(f"only {usual:.1%} of the functions have at most {FUNCTION_USUAL} lines")
    print(f"{len(lengths)} functions, the longest {max(lengths)} lines, {usual:.1%} at most {FUNCTION_USUAL}; "
          f"the longest file {longest_file} lines")
    print("\n".join(complaints), end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
