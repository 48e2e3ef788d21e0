"""What is known of a plot from its file alone: nothing here depends on where it is served."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from plotgate.data.table import Table
from plotgate.url.signature import in_path, parameters_model, query_model

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LIVE_MAX_AGE = 60  # seconds: of data that may change at any time
FIXED_MAX_AGE = 3600  # seconds: of data that comes with the plot, and changes when that is deployed


@dataclass(frozen=True)
class Plot:
    """A `draw` function with what its signature and its file's docstring declare."""

    draw: Callable[..., "Figure"]
    tables: tuple[Table, ...] = ()  # that `draw` reads
    own_max_age: int | None = None  # seconds

    @property
    def max_age(self) -> int:
        """For how many seconds a picture may be shown without asking whether it is still the newest."""
        if self.own_max_age is not None:
            return self.own_max_age
        return LIVE_MAX_AGE if any(table.live for table in self.tables) else FIXED_MAX_AGE

    def data_version(self) -> str:
        """What changes when the data does; without a table that is part of the code, it never does.

        Raises:
            DataError: a table's version is not to be had.
        """
        versions = [f"{table.name}={table.current_version().version}" for table in self.tables]
        return sha256("\n".join(versions).encode()).hexdigest()[:16] if versions else ""

    @cached_property
    def folder(self) -> Path:
        """Where the plot's file is."""
        return Path(inspect.getfile(sys.modules[self.draw.__module__])).parent

    @cached_property
    def parameters(self) -> type[BaseModel]:
        """The parameters of `draw`."""
        return parameters_model(self.draw)

    @cached_property
    def url_parameters(self) -> type[BaseModel]:
        """The parameters of the plot's URL: those of `draw`, then those of every plot."""
        return query_model(self.parameters)

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
