"""What the gallery shows of the plots: written beside its code, for it cannot import them."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plotgate.local.openapi import openapi
from plotgate.local.template import Function, Template, TemplateError
from plotgate.serve import Handler
from plotgate.url.plot import Plot


def gallery_folder(template: Template) -> Path:
    """The code folder of the function that answers at `/`.

    Raises:
        TemplateError: no function does.
    """
    for route in template.routes:
        if route.path == "/":
            return route.function.code
    raise TemplateError(f"The template {template.file} must have a function with the path `/` to hold the catalog.")


def catalog(template: Template) -> list[dict[str, str]]:
    """The title, description and an example URL of each plot, in the template's order."""
    entries = []
    for route in template.routes:
        if route.method in ("GET", "ANY") and (plot := load_plot(route.function)):
            url = quote(example_path(route.path, plot), safe="/,")
            entries.append({"title": plot.title, "description": " ".join(plot.description.split()), "url": url})
    return entries


def description(template: Template) -> dict[str, Any]:
    """All plots as one OpenAPI document."""
    routes = [route for route in template.routes if route.method in ("GET", "ANY")]
    return openapi({route.path: plot for route in routes if (plot := load_plot(route.function))})


def write_catalog(template: Template) -> list[Path]:
    """Write `catalog.json` and `openapi.json` in the gallery's folder; the files' paths."""
    folder = gallery_folder(template)
    files = {folder / "catalog.json": catalog(template), folder / "openapi.json": description(template)}
    for file, content in files.items():
        file.write_text(as_json(content))
    return list(files)


def as_json(value: Any) -> str:
    """`value` as the files beside the gallery spell it."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def load_plot(function: Function) -> Plot | None:
    """The plot that a function serves; None when it serves a page."""
    file = function.code / "app.py"
    spec = importlib.util.spec_from_file_location(f"{function.name}.app", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise TemplateError(f"{function.name}: CodeUri must be a folder with an app.py, not {str(function.code)!r}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a plot's docstring and types are looked up there
    with _imports_from(function.code):
        spec.loader.exec_module(module)
        handler = getattr(module, "handler", None)
        plot = handler.plot if isinstance(handler, Handler) else None
        if plot:  # read now what is looked up in a module's name: `draw` may come from one that is forgotten
            _ = plot.title, plot.description, plot.url_parameters
    return plot


@contextmanager
def _imports_from(folder: Path) -> Iterator[None]:
    """Find modules in `folder` first, as its worker does, and forget them: another plot's may have the same names."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in sys.modules.keys() - before:
            if Path(getattr(sys.modules[name], "__file__", None) or "/").is_relative_to(folder):
                del sys.modules[name]


def example_path(route: str, plot: Plot) -> str:
    """A route's path with each `{name}` replaced by the first of the parameter's examples.

    Raises:
        TemplateError: a parameter of the path has no example, so that nobody could see the plot.
    """
    for name, field in plot.parameters.model_fields.items():
        if f"{{{name}}}" in route:
            if not field.examples:
                raise TemplateError(
                    f"The parameter `{name}` of {route} must have examples: the gallery shows the first."
                )
            route = route.replace(f"{{{name}}}", str(field.examples[0]))
    return route
