"""The fields of a form, one for each parameter: what suits its type."""

import re
from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

from plotgate.errors import Violation
from plotgate.pages.declaration import Parameter
from plotgate.pages.markup import Markup, tag
from plotgate.pages.prose import prose
from plotgate.pages.rules import rule_in_words
from plotgate.url.view import View

MOST_BUTTONS = 5  # choices that are shown side by side
LONGEST_BUTTON = 14  # letters of such a choice
STEPS = 100  # of a slider, about
WORDS = ("now", "today", "-7d", "-30d", "-1y", "this-month", "last-month", "last-year")
TRUE = ("true", "1", "yes", "on", "t", "y")  # as Pydantic reads them


def field(parameter: Parameter, texts: Mapping[str, str], violations: Sequence[Violation]) -> Markup:
    """The field of a parameter with the value that `texts` has, and what is wrong with it beside it."""
    name = parameter.name
    errors = [f"{violation.rule}{_received(violation)}" for violation in violations if violation.parameter == name]
    value = texts.get(name, parameter.default)
    group = _group(parameter, value)
    shown: dict[str, Any] = {"class": "field", "data-field": name, "data-default": parameter.default}
    shown["data-empty"] = parameter.may_be_empty
    label = [tag("code", {}, name), " ", tag("span", {}, prose(parameter.description))]
    about = [
        tag("p", {"class": "hint", "id": f"hint-{name}"}, prose(_hint(parameter))),
        tag("p", {"class": "error", "id": f"error-{name}", "hidden": not errors}, "; ".join(errors)),
    ]
    if group is None:
        control = _control(parameter, value, bool(errors))
        return tag("div", shown, tag("label", {"for": f"field-{name}"}, *label), control, *about)
    described = f"hint-{name} error-{name}"
    return tag("fieldset", {**shown, "aria-describedby": described}, tag("legend", {}, *label), group, *about)


def _received(violation: Violation) -> str:
    value = violation.body()["value"]
    return "" if value is None else f", not '{value}'"


def _hint(parameter: Parameter) -> str:
    default = None if parameter.is_in_path or parameter.name in View.model_fields else parameter.default
    said = [rule_in_words(parameter), "" if default is None else f"default {default or 'empty'}"]
    return " · ".join(part for part in said if part)


def _group(parameter: Parameter, value: str | None) -> Markup | None:
    """The controls of a value that is chosen with several; None where there is one."""
    schema, name = parameter.schema, parameter.name
    if schema.get("type") == "boolean" and parameter.default is not None:
        checked = (value or "").lower() in TRUE
        box = tag("input", {"type": "checkbox", "name": name, "value": "true", "checked": checked})
        return tag("label", {"class": "switch"}, box, " yes")
    if schema.get("type") == "array" and (choices := schema.get("items", {}).get("enum")):
        chosen = (value or "").split(",")
        ordered = [*(one for one in chosen if one in choices), *(one for one in choices if one not in chosen)]
        return tag("div", {"class": "boxes"}, *(_choice("checkbox", name, one, one in chosen) for one in ordered))
    choices = _choices(schema)
    if parameter.default is not None and 1 < len(choices) <= MOST_BUTTONS and max(map(len, choices)) <= LONGEST_BUTTON:
        known = choices if value in choices else [*choices, value or ""]
        return tag("div", {"class": "buttons"}, *(_choice("radio", name, one, one == value) for one in known))
    return None


def _choice(type_: str, name: str, value: str, is_chosen: bool) -> Markup:
    box = tag("input", {"type": type_, "name": name, "value": value, "checked": is_chosen})
    words = re.split("(?<=_)", value)  # between which a long name is broken
    return tag("label", {}, box, tag("span", {}, *(part for word in words for part in (word, tag("wbr")))))


def _choices(schema: Mapping[str, Any]) -> list[str]:
    if schema.get("type") == "boolean":
        return ["true", "false"]
    return [str(choice) for choice in schema.get("enum") or ([schema["const"]] if "const" in schema else [])]


def _control(parameter: Parameter, value: str | None, is_wrong: bool) -> Markup:
    schema, name = parameter.schema, parameter.name
    own: dict[str, Any] = {"id": f"field-{name}", "name": name, "aria-describedby": f"hint-{name} error-{name}"}
    own["aria-invalid"] = "true" if is_wrong else None
    if choices := _choices(schema):
        known = choices if value is None or value in choices else [*choices, value]
        offered = [("", "as the plot has it")] if value is None else []
        offered += [(choice, choice) for choice in known]
        return tag("select", own, *(_option(*choice, is_chosen=choice[0] == (value or "")) for choice in offered))
    own["value"] = value or ""
    if schema.get("type") in ("integer", "number"):
        own |= {"type": "number", "step": 1 if schema["type"] == "integer" else "any", "inputmode": "decimal"}
        own |= {"min": schema.get("minimum"), "max": schema.get("maximum", schema.get("exclusiveMaximum"))}
        return tag("div", {"class": "row"}, *_slider(parameter, value), tag("input", own))
    if parameter.range:
        text = tag("input", {**own, "type": "text", "list": f"words-{name}", "spellcheck": "false"})
        picker: dict[str, Any] = {"type": "date", "class": "picker", "hidden": True, "aria-label": f"{name} as a day"}
        words = tag("datalist", {"id": f"words-{name}"}, *(tag("option", {"value": word}) for word in WORDS))
        return tag("div", {"class": "row"}, text, tag("input", picker), words)
    is_day = schema.get("format") == "date" and not parameter.is_custom
    return tag("input", {**own, "type": "date" if is_day else "text", "spellcheck": None if is_day else "false"})


def _option(value: str, label: str, is_chosen: bool) -> Markup:
    return tag("option", {"value": value, "selected": is_chosen}, label)


def _slider(parameter: Parameter, value: str | None) -> list[Markup]:
    schema = parameter.schema
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    most = schema.get("maximum", schema.get("exclusiveMaximum"))
    least, most = schema.get("slider", (least, most))
    if least is None or most is None or not least < most:
        return []
    step = schema.get("multipleOf", 1 if schema["type"] == "integer" else _round_step((most - least) / STEPS))
    # Where a bound itself is no value, the slider ends a step before it.
    least, most = least + step * ("minimum" not in schema), most - step * ("maximum" not in schema)
    own: dict[str, Any] = {
        "type": "range",
        "min": _plain(least),
        "max": _plain(most),
        "step": _plain(step),
        "value": value,
    }
    return [tag("input", {**own, "hidden": True, "aria-label": f"{parameter.name}, slider"})]


def _round_step(step: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above `step`."""
    power = 10.0 ** floor(log10(step))
    return max(factor for factor in (1, 2, 5) if factor * power <= step * (1 + 1e-9)) * power


def _plain(number: float) -> str:
    """A number without what binary fractions add to it, 0.1 + 0.2."""
    return f"{number:.12g}"
