"""What a value may be, in words."""

from collections.abc import Mapping
from typing import Any

from plotgate.pages.declaration import Parameter

DAY = 86_400  # seconds
_FORMATS = {
    "date": "a date such as 2015-06-01",
    "date-time": "a date and time such as 2015-06-01T12:00:00Z",
    "time": "a time such as 12:30",
    "duration": "a duration such as P30D",
    "uuid": "a UUID",
}


def rule_in_words(parameter: Parameter) -> str:
    """The rule of a parameter, "a number above 0, at most 1"; empty where there is none to say."""
    if parameter.range:
        return _range(parameter.range)
    schema = parameter.schema
    if schema.get("type") == "array":
        return _list(schema)
    return _value(schema)


def _value(schema: Mapping[str, Any]) -> str:
    if "enum" in schema or "const" in schema or schema.get("type") == "boolean":
        return ""
    if said := _FORMATS.get(schema.get("format", "")):
        return said
    bounds = _bounds(schema)
    if schema.get("type") in ("integer", "number"):
        noun = "a whole number" if schema["type"] == "integer" else "a number"
        return f"{noun} {bounds}".strip()
    if schema.get("type") == "string":
        length = _between(schema.get("minLength"), schema.get("maxLength"))
        pattern = f"of the pattern {schema['pattern']}" if "pattern" in schema else ""
        return " ".join(part for part in (length and f"a text of {length} letters", pattern) if part)
    return ""


def _bounds(schema: Mapping[str, Any]) -> str:
    if "minimum" in schema and "maximum" in schema:
        said = [f"from {schema['minimum']:g} to {schema['maximum']:g}"]
    else:
        words = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below"}
        said = [f"{word} {schema[name]:g}" for name, word in words.items() if name in schema]
    if "multipleOf" in schema:
        said.append(f"a multiple of {schema['multipleOf']:g}")
    return ", ".join(said)


def _list(schema: Mapping[str, Any]) -> str:
    items = schema.get("items", {})
    count = _between(schema.get("minItems"), schema.get("maxItems"))
    if choices := items.get("enum"):
        return f"{count or 'any'} of {len(choices)}"
    each = _value(items)
    said = [f"{count} values separated by commas".strip() if count else "values separated by commas"]
    said += [f"each {each}"] if each else []
    said += ["none twice"] if schema.get("uniqueItems") else []
    return ", ".join(said)


def _range(range_: Mapping[str, Any]) -> str:
    said = (
        f"{_FORMATS['date' if range_['type'] == 'date' else 'date-time']}, or words such as -30d, today or last-month"
    )
    if range_["longest"] is None:
        return said
    longest, other = range_["longest"], "end" if range_["side"] == "start" else "start"
    span = f"{longest / DAY:g} days" if longest % DAY == 0 and longest > DAY else f"{longest / 3600:g} hours"
    return f"{said}; at most {span} from `{other}`"


def _between(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return str(least) if least == most else f"{least} to {most}"
    return f"at least {least}" if least else f"at most {most}" if most is not None else ""
