"""The function that `/readyz` invokes."""

import base64
from typing import Any

from plotgate.local.workers.stack import draw_one


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """A small picture, drawn anew."""
    return {"statusCode": 200, "isBase64Encoded": True, "body": base64.b64encode(draw_one()).decode()}
