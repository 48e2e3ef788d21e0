"""The pictures of a template's plots, each drawn in a process of its own by the plotgate beside the template."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from plotgate.colours import THEMES
from plotgate.local.diff import drawing
from plotgate.local.gateway.payload import InvalidAnswerError, Response, response_for
from plotgate.local.plots import PlotFunction
from plotgate.local.request import route_and_event
from plotgate.local.template import Template
from plotgate.local.workers.environment import environment_of


@dataclass(frozen=True)
class Picture:
    """What a plot's URL answers in a theme: a PNG with its alt text, or what went wrong."""

    png: bytes = b""
    alt: str = ""
    error: str = ""


def draw(template: Template, plot: PlotFunction, seen: Callable[[], object]) -> dict[str, Picture]:
    """A plot's picture in each theme, as the gallery shows it; `seen` is called after each.

    Parameters of the path have their first example, all others their default.
    """
    environment = environment_of(plot.function)
    runtime = template.file.parent / "layers" / "runtime"
    if (runtime / "plotgate").is_dir():
        environment["PYTHONPATH"] = str(runtime)
    command = [sys.executable, "-P", str(Path(drawing.__file__).resolve()), plot.function.handler]
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603 - this Python, with a handler of the template
            command, cwd=plot.function.code, env=environment, stdin=pipe, stdout=pipe, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - pipes
        found = {}
        examples = _line(process.stdout)
        for theme in THEMES:
            if examples is None:
                found[theme] = Picture(error="The plot's process ended without an answer.")
            else:
                _, event = route_and_event(template, f"{_path(plot, examples)}?theme={theme}")
                process.stdin.write(json.dumps(event) + "\n")
                process.stdin.flush()
                found[theme] = _picture(_line(process.stdout))
            seen()
        process.stdin.close()
    return found


def _line(stream: Any) -> Any:
    line = stream.readline()
    return json.loads(line) if line else None


def _path(plot: PlotFunction, examples: dict[str, str]) -> str:
    path = plot.route
    for name in plot.path_parameters:
        path = path.replace(f"{{{name}}}", quote(examples.get(name, ""), safe=","))
    return path


def _picture(answer: Any) -> Picture:
    if answer is None:
        return Picture(error="The plot's process ended without an answer.")
    try:
        response = response_for(answer)
    except InvalidAnswerError as error:
        return Picture(error=str(error))
    headers = dict(response.headers)
    if response.status != 200 or headers["content-type"] != "image/png":
        return Picture(error=_reason(response))
    return Picture(response.body, unquote(headers.get("x-plotgate-alt", "")))


def _reason(response: Response) -> str:
    try:
        return str(json.loads(response.body)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"It answered with the status {response.status}."
