"""What a URL asks for: a plot, its arguments, and how to show it."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ValidationError

from plotgate.url.plot import Plot
from plotgate.url.signature import in_path, read_parameters, said_in_words
from plotgate.url.spelling import are_alike, as_json, built, canonical_text
from plotgate.url.time_range import Bound
from plotgate.url.view import Size, View, check_pixels


@dataclass(frozen=True)
class PictureRequest:
    """A request whose parameters were read and found good."""

    plot: Plot
    folder: str  # of the URL, as template.yaml has it: "/plots/breast_cancer_data/pairplot"
    parameters: BaseModel  # of `draw`, typed
    view: View
    given: Mapping[str, str]  # the texts of the parameters of `draw` that the URL has
    now: datetime  # the one moment that all words of the URL mean

    @property
    def arguments(self) -> dict[str, Any]:
        """What `draw` is called with, made anew: it may change a list that it gets."""
        return deepcopy(dict(self.parameters))

    @cached_property
    def values(self) -> dict[str, Any]:
        """The arguments as JSON has them: equal arguments are equal here, and others are not."""
        return as_json(self.parameters)

    @cached_property
    def canonical_url(self) -> str:
        """The one spelling of this request: path and query, without a host and without what has its default.

        Two URLs with the same canonical URL show the same picture of the same data, and the canonical URL, read again,
        asks for the same. Words such as `-1h` are times in it. `errors` is left out, for it changes no picture.
        """
        return self._url({name: self._text(name) for name in self.values if self._is_said(name)})

    @cached_property
    def url_in_words(self) -> str:
        """The canonical URL with words such as `-1h` as they are: of what it shows, only the newest is good."""
        texts = {name: self._text(name) for name in self.values if self._is_said(name)}
        return self._url(texts | {name: text for name, (_, text) in self._words.items()})

    @cached_property
    def expires(self) -> datetime | None:
        """When words of this URL begin to mean another time; None if it has none."""
        ends = [bound.expires(text, self.now) for bound, text in self._words.values()]
        return min((end for end in ends if end is not None), default=None)

    @cached_property
    def _words(self) -> dict[str, tuple[Bound, str]]:
        return said_in_words(type(self.parameters), self.given, self.now)

    def _is_said(self, name: str) -> bool:
        defaults = self.plot.defaults
        # As JSON: to Python, true and 1 are equal. What JSON does not tell apart from the default is no default.
        return (
            name in self._words
            or name not in defaults
            or json.dumps(defaults[name]) != json.dumps(self.values[name])
            or not self._reads_back.get(name, True)
        )

    def _text(self, name: str) -> str:
        """The canonical text of a parameter; where that would not be read as the same value, the one that was given."""
        text = canonical_text(self.values[name])
        return text if name not in self.given or self._reads_back[name] else self.given[name]

    @cached_property
    def _reads_back(self) -> dict[str, bool]:
        texts = {name: canonical_text(value) for name, value in self.values.items() if name in self.given}
        if self._reads_as_the_same(texts):
            return dict.fromkeys(texts, True)
        return {name: self._reads_as_the_same(dict(self.given) | {name: texts[name]}) for name in texts}

    def _reads_as_the_same(self, texts: Mapping[str, str]) -> bool:
        """Whether a URL with these texts asks for the same: to JSON, and to `draw`, which may tell more apart."""
        try:
            again = type(self.parameters).model_validate(texts, context={"now": self.now, "given": set(texts)})
        except ValidationError:
            return False
        again = again.model_construct(**{name: built(value) for name, value in again})
        own = dict(self.parameters)
        return json.dumps(as_json(again)) == json.dumps(self.values) and all(
            are_alike(value, own[name]) for name, value in again
        )

    def _url(self, texts: dict[str, str]) -> str:
        path = self.folder
        for name in in_path(self.plot.parameters):
            path += f"/{name}/{texts.pop(name)}"
        view = self.view.model_dump(mode="json", exclude_defaults=True, exclude={"errors"})
        query = urlencode({**texts, **{name: canonical_text(value) for name, value in view.items()}}, quote_via=quote)
        return quote(path) + (f"?{query}" if query else "")


def read_request(
    plot: Plot, folder: str, path: Mapping[str, str], query: Sequence[tuple[str, str]], now: datetime
) -> PictureRequest:
    """What a URL asks of `plot`.

    Raises:
        ParameterError: one or more parameters are unknown, given twice, or break their rule.
    """
    values = read_parameters(plot.url_parameters, path, query, now)
    view = View.model_construct(**{name: values.pop(name) for name in View.model_fields})
    if view.width and view.height:  # else the figure's own proportions decide, once it is drawn
        check_pixels(Size(view.width, view.height, view.dpr))
    given = {name: text for name, text in [*path.items(), *query] if name in values}
    own = {name: built(value) for name, value in values.items()}
    return PictureRequest(plot, folder, plot.parameters.model_construct(**own), view, given, now)
