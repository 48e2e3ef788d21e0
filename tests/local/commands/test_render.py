"""`plotgate render`: a file with the very bytes of a URL."""

import subprocess
from pathlib import Path

import pytest

from plotgate.url.formats import FORMATS
from tests.found import ROOT
from tests.local.conftest import PLOTGATE, write
from tests.local.test_catalog import template_with
from tests.test_contract import ask

TEMPERATURE = "weather/temperature"
PAIRPLOT = "breast_cancer_data/pairplot"


def render(
    folder: Path, *arguments: str, template: Path = ROOT / "template.yaml"
) -> "subprocess.CompletedProcess[bytes]":
    command = [str(PLOTGATE), "render", *arguments, "--template", str(template)]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


@pytest.mark.parametrize("form", FORMATS)
def test_file_has_the_bytes_of_the_url_in_the_format_of_its_ending(tmp_path: Path, form: str) -> None:
    done = render(tmp_path, TEMPERATURE, "-p", "width=440", "-p", "theme=dark", "-o", f"file.{form}")
    expected = ask(TEMPERATURE, f"width=440&theme=dark&format={form}").body
    assert (tmp_path / f"file.{form}").read_bytes() == expected
    assert done.stdout.decode() == f"Wrote file.{form}, {len(expected)} bytes\n"


def test_url_is_drawn_as_it_is_pasted(tmp_path: Path) -> None:
    done = render(tmp_path, "http://127.0.0.1:3000/plots/weather/temperature?width=440&format=svg")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "temperature.svg").read_bytes() == ask(TEMPERATURE, "width=440&format=svg").body


def test_keys_of_the_shell_do_not_keep_out_who_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = ask(TEMPERATURE, "width=300").body
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", '{"a": "key-of-more-than-thirty-two-letters"}')
    done = render(tmp_path, TEMPERATURE, "-p", "width=300", "-o", "-")
    assert (done.returncode, done.stdout) == (0, expected)
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", '{"a": "short"}')
    assert render(tmp_path, TEMPERATURE, "-o", "-").returncode == 1


def test_parameter_of_the_path_is_given_like_the_others_and_a_dash_is_standard_output(tmp_path: Path) -> None:
    done = render(tmp_path, PAIRPLOT, "-p", "features=mean radius,mean area", "-p", "width=300", "-o", "-")
    url = f"/plots/{PAIRPLOT}/features/mean%20radius,mean%20area?width=300"
    assert done.stdout.startswith(b"\x89PNG")
    assert done.stdout == render(tmp_path, url, "-o", "-").stdout
    assert list(tmp_path.iterdir()) == []


def test_what_a_plot_prints_is_not_in_its_picture(tmp_path: Path) -> None:
    talks = "def handler(e, c): print('hello'); return {'statusCode': 200, 'body': 'picture'}"
    write(tmp_path / "plots" / "a" / "talks" / "app.py", talks)
    done = render(tmp_path, "a/talks", "-o", "-", template=template_with(tmp_path, "plots/a/talks"))
    assert (done.stdout, done.stderr) == (b"picture", b"hello\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([TEMPERATURE, "-p", "width=5"], "The parameter `width` must be greater than or equal to 120, not '5'."),
        ([TEMPERATURE, "-p", "width=440", "-p", "width=440"], "The parameter `width` must be given once."),
        ([f"{TEMPERATURE}?format=svg", "-o", "file.png"], "The parameter `format` must be given once."),
        ([TEMPERATURE, "-o", "file.gif"], "must be 'png', 'svg', 'webp', 'pdf', 'json' or 'csv', not 'gif'."),
        ([TEMPERATURE, "-p", "width=5", "-p", "errors=image"], "422 invalid_parameter"),
        ([TEMPERATURE, "-o", "nowhere/file.png"], "nowhere/file.png"),
        ([PAIRPLOT], "The parameter `features` of breast_cancer_data/pairplot must be given: -p features=…"),
        (["weather/temperatur"], "There is no plot 'weather/temperatur'; the closest is weather/temperature."),
        (["/plots/nothing"], "No route of template.yaml answers /plots/nothing"),
    ],
)
def test_error_of_the_request_is_a_message_and_exit_1(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = render(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("Error: ")
    assert says in line
    assert list(tmp_path.iterdir()) == []


def test_parameter_without_a_value_is_a_mistake_of_usage(tmp_path: Path) -> None:
    done = render(tmp_path, TEMPERATURE, "-p", "width")
    assert done.returncode == 2
    assert "'width' must be name=value" in done.stderr.decode()
