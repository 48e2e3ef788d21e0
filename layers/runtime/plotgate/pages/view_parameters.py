"""The parameters that every plot has, as a form shows them."""

from functools import cache

from plotgate.pages.declaration import Parameter
from plotgate.url.view import View

_WORDS = {
    "width": "CSS pixels",
    "height": "CSS pixels",
    "dpr": "Device pixels for each CSS pixel: sharper, never another layout",
    "theme": "Colours for a light or a dark page",
    "format": "Kind of file",
}
_SLIDERS = {"width": (240, 1600), "height": (180, 1200)}  # what pages mostly have room for
_CHOICES = {"dpr": ("1", "2", "3"), "format": ("png", "svg", "webp", "pdf")}  # that a form offers; a URL may say others


def _parameter(name: str) -> Parameter:
    schema = dict(View.model_json_schema()["properties"][name])
    schema |= schema.pop("anyOf", [{}])[0]
    if name in _CHOICES:
        schema = {"enum": list(_CHOICES[name])}
    if name in _SLIDERS:
        schema["slider"] = _SLIDERS[name]
    default = View.model_fields[name].default
    return Parameter(name, schema, _WORDS[name], None if default is None else str(default))


@cache
def view_parameters() -> list[Parameter]:
    """Them in the order of the form."""
    return [_parameter(name) for name in _WORDS]
