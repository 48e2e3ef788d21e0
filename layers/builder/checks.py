"""What a finished tree must be able to do, run by the Python that it is built for: `python checks.py TREE < MODULES`.

Nothing but the tree and the standard library may be on the path. Each check is a function; its name says what holds.
"""

import ctypes
import fnmatch
import importlib
import io
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

# Public modules that no plain installation can import either, by what they want.
WANT_MORE = {
    "Qt, GTK, Tk, wx, cairo, tornado or IPython": (
        "matplotlib.backends.backend_*cairo", "matplotlib.backends.backend_gtk*", "matplotlib.backends.backend_macosx",
        "matplotlib.backends.backend_nbagg", "matplotlib.backends.backend_qt*", "matplotlib.backends.backend_tk*",
        "matplotlib.backends.backend_webagg", "matplotlib.backends.backend_wx*", "matplotlib.backends.qt_*",
    ),
    "Sphinx": ("matplotlib.sphinxext.*", "numpy.*sphinx*"),
    "Jinja2": ("pandas.io.formats.style", "pandas.io.formats.style_render"),
    "pyarrow": ("pandas.core.arrays.arrow.extension_types",),
    "cupy, dask or torch": ("*.array_api_compat.*",),
    "pytest": ("*.conftest", "numpy.testing.print_coercion_tables", "matplotlib.testing.conftest"),
}  # fmt: skip


def every_shared_object_loads(tree: Path) -> None:
    objects = [file for file in sorted(tree.rglob("*")) if ".so" in file.suffixes]
    assert objects
    for file in objects:
        ctypes.CDLL(str(file), mode=os.RTLD_NOW | os.RTLD_LOCAL)


def every_public_module_imports(modules: list[str]) -> None:
    unimportable = [pattern for patterns in WANT_MORE.values() for pattern in patterns]
    failed = []
    for module in modules:
        if any(fnmatch.fnmatch(module, pattern) for pattern in unimportable):
            continue
        try:
            importlib.import_module(module)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            failed.append(f"{module}: {type(error).__name__}: {error}")
    assert not failed, "\n".join(failed)


def nothing_falls_back() -> None:
    import contourpy
    import matplotlib
    from kiwisolver import Solver
    from PIL import features
    from seaborn import _statistics
    from sklearn.utils._openmp_helpers import _openmp_parallelism_enabled
    from threadpoolctl import threadpool_info

    assert _statistics._no_scipy is False
    assert contourpy.contour_generator(z=[[0, 1], [1, 0]]).lines(0.5)
    assert Solver().__class__.__module__.startswith("kiwisolver")
    assert _openmp_parallelism_enabled()
    assert {"blas", "openmp"} <= {library["user_api"] for library in threadpool_info()}
    for feature in ("freetype2", "webp", "jpg", "zlib", "libtiff"):
        assert features.check(feature), feature
    assert list(Path(matplotlib.get_data_path()).glob("fontlist-v*.json"))


def every_format_renders() -> None:
    from matplotlib.figure import Figure
    from PIL import Image

    heads = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "ps": b"%!PS", "webp": b"RIFF", "jpg": b"\xff\xd8"}
    for fonttype in (3, 42):  # each way of cutting a font down
        import matplotlib

        with matplotlib.rc_context({"pdf.fonttype": fonttype, "ps.fonttype": fonttype}):
            for name, head in heads.items():
                figure = Figure(layout="constrained")
                axes = figure.subplots()
                axes.plot([1, 3, 2], label=r"$\sum_{i=0}^\infty \frac{\alpha_i}{\sqrt{x}}$")
                axes.set_title("Zażółć gęślą jaźń, Ελληνικά, Кириллица")
                axes.legend(framealpha=1)
                buffer = io.BytesIO()
                figure.savefig(buffer, format=name)
                assert buffer.getvalue().startswith(head), name
                if name in ("png", "webp", "jpg"):
                    assert len(Image.open(buffer).convert("RGB").getcolors(1 << 24) or []) > 10, name


def fonts_are_those_of_the_list() -> None:
    from matplotlib.font_manager import findfont, fontManager

    assert not [font.fname for font in fontManager.ttflist if not Path(font.fname).exists()]
    for family in ("DejaVu Sans", "DejaVu Serif", "STIXGeneral", "cmr10"):
        assert Path(findfont(family, fallback_to_default=False)).exists()


def blas_multiplies() -> None:
    import numpy as np
    from scipy.linalg import blas

    generator = np.random.default_rng(1)
    a, b = generator.normal(size=(2, 150, 150))
    expected = np.einsum("ik,kj->ij", a, b, optimize=False)
    assert np.allclose(a @ b, expected)
    assert np.allclose(blas.dgemm(1.0, a, b), expected)
    assert np.allclose(a.astype("f4") @ b.astype("f4"), expected, atol=1e-3)


def lapack_decomposes() -> None:
    import numpy as np
    from scipy import linalg

    assert np.isclose(np.linalg.det(linalg.hilbert(5)), 3.749295132515087e-12)
    assert np.allclose(linalg.solve(linalg.hilbert(6), linalg.hilbert(6).sum(axis=1)), 1, atol=1e-8)
    n = 50
    second_difference = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    eigenvalues = 2 - 2 * np.cos(np.arange(1, n + 1) * np.pi / (n + 1))
    assert np.allclose(np.linalg.eigvalsh(second_difference), eigenvalues)
    assert np.allclose(linalg.svdvals(second_difference)[::-1], eigenvalues)
    assert np.allclose(linalg.expm(np.array([[0, 1], [-1, 0]])), [[np.cos(1), np.sin(1)], [-np.sin(1), np.cos(1)]])


def fft_transforms() -> None:
    import numpy as np
    from scipy import fft

    wave = np.cos(2 * np.pi * 5 * np.arange(64) / 64)
    for transform in (np.fft.rfft, fft.rfft):
        assert np.allclose(np.abs(transform(wave)), 32 * (np.arange(33) == 5))
    assert np.allclose(fft.idct(fft.dct(wave)), wave)


def sparse_solves() -> None:
    import numpy as np
    from scipy import sparse
    from scipy.sparse import csgraph
    from scipy.sparse.linalg import eigsh, spsolve

    n = 200
    matrix = sparse.diags_array([-1, 2, -1], offsets=[-1, 0, 1], shape=(n, n)).tocsc()
    x = np.linspace(0, 1, n)
    assert np.allclose(spsolve(matrix, matrix @ x), x)
    assert np.isclose(eigsh(matrix, k=1, sigma=0)[0][0], 2 - 2 * np.cos(np.pi / (n + 1)))
    assert csgraph.shortest_path(np.eye(3, k=1))[0, 2] == 2


def optimise_finds_the_optimum() -> None:
    import numpy as np
    from scipy import optimize

    assert np.allclose(optimize.minimize(optimize.rosen, [-1.2, 1.0], method="L-BFGS-B").x, 1, atol=1e-4)
    assert np.isclose(optimize.brentq(lambda x: x**2 - 2, 0, 2), np.sqrt(2))
    assert np.allclose(optimize.curve_fit(lambda x, a: a * x, [1, 2, 3], [2, 4, 6])[0], 2)
    program = optimize.linprog([-1, -2], A_ub=[[1, 1], [1, 3]], b_ub=[4, 6])
    assert np.allclose(np.asarray(program.x), [3, 1])
    assert optimize.milp([-1, -1], integrality=[1, 1], bounds=optimize.Bounds(0, 2.5)).fun == -4


def analysis_agrees_with_tables() -> None:
    import numpy as np
    from scipy import integrate, interpolate, ndimage, signal, spatial, special, stats

    assert np.isclose(stats.norm.ppf(0.975), 1.959963984540054)
    assert np.isclose(stats.t.sf(1.812461122811676, 10), 0.05)
    assert np.isclose(integrate.quad(lambda x: np.exp(-(x**2)), -np.inf, np.inf)[0], np.sqrt(np.pi))
    assert np.isclose(special.jv(0, 2.404825557695773), 0, atol=1e-12)
    x = np.linspace(0, 6, 40)
    assert np.isclose(interpolate.CubicSpline(x, np.sin(x))(1.0), np.sin(1.0), atol=1e-4)
    assert spatial.ConvexHull([[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5]]).volume == 1
    assert spatial.KDTree([[0.0], [1.0], [5.0]]).query([4.0])[1] == 2
    assert np.isclose(ndimage.gaussian_filter(np.eye(9), 1).sum(), 9)
    assert signal.find_peaks([0, 1, 0, 2, 0])[0].tolist() == [1, 3]


def kernel_density_integrates_to_one() -> None:
    import numpy as np
    import seaborn as sns
    from matplotlib.figure import Figure
    from scipy.stats import gaussian_kde

    sample = np.random.default_rng(2).normal(size=300)
    assert np.isclose(gaussian_kde(sample).integrate_box_1d(-np.inf, np.inf), 1)
    axes = sns.kdeplot(x=sample, ax=Figure().subplots())
    (line,) = axes.get_lines()
    assert np.isclose(np.trapezoid(line.get_ydata(), line.get_xdata()), 1, atol=0.01)


def pandas_joins_groups_and_reads() -> None:
    import numpy as np
    import pandas as pd

    table = pd.read_csv(
        io.StringIO("key,value,when\na,1,2026-03-01\nb,2,2026-03-02\na,3,2026-03-03"), parse_dates=["when"]
    )
    assert table.groupby("key")["value"].sum().to_dict() == {"a": 4, "b": 2}
    assert table.merge(table, on="key").shape == (5, 5)
    assert table.set_index("when")["value"].resample("2D").sum().tolist() == [3, 3]
    assert table["when"].dt.tz_localize("Europe/Warsaw").dt.tz_convert("UTC").dt.hour.tolist() == [23, 23, 23]
    assert np.isclose(table["value"].corr(pd.Series([1, 2, 3.5])), 0.9933992677987828)


def estimators_learn() -> None:
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.datasets import load_iris
    from sklearn.decomposition import PCA
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.manifold import TSNE
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.svm import SVC

    x, y = load_iris(return_X_y=True)
    models = (
        RandomForestClassifier(n_estimators=30, random_state=0),
        HistGradientBoostingClassifier(max_iter=20),
        LogisticRegression(max_iter=500),
        KNeighborsClassifier(),
        SVC(),
    )
    for model in models:
        assert model.fit(x, y).score(x, y) > 0.95, model
    assert np.isclose(PCA().fit(x).explained_variance_ratio_[0], 0.924618723)
    assert np.isclose(KMeans(3, n_init=3, random_state=0).fit(x).inertia_, 78.851, atol=0.1)
    embedded = TSNE(random_state=0, perplexity=20, max_iter=300).fit_transform(x[::2])
    assert KNeighborsClassifier().fit(embedded, y[::2]).score(embedded, y[::2]) > 0.9


def clustermap_orders_its_rows() -> None:
    import numpy as np
    import pandas as pd
    import seaborn as sns

    rows = pd.DataFrame(np.repeat([[0.0, 9.0], [9.0, 0.0]], 3, axis=0)[[0, 3, 1, 4, 2, 5]])
    grid = sns.clustermap(rows)
    assert sorted(grid.dendrogram_row.reordered_ind[:3]) in ([0, 2, 4], [1, 3, 5])
    grid.figure.savefig(io.BytesIO())


def main(tree: Path, modules: list[str]) -> int:
    """Runs every check; the number of those that failed."""
    checks: dict[str, Callable[[], None]] = {
        "every_shared_object_loads": lambda: every_shared_object_loads(tree),
        "every_public_module_imports": lambda: every_public_module_imports(modules),
    }
    # Of the layer with the scientific stack; the other one has only to load and import.
    if (tree / "numpy").exists():
        scientific = (
            nothing_falls_back, every_format_renders, fonts_are_those_of_the_list, blas_multiplies, lapack_decomposes,
            fft_transforms, sparse_solves, optimise_finds_the_optimum, analysis_agrees_with_tables,
            kernel_density_integrates_to_one, pandas_joins_groups_and_reads, estimators_learn,
            clustermap_orders_its_rows,
        )  # fmt: skip
        checks |= {check.__name__: check for check in scientific}
    failures = 0
    for name, check in checks.items():
        started = time.perf_counter()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                check()
            outcome = "holds"
        except Exception:  # noqa: BLE001 - whatever it is, it is reported
            failures += 1
            outcome = "FAILS\n" + traceback.format_exc()
        print(f"  {name.replace('_', ' ')} {outcome} ({time.perf_counter() - started:.1f} s)", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]), sys.stdin.read().split()) else 0)
