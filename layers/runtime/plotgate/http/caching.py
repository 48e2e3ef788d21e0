"""How long an answer may be kept, and by whom: the one cache policy."""

from datetime import UTC, datetime
from math import floor

from plotgate.errors import PlotgateError
from plotgate.pictures.store import Found, Outcome
from plotgate.url.grant import Grant
from plotgate.url.plot import Plot

LIVE_MAX_AGE = 60  # seconds: of data that may change at any time
FIXED_MAX_AGE = 3600  # seconds: of data that comes with the plot, and changes when that is deployed
STALE_MAX_AGE = 10  # seconds after which to ask again whether the data is back
ERROR_MAX_AGE = 60  # seconds: of an error that the URL alone brings about
STALE_IF_ERROR = 86_400  # seconds for which a CDN may go on to show a picture while the function fails
UNKNOWN = "no-store"  # of what nobody knows to be right a moment later


def picture_cache_headers(found: Found, grant: Grant | None) -> dict[str, str]:
    """Who may keep a picture for how long; `grant` is that of a protected plot.

    One whose URL has words such as `now` may be shown until they mean another time, and not a moment longer: nobody
    could tell that it is old.
    """
    age = _shown_for(found)
    if age is None:
        return {"Cache-Control": UNKNOWN}
    if grant is not None:
        # Of the CDNs, those that obey RFC 9213 may keep it under its whole URL, signature and all.
        left = min(age, _seconds_until(datetime.fromtimestamp(grant.expires, UTC)))
        return {"Cache-Control": f"private, max-age={left}", "CDN-Cache-Control": f"max-age={left}"}
    if found.outcome is Outcome.STALE:
        return {"Cache-Control": f"public, max-age={age}"}
    if found.request.expires is None:
        return {"Cache-Control": f"{page_cache_control(age)}, stale-if-error={STALE_IF_ERROR}"}
    return {"Cache-Control": f"public, max-age={age}, s-maxage={age}"}


def _shown_for(found: Found) -> int | None:
    """For how many seconds a picture may be shown without asking; None where it is not known to be right by then."""
    if found.outcome is Outcome.STALE:
        return STALE_MAX_AGE
    if found.etag is None:
        return None
    age, expires = max_age(found.request.plot), found.request.expires
    return age if expires is None else min(age, _seconds_until(expires))


def _seconds_until(moment: datetime) -> int:
    return max(0, floor((moment - datetime.now(UTC)).total_seconds()))


def page_cache_control(age: int) -> str:
    """Cache-Control of what may be shown for `age` seconds, and ten times as long while it is asked for anew."""
    return f"public, max-age={age}, s-maxage={age}, stale-while-revalidate={10 * age}"


def error_cache_control(error: PlotgateError, grant: Grant | None) -> str:
    """Cache-Control of an error: those that asking again would not change spare the function a popular page's views."""
    return f"{'public' if grant is None else 'private'}, max-age={ERROR_MAX_AGE}" if error.is_lasting else UNKNOWN


def max_age(plot: Plot) -> int:
    """For how many seconds a picture may be shown without asking whether it is still the newest."""
    if plot.max_age is not None:
        return plot.max_age
    return LIVE_MAX_AGE if any(table.live for table in plot.tables) else FIXED_MAX_AGE
