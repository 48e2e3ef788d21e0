"""What a function finds in its process."""

import errno
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plotgate.local.workers.pool import Pool
from tests.local.workers.test_pool import EVENT, run

HANDLER = """
    import os, shutil, tempfile
    from pathlib import Path

    HERE = Path(__file__).parent
    TEMPORARY = Path(tempfile.mkdtemp())

    def handler(event, context):
        os.chdir(HERE)
        try:
            exec(event["action"], globals())
        except OSError as error:
            return [error.errno, str(error.filename)]
        return "done"
"""

# Each refused for the name that follows.
WRITING = [
    ("from matplotlib.figure import Figure; Figure().savefig('out.png')", "out.png"),
    ("open('new', 'w')", "new"),
    ("open(b'app.py', 'ab')", "b'app.py'"),
    ("open('app.py', 'r+')", "app.py"),
    ("os.open('new', os.O_CREAT)", "new"),
    ("os.open('app.py', os.O_RDONLY | os.O_TRUNC)", "app.py"),
    ("os.truncate('app.py', 0)", "app.py"),
    ("os.chdir(TEMPORARY); open(os.path.relpath(HERE / 'app.py'), 'a')", "app.py"),
    ("os.symlink(HERE, TEMPORARY / 'here'); open(TEMPORARY / 'here' / 'app.py', 'a')", "app.py"),
    ("os.symlink(HERE / 'app.py', TEMPORARY / 'app.py'); open(TEMPORARY / 'app.py', 'a')", "app.py"),
    ("os.symlink(HERE / 'new', TEMPORARY / 'new'); open(TEMPORARY / 'new', 'a')", "new"),
    *[("open('/dev/shm/plotgate-test', 'w')", "plotgate-test")] * (sys.platform == "linux"),
    ("Path('/plotgate-test').write_text('x')", "/plotgate-test"),
]
MAKING = [
    ("Path('new').touch()", "new"),
    ("Path('folder').mkdir()", "folder"),
    ("(TEMPORARY / '..' / '..' / 'plotgate-test').mkdir()", "plotgate-test"),
    ("os.mkdir('folder', dir_fd=os.open(HERE, os.O_RDONLY))", "folder"),
    ("os.chdir(TEMPORARY); os.mkdir('folder', dir_fd=os.open(HERE, os.O_RDONLY))", "folder"),
    ("Path('link').symlink_to('app.py')", "link"),
    ("os.symlink('app.py', 'link', dir_fd=os.open(HERE, os.O_RDONLY))", "link"),
    ("os.link('app.py', 'link')", "link"),
    ("os.link('app.py', 'link', dst_dir_fd=os.open(HERE, os.O_RDONLY))", "link"),
]
REMOVING = [
    ("Path('app.py').unlink()", "app.py"),
    ("os.remove('app.py')", "app.py"),
    ("os.remove('app.py', dir_fd=os.open(HERE, os.O_RDONLY))", "app.py"),
    ("os.remove('link-to-temporary')", "link-to-temporary"),
    ("os.symlink(HERE, TEMPORARY / 'there'); os.remove(TEMPORARY / 'there' / 'app.py')", "app.py"),
    ("os.rmdir('folder-that-is-there')", "folder-that-is-there"),
    ("os.rmdir('folder-that-is-there', dir_fd=os.open(HERE, os.O_RDONLY))", "folder-that-is-there"),
    ("os.replace('app.py', TEMPORARY / 'moved')", "app.py"),
    ("os.rename(tempfile.mkstemp()[1], 'new')", "new"),
    ("os.rename('app.py', TEMPORARY / 'moved', src_dir_fd=os.open(HERE, os.O_RDONLY))", "app.py"),
    ("os.rename(tempfile.mkstemp()[1], 'new', dst_dir_fd=os.open(HERE, os.O_RDONLY))", "new"),
    ("shutil.rmtree(HERE)", ""),
]
MARKING = [
    ("Path('app.py').touch()", "app.py"),
    ("Path('app.py').chmod(0o600)", "app.py"),
    ("os.chmod('app.py', 0o600, dir_fd=os.open(HERE, os.O_RDONLY))", "app.py"),
    ("os.fchmod(os.open('app.py', os.O_RDONLY), 0o600)", ""),
    ("os.chown('app.py', -1, -1)", "app.py"),
    ("os.utime('app.py', dir_fd=os.open(HERE, os.O_RDONLY))", "app.py"),
    ("os.utime(os.open('app.py', os.O_RDONLY))", ""),
]
ALLOWED = [
    "open('app.py').read()",
    "open('app.py', opener=lambda name, flags: os.open(name, flags | os.O_CREAT)).read()",
    "open(os.devnull, 'w').write('x')",
    "os.chdir('/dev'); open('null', 'w').write('x')",
    "HERE.mkdir(exist_ok=True)",
    "from matplotlib.figure import Figure; Figure().savefig(tempfile.mkstemp(suffix='.png')[1])",
    "tempfile.TemporaryFile().write(b'x')",
    "os.ftruncate(os.memfd_create('x'), 3) if hasattr(os, 'memfd_create') else None",
    "shutil.rmtree(shutil.copytree(HERE, tempfile.mkdtemp(), dirs_exist_ok=True))",
    "shutil.rmtree(tempfile.mkdtemp())",
    "os.symlink(HERE, TEMPORARY / 'removed'); os.remove(TEMPORARY / 'removed')",
    "os.symlink(HERE, TEMPORARY / 'one'); os.rename(TEMPORARY / 'one', TEMPORARY / 'other')",
    "at = os.open(TEMPORARY, os.O_RDONLY); os.mkdir('m', dir_fd=at); os.chmod('m', 0o700, dir_fd=at);"
    "os.utime('m', dir_fd=at); os.rename('m', 'n', src_dir_fd=at, dst_dir_fd=at); os.rmdir('n', dir_fd=at)",
    "os.chdir(TEMPORARY); open('relative', 'w').write('x'); os.truncate('relative', 0); os.remove('relative')",
]
# What the system says before it looks whether it may write.
REFUSED_ANYHOW = [
    ("open('no-folder/new', 'w')", errno.ENOENT),
    ("open('none', 'r+')", errno.ENOENT),
    ("open('app.py', 'x')", errno.EEXIST),
    ("os.mkdir('folder-that-is-there')", errno.EEXIST),
    ("os.symlink('x', 'app.py')", errno.EEXIST),
    ("os.link('app.py', 'app.py')", errno.EEXIST),
    ("os.remove('no-folder/none')", errno.ENOENT),
    ("os.chmod('none', 0o600)", errno.ENOENT),
    ("os.truncate('none', 0)", errno.ENOENT),
    ("os.utime('none')", errno.ENOENT),
    ("os.mkdir('x', dir_fd=99)", errno.EBADF),
]


@dataclass(frozen=True)
class Tried:
    """What came of actions in a function's process, and the files that were left in its folder."""

    outcomes: dict[str, Any]
    files: set[str]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    folder = tmp_path_factory.mktemp("function")
    (folder / "folder-that-is-there").mkdir()
    (folder / "link-to-temporary").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    actions = [action for action, _ in WRITING + MAKING + REMOVING + MARKING + REFUSED_ANYHOW] + ALLOWED

    async def use(pool: Pool) -> dict[str, Any]:
        return {action: (await pool.invoke(EVENT | {"action": action}, 30)).value for action in actions}

    outcomes = run(folder, HANDLER, use)
    return Tried(outcomes, {file.name for file in folder.iterdir()})


@pytest.mark.parametrize(("action", "name"), WRITING + MAKING + REMOVING + MARKING)
def test_files_are_read_only_as_on_lambda(action: str, name: str, tried: Tried) -> None:
    number, said = tried.outcomes[action]

    assert number == errno.EROFS
    assert not name or said == name or Path(said).name == name


def test_what_was_refused_is_as_it_was(tried: Tried) -> None:
    assert tried.files - {"__pycache__"} == {"app.py", "folder-that-is-there", "link-to-temporary"}


@pytest.mark.parametrize(("action", "number"), REFUSED_ANYHOW)
def test_what_the_system_refuses_anyhow_has_its_own_reason(action: str, number: int, tried: Tried) -> None:
    assert tried.outcomes[action][0] == number


@pytest.mark.parametrize("action", ALLOWED)
def test_the_temporary_folder_can_be_written_to(action: str, tried: Tried) -> None:
    assert tried.outcomes[action] == "done"


@pytest.mark.parametrize("event", [{}, {"requestContext": None}, ["ping"], None], ids=repr)
def test_any_event_reaches_the_function(tmp_path: Path, event: Any) -> None:
    async def use(pool: Pool) -> list[Any]:
        answers = [await pool.invoke(event, 30) for _ in range(2)]
        assert [answer.cold for answer in answers] == [True, False]
        return [answer.value for answer in answers]

    (first, first_id), (second, second_id) = run(tmp_path, "def handler(e, c): return [e, c.aws_request_id]", use)

    assert first == second == event
    assert first_id != second_id
