"""A plot whose file cannot be imported is seen where it is embedded, and explained in the log."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import json, sys
from plotgate import entry
http = {"method": "GET", "path": "/plots/x", "sourceIp": "127.0.0.1"}
event = {"version": "2.0", "requestContext": {"http": http}, "headers": json.loads(sys.argv[1])}
print(json.dumps(entry.handler(event, None)))
"""


def run(folder: Path, headers: dict[str, str], before: str = "") -> tuple[dict[str, object], str]:
    command = [sys.executable, "-c", before + PROGRAM, json.dumps(headers)]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer, done.stderr


@pytest.mark.parametrize(
    "app", ["import no_such_library", "def draw(:", "handlr = 1", "1 / 0", "import sys; sys.exit(1)"]
)
def test_img_tag_gets_a_picture_and_the_log_the_reason(app: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(app)
    answer, log = run(tmp_path, {"sec-fetch-dest": "image"})
    headers = answer["headers"]
    assert isinstance(headers, dict)
    assert (answer["statusCode"], headers["content-type"]) == (500, "image/svg+xml")
    assert (headers["x-plotgate-error"], headers["cache-control"]) == ("load_failed", "no-store")
    assert "Traceback" in log


def test_everyone_else_gets_problem_json_without_the_reason(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import no_such_library")
    answer, _ = run(tmp_path, {})
    assert json.loads(str(answer["body"]))["code"] == "load_failed"
    assert "no_such_library" not in str(answer)
    assert str(tmp_path) not in str(answer)


def test_handler_of_a_file_that_can_be_imported_is_the_files_own(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("handler = lambda event, context: {'statusCode': 204}")
    assert run(tmp_path, {})[0] == {"statusCode": 204}


@pytest.mark.parametrize("app", ["import gc\nfrom plotgate.serve import serve_error as handler", "1 / 0"])
def test_garbage_is_collected_again_once_a_function_has_started(app: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(app)
    program = "import gc; from plotgate import entry; print(gc.isenabled(), gc.get_freeze_count() > 0)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


RETRIED = """
import json, sys, time
from pathlib import Path
from plotgate import entry
http = {"method": "GET", "path": "/plots/x", "sourceIp": "127.0.0.1"}
event = {"version": "2.0", "requestContext": {"http": http}, "headers": {}}
def status(): return entry.handler(event, None)["statusCode"]
found = [status()]
Path("app.py").write_text("from settings import unit\\nhandler = lambda event, context: {'statusCode': 204}")
Path("settings.py").write_text("unit = 1")
found.append(status())
now = time.time()
time.time = lambda: now + 6
found.append(status())
print(json.dumps(found))
"""


def test_a_failed_import_is_tried_again_after_a_few_seconds(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from settings import unit")
    done = subprocess.run([sys.executable, "-c", RETRIED], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [500, 500, 204]


@pytest.mark.parametrize("before", ["", "import numpy\n"])
def test_what_a_file_draws_by_chance_at_its_top_is_the_same_in_each_process(before: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        "import random, secrets\n"
        "import numpy as np\n"
        "same = [random.random(), np.random.rand(), np.random.default_rng().random(), np.random.RandomState().rand()]\n"
        "other = [secrets.token_hex(16), secrets.randbits(256), secrets.randbelow(10**30)]\n"
        "handler = lambda event, context: {'same': same, 'other': other}\n"
    )
    one, another = (run(tmp_path, {}, before)[0] for _ in range(2))
    assert one["same"] == another["same"]
    assert isinstance(one["other"], list)
    assert isinstance(another["other"], list)
    assert not set(one["other"]) & set(another["other"])


def test_chance_goes_on_as_it_was_after_the_import(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import random, numpy as np\nhandler = lambda event, context: {}\n")
    after = "\nimport random, numpy as np\nprint([random.random(), np.random.default_rng().random()])"
    done = [
        subprocess.run([sys.executable, "-c", f"from plotgate import entry{after}"], cwd=tmp_path, capture_output=True)
        for _ in range(2)
    ]
    assert done[0].stdout != done[1].stdout
    assert [one.returncode for one in done] == [0, 0]
