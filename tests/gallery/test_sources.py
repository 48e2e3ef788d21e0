"""Where the galleries' scripts come from."""

from importlib.metadata import version
from pathlib import Path

import pytest

from tests.gallery import sources


def test_archives_are_of_the_versions_that_are_installed() -> None:
    found = {archive.package: archive.version for archive in sources.archives()}
    assert found == {package: version(package) for package in sources.GALLERIES}


def test_what_cannot_be_fetched_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CACHE", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with pytest.raises(sources.SourcesError, match="No matching distribution"):
        sources.fetch()


def test_an_archive_of_another_content_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CACHE", tmp_path)
    archive = sources.archives()[0]
    archive.file.parent.mkdir()
    archive.file.write_bytes(b"another")
    assert not archive.is_there()
