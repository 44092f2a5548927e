# SPDX-License-Identifier: BSD-2-Clause
"""The checks of the house: they pass on the tree, and each refuses a deliberately wrong file."""
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the sources that a test may spoil."""
    for name in ("src", "include", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def check_layers(root):
    return run("/usr/bin/python3", str(ROOT / "scripts" / "check_layers.py"), str(root))


def test_the_tree_keeps_the_layers():
    status, output = check_layers(ROOT)
    assert status == 0, output


@pytest.mark.parametrize(
    "file, line, complaint",
    [
        ("src/wire/echo.c", '#include "probe/ledger.h"', "probe lies to its right"),
        ("src/base/text.c", "#include <stdio.h>", "may not include <stdio.h>"),
        ("src/probe/ping.c", "#include <icmpkit/network.h>", "net lies to its right"),
        ("src/net/clock.c", "#include <netinet/ip_icmp.h>", "belongs to src/net/filter.c alone"),
        ("src/base/random.h", '#include "base/random.h"', "an include cycle"),
        ("src/base/text.c", "#include <icmpkit/nowhere.h>", "no layer is known"),
    ],
)
def test_a_wrong_include_is_refused(copy, file, line, complaint):
    path = copy / file
    path.write_text(line + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    status, output = check_layers(copy)
    assert status == 1
    assert complaint in output
    assert file in output or complaint == "an include cycle"


def archive_of(directory, source):
    """An archive made from one C file."""
    (directory / "wrong.c").write_text(source, encoding="utf-8")
    subprocess.run(["gcc", "-c", "wrong.c"], cwd=directory, check=True)
    subprocess.run(["ar", "rcs", "wrong.a", "wrong.o"], cwd=directory, check=True)
    return str(directory / "wrong.a")


def check_symbols(*archives):
    return run(str(ROOT / "scripts" / "check_symbols.sh"), *archives)


def test_the_pure_archives_ask_for_nothing():
    build = os.environ.get("ICMPKIT_BUILD")
    if build is None:
        pytest.skip("ICMPKIT_BUILD names no build directory")
    archives = [f"{build}/src/lib{layer}.a" for layer in ("base", "wire", "probe", "diagnose")]
    status, output = check_symbols(*archives)
    assert status == 0, output


@pytest.mark.parametrize(
    "source, complaint",
    [
        ("int printf(const char *, ...); void icmpkit_a(void) { printf(\"%d\", 1); }", "asks the linker for: printf"),
        ("long time(long *); long icmpkit_a(void) { return time(0); }", "asks the linker for: time"),
        ("int stranger(void) { return 1; }", "defines a name without icmpkit_: stranger"),
        ("static int calls; int icmpkit_a(void) { return calls++; }", "keeps writable data: calls"),
    ],
)
def test_a_wrong_archive_is_refused(tmp_path, source, complaint):
    status, output = check_symbols(archive_of(tmp_path, source))
    assert status == 1
    assert complaint in output


def test_a_right_archive_passes(tmp_path):
    status, output = check_symbols(archive_of(tmp_path, "int icmpkit_a(void) { return 1; }"))
    assert status == 0, output


def check_shape(root):
    return run("/usr/bin/python3", str(ROOT / "scripts" / "check_shape.py"), str(root))


def test_the_tree_keeps_its_shape():
    status, output = check_shape(ROOT)
    assert status == 0, output


LICENCE = "/* SPDX-License-Identifier: BSD-2-Clause */\n"


@pytest.mark.parametrize(
    "name, text, complaint",
    [
        ("long.c", LICENCE + "int icmpkit_a(void)\n{\n" + "\t;\n" * 58 + "}\n", "icmpkit_a() has 61 lines"),
        ("many.c", LICENCE + "int icmpkit_a(int a, int b, int c, int d, int e, int f,\n\t      int g)\n{\n}\n",
         "icmpkit_a() has 7 parameters"),
        ("huge.c", LICENCE + "\n" * 800, "801 lines"),
        ("util.c", LICENCE, "named for the one thing"),
        ("bare.c", "int x;\n", "the licence is missing"),
        ("wide.c", LICENCE + "\t" * 13 + "1234567\n", "111 columns"),
        ("copy.c", LICENCE + "void icmpkit_a(char *a)\n{\n\tstrcpy(a, \"b\");\n}\n", "strcpy() is not used"),
    ],
)
def test_a_wrong_shape_is_refused(copy, name, text, complaint):
    (copy / "src" / "base" / name).write_text(text, encoding="utf-8")
    status, output = check_shape(copy)
    assert status == 1
    assert f"src/base/{name}" in output
    assert complaint in output
