"""Data that is made up in the place of seaborn's."""

from pathlib import Path

import pandas as pd
import pytest
import seaborn as sns

from tests.gallery import datasets

ROWS = {"anscombe": 44, "car_crashes": 51, "diamonds": 53_940, "dots": 848, "exercise": 90, "flights": 144}
ROWS |= {"fmri": 1064, "iris": 150, "mpg": 398, "penguins": 344, "planets": 1035, "seaice": 13_175, "tips": 244}
ROWS |= {"titanic": 891}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("seaborn-data")
    datasets.write(made)
    return made


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_seaborn_loads_the_data_without_a_network(name: str, rows: int, folder: Path) -> None:
    assert len(sns.load_dataset(name, data_home=str(folder))) == rows


def test_seaborn_loads_columns_of_three_levels(folder: Path) -> None:
    table = sns.load_dataset("brain_networks", data_home=str(folder), header=[0, 1, 2], index_col=0)
    assert table.shape == (920, 62)
    assert table.columns.names == ["network", "node", "hemi"]


def test_the_data_is_the_same_each_time(folder: Path, tmp_path: Path) -> None:
    datasets.write(tmp_path)
    for file in folder.iterdir():
        assert pd.read_csv(tmp_path / file.name).equals(pd.read_csv(file))
