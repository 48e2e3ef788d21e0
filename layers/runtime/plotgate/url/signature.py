"""The signature of `draw` as the declaration of a URL's parameters."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    Secret,
    SecretBytes,
    SecretStr,
    ValidationError,
    ValidationInfo,
    create_model,
)
from pydantic.errors import PydanticSchemaGenerationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from plotgate.errors import ParameterError, Violation, shown
from plotgate.url.grant import NAMES
from plotgate.url.spelling import canonical_text
from plotgate.url.time_range import COMPARED, Bound, current_time
from plotgate.url.view import View

# Defaults are checked too: that is what gives words of a time range their meaning.
CONFIG = ConfigDict(extra="forbid", allow_inf_nan=False, validate_default=True)
RESERVED = (*View.model_fields, *NAMES, "preset")  # names that no plot may use for its own parameters
MOST_VIOLATIONS = 10  # that an error lists


@dataclass(frozen=True)
class OneOf:
    """A text that must be one of `choices`; an error names the closest of them.

    For choices that come from data. Fixed ones are better said with `typing.Literal`.

        Annotated[str, OneOf(FEATURES)]
    """

    choices: Sequence[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: str, info: ValidationInfo) -> str:
            if value not in self.choices:
                # To find the closest takes a millisecond, and a URL has room for a thousand values.
                asked = info.context if info.context is not None else {}
                asked["refused"] = asked.get("refused", 0) + 1
                closest = self._closest(value) if asked["refused"] <= MOST_VIOLATIONS else "one of the choices"
                raise PydanticCustomError("one_of", "Input should be {choices}", {"choices": closest})
            return value

        return core_schema.with_info_after_validator_function(
            check, handler(source), metadata={"pydantic_js_updates": {"enum": list(self.choices)}}
        )

    def _closest(self, value: str) -> str:
        closest = get_close_matches(value, self.choices, n=3, cutoff=0.5) or list(self.choices[:3])
        named = " or ".join(repr(choice) for choice in closest)
        return named if len(self.choices) <= len(closest) else f"one of {len(self.choices)} values, closest {named}"


def _split(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return [item.strip() for item in value.split(",")] if value.strip() else []


CommaSeparated = BeforeValidator(_split)
"""Marks a list that the URL gives as one text: `Annotated[list[str], CommaSeparated]` reads `a,b`; `` is []."""


def _distinct(values: list[Any]) -> list[Any]:
    if len({repr(value) for value in values}) < len(values):  # not all that a URL may hold can be in a set
        raise PydanticCustomError("distinct", "Input should not name anything twice")
    return values


class _DistinctItems:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            _distinct, handler(source), metadata={"pydantic_js_updates": {"uniqueItems": True}}
        )


Distinct = _DistinctItems()
"""Marks a list that must not repeat a value."""


def parameters_model(draw: Callable[..., Any]) -> type[BaseModel]:
    """The parameters of `draw` as a Pydantic model that refuses unknown names.

    Raises:
        TypeError: a parameter has no type or one that no text can be read as, cannot be given by name, or has a name
            that is taken.
    """
    hints = get_type_hints(draw, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in inspect.signature(draw).parameters.items():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise TypeError(f"The parameter `{name}` of `{draw.__name__}` must be one that can be given by name.")
        if name in RESERVED:
            raise TypeError(
                f"The parameter `{name}` of `{draw.__name__}` must have another name: "
                f"every plot's URL has {', '.join(RESERVED)}."
            )
        if name.startswith("_") or hasattr(BaseModel, name):
            raise TypeError(f"The parameter `{name}` of `{draw.__name__}` must have a name that Pydantic leaves free.")
        if name not in hints:
            raise TypeError(f"The parameter `{name}` of `{draw.__name__}` must have a type.")
        if _holds_bound(hints[name]) and not any(_bounds(hints[name])):
            raise TypeError(
                f"The parameter `{name}` of `{draw.__name__}` must be one end of a time range, not hold it."
            )
        if _holds_secret(hints[name]):
            raise TypeError(f"The parameter `{name}` of `{draw.__name__}` must not be a secret: a URL is none.")
        # Of a time range's default that was said in words, the words: they mean another time in each request.
        default = getattr(parameter.default, "words", parameter.default)
        fields[name] = (_with_read_choices(hints[name]), ... if default is parameter.empty else default)
    try:
        return create_model(draw.__name__, __config__=CONFIG, **fields)
    except PydanticSchemaGenerationError:
        _check_types(draw.__name__, fields)
        raise


def _with_read_choices(type_: Any) -> Any:
    """`type_` in which a `Literal` of other things than texts is read from a URL's text; Pydantic takes only equals."""
    origin, of = get_origin(type_), get_args(type_)
    if isinstance(type_, TypeAliasType):
        return _with_read_choices(type_.__value__)
    if origin is Literal:
        texts = {canonical_text(choice): choice for choice in of if isinstance(choice, int)}
        if not texts:
            return type_

        def read(said: Any) -> Any:
            return said if not isinstance(said, str) or said in of else texts.get(said, said)

        return Annotated[type_, BeforeValidator(read)]
    if origin is Annotated:
        return Annotated[_with_read_choices(type_.__origin__), *type_.__metadata__]
    if origin in (Union, UnionType):
        return Union[*map(_with_read_choices, of)]
    return origin[*map(_with_read_choices, of)] if origin and of else type_


def _check_types(draw: str, fields: dict[str, Any]) -> None:
    """Name the parameter whose type Pydantic does not know."""
    for name, field in fields.items():
        try:
            create_model(draw, __config__=CONFIG, **{name: field})
        except PydanticSchemaGenerationError:
            said = f"The parameter `{name}` of `{draw}` must have a type that a text can be read as, not {field[0]!r}."
            raise TypeError(said) from None


def query_model(own: type[BaseModel]) -> type[BaseModel]:
    """The parameters of a plot's URL: its own, then those of every plot's `View`."""
    fields: dict[str, Any] = {
        name: (field.annotation, field) for model in (own, View) for name, field in model.model_fields.items()
    }
    return create_model(own.__name__, __config__=CONFIG, **fields)


def defaults_model(own: type[BaseModel]) -> type[BaseModel]:
    """Those parameters of `own` that may be left out."""
    fields: dict[str, Any] = {n: (f.annotation, f) for n, f in own.model_fields.items() if not f.is_required()}
    return create_model(own.__name__, __config__=CONFIG, **fields)


def in_path(model: type[BaseModel]) -> list[str]:
    """The parameters that the path holds: those without a default, each as `/name/{name}`."""
    return [name for name, field in model.model_fields.items() if field.is_required()]


def read_parameters(
    model: type[BaseModel],
    path: Mapping[str, str],
    query: Iterable[tuple[str, str]],
    now: datetime | None = None,
) -> dict[str, Any]:
    """The values of a request's parameters, checked against `model`; words of a time range mean theirs at `now`.

    Raises:
        ParameterError: one or more are unknown, given twice, or break their rule.
    """
    received: dict[str, str] = dict(path)
    violations: list[Violation] = []
    known = list(model.model_fields)
    for name, value in query:
        if name not in known:
            violations.append(_unknown(name, [n for n in known if n not in path]))
        elif name in path:
            violations.append(Violation(name, "belongs to the path and must not be in the query"))
        elif name in received:
            violations.append(Violation(name, "must be given once"))
        received[name] = value
        if len(violations) == MOST_VIOLATIONS:
            break
    if violations:
        raise ParameterError(violations)
    now = now or current_time()
    try:
        return dict(model.model_validate(received, context={"now": now, "given": set(received)}))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        is_compared = any(detail["type"] in COMPARED for detail in details)
        is_lasting = not (is_compared and said_in_words(model, received, now))
        raise ParameterError([_violation(detail) for detail in details[:MOST_VIOLATIONS]], is_lasting) from None


def said_in_words(model: type[BaseModel], given: Mapping[str, str], now: datetime) -> dict[str, tuple[Bound, str]]:
    """The times that a URL says in words, or that are so by default: they soon mean others."""
    words = {}
    for name, field in model.model_fields.items():
        bound = next(_bounds(Annotated[field.annotation, *field.metadata, ""]), None)
        text = given.get(name, field.default)
        if bound and isinstance(text, str) and bound.expires(text, now) is not None:
            words[name] = bound, text.replace(" ", "+")  # a plus in a query arrives as a blank
    return words


def _bounds(type_: Any) -> Iterator[Bound]:
    """The ends of a `TimeRange` of which a type is one, as it may be also by another name, or besides None."""
    match get_origin(type_):
        case None if isinstance(type_, TypeAliasType):
            yield from _bounds(type_.__value__)
        case origin if origin is Annotated:
            yield from (one for one in type_.__metadata__ if isinstance(one, Bound))
            yield from _bounds(type_.__origin__)
        case origin if origin in (Union, UnionType):
            for one in get_args(type_):
                yield from _bounds(one)


def _holds_bound(type_: Any) -> bool:
    inner = getattr(type_, "__metadata__", ()) + get_args(type_)
    return any(isinstance(one, Bound) or _holds_bound(one) for one in inner)


def _holds_secret(type_: Any) -> bool:
    """Pydantic writes all secrets as the same stars, so that no identity could tell them apart."""
    origin = get_origin(type_) or type_
    if isinstance(origin, type) and issubclass(origin, Secret | SecretStr | SecretBytes):
        return True
    inner = type_.__value__ if isinstance(type_, TypeAliasType) else type_
    return any(map(_holds_secret, get_args(inner))) or (inner is not type_ and _holds_secret(inner))


def _unknown(name: str, known: list[str]) -> Violation:
    name = shown(name)
    close = get_close_matches(name, known, n=1)
    if close:
        rule = f"is unknown; the closest that this plot knows is `{close[0]}`"
    elif known:
        rule = f"is unknown; this plot knows {', '.join(f'`{k}`' for k in known)}"
    else:
        rule = "is unknown; this plot has no parameters"
    return Violation(name, rule)


def rule_of(detail: ErrorDetails) -> str:
    """What a value has to be, as a sentence about its parameter; Pydantic's is about "Input", "List", "Value"."""
    return re.sub(r"^[A-Z]\w+ should", "must", detail["msg"])


def _violation(detail: ErrorDetails) -> Violation:
    return Violation(str(detail["loc"][0]), rule_of(detail), str(detail["input"]))
