"""Requests that schemathesis makes from /openapi.json, valid and not, against the local gateway: none ends in a 5xx."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.found import ROOT, gallery
from tests.local.conftest import Served, served
from tests.url.test_time_range import texts

SCHEMA = schemathesis.openapi.from_dict(json.loads((gallery() / "openapi.json").read_text()))
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok)]
EXAMPLES = {GenerationMode.POSITIVE: 10, GenerationMode.NEGATIVE: 40}  # requests for each plot
# OpenAPI has no words for what a time may be; from its schema alone, any text, nearly none is one.
TIMES = texts("America/Los_Angeles")


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ROOT, tmp_path_factory.mktemp("fuzzing") / "terminal.txt") as running:
        yield running


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_no_request_ends_in_a_server_error(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, gateway: Served
) -> None:
    times = {parameter.name: TIMES for parameter in operation.query if parameter.name in ("start", "end")}
    statuses: Counter[int] = Counter()

    @seed(4)
    @settings(
        max_examples=EXAMPLES[mode] * (3 if times else 1),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), said=st.fixed_dictionaries({}, optional=times))
    def run(case: Case[Any], said: dict[str, str]) -> None:
        if mode is GenerationMode.POSITIVE:
            case.query = {name: value for name, value in case.query.items() if name not in times} | said
        answer = case.call(base_url=str(gateway.http.base_url), timeout=60)
        assert answer.status_code < 500, (case.path_parameters, case.query, answer.text)
        if answer.status_code in (200, 422):
            case.validate_response(answer, checks=[content_type_conformance, response_schema_conformance])
        statuses[answer.status_code] += 1

    run()
    if mode is GenerationMode.POSITIVE:
        assert statuses[200] >= 3, statuses
    else:
        assert statuses[422] >= 3, statuses
