# SPDX-License-Identifier: BSD-2-Clause
"""clang-tidy and cppcheck, as the lint runs them, refuse deliberately wrong C and pass what is right."""
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(*command, cwd):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    return done.returncode, done.stdout + done.stderr


def need(tool):
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")


def clang_tidy(directory, source):
    need("clang-tidy")
    (directory / "wrong.c").write_text(source, encoding="utf-8")
    return run("clang-tidy", f"--config-file={ROOT}/.clang-tidy", "--quiet", "wrong.c", "--", "-std=c17",
               cwd=directory)


def cppcheck(directory, source):
    need("cppcheck")
    (directory / "wrong.c").write_text(source, encoding="utf-8")
    return run(str(ROOT / "scripts" / "cppcheck.sh"), "wrong.c", cwd=directory)


RIGHT = "int icmpkit_sum(int a, int b);\nint icmpkit_sum(int a, int b)\n{\n\treturn a + b;\n}\n"

# Each branch counts for its depth: 1 for the loop, 2 + 3 * 3 for each of the two groups in it: 23.
TANGLED = """\
int icmpkit_tangled(int a, int b);
int icmpkit_tangled(int a, int b)
{
	for (int i = 0; i < b; i++) {
		if (a == i) {
			if (b > 3)
				a += 2;
			if (b > 5)
				a += 3;
			if (b > 7)
				a += 4;
		}
		if (a != b) {
			if (b > 9)
				a += 5;
			if (b > 11)
				a += 6;
			if (b > 13)
				a += 7;
		}
	}
	return a;
}
"""

USED_AFTER_FREE = """\
#include <stdlib.h>
void icmpkit_used(void);
void icmpkit_used(void)
{
	int *number = malloc(sizeof(*number));
	if (number == NULL)
		return;
	free(number);
	*number = 1;
}
"""

SIZE_OF_POINTER = """\
#include <string.h>
struct pair {
	long first;
	long second;
};
void icmpkit_clear(struct pair *pair);
void icmpkit_clear(struct pair *pair)
{
	memset(pair, 0, sizeof(pair));
}
"""

MANY_PARAMETERS = """\
int icmpkit_many(int a, int b, int c, int d, int e, int f, int g);
int icmpkit_many(int a, int b, int c, int d, int e, int f, int g)
{
	return a + b + c + d + e + f + g;
}
"""

UNCHECKED = """\
#include <stdio.h>
void icmpkit_say(void);
void icmpkit_say(void)
{
	fputs("said", stdout);
}
"""

PAST_THE_END = """\
int icmpkit_far(void);
int icmpkit_far(void)
{
	const int few[2] = {0};

	return few[2];
}
"""

CAMEL_CASE = RIGHT.replace("icmpkit_sum", "icmpkitSum")


def test_clang_tidy_passes_what_is_right(tmp_path):
    status, output = clang_tidy(tmp_path, RIGHT)
    assert status == 0, output


@pytest.mark.parametrize(
    "source, complaint",
    [
        (TANGLED, "[readability-function-cognitive-complexity"),
        (MANY_PARAMETERS, "[readability-function-size"),
        (USED_AFTER_FREE, "[clang-analyzer-unix.Malloc"),
        (SIZE_OF_POINTER, "[bugprone-sizeof-expression"),
        (PAST_THE_END, "[clang-diagnostic-array-bounds"),
        (UNCHECKED, "[cert-err33-c"),
        (CAMEL_CASE, "[readability-identifier-naming"),
    ],
    ids=["tangled", "many parameters", "used after free", "size of pointer", "past the end", "unchecked",
         "camel case"],
)
def test_clang_tidy_refuses(tmp_path, source, complaint):
    status, output = clang_tidy(tmp_path, source)
    assert status != 0, output
    assert complaint in output


def test_cppcheck_passes_what_is_right(tmp_path):
    status, output = cppcheck(tmp_path, RIGHT)
    assert status == 0, output


@pytest.mark.parametrize(
    "source, complaint",
    [
        (USED_AFTER_FREE, "[deallocuse]"),
        (SIZE_OF_POINTER, "[pointerSize]"),
        (PAST_THE_END, "[arrayIndexOutOfBounds]"),
        ("int icmpkit_never(unsigned int a)\n{\n\treturn a < 0;\n}\n", "[unsignedLessThanZero]"),
    ],
    ids=["used after free", "size of pointer", "past the end", "never true"],
)
def test_cppcheck_refuses(tmp_path, source, complaint):
    status, output = cppcheck(tmp_path, source)
    assert status == 1, output
    assert complaint in output


def test_every_exception_in_the_tree_has_its_reason():
    """NOLINT(check): why; cppcheck-suppress ID; why."""
    for directory in ("include", "src", "fuzz", "tests"):
        for path in sorted((ROOT / directory).rglob("*.[ch]")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if re.search(r"NOLINT|cppcheck-suppress", line):
                    assert re.search(r"NOLINT\w*\([\w.,-]+\): \w|cppcheck-suppress \w+; \w", line), f"{path}: {line}"
