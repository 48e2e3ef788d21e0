"""The plots as Vega-Lite says them, in the size and with the labels of ours."""

from collections.abc import Callable
from typing import Any

Spec = dict[str, Any]

TOTAL = {"type": "fit", "contains": "padding"}  # width and height are the picture's, not those of its axes


def line(plot: Any, points: int, seed: int) -> Spec:
    values = [{"step": step, "place": place} for step, place in enumerate(plot.walk(points, seed).tolist())]
    return _simple(values, "line", "A walk at random", _field("step"), _field("place"))


def scatter(plot: Any, points: int, seed: int) -> Spec:
    x, y = plot.cloud(points, seed)
    values = [{"place": place, "height": height} for place, height in zip(x.tolist(), y.tolist(), strict=True)]
    mark = {"type": "point", "filled": True, "size": 8, "opacity": 0.3}
    return _simple(values, mark, "Points around a line", _field("place"), _field("height"))


def bars(plot: Any, bars: int, seed: int) -> Spec:
    values = [{"name": name, "letters": count} for name, count in plot.letters(bars, seed).items()]
    long = {"field": "name", "type": "nominal", "sort": None, "axis": {"labelLimit": 0, "title": None}}
    spec = _simple(values, "bar", "Letters", _field("letters", "letters that came in a year"), long)
    return spec | {"width": 900, "height": 600}


def panels(plot: Any, panels: int, seed: int) -> Spec:
    values = [
        {"walk": f"Walk {number}", "step": step, "place": place}
        for number, walk in enumerate(plot.walks(panels, seed).tolist(), 1)
        for step, place in enumerate(walk)
    ]
    return {
        "data": {"values": values},
        "facet": {"field": "walk", "type": "nominal", "sort": None, "title": None},
        "columns": round(panels**0.5),
        "spec": {
            **{"width": 227, "height": 142, "mark": "line"},
            "encoding": {"x": _field("step"), "y": _field("place")},
        },
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
    }


def correlation_matrix(plot: Any, vmax: float) -> Spec:
    measurements = plot.breast_cancer().drop(columns="diagnosis")
    rows, names = measurements.corr().to_numpy().tolist(), list(measurements)
    values = [
        {"row": names[number], "column": names[other], "correlation": row[other]}
        for number, row in enumerate(rows)
        for other in range(number)
    ]
    labels = {"type": "nominal", "sort": None, "scale": {"domain": names}}
    axis = {"title": None, "ticks": False, "domain": False, "labelLimit": 0}
    colours = {"domain": [-vmax, 0, vmax], "range": ["#3f7f93", "#f2f2f2", "#da3b46"], "clamp": True}
    return {
        **{"data": {"values": values}, "width": 1100, "height": 900, "autosize": TOTAL},
        "mark": {"type": "rect", "stroke": "white", "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "column", "axis": axis | {"labelAngle": -90}, **labels},
            "y": {"field": "row", "axis": axis, **labels},
            "color": {"field": "correlation", "type": "quantitative", "scale": colours, "title": None},
        },
        "config": {"view": {"stroke": None}},
    }


def pairplot(plot: Any, features: list[str]) -> Spec:
    table = plot.breast_cancer()[[*features, "diagnosis"]]
    return {
        "data": {"values": table.to_dict("records")},
        "vconcat": [{"hconcat": [_pair(column, row, features) for column in features]} for row in features],
    }


def _pair(column: str, row: str, features: list[str]) -> Spec:
    """The panel of two measurements, or of the distribution of one."""
    across = _field(column, column if row == features[-1] else None)
    title = row if column == features[0] else None
    colour = {
        "field": "diagnosis",
        "type": "nominal",
        "scale": {"domain": ["M", "B"], "range": ["#ff0000", "#875fdb"]},
    }
    size = {"width": 188, "height": 188}
    if column == row:
        density = {"density": column, "groupby": ["diagnosis"], "as": [column, "density"]}
        up = {"field": "density", "type": "quantitative", "title": title, "axis": {"labels": False, "ticks": False}}
        mark = {"type": "area", "opacity": 0.25, "line": True}
        return size | {"transform": [density], "mark": mark, "encoding": {"x": across, "y": up, "color": colour}}
    mark = {"type": "point", "filled": True, "stroke": "white", "strokeWidth": 0.5, "size": 36, "opacity": 1}
    encoding = {"x": across, "y": _field(row, title), "color": colour, "shape": {**colour, "scale": {}}}
    return size | {"mark": mark, "encoding": encoding}


def _simple(values: list[dict[str, Any]], mark: Any, title: str, x: Spec, y: Spec) -> Spec:
    return {
        **{"title": title, "data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y}},
        **{"width": 640, "height": 480, "autosize": TOTAL},
    }


def _field(name: str, title: str | None = "") -> Spec:
    field = {"field": name, "type": "quantitative", "scale": {"zero": False}}
    return field if title == "" else field | {"title": title}


SPECS: dict[str, Callable[..., Spec]] = {
    function.__name__: function for function in (line, scatter, bars, panels, correlation_matrix, pairplot)
}
