"""What was measured of one picture in one way."""

from dataclasses import dataclass
from statistics import median

ARTICLE = "article's code"
MATPLOTLIB = "matplotlib"
OURS = "plotgate"
LAYER = "plotgate's layer"
VL_CONVERT = "vl-convert"
XY = "xy"


@dataclass(frozen=True)
class Drawn:
    """One picture; seconds, MB and bytes."""

    cpu: float
    clock: float
    memory: float
    """The most that the process has held until then."""
    size: int


@dataclass(frozen=True)
class Result:
    """Medians over the rounds, in seconds, MB and bytes."""

    case: str
    contender: str
    rounds: int
    cpu: float
    fastest: float
    slowest: float
    clock: float
    memory: float
    size: int

    @classmethod
    def of(cls, case: str, contender: str, drawn: list[Drawn]) -> "Result":
        cpu = [one.cpu for one in drawn]
        return cls(
            case,
            contender,
            len(drawn),
            median(cpu),
            min(cpu),
            max(cpu),
            median(one.clock for one in drawn),
            max(one.memory for one in drawn),
            round(median(one.size for one in drawn)),
        )


@dataclass(frozen=True)
class Comparison:
    """The results of all contenders, and why some have none."""

    results: list[Result]
    left_out: dict[tuple[str, str], str]
    """Why, by case and contender."""

    def find(self, case: str, contender: str) -> Result | None:
        return next((one for one in self.results if (one.case, one.contender) == (case, contender)), None)

    @property
    def cases(self) -> list[str]:
        return list(dict.fromkeys(one.case for one in self.results))
