"""What differs between the pictures of two commits."""

import io
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from plotgate.colours import THEMES
from plotgate.local.diff.pictures import Picture, draw
from plotgate.local.plots import plots_of
from plotgate.local.template import Template

UNCHANGED = 0.15  # of its contrast with the paper: what did not change is so pale in a picture of differences
CHANGED = (214, 39, 40)


@dataclass(frozen=True)
class Change:
    """A plot whose picture, or alt text, is another one; a new one has none before, a removed one none after."""

    plot: str
    before: Mapping[str, Picture]  # by theme
    after: Mapping[str, Picture]

    @property
    def kind(self) -> str:
        """What has become of it."""
        return "changed" if self.before and self.after else "new" if self.after else "removed"

    def share(self, theme: str) -> float:
        """The share of pixels that differ, 1 where the sizes do."""
        one, other = self.before[theme], self.after[theme]
        if bool(one.png) != bool(other.png):
            return 1.0
        if not one.png or one.png == other.png:
            return 0.0
        here, there = _pixels(one.png), _pixels(other.png)
        return 1.0 if here.shape != there.shape else float((here != there).any(axis=2).mean())

    def difference(self, theme: str) -> bytes:
        """A PNG of the picture after, pale, with all that differs in red."""
        here, there = _pixels(self.before[theme].png), _pixels(self.after[theme].png)
        size = np.maximum(here.shape[:2], there.shape[:2])
        differs = np.ones(size, dtype=bool)
        rows, columns = np.minimum(here.shape[:2], there.shape[:2])
        differs[:rows, :columns] = (here[:rows, :columns] != there[:rows, :columns]).any(axis=2)
        paper = np.array([int(THEMES[theme].paper[i : i + 2], 16) for i in (1, 3, 5)])
        shown = np.tile(paper, (*size, 1)).astype(float)
        shown[: there.shape[0], : there.shape[1]] += UNCHANGED * (there - paper)
        shown[differs] = CHANGED
        file = io.BytesIO()
        Image.fromarray(shown.round().astype(np.uint8)).save(file, "png")
        return file.getvalue()


def compare(before: Template, after: Template, seen: Callable[[], object]) -> list[Change]:
    """The plots that are not the same, by name; `seen` is called after each picture."""
    here = {plot.name: plot for plot in plots_of(before)}
    there = {plot.name: plot for plot in plots_of(after)}
    with ThreadPoolExecutor(2) as pool:
        of_before = {name: pool.submit(draw, before, plot, seen) for name, plot in here.items()}
        of_after = {name: pool.submit(draw, after, plot, seen) for name, plot in there.items()}
        changes = [
            Change(
                name,
                of_before[name].result() if name in here else {},
                of_after[name].result() if name in there else {},
            )
            for name in sorted({*here, *there})
        ]
    return [change for change in changes if change.kind != "changed" or _differs(change)]


def count(before: Template, after: Template) -> int:
    """How many pictures are drawn to compare them."""
    return len(THEMES) * (len(plots_of(before)) + len(plots_of(after)))


def _differs(change: Change) -> bool:
    """Whether a reader could tell: a file also says which plotgate has drawn it."""
    return any(
        change.share(theme) > 0
        or (change.before[theme].alt, change.before[theme].error)
        != (change.after[theme].alt, change.after[theme].error)
        for theme in change.before
    )


def _pixels(png: bytes) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"), dtype=np.int16)
