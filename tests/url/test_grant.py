"""A signed URL is good in each spelling of what was signed, with what its signer left free; and for nothing else."""

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plotgate import sign_url
from plotgate.errors import ExpiredError, NotYetValidError, PlotgateError, SignatureError, UnsignedError
from plotgate.url.grant import NAMES, SKEW, Grant, check, read_keys, signed_text
from tests.found import ROOT

KEY = "kDbNVCVDV4oAkMsD9RXHrSzRWjLrHmEVmp2oVBPaxVk"
KEYS = {"2026a": KEY}
END = 1_798_761_600  # seconds since 1970
EXPIRES = datetime.fromtimestamp(END, UTC)
ENDED = EXPIRES - timedelta(seconds=90)

PLAIN = "/plots/weather/temperature?start=2015-01-01&theme=dark"


def checked(url: str, now: float = END - 10, keys: Mapping[str, str] = KEYS) -> Grant:
    """What a function makes of a URL that it is asked for."""
    parts = urlsplit(url)
    return check(unquote(parts.path), parse_qsl(parts.query, keep_blank_values=True), keys, now)


def is_good(url: str) -> bool:
    try:
        checked(url)
    except PlotgateError:
        return False
    return True


def signed(url: str = PLAIN, free: tuple[str, ...] = (), not_before: datetime | None = None) -> str:
    return sign_url(url, expires=EXPIRES, free=free, not_before=not_before, keys=KEYS)


# Any URL: texts of any letters, in any spelling

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
FREE = ["theme", "width", "dpr", "größe"]


@st.composite
def spelled(draw: st.DrawFn, text: str, safe: str = "") -> str:
    """A text in one of the ways in which a URL may say it."""
    letters = []
    for letter in text:
        encoded = quote(letter, safe="")
        if letter in safe or (encoded == letter and draw(st.booleans())):
            letters.append(letter)
        elif encoded == letter:
            letters.append("".join(f"%{byte:02x}" for byte in letter.encode()))
        elif letter == " " and not safe:
            letters.append(draw(st.sampled_from(["+", "%20"])))
        else:
            letters.append(draw(st.sampled_from([encoded, encoded.lower()])))
    return "".join(letters)


@dataclass(frozen=True)
class Asked:
    path: str
    query: dict[str, str]
    free: tuple[str, ...]

    @property
    def url(self) -> str:
        return self.spelled({name: (quote(name, ""), quote(value, "")) for name, value in self.query.items()})

    def spelled(self, query: dict[str, tuple[str, str]]) -> str:
        return f"{quote(self.path)}?{'&'.join(f'{name}={value}' for name, value in query.values())}"


@st.composite
def urls(draw: st.DrawFn) -> Asked:
    path = "/plots/" + "/".join(draw(st.lists(TEXTS, min_size=1, max_size=3)))
    names = st.one_of(st.sampled_from(FREE), TEXTS.filter(lambda name: name not in NAMES))
    query = draw(st.dictionaries(names, TEXTS, max_size=5))
    return Asked(path, query, tuple(draw(st.lists(st.sampled_from(FREE), unique=True))))


@given(urls())
def test_what_was_signed_is_good_and_says_what_was_signed(asked: Asked) -> None:
    assert checked(signed(asked.url, asked.free)) == Grant(END, frozenset(asked.free))


@given(st.data(), urls())
def test_order_and_percent_encoding_do_not_matter(data: st.DataObject, asked: Asked) -> None:
    path, _, query = signed(asked.url, asked.free).partition("?")
    pairs = data.draw(st.permutations(parse_qsl(query, keep_blank_values=True)))
    again = "&".join(f"{data.draw(spelled(name))}={data.draw(spelled(value))}" for name, value in pairs)
    assert is_good(f"{data.draw(spelled(unquote(path), safe='/'))}?{again}")


@given(st.data(), urls())
def test_free_parameters_may_be_changed_added_and_left_out(data: st.DataObject, asked: Asked) -> None:
    path, _, query = signed(asked.url, asked.free).partition("?")
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in asked.free]
    changed = [(name, data.draw(TEXTS)) for name in asked.free if data.draw(st.booleans())]
    assert is_good(f"{path}?{'&'.join(f'{quote(name, "")}={quote(value, "")}' for name, value in [*kept, *changed])}")


@given(st.data(), urls())
def test_locked_parameters_may_be_neither_changed_nor_added_nor_left_out(data: st.DataObject, asked: Asked) -> None:
    path, _, query = signed(asked.url, asked.free).partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    locked = [name for name, _ in pairs if name not in asked.free]
    name = data.draw(st.one_of(st.sampled_from(locked), TEXTS))
    assume(name not in asked.free)
    value = data.draw(st.one_of(st.none(), TEXTS))
    changed = [pair for pair in pairs if pair[0] != name] + ([(name, value)] if value is not None else [])
    assume(sorted(changed) != sorted(pairs))
    assert not is_good(f"{path}?{'&'.join(f'{quote(name, "")}={quote(value, "")}' for name, value in changed)}")


@given(urls(), TEXTS)
def test_the_path_is_locked(asked: Asked, last: str) -> None:
    _, _, query = signed(asked.url, asked.free).partition("?")
    path = f"{asked.path.rpartition('/')[0]}/{last}"
    assert is_good(f"{quote(path)}?{query}") is (path == asked.path)


# Few letters, of which many texts are spelt alike if anything can be.
FEW = st.text("a=&/?,%+ ", max_size=4)


@given(st.lists(st.tuples(FEW, st.dictionaries(FEW, FEW, max_size=3)), min_size=2, max_size=30))
def test_no_two_grants_have_one_text(grants: list[tuple[str, dict[str, str]]]) -> None:
    texts: dict[str, tuple[str, dict[str, str]]] = {}
    for path, query in grants:
        text = signed_text(path, [*query.items()])
        assert texts.setdefault(text, (path, query)) == (path, query)


def test_every_change_of_one_letter_of_what_is_locked_is_refused() -> None:
    chance = random.Random(15)  # noqa: S311 - not for secrets
    letters = "abcXYZ019-._~%+&=/?,; #é'"
    changes = refused = 0
    for number in range(100):
        words = ["".join(chance.choices(letters, k=chance.randint(1, 8))) for _ in range(4)]
        query = "&".join(f"p{place}={quote(word, '')}" for place, word in enumerate(words))
        free = ("theme", "p3") if number % 2 else ()
        url = signed(f"/plots/{quote(words[0])}/{number}?theme=dark&{query}", free)
        meant = locked(url, free)
        for place in range(len(url) + 1):
            letter = chance.choice(letters)
            for change, end in ((letter, place), (letter, place + 1), ("", place + 1)):
                changed = url[:place] + change + url[end:]
                changes += 1
                is_same = locked(changed, free) == meant
                refused += not is_same
                assert is_good(changed) is is_same, changed
    assert refused > 0.7 * changes > 10_000


def locked(url: str, free: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return unquote(parts.path), sorted(pair for pair in pairs if pair[0] not in free)


# What is refused, and why

ANOTHER = {"2026a": "another-key-of-more-than-32-letters"}


@pytest.mark.parametrize(
    ("url", "error", "says"),
    [
        (PLAIN, UnsignedError, "The URL must have a signature."),
        (signed() + "&theme=light", SignatureError, "The signature of the URL is wrong."),
        (signed().replace("2026a", "2026b"), SignatureError, "The signature of the URL is wrong."),
        (signed() + "&signature=x", SignatureError, "The signature of the URL is wrong."),
        (signed()[:-1] + "é", SignatureError, "The signature of the URL is wrong."),
        (sign_url(PLAIN, expires=EXPIRES, keys=ANOTHER), SignatureError, "The signature of the URL is wrong."),
        (sign_url(PLAIN, expires=ENDED, keys=KEYS), ExpiredError, "The signature of the URL has expired."),
        (signed(not_before=EXPIRES - timedelta(seconds=2), free=()), Grant, ""),
    ],
)
def test_a_refusal_says_which_it_is(url: str, error: type, says: str) -> None:
    if error is Grant:
        assert is_good(url)
        return
    with pytest.raises(PlotgateError) as caught:
        checked(url)
    assert (type(caught.value), caught.value.detail) == (error, says)
    assert caught.value.status == 403


def test_a_wrong_signature_is_wrong_whatever_its_time() -> None:
    with pytest.raises(SignatureError):
        checked(signed() + "x", now=END + 1e6)


def test_clocks_may_differ_by_a_minute() -> None:
    start = END - 1000
    url = signed(not_before=datetime.fromtimestamp(start, UTC))
    with pytest.raises(NotYetValidError, match=r"^The signature of the URL is not valid yet\.$"):
        checked(url, start - SKEW - 1)
    assert checked(url, start - SKEW) == checked(url, END + SKEW - 1) == Grant(END, frozenset())
    with pytest.raises(ExpiredError):
        checked(url, END + SKEW)


def test_a_signature_that_is_no_text_is_wrong() -> None:
    """An event is JSON, which may name half of a letter."""
    with pytest.raises(SignatureError):
        check("/plots/x", [("key_id", "2026a"), ("signature", "\udcff")], KEYS, END)


def test_the_signature_itself_is_never_free() -> None:
    """Another signer may name anything as free."""
    path, query = "/plots/x", [("expires", str(END)), ("free", "expires,signature,theme"), ("key_id", "2026a")]
    assert signed_text(path, [*query, ("theme", "dark")]) == (
        f"/plots/x?expires={END}&free=expires%2Csignature%2Ctheme&key_id=2026a"
    )


def test_an_unknown_key_may_soon_be_known() -> None:
    for url, is_lasting in ((signed().replace("2026a", "2026b"), False), (signed() + "x", True)):
        with pytest.raises(SignatureError) as caught:
            checked(url)
        assert caught.value.is_lasting is is_lasting


# Signing

RELATIVE = timedelta(hours=1)


def test_a_url_keeps_its_spelling_and_gets_its_grant_at_the_end() -> None:
    url = "https://plots.example/plots/x?theme=dark&a=1+2#top"
    made = sign_url(url, expires=EXPIRES, free=["theme", "width"], keys=KEYS)
    before, _, signature = made.partition("&signature=")
    assert before == f"https://plots.example/plots/x?theme=dark&a=1+2&expires={END}&free=theme,width&key_id=2026a"
    assert signature.endswith("#top")
    assert len(signature.removesuffix("#top")) == 43


def test_the_last_key_signs_and_any_key_is_good() -> None:
    keys = {"old": "o" * 32, "new": "n" * 32}
    url = sign_url(PLAIN, expires=EXPIRES, keys=keys)
    assert "key_id=new" in url
    older = sign_url(PLAIN, expires=EXPIRES, keys={"old": "o" * 32})
    assert checked(url, keys=keys) == checked(older, keys=keys)


def test_keys_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))
    before = datetime.now(UTC).timestamp()
    url = sign_url(PLAIN, expires=RELATIVE)
    assert before + 3599 <= checked(url, now=before).expires <= before + 3660
    monkeypatch.delenv("PLOTGATE_SIGNING_KEYS")
    with pytest.raises(ValueError, match="must be a JSON object"):
        sign_url(PLAIN, expires=RELATIVE)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"url": "/plots/x?a=1&a=2"}, "must have `a` once, not 2 times"),
        ({"url": "/plots/x?signature=1"}, "must have no `signature` yet"),
        ({"url": signed()}, "must have no `expires` yet"),
        ({"free": ["expires"]}, "must name parameters of the plot or of its view, not 'expires'"),
        ({"free": ["theme,width"]}, "not 'theme,width'"),
        ({"free": [""]}, "not ''"),
        ({"expires": datetime(2026, 1, 1)}, "`expires` must have a time zone, not be 2026-01-01"),
        ({"expires": datetime(1960, 1, 1, tzinfo=UTC)}, "must be a time after 1970"),
        ({"not_before": EXPIRES}, f"must be earlier than `expires`, {END}, not {END}"),
        ({"keys": {}}, "There must be a signing key"),
    ],
)
def test_what_cannot_be_signed_is_said(arguments: dict[str, object], says: str) -> None:
    given: dict[str, object] = {"url": PLAIN, "expires": EXPIRES, "keys": KEYS} | arguments
    with pytest.raises(ValueError, match=says):
        sign_url(given.pop("url"), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "[]", "{}", '"k"', "1", '{"a": "secret-and-short"}', '{"a": 12345678901234567890123456789012345}'),
        *('{"a b": "secret-secret-secret-secret-secret-secret"}', '{"": "secret-secret-secret-secret-secret-secret"}'),
        *('{"a": "sécret-secret-secret-secret-secret-secret"}', '{"a": "secret-secret-secret-secret-secret-secret"'),
        *('{"a": null}', '{"' + 41 * "a" + '": "secret-secret-secret-secret-secret-secret"}'),
    ],
)
def test_keys_that_are_none_are_refused_without_showing_them(text: str) -> None:
    with pytest.raises(ValueError, match="key") as caught:
        read_keys(text)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from datetime import timedelta
import plotgate
url = plotgate.sign_url("/plots/x?theme=dark", expires=timedelta(hours=1), free=["theme"], keys={"a": 32 * "k"})
print(url.partition("&expires")[0], *{name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names)
"""


@pytest.mark.parametrize("python", [sys.executable, "/usr/bin/python3"])
def test_a_back_end_signs_with_the_standard_library_alone(python: str) -> None:
    if not Path(python).exists():
        pytest.skip(f"{python} is not there")
    command = [python, "-S", "-c", PROGRAM, str(ROOT / "layers" / "runtime")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == "/plots/x?theme=dark"
    assert {*said[1:]} <= {"plotgate", "__main__"}
