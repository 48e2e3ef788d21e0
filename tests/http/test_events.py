"""The seam to Lambda."""

import asyncio

from fastapi import FastAPI

from plotgate.http.events import Adapter


async def nothing() -> None: ...


def test_next_request_is_answered_after_a_plot_ran_its_own_event_loop() -> None:
    app = FastAPI()
    app.get("/")(nothing)
    adapter = Adapter(app)
    asyncio.run(nothing())
    http = {"method": "GET", "path": "/", "sourceIp": "127.0.0.1"}
    answer = adapter({"version": "2.0", "requestContext": {"http": http}, "headers": {}}, None)
    assert answer["statusCode"] == 200
