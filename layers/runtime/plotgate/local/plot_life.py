"""The life of a plot in a project: it is made, gets another name, and goes.

Its places: its folder in functions/, its block in the template, its baseline. A change takes all of them or none.
"""

from pathlib import Path

from plotgate.local.asking import Functions
from plotgate.local.baseline import baseline_file, draw_baseline
from plotgate.local.file_changes import FileChanges
from plotgate.local.plot_name import PlotName
from plotgate.local.plots import chosen_of, plots_of
from plotgate.local.readme_gallery import has_gallery, with_gallery
from plotgate.local.template import Template, TemplateError, read_template
from plotgate.local.template_text import TemplateText

STARTERS = Path(__file__).with_name("starters")


def create(template: Template, name: PlotName, starter: str) -> list[Path]:
    """Make a plot out of a file of starters/; the files that are new or changed, the picture last.

    Raises:
        TemplateError: it, or something with one of its names, is there already.
        AnswerError: it could not be drawn.
    """
    project, text = template.file.parent, _text(template)
    _check_free(template, text, name)
    files = {name.folder(project) / file.name: file for file in sorted((STARTERS / starter).glob("*.csv"))}
    files[name.folder(project) / "app.py"] = STARTERS / f"{starter}.py"
    with FileChanges() as changes:
        for file, source in files.items():
            changes.write(file, source.read_text().replace("TITLE", name.title).encode())
        changes.write(template.file, text.with_plot(name).encode())
        changes.write(baseline_file(template, str(name)), _picture(template.file, name))
    return [*files, template.file, baseline_file(template, str(name))]


def rename(template: Template, old: PlotName, new: PlotName) -> None:
    """Give a plot another name in all of its places.

    Raises:
        TemplateError: there is no such plot, or one with the new name.
        AnswerError: it could not be drawn under its new name.
    """
    project, text = template.file.parent, _text(template)
    chosen_of(template, [str(old)])
    _check_free(template, text, new)
    baseline = baseline_file(template, str(old))
    with FileChanges() as changes:
        changes.move(old.folder(project), new.folder(project))
        changes.write(template.file, text.with_plot_renamed(old, new).encode())
        if baseline.exists():  # drawn anew, for its file says its URL
            changes.write(baseline_file(template, str(new)), _picture(template.file, new))
            changes.remove(baseline)
        _renew_gallery(changes, template.file)


def remove(template: Template, name: PlotName) -> None:
    """Remove a plot from all of its places.

    Raises:
        TemplateError: there is no such plot, or the template names it elsewhere.
    """
    chosen_of(template, [str(name)])
    baseline = baseline_file(template, str(name))
    with FileChanges() as changes:
        changes.write(template.file, _text(template).without_plot(name).encode())
        changes.remove(name.folder(template.file.parent))
        if baseline.exists():
            changes.remove(baseline)
        if len(template.functions) > 1:  # the last one's going leaves nothing to serve
            _renew_gallery(changes, template.file)


def _renew_gallery(changes: FileChanges, template: Path) -> None:
    """Make the README's gallery that of the plots that there are now, if it has one."""
    readme, plots = template.parent / "README.md", [plot.name for plot in plots_of(read_template(template))]
    text = readme.read_text() if readme.is_file() else ""
    if has_gallery(text):
        changes.write(readme, with_gallery(text, template.parent, plots).encode())


def _text(template: Template) -> TemplateText:
    return TemplateText(template.file.read_bytes().decode())


def _picture(template: Path, name: PlotName) -> bytes:
    """The picture of a plot, by a template that has changed."""
    found = read_template(template)
    (plot,) = chosen_of(found, [str(name)])
    with Functions(found) as functions:
        return draw_baseline(functions, plot)


def _check_free(template: Template, text: TemplateText, name: PlotName) -> None:
    project = template.file.parent
    generated = {f"{resource}Role" for resource in text.names} | {"ApiRole"}
    if name.resource in text.names | generated or f"{name.resource}Role" in text.names:
        raise TemplateError(f"The template has the name {name.resource} already, which {name} would need.")
    if (name.folder(project).parent / "app.py").exists():
        raise TemplateError(f"functions/{name.dataset} is a function itself, and cannot be a data set of plots.")
    for path in (name.folder(project), baseline_file(template, str(name))):
        if path.exists():
            raise TemplateError(f"{path.relative_to(project)} exists already.")
