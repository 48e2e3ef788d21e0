"""The function builds, images and servers that the emulator tests share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.emulators import docker, runtime
from tests.emulators.built import Built, build, built_functions, lay_over
from tests.tiers import unavailable


@pytest.fixture(scope="session")
def functions(pytestconfig: pytest.Config) -> dict[str, Built]:
    """Everything built by `sam build`, once a test run."""
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        build()
    return built_functions()


@pytest.fixture(scope="session")
def opt_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Built], Path]:
    """The folder that a function sees as `/opt`."""

    @cache
    def made(layers: tuple[Path, ...]) -> Path:
        opt = tmp_path_factory.mktemp("layers") / "opt"
        lay_over(layers, opt)
        return opt

    return lambda built: made(built.layers)


@pytest.fixture(scope="session")
def emulator_of(
    opt_of: Callable[[Built], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Built], runtime.Emulator]]:
    """AWS's emulator, one for each function, started when it is first asked for."""
    if reason := runtime.missing():
        unavailable(reason)
    folder = tmp_path_factory.mktemp("runtime")
    runtime.install_runtime(folder)
    with ExitStack() as stack:

        @cache
        def started(built: Built) -> runtime.Emulator:
            log = tmp_path_factory.mktemp("emulator") / "log"
            return stack.enter_context(runtime.emulated(built, opt_of(built), folder, log))

        yield started


@pytest.fixture(scope="session")
def image(pytestconfig: pytest.Config) -> str:
    """The base image for Docker."""
    if reason := docker.missing():
        unavailable(reason)
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        return docker.image()
