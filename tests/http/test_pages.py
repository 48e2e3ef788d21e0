"""Pages that show plots and draw none."""

from plotgate.http.endpoint import application
from plotgate.http.events import Adapter
from plotgate.http.pages import page_answer
from tests.wire import Answer, Request, answer, http_api


def test_a_page_that_a_client_has_is_not_sent_again() -> None:
    said = [b"one"]
    handler = Adapter(application({"/": lambda request: page_answer(request, said[0])}))

    def ask(tag: str = '"none"') -> Answer:
        return answer(handler(http_api(Request("/", headers={"if-none-match": tag})), None))

    first = ask()
    assert first.status == 200
    for tag in (first.headers["etag"], first.headers["etag"].removeprefix("W/"), "*"):
        known = ask(tag)
        assert (known.status, known.body, known.headers["etag"]) == (304, b"", first.headers["etag"])
        assert known.headers["vary"].lower() == "accept-encoding"
    said[0] = b"two"
    assert (ask(first.headers["etag"]).status, ask(first.headers["etag"]).body) == (200, b"two")
