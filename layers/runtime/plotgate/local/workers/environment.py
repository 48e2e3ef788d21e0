"""What a function finds in its environment variables: what Lambda sets, and nothing else of the shell's."""

import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from plotgate.local.template import Function

PASSED = (
    *("HOME", "PATH", "TMPDIR"),  # where things are on this machine
    *(
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "http_proxy",
        "https_proxy",
        "no_proxy",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ),
    "PLOTGATE_SIGNING_KEYS",  # on Lambda a secret holds them
    *("PGDATABASE", "PGHOST", "PGPASSFILE", "PGPASSWORD", "PGPORT", "PGSERVICE", "PGSERVICEFILE", "PGUSER"),  # libpq's
)
"""Variables of the shell that a function sees."""

PASSED_PREFIXES = ("AWS_", "PGSSL")
"""Beginnings of others: a laptop signs in to AWS with them, as a function does with its role."""


def environment_of(function: Function) -> dict[str, str]:
    """The variables of a function's process, most of them as on Lambda."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    passed = {name: value for name, value in os.environ.items() if name in PASSED or name.startswith(PASSED_PREFIXES)}
    lambda_has = {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        "LAMBDA_TASK_ROOT": str(function.code),
        "LANG": "en_US.UTF-8",
        "TZ": "UTC",  # a plot with times looks as it will on AWS
        "_HANDLER": function.handler,
    }
    ours = {
        "PYTHONHASHSEED": "0",  # a set has one order in all of a function's processes
        "PYTHONUNBUFFERED": "1",  # what a plot prints is seen at once, also after a crash
    }
    if find_spec("layer_environment") is None:  # the scientific layer brings its own list of fonts
        ours["MPLCONFIGDIR"] = str(_matplotlib_folder())
    # A variable of the shell wins over the template's, as in `sam local`: `DATA=test.csv plotgate serve`.
    own = {name: os.environ.get(name, value) for name, value in function.environment.items()}
    return passed | lambda_has | ours | own


def _matplotlib_folder() -> Path:
    """Where matplotlib keeps its list of fonts, which takes half a second to make; no matplotlibrc is there."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "plotgate"
    with suppress(OSError):  # matplotlib then says so, and makes the list in each process
        folder.mkdir(parents=True, exist_ok=True)
    return folder
