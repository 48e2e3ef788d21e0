"""The pictures of a plot: drawn once, then remembered, and the last good one when the data is away."""

import logging
from time import monotonic

from plotgate.data.table import reading
from plotgate.errors import DrawError, PlotgateError
from plotgate.pictures.entity_tag import entity_tag
from plotgate.pictures.kept import Memory, Remembered
from plotgate.pictures.render import Picture, make_picture
from plotgate.url.request import PictureRequest

logger = logging.getLogger("plotgate")

ROOM = 32 * 2**20  # bytes: 300 pictures of 100 kB, of the 1769 MB that a function has


class Pictures:
    """What a plot's environment knows of its pictures."""

    def __init__(self, room: int = ROOM) -> None:
        self.memory = Memory(room)

    def current(self, asked: PictureRequest, tag: str) -> Picture | None:
        """The remembered picture of `asked`, if its entity tag is still `tag`."""
        remembered = self.memory.get(asked.canonical_url)
        if remembered is None or remembered.tag != tag:
            return None
        remembered.known_good = monotonic()
        return remembered.picture

    def drawn(self, asked: PictureRequest, tag: str) -> tuple[Picture, str | None]:
        """The picture of `asked`, drawn now, and its entity tag.

        When the data changes meanwhile it is drawn again, once; the tag of data that changes faster is None, for
        nobody knows which rows the picture shows.

        Raises:
            PlotgateError: it could not be drawn, or the data is away.
        """
        for _ in range(2):
            picture = _drawn(asked)
            now = entity_tag(asked)
            if now == tag:
                self.memory.put(asked.canonical_url, Remembered(picture, tag, monotonic()))
                return picture, tag
            tag = now
        return picture, None

    def last_good(self, asked: PictureRequest) -> tuple[Picture, int] | None:
        """The remembered picture of `asked`, whatever its data, and for how many seconds it may be out of date."""
        remembered = self.memory.get(asked.canonical_url)
        if remembered is None:
            return None
        return remembered.picture, round(monotonic() - remembered.known_good)


def _drawn(asked: PictureRequest) -> Picture:
    try:
        with reading(asked.plot.tables):
            return make_picture(asked)
    except PlotgateError:
        raise
    except Exception as error:
        # The reason is for the log alone: it may hold paths or data.
        logger.exception("%s failed with %r", asked.folder, asked.arguments)
        raise DrawError("The plot failed while it was drawn; the log has the reason.") from error
