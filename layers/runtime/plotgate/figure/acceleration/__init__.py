"""The drawing of matplotlib and seaborn with less work for the same pixels, on a laptop and in the layer alike.

Each of ACCELERATIONS stands for a function of theirs, in the versions that it was compared with: there both draw the
same bytes, which tests/figure/test_acceleration.py holds. In another version the package draws as it is.
"""

from plotgate.figure.acceleration import (
    axes_measured,
    boxes,
    first_ticks,
    fonts,
    glyphs,
    numbers,
    seaborn_figures,
    texts,
    ticks,
)
from plotgate.figure.acceleration.replacement import Acceleration

ACCELERATIONS = (
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.text:get_font",),
        fonts.with_tables_made_once,
        "Each text is measured half a dozen times, and each time FreeType would make a font's tables anew.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.font_manager:FontManager._find_fonts_by_props",),
        fonts.with_fonts_found_once,
        "The few fonts of a figure are looked for with each text, by eleven settings and a copy of the properties.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.text:Text._get_layout",),
        texts.with_layouts_kept,
        "A layout of the figure measures each label two dozen times, and nothing but its place has changed.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.text:Text.get_window_extent",),
        texts.with_less_around_it,
        "Around each measure the figure's resolution would be set to what it is.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Axis.get_major_ticks", "matplotlib.axis:Axis.get_minor_ticks"),
        ticks.with_like_ticks_copied,
        "A tick is three lines and two texts, made by a hundred looks into the settings, for each label anew.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Axis._get_tick",),
        first_ticks.with_first_copied,
        "Axes make two ticks for each of their sides before they have any, all of them alike in a figure.",
        "matplotlib 31525, which makes them later",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Tick.draw",),
        ticks.with_unseen_left_out,
        "Where seaborn draws the figure to measure it, ticks would be drawn without pixels.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        (
            "matplotlib.axes._base:_AxesBase.get_tightbbox",
            "matplotlib.axis:Axis.get_tightbbox",
            "matplotlib.axis:Axis.draw",
            "matplotlib.axis:Axis.get_majorticklabels",
            "matplotlib.axis:Axis.get_minorticklabels",
        ),
        axes_measured.with_memos,
        "Spines, titles, names and labels would each bring the ticks up to date.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axes._base:_AxesBase._unstale_viewLim",),
        axes_measured.with_siblings_asked,
        "Each look at the limits of axes would put those that share them in order.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Axis.get_majorticklocs", "matplotlib.axis:Axis.get_minorticklocs"),
        axes_measured.with_places_known,
        "The places of major ticks are looked for again to count labels, and for those of minor ones.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:XTick.update_position", "matplotlib.axis:YTick.update_position"),
        ticks.with_moved_alone,
        "Most ticks are moved to where they are, each with its three lines and two labels.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Axis._update_ticks",),
        ticks.with_numbers_compared,
        "For each tick of a linear axis a number would become an array, to compare it with two others.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Axis._update_ticks",),
        axes_measured.with_ticks_known,
        "Nothing changes between the half a dozen times that it is asked for while axes are measured.",
        "matplotlib 31012",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:Axis._get_ticklabel_bboxes",),
        axes_measured.with_one_box,
        "Who asks for the boxes of the labels asks for what they take together, and numpy moves them all at once.",
        "matplotlib 31012",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.axis:XAxis.get_tick_space", "matplotlib.axis:YAxis.get_tick_space"),
        numbers.with_room_known,
        "How many ticks have room is asked with each look for their places, by three transformations and a font.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.ticker:MaxNLocator._raw_ticks",),
        numbers.with_places_kept,
        "Round numbers are looked for two dozen times for each axis, and its limits are what they were.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.ticker:Formatter.format_ticks",),
        numbers.with_words_kept,
        "Their digits are counted as often.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.transforms:BboxBase.union",),
        boxes.with_all_at_once,
        "Of two boxes, eight numbers would be made one by one.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.spines:Spine.get_window_extent",),
        boxes.with_straight_spines,
        "Spines, which are two points, would be measured as paths of any shape, and with copies for their ticks.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.backends.backend_agg:RendererAgg.draw_text",),
        glyphs.with_runs_kept,
        "HarfBuzz would find the glyphs of a text and their places anew each time that it is drawn.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.backends.backend_agg:RendererAgg._draw_text_glyphs_and_boxes",),
        glyphs.with_glyphs_kept,
        "FreeType would render each letter anew, and each would be blended by a call of its own.",
        "matplotlib 32120",
    ),
    Acceleration(
        "seaborn",
        "0.13",
        ("seaborn.matrix:_draw_figure", "seaborn.categorical:_draw_figure"),
        seaborn_figures.without_pixels,
        "Heatmaps and swarms draw the figure to measure labels and distances; nobody sees the pixels.",
    ),
    Acceleration(
        "seaborn",
        "0.13",
        ("seaborn.axisgrid:_draw_figure",),
        seaborn_figures.not_at_all,
        "Grids draw the figure twice to learn the width of a legend, which is measured without.",
    ),
)

_waiting = list(ACCELERATIONS)


def apply() -> None:
    """Put each acceleration in its place, once; those of seaborn wait until a plot has imported it."""
    import matplotlib.backends.backend_agg  # noqa: F401 - whatever a plot imported, this draws its figure

    for acceleration in [one for one in _waiting if one.is_loaded()]:
        _waiting.remove(acceleration)
        acceleration.put()
