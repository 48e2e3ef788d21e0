"""The block of a plot comes, changes and goes; every other byte of the template stays."""

import re
from pathlib import Path

import pytest

from plotgate.local.plot_name import PlotName
from plotgate.local.template import TemplateError, read_template
from plotgate.local.template_text import TemplateText
from tests.found import ROOT

OURS = (ROOT / "template.yaml").read_text()
WIND = PlotName("weather", "wind")

SMALL = """\
# Ours
Resources:
  # The first
  IrisPetals: # of three kinds
    Type: AWS::Serverless::Function
    Properties: { CodeUri: functions/iris/petals, Events: {} }


  # Another
  Bucket: { Type: AWS::S3::Bucket }
  # The last
  WineProjection:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: "functions/wine/projection"
      # A comment at its end
"""
OUTPUTS = "\nOutputs: # at the end\n  Url: { Value: x }\n"
TEXTS = {
    "ours": OURS,
    "small": SMALL,
    "with outputs": SMALL + OUTPUTS,
    "lines of Windows": (SMALL + OUTPUTS).replace("\n", "\r\n"),
    "no newline at the end": SMALL.replace("      # A comment at its end\n", "").rstrip("\n"),
    "a block in braces at the end": SMALL + "  Last: { Type: AWS::S3::Bucket }",
}
NAMES = ["weather/wind", "aaa/aaa", "iris/leaves", "iris/sepals", "wine/age", "wine/years", "zzz/zzz"]


def order(text: str) -> list[str]:
    return [block.name for block in TemplateText(text).blocks]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_block_that_came_and_went_leaves_the_bytes_as_they_were(text: str, name: str) -> None:
    plot = PlotName.parse(name)
    longer = TemplateText(text).with_plot(plot)
    assert set(order(longer)) == {*order(text), plot.resource}
    assert len(longer.splitlines()) in (len(text.splitlines()) + 10, len(text.splitlines()) + 9)
    assert longer.count("\r\n") in (0, longer.count("\n"))
    shorter = TemplateText(longer).without_plot(plot)
    assert shorter == text or (shorter == f"{text}\n" and not text.endswith("\n"))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_plot_that_was_renamed_and_back_leaves_the_bytes_as_they_were(text: str) -> None:
    plot = PlotName("wine", "projection")
    other = TemplateText(text).with_plot_renamed(plot, WIND)
    assert "functions/weather/wind" in other
    assert not re.search(r"WineProjection|wine/projection", other)
    assert TemplateText(other).with_plot_renamed(WIND, plot) == text


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("iris/leaves", ["IrisLeaves", "IrisPetals", "Bucket", "WineProjection"]),
        ("iris/sepals", ["IrisPetals", "IrisSepals", "Bucket", "WineProjection"]),
        ("wine/age", ["IrisPetals", "Bucket", "WineAge", "WineProjection"]),
        ("weather/wind", ["IrisPetals", "WeatherWind", "Bucket", "WineProjection"]),
        ("zoo/animals", ["IrisPetals", "Bucket", "WineProjection", "ZooAnimals"]),
        ("ants/hills", ["AntsHills", "IrisPetals", "Bucket", "WineProjection"]),
    ],
)
def test_block_stands_among_those_of_its_data_set_by_name(name: str, names: list[str]) -> None:
    assert order(TemplateText(SMALL).with_plot(PlotName.parse(name))) == names


def test_new_block_is_like_those_of_its_neighbours() -> None:
    neighbour = PlotName("breast_cancer_data", "correlation_matrix")
    text = TemplateText(TemplateText(OURS).with_plot(WIND))
    ours = text.block_of(WIND).replace("weather/wind", str(neighbour)).replace("WeatherWind", neighbour.resource)
    assert ours == text.block_of(neighbour)


def test_policy_of_signing_is_left_out_where_the_template_has_none() -> None:
    assert "Policies" not in TemplateText(TemplateText(SMALL).with_plot(WIND)).block_of(WIND)


def test_other_plots_whose_names_begin_alike_keep_theirs() -> None:
    text = TemplateText(OURS).with_plot(WIND)
    text = TemplateText(text).with_plot(PlotName("weather", "wind_rose"))
    renamed = TemplateText(text).with_plot_renamed(WIND, PlotName("weather", "storms"))
    rose = PlotName("weather", "wind_rose")
    assert TemplateText(renamed).block_of(rose) == TemplateText(text).block_of(rose)


def test_reference_to_the_resource_follows_its_new_name_and_forbids_to_remove_it() -> None:
    text = f"{OURS}  Wine: {{ Value: !Ref WineProjection }}\n"
    plot = PlotName("wine", "projection")
    assert "!Ref WeatherWind }" in TemplateText(text).with_plot_renamed(plot, WIND)
    with pytest.raises(TemplateError, match=re.escape("names WineProjection: Wine: { Value: !Ref WineProjection }")):
        TemplateText(text).without_plot(plot)


@pytest.mark.parametrize("text", ["", "Resources", "a: b", "a: [", "Resources: {"])
def test_text_that_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        TemplateText(text)


def test_template_with_a_new_plot_is_read(tmp_path: Path) -> None:
    (tmp_path / "functions").symlink_to(ROOT / "functions")
    (tmp_path / "template.yaml").write_text(TemplateText(OURS).with_plot(PlotName("weather", "storms")))
    with pytest.raises(TemplateError, match="WeatherStorms: CodeUri must be a folder"):
        read_template(tmp_path / "template.yaml")
