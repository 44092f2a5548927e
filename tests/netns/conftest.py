# SPDX-License-Identifier: BSD-2-Clause
"""Fixtures: root, the program under test, and networks that are gone after the test."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable, Iterator

import network
import privilege
import pytest
from network import Network
from program import Program, default_program

HERE = pathlib.Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    if privilege.is_root() or not privilege.can_sudo():
        return
    capture = config.pluginmanager.getplugin("capturemanager")
    if capture is not None:
        capture.stop_global_capturing()  # or the output would go where this process captures it
    privilege.become_root([sys.executable, "-m", "pytest", *config.invocation_params.args])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if privilege.is_root():
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=privilege.NEEDS_ROOT))


def pytest_report_header() -> str | None:
    return None if privilege.is_root() else f"tests/netns: ALL SKIPPED: {privilege.NEEDS_ROOT}"


@pytest.fixture(scope="session", autouse=True)
def tidy() -> None:
    network.remove_stale_namespaces()


@pytest.fixture(scope="session")
def icmp() -> Program:
    path = default_program()
    assert path.exists(), f"{path} does not exist: build it, or set ICMP to the program's path"
    return Program(path)


@pytest.fixture(params=network.FAMILIES, ids=lambda family: f"v{family}")
def family(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture(scope="module")
def intact() -> Iterator[Network]:
    """here - r1 - r2 - r3 - server, for tests that only look."""
    with network.chain(3) as built:
        yield built


@pytest.fixture
def build() -> Iterator[Callable[[int], Network]]:
    """build(n): a chain of n routers that the test may break."""
    built: list[Network] = []

    def build_chain(routers: int) -> Network:
        built.append(network.chain(routers))
        return built[-1]

    yield build_chain
    for each in built:
        each.close()


@pytest.fixture
def three(build: Callable[[int], Network]) -> Network:
    """here - r1 - r2 - r3 - server, for the test to break."""
    return build(3)
