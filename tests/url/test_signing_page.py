"""docs/signing.md is true: its vectors are those of the code, and its signers in each language agree with them."""

import json
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import playwright
import pytest
import yaml
from typer.testing import CliRunner

from plotgate import sign_url
from plotgate.errors import (
    ExpiredError,
    KeysError,
    NotYetValidError,
    PlotgateError,
    PresetError,
    SignatureError,
    UnsignedError,
)
from plotgate.http.signing_keys import KEPT_FOR, PAUSE, RENEWED_AFTER
from plotgate.local.cli import app
from plotgate.url.grant import NAMES, SHORTEST_KEY, SKEW, check, signed_text
from tests.found import ROOT, plot_handler
from tests.local.conftest import served
from tests.tiers import unavailable
from tests.wire import Request, answer, http_api

PAGE = (ROOT / "docs" / "signing.md").read_text()


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


VECTORS: list[dict[str, Any]] = json.loads(block("json"))
((KEY_ID, KEY),) = re.findall(r"has the id `(\w+)`, and is `([\w-]+)`", PAGE)

NODE = """
import { readFileSync } from "node:fs";
const [key, keyId, vectors] = JSON.parse(readFileSync(0));
console.log(JSON.stringify(vectors.map(({ url, expires, free, not_before: notBefore }) =>
  signUrl(url, { key, keyId, expires, free, notBefore }))));
"""
PHP = """
[$key, $id, $vectors] = json_decode(stream_get_contents(STDIN), true);
echo json_encode(array_map(fn($one) => sign_url(
    $one['url'], $key, $id, $one['expires'], $one['free'] ?? [], $one['not_before'] ?? null), $vectors));
"""


def pairs(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def signed_in_python() -> list[str]:
    return [
        sign_url(
            vector["url"],
            expires=datetime.fromtimestamp(vector["expires"], UTC),
            free=vector.get("free", ()),
            not_before=datetime.fromtimestamp(vector["not_before"], UTC) if "not_before" in vector else None,
            keys={KEY_ID: KEY},
        )
        for vector in VECTORS
    ]


def signed_by(command: list[str | Path]) -> list[str]:
    given = json.dumps([KEY, KEY_ID, VECTORS])
    found: list[str] = json.loads(
        subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout
    )
    return found


def signed_in_javascript(folder: Path) -> list[str]:
    (folder / "signer.mjs").write_text(block("js") + NODE)
    return signed_by([Path(playwright.__file__).parent / "driver" / "node", folder / "signer.mjs"])


def signed_in_php(folder: Path) -> list[str]:
    if not shutil.which("php"):
        unavailable("PHP is not installed: apt-get install php-cli")
    (folder / "signer.php").write_text(f"<?php\n{block('php')}{PHP}")
    return signed_by(["php", folder / "signer.php"])


@pytest.mark.parametrize("language", ["Python", "JavaScript", "PHP"])
def test_each_signer_signs_the_vectors_alike(language: str, tmp_path: Path) -> None:
    match language:
        case "Python":
            signed = signed_in_python()
        case "JavaScript":
            signed = signed_in_javascript(tmp_path)
        case _:
            signed = signed_in_php(tmp_path)
    for url, vector in zip(signed, VECTORS, strict=True):
        path, query = unquote(urlsplit(url).path), pairs(url)
        assert signed_text(path, query) == vector["text"]
        assert dict(query)["signature"] == vector["signature"]
        assert check(path, query, {KEY_ID: KEY}, vector["expires"]).free == {*vector.get("free", ())}
        given = pairs(vector["url"])
        assert query[: len(given)] == given


def test_vectors_are_more_than_one_and_none_is_another() -> None:
    assert len({vector["signature"] for vector in VECTORS}) == len(VECTORS) > 4


def table(section: str) -> list[list[str]]:
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return [[cell.strip("` ") for cell in row.split("|")] for row in re.findall(r"^\| (`.*) \|$", text, re.MULTILINE)]


def test_the_page_names_what_the_code_has() -> None:
    assert sorted(name for name, _ in table("The algorithm")) == [*NAMES]
    errors: list[type[PlotgateError]] = [
        UnsignedError,
        SignatureError,
        ExpiredError,
        NotYetValidError,
        PresetError,
        KeysError,
    ]
    assert [(code, int(status)) for code, status, _ in table("What is refused")[1:]] == [
        (e.code, e.status) for e in errors
    ]
    for said in (
        f"at least {SHORTEST_KEY} letters",
        f"differ by {SKEW} seconds",
        f"at most every {PAUSE} seconds; without that, every {RENEWED_AFTER // 60} minutes",
    ):
        assert said in PAGE
    assert KEPT_FOR == 3600  # "an hour"


def test_the_command_of_the_page_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    (console,) = re.findall(r"^```console\n\$ (plotgate .*?)\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
    command, shown = console
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps({KEY_ID: KEY}))
    done = CliRunner().invoke(app, shlex.split(command)[1:])
    said = re.sub(r"(?<=signature=).*", "…", re.sub(r"(?<=expires=)\d+", "…", done.stdout.strip()))
    assert said == re.sub(r"(?<=expires=)\d+", "…", shown)


def test_the_presets_of_the_page_are_presets(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = yaml.safe_load(block("yaml"))["Environment"]["Variables"]
    monkeypatch.setenv("PLOTGATE_PRESETS", variables["PLOTGATE_PRESETS"])
    handler = plot_handler("weather/temperature")
    for name, status in (("weekly", 200), ("dark", 200), ("other", 403)):
        assert answer(handler(http_api(Request("/plots/weather/temperature", f"preset={name}")), None)).status == status


def test_the_keys_of_the_page_protect_what_is_served_with_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setting, program, verb = shlex.split(block("sh"))
    assert (program, verb) == ("plotgate", "serve")
    monkeypatch.setenv(*setting.split("=", 1))
    with served(ROOT, tmp_path / "terminal.txt") as gateway:
        assert gateway.http.head("/plots/weather/temperature").status_code == 403
        url = sign_url("/plots/weather/temperature?format=csv", expires=timedelta(hours=1))
        assert gateway.http.get(url).status_code == 200


def test_the_signer_in_javascript_is_short() -> None:
    assert len(block("js").strip().splitlines()) <= 20
