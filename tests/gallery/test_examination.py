"""What a process finds out about one plot."""

from pathlib import Path

import pytest

from tests.gallery.conversion import converted
from tests.gallery.processes import Parent
from tests.gallery.requests import PLAIN

SETTINGS = [
    "plt.style.use({'figure.figsize': (2, 2)})",
    "plt.rcParams['figure.figsize'] = (2, 2)",
    "sns.set_theme(rc={'figure.figsize': (2, 2)})",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_matplotlib_alone_draws_in_the_style_that_the_script_begins_with(setting: str, tmp_path: Path) -> None:
    script = f"import matplotlib.pyplot as plt\nimport seaborn as sns\n{setting}\nplt.plot([1, 3, 2])\n"
    app = tmp_path / "app.py"
    app.write_text(converted(script, "styled"))
    with Parent(1) as parent:
        found = parent.examine(app, [PLAIN], None, 60)
    assert found[PLAIN]["sides"] == [200, 200]
