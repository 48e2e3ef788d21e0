"""What is known of a plot from its file alone: nothing here depends on where it is served."""

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from plotgate.data.table import Table
from plotgate.url.signature import defaults_model, in_path, parameters_model, query_model, rule_of
from plotgate.url.spelling import are_alike, as_json, read_back

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Plot:
    """A `draw` function with what its signature and its file's docstring declare.

    Raises:
        TypeError: the signature cannot be said in a URL, or a default breaks a rule of its own.
    """

    draw: Callable[..., "Figure"]
    tables: tuple[Table, ...] = ()  # that `draw` reads
    max_age: int | None = None  # seconds for which a picture may be shown without asking; None leaves it to the runtime
    folder: Path | None = None  # where the plot's files are; None in a notebook
    style: Mapping[str, Any] = field(default_factory=dict, compare=False)  # matplotlib's, as the file has set it

    def __post_init__(self) -> None:
        _ = self.url_parameters, self.defaults  # what is wrong is found when the file is imported, not in a request

    @cached_property
    def parameters(self) -> type[BaseModel]:
        """The parameters of `draw`."""
        return parameters_model(self.draw)

    @cached_property
    def url_parameters(self) -> type[BaseModel]:
        """The parameters of the plot's URL: those of `draw`, then those of every plot."""
        return query_model(self.parameters)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """The parameters of `draw` that may be left out, with what JSON has in their place then."""
        model = defaults_model(self.parameters)
        try:
            defaults = model.model_validate({}, context={"given": ()})
        except ValidationError as error:
            (detail, *_) = error.errors(include_url=False)
            what = f"The default of `{detail['loc'][0]}` of `{self.draw.__name__}`"
            raise TypeError(f"{what} {rule_of(detail)}, not {detail['input']!r}.") from None
        plain = as_json(defaults)
        for name, value in defaults:
            if (read := read_back(model, name, plain[name])) and not are_alike(*read, value):
                what = f"The default of `{name}` of `{self.draw.__name__}`, {value!r},"
                raise TypeError(f"{what} is another value than its text in a URL is read as, {read[0]!r}.")
        return plain

    @cached_property
    def path_suffix(self) -> str:
        """What follows the plot's folder in its URL: `/name/{name}` for each parameter without a default."""
        return "".join(f"/{name}/{{{name}}}" for name in in_path(self.parameters))

    @cached_property
    def title(self) -> str:
        """The first line of the file's docstring, without its full stop."""
        return self._docstring.partition("\n")[0].rstrip(".")

    @cached_property
    def description(self) -> str:
        """What the file's docstring says after its first line, a line for each paragraph; may be empty."""
        paragraphs = self._docstring.partition("\n")[2].strip().split("\n\n")
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)

    @cached_property
    def alt(self) -> str:
        """The alt text that the first paragraph of `draw`'s docstring gives, as one line; may be empty."""
        return " ".join(inspect.cleandoc(self.draw.__doc__ or "").partition("\n\n")[0].split())

    @cached_property
    def _docstring(self) -> str:
        return inspect.cleandoc(sys.modules[self.draw.__module__].__doc__ or self.draw.__name__)
