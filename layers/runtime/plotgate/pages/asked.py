"""What a page's address asks for, and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plotgate.errors import ParameterError, Violation
from plotgate.http.error_form import lenient_view
from plotgate.pages.address import page_path, picture_path
from plotgate.pages.declaration import Parameter
from plotgate.pages.entries import Entry
from plotgate.pages.signed import Signed, without_signature
from plotgate.url.formats import FORMATS
from plotgate.url.signature import read_parameters
from plotgate.url.spelling import canonical_text
from plotgate.url.view import Size, View, check_pixels

FORM = "_"  # the field that a form sends besides its own: no parameter has a name that begins so
NOT_SHOWN = {"errors"}  # parameters of every plot that change no picture
UNKNOWN_SIZE = Size(800, 500)  # of a picture whose own size is not known: one that is asked for is always true


@dataclass(frozen=True)
class Asked:
    """A plot with the parameters of an address."""

    entry: Entry
    texts: Mapping[str, str]  # the values of the plot's own parameters that the address gives, as it gives them
    view: View  # what is not valid in it has its default
    given: Mapping[str, str]  # the texts of every plot's parameters that the address gives
    violations: Sequence[Violation] = ()
    signed: Signed | None = None  # the signature that the address has

    def is_free(self, parameter: str) -> bool:
        """Whether whoever has the address may change a parameter in its query."""
        return self.signed is None or parameter in self.signed.free

    def picture(self, view: Mapping[str, str]) -> str:
        """The path and query of the picture, of which `view` has every plot's parameters."""
        return picture_path(self.entry, self.texts, view, self.signed)

    @property
    def shown(self) -> Mapping[str, str]:
        """Every plot's parameters that are not as they are by default, as a URL has them."""
        chosen = self.view.model_dump(mode="json", exclude_defaults=True, exclude=NOT_SHOWN)
        return {name: canonical_text(value) for name, value in chosen.items()}

    @property
    def address(self) -> str:
        """The path and query of the page, without what is as it is by default."""
        defaults = {name: canonical_text(value) for name, value in View().model_dump(mode="json").items()}
        chosen = {name: text for name, text in self.given.items() if text != defaults[name]}
        return page_path(self.entry, self.texts, chosen, self.signed)

    @property
    def is_default(self) -> bool:
        """Whether the picture is the plot's own, with no parameter that might change its size."""
        known = {p.name: p.default for p in self.entry.parameters} | self.entry.example
        own = all(known[name] == text for name, text in self.texts.items())
        return own and self.view.width is None and self.view.height is None

    @property
    def is_picture(self) -> bool:
        """Whether an `<img>` can show the format that is asked for."""
        return FORMATS[self.view.format].media_type.startswith("image/")

    def may_be(self, form: str) -> bool:
        """Whether the picture may be asked for in a format."""
        return self.is_free("format") or form == self.view.format

    @property
    def has_known_size(self) -> bool:
        """Whether `size` is that of the picture, or can be asked for."""
        is_said = self.view.width is not None and self.view.height is not None
        is_own = self.is_default and self.entry.size is not None
        return (self.is_free("width") and self.is_free("height")) or is_said or is_own

    @property
    def size(self) -> Size:
        """The size to ask for where one has to be said: as asked for, else in the default picture's proportions."""
        own = self.entry.size or UNKNOWN_SIZE
        width = self.view.width or round((self.view.height or own.height) * own.width / own.height)
        height = self.view.height or round(width * own.height / own.width)
        return Size(width, height, self.view.dpr)


def read_asked(entry: Entry, path: Mapping[str, str], query: Iterable[tuple[str, str]]) -> Asked:
    """What an address asks of a plot; `path` has the values of the parameters in it."""
    all_pairs = list(query)
    pairs = without_signature(all_pairs)
    given = dict(path) | dict(pairs)
    violations: Sequence[Violation] = ()
    try:
        values = read_parameters(entry.url_parameters, path, pairs)
        view = View.model_construct(**{name: values[name] for name in View.model_fields})
        if view.width and view.height:
            check_pixels(Size(view.width, view.height, view.dpr))
    except ParameterError as error:
        violations = error.violations
        view = lenient_view(given)
    own = {parameter.name: given[parameter.name] for parameter in entry.parameters if parameter.name in given}
    of_view = {name: text for name, text in given.items() if name in View.model_fields}
    return Asked(entry, own, view, of_view, violations, Signed.of(all_pairs))


def read_form(entry: Entry, path: Mapping[str, str], query: Sequence[tuple[str, str]]) -> Asked:
    """What a form that was sent asks for: it sends each of its fields, also those that were left as they are.

    Of a protected plot it has fields for what is free alone; the rest is hidden in it, and in the address: `path`.
    """
    sent: dict[str, list[str]] = {}
    for name, text in query:
        sent.setdefault(name, []).append(text)
    signed = Signed.of([pair for pair in query if pair[0] != FORM])
    fields = [one for one in entry.parameters if signed is None or one.name in signed.free]
    own = {parameter.name: _sent_text(parameter, sent.get(parameter.name, [])) for parameter in fields}
    texts = {name: text for name, text in own.items() if text is not None}
    for parameter in entry.parameters:
        if parameter.is_in_path:
            path = {parameter.name: texts.pop(parameter.name, "")} | dict(path)
    of_view = {name: sent[name][-1].strip() for name in View.model_fields if name in sent}
    pairs = [*texts.items(), *((name, text) for name, text in of_view.items() if text)]
    asked = read_asked(entry, path, signed.query(pairs) if signed else pairs)
    missing = [Violation(name, "must not be empty") for name, text in path.items() if not text]
    return replace(asked, violations=[*missing, *asked.violations])


def _sent_text(parameter: Parameter, sent: Sequence[str]) -> str | None:
    """The text that a form's fields of a parameter mean; None where it is as it is by default."""
    type_ = parameter.schema.get("type")
    if type_ == "boolean" and parameter.default is not None:
        return "true" if sent else "false"  # a box that is not ticked sends nothing
    if type_ == "array" and parameter.schema.get("items", {}).get("enum"):
        return ",".join(sent)
    text = sent[-1].strip() if sent else ""
    return None if text == (parameter.default or "") or not (text or parameter.may_be_empty) else text
