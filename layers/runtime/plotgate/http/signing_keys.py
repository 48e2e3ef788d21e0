"""The signing keys of a stage, in its environment or in a secret that its environment names."""

import logging
import os
import time
from collections.abc import Mapping
from functools import cache, lru_cache

from plotgate.errors import KeysError
from plotgate.url.grant import KEYS, read_keys

SECRET = "PLOTGATE_SIGNING_SECRET"  # noqa: S105 - the environment variable with the ARN of the keys
RENEWED_AFTER = 300  # seconds for which a secret's keys are used without asking whether there are others
KEPT_FOR = 3600  # seconds for which they are used while the secret cannot be read
PAUSE = 5  # seconds after which it is asked again, whatever the reason
TIMEOUT = 5  # seconds in which it has to answer

logger = logging.getLogger("plotgate")


def signing_keys(wanted: str) -> Mapping[str, str] | None:
    """The keys by their ids; None where there are none to be, and everybody may see the plots.

    Args:
        wanted: the id of the key that has signed; a secret that seemed to have none of this id is read again.

    Raises:
        KeysError: they are to be, and cannot be read.
    """
    if text := os.environ.get(KEYS):
        try:
            return _read(text)
        except ValueError as error:
            logger.error("%s: %s", KEYS, error)
            raise KeysError("The signing keys could not be read; the log has the reason.") from None
    if arn := os.environ.get(SECRET):
        return _secret_at(arn).keys(wanted)
    return None


class SecretKeys:
    """Keys that a secret holds, as they were when it was last read."""

    def __init__(self, arn: str) -> None:
        self._arn = arn
        self._keys: Mapping[str, str] = {}
        self._read = self._tried = float("-inf")  # seconds since 1970

    def keys(self, wanted: str) -> Mapping[str, str]:
        """The keys by their ids.

        Raises:
            KeysError: the secret has not been read for too long.
        """
        now = time.time()
        if (now - self._read >= RENEWED_AFTER or wanted not in self._keys) and now - self._tried >= PAUSE:
            self._renew(now)
        if now - self._read >= KEPT_FOR:
            raise KeysError("The signing keys are not available just now.")
        return self._keys

    def _renew(self, now: float) -> None:
        # Imported where there is a secret: boto3 takes half a second.
        from plotgate.data.deadline import within
        from plotgate.data.secret import secret_text

        try:
            self._keys = read_keys(within(TIMEOUT, lambda: secret_text(self._arn), lambda: None))
            self._read = now
        except Exception as error:  # noqa: BLE001 - whatever boto3 raises; no message has what it read
            logger.warning("The signing keys could not be read: %s: %s", type(error).__name__, error)
        self._tried = time.time()  # from the end: an answer that takes long must not be waited for in each request


_read = lru_cache(maxsize=1)(read_keys)
_secret_at = cache(SecretKeys)
