"""What git knows of a project's files."""

import shutil
import subprocess
from pathlib import Path

from plotgate.local.plot_name import PlotName
from plotgate.local.template import Template, TemplateError
from plotgate.local.template_text import TemplateText


def uncommitted(template: Template, name: PlotName, *paths: Path) -> list[str]:
    """What of a plot no commit has as it is now: files in `paths`, and its block in the template."""
    project = template.file.parent
    status = _git(project, "status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", *paths)
    if status is None:
        return [str(path.relative_to(project)) for path in paths if path.exists()]
    changed = [line[3:] for line in status.split("\0") if line and not line.startswith(("D", " D"))]
    found = [path for path in changed if "__pycache__" not in Path(path).parts]
    if _block(_git(project, "show", f"HEAD:./{template.file.name}"), name) != _block(template.file.read_text(), name):
        found.append(f"the block {name.resource} of {template.file.name}")
    return found


def mentions(project: Path, name: PlotName) -> list[str]:
    """Where else a project names a plot, `path:line`; not in the changelog, which tells what was, nor in plotgate."""
    words = [argument for word in (str(name), name.module, name.resource) for argument in ("-e", word)]
    found = _git(project, "grep", "-nIwF", "--untracked", *words, "--", ".", ":!CHANGELOG.md", ":!layers")
    return sorted({":".join(line.split(":", 2)[:2]) for line in (found or "").splitlines()})


def _git(project: Path, *arguments: str | Path) -> str | None:
    """What git prints; None without git, without a repository, and where it has no answer."""
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, *arguments], cwd=project, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else None


def _block(text: str | None, name: PlotName) -> str:
    try:
        return TemplateText(text or "").block_of(name)
    except TemplateError:
        return ""
