"""Columns of one type each, whichever source they came from."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

type Columns = Mapping[str, type]

DTYPES = {str: "str", int: "int64", float: "float64", bool: "bool"}
TYPES = (*DTYPES, date, datetime)


def check_columns(columns: Columns) -> None:
    """Refuse types that a column cannot have.

    Raises:
        TypeError: a column has none of the types `str`, `int`, `float`, `bool`, `date`, `datetime`.
    """
    for name, kind in columns.items():
        if kind not in TYPES:
            allowed = ", ".join(allowed.__name__ for allowed in TYPES)
            raise TypeError(f"The type of the column `{name}` must be one of {allowed}, not {kind!r}.")


def typed(frame: "pd.DataFrame", columns: Columns) -> "pd.DataFrame":
    """The `columns` of `frame` alone, in their order, each with its type.

    | declared | in the data frame | missing values |
    |---|---|---|
    | `str` | `str` | NaN |
    | `int`, `bool` | `int64`, `bool` | refused |
    | `float` | `float64` | NaN |
    | `date` | `datetime64[us]`, midnight of the day that is written | NaT |
    | `datetime` | `datetime64[us, UTC]`; without a zone it is taken for UTC | NaT |

    Raises:
        ValueError: a column is missing, or a value is not of its type.
    """
    import pandas as pd

    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ValueError(f"The data must have a column `{missing[0]}`; it has {', '.join(map(str, frame.columns))}.")
    series = {}
    for name, kind in columns.items():
        try:
            series[name] = _cast(frame[name], kind)
        except (ValueError, TypeError, OverflowError) as error:
            raise ValueError(f"The column `{name}` of the data must be {kind.__name__}: {error}") from error
    return pd.DataFrame(series, columns=list(columns))


def _cast(values: "pd.Series", kind: type) -> "pd.Series":
    import pandas as pd

    if kind is date:
        days: pd.Series = _days(_written(values)).dt.tz_localize(None).dt.normalize().dt.as_unit("us")
        return days
    if kind is datetime:
        return pd.to_datetime(_written(values), format="ISO8601", utc=True).dt.as_unit("us")
    if kind in (int, bool) and values.isna().any():
        raise ValueError("a value is missing")
    if kind is bool and not values.isin([True, False]).all():
        raise ValueError("a value is neither true nor false")
    if kind is int and pd.api.types.is_float_dtype(values) and not (values % 1 == 0).all():
        raise ValueError("a value is not whole")
    dtype: Any = DTYPES[kind]  # the stubs list every literal there is
    converted: pd.Series = values.astype(dtype)
    if kind is int and not (converted == values).all():
        raise ValueError("a value has more than 64 bits")
    return converted + 0.0 if kind is float else converted  # one zero: -0.0 equals 0.0, and would tie with it


def _written(values: "pd.Series") -> "pd.Series":
    """Times as texts where they are numbers, as SQLite keeps 20150601: pandas would count nanoseconds some day.

    Raises:
        ValueError: a text means another time whenever it is read.
    """
    import pandas as pd

    if pd.api.types.is_numeric_dtype(values):
        values = values.astype("Int64").astype("str")
    if values.dtype == object:
        values = values.map(lambda value: str(value) if type(value) is int else value)
    if values.isin(["now", "today"]).any():
        raise ValueError("a value is no time of its own")
    return values


def _days(values: "pd.Series") -> "pd.Series":
    """Moments in the days that are written, whichever offsets from UTC follow them."""
    import pandas as pd

    try:
        return pd.to_datetime(values, format="ISO8601")
    except ValueError:  # also where offsets differ, as those of midnights in summer and in winter
        return pd.to_datetime(values.map(_without_offset), format="ISO8601")


def _without_offset(value: object) -> object:
    if isinstance(value, str):
        return re.sub(r"([T ][\d:.]+)(?:Z|[+-]\d\d(?::?\d\d)?)$", r"\1", value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
