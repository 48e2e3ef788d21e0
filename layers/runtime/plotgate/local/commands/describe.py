"""`plotgate describe`."""

from typing import Annotated
from urllib.parse import unquote

from plotgate.local.asking import AnswerError, Functions
from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors, working
from plotgate.local.commands.render import PATH
from plotgate.local.commands.table import print_table
from plotgate.local.plots import PlotFunction, chosen_of, plots_of
from plotgate.local.request import NoRouteError, is_url, route_and_event
from plotgate.local.template import Template, TemplateError, read_template


def describe(path: Annotated[str, PATH], template: TemplateFile = TEMPLATE) -> None:
    """Tell what a plot shows, what it can be asked for, and what a picture of it takes."""
    from plotgate.local.inventory import declared, measure, measured_cold, rule

    with readable_errors(AnswerError, NoRouteError):
        found = read_template(template)
        plot = _plot(found, path)
        entry = declared(found, plot)
        url = path if is_url(path) else f"{entry.url}{''.join(path.partition('?')[1:])}"
        with working(f"Drawing {plot.name}"), Functions(found) as functions:
            measured = measure(functions, url)
        cold = measured_cold(found.file.parent, plot)
    print_table(
        ("", ""),
        [
            ("title", entry.title),
            ("path", plot.route),
            ("example", unquote(entry.url)),
            ("alt text", measured.alt),
            ("data version", measured.data_version or "none: it reads no table"),
            (
                "cold",
                f"{cold:.2f} s in a container like Lambda's" if cold else "not known: it was not measured",
            ),
            ("first", f"{measured.first:.2f} s here, with a new process"),
            ("warm", f"{measured.warm * 1000:.0f} ms here, drawn anew"),
            ("bytes", f"{measured.size} as PNG"),
        ],
    )
    print()
    rows = [(one.name, one.default or "", rule(one), one.description) for one in entry.parameters]
    print_table(("Parameter", "Default", "Rule", "Meaning"), rows)


def _plot(template: Template, path: str) -> PlotFunction:
    """The plot that a name or a URL means."""
    if not is_url(path):
        return chosen_of(template, [path.partition("?")[0]])[0]
    route, _ = route_and_event(template, path)
    for plot in plots_of(template):
        if plot.route == route.path:
            return plot
    raise TemplateError(f"{route.path} is no plot.")
