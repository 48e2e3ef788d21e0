"""The routes and functions of a SAM template, as the local gateway needs them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

API_TIMEOUT = 30.0
"""Seconds that an HTTP API waits for a function, unless a route says less (`TimeoutInMillis`)."""

PSEUDO_PARAMETERS = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::StackName": "plotgate",
    "AWS::URLSuffix": "amazonaws.com",
}


class TemplateError(Exception):
    """The template cannot be served; the message says what, and why."""


@dataclass(frozen=True)
class Function:
    """A Lambda function of the template."""

    name: str
    code: Path
    handler: str
    memory: int  # MB
    timeout: float  # seconds
    environment: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Route:
    """A method and a path of the HTTP API; `{name}` stands for one segment, `{name+}` for all that follow."""

    method: str  # or ANY
    path: str  # or $default
    function: Function
    timeout: float = API_TIMEOUT  # seconds

    @property
    def key(self) -> str:
        """The route as API gateway writes it, such as `GET /plots/{name}`."""
        return self.path if self.path == "$default" else f"{self.method} {self.path}"


@dataclass(frozen=True)
class Template:
    """What a template declares, in its order."""

    file: Path
    functions: tuple[Function, ...]
    routes: tuple[Route, ...]

    @property
    def gallery(self) -> Function | None:
        """The function that answers at `/`: the catalog of the plots is for it."""
        return next((route.function for route in self.routes if route.path == "/"), None)


def read_template(file: Path) -> Template:
    """The functions and the HTTP API's routes of a SAM template.

    Raises:
        TemplateError: the file cannot be read, or says something that the local gateway cannot do.
    """
    file = file.resolve()
    try:
        document = yaml.load(file.read_text(), Loader=_Loader)  # noqa: S506  # a subclass of SafeLoader
    except OSError as error:
        raise TemplateError(f"The template {file} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TemplateError(f"The template {file} is not valid YAML: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("Resources"), dict):
        raise TemplateError(f"The template {file} must have Resources.")
    defaults = _mapping(_mapping(document, "Globals"), "Function")
    parameters = {name: str(p["Default"]) for name, p in _mapping(document, "Parameters").items() if "Default" in p}
    functions, routes = [], []
    for name, resource in document["Resources"].items():
        if resource.get("Type") != "AWS::Serverless::Function":
            continue
        properties = _merged(defaults, _mapping(resource, "Properties"))
        function = _function(name, properties, file.parent, parameters)
        functions.append(function)
        routes += [_route(event, function) for event in _mapping(properties, "Events").values() if _is_http_api(event)]
    if not routes:
        raise TemplateError(f"The template {file} must have a function with an event of type HttpApi.")
    return Template(file, tuple(functions), tuple(routes))


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms: `!Ref x` is `{"Ref": x}`, `!Sub x` is `{"Fn::Sub": x}`."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(cast(yaml.MappingNode, node), deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)


def _mapping(parent: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = parent.get(key) or {}
    if not isinstance(value, dict):
        raise TemplateError(f"{key} must be a mapping, not {value!r}.")
    return value


def _merged(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """SAM's rule for Globals: mappings are merged, all else that the function says itself replaces the default."""
    merged = dict(defaults)
    for key, value in own.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _function(name: str, properties: Mapping[str, Any], folder: Path, parameters: Mapping[str, str]) -> Function:
    runtime, code, handler = properties.get("Runtime"), properties.get("CodeUri"), properties.get("Handler")
    if not isinstance(runtime, str) or not runtime.startswith("python"):
        raise TemplateError(f"{name}: Runtime must be a version of Python, not {runtime!r}.")
    if not isinstance(code, str) or not (folder / code).is_dir():
        raise TemplateError(f"{name}: CodeUri must be a folder beside the template, not {code!r}.")
    if not isinstance(handler, str) or "." not in handler:
        raise TemplateError(f"{name}: Handler must be a module and a name in it, such as app.handler, not {handler!r}.")
    variables = _mapping(_mapping(properties, "Environment"), "Variables")
    return Function(
        name=name,
        code=(folder / code).resolve(),
        handler=handler,
        memory=int(_number(name, "MemorySize", properties.get("MemorySize", 128), parameters)),
        timeout=_number(name, "Timeout", properties.get("Timeout", 3), parameters),
        environment={key: _text(f"{name}: {key}", value, parameters) for key, value in variables.items()},
    )


def _is_http_api(event: Mapping[str, Any]) -> bool:
    return event.get("Type") == "HttpApi"


def _route(event: Mapping[str, Any], function: Function) -> Route:
    properties = _mapping(event, "Properties")
    if str(properties.get("PayloadFormatVersion", "2.0")) != "2.0":
        raise TemplateError(f"{function.name}: PayloadFormatVersion must be 2.0 to be served locally.")
    timeout = (
        _number(function.name, "TimeoutInMillis", properties.get("TimeoutInMillis", API_TIMEOUT * 1000), {}) / 1000
    )
    path = str(properties.get("Path", "$default"))
    if path != "$default" and not path.startswith("/"):
        raise TemplateError(f"{function.name}: Path must start with a slash, not be {path!r}.")
    method = str(properties.get("Method", "ANY")).upper().replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY")
    return Route(method, path, function, timeout)


def _number(function: str, name: str, value: Any, parameters: Mapping[str, str]) -> float:
    if isinstance(value, dict):
        value = _text(f"{function}: {name}", value, parameters)
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TemplateError(f"{function}: {name} must be a number, not {value!r}.") from None


def _text(what: str, value: Any, parameters: Mapping[str, str]) -> str:
    """A value, with references to the template's parameters replaced by their defaults.

    A reference to a resource becomes the resource's name: what it is called on AWS is not known here.
    """
    known = PSEUDO_PARAMETERS | dict(parameters)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, dict):
        return str(value)
    if isinstance(name := value.get("Ref"), str):
        return known.get(name, name)
    if isinstance(pattern := value.get("Fn::Sub"), str):
        return re.sub(r"\$\{(?!!)([^}]+)\}", lambda match: known.get(match[1], match[1]), pattern).replace("${!", "${")
    raise TemplateError(f"{what} must be a text, a Ref or a Sub to be served locally, not {value!r}.")
