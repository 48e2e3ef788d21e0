"""Tables in files."""

import hashlib
import time
from pathlib import Path

from plotgate.data.source import Declaration
from plotgate.data.whole import WholeSource

SETTLED = 2.0  # seconds: the coarsest clock of a file system; git takes younger files for changed, too


class FileSource(WholeSource):
    """A file, by default one that is shipped with the plot; its version is the digest of its content."""

    def __init__(self, address: str, declared: Declaration) -> None:
        super().__init__(address, declared)
        self.address = address
        self._digested: tuple[tuple[int, ...], str] | None = None

    def version(self) -> str:
        return self._known_digest() or self._read()[0]

    def _content(self, kept: str | None) -> tuple[str, bytes] | None:
        return None if kept is not None and kept == self._known_digest() else self._read()

    def _known_digest(self) -> str | None:
        """The digest that the file has by its stamp, as long as nothing was written since."""
        if self._digested is None or self._digested[0] != self._stamp():
            return None
        return self._digested[1]

    def _read(self) -> tuple[str, bytes]:
        stamp = self._stamp()
        self._declared.check_bytes(Path(self._path).stat().st_size)
        content = Path(self._path).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        # A file that is being written may change again without another stamp.
        settled = max(stamp[:2]) / 1e9 < time.time() - SETTLED
        self._digested = (stamp, digest) if settled else None
        return digest, content

    def _stamp(self) -> tuple[int, ...]:
        status = Path(self._path).stat()
        return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
