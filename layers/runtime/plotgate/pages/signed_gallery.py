"""The gallery of protected plots: whoever has a signed URL of it sees each plot's example, until that ends."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request

from plotgate.http.access import granted
from plotgate.http.signing_keys import signing_keys
from plotgate.pages.address import Site, picture_path
from plotgate.pages.entries import Entry
from plotgate.pages.signed import Signed
from plotgate.url.grant import Grant, sign_url

SEARCH = "q"  # the parameter of the gallery's own, which whoever sees it may change
FREE = ("width", "height", "dpr", "theme")  # of a plot that is seen from the gallery


@dataclass(frozen=True)
class SignedGallery:
    """The signature in the gallery's address, and those of the pictures that it shows."""

    own: Signed
    grant: Grant

    def of(self, entry: Entry, site: Site) -> Signed | None:
        """A signature of a plot's example, by the key that signed the gallery's."""
        key_id = dict(self.own.locked)["key_id"]
        keys = signing_keys(key_id) or {}
        until = datetime.fromtimestamp(self.grant.expires, UTC)
        url = site.stage + picture_path(entry, entry.example, {})
        made = sign_url(url, expires=until, free=FREE, keys={key_id: keys[key_id]})
        return Signed.of(parse_qsl(urlsplit(made).query, keep_blank_values=True))


def signed_gallery(request: Request) -> SignedGallery | None:
    """The signature of a request for the gallery; None where everybody may see it.

    Raises:
        PlotgateError: it has none that is good now, or the keys are not available.
    """
    query = [pair for pair in request.query_params.multi_items() if pair[0] != SEARCH]
    grant = granted(request.scope["path"], query)
    own = Signed.of(query)
    return SignedGallery(own, grant) if own and grant else None
