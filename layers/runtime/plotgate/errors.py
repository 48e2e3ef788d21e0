"""What can go wrong with a request, and how it is said (RFC 9457 problem JSON)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, Self


class PlotgateError(Exception):
    """A request that ends in an error; the message is shown to whoever asked."""

    status: ClassVar[HTTPStatus]
    code: ClassVar[str]  # stable: clients may branch on it
    title: ClassVar[str]
    retry_after: ClassVar[int | None] = None  # seconds after which to ask again is no waste

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def is_lasting(self) -> bool:
        """Whether the same URL would end in the same error until something is deployed."""
        return 400 <= self.status < 500

    def body(self) -> dict[str, Any]:
        """The members of the problem JSON, in the order of RFC 9457."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            "code": self.code,
        }


class NotFoundError(PlotgateError):
    """No plot has this path."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    title = "There is no plot at this path"


class MethodNotAllowedError(PlotgateError):
    """Plots answer GET and HEAD."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"
    title = "A plot answers GET and HEAD only"


class DrawError(PlotgateError):
    """`draw` raised, or returned something that is no figure."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "draw_failed"
    title = "The plot could not be drawn"


class LoadError(PlotgateError):
    """A plot's file cannot be imported."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "load_failed"
    title = "The plot could not be loaded"


class TooLargeError(PlotgateError):
    """A picture that has more bytes than Lambda can answer with; 413 would speak of the request's."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "too_large"
    title = "The picture is too large to be sent"

    @classmethod
    def of(cls, size: int, limit: int) -> Self:
        """The error of an answer that has `size` bytes."""
        return cls(
            f"The picture has {size} bytes, more than the {limit} that Lambda can send: "
            "ask for fewer pixels, or for another format."
        )


class InternalError(PlotgateError):
    """What nobody has foreseen."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal_error"
    title = "Something went wrong"


class DataError(PlotgateError):
    """A source of data does not answer, or not with what the plot needs."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "data_unavailable"
    title = "The plot's data is not available"
    retry_after = 30


class DataTooLargeError(PlotgateError):
    """More data than a function has memory for."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "data_too_large"
    title = "The plot's data is too large"


@dataclass(frozen=True)
class Violation:
    """One parameter that breaks one rule, with the value received."""

    parameter: str
    rule: str
    value: str | None = None

    def __str__(self) -> str:
        received = "" if self.value is None else f", not {self.value!r}"
        # As `repr` does with the value: control characters must not reach a terminal or a picture.
        name = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in self.parameter)
        return f"The parameter `{name}` {self.rule}{received}."


class ParameterError(PlotgateError):
    """Parameters that are unknown, missing, or break a rule of the signature."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid_parameter"
    title = "A parameter is not valid"

    def __init__(self, violations: list[Violation]) -> None:
        super().__init__(" ".join(str(violation) for violation in violations))
        self.violations = violations

    def body(self) -> dict[str, Any]:
        errors = [{"parameter": v.parameter, "rule": v.rule, "value": v.value} for v in self.violations]
        return {**super().body(), "errors": errors}
