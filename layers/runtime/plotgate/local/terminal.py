"""What `plotgate serve` prints."""

from urllib.parse import unquote_plus

from rich.console import Console
from rich.text import Text

from plotgate.local.workers.process import Answer

_COLOURS = {2: "green", 3: "cyan", 4: "yellow", 5: "red"}


class Terminal:
    """Colours on a terminal, plain lines in a pipe."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=True)

    def started(self, template: str, urls: list[str]) -> None:
        self._console.print(Text.assemble("plotgate serves ", (template, "bold"), ", stop it with Ctrl-C:"))
        for url in urls:
            self._console.print(Text.assemble("  ", (url, "bold blue")))

    def request(self, method: str, target: str, status: int, seconds: float, answer: Answer | None, note: str) -> None:
        """One line about a request; `target` is its percent-encoded path and query."""
        start = "" if answer is None else "cold" if answer.cold else "warm"
        line = Text.assemble(
            (f"{status}", f"bold {_COLOURS[status // 100]}"),
            f" {method:<4} {_printable(_without_signature(target))} {seconds * 1000:.0f} ms",
            (f" {start}", "dim") if start else "",
            (f" ({_printable(note)})", "yellow" if status < 500 else "red") if note else "",
        )
        self._console.print(line)

    def error(self, text: str) -> None:
        """What is wrong in an author's file: the error, then where."""
        first, *where = text.splitlines() or [""]
        lines = [Text(_printable(first), "bold red"), *(Text(_printable(line)) for line in where)]
        self._console.print(Text("\n").join(lines))

    def note(self, text: str) -> None:
        self._console.print(Text(_printable(text), "dim"))


def _without_signature(target: str) -> str:
    """`target` with no signature: who reads the terminal, or a log of it, must not be able to use the URL."""
    path, separator, query = target.partition("?")
    parts = [part.partition("=") for part in query.split("&")]
    shown = [
        f"{name}=…" if unquote_plus(name) == "signature" else name + equals + value for name, equals, value in parts
    ]
    return path + separator + "&".join(shown)


def _printable(text: str) -> str:
    """`text` with its control characters escaped: what a client sends must not write to the terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
