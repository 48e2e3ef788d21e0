"""The plots of a template, by the names that people call them by: `weather/temperature`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from plotgate.local.template import Function, Template, TemplateError


@dataclass(frozen=True)
class PlotFunction:
    """A plot, as the template has it."""

    name: str  # `weather/temperature`
    function: Function
    route: str  # its URL's path, with `/{parameter}`s where it has some

    @property
    def path(self) -> str:
        """The beginning of its URL's path, without parameters."""
        return f"/plots/{self.name}"

    @property
    def path_parameters(self) -> list[str]:
        """The parameters that the path holds."""
        return re.findall(r"{(\w+)\+?}", self.route)


def plots_of(template: Template) -> list[PlotFunction]:
    """The plots of a template, in its order: what it serves below `/plots/`."""
    found: dict[str, PlotFunction] = {}
    for route in template.routes:
        if route.path.startswith("/plots/") and route.method in ("GET", "ANY"):
            name, brace, _ = route.path.removeprefix("/plots/").partition("/{")
            if brace:  # a parameter's own name precedes its value: /plots/iris/petals/species/{species}
                name = name.rpartition("/")[0]
            found.setdefault(name, PlotFunction(name, route.function, route.path))
    return list(found.values())


def chosen_of(template: Template, names: Sequence[str]) -> list[PlotFunction]:
    """The plots that `names` name, by their name or their URL's path; all of them without names.

    Raises:
        TemplateError: no plot has such a name.
    """
    plots = plots_of(template)
    known = {plot.name: plot for plot in plots}
    wanted = [name.strip("/").removeprefix("plots/") for name in names]
    for name in wanted:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"the closest is {close[0]}" if close else f"there are {', '.join(known) or 'none'}"
            raise TemplateError(f"There is no plot {name!r}; {hint}.")
    return [known[name] for name in wanted] if wanted else plots
