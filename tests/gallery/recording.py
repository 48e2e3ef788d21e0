"""What a script gives to its axes: numbers, as far as a sentence may be made of them, and names."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import wraps
from itertools import permutations, product
from typing import Any
from unittest.mock import patch

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from numpy.typing import NDArray

from tests.gallery.columns import LONGEST_LIST, MOST_NAMES, columns_of, floats, looked_up

METHODS = (
    *("plot", "step", "semilogx", "semilogy", "loglog", "errorbar", "scatter", "stem", "fill_between", "fill_betweenx"),
    *("bar", "barh", "hist", "hist2d", "stairs", "stackplot", "broken_barh", "eventplot", "pie", "hexbin", "quiver"),
    *("boxplot", "bxp", "violinplot", "violin", "imshow", "matshow", "spy", "pcolor", "pcolormesh", "contour"),
    *("contourf", "tripcolor", "tricontour", "tricontourf", "axhline", "axvline", "hlines", "vlines", "axhspan"),
    *("axvspan", "fill", "add_collection", "add_patch", "add_line", "add_image", "barbs", "streamplot", "text"),
    *("bar3d", "plot_surface", "plot_wireframe"),
)
QUANTILES = (0, 0.25, 0.5, 0.75, 1)
MOST_NUMBERS = 40_000


@dataclass
class Record:
    """What calls of a figure's axes were given."""

    numbers: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._calls: dict[tuple[Axes, str], list[list[NDArray[Any]]]] = {}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def add(self, arguments: Sequence[Any], options: Mapping[str, Any]) -> None:
        """One call's arguments; `data=` brings those that are named alone."""
        data = options.get("data")
        given = [looked_up(data, one) for one in (*arguments, *options.values()) if one is not data]
        columns = [column for one in given for column in columns_of(one)]
        arrays = [column for column in columns if column.dtype.kind == "f"]
        names = [column for column in columns if column.dtype.kind == "U"]
        self.names += [name for column in names for name in dict.fromkeys(column.tolist())]
        for array in [*arrays, np.concatenate(arrays)] if arrays else []:
            self._summarise(array)
        for one in given:
            if isinstance(one, np.ndarray) and one.ndim == 2 and one.dtype.kind in "fiu":
                self._place(np.ma.filled(one.astype(float), np.nan), options.get("extent"))
        if len(arrays) > 2 and len(arrays[0]) == len(arrays[1]) == len(arrays[2]):
            self._tell([arrays[0], arrays[2] - arrays[1]])  # an area upon another
        for base, array in product(floats(options.get("left"), options.get("bottom")), arrays):
            if len(base) in (1, len(array)):
                self._summarise(array + base)  # one upon another
        for width in floats(options.get("width"), options.get("height")) if arrays else ():
            if len(width) in (1, len(arrays[0])):
                self.numbers += [*(arrays[0] - width / 2).tolist(), *(arrays[0] + width / 2).tolist()]
        if len(arrays) == len("xyz") * 2 and len({len(array) for array in arrays}) == 1:
            self._tell([arrays[place] + arrays[place + 3] / 2 for place in range(3)])  # bars in space
        for one, other in permutations(arrays[:6], 2):
            if len(one) == len(other) > 1:
                self._relate(one, other)
        for groups, array in product(names, arrays):
            if len(groups) == len(array):
                for name in dict.fromkeys(groups.tolist()):
                    self._summarise(array[groups == name])

    def note(self, method: tuple[Axes, str], arguments: Sequence[Any]) -> None:
        """The arguments of one of several calls, whose numbers may be told together."""
        columns = [next(iter(floats(given)), np.empty(0)) for given in arguments]
        if columns and not any(map(len, columns[1:])):
            columns = [np.arange(len(columns[0]), dtype=float), columns[0]]  # along which matplotlib draws it
        self._calls.setdefault(method, []).append(columns[:3])

    def finish(self) -> None:
        """What follows from all calls together."""
        for (axes, _), calls in self._calls.items():
            together = [np.concatenate(columns) for columns in zip(*calls, strict=False)]
            for columns in (together, *calls):
                self._tell(columns)
                if len(columns) > 1 and len(columns[0]) == len(columns[1]):
                    seen = _is_seen(axes, *columns[:2])
                    self._tell([column[seen] for column in columns if len(column) == len(seen)])
        for axes in {axes for axes, _ in self._calls}:
            scattered = list[NDArray[Any]]()
            for points in axes.collections:
                # Neither those without a place nor those without a number for their colour are there.
                places, colours = np.ma.filled(points.get_offsets(), np.nan), np.asarray(points.get_facecolor())
                seen = places[_is_seen(axes, *places.T)]
                self._tell(list(seen.T))
                scattered += [seen] if isinstance(points, PathCollection) else []
                for colour in np.unique(colours, axis=0) if len(colours) == len(places) else ():
                    self._tell(list(places[(colours == colour).all(axis=1)].T))
            if scattered:
                self._tell(list(np.concatenate(scattered).T))
        self.names = list(dict.fromkeys(self.names))[:MOST_NAMES]
        self.numbers = sorted(set(self.numbers))[:MOST_NUMBERS]
        self.counts = sorted(set(self.counts))

    def _tell(self, columns: list[NDArray[Any]]) -> None:
        for column in columns:
            self._summarise(column)
        for one, other in permutations(columns, 2):
            if len(one) == len(other) > 1:
                self._relate(one, other)

    def _summarise(self, array: NDArray[Any]) -> None:
        known = array[np.isfinite(array)]
        self.counts += [len(array), len(known), max(0, len(array) - 1)]  # the last place, where places are counted
        if not len(known):
            return
        for extreme in (known.min(), known.max()):
            self.counts += [int((known == extreme).sum()), int(np.flatnonzero(array == extreme)[0])]
        self.numbers += [*np.quantile(known, QUANTILES).tolist(), float(known[0]), float(known[-1])]
        self.numbers += known.tolist() if len(known) <= LONGEST_LIST else []
        if 1 < len(known) <= LONGEST_LIST and known.sum():
            self.numbers += [*(known / known.sum() * 100).tolist(), *np.cumsum(known).tolist()]

    def _place(self, cells: NDArray[Any], extent: Sequence[float] | None) -> None:
        """The middles of the cells of an image, at its edges and where it is highest and lowest."""
        if not np.isfinite(cells).any():
            return
        rows, columns = cells.shape
        left, right, bottom, top = extent if extent is not None else (-0.5, columns - 0.5, -0.5, rows - 0.5)
        for low, high, count, axis in ((left, right, columns, 1), (bottom, top, rows, 0)):
            middles = low + (np.arange(count) + 0.5) * (high - low) / count
            places = [int(np.unravel_index(find(cells), cells.shape)[axis]) for find in (np.nanargmax, np.nanargmin)]
            self.numbers += [*middles[[0, -1, *places]].tolist(), *middles[::-1][places].tolist()]

    def _relate(self, one: NDArray[Any], other: NDArray[Any]) -> None:
        both = np.isfinite(one) & np.isfinite(other)
        x, y = one[both], other[both]
        if len(x) < 2:
            return
        self.numbers += [float(x[y.argmax()]), float(x[y.argmin()]), float(y[x.argmin()]), float(y[x.argmax()])]
        self.numbers += [float(np.hypot(x, y).max()), float(np.hypot(x, y).min())]  # of arrows
        if np.ptp(x) and np.ptp(y):
            self.numbers.append(float(np.corrcoef(x, y)[0, 1]))


def _is_seen(axes: Axes, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.bool_]:
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    return np.asarray((x >= left) & (x <= right) & (y >= low) & (y <= high))


@contextmanager
def recorded() -> Iterator[Record]:
    """What the calls of axes are given meanwhile, those that others make included."""
    from mpl_toolkits.mplot3d import Axes3D  # type: ignore[import-untyped]

    record = Record()
    with ExitStack() as stack:
        for owner, name in product((Axes, Axes3D), METHODS):
            if own := vars(owner).get(name) or (owner is Axes and getattr(Axes, name, None)):
                stack.enter_context(patch.object(owner, name, _noting(record, own)))
        stack.enter_context(patch.object(Text, "set_text", _naming(record, Text.set_text)))
        yield record
    record.finish()


def _naming(record: Record, own: Any) -> Any:
    @wraps(own)
    def naming(self: Any, text: Any) -> Any:
        record.names.append(str(text))
        return own(self, text)

    return naming


def _noting(record: Record, own: Any) -> Any:
    @wraps(own)
    def noting(self: Any, *arguments: Any, **options: Any) -> Any:
        record.add(arguments, options)
        record.note((self, "marks" if own.__name__ in ("plot", "scatter") else own.__name__), arguments)
        result = own(self, *arguments, **options)
        record.add([result], {})  # such as the bins of a histogram
        return result

    return noting
