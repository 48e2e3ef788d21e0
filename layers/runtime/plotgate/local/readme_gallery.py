"""The gallery in a project's README: the baseline of each plot, between two marks."""

import ast
from collections.abc import Sequence
from html import escape
from pathlib import Path

BEGIN, END = "<!-- gallery: plotgate check --fix writes it -->\n", "<!-- /gallery -->\n"
COLUMNS = 3
WIDTH = 260  # CSS pixels of a picture


def has_gallery(readme: str) -> bool:
    """Whether a README has both marks, in their order."""
    return BEGIN in readme and END in readme.partition(BEGIN)[2]


def with_gallery(readme: str, project: Path, plots: Sequence[str]) -> str:
    """A README with the gallery of the plots that have a baseline, such as `weather/temperature`."""
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    cells = [_cell(project, plot) for plot in sorted(plots) if (project / _baseline(plot)).is_file()]
    cells += [""] * (-len(cells) % COLUMNS)
    rows = [cells[start : start + COLUMNS] for start in range(0, len(cells), COLUMNS)]
    lines = [f"| {' | '.join(row)} |" for row in [[" "] * COLUMNS, [":-:"] * COLUMNS, *rows]]
    return f"{before}{BEGIN}\n{'\n'.join(lines)}\n\n{END}{after}"


def title_of(app: Path) -> str:
    """A plot's title, read from its file's docstring without importing it; its folder's name without one."""
    try:
        docstring = ast.get_docstring(ast.parse(app.read_text()))
    except SyntaxError:
        docstring = None
    return (docstring or app.parent.name).partition("\n")[0].rstrip(".")


def _cell(project: Path, plot: str) -> str:
    app = f"functions/{plot}/app.py"
    title = escape(title_of(project / app)).replace("|", "&#124;")
    return f'[<img src="{_baseline(plot)}" width="{WIDTH}" alt="{title}">]({app})<br>{title}'


def _baseline(plot: str) -> str:
    return f"tests/baselines/{plot}.png"
