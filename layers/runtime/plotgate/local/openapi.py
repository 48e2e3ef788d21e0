"""Plots as OpenAPI 3.1: what their URLs take, and what they answer with.

Not FastAPI's own description: it knows neither lists with commas, nor lists in a path, nor errors as problem JSON.
"""

from collections.abc import Mapping
from typing import Any

from plotgate.errors import PlotgateError
from plotgate.url.formats import FORMATS
from plotgate.url.plot import Plot
from plotgate.url.signature import in_path
from plotgate.version import VERSION

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
PIXELS: Schema = {"type": "integer", "description": "CSS pixels"}


def _object(optional: Schema | None = None, **required: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": required | (optional or {})}


VIOLATION = _object(parameter=TEXT, rule=TEXT, value={"type": ["string", "null"], "description": "What was received"})
PROBLEM = {"description": "RFC 9457"} | _object(
    type=TEXT,
    title=TEXT,
    status={"type": "integer"},
    detail=TEXT | {"description": "What was wrong, and what would be right"},
    code=TEXT | {"description": "Stable; also in the header X-Plotgate-Error"},
    optional={
        "errors": {
            "type": "array",
            "description": "Of parameters: each rule that one of them breaks",
            "items": VIOLATION,
        }
    },
)
DESCRIPTION = _object(
    title=TEXT,
    description=TEXT,
    alt=TEXT | {"description": "The picture in words"},
    url=TEXT | {"description": "The canonical URL, without a host"},
    parameters={"type": "object", "description": "As used"},
    width=PIXELS,
    height=PIXELS,
    data_version={"type": ["string", "null"]},
    versions={"type": "object", "additionalProperties": TEXT},
)


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
        "parameters": parameters(plot),
        "responses": {
            "200": {
                "description": "The plot, in the format asked for",
                "headers": {
                    "ETag": {"schema": TEXT},
                    "X-Plotgate-Alt": {"description": "The picture in words, percent-encoded UTF-8", "schema": TEXT},
                },
                "content": _content(*FORMATS)
                | {"application/json": {"schema": {"$ref": "#/components/schemas/Description"}}},
            },
            "304": {"description": "If-None-Match names the picture: it has not changed"},
            "default": {"$ref": "#/components/responses/Error"},
        },
    }


def _content(*formats: str) -> dict[str, Any]:
    found = [FORMATS[name] for name in formats]
    return {form.media_type.partition(";")[0]: {"schema": TEXT if form.is_text else {}} for form in found}


def parameters(plot: Plot) -> list[dict[str, Any]]:
    """The parameters of a plot's URL, as OpenAPI describes them."""
    path = in_path(plot.parameters)
    described = []
    document = plot.url_parameters.model_json_schema()
    for name, schema in document["properties"].items():
        schema = _resolved(schema, document.get("$defs", {}))
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


def _resolved(schema: Any, known: Mapping[str, Any]) -> Any:
    """A schema with what it refers to in its place: an enumeration has a schema of its own."""
    if isinstance(schema, list):
        return [_resolved(item, known) for item in schema]
    if not isinstance(schema, dict):
        return schema
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name in known:
        others = {other: value for other, value in known.items() if other != name}  # of one that holds itself, an end
        return _resolved({**known[name], **{key: value for key, value in schema.items() if key != "$ref"}}, others)
    return {key: _resolved(value, known) for key, value in schema.items()}


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
            "text/plain": {"schema": TEXT},
            **_content("png", "webp", "svg"),
        },
    }


def _errors(kind: type[PlotgateError]) -> list[type[PlotgateError]]:
    found = [kind] if hasattr(kind, "code") else []
    return found + [error for subclass in kind.__subclasses__() for error in _errors(subclass)]
