"""`python -m builder ARTIFACTS_DIR [OUR_OWN ...]`, run by a layer's Makefile inside the folder of an architecture."""

import errno
import signal
import sys
from pathlib import Path
from types import FrameType

if sys.version_info[:2] < (3, 13):  # noqa: UP036 - an older one cannot read what is imported below
    sys.exit(f"The layers must be built by Python 3.13, not by {sys.executable}; put .venv/bin first on PATH.")

from builder.errors import BuildError
from builder.layer import build
from builder.target import Target


def main(artifacts: str, *ours: str) -> int:
    """Builds the layer of the folder above the current one; the exit status."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        print(build(Path.cwd().parent, Target.read(Path("target.toml")), Path(artifacts), ours).table())
    except BuildError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted: no layer was made.", file=sys.stderr)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"The disk is full, a build needs about 1 GB: {error.filename or artifacts}", file=sys.stderr)
    else:
        return 0
    return 1


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
