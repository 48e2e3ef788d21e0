"""The seam to Lambda."""

import asyncio
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi import Request as Asked

from plotgate.http.events import Adapter
from tests.events import load_event
from tests.wire import Request, http_api, rest_api


async def nothing() -> None: ...


def test_next_request_is_answered_after_a_plot_ran_its_own_event_loop() -> None:
    app = FastAPI()
    app.get("/")(nothing)
    adapter = Adapter(app)
    asyncio.run(nothing())
    http = {"method": "GET", "path": "/", "sourceIp": "127.0.0.1"}
    answer = adapter({"version": "2.0", "requestContext": {"http": http}, "headers": {}}, None)
    assert answer["statusCode"] == 200


def payload_2(path: str) -> dict[str, Any]:
    event = load_event("http_api")
    event["requestContext"]["http"]["path"] = path
    return event


def payload_1(path: str) -> dict[str, Any]:
    """Of an HTTP API: as REST API's, but for `version` and a path that is decoded."""
    event = rest_api(Request("/", "a=1"))
    return event | {"version": "1.0", "path": path}


@pytest.mark.parametrize("payload", [payload_1, payload_2])
@pytest.mark.parametrize("path", ["/a%20b/ü?", "/%", "/%2e%2e/%C3%BC", "/plots/半径", "/a+b"])
def test_http_api_decodes_a_path_and_it_is_not_decoded_again(payload: Any, path: str) -> None:
    app = FastAPI()

    async def asked(request: Asked) -> Any:
        return request.url.path, request.path_params["rest"]

    app.get("/{rest:path}")(asked)
    answer = Adapter(app)(payload(path), None)
    assert json.loads(answer["body"])[1] == path[1:]


@pytest.mark.parametrize("host", ["[::1]:3000", "[2001:db8::7]", "plots.example:3000", "plots.example"])
def test_host_may_be_an_address_of_any_kind(host: str) -> None:
    app = FastAPI()

    @app.get("/")
    async def told(request: Asked) -> dict[str, Any]:
        return {"hosts": request.headers.getlist("host"), "event": request.scope["aws.event"]["headers"]["host"]}

    event = http_api(Request("/", headers={"host": host}))
    answer = Adapter(app)(event, None)
    assert json.loads(answer["body"]) == {"hosts": [host], "event": host}
