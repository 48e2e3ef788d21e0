"""The bills of materials: valid, repeatable, and of what is locked."""

import json
import re
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.markers import Marker
from packaging.requirements import Requirement

from builder.requirements import GROUPS, file
from builder.sbom import main, sbom
from builder.target import Target
from tests.found import ROOT

TARGET = Target.read(ROOT / "layers" / "runtime" / "x86_64" / "target.toml")


@pytest.mark.parametrize("name", GROUPS)
def test_bill_is_valid_cyclonedx(name: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(sbom(name, TARGET)) is None


@pytest.mark.parametrize("name", ["scientific", "runtime", "database"])
def test_bill_of_a_layer_has_what_is_locked(name: str) -> None:
    assert packages(name) == locked(name)


def test_bill_of_the_container_has_all_of_it() -> None:
    everything: dict[str, str] = {}
    for name in GROUPS:
        everything |= locked(name)

    assert packages("container") == everything


def test_each_package_has_the_hashes_of_the_lock() -> None:
    text = file("scientific").read_text()

    for component in json.loads(sbom("scientific", TARGET))["components"]:
        hashes = {one["content"] for place in component["externalReferences"] for one in place.get("hashes", ())}
        named = re.search(rf"^{component['name']}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert named
        assert hashes == set(re.findall("sha256:([0-9a-f]{64})", named[0]))


def test_bill_names_no_package_that_needs_another_system() -> None:
    document = json.loads(sbom("container", TARGET))

    assert "colorama" not in packages("container")
    references = {one["bom-ref"] for one in document["components"]}
    assert {one["ref"] for one in document["dependencies"]} == references
    assert {needed for one in document["dependencies"] for needed in one.get("dependsOn", ())} <= references


def test_command_writes_the_same_files_twice(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(tmp_path / "one")) == main(str(tmp_path / "two")) == 0

    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert sorted(written) == sorted(f"{name}.cdx.json" for name in GROUPS)
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert str(tmp_path / "two" / "container.cdx.json") in capsys.readouterr().out


def packages(name: str) -> dict[str, str]:
    return {one["name"]: one["version"] for one in json.loads(sbom(name, TARGET))["components"]}


def locked(name: str) -> dict[str, str]:
    lines = [line.rstrip(" \\") for line in file(name).read_text().splitlines() if "==" in line]
    found = [Requirement(line) for line in lines]
    here = {"sys_platform": "linux", "implementation_name": "cpython", "platform_machine": "x86_64"}
    return {
        one.name: str(one.specifier).removeprefix("==")
        for one in found
        if one.marker is None or Marker(str(one.marker)).evaluate(here)
    }
