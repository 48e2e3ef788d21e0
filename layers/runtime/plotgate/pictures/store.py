"""A plot's pictures: drawn once, then kept, and the last good one while the data is unavailable."""

import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from plotgate.data.table import reading
from plotgate.errors import DataError
from plotgate.pictures.code import code_in
from plotgate.pictures.identity import Identity, identify, wording
from plotgate.pictures.render import Picture, render
from plotgate.url.request import PictureRequest

ROOM = 32 * 2**20  # bytes: 300 pictures of 100 kB, of the 1769 MB that a function has
OVERHEAD = 1024  # bytes of a kept picture besides its body and its alt text, generously
MOST_WORDINGS = 16  # of one picture: there are as many ways to say a range of time as anybody likes
MOST_DRAWINGS = 3  # of one request, while its data changes under the drawing


class Outcome(Enum):
    """How a request was answered."""

    NOT_MODIFIED = "not modified"
    KEPT = "kept"
    DRAWN = "drawn"
    STALE = "stale"


@dataclass(frozen=True)
class Found:
    """The answer to a request: its picture, unless the client has it already."""

    outcome: Outcome
    request: PictureRequest
    etag: str | None  # None where nobody knows whether the same request would get the same picture again
    picture: Picture | None
    age: int = 0  # seconds since a stale picture was known to be the newest


@dataclass
class Kept:
    """A picture, and when it was last known to be the newest (seconds since 1970)."""

    picture: Picture
    known_good: float
    wordings: set[bytes]  # of the requests whose last good picture it is


class Store:
    """What an execution environment knows of a plot's pictures; what was not asked for longest is forgotten first."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = room  # bytes
        self.size = 0  # bytes
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()  # by the digests of their identities
        self._repeats = True  # whether no drawing has asked the operating system for chance
        self._last_good: dict[bytes, bytes] = {}  # those digests, by the wording of the request

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, request: PictureRequest, held: Collection[str] = ()) -> Found:
        """The answer to `request`.

        Args:
            request: what is asked for.
            held: the entity tags that the client has, each without `W/`, or `*` for whatever it has.

        Raises:
            PlotgateError: the picture cannot be drawn, or its data is unavailable and no last good picture is kept.
        """
        try:
            identity = identify(request)
            kept = self._current(identity)
            # Whoever has "*" has a picture that could be drawn only if there is one.
            if identity.etag and (identity.etag.removeprefix("W/") in held or ("*" in held and kept)):
                return Found(Outcome.NOT_MODIFIED, request, self._etag(identity), None)
            if kept:
                return Found(Outcome.KEPT, request, self._etag(identity), kept.picture)
            return self._drawn(identity)
        except DataError:
            kept = self._kept.get(self._last_good.get(wording(request), b""))
            if kept is None:
                raise
            age = max(0, round(time.time() - kept.known_good))  # the wall clock: a monotonic one stops with a freeze
            return Found(Outcome.STALE, request, None, kept.picture, age)

    def _etag(self, identity: Identity) -> str | None:
        """The picture's entity tag, weak if drawings of this plot were seen not to repeat."""
        tag = identity.etag
        return f"W/{tag}" if tag and tag.startswith('"') and not self._repeats else tag

    def _current(self, identity: Identity) -> Kept | None:
        kept = self._kept.get(identity.digest) if identity.code else None
        if kept:
            self._kept.move_to_end(identity.digest)
            kept.known_good = time.time()
            self._point(wording(identity.request), identity.digest)
        return kept

    def _drawn(self, identity: Identity) -> Found:
        """The picture, drawn; again when the data changed meanwhile, for then it would have another's identity."""
        for _ in range(MOST_DRAWINGS):
            with reading(identity.request.plot.tables) as read:
                picture = render(identity)
            self._repeats = self._repeats and picture.repeats
            if not read.is_whole:
                break  # `draw` went on without rows that it did not get
            actual = identity.read_as(read.confirmed(identity.tables))
            if actual is identity:
                if code_in(identity.request.plot.folder).version is None:
                    break  # saved meanwhile: what was drawn may be the old code's or the new
                self._keep(identity, picture)
                return Found(Outcome.DRAWN, identity.request, self._etag(identity), picture)
            identity = actual
        return Found(Outcome.DRAWN, identity.request, None, picture)

    def _keep(self, identity: Identity, picture: Picture) -> None:
        """Keep a picture, unless it alone has more bytes than there is room for."""
        needed = _bytes(picture)
        if needed > self.room:
            return
        self._forget(identity.digest)
        while self.size + needed > self.room:
            self._forget(next(iter(self._kept)))
        self._kept[identity.digest] = Kept(picture, time.time(), set())
        self.size += needed
        self._point(wording(identity.request), identity.digest)

    def _point(self, words: bytes, digest: bytes) -> None:
        """Let `words` have this last good picture; the one of before is forgotten where no others have it."""
        before = self._last_good.get(words)
        wordings = self._kept[digest].wordings
        if words not in wordings and len(wordings) >= MOST_WORDINGS:
            del self._last_good[wordings.pop()]
        self._last_good[words] = digest
        wordings.add(words)
        if before is not None and before != digest:
            self._kept[before].wordings.discard(words)
            if not self._kept[before].wordings:
                self._forget(before)

    def _forget(self, digest: bytes) -> None:
        if (old := self._kept.pop(digest, None)) is not None:
            self.size -= _bytes(old.picture)
            for words in old.wordings:
                del self._last_good[words]


def _bytes(picture: Picture) -> int:
    return len(picture.body) + 4 * len(picture.alt) + OVERHEAD
