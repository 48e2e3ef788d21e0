"""Pictures that were drawn, as long as there is room for them."""

from collections import OrderedDict
from dataclasses import dataclass

from plotgate.pictures.render import Picture

OVERHEAD = 1024  # bytes of a remembered picture besides its body and its URL, generously


@dataclass
class Remembered:
    """A picture, its entity tag, and when it was last known to be the newest (seconds of the monotonic clock)."""

    picture: Picture
    tag: str
    known_good: float


class Memory:
    """The newest picture of each canonical URL; those that were not asked for longest are forgotten first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit  # bytes
        self.size = 0  # bytes
        self._kept: OrderedDict[str, Remembered] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, url: str) -> Remembered | None:
        if url in self._kept:
            self._kept.move_to_end(url)
        return self._kept.get(url)

    def put(self, url: str, remembered: Remembered) -> None:
        """Remember a picture, unless it alone has more bytes than there is room for."""
        self._forget(url)
        needed = _bytes(url, remembered)
        if needed > self.limit:
            return
        while self.size + needed > self.limit:
            self._forget(next(iter(self._kept)))
        self._kept[url] = remembered
        self.size += needed

    def _forget(self, url: str) -> None:
        if (old := self._kept.pop(url, None)) is not None:
            self.size -= _bytes(url, old)


def _bytes(url: str, remembered: Remembered) -> int:
    return len(remembered.picture.body) + 4 * len(url) + 4 * len(remembered.picture.alt) + OVERHEAD
