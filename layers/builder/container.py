"""What goes into the plain container, made of what `sam build` has made: `python -m builder.container`.

The layers' trees lie over each other as under Lambda's `/opt`; beside them are the gateway and what it needs. Each file
has the same time, so that the same build gives the same folder.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from builder import report, wheels
from builder.errors import BuildError
from builder.requirements import BUILT, ROOT
from builder.sbom import sbom
from builder.target import Target

CONTEXT = BUILT.with_name("container")
LAYERS = ROOT / "layers"
TIME = 315_619_200  # 1980-01-02, the first day that each format of archive can hold in each zone


def stage(context: Path) -> None:
    """Makes `context`, the folder that `docker build` gets.

    Raises:
        BuildError: nothing was built, or something cannot be had.
    """
    layers = sorted(BUILT.glob("*/layer.json"))
    if not layers:
        raise BuildError(f"There is no layer in {BUILT}: run `sam build` first.")
    target = _target({json.loads(file.read_text())["platform"] for file in layers})
    shutil.rmtree(context, ignore_errors=True)
    for layer in layers:
        shutil.copytree(layer.parent / "python", context / "python", dirs_exist_ok=True)
    _install(target, context / "python")
    gateway = LAYERS / "runtime" / "plotgate" / "local"
    shutil.copytree(gateway, context / "python" / "plotgate" / "local", ignore=shutil.ignore_patterns("__pycache__"))
    _compile(context)
    _copy_plots(context / "plots")
    (context / "sbom.cdx.json").write_text(sbom("container", target))
    for file in (context, *context.rglob("*")):
        file.chmod(0o755 if file.is_dir() else 0o644)
        os.utime(file, (TIME, TIME))


def _target(platforms: set[str]) -> Target:
    """That of the layers, which all have one."""
    targets = [Target.read(file) for file in sorted((LAYERS / "runtime").glob("*/target.toml"))]
    found = [target for target in targets if {target.platform} == platforms]
    if not found:
        raise BuildError(f"The layers must be of one platform, not of {', '.join(sorted(platforms))}: run `sam build`.")
    return found[0]


def _install(target: Target, tree: Path) -> None:
    """Adds the container's own packages that no layer has."""
    of_layers = {folder.name for folder in tree.glob("*.dist-info")}
    with tempfile.TemporaryDirectory() as scratch:
        own = Path(scratch)
        wheels.install(LAYERS / "container" / "requirements.txt", target, own)
        for path, (name, version) in report.owners(own).items():
            if f"{name}-{version}.dist-info" not in of_layers and not path.startswith("bin/"):
                (tree / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(own / path, tree / path)


def _compile(context: Path) -> None:
    """Compiles what the layers' builds have not: nothing can be written where it runs."""
    command = [sys.executable, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(context), "-p", "/opt", str(context / "python")]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BuildError(f"A file of the container does not compile:\n{done.stdout}{done.stderr}")


def _copy_plots(into: Path) -> None:
    """Copies the functions and the template, as they were built."""
    into.mkdir()
    shutil.copy(BUILT / "template.yaml", into)
    for folder in sorted(BUILT.iterdir()):
        if folder.is_dir() and not (folder / "layer.json").exists():
            shutil.copytree(folder, into / folder.name, ignore=shutil.ignore_patterns("__pycache__"))


def main() -> int:
    """Makes the folder, and says where; the exit status."""
    started = time.monotonic()
    try:
        stage(CONTEXT)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{CONTEXT}: {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
