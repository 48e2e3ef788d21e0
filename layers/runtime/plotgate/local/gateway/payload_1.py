"""Payload 1.0 of an HTTP API, which an integration may ask for instead of 2.0.

The format: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
"""

from typing import Any
from urllib.parse import parse_qsl


def payload_1(event: dict[str, Any]) -> dict[str, Any]:
    """The event of payload 1.0 for the request of one of payload 2.0."""
    context, http = event["requestContext"], event["requestContext"]["http"]
    resource = event["routeKey"].partition(" ")[2]
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(event["rawQueryString"], keep_blank_values=True):
        values.setdefault(name, []).append(value)
    same = ("accountId", "apiId", "domainName", "domainPrefix", "requestId", "stage")
    return {
        "version": "1.0",
        "resource": resource,
        "path": event["rawPath"],
        "httpMethod": http["method"],
        "headers": event["headers"],
        "multiValueHeaders": {name: [value] for name, value in event["headers"].items()},
        "queryStringParameters": {name: found[-1] for name, found in values.items()} or None,
        "multiValueQueryStringParameters": values or None,
        "requestContext": {name: context[name] for name in same}
        | {
            "httpMethod": http["method"],
            "identity": {"sourceIp": http["sourceIp"], "userAgent": http["userAgent"]},
            "path": event["rawPath"],
            "protocol": http["protocol"],
            "requestTime": context["time"],
            "requestTimeEpoch": context["timeEpoch"],
            "resourceId": None,
            "resourcePath": resource,
        },
        "pathParameters": event.get("pathParameters"),
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }
