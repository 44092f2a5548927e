# SPDX-License-Identifier: BSD-2-Clause
"""The manual pages and the help texts say the same, and scdoc takes the pages."""
import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = sorted((ROOT / "man").glob("*.scd"))
HELP_COLUMNS_MAX = 80
# "*-c*, *--count* _N_", "*--json*", "*--color*[=_WHEN_]"
PAGE_OPTION = re.compile(r"^(?:\*(-.)\*, )?\*(--[a-z0-9-]+)\*( _[A-Z]+_|\[=_[A-Z]+_\])?$")
# "  -c, --count N           stop", "      --json              JSON", "      --color[=WHEN]      auto"
HELP_OPTION = re.compile(r"^  (?:(-.), |    )(--[a-z0-9-]+)( [A-Z]+|\[=[A-Z]+\])?(?:  .*)?$")


def help_of(*words):
    if "ICMPKIT_BUILD" not in os.environ:
        pytest.skip("ICMPKIT_BUILD names no build directory")
    return subprocess.run([f"{os.environ['ICMPKIT_BUILD']}/icmp", *words, "--help"], capture_output=True, text=True,
                          check=True).stdout


def commands():
    return re.findall(r"^  ([a-z]\S*)  ", help_of(), re.MULTILINE)


def page(name):
    return (ROOT / "man" / f"{name}.1.scd").read_text(encoding="utf-8")


def section(text, title):
    found = re.search(rf"^# {title}\n(.*?)(?=^# |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {title}"
    return found.group(1)


def options_of_page(text):
    """{long form: (short form or "", value as the help writes it)}; a line that looks like an option must be one."""
    options = {}
    for line in section(text, "OPTIONS").splitlines():
        if not re.match(r"\*-[^*]*\*(,|$|\[| _)", line):
            continue
        found = PAGE_OPTION.match(line)
        assert found, f"this is no option: {line}"
        short, long, value = found.groups(default="")
        assert long not in options, f"{long} stands there twice"
        options[long] = (short, value.replace("_", "").strip())
    return options


def options_of_help(text):
    options = {}
    for line in text.splitlines():
        found = HELP_OPTION.match(line)
        if found:
            short, long, value = found.groups(default="")
            options[long] = (short, value.strip())
    return options


def test_page_and_help_have_the_same_options_and_values():
    for command in commands():
        shown = options_of_help(help_of(command))
        assert len(shown) > 10
        assert options_of_page(page(f"icmp-{command}")) == shown, command


def test_the_first_page_has_the_options_that_all_commands_have_in_common():
    all_options = [options_of_help(help_of(command)) for command in commands()]
    common = {long: what for long, what in all_options[0].items()
              if all(other.get(long) == what for other in all_options)}
    assert options_of_page(page("icmp")) == common


def test_an_option_that_only_one_of_them_has_is_noticed():
    text = page("icmp-ping")
    shown = options_of_page(text)
    assert options_of_page(text.replace("*-c*, *--count* _N_", "*-c*, *--count* _TIMES_")) != shown
    assert options_of_page(text.replace("*-q*, *--quiet*", "*--quiet*")) != shown
    assert options_of_page(text.replace("*--file* _FILE_\n\t", "\t")) != shown
    with pytest.raises(AssertionError, match="this is no option"):
        options_of_page(text.replace("*-q*, *--quiet*", "*-q*, --quiet"))


def test_every_default_of_a_help_stands_in_the_page():
    for command in commands():
        options = section(page(f"icmp-{command}"), "OPTIONS")
        defaults = re.findall(r"^  .{4}(--[a-z-]+).*\(([a-z0-9]+)\)$", help_of(command), re.MULTILINE)
        assert defaults
        for long, default in defaults:
            entry = re.search(rf"^(\*-.\*, )?\*{long}\*.*?\n\n", options, re.MULTILINE | re.DOTALL).group(0)
            assert re.search(rf"\b{default}\b", entry), f"icmp {command} {long}: {default}"


def test_every_command_has_a_page_and_is_named_in_the_first():
    names = commands()
    assert len(names) >= 3
    for command in names:
        assert page(f"icmp-{command}").startswith(f"icmp-{command}(1) ")
        assert re.search(rf"^\*icmp\* \*{command}\* ", section(page("icmp"), "SYNOPSIS"), re.MULTILINE)
        assert re.search(rf"^\*{command}\*$", section(page("icmp"), "DESCRIPTION"), re.MULTILINE)
        assert f"*icmp-{command}*(1)" in section(page("icmp"), "SEE ALSO")
    assert {path.name for path in PAGES} == {"icmp.1.scd"} | {f"icmp-{command}.1.scd" for command in names}


def words_of(function):
    """The words that a function of src/diagnose/words.c has in its table."""
    source = (ROOT / "src/diagnose/words.c").read_text(encoding="utf-8")
    body = re.search(rf"^const char \*{function}\(.*?^}}", source, re.MULTILINE | re.DOTALL).group(0)
    return re.findall(r'\] = "([a-z-]+)"', body)


@pytest.mark.parametrize(
    "function, title", [("icmpkit_verdict_word", "VERDICTS"), ("icmpkit_finding_word", "FINDINGS")])
def test_every_word_of_a_diagnosis_has_its_entry_in_the_same_order(function, title):
    words = words_of(function)
    assert words
    assert re.findall(r"^\*([a-z-]+)\*$", section(page("icmp-diagnose"), title), re.MULTILINE) == words


def test_no_line_of_a_help_is_too_long():
    for command in [(), *((name,) for name in commands())]:
        long = [line for line in help_of(*command).splitlines() if len(line) > HELP_COLUMNS_MAX]
        assert not long, f"icmp {' '.join(command)} --help: over {HELP_COLUMNS_MAX} columns"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_page_has_its_sections(path):
    titles = re.findall(r"^# (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    for title in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "OUTPUT", "EXIT STATUS", "SIGNALS", "PRIVILEGES",
                  "ENVIRONMENT", "EXAMPLES", "SEE ALSO"):
        assert title in titles


def scdoc(text):
    if shutil.which("scdoc") is None:
        pytest.skip("scdoc is not installed")
    return subprocess.run(["scdoc"], input=text, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_scdoc_takes_every_page_without_a_warning(path):
    done = scdoc(path.read_text(encoding="utf-8"))
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert done.stdout.count("\n.SH ") >= 10


def test_scdoc_refuses_a_wrong_page():
    done = scdoc("icmp(1)\n\n*bold\n\nagain*\n")
    assert done.returncode != 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_example_is_a_command_that_the_program_takes(path):
    """The options of the examples exist. Nothing is sent: --help ends each."""
    program = help_of() and f"{os.environ['ICMPKIT_BUILD']}/icmp"
    text = section(path.read_text(encoding="utf-8"), "EXAMPLES")
    examples = re.findall(r"\bicmp ((?:ping|trace|diagnose) [^|;&>\n]*)", text)
    assert len(examples) >= 3
    for example in examples:
        done = subprocess.run([program, *example.split(), "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"icmp {example}: {done.stderr}"
