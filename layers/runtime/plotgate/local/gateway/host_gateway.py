"""The gateway of `plotgate host`: the functions as they were built, within bounds."""

from pathlib import Path

from plotgate.local.gateway.gateway import IDLE, Gateway
from plotgate.local.template import Function, read_template
from plotgate.local.terminal import Terminal
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool


class HostGateway(Gateway):
    """Serves the functions by a bounded number of processes, each with no more memory than its function has.

    Args:
        template: the SAM template.
        terminal: what is printed.
        workers: how many processes draw at a time, of all functions together.
        idle: how many more stay for the next request of their function; by default as many as there are functions.
        queue: how many requests may wait for a process; beyond them 429 is answered.
    """

    def __init__(self, template: Path, terminal: Terminal, workers: int, idle: int | None, queue: int) -> None:
        functions = len(read_template(template).functions)
        self._capacity = Capacity(workers, functions if idle is None else idle, queue)
        super().__init__(template, terminal)

    def _pool(self, function: Function) -> Pool:
        return Pool(function, self._capacity, IDLE, on_error=self._failed, is_bounded=True)

    def _failed(self, function: Function, text: str) -> None:
        """Say what is wrong in the files of a function."""
        self._terminal.error(text)
