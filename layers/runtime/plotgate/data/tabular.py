"""The bytes of a CSV, JSON or Parquet file as a data frame."""

import io
import json
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plotgate.data.columns import Columns
from plotgate.data.source import MOST_ROWS, Declaration

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".csv", ".json", ".parquet")
MISSING = ["", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null"]  # in a CSV, as R, spreadsheets and databases write it


def check_suffix(path: str) -> None:
    """Refuse a file whose name does not tell its format.

    Raises:
        ValueError: the suffix is none of `SUFFIXES`.
    """
    if PurePosixPath(path).suffix.lower() not in SUFFIXES:
        # Not what it is instead: a mistyped address of a database may hold anything.
        raise ValueError(f"The name of a data file must end in one of {', '.join(SUFFIXES)}.")


def frame(path: str, content: bytes, declared: Declaration) -> "pd.DataFrame":
    """What `content`, a file named `path`, holds of the `declared` columns, their types still those of the format.

    CSV: UTF-8, comma, a header line, a missing value is an empty field, or one of `MISSING`
    where it is no text. JSON: a list of objects. Parquet: flat columns.

    Raises:
        ValueError: the content is not of the format, or a column is missing.
        DataTooLargeError: there are more rows than fit.
    """
    match PurePosixPath(path).suffix.lower():
        case ".csv":
            return _csv(content, declared.columns)
        case ".json":
            return _json(content, declared)
        case _:
            return _parquet(content, declared)


def _csv(content: bytes, columns: Columns) -> "pd.DataFrame":
    import pandas as pd

    return pd.read_csv(
        io.BytesIO(content),
        usecols=list(columns),
        # Keeps 007, texts such as NA, and 20150601 as it is written.
        dtype={name: str for name, kind in columns.items() if kind in (str, date, datetime)},
        keep_default_na=False,
        na_values={name: [""] if kind is str else MISSING for name, kind in columns.items()},
        nrows=MOST_ROWS + 1,  # more are refused
    )


def _json(content: bytes, declared: Declaration) -> "pd.DataFrame":
    import pandas as pd

    declared.check_brackets(content)
    records = json.loads(content)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ValueError("A JSON file must hold a list of objects.")
    declared.check_rows(len(records))
    return pd.DataFrame.from_records(records)


def _parquet(content: bytes, declared: Declaration) -> "pd.DataFrame":
    import arro3.io
    import pandas as pd

    table = arro3.io.read_parquet(io.BytesIO(content)).read_all()
    declared.check_rows(table.num_rows)  # small as a file, and each value an object from here on
    names = [name for name in declared.columns if name in table.column_names]
    return pd.DataFrame({name: table[name].to_pylist() for name in names}, columns=names)
