"""Data of artists that belong together, as columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from plotgate.figure.reading.scale import Column

if TYPE_CHECKING:
    from plotgate.figure.reading.kind import Kind


@dataclass(frozen=True)
class Series:
    """Marks of one kind and one name.

    The columns are of one shape. Those called "x", "y" and "value" are what most kinds have; a kind names others as
    its table has them.
    """

    kind: Kind
    name: str  # as the legend has it; empty where there is none
    x_name: str  # of the axes
    y_name: str
    columns: dict[str, Column]
    places: tuple[str, ...] = ("x", "y")  # the columns that say where a mark is, and so whether it is seen

    def __len__(self) -> int:
        return max((column.numbers.size for column in self.columns.values()), default=0)

    def seen(self) -> Series:
        """Those marks that are inside the axes' limits."""
        masks = [self.columns[place].seen() for place in self.places if place in self.columns]
        if all(mask.all() for mask in masks):
            return self
        shape = next(iter(self.columns.values())).numbers.shape
        inside = np.broadcast_to(np.logical_and.reduce(np.broadcast_arrays(*masks)), shape)
        columns = {name: replace(column, numbers=column.numbers[inside]) for name, column in self.columns.items()}
        return replace(self, columns=columns)
