"""What the gallery shows of the plots: written beside its code, for it cannot import them."""

import importlib.util
import json
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plotgate.local.entry import entry
from plotgate.local.openapi import openapi
from plotgate.local.template import Function, Template, TemplateError
from plotgate.serve import Handler
from plotgate.url.plot import Plot


class CatalogError(Exception):
    """Plots that could not be imported; the message has a line for each."""


def write_catalog(template: Template, folder: Path) -> list[Path]:
    """Write `catalog.json` and `openapi.json` into a folder; the files' paths.

    Raises:
        CatalogError: a plot could not be imported. All others are written, and of that one what was known before.
    """
    plots, errors = _load_plots(template)
    project = template.file.parent
    entries = [entry(path, plot, quote(example_path(path, plot), safe="/,"), project) for path, plot in plots.items()]
    document = openapi(plots)
    if errors:
        paths = [route.path for route in template.routes]
        kept = {one.get("path"): one for one in _read(folder / "catalog.json", [])}
        entries = sorted([*entries, *_of(errors, kept).values()], key=lambda one: paths.index(one["path"]))
        document["paths"] |= _of(errors, _read(folder / "openapi.json", {"paths": {}})["paths"])
    files = {folder / "catalog.json": entries, folder / "openapi.json": document}
    for file, content in files.items():
        _replace(file, as_json(content))
    if errors:
        raise CatalogError("\n".join(errors.values()))
    return list(files)


def as_json(value: Any) -> str:
    """`value` as the files beside the gallery spell it."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _read(file: Path, otherwise: Any) -> Any:
    return json.loads(file.read_text()) if file.exists() else otherwise


def _of(paths: Collection[str], known: Mapping[str, Any]) -> dict[str, Any]:
    return {path: known[path] for path in paths if path in known}


def _replace(file: Path, text: str) -> None:
    """Write a file whole: others read it, and write the same, meanwhile. One that would not change is left alone."""
    if file.exists() and file.read_text() == text:
        return
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}.", delete=False) as new:
        new.write(text)
    Path(new.name).chmod(0o644)  # as other files: the temporary one is for its owner alone
    Path(new.name).replace(file)


def _load_plots(template: Template) -> tuple[dict[str, Plot], dict[str, str]]:
    """The plots by their paths, and what is wrong with those that cannot be imported."""
    plots: dict[str, Plot] = {}
    errors: dict[str, str] = {}
    for route in template.routes:
        if route.method not in ("GET", "ANY") or route.function is template.gallery:
            continue
        try:
            if plot := load_plot(route.function):
                example_path(route.path, plot)
                plots[route.path] = plot
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever the file does when it is imported
            what = f"{type(error).__name__}: {error}" if not isinstance(error, TemplateError) else str(error)
            errors[route.path] = f"{route.path} is not in the catalog: {what}"
    return plots, errors


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
