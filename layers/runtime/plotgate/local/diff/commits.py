"""A project as it is at another commit."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plotgate.local.template import Template, read_template


class CommitError(Exception):
    """There is no such commit, or it has no such project; the message says what."""


@contextmanager
def template_at(commit: str, template: Path) -> Iterator[Template]:
    """A template with its project's files as they are at a commit, in a temporary folder.

    Raises:
        CommitError: git does not know the commit, or it has no such template.
        TemplateError: the commit's template cannot be read.
    """
    template = template.resolve()
    root = Path(_git(template.parent, "rev-parse", "--show-toplevel").decode().strip())
    name = _git(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}").decode().strip()
    with tempfile.TemporaryDirectory(prefix="plotgate-diff-") as folder:
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", name))) as archive:
            archive.extractall(folder, filter="data")
        file = Path(folder) / template.relative_to(root)
        if not file.is_file():
            raise CommitError(f"The commit {commit} has no {template.relative_to(root)}.")
        yield read_template(file)


def _git(folder: Path, *arguments: str) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise CommitError("git is not on the PATH.")
    run = subprocess.run([program, *arguments], cwd=folder, capture_output=True)  # noqa: S603 - no shell
    if run.returncode:
        raise CommitError(f"git {arguments[0]}: {run.stderr.decode(errors='replace').strip()}.")
    return run.stdout
