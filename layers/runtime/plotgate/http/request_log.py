"""A line of JSON in the log for each request, where Lambda writes its log as JSON.

Not a logger's: Lambda would put the line into another object. Not Powertools': importing it takes longer than all else
that a kept picture takes.
"""

import json
import os
import time
from typing import Any
from urllib.parse import unquote

from fastapi import Request, Response

from plotgate.pictures.store import Found
from plotgate.timing import milliseconds

_is_cold = True


def log_request(request: Request, response: Response, started: float) -> None:
    """Write what an operator asks of a request that began at `started`, by `time.perf_counter`.

    It has no client address, no signature, and of a refused request no query. `request.state.found` says how another
    was answered.
    """
    global _is_cold
    start, _is_cold = "cold" if _is_cold else "warm", False
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") != "JSON":
        return
    found: Found | None = getattr(request.state, "found", None)
    line: dict[str, Any] = {
        "plot": request.path_params.get("folder", "").removeprefix("plots/"),
        "url": found.request.canonical_url if found else unquote(request.url.path),
        "status": response.status_code,
        "outcome": response.headers.get("x-plotgate-error") or (found.outcome.value if found else "page"),
        "start": start,
        "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        "steps": milliseconds(),
        "bytes": len(response.body),
        "request_id": getattr(request.scope.get("aws.context"), "aws_request_id", ""),
    }
    if namespace := os.environ.get("PLOTGATE_METRICS"):
        line["_aws"] = _metrics(namespace)
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _metrics(namespace: str) -> dict[str, Any]:
    """CloudWatch's embedded metric format: which members of the line are metrics."""
    units = {"milliseconds": "Milliseconds", "bytes": "Bytes"}
    metrics = [{"Name": name, "Unit": unit} for name, unit in units.items()]
    directive = {"Namespace": namespace, "Dimensions": [["plot", "outcome"]], "Metrics": metrics}
    return {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
