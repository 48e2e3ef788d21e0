"""What the catalog tells of one plot: all that the gallery knows, which cannot import it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from struct import unpack
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAliasType, Union, get_args, get_origin
from uuid import UUID

from annotated_types import BaseMetadata, Ge, Gt, Le, Lt, MaxLen, MinLen, MultipleOf
from pydantic.fields import FieldInfo

from plotgate.local.openapi import parameters
from plotgate.url.plot import Plot
from plotgate.url.signature import CommaSeparated, Distinct, OneOf, defaults_model
from plotgate.url.spelling import canonical_text, read_back
from plotgate.url.time_range import Bound
from plotgate.url.view import View

_PLAIN = (int, float, bool, str, date, datetime, time, timedelta, UUID, NoneType)
_RULES = (Gt, Ge, Lt, Le, MultipleOf, MinLen, MaxLen, OneOf, Bound)
_NOT_RULES = ("default", "description", "examples")  # of a schema, what is said elsewhere


def entry(path: str, plot: Plot, url: str, project: Path) -> dict[str, Any]:
    """The entry of a plot: `path` as template.yaml has it, `url` an example of it, `project` the template's folder."""
    folder = path.removesuffix(plot.path_suffix).removeprefix("/plots").strip("/")
    own = [one for one in parameters(plot) if one["name"] not in View.model_fields]
    return {
        "path": path,
        "url": url,
        "title": plot.title,
        "description": plot.description,
        "has_tables": bool(plot.tables),
        "size": _png_size(project / "tests" / "baselines" / f"{folder}.png"),
        "parameters": [_parameter(plot, described) for described in own],
    }


def _parameter(plot: Plot, described: dict[str, Any]) -> dict[str, Any]:
    """A parameter as `plotgate.pages.declaration.Parameter` has it, without what is as it is by default."""
    field = plot.parameters.model_fields[described["name"]]
    bound = next((rule for rule in field.metadata if isinstance(rule, Bound)), None)
    told = {
        "name": described["name"],
        "description": described.get("description"),
        "schema": {key: value for key, value in described["schema"].items() if key not in _NOT_RULES},
        "default": _default(plot, described["name"]),
        "is_in_path": described["in"] == "path",
        "range": bound and _range(bound, field.annotation),
        "is_custom": not _is_plain(Annotated[field.annotation, *field.metadata, ""]),
    }
    return {key: value for key, value in told.items() if value not in (None, False)}


def _default(plot: Plot, name: str) -> str | None:
    """A default as a URL says it; None where it cannot."""
    field = plot.parameters.model_fields[name]
    value = plot.defaults.get(name)
    if value is None or read_back(defaults_model(plot.parameters), name, value) is None:
        return None
    is_in_words = any(isinstance(rule, Bound) for rule in field.metadata) and isinstance(field.default, str)
    return field.default if is_in_words else canonical_text(value)


def _range(bound: Bound, type_: Any) -> dict[str, Any]:
    longest = bound.range.longest
    return {
        "side": bound.side,
        "type": "datetime" if type_ is datetime else "date",
        "zone": bound.range.zone,
        "step": bound.range.step.total_seconds(),
        "longest": longest and longest.total_seconds(),
    }


def _is_plain(type_: Any) -> bool:
    """Whether a JSON schema says all of a type's rules; a validator of the author's own is in no schema."""
    if isinstance(type_, TypeAliasType):
        return _is_plain(type_.__value__)
    origin, of = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return all(map(_is_rule, type_.__metadata__)) and _is_plain(type_.__origin__)
    if origin in (Union, UnionType):
        return len(of) == 2 and NoneType in of and all(map(_is_plain, of))
    if origin is Literal:
        return all(isinstance(choice, str) for choice in of)
    return _is_plain(of[0]) if origin in (list, Sequence) else type_ in _PLAIN


def _is_rule(rule: Any) -> bool:
    if isinstance(rule, FieldInfo):
        return all(map(_is_rule, rule.metadata))
    if isinstance(rule, _RULES) or rule in (CommaSeparated, Distinct, ""):
        return True
    return isinstance(rule, BaseMetadata) and vars(rule).keys() == {"pattern"}


def _png_size(file: Path) -> list[int] | None:
    """Width and height that a PNG file begins with; None without one. A baseline has a plot's own size."""
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        head = opened.read(24)
    return list(unpack(">II", head[16:24])) if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) == 24 else None
