"""How values are written: as JSON, and as the texts of a URL."""

from typing import Any

from pydantic import BaseModel, ValidationError


def as_json(parameters: BaseModel) -> dict[str, Any]:
    """The values of `parameters` as JSON has them; a set's are sorted, for it has another order in each process."""
    plain = parameters.model_dump(mode="json", warnings=False)
    return {
        name: sorted(plain[name], key=repr) if isinstance(value, set | frozenset) else plain[name]
        for name, value in parameters
    }


def canonical_text(value: Any) -> str:
    """The text of a value as JSON has it: the shortest that is read as the same number."""
    if isinstance(value, list):
        return ",".join(canonical_text(item) for item in value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:  # above, JSON's own spelling is shorter
        return str(int(value))
    return str(value)


def built(value: Any) -> Any:
    """`value` as each URL of it builds it.

    In it -0.0 is 0.0: they are equal, and a picture must not tell them apart. Nor may it tell in which order a set was
    put together.
    """
    if isinstance(value, float):
        return value + 0.0
    if type(value) in (set, frozenset):
        return type(value)(sorted(map(built, value), key=repr))
    if type(value) in (list, tuple):
        return type(value)(map(built, value))
    return value


def read_back(model: type[BaseModel], name: str, plain: Any) -> tuple[Any] | None:
    """What the text of a parameter's value is read as; None where that has another JSON, or is not read at all."""
    try:
        again = model.model_validate({name: canonical_text(plain)}, context={"given": {name}})
    except ValidationError:
        return None
    return (getattr(again, name),) if as_json(again)[name] == plain else None


def are_alike(one: Any, other: Any) -> bool:
    """Whether two values that JSON does not tell apart are the same to `draw`; a list may stand for a tuple."""
    several = (list, tuple, set, frozenset)
    if isinstance(one, several) and isinstance(other, several):
        return len(one) == len(other) and all(map(are_alike, *(sorted(values, key=repr) for values in (one, other))))
    try:
        return type(one) is type(other) and bool(one == other)
    except ValueError:  # of arrays, which are equal in part
        return False
