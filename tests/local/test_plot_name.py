"""Names that are a URL, a module and a resource at once."""

import re

import pytest

from plotgate.local.plot_name import PlotName
from plotgate.local.template import TemplateError
from tests.found import PLOTS, ROOT
from tests.test_template import resource_name


@pytest.mark.parametrize("plot", PLOTS)
def test_name_is_that_of_folder_url_and_resource(plot: str) -> None:
    name = PlotName.parse(plot)
    assert str(name) == plot == str(PlotName.parse(f"/plots/{plot}")) == str(PlotName.parse(f"functions/{plot}/"))
    assert name.folder(ROOT).is_dir()
    assert name.resource == resource_name(plot)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("wind", "must be DATASET/PLOT, such as weather/wind, not 'wind'"),
        ("weather/wind/rose", "must be DATASET/PLOT"),
        ("Weather/wind", "not 'Weather'"),
        ("weather/2d", "beginning with a letter"),
        ("weather/wind-rose", "not 'wind-rose'"),
        ("weather/wind__rose", "single underscores"),
        ("weather/wind_", "not 'wind_'"),
        ("weather/größe", "not 'größe'"),
        ("weather/..", "not '..'"),
        ("weather/", "must be DATASET/PLOT"),
        ("weather/wind\n", "not 'wind\\n'"),
        ("weather/class", "must not be a word of Python, for it is a module; not 'class'"),
        (f"weather/{'w' * 61}", "at most 60"),
    ],
)
def test_name_that_could_not_be_all_of_them_is_refused(text: str, says: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(says)):
        PlotName.parse(text)
