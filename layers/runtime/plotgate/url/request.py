"""What a URL asks for: a plot, its parameters, and how to show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import BaseModel

from plotgate.errors import ParameterError, Violation
from plotgate.url.plot import Plot
from plotgate.url.signature import in_path, read_parameters
from plotgate.url.view import MOST_PIXELS, Size, View


@dataclass(frozen=True)
class PictureRequest:
    """A request whose parameters were read and found good."""

    plot: Plot
    folder: str  # of the URL, as template.yaml has it: "/plots/breast_cancer_data/pairplot"
    parameters: BaseModel  # of `draw`, typed
    view: View

    @property
    def arguments(self) -> dict[str, Any]:
        """What `draw` is called with."""
        return dict(self.parameters)

    @cached_property
    def canonical_url(self) -> str:
        """The one spelling of this request: path and query, each parameter of `draw` named, no host.

        Two URLs with the same canonical URL show the same picture of the same data. `errors` is left out, for it
        changes no picture, and so is whatever of the view has its default.
        """
        values = {name: _text(value) for name, value in self.parameters.model_dump(mode="json").items()}
        path = self.folder
        for name in in_path(self.plot.parameters):
            path += f"/{name}/{values.pop(name)}"
        view = self.view.model_dump(mode="json", exclude_defaults=True, exclude={"errors"})
        query = urlencode({**values, **{name: _text(value) for name, value in view.items()}}, quote_via=quote)
        return quote(path) + (f"?{query}" if query else "")


def read_request(plot: Plot, folder: str, path: Mapping[str, str], query: Iterable[tuple[str, str]]) -> PictureRequest:
    """What a URL asks of `plot`.

    Raises:
        ParameterError: one or more parameters are unknown, given twice, or break their rule.
    """
    values = read_parameters(plot.url_parameters, path, query)
    view = View.model_construct(**{name: values.pop(name) for name in View.model_fields})
    if view.width and view.height:  # else the figure's own proportions decide, once it is drawn
        check_pixels(Size(view.width, view.height, view.dpr))
    return PictureRequest(plot, folder, plot.parameters.model_construct(**values), view)


def check_pixels(size: Size) -> None:
    """Refuse a picture that is too large.

    Raises:
        ParameterError: it has more than `MOST_PIXELS`.
    """
    across, down = size.device_pixels
    if across * down > MOST_PIXELS:
        rule = f"must keep width x height x dpr^2 within {MOST_PIXELS} pixels"
        raise ParameterError([Violation("dpr" if size.dpr > 1 else "width", rule, f"{across}x{down}")])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)
