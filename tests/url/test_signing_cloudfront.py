"""The CloudFront Function of docs/ refuses what the plots' functions refuse, and nothing that they answer.

In Node.js, in place of CloudFront's runtime: with its events, and a key value store of the test's.
"""

import json
import random
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import playwright
import pytest

from plotgate import sign_url
from tests.found import ROOT
from tests.url.test_grant import END, KEYS, is_good

SOURCE = (ROOT / "docs" / "signing-cloudfront.js").read_text()
EXPIRES = datetime.fromtimestamp(END, UTC)
LARGEST = 10_000  # bytes that CloudFront takes

HARNESS = """
import { readFileSync } from "node:fs";
const get = async (id) => Object.hasOwn(keys, id) ? keys[id] : Promise.reject(new Error("no key"));
const cf = { kvs: () => ({ get }) };
const [keys, now, urls] = JSON.parse(readFileSync(0));
Date.now = () => now * 1000;

function eventOf(url) {
  const [uri, query] = url.split("?");
  const querystring = {};
  for (const part of (query ?? "").split("&").filter((part) => part)) {
    const [, name, value] = /^([^=]*)=?(.*)$/s.exec(part);
    const one = { value };
    if (!Object.hasOwn(querystring, name)) querystring[name] = { value };
    else (querystring[name].multiValue ??= [{ value: querystring[name].value }]).push(one);
  }
  return { request: { method: "GET", uri, querystring, headers: {} } };
}

const answers = [];
for (const url of urls) answers.push(await handler(eventOf(url)));
console.log(JSON.stringify(answers));
"""


def asked(urls: list[str], folder: Path, now: float = END - 10) -> list[dict[str, Any]]:
    source = SOURCE.replace('import cf from "cloudfront";\n', "")
    (folder / "function.mjs").write_text(HARNESS.partition("\n\n")[0] + source + HARNESS.partition("\n\n")[2])
    node = Path(playwright.__file__).parent / "driver" / "node"
    given = json.dumps([KEYS, now, urls])
    done = subprocess.run([node, folder / "function.mjs"], input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def passes(answer: dict[str, Any]) -> bool:
    return "statusCode" not in answer


def signed(url: str, *free: str, not_before: datetime | None = None) -> str:
    return sign_url(url, expires=EXPIRES, free=free, not_before=not_before, keys=KEYS)


def test_it_refuses_what_the_function_refuses(tmp_path: Path) -> None:
    chance = random.Random(16)  # noqa: S311 - not for secrets
    letters = "abcXYZ019-._~+&=/, #é'()*!"
    urls = []
    for number in range(100):
        words = ["".join(chance.choices(letters, k=chance.randint(1, 8))) for _ in range(4)]
        query = "&".join(f"p{place}={quote(word, '')}" for place, word in enumerate(words))
        url = signed(f"/plots/{quote(words[0])}/{number}?theme=dark&{query}", *(("theme", "p3") if number % 2 else ()))
        urls.append(url)
        for _ in range(30):
            place = chance.randrange(len(url))
            letter = chance.choice("abcXYZ019-._~+&=,")
            urls.append(url[:place] + chance.choice((letter, "")) + url[place + chance.randint(0, 1) :])
    urls = [url for url in urls if is_well_formed(url)]  # it refuses the others, too
    good = [is_good(url) for url in urls]
    assert 150 < sum(good) < len(urls) - 1000, sum(good)
    for url, is_right, answer in zip(urls, good, asked(urls, tmp_path), strict=True):
        assert passes(answer) is is_right, url


def is_well_formed(url: str) -> bool:
    return not re.search("%(?![0-9A-Fa-f]{2})", url) and "\ufffd" not in unquote(url)


@pytest.mark.parametrize(
    ("url", "now", "says"),
    [
        ("/plots/x?bins=3", END, "This plot needs a signed URL"),
        ("/plots/x", END, "This plot needs a signed URL"),
        (signed("/plots/x") + "&bins=3", END, "The signature is wrong"),
        (signed("/plots/x") + "&signature=x", END, "The signature is wrong"),
        (signed("/plots/x").replace("2026a", "2026b"), END, "The signature is wrong"),
        (signed("/plots/x").replace("2026a", "constructor"), END, "The signature is wrong"),
        (signed("/plots/x") + "&a=%ff", END, "The signature is wrong"),
        (signed("/plots/x"), END + 59, ""),
        (signed("/plots/x"), END + 60, "The signature has expired"),
        (signed("/plots/x", not_before=datetime.fromtimestamp(END - 100, UTC)), END - 161, "is not valid yet"),
        (signed("/plots/x", not_before=datetime.fromtimestamp(END - 100, UTC)), END - 160, ""),
        (signed("/plots/x", "constructor") + "&constructor=1", END, ""),
        ("/plots/x?preset=weekly", END, ""),
        ("/plots/x?preset=weekly&bins=3", END, "This plot needs a signed URL"),
    ],
)
def test_it_says_which_it_is_in_a_picture(url: str, now: float, says: str, tmp_path: Path) -> None:
    (answer,) = asked([url], tmp_path, now)
    if not says:
        assert passes(answer)
        assert answer["uri"] == "/plots/x"
        return
    assert answer["statusCode"] == 403
    assert answer["headers"]["content-type"]["value"] == "image/svg+xml"
    assert says in " ".join(ElementTree.fromstring(answer["body"]["data"]).itertext())


def test_cloudfront_takes_it() -> None:
    assert len(SOURCE) < LARGEST
    code = "\n".join(line.partition("// ")[0] for line in SOURCE.splitlines())
    assert not any(syntax in code for syntax in ("?.", "...", "??", "class ", " of ", "const [", "const {", "let ["))
