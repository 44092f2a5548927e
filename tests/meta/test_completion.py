# SPDX-License-Identifier: BSD-2-Clause
"""The completion for bash offers what the help of the program shows, with bash-completion and without it."""
import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BASH_COMPLETION = pathlib.Path("/usr/share/bash-completion/bash_completion")
SCRIPT = """
[ -z "$LIBRARY" ] || source "$LIBRARY"
source "$COMPLETION"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
_icmp
printf '%s\\n' "${COMPREPLY[@]}"
"""

pytestmark = pytest.mark.skipif("ICMPKIT_BUILD" not in os.environ, reason="ICMPKIT_BUILD names no build directory")


def program():
    return f"{os.environ['ICMPKIT_BUILD']}/icmp"


def help_of(*words):
    return subprocess.run([program(), *words, "--help"], capture_output=True, text=True, check=True).stdout


def commands():
    return re.findall(r"^  ([a-z]\S*)  ", help_of(), re.MULTILINE)


def options_of(command):
    """What the help shows: the short ones and the long ones."""
    lines = re.findall(r"^  (-.|  )[, ] (--[a-z0-9-]+)", help_of(command), re.MULTILINE)
    return [short for short, _ in lines if short.strip()], [long for _, long in lines]


@pytest.fixture(params=["alone", "bash-completion"])
def complete(request, tmp_path):
    """complete(WORD...): what is offered for the last word."""
    library = "" if request.param == "alone" else str(BASH_COMPLETION)
    if library and not BASH_COMPLETION.exists():
        pytest.skip("bash-completion is not installed")
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "known_hosts").write_text("router-of-the-test ssh-ed25519 AAAA\n", encoding="utf-8")
    environment = dict(os.environ, HOME=str(tmp_path), LIBRARY=library, COMPLETION=str(ROOT / "completion/icmp.bash"))

    def run(*words, name=program(), directory=tmp_path):
        done = subprocess.run(["bash", "--norc", "-c", SCRIPT, "bash", name, *words], capture_output=True, text=True,
                              check=False, cwd=directory, env=environment, stdin=subprocess.DEVNULL)
        assert done.returncode == 0 and done.stderr == "", done.stderr
        return done.stdout.split()

    run.has_library = bool(library)
    return run


def test_every_command_is_offered(complete):
    assert sorted(complete("")) == sorted(commands())
    assert complete("pi") == ["ping"]
    assert sorted(complete("help", "")) == sorted(commands())
    assert complete("--v") == ["--version"]


def test_of_an_unknown_command_nothing_is_offered(complete):
    assert complete("nonsense", "-") == []
    assert complete("nonsense", "") == []


@pytest.mark.parametrize("command", commands() if "ICMPKIT_BUILD" in os.environ else [])
def test_exactly_the_options_of_the_help_are_offered(complete, command):
    short, long = options_of(command)
    assert len(long) > 10
    assert sorted(complete(command, "--")) == sorted(long)
    assert sorted(complete(command, "-")) == sorted(short + long)
    assert complete(command, "--js") == ["--json"]
    assert complete(command, "--json", "--verb") == ["--verbose"]


def test_words_of_a_choice_are_offered(complete):
    assert complete("trace", "--method", "") == ["icmp", "udp", "tcp"]
    assert complete("trace", "--method", "t") == ["tcp"]
    # So does bash part "--method=u".
    assert complete("trace", "--method", "=", "u") == ["udp"]
    assert complete("trace", "--method", "=") == ["icmp", "udp", "tcp"]
    assert complete("ping", "--color", "=", "a") == ["auto", "always"]
    # And so, where "=" is taken from COMP_WORDBREAKS.
    assert complete("ping", "--color=n") == ["--color=never"]


def test_a_value_that_may_be_left_out_is_no_word_of_its_own(complete):
    assert "always" not in complete("ping", "--color", "")
    assert "--color" in complete("ping", "--color", "--c")


@pytest.mark.parametrize("words", [("ping", "-I"), ("trace", "-i"), ("diagnose", "--interface"), ("ping", "-qI"),
                                   ("ping", "--interface", "=")])
def test_interfaces_are_offered(complete, words):
    interfaces = {path.name for path in pathlib.Path("/sys/class/net").iterdir() if path.is_dir()}
    assert "lo" in interfaces
    offered = set(complete(*words, ""))
    assert "lo" in offered
    # Others may come and go while this runs.
    assert complete(*words, "lo")[0] == "lo"
    assert not any(word.startswith("-") for word in offered)


def test_a_letter_means_what_it_means_in_its_command(complete):
    assert "lo" not in complete("trace", "-I", "l")
    assert complete("trace", "-q", "") == []


def test_files_are_offered(complete, tmp_path):
    (tmp_path / "targets-of-the-test").touch()
    assert complete("ping", "--file", "targ") == ["targets-of-the-test"]
    assert complete("trace", "--file", "=", "targ") == ["targets-of-the-test"]


@pytest.mark.parametrize("words", [("ping",), ("trace", "--tcp"), ("diagnose", "--"), ("ping", "localhost")])
def test_hosts_are_offered_where_somebody_knows_them(complete, words):
    offered = complete(*words, "router-of")
    assert offered == (["router-of-the-test"] if complete.has_library else [])


def test_behind_two_dashes_there_are_no_options(complete):
    assert complete("ping", "--", "--js") == []


def test_the_program_that_is_completed_is_asked(complete, tmp_path):
    """Under a name with a tilde too; and nothing that it prints is run."""
    other = tmp_path / "icmp"
    other.write_text("#!/bin/sh\n[ $# = 1 ] && echo '  novel      a command' && exit\n"
                     "echo '      --what X           a $(touch run), b`touch run` or c'\n"
                     "echo '      --how X            fast or slow'\n", encoding="utf-8")
    other.chmod(0o755)
    assert complete("", name="~/icmp") == ["novel"]
    assert complete("novel", "-", name=str(other)) == ["--what", "--how"]
    assert complete("novel", "--how", "", name="./icmp") == ["fast", "slow"]
    assert complete("novel", "--what", "", name="~/icmp") == []
    assert not (tmp_path / "run").exists()


def test_bash_knows_for_which_command_it_is():
    done = subprocess.run(["bash", "--norc", "-c", f"source '{ROOT}/completion/icmp.bash'; complete -p icmp"],
                          capture_output=True, text=True, check=True)
    assert done.stdout == "complete -F _icmp icmp\n"
