"""Changes of files all happen, or none."""

from pathlib import Path

import pytest

from plotgate.local.file_changes import FileChanges
from tests.local.conftest import write


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder: the content of files, None for folders."""
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in found}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("a/old/app.py", "a/old/data.csv", "b/other/app.py", "template.yaml"):
        write(tmp_path / name, f"content of {name}")
    return tmp_path


def change(project: Path, changes: FileChanges) -> None:
    changes.write(project / "template.yaml", b"another")
    changes.write(project / "c" / "new" / "app.py", b"new")
    changes.move(project / "a" / "old", project / "d" / "moved")
    changes.remove(project / "b" / "other")
    write(project / "d" / "moved" / "__pycache__" / "app.pyc", "of Python")


def test_changes_happen(project: Path) -> None:
    with FileChanges() as changes:
        change(project, changes)
    assert tree(project) == {
        "c": None,
        "c/new": None,
        "c/new/app.py": b"new",
        "d": None,
        "d/moved": None,
        "d/moved/__pycache__": None,
        "d/moved/__pycache__/app.pyc": b"of Python",
        "d/moved/app.py": b"content of a/old/app.py",
        "d/moved/data.csv": b"content of a/old/data.csv",
        "template.yaml": b"another",
    }


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_none_of_them_happens_when_one_fails(project: Path, error: type[BaseException]) -> None:
    before = tree(project)
    with pytest.raises(error), FileChanges() as changes:
        change(project, changes)
        raise error
    after = {name: content for name, content in tree(project).items() if "__pycache__" not in name}
    assert after == before


def test_a_change_that_cannot_be_made_undoes_those_before(project: Path) -> None:
    before = tree(project)
    with pytest.raises(OSError, match=r"template\.yaml"), FileChanges() as changes:
        change(project, changes)
        changes.write(project / "template.yaml" / "app.py", b"beneath a file")
    after = {name: content for name, content in tree(project).items() if "__pycache__" not in name}
    assert after == before
