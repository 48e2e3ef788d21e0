"""Where we are is what API gateway says, and no client can make it name another host."""

import json
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from tests.pages.serving import DOMAIN, Page, ask, known, pages_of
from tests.wire import PAYLOADS, Request, answer


def draw(x: int = 1) -> Figure:
    raise NotImplementedError


@pytest.mark.parametrize(
    ("host", "domain", "scheme", "origin"),
    [
        (DOMAIN, DOMAIN, "https", f"https://{DOMAIN}"),
        (DOMAIN.upper(), DOMAIN, "https", f"https://{DOMAIN.upper()}"),
        ("evil.example", DOMAIN, "https", f"https://{DOMAIN}"),
        ('evil.example/"><script>', DOMAIN, "https", f"https://{DOMAIN}"),
        ("127.0.0.1:3000", "127.0.0.1", "http", "http://127.0.0.1:3000"),
        ("127.0.0.1:3000", "localhost", "http", "http://127.0.0.1:3000"),
        ("plots.example", "", "https", "https://plots.example"),
        ("plots.example", DOMAIN, "javascript", f"https://{DOMAIN}"),
    ],
)
def test_absolute_addresses_are_of_the_host_that_was_asked(
    tmp_path: Path, host: str, domain: str, scheme: str, origin: str
) -> None:
    pages = pages_of(tmp_path, known("/plots/a/b", draw))
    page = Page(ask(pages, "/view/a/b", event={"domainName": domain}, host=host, x_forwarded_proto=scheme).body)
    assert page.metas()["og:url"] == f"{origin}/view/a/b"
    assert page.metas()["og:image"].startswith(f"{origin}/plots/a/b?")


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a@b", '"', "a..b", "é.example", "a\\b", "a?"])
def test_a_host_that_can_be_none_is_not_repeated(tmp_path: Path, host: str) -> None:
    pages = pages_of(tmp_path, known("/plots/a/b", draw))
    made = ask(pages, "/view/a/b", event={"domainName": ""}, host=host)
    assert made.status == 200
    assert "og:image" not in Page(made.body).metas()


def test_behind_a_cdn_addresses_are_of_its_domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_DOMAIN", "plots.example")
    pages = pages_of(tmp_path, known("/plots/a/b", draw))
    page = Page(ask(pages, "/view/a/b?x=2").body)
    assert page.metas()["og:url"] == "https://plots.example/view/a/b?x=2"
    assert page.metas()["og:image"].startswith("https://plots.example/plots/a/b?x=2&")
    assert "https://plots.example/plots/a/b?x=2" in page.text("section", id="snippet-html")
    assert json.loads(page.text("script", id="data"))["origin"] == "https://plots.example"
    for host in ("plots.example", DOMAIN):
        assert ask(pages, f"/oembed?url=https%3A%2F%2F{host}%2Fview%2Fa%2Fb").status == 200
    assert ask(pages, "/oembed?url=https%3A%2F%2Fevil.example%2Fview%2Fa%2Fb").status == 404


def test_a_stage_stands_before_all_paths(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, known("/plots/a/b", draw))
    staged = {"stage": "dev", "http": {"method": "GET", "path": "/dev/view/a/b", "sourceIp": ""}}
    page = Page(ask(pages, "/dev/view/a/b", event=staged).body)
    assert page.metas()["og:url"] == f"https://{DOMAIN}/dev/view/a/b"
    assert page.all("img", id="picture")[0]["src"] == "/dev/plots/a/b"
    assert page.all("form")[0]["action"] == "/dev/view/a/b"
    assert page.all("a", class_="brand")[0]["href"] == "/dev/"
    home = {"stage": "dev", "http": {"method": "GET", "path": "/dev", "sourceIp": ""}}
    assert Page(ask(pages, "/dev", event=home).body).all("img")[0]["src"].startswith("/dev/plots/a/b?")


@pytest.mark.parametrize("service", PAYLOADS)
def test_each_service_that_can_call_a_function_gets_pages(tmp_path: Path, service: str) -> None:
    pages = pages_of(tmp_path, known("/plots/a/b", draw))
    made = answer(pages(PAYLOADS[service](Request("/view/a/b", "x=2", headers={"host": "plots.example"})), None))
    assert made.status == 200
    assert Page(made.body).all("img", id="picture")[0]["src"].endswith("/plots/a/b?x=2")
