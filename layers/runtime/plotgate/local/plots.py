"""The plots of a template, by the names that people call them by: `weather/temperature`."""

from collections.abc import Sequence
from dataclasses import dataclass

from plotgate.local.template import Function, Template, TemplateError


@dataclass(frozen=True)
class PlotFunction:
    """A plot, as the template has it."""

    name: str  # `weather/temperature`
    function: Function

    @property
    def path(self) -> str:
        """The beginning of its URL's path, without parameters."""
        return f"/plots/{self.name}"


def plots_of(template: Template) -> list[PlotFunction]:
    """The plots of a template, in its order: what it serves below `/plots/`."""
    found = {}
    for route in template.routes:
        if route.path.startswith("/plots/"):
            name = route.path.removeprefix("/plots/").partition("/{")[0]
            # A parameter's own name precedes its value: /plots/iris/petals/species/{species}.
            name = name if "/{" not in route.path else name.rpartition("/")[0]
            found[name] = PlotFunction(name, route.function)
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
            raise TemplateError(f"There is no plot {name!r}; there are {', '.join(known) or 'none'}.")
    return [known[name] for name in wanted] if wanted else plots
