"""Single flight: requests for one picture at one time share an invocation, as at a CDN (RFC 9111, section 4)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from plotgate.local.workers.process import Answer

type Key = tuple[str | None, ...]


class SingleFlight:
    """The invocations that run, and who else waits for their answers."""

    def __init__(self) -> None:
        self._running: dict[Key, asyncio.Future[Answer]] = {}

    async def invoke(self, event: dict[str, Any], function: str, invoke: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer to `event`: that of an equal request which is being answered, or that of `invoke()`.

        Raises:
            Exception: whatever `invoke` raises, also to those who waited for it.
        """
        http = event["requestContext"]["http"]
        headers = (event["headers"].get(name) for name in ("if-none-match", "accept-encoding", "host"))
        key = function, http["method"], event["rawPath"], event["rawQueryString"], *headers
        if http["method"] not in ("GET", "HEAD"):
            return await invoke()
        if running := self._running.get(key):
            answer = await asyncio.shield(running)  # others wait too
            return answer if _is_public(answer.value) else await invoke()
        running = self._running[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await invoke()
        except BaseException as error:
            running.set_exception(error)
            running.exception()  # nobody may be waiting
            raise
        else:
            running.set_result(answer)
            return answer
        finally:
            del self._running[key]


def _is_public(value: Any) -> bool:
    """Whether an answer is for everybody who sends this request, whatever their headers."""
    own = value.get("headers") if isinstance(value, dict) else None
    if not isinstance(own, dict) or value.get("cookies"):
        return False
    headers = {name.lower(): str(text) for name, text in own.items()}
    varies = headers.get("vary", "").lower() not in ("", "accept-encoding")  # which is part of the key
    return "public" in headers.get("cache-control", "") and not varies and "set-cookie" not in headers
