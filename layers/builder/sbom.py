"""What is in the layers and in the container, as CycloneDX bills of materials of what uv.lock has.

`python -m builder.sbom FOLDER` writes one for each. They have neither a date nor a serial number, so that the same lock
gives the same files.
"""

import json
import sys
from pathlib import Path
from typing import Any

from packaging.markers import Marker

from builder.errors import BuildError
from builder.requirements import GROUPS, run
from builder.target import Target
from builder.wheels import uv

EXPORT = ("export", "--quiet", "--frozen", "--no-emit-project", "--format", "cyclonedx1.5")
ALL = ("--no-default-groups", "--group", "scientific", "--group", "database", "--group", "container")
MARKER = "uv:package:marker"


def sbom(name: str, target: Target) -> str:
    """The bill of materials of a layer, or of the whole `container`, where `target` runs it; as JSON."""
    groups = ALL if name == "container" else GROUPS[name]
    document: dict[str, Any] = json.loads(run(uv(), *EXPORT, *groups))
    del document["serialNumber"], document["metadata"]["timestamp"]
    document["metadata"]["component"] |= {
        "type": "container" if name == "container" else "library",
        "name": "plotgate" if name == "container" else f"plotgate, {name} layer",
    }
    document["components"] = [one for one in document["components"] if _is_installed(one, target)]
    references = {one["bom-ref"] for one in document["components"]}
    document["dependencies"] = [
        _within(one, references) for one in document["dependencies"] if one["ref"] in references
    ]
    return json.dumps(document, indent=2) + "\n"


def _is_installed(component: dict[str, Any], target: Target) -> bool:
    marker = next((one["value"] for one in component.get("properties", ()) if one["name"] == MARKER), None)
    environment = {"python_version": target.python, "sys_platform": "linux", "platform_system": "Linux"}
    environment |= {"os_name": "posix", "platform_machine": target.platform.partition("-")[0]}
    environment |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    return marker is None or Marker(marker).evaluate(environment)


def _within(dependency: dict[str, Any], references: set[str]) -> dict[str, Any]:
    needed = [one for one in dependency.get("dependsOn", ()) if one in references]
    return {"ref": dependency["ref"]} | ({"dependsOn": needed} if needed else {})


def main(folder: str) -> int:
    """Writes the bills of materials for the processor of most machines; the exit status."""
    into, target = Path(folder), Target.read(Path(__file__).parents[1] / "runtime" / "x86_64" / "target.toml")
    into.mkdir(parents=True, exist_ok=True)
    try:
        for name in GROUPS:
            file = into / f"{name}.cdx.json"
            file.write_text(sbom(name, target))
            print(file)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m builder.sbom FOLDER")
    sys.exit(main(sys.argv[1]))
