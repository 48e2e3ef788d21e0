"""The cache policy: who may keep what for how long."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib.figure import Figure

from plotgate import Table
from plotgate.errors import InternalError, NotFoundError
from plotgate.http.caching import error_cache_control, max_age, page_cache_control, picture_cache_headers
from plotgate.pictures.store import Outcome
from plotgate.url.grant import Grant
from plotgate.url.plot import Plot


def draw() -> Figure:
    return Figure()


LIVE = Table("readings", {"value": float})
SOON, LATER = timedelta(seconds=30.5), timedelta(days=1)


@pytest.fixture(autouse=True)
def _somewhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_READINGS", "/some/other.csv")


def found(
    outcome: Outcome = Outcome.DRAWN, etag: str | None = '"a"', expires: timedelta | None = None, **of: Any
) -> Any:
    moment = expires and datetime.now(UTC) + expires
    return SimpleNamespace(outcome=outcome, etag=etag, request=SimpleNamespace(plot=Plot(draw, **of), expires=moment))


def granted(left: timedelta) -> Grant:
    return Grant(int((datetime.now(UTC) + left).timestamp()), frozenset())


@pytest.mark.parametrize(
    ("picture", "policy"),
    [
        (found(), "public, max-age=3600, s-maxage=3600, stale-while-revalidate=36000, stale-if-error=86400"),
        (found(Outcome.KEPT, tables=(LIVE,)), f"{page_cache_control(60)}, stale-if-error=86400"),
        (found(max_age=7), "public, max-age=7, s-maxage=7, stale-while-revalidate=70, stale-if-error=86400"),
        (found(etag=None), "no-store"),
        (found(Outcome.STALE, etag=None), "public, max-age=10"),
        (found(Outcome.NOT_MODIFIED, expires=LATER), "public, max-age=3600, s-maxage=3600"),
        (found(expires=-SOON), "public, max-age=0, s-maxage=0"),
    ],
)
def test_policy_of_a_picture(picture: Any, policy: str) -> None:
    assert picture_cache_headers(picture, None) == {"Cache-Control": policy}


def test_a_range_in_words_is_kept_for_as_long_as_it_means_the_same() -> None:
    policy = picture_cache_headers(found(expires=SOON), None)["Cache-Control"]
    assert policy in ("public, max-age=30, s-maxage=30", "public, max-age=29, s-maxage=29")


def test_a_protected_picture_is_kept_by_its_reader_until_its_signature_ends() -> None:
    for picture, grant, seconds in (
        (found(), granted(LATER), (3600,)),
        (found(), granted(SOON), (29, 30)),
        (found(expires=SOON), granted(LATER), (29, 30)),
        (found(), granted(-SOON), (0,)),
    ):
        headers = picture_cache_headers(picture, grant)
        assert headers in [
            {"Cache-Control": f"private, max-age={left}", "CDN-Cache-Control": f"max-age={left}"} for left in seconds
        ]
    assert picture_cache_headers(found(etag=None), granted(LATER)) == {"Cache-Control": "no-store"}


def test_what_the_plot_says_comes_before_what_its_data_is() -> None:
    assert [max_age(Plot(draw)), max_age(Plot(draw, (LIVE,))), max_age(Plot(draw, (LIVE,), max_age=0))] == [3600, 60, 0]


def test_an_error_that_lasts_is_kept_for_a_minute() -> None:
    assert error_cache_control(NotFoundError("x"), None) == "public, max-age=60"
    assert error_cache_control(NotFoundError("x"), granted(LATER)) == "private, max-age=60"
    assert error_cache_control(InternalError("x"), None) == "no-store"
