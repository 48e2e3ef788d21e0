"""A limit of time for a call that waits for a server."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from plotgate.data.source import UnavailableError


def within[T](seconds: float, call: Callable[[], T], give_up: Callable[[], None]) -> T:
    """What `call` returns, within so many seconds; after them `give_up` makes it end where it waits.

    The call has a thread of its own, for the limits of no library cover all that it waits for: names, signing in,
    setting up, an answer that comes byte by byte.

    Raises:
        UnavailableError: it took longer.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - it is raised where the call is waited for
            future.set_exception(error)

    Thread(target=run, name="plotgate-data", daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():  # the call's own
            raise
        give_up()
        raise UnavailableError(f"The source did not answer within {seconds} seconds.") from None
