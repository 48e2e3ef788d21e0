"""What a picture is: the code that draws it, the rows that it shows, its arguments and its view."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from plotgate.data.table import TableVersion
from plotgate.pictures.code import code_in, own_data
from plotgate.url.request import PictureRequest


@dataclass(frozen=True)
class Identity:
    """Equal identities are equal pictures, to the last byte, as far as `is_exact` says so."""

    request: PictureRequest
    code: str | None  # its version, if that is known
    tables: tuple[TableVersion, ...]  # that the plot reads, each asked for once
    variables: tuple[tuple[str, str], ...] = ()  # of the environment: the author's own that are named as tables' are

    @cached_property
    def digest(self) -> bytes:
        """What is another one for another picture."""
        tables = [[table.name, table.address, table.version] for table in self.tables]
        # The URL, too, for it is written into the file.
        request = self.request
        return _digest(self.code, self.variables, tables, request.canonical_url, request.values, _view(request))

    @cached_property
    def etag(self) -> str | None:
        """The picture's entity tag (RFC 9110, section 8.8.3), known before it is drawn.

        Weak where another processor, or the same rows in another order or state, may make other bytes; None where the
        code is not known.
        """
        if self.code is None:
            return None
        tag = f'"{urlsafe_b64encode(self.digest[:16]).decode().rstrip("=")}"'
        is_exact = not self.request.view.form.is_text and all(table.exact for table in self.tables)
        return tag if is_exact else f"W/{tag}"

    @property
    def data_version(self) -> str:
        """What changes when the data does; empty where the data is part of the code."""
        if not self.tables:
            return ""
        return _digest([[table.name, table.address, table.version] for table in self.tables]).hex()[:16]

    def read_as(self, tables: tuple[TableVersion, ...]) -> "Identity":
        """The identity of the same request, of the rows that were read."""
        return self if tables == self.tables else replace(self, tables=tables)


def identify(request: PictureRequest) -> Identity:
    """The identity of what `request` asks for now.

    Raises:
        DataError: the version of a table is not to be had.
    """
    tables = tuple(table.current_version() for table in request.plot.tables)
    variables = own_data([table.variable for table in request.plot.tables])
    return Identity(request, code_in(request.plot.folder).version, tables, variables)


def wording(request: PictureRequest) -> bytes:
    """What pictures share that are each other's next: the same words, of the same tables' other rows."""
    addresses = [[table.name, table.address] for table in request.plot.tables]
    code = code_in(request.plot.folder).digest
    return _digest(code, addresses, request.url_in_words, _view(request))


def seed(request: PictureRequest) -> int:
    """The seed of all that is random in a picture: the same in each format, theme and size, on each machine."""
    return int.from_bytes(_digest(request.folder, request.values)[:8])


def _view(request: PictureRequest) -> dict[str, Any]:
    return request.view.model_dump(mode="json", exclude={"errors"})


def _digest(*parts: Any) -> bytes:
    return sha256(json.dumps(parts, sort_keys=True).encode()).digest()
