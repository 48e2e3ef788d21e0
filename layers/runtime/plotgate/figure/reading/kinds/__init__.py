"""The kinds of artists that are read, in the order in which they are looked for: what is made of others comes first."""

from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.kinds.areas import Areas
from plotgate.figure.reading.kinds.arrows import Arrows
from plotgate.figure.reading.kinds.bars import Bars
from plotgate.figure.reading.kinds.boxes import Boxes
from plotgate.figure.reading.kinds.cells import Cells
from plotgate.figure.reading.kinds.contours import Contours
from plotgate.figure.reading.kinds.dendrograms import Dendrograms
from plotgate.figure.reading.kinds.hexagons import Hexagons
from plotgate.figure.reading.kinds.intervals import Intervals
from plotgate.figure.reading.kinds.lines import Lines
from plotgate.figure.reading.kinds.points import Points
from plotgate.figure.reading.kinds.references import References
from plotgate.figure.reading.kinds.segments import Segments
from plotgate.figure.reading.kinds.space import SpaceBars, SpaceLines, SpacePoints
from plotgate.figure.reading.kinds.spans import Spans
from plotgate.figure.reading.kinds.stems import Stems
from plotgate.figure.reading.kinds.violins import Violins
from plotgate.figure.reading.kinds.wedges import Wedges

KINDS: list[Kind] = [
    Boxes(),
    Violins(),
    Bars(),
    Areas(),
    Wedges(),
    Arrows(),
    Hexagons(),
    Spans(),
    Cells(),
    Contours(),
    Dendrograms(),
    References(),
    Stems(),
    Intervals(),
    Points(),
    Lines(),
    Segments(),
    SpaceBars(),
    SpacePoints(),
    SpaceLines(),
]
