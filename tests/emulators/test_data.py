"""The layers for plots whose data is elsewhere, under AWS's emulator."""

from collections.abc import Callable
from dataclasses import replace

from tests.data.servers import PASSWORD, PostgreSQL, postgresql_binaries
from tests.data.test_live_plots import fill
from tests.emulators.built import Built
from tests.emulators.runtime import Emulator
from tests.wire import Request, answer, http_api


def test_a_function_draws_a_table_of_postgresql(
    functions: dict[str, Built], emulator_of: Callable[[Built], Emulator]
) -> None:
    built = functions["weather/temperature"]
    request = http_api(Request("/plots/weather/temperature", headers={"host": "localhost"}))
    own = answer(emulator_of(built).invoke(request))
    server = PostgreSQL(postgresql_binaries())
    try:
        fill(server)
        environment = {**built.function.environment, "DATA_WEATHER": server.address, "PGPASSWORD": PASSWORD}
        found = emulator_of(replace(built, function=replace(built.function, environment=environment))).invoke(request)
    finally:
        server.remove()
    assert answer(found).status == 200
    assert answer(found).content_type == "image/png"
    assert answer(found).headers["etag"] != own.headers["etag"]
    assert "max-age=60," in answer(found).headers["cache-control"]
