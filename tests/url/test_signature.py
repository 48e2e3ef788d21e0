"""The signature of `draw` declares the URL."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, Secret, SecretBytes, SecretStr, ValidationError

from plotgate import CommaSeparated, Distinct, OneOf
from plotgate.errors import ParameterError
from plotgate.url.plot import Plot
from plotgate.url.signature import in_path, parameters_model, read_parameters


def draw(
    names: Annotated[list[Annotated[str, OneOf(["radius", "texture", "area"])]], CommaSeparated, Distinct],
    method: Literal["pearson", "kendall"] = "pearson",
    vmax: Annotated[float, Field(gt=0, le=1)] = 0.3,
    bins: int = 10,
    log: bool = False,
    day: date = date(2020, 1, 1),
) -> None: ...


MODEL = parameters_model(draw)


def read(names: str = "radius", /, *query: tuple[str, str]) -> dict[str, Any]:
    return read_parameters(MODEL, {"names": names}, query)


def refusal(names: str = "radius", /, *query: tuple[str, str]) -> str:
    with pytest.raises(ParameterError) as caught:
        read(names, *query)
    return caught.value.detail


def test_parameter_without_a_default_is_in_the_path() -> None:
    assert in_path(MODEL) == ["names"]


def test_values_arrive_with_their_types() -> None:
    query = [("method", "kendall"), ("vmax", "1"), ("bins", "3"), ("log", "true"), ("day", "2021-02-03")]
    assert read("radius, area", *query) == {
        "names": ["radius", "area"],
        "method": "kendall",
        "vmax": 1.0,
        "bins": 3,
        "log": True,
        "day": date(2021, 2, 3),
    }


def test_defaults_are_those_of_the_signature() -> None:
    assert read()["vmax"] == 0.3


type Minutes = Literal[5, 15]


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (Literal[5, 15], "15", 15),
        (Minutes, "5", 5),
        (Annotated[Minutes | None, Field(description="Of a bar")], "5", 5),
        (Literal[5, "all"], "5", 5),
        (Literal[5, "all"], "all", "all"),
        (Literal[1, "1"], "1", "1"),
        (Literal[True], "true", True),
        (Annotated[list[Minutes], CommaSeparated], "15,5", [15, 5]),
        (Annotated[tuple[Literal[5, 15], ...], CommaSeparated], "15", (15,)),
    ],
)
def test_a_choice_that_is_no_text_is_read_from_its_text(type_: Any, text: str, value: Any) -> None:
    def draw(of: Any) -> None: ...

    draw.__annotations__["of"] = type_
    assert read_parameters(parameters_model(draw), {"of": text}, []) == {"of": value}


@pytest.mark.parametrize("text", ["5.0", "05", "10", "five", ""])
def test_a_choice_that_is_no_text_has_one_text(text: str) -> None:
    def draw(of: Literal[5, 15]) -> None: ...

    with pytest.raises(ParameterError, match="`of` must be 5 or 15"):
        read_parameters(parameters_model(draw), {"of": text}, [])


def test_choice_is_refused_with_what_is_valid() -> None:
    assert refusal("radius", ("method", "x")) == "The parameter `method` must be 'pearson' or 'kendall', not 'x'."


@pytest.mark.parametrize("value", ["0", "1.1", "nan", "inf", "-inf", "", "a", "1e999", "0x1"])
def test_number_outside_its_rule_is_refused_with_the_value(value: str) -> None:
    message = refusal("radius", ("vmax", value))
    assert message.startswith("The parameter `vmax` must be")
    assert repr(value) in message


def test_unknown_parameter_is_refused_with_the_closest_known_one() -> None:
    assert (
        refusal("radius", ("methd", "x"))
        == "The parameter `methd` is unknown; the closest that this plot knows is `method`."
    )


def test_unknown_parameter_unlike_any_other_lists_the_known_ones() -> None:
    assert refusal("radius", ("q", "1")).startswith("The parameter `q` is unknown; this plot knows `method`, `vmax`")


def test_parameter_given_twice_is_refused() -> None:
    assert refusal("radius", ("bins", "1"), ("bins", "1")) == "The parameter `bins` must be given once."


def test_path_parameter_in_the_query_is_refused() -> None:
    assert "belongs to the path" in refusal("radius", ("names", "area"))


def test_unknown_choice_names_the_closest_ones() -> None:
    assert refusal("radius,textur") == "The parameter `names` must be one of 3 values, closest 'texture', not 'textur'."


def test_repeated_item_is_refused() -> None:
    assert "must not name anything twice" in refusal("radius,radius")


def test_every_violation_is_named_at_once() -> None:
    message = refusal("x", ("vmax", "2"), ("bins", "a"))
    assert all(f"`{name}`" in message for name in ["names", "vmax", "bins"])


def test_long_value_is_cut_in_the_message() -> None:
    assert len(refusal("radius", ("method", "x" * 8000))) < 300


def test_parameter_without_a_type_is_refused_when_the_plot_is_declared() -> None:
    untyped: Any = eval("lambda x=1: None")  # noqa: S307 - what mypy would not let an author write here

    with pytest.raises(TypeError, match="`x` of `<lambda>` must have a type"):
        parameters_model(untyped)


def test_parameter_that_has_no_name_in_a_url_is_refused_when_the_plot_is_declared() -> None:
    def variadic(*x: int) -> None: ...

    with pytest.raises(TypeError, match="`x` of `variadic` must be one that can be given by name"):
        parameters_model(variadic)


def test_the_schema_tells_what_is_valid() -> None:
    names = parameters_model(draw).model_json_schema()["properties"]["names"]
    assert names["uniqueItems"] is True
    assert names["items"]["enum"] == ["radius", "texture", "area"]


@pytest.mark.parametrize(
    ("choices", "value", "said"),
    [
        (["a", "b"], "c", "'a' or 'b'"),
        (["apple", "apply", "ample", "zebra"], "appl", "one of 4 values, closest 'apply' or 'apple' or 'ample'"),
        (["alpha", "beta", "gamma", "delta"], "xyz", "one of 4 values, closest 'alpha' or 'beta' or 'gamma'"),
    ],
)
def test_an_unknown_choice_names_at_most_three(choices: list[str], value: str, said: str) -> None:
    def chosen(name: Annotated[str, OneOf(choices)] = choices[0]) -> None: ...

    with pytest.raises(ParameterError) as caught:
        read_parameters(parameters_model(chosen), {}, [("name", value)])
    assert caught.value.detail == f"The parameter `name` must be {said}, not '{value}'."


def test_a_list_that_is_wrong_is_repeated_as_a_url_says_it() -> None:
    def several(names: Annotated[list[str], CommaSeparated, Field(min_length=3)]) -> None: ...

    with pytest.raises(ParameterError, match=r"`names` must have at least 3 items .*, not 'a, b'"):
        read_parameters(parameters_model(several), {"names": "a, b"}, [])


def test_at_most_ten_violations_are_named() -> None:
    with pytest.raises(ParameterError) as caught:
        read("radius", *[(f"x{number}", "1") for number in range(30)])
    assert len(caught.value.violations) == 10


def test_closest_choices_are_looked_for_in_an_error_that_is_listed_alone() -> None:
    def several(names: Annotated[list[Annotated[str, OneOf(["apple", "pear"])]], CommaSeparated]) -> None: ...

    model, wrong = parameters_model(several), ",".join(["appel"] * 12)
    with pytest.raises(ParameterError) as caught:
        read_parameters(model, {"names": wrong}, [])
    assert {violation.rule for violation in caught.value.violations} == {"must be one of 2 values, closest 'apple'"}
    details: list[Any] = []
    try:
        model.model_validate({"names": wrong}, context={"given": {"names"}})
    except ValidationError as error:
        details = error.errors()
    assert [detail["msg"] for detail in details[10:]] == ["Input should be one of the choices"] * 2


def test_a_plot_without_parameters_says_so() -> None:
    def plain() -> None: ...

    with pytest.raises(ParameterError, match="The parameter `x` is unknown; this plot has no parameters"):
        read_parameters(parameters_model(plain), {}, [("x", "1")])


@pytest.mark.parametrize("name", ["width", "format", "errors", "free", "signature", "preset"])
def test_a_name_of_every_plots_own_is_refused_when_the_plot_is_declared(name: str) -> None:
    scope: dict[str, Any] = {}
    exec(f"def draw({name}: int = 1) -> None: ...", scope)  # noqa: S102
    reserved = "format, width, height, dpr, theme, errors, expires, free, key_id, not_before, signature, preset"
    with pytest.raises(TypeError, match=f"`{name}` of `draw` must have another name: every plot's URL has {reserved}"):
        parameters_model(scope["draw"])


type Password = SecretStr


@pytest.mark.parametrize(
    "type_", [SecretStr, SecretBytes | None, list[SecretStr], Password, Annotated[Password, "x"], Secret[int]]
)
def test_a_secret_is_refused_when_the_plot_is_declared(type_: Any) -> None:
    def draw(key: Any) -> None: ...

    draw.__annotations__["key"] = type_
    with pytest.raises(TypeError, match="`key` of `draw` must not be a secret: a URL is none"):
        parameters_model(draw)


@pytest.mark.parametrize(
    ("type_", "default", "read"),
    [
        (date | str, date(2020, 1, 1), "'2020-01-01'"),
        (list[date | str], [date(2020, 1, 1)], r"\['2020-01-01'\]"),
        (Path | str, Path("a"), "'a'"),
    ],
)
def test_a_default_that_a_url_says_in_vain_is_refused_when_the_plot_is_declared(
    type_: Any, default: Any, read: str
) -> None:
    def draw(when: Any = default) -> Any: ...

    draw.__annotations__["when"] = Annotated[type_, CommaSeparated] if isinstance(default, list) else type_
    with pytest.raises(TypeError, match=f"`when` of `draw`, .*, is another value than its text in a URL .*, {read}"):
        Plot(draw)


@pytest.mark.parametrize(
    ("type_", "default"),
    [
        (str | None, None),
        (date | str, "soon"),
        (date | None, date(2020, 1, 1)),
        (Literal[1, "1"], 1),
        (Annotated[Sequence[str], CommaSeparated], ("a", "b")),
        (Annotated[frozenset[int], CommaSeparated], frozenset({2, 1})),
        (float, 1),
        (float, -0.0),
    ],
)
def test_a_default_that_a_url_may_say_or_that_none_can_is_kept(type_: Any, default: Any) -> None:
    def draw(when: Any = default) -> Any: ...

    draw.__annotations__["when"] = type_
    assert Plot(draw).defaults.keys() == {"when"}
