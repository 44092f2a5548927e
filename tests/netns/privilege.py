# SPDX-License-Identifier: BSD-2-Clause
"""Namespaces need root: find out whether we have it, or can have it through sudo without a password."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

NEEDS_ROOT = "network namespaces need root: run this as root, or allow sudo without a password"


def is_root() -> bool:
    return os.geteuid() == 0


def can_sudo() -> bool:
    try:
        return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    except OSError:  # there is none, or none that we may run
        return False


def become_root(command: Sequence[str]) -> None:
    """Replace this process by the same command as root. ICMP names the program under test."""
    os.execvp("sudo", ["sudo", "-n", "--preserve-env=ICMP", "--", *command])
