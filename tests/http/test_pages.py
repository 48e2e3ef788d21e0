"""Pages that show plots and draw none."""

from pathlib import Path

from plotgate.http.pages import serve_page
from tests.wire import Answer, Request, answer, http_api


def test_a_page_that_a_client_has_is_not_sent_again(tmp_path: Path) -> None:
    said = ["one"]
    (tmp_path / "plots.json").write_text("{}")
    handler = serve_page(lambda: said[0], {"/plots.json": tmp_path / "plots.json"})

    def ask(path: str, tag: str = '"none"') -> Answer:
        return answer(handler(http_api(Request(path, headers={"if-none-match": tag})), None))

    for path in ("/", "/plots.json"):
        first = ask(path)
        assert first.status == 200
        for tag in (first.headers["etag"], first.headers["etag"].removeprefix("W/"), "*"):
            known = ask(path, tag)
            assert (known.status, known.body, known.headers["etag"]) == (304, b"", first.headers["etag"])
            assert known.headers["vary"].lower() == "accept-encoding"
    tag = ask("/").headers["etag"]
    said[0] = "two"
    assert (ask("/", tag).status, ask("/", tag).body) == (200, b"two")
