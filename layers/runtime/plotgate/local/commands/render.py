"""`plotgate render`."""

import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

import typer

from plotgate.local.asking import AnswerError, Functions
from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors, working
from plotgate.local.plots import chosen_of
from plotgate.local.request import NoRouteError, is_url
from plotgate.local.template import Template, TemplateError, read_template

PATH = typer.Argument(help="A plot, such as weather/temperature, or the path and query of its URL.", metavar="PATH")


def render(
    path: Annotated[str, PATH],
    parameters: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value, as in the URL.", metavar="NAME=VALUE")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="File to write, or - for standard output.", metavar="FILE")
    ] = None,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Draw a plot into a file: the very bytes of its URL, in the format of the file's ending.

    Endings are those of the parameter `format`: png, svg, webp, pdf, json, csv. Without a file, the plot's name is its
    name.
    """
    given = [_pair(parameter) for parameter in parameters or []]
    with readable_errors(AnswerError, NoRouteError, OSError):
        found = read_template(template)
        if output and (ending := Path(output).suffix.removeprefix(".")):
            given.append(("format", ending))
        url = url_of(found, path, given)
        with working(f"Drawing {path}"), Functions(found) as functions:
            answer = functions.ask(url)
        if output == "-":
            sys.stdout.buffer.write(answer.body)
            return
        file = Path(output or _file_name(dict(answer.headers)))
        file.write_bytes(answer.body)
    print(f"Wrote {file}, {len(answer.body)} bytes")


def url_of(template: Template, path: str, given: list[tuple[str, str]]) -> str:
    """The URL of a plot, by its name or a URL, with more parameters, some of which its path may ask for.

    Raises:
        TemplateError: there is no such plot, or its path needs a parameter that is not given.
    """
    if is_url(path):
        url, in_path = path if "://" in path else f"/{path.removeprefix('/')}", []
    else:
        name, question_mark, query = path.partition("?")
        (plot,) = chosen_of(template, [name])
        url, in_path = f"{plot.route}{question_mark}{query}", plot.path_parameters
    values = dict(given)
    for name in in_path:
        if name not in values:
            raise TemplateError(f"The parameter `{name}` of {path} must be given: -p {name}=…")
        url = url.replace(f"{{{name}}}", quote(values[name], safe=","))
    query = urlencode([pair for pair in given if pair[0] not in in_path], safe=",", quote_via=quote)
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{parameter!r} must be name=value.", param_hint="'--parameter' / '-p'")
    return name, value


def _file_name(headers: dict[str, str]) -> str:
    return headers["content-disposition"].partition('filename="')[2].rstrip('"')
