"""The name of a plot, `weather/wind`, which is its folder, its URL, its module and its resource."""

import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from plotgate.local.template import TemplateError

_WORDS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 60  # letters of each half: CloudFormation's limit for the resource is 255, a file system's is as much


@dataclass(frozen=True)
class PlotName:
    """A data set and a plot of it, each a segment of a URL and a module of Python."""

    dataset: str
    plot: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `DATASET/PLOT`.

        Raises:
            TemplateError: it could not be a URL, a module and a resource at once.
        """
        halves = text.strip("/").removeprefix("plots/").removeprefix("functions/").split("/")
        if len(halves) != 2:
            raise TemplateError(f"A plot's name must be DATASET/PLOT, such as weather/wind, not {text!r}.")
        for half in halves:
            if not _WORDS.fullmatch(half) or len(half) > _LONGEST:
                raise TemplateError(
                    f"A name must be at most {_LONGEST} lower-case letters, digits and single underscores, beginning "
                    f"with a letter, for it is part of a URL, of a module and of a resource; not {half!r}."
                )
            if keyword.iskeyword(half):
                raise TemplateError(f"A name must not be a word of Python, for it is a module; not {half!r}.")
        return cls(*halves)

    def __str__(self) -> str:
        return f"{self.dataset}/{self.plot}"

    @property
    def path(self) -> str:
        """The beginning of its URL's path."""
        return f"/plots/{self}"

    @property
    def code_uri(self) -> str:
        """Its folder, as the template has it."""
        return f"functions/{self}"

    @property
    def module(self) -> str:
        """Its folder as Python imports it."""
        return f"functions.{self.dataset}.{self.plot}"

    @property
    def resource(self) -> str:
        """Its name in the template."""
        return "".join(word.capitalize() for word in re.split("[/_]", str(self)))

    @property
    def title(self) -> str:
        """What it is called until its author says better."""
        return self.plot.replace("_", " ").capitalize()

    def folder(self, project: Path) -> Path:
        """Where its files are, in the template's folder."""
        return project / self.code_uri
