"""Whether the parts of a project agree: folders, template, baselines and README."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plotgate.local.asking import Functions
from plotgate.local.baseline import baseline_file, update_baseline
from plotgate.local.catalog import load_plot
from plotgate.local.plot_name import PlotName
from plotgate.local.plots import chosen_of, plots_of
from plotgate.local.readme_gallery import has_gallery, with_gallery
from plotgate.local.template import Function, Template, TemplateError, read_template
from plotgate.local.template_text import TemplateText

BASELINES = Path("tests") / "baselines"


@dataclass(frozen=True)
class Disagreement:
    """What two parts of a project say differently."""

    what: str
    remedy: str
    mend: Callable[[], object] | None = None  # where nothing has to be guessed

    def repair(self) -> None:
        """Mend it, if it can be."""
        if self.mend:
            self.mend()


def disagreements(file: Path) -> Iterator[Disagreement]:
    """What does not agree in the project of the template `file`: folders and blocks first, on which the rest stands.

    Raises:
        TemplateError: the template cannot be read.
    """
    found = list(_blocks(file.resolve()))
    yield from found
    if not found:
        template = read_template(file)
        yield from _routes(template)
        yield from _baselines(template)
        yield from _readme(template)


def _blocks(file: Path) -> Iterator[Disagreement]:
    """Folders without a block, and blocks without a folder."""
    text = _text(file)
    codes = {block.code_uri.rstrip("/"): block.name for block in text.blocks if block.code_uri}
    for code, resource in codes.items():
        if code.startswith("functions/") and not (file.parent / code / "app.py").is_file():
            what = f"{file.name} has the function {resource}, and {code} has no app.py"
            yield Disagreement(what, f"bring it back, or plotgate remove {code.removeprefix('functions/')}")
    for app in sorted((file.parent / "functions").glob("*/*/app.py")):
        code = str(app.parent.relative_to(file.parent))
        if code not in codes:
            add = partial(_add_block, file, PlotName.parse(code))
            yield Disagreement(f"{file.name} has no function for {code}", "it needs one, as its neighbours have", add)


def _text(file: Path) -> TemplateText:
    try:
        return TemplateText(file.read_bytes().decode())
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"The template {file} cannot be read: {error}.") from error


def _add_block(file: Path, name: PlotName) -> None:
    plot = load_plot(Function(name.resource, name.folder(file.parent), "plotgate.entry.handler", 0, 0))
    if plot is None:
        raise TemplateError(f"{name.code_uri}/app.py must have `handler = serve(draw)`.")
    text = _text(file).with_plot(name)
    if plot.path_suffix:
        text = text.replace(f"Path: {name.path} }}", f'Path: "{name.path}{plot.path_suffix}" }}')
    file.write_bytes(text.encode())


def _routes(template: Template) -> Iterator[Disagreement]:
    """Plots that are called otherwise in one place than in another, or answer to GET alone."""
    for plot in plots_of(template):
        code = plot.function.code.relative_to(template.file.parent)
        if str(code) != f"functions/{plot.name}":
            yield Disagreement(
                f"{plot.route} is served from {code}", f"name the path or the folder as the other: {code}"
            )
            continue
        if plot.function.name != (resource := PlotName.parse(plot.name).resource):
            yield Disagreement(f"The resource of {plot.name} is {plot.function.name}", f"call it {resource}")
        methods = {route.method for route in template.routes if route.path == plot.route}
        if not methods & {"HEAD", "ANY"}:
            yield Disagreement(f"{plot.route} does not answer to HEAD", "add its event, as its neighbours have it")


def _baselines(template: Template) -> Iterator[Disagreement]:
    """Plots without a baseline, and baselines without a plot."""
    project, names = template.file.parent, [plot.name for plot in plots_of(template)]
    for name in names:
        if not baseline_file(template, name).is_file():
            draw = partial(_draw_baseline, template, name)
            yield Disagreement(f"{name} has no baseline", f"plotgate baseline {name}, and look at it", draw)
    for file in sorted((project / BASELINES).rglob("*.png")):
        if str(file.relative_to(project / BASELINES).with_suffix("")) not in names:
            yield Disagreement(f"{file.relative_to(project)} is of no plot", "remove it, or bring the plot back")


def _draw_baseline(template: Template, name: str) -> None:
    (plot,) = chosen_of(template, [name])
    with Functions(template) as functions:
        update_baseline(functions, plot, baseline_file(template, name))


def _readme(template: Template) -> Iterator[Disagreement]:
    """A gallery in the README that is another one than the baselines are."""
    readme = template.file.parent / "README.md"
    text = readme.read_text() if readme.is_file() else ""
    if has_gallery(text):
        new = with_gallery(text, template.file.parent, [plot.name for plot in plots_of(template)])
        if new != text:
            yield Disagreement(
                "The gallery of README.md is not that of the plots",
                "it shows their baselines",
                lambda: readme.write_text(new),
            )
