"""What a function finds in its process."""

import errno
from pathlib import Path
from typing import Any

import pytest

from plotgate.local.workers.pool import Pool
from tests.local.workers.test_pool import EVENT, run

TRIES = """
    import os, shutil, tempfile
    from pathlib import Path

    HERE = Path(__file__).parent
    TEMPORARY = Path(tempfile.gettempdir())

    def handler(event, context):
        try:
            {action}
        except OSError as error:
            return [error.errno, str(error.filename)]
        return "done"
"""


async def invoked(pool: Pool) -> Any:
    return (await pool.invoke(EVENT, 30)).value


@pytest.mark.parametrize(
    ("action", "path"),
    [
        ("from matplotlib.figure import Figure; Figure().savefig('out.png')", "out.png"),
        ("open('new', 'w')", "new"),
        ("open(b'app.py', 'ab')", "b'app.py'"),
        ("open('app.py', 'r+')", "app.py"),
        ("os.open('new', os.O_CREAT)", "new"),
        ("Path('new').touch()", "new"),
        ("Path('app.py').touch()", "app.py"),
        ("Path('folder').mkdir()", "folder"),
        ("Path('app.py').unlink()", "app.py"),
        ("os.replace('app.py', TEMPORARY / 'app.py')", "app.py"),
        ("os.rename(tempfile.mkstemp()[1], 'new')", "new"),
        ("Path('link').symlink_to('app.py')", "link"),
        ("Path('app.py').chmod(0o600)", "app.py"),
        ("Path('/plotgate-test').write_text('x')", "/plotgate-test"),
        ("(TEMPORARY / '..' / 'plotgate-test').mkdir()", "plotgate-test"),
    ],
)
def test_files_are_read_only_as_on_lambda(tmp_path: Path, action: str, path: str) -> None:
    number, name = run(tmp_path, TRIES.format(action=action), invoked)

    assert number == errno.EROFS
    assert name == path or Path(name).name == path
    assert {file.name for file in tmp_path.iterdir()} <= {"app.py", "__pycache__"}


@pytest.mark.parametrize(
    "action",
    [
        "open('app.py').read()",
        "open(os.devnull, 'w').write('x')",
        "HERE.mkdir(exist_ok=True)",
        "from matplotlib.figure import Figure; Figure().savefig(tempfile.mkstemp(suffix='.png')[1])",
        "tempfile.TemporaryFile().write(b'x')",
        "shutil.rmtree(shutil.copytree(HERE, tempfile.mkdtemp(), dirs_exist_ok=True))",
        "shutil.rmtree(tempfile.mkdtemp())",
    ],
)
def test_the_temporary_folder_can_be_written_to(tmp_path: Path, action: str) -> None:
    assert run(tmp_path, TRIES.format(action=action), invoked) == "done"


@pytest.mark.parametrize("event", [{}, {"requestContext": None}, ["ping"], None], ids=repr)
def test_any_event_reaches_the_function(tmp_path: Path, event: Any) -> None:
    async def use(pool: Pool) -> list[Any]:
        answers = [await pool.invoke(event, 30) for _ in range(2)]
        assert [answer.cold for answer in answers] == [True, False]
        return [answer.value for answer in answers]

    (first, first_id), (second, second_id) = run(tmp_path, "def handler(e, c): return [e, c.aws_request_id]", use)

    assert first == second == event
    assert first_id != second_id
