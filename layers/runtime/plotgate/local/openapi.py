"""Plots as OpenAPI 3.1: what their URLs take, and what they answer with."""

from collections.abc import Mapping
from typing import Any

from plotgate.errors import PlotgateError
from plotgate.url.formats import FORMATS
from plotgate.url.plot import Plot
from plotgate.url.signature import in_path
from plotgate.version import VERSION

MEDIA_TYPES = [form.media_type for form in FORMATS.values()]
PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was wrong, and what would be right"},
        "code": {"type": "string", "description": "Stable; also in the header X-Plotgate-Error"},
        "errors": {
            "type": "array",
            "description": "Of parameters: each rule that one of them breaks",
            "items": {
                "type": "object",
                "required": ["parameter", "rule", "value"],
                "properties": {
                    "parameter": {"type": "string"},
                    "rule": {"type": "string"},
                    "value": {"type": ["string", "null"], "description": "What was received"},
                },
            },
        },
    },
}
DESCRIPTION = {
    "type": "object",
    "required": ["title", "description", "alt", "url", "parameters", "width", "height", "data_version", "versions"],
    "properties": {
        "title": {"type": "string"},
        "description": {"type": "string"},
        "alt": {"type": "string", "description": "The picture in words"},
        "url": {"type": "string", "description": "The canonical URL, without a host"},
        "parameters": {"type": "object", "description": "As used"},
        "width": {"type": "integer", "description": "CSS pixels"},
        "height": {"type": "integer", "description": "CSS pixels"},
        "data_version": {"type": ["string", "null"]},
        "versions": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def openapi(plots: Mapping[str, Plot]) -> dict[str, Any]:
    """The description of plots, by their paths as template.yaml has them, `/plots/x/name/{name}`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "plotgate: a URL for every plot", "version": VERSION},
        "paths": {path: {"get": _operation(path, plot)} for path, plot in plots.items()},
        "components": {
            "schemas": {"Problem": PROBLEM, "Description": DESCRIPTION},
            "responses": {"Error": _error()},
        },
    }


def _operation(path: str, plot: Plot) -> dict[str, Any]:
    return {
        "operationId": path.partition("{")[0].strip("/").replace("/", "_"),
        "summary": plot.title,
        "description": plot.description,
        "parameters": _parameters(plot),
        "responses": {
            "200": {
                "description": "The plot, in the format asked for",
                "headers": {
                    "ETag": {"schema": {"type": "string"}},
                    "X-Plotgate-Alt": {
                        "description": "The picture in words, percent-encoded UTF-8",
                        "schema": {"type": "string"},
                    },
                },
                "content": {kind.partition(";")[0]: {"schema": _content(kind)} for kind in MEDIA_TYPES},
            },
            "304": {"description": "If-None-Match names the picture: it has not changed"},
            "default": {"$ref": "#/components/responses/Error"},
        },
    }


def _content(media_type: str) -> dict[str, Any]:
    if media_type == FORMATS["json"].media_type:
        return {"$ref": "#/components/schemas/Description"}
    return {"type": "string"} if media_type in (FORMATS["csv"].media_type, FORMATS["svg"].media_type) else {}


def _parameters(plot: Plot) -> list[dict[str, Any]]:
    path = in_path(plot.parameters)
    described = []
    for name, schema in plot.url_parameters.model_json_schema()["properties"].items():
        schema = {key: value for key, value in schema.items() if key != "title" and (key, value) != ("default", None)}
        description = schema.pop("description", None)
        choices = [choice for choice in schema.pop("anyOf", []) if choice != {"type": "null"}]
        schema |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
        parameter: dict[str, Any] = {"name": name, "in": "path" if name in path else "query", "required": name in path}
        if description:
            parameter["description"] = description
        if schema.get("type") == "array":
            # Commas between the values, as OpenAPI writes them by default in a path.
            parameter |= {"style": "simple"} if name in path else {"style": "form", "explode": False}
            schema["examples"] = [example.split(",") for example in schema.get("examples", [])]
        described.append({**parameter, "schema": schema})
    return described


def _error() -> dict[str, Any]:
    errors = sorted(_errors(PlotgateError), key=lambda error: (error.status, error.code))
    table = "\n".join(f"- {int(error.status)} `{error.code}`: {error.title}" for error in errors)
    return {
        "description": f"An error, as a picture where a picture was asked for:\n{table}",
        "headers": {
            "X-Plotgate-Error": {"description": "A stable code", "schema": {"enum": [error.code for error in errors]}}
        },
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
            "text/plain": {"schema": {"type": "string"}},
            **{FORMATS[form].media_type: {"schema": {}} for form in ("png", "webp")},
            FORMATS["svg"].media_type: {"schema": {"type": "string"}},
        },
    }


def _errors(kind: type[PlotgateError]) -> list[type[PlotgateError]]:
    found = [kind] if hasattr(kind, "code") else []
    return found + [error for subclass in kind.__subclasses__() for error in _errors(subclass)]
