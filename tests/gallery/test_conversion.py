"""Scripts that become plots."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.gallery.conversion import converted


@pytest.fixture(autouse=True)
def no_figures() -> Iterator[None]:
    yield
    plt.close("all")
    sys.modules.pop("app", None)


def plot_of(source: str) -> ModuleType:
    module = ModuleType("app")
    module.__file__ = str(Path(__file__))
    sys.modules["app"] = module
    exec(compile(converted(source, "a script"), "app.py", "exec"), vars(module))  # noqa: S102 - as it would be imported
    return module


def figure_of(source: str) -> Figure:
    figure = plot_of(source)._draw()
    assert isinstance(figure, Figure)
    return figure


def test_what_a_script_shows_is_returned() -> None:
    figure = figure_of("import matplotlib.pyplot as plt\nplt.plot([1, 2], label='a line')\nplt.show()")
    assert figure.axes[0].get_lines()[0].get_label() == "a line"


def test_the_last_of_several_figures_is_returned() -> None:
    figure = figure_of("import matplotlib.pyplot as plt\nfor name in 'ab':\n    plt.figure(name)\n    plt.show()")
    assert figure.get_label() == "b"


def test_a_script_without_a_figure_returns_none() -> None:
    assert plot_of("print")._draw() is None


def test_the_title_is_the_first_line_with_words() -> None:
    assert plot_of('"""\n=====\nA title\n=====\n\nMore.\n"""').handler.plot.title == "A title"


def test_settings_at_the_top_stay_at_the_top() -> None:
    source = "import matplotlib as mpl\nmpl.rcParams['lines.linewidth'] = 7\nx = 1\nmpl.rcParams['lines.linewidth'] = 8"
    above, _, below = converted(source, "a script").partition("def _draw")
    assert "= 7" in above
    assert "= 8" in below


def test_functions_see_what_the_script_assigns() -> None:
    source = "import matplotlib.pyplot as plt\ndef title():\n    plt.title(said)\nsaid = 'words'\ntitle()"
    assert figure_of(source).axes[0].get_title() == "words"


def test_what_runs_only_as_a_script_runs() -> None:
    assert figure_of("import matplotlib.pyplot as plt\nif __name__ == '__main__':\n    plt.figure()")


@pytest.mark.parametrize("chance", ["random.default_rng()", "random.RandomState()", "random"])
def test_chance_repeats(chance: str) -> None:
    plot = plot_of(f"import numpy as np\nimport matplotlib.pyplot as plt\nplt.plot(np.{chance}.normal(size=9))")
    first, second = (plot._draw().axes[0].get_lines()[0].get_ydata() for _ in range(2))
    assert np.array_equal(first, second)
