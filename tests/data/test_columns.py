"""Columns have the types that are declared, or an error that names the column and what is wrong with it."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from plotgate.data.columns import check_columns, typed
from plotgate.data.source import MOST_BYTES, Declaration
from plotgate.errors import DataTooLargeError


@pytest.mark.parametrize(
    ("values", "kind", "says"),
    [
        ([1, None], int, "int: a value is missing"),
        ([True, None], bool, "bool: a value is missing"),
        ([0, 2], bool, "bool: a value is neither true nor false"),
        ([1.0, 2.5], int, "int: a value is not whole"),
        ([0.5, 2.5], int, "int: a value is not whole"),
        ([2.0**63], int, "int: a value has more than 64 bits"),
        (["2015-06-01", "now"], datetime, "datetime: a value is no time of its own"),
        (["today"], date, "date: a value is no time of its own"),
    ],
)
def test_a_value_of_another_type_is_refused(values: list[Any], kind: type, says: str) -> None:
    with pytest.raises(ValueError) as caught, np.errstate(invalid="ignore"):
        typed(pd.DataFrame({"x": values}), {"x": kind})
    assert str(caught.value) == f"The column `x` of the data must be {says}"


@pytest.mark.parametrize(
    ("values", "kind", "read"),
    [
        ([1.0, -2.0], int, [1, -2]),
        ([1, 0, True], bool, [True, False, True]),
        ([-0.0, 1], float, [0.0, 1.0]),
    ],
)
def test_a_value_that_means_one_of_its_type_is_read(values: list[Any], kind: type, read: list[Any]) -> None:
    found = typed(pd.DataFrame({"more": 0, "x": values}), {"x": kind})
    assert list(map(repr, found["x"].tolist())) == list(map(repr, read))
    assert list(found.columns) == ["x"]


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"^The data must have a column `y`; it has x, 2\.$"):
        typed(pd.DataFrame({"x": [1], 2: [1]}), {"x": int, "y": int})


def test_a_type_that_no_column_has_is_refused() -> None:
    with pytest.raises(TypeError, match="`x` must be one of str, int, float, bool, date, datetime, not <class 'list'>"):
        check_columns({"x": list})


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    declared = Declaration("x", {"x": int}, None, "UTC", None, "")
    declared.check_bytes(MOST_BYTES)
    with pytest.raises(DataTooLargeError, match="must be at most 64 MB: aggregate its rows, or keep them in"):
        declared.check_bytes(MOST_BYTES + 1)
