"""Where the time of an answer goes, for its Server-Timing header and the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

_seconds: ContextVar[dict[str, float] | None] = ContextVar("seconds", default=None)


@contextmanager
def answer_timed() -> Iterator[None]:
    """Collect what `timed` measures for one answer."""
    token = _seconds.set({})
    try:
        yield
    finally:
        _seconds.reset(token)


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Add the time of a block to `step`: "import", "data", "draw" or "encode". A block within it counts for itself."""
    seconds = _seconds.get()
    if seconds is None:
        yield
        return
    before, start = sum(seconds.values()), perf_counter()
    try:
        yield
    finally:
        inner = sum(seconds.values()) - before
        seconds[step] = seconds.get(step, 0) + perf_counter() - start - inner


def milliseconds() -> dict[str, float]:
    """What was measured for this answer, by step."""
    return {step: round(1000 * seconds, 1) for step, seconds in (_seconds.get() or {}).items()}


def server_timing() -> str:
    """The value of a Server-Timing header: `import;dur=210.3, draw;dur=88.1`."""
    return ", ".join(f"{step};dur={took:.1f}" for step, took in milliseconds().items())
