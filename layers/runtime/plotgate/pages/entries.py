"""The plots as the catalog beside the gallery has them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from pydantic import BaseModel

from plotgate.pages.declaration import Parameter, declared
from plotgate.url.signature import query_model
from plotgate.url.view import Size

_VARIABLE = re.compile(r"\{([^{}+]+)\}")
_SENTENCE = re.compile(r".+?[.!?](?=\s+[^\s\da-z]|$)", re.DOTALL)
_SOURCE = re.compile(r"(?:Source|Data): *")


@dataclass(frozen=True)
class Entry:
    """A plot of the catalog."""

    path: str  # as template.yaml has it: "/plots/weather/rain/day/{day}"
    url: str  # an example's
    title: str
    description: str  # a line for each paragraph
    has_tables: bool  # whether its data may change without the plot's code
    size: Size | None  # of the default picture, where it is known
    parameters: tuple[Parameter, ...]

    @classmethod
    def of(cls, known: Mapping[str, Any]) -> Self:
        """The entry as catalog.json has it."""
        own = {name: value for name, value in known.items() if name in cls.__dataclass_fields__}
        parameters = tuple(Parameter(**parameter) for parameter in known["parameters"])
        return cls(**own | {"size": Size(*known["size"]) if known["size"] else None, "parameters": parameters})

    @cached_property
    def url_parameters(self) -> type[BaseModel]:
        """The parameters of the plot's URL: its own, then those of every plot."""
        return query_model(declared(self.parameters))

    @cached_property
    def folder(self) -> str:
        """The path as far as it is the same in all of the plot's URLs, without `/plots`: "/weather/rain"."""
        folder = self.path.partition("/{")[0].removeprefix("/plots")
        in_path = [parameter.name for parameter in self.parameters if parameter.is_in_path]
        return folder.removesuffix(f"/{in_path[0]}") if in_path else folder

    @property
    def name(self) -> str:
        """The plot's own name: "rain"."""
        return self.folder.rpartition("/")[2]

    @property
    def dataset(self) -> str:
        """The name of what the data is about: "Weather"."""
        return self.folder.strip("/").partition("/")[0].replace("_", " ").capitalize()

    @cached_property
    def meaning(self) -> str:
        """The description's first sentence."""
        first = next((text for text in self.description.split("\n\n") if not _SOURCE.match(text)), "")
        found = _SENTENCE.match(first)
        return found[0] if found else first

    @cached_property
    def paragraphs(self) -> list[str]:
        """The description without the data's source."""
        return [text for text in self.description.split("\n\n") if text and not _SOURCE.match(text)]

    @cached_property
    def source(self) -> str:
        """Where the data comes from: the paragraph of the description that begins with "Source:"; may be empty."""
        found = next((text for text in self.description.split("\n\n") if _SOURCE.match(text)), "")
        return _SOURCE.sub("", found, count=1)

    @cached_property
    def example(self) -> dict[str, str]:
        """The values of the path's parameters in the example."""
        return self.match(unquote(self.url)) or {}

    def match(self, path: str) -> dict[str, str] | None:
        """The values of the path's parameters in a decoded path; None where it is not this plot's."""
        pattern = "(.+)".join(map(re.escape, _VARIABLE.split(self.path)[::2]))
        found = re.fullmatch(pattern, path, re.DOTALL)
        return dict(zip(_VARIABLE.findall(self.path), found.groups(), strict=True)) if found else None

    def match_page(self, path: str) -> dict[str, str] | None:
        """The values of the path's parameters in what follows `/view` in a page's address."""
        return self.match(f"/plots{path}" if self.path.startswith("/plots/") else path)


def read_entries(file: Path) -> list[Entry]:
    """The plots of a catalog, read again when it has changed.

    A plot of an earlier catalog, which said less of it, is left out.
    """
    status = file.stat()
    stamp = status.st_mtime_ns, status.st_size, status.st_ino
    if file not in _read or _read[file][0] != stamp:
        _read[file] = stamp, [Entry.of(known) for known in json.loads(file.read_text()) if "parameters" in known]
    return _read[file][1]


_read: dict[Path, tuple[tuple[int, ...], list[Entry]]] = {}
