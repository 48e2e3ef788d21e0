"""Credentials that the configuration names and does not hold."""

import json
from dataclasses import dataclass, field

import boto3

from plotgate.data.aws import AWS_CONFIG


@dataclass(frozen=True)
class Credentials:
    """A user's name, when the secret holds one, and the password."""

    username: str | None
    password: str = field(repr=False)


def credentials(arn: str) -> Credentials:
    """The credentials that the secret of Secrets Manager or the parameter of SSM at `arn` holds.

    Its text is the password, or JSON with `password` and perhaps `username`, as RDS keeps them.

    Raises:
        ValueError: `arn` is of neither service, or JSON without a password.
    """
    text = secret_text(arn)
    if not text.lstrip().startswith("{"):
        return Credentials(None, text)
    try:
        members = json.loads(text)
        return Credentials(members.get("username"), members["password"])
    except (json.JSONDecodeError, KeyError):
        # Neither the text nor the error that quotes it may reach a log.
        raise ValueError("The JSON of a secret must have a password.") from None


def secret_text(arn: str) -> str:
    """What the secret of Secrets Manager or the parameter of SSM at `arn` holds.

    Raises:
        ValueError: `arn` is of neither service.
        Exception: whatever boto3 raises where it is not answered, or not allowed to read.
    """
    _, _, service, region, *_ = [*arn.split(":"), "", "", "", ""]
    match service:
        case "secretsmanager":
            secrets = boto3.client("secretsmanager", region_name=region, config=AWS_CONFIG)
            return secrets.get_secret_value(SecretId=arn)["SecretString"]
        case "ssm":
            parameters = boto3.client("ssm", region_name=region, config=AWS_CONFIG)
            return parameters.get_parameter(Name=arn, WithDecryption=True)["Parameter"]["Value"]
        case _:
            raise ValueError("A secret must be the ARN of a Secrets Manager secret or of an SSM parameter.")
