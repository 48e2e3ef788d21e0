"""How long an answer may be kept, and by whom: the one cache policy."""

from datetime import UTC, datetime
from math import floor

from plotgate.errors import PlotgateError
from plotgate.pictures.store import Found, Outcome
from plotgate.url.plot import Plot

LIVE_MAX_AGE = 60  # seconds: of data that may change at any time
FIXED_MAX_AGE = 3600  # seconds: of data that comes with the plot, and changes when that is deployed
STALE_MAX_AGE = 10  # seconds after which to ask again whether the data is back
ERROR_MAX_AGE = 60  # seconds: of an error that the URL alone brings about
STALE_IF_ERROR = 86_400  # seconds for which a CDN may go on to show a picture while the function fails
UNKNOWN = "no-store"  # of what nobody knows to be right a moment later


def picture_cache_control(found: Found) -> str:
    """Cache-Control of a picture.

    One whose URL has words such as `now` may be shown until they mean another time, and not a moment longer: nobody
    could tell that it is old.
    """
    if found.outcome is Outcome.STALE:
        return f"public, max-age={STALE_MAX_AGE}"
    if found.etag is None:
        return UNKNOWN
    age = max_age(found.request.plot)
    if (expires := found.request.expires) is None:
        return f"{page_cache_control(age)}, stale-if-error={STALE_IF_ERROR}"
    left = min(age, max(0, floor((expires - datetime.now(UTC)).total_seconds())))
    return f"public, max-age={left}, s-maxage={left}"


def page_cache_control(age: int) -> str:
    """Cache-Control of what may be shown for `age` seconds, and ten times as long while it is asked for anew."""
    return f"public, max-age={age}, s-maxage={age}, stale-while-revalidate={10 * age}"


def error_cache_control(error: PlotgateError) -> str:
    """Cache-Control of an error: those that asking again would not change spare the function a popular page's views."""
    return f"public, max-age={ERROR_MAX_AGE}" if error.is_lasting else UNKNOWN


def max_age(plot: Plot) -> int:
    """For how many seconds a picture may be shown without asking whether it is still the newest."""
    if plot.max_age is not None:
        return plot.max_age
    return LIVE_MAX_AGE if any(table.live for table in plot.tables) else FIXED_MAX_AGE
