"""What can go wrong with a request, and how it is said (RFC 9457 problem JSON)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, Self

LONGEST_SHOWN = 100  # letters of a name or a value that a message repeats
LONGEST_DETAIL = 2000  # letters of a message


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """`text` as a message may repeat it: what cannot be printed escaped as in `repr`, and then cut to `longest`.

    Control characters must not reach a terminal or a picture, and an escaped letter may have ten.
    """
    escaped = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[: longest + 1])
    return escaped if len(escaped) <= longest else escaped[: longest - 1] + "…"


class PlotgateError(Exception):
    """A request that ends in an error; the message is shown to whoever asked."""

    status: ClassVar[HTTPStatus]
    code: ClassVar[str]  # stable: clients may branch on it
    title: ClassVar[str]
    retry_after: ClassVar[int | None] = None  # seconds after which to ask again is no waste
    is_lasting: bool = False  # whether asking again within a minute is as good as sure to end in the same error

    def __init__(self, detail: str) -> None:
        self.detail = shown(detail, LONGEST_DETAIL)
        super().__init__(self.detail)

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
    is_lasting = True
    title = "There is no plot at this path"


class MethodNotAllowedError(PlotgateError):
    """Plots answer GET and HEAD."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"
    is_lasting = True
    title = "A plot answers GET and HEAD only"


class UnsignedError(PlotgateError):
    """A protected plot is asked for without a signature."""

    status = HTTPStatus.FORBIDDEN
    code = "signature_missing"
    is_lasting = True
    title = "This plot needs a signed URL"


class SignatureError(PlotgateError):
    """A signature that none of the keys made, or not of this URL."""

    status = HTTPStatus.FORBIDDEN
    code = "signature_wrong"
    title = "The signature is wrong"

    def __init__(self, detail: str, is_lasting: bool = True) -> None:
        super().__init__(detail)
        self.is_lasting = is_lasting  # not where the key may soon be known


class NotYetValidError(PlotgateError):
    """A signed URL that begins later: as a minute is forgiven, the error is not kept for longer than it is true."""

    status = HTTPStatus.FORBIDDEN
    code = "signature_not_yet_valid"
    is_lasting = True
    title = "The signature is not valid yet"


class ExpiredError(PlotgateError):
    """A signed URL that has ended."""

    status = HTTPStatus.FORBIDDEN
    code = "signature_expired"
    is_lasting = True
    title = "The signature has expired"


class PresetError(PlotgateError):
    """A plot that shows presets only is asked for something else."""

    status = HTTPStatus.FORBIDDEN
    code = "preset_missing"
    is_lasting = True
    title = "This plot shows presets only"


class KeysError(PlotgateError):
    """The signing keys of the stage cannot be read, so that nobody knows who may see a plot."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "signing_keys_unavailable"
    title = "The signing keys are not available"
    retry_after = 30


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
    is_lasting = True
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

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "data_too_large"
    is_lasting = True
    title = "The plot's data is too large"


class NoTableError(PlotgateError):
    """A plot that has no table: nothing of what its figure shows could be read as data."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "no_table"
    is_lasting = True
    title = "The plot has no table"


@dataclass(frozen=True)
class Violation:
    """One parameter that breaks one rule, with the value received."""

    parameter: str
    rule: str
    value: str | None = None

    def __str__(self) -> str:
        received = "" if self.value is None else f", not '{shown(self.value)}'"
        return f"The parameter `{shown(self.parameter)}` {self.rule}{received}."

    def body(self) -> dict[str, str | None]:
        """As a member of the problem JSON."""
        value = None if self.value is None else shown(self.value)
        return {"parameter": shown(self.parameter), "rule": shown(self.rule, LONGEST_DETAIL), "value": value}


class ParameterError(PlotgateError):
    """Parameters that are unknown, missing, or break a rule of the signature."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid_parameter"
    title = "A parameter is not valid"

    def __init__(self, violations: list[Violation], is_lasting: bool = True) -> None:
        super().__init__(" ".join(str(violation) for violation in violations))
        self.violations = violations
        self.is_lasting = is_lasting  # not where words such as `now` soon mean another time

    def body(self) -> dict[str, Any]:
        return {**super().body(), "errors": [violation.body() for violation in self.violations]}
