"""The process of a function's worker, started as a module with SOCKET in the function's folder.

The gateway tells it which function it is. It imports the handler as Lambda does, then answers one event at a time. It
talks to the gateway over a socket of its own, so that what a plot prints goes to the terminal, and it ends at once when
the gateway is gone.
"""

import importlib
import json
import logging
import os
import queue
import resource
import signal
import socket
import struct
import sys
import threading
import time
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from plotgate.local.explaining import explained, is_of
from plotgate.local.workers.read_only import make_read_only
from plotgate.local.workers.stack import import_stack

REQUEST = struct.Struct(">I")  # the length of the JSON that follows
REPLY = struct.Struct(">cIQ")  # what it is, the length of what follows, the peak of resident memory in bytes

READY, FAILED_IMPORT, STARTED, ANSWER, RAISED, INVALID = b"R", b"F", b"S", b"A", b"X", b"I"
EXPLAINED = b"E"  # an error in the author's files; may come before any other

SPARE = "spare"  # an argument: import the stack before anything is said
BOUNDED = "bounded"  # another: have no more memory than the function has

LARGEST_ANSWER = 6_291_556
"""Bytes of JSON that Lambda takes from a function (https://zaccharles.medium.com/8aedba9530ed)."""


def _of_environment(name: str) -> Any:
    return field(default_factory=lambda: os.environ.get(name, ""))


@dataclass
class Context:
    """What Lambda tells a function about itself and the invocation."""

    deadline: float  # seconds since 1970
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))  # of the invocation; the API has its own
    function_name: str = _of_environment("AWS_LAMBDA_FUNCTION_NAME")
    function_version: str = _of_environment("AWS_LAMBDA_FUNCTION_VERSION")
    memory_limit_in_mb: str = _of_environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
    log_group_name: str = _of_environment("AWS_LAMBDA_LOG_GROUP_NAME")
    log_stream_name: str = _of_environment("AWS_LAMBDA_LOG_STREAM_NAME")
    identity: None = None
    client_context: None = None

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:{os.environ.get('AWS_REGION')}:123456789012:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - time.time()) * 1000))

    def log(self, text: object) -> None:
        sys.stdout.write(str(text))


def main() -> None:
    descriptor = int(sys.argv[1])
    os.set_inheritable(descriptor, False)  # what a plot starts must not keep the socket open
    channel = socket.socket(fileno=descriptor)
    incoming, output = channel.makefile("rb"), channel.makefile("wb")
    if BOUNDED in sys.argv:
        _bound_memory()
    if SPARE in sys.argv:
        import_stack()
    function = _received(incoming)
    if function is None:
        return
    _become(function)
    logging.basicConfig(level=logging.INFO, handlers=[_Explaining(output), _terminal()])
    make_read_only(Path.cwd())
    logging.getLogger("mangum").setLevel(logging.WARNING)  # the gateway's own line says the same
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, output, requests), daemon=True).start()
    try:
        handler = _handler(function["handler"])
    except Exception as error:  # noqa: BLE001  # whatever the file does when it is imported
        _reply(output, EXPLAINED, _explained(error).encode(errors="replace"))
        _reply(output, FAILED_IMPORT)
        sys.exit(1)
    _reply(output, READY)
    while True:
        _reply(output, *_answer(handler, requests.get()))


def _bound_memory() -> None:
    """Refuse what is beyond the function's memory: to Python a MemoryError, which the plot's handler answers.

    RLIMIT_DATA counts what the process itself has asked for, and not the files that it maps; RLIMIT_AS counts
    libraries and their reserves too, two and a half times what is used.
    """
    most = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _become(function: dict[str, Any]) -> None:
    """Be the process of a function, in its folder and with its environment, as if started so."""
    os.environ.clear()
    os.environ.update(function["environment"])
    time.tzset()
    os.chdir(function["folder"])
    sys.path[0] = function["folder"]
    sys.argv[1:] = []


def _received(stream: BinaryIO) -> dict[str, Any] | None:
    header = stream.read(REQUEST.size)
    if not header:  # the gateway is gone
        return None
    found: dict[str, Any] = json.loads(stream.read(REQUEST.unpack(header)[0]))
    return found


def _handler(name: str) -> Callable[[Any, Context], Any]:
    module, _, function = name.rpartition(".")
    handler: Callable[[Any, Context], Any] = getattr(importlib.import_module(module.replace("/", ".")), function)
    return handler


def _listen(stream: BinaryIO, output: BinaryIO, requests: "queue.SimpleQueue[dict[str, Any]]") -> None:
    """Take requests; in a thread, so that the end of the gateway is noticed while a plot draws."""
    while (request := _received(stream)) is not None:
        _reply(output, STARTED)
        requests.put(request)
    os.killpg(0, signal.SIGKILL)  # with whatever the plot has started


def _answer(handler: Callable[[Any, Context], Any], request: dict[str, Any]) -> tuple[bytes, bytes]:
    context = Context(request["deadline"])
    try:
        answer = handler(request["event"], context)
    except Exception as error:  # noqa: BLE001  # whatever a plot raises
        traceback.print_exc()
        return RAISED, f"{type(error).__name__}: {error}".encode(errors="replace")
    try:
        # As AWS's runtime client writes it, so that the same answers are too large.
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        return INVALID, f"the answer must be JSON: {error}".encode()
    if len(text) > LARGEST_ANSWER:
        return INVALID, f"the answer must be at most {LARGEST_ANSWER} bytes of JSON, not {len(text)}".encode()
    return ANSWER, text


def _reply(output: BinaryIO, kind: bytes, content: bytes = b"") -> None:
    with _writing:
        output.write(REPLY.pack(kind, len(content), _peak_memory()) + content)
        output.flush()


_writing = threading.Lock()


def _peak_memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class _Explaining(logging.Handler):
    """Tells the gateway of an error that plotgate has caught; the log need not repeat it where it is the author's."""

    def __init__(self, output: BinaryIO) -> None:
        super().__init__(logging.ERROR)
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            _reply(self._output, EXPLAINED, _explained(error).encode(errors="replace"))
            record.is_said = is_of(error, Path.cwd()) or isinstance(error, TypeError)  # draw returned no figure


def _explained(error: BaseException) -> str:
    plot = getattr(getattr(sys.modules.get("app"), "handler", None), "plot", None)
    return explained(error, Path.cwd(), getattr(plot, "draw", None))


class _OneLine(logging.Formatter):
    """Escapes control characters in messages, which may quote a URL; a traceback keeps its lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in super().formatMessage(record))


def _terminal() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.addFilter(lambda record: not getattr(record, "is_said", False))
    handler.setFormatter(_OneLine("%(levelname)s %(name)s: %(message)s"))
    return handler


if __name__ == "__main__":
    main()
