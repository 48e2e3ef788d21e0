"""A plot's parameters, declared again as its signature does: the gallery checks them as the plot would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, create_model

from plotgate.url.signature import CONFIG, CommaSeparated, Distinct, OneOf
from plotgate.url.time_range import Bound, TimeRange

FEW = 6  # choices that an error names all
_TYPES = {"integer": int, "number": float, "boolean": bool, "string": str}
_FORMATS = {"date": date, "date-time": datetime, "time": time, "duration": timedelta, "uuid": UUID}
_RULES = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_length",
    "maxItems": "max_length",
    "pattern": "pattern",
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a plot's own."""

    name: str
    schema: Mapping[str, Any]  # JSON schema of its value
    description: str = ""
    default: str | None = None  # as a URL has it; None where it cannot be said there
    is_in_path: bool = False
    range: Mapping[str, Any] | None = None  # of one end of a `TimeRange`
    is_custom: bool = False  # the plot checks it in a way of its own, of which the schema does not tell

    @property
    def may_be_empty(self) -> bool:
        """Whether no text at all is a value: of a number or a day it is none, and means the default."""
        is_text = self.schema.get("type") in ("string", "array") and "format" not in self.schema
        return is_text and not self.range and not self.schema.get("enum")


def declared(parameters: Iterable[Parameter]) -> type[BaseModel]:
    """The parameters as a Pydantic model; what the plot checks in a way of its own is any text."""
    fields: dict[str, Any] = {
        parameter.name: (_annotation(parameter), ... if parameter.is_in_path else parameter.default)
        for parameter in parameters
    }
    return create_model("draw", __config__=CONFIG, **fields)


def _annotation(parameter: Parameter) -> Any:
    type_: Any = str if parameter.is_custom else annotation(parameter.schema, parameter.range)
    return type_ if parameter.is_in_path or parameter.default is not None else type_ | None


def annotation(schema: Mapping[str, Any], range_: Mapping[str, Any] | None = None) -> Any:
    """The type that a value's JSON schema describes, with its rules."""
    if range_:
        return Annotated[date if range_["type"] == "date" else datetime, _bound(range_)]
    if schema.get("type") == "array":
        type_: Any = Annotated[list[annotation(schema["items"])], CommaSeparated]  # type: ignore[misc]
        type_ = Annotated[type_, Distinct] if schema.get("uniqueItems") else type_
    elif choices := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        type_ = Literal.__getitem__(tuple(choices)) if len(choices) <= FEW else Annotated[str, OneOf(choices)]
    else:
        type_ = _FORMATS.get(schema.get("format", ""), _TYPES.get(schema.get("type", ""), str))
    rules = {word: schema[name] for name, word in _RULES.items() if name in schema}
    return Annotated[type_, Field(**rules)] if rules else type_


def _bound(range_: Mapping[str, Any]) -> Bound:
    longest = None if range_["longest"] is None else timedelta(seconds=range_["longest"])
    return Bound(TimeRange(range_["zone"], timedelta(seconds=range_["step"]), longest), range_["side"])
