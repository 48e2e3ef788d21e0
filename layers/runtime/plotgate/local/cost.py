"""What pictures cost a month, on demand in us-east-1, without free tiers, reserved capacity or taxes.

Prices: the public pages of AWS Lambda, API Gateway (HTTP API), CloudFront, EC2 data transfer and Fargate pricing, as of
November 2026.
"""

from dataclasses import dataclass

PRICES_OF = "November 2026"
HOURS = 730  # of a month
GIGABYTE = 10**9

LAMBDA_GB_SECOND = {"x86_64": 0.0000166667, "arm64": 0.0000133334}
LAMBDA_REQUEST = 0.20 / 10**6
HTTP_API_REQUEST = 1.00 / 10**6
HTTP_API_UNIT = 512_000  # bytes of an answer that count as one request
TRANSFER_GB = 0.09  # out of AWS, the first 10 TB
CLOUDFRONT_REQUEST = 0.01 / 10**4  # HTTPS, United States and Europe
CLOUDFRONT_GB = 0.085  # the same, the first 10 TB; from Lambda to CloudFront nothing
CLOUDFRONT_FUNCTION = 0.10 / 10**6  # that makes one key of each spelling of a URL
FARGATE_CPU_HOUR, FARGATE_GB_HOUR = 0.04048, 0.004445
SERVER_CPUS, SERVER_GB = 1, 2
PLAN_REQUESTS, PLAN_BYTES = 10**6, 100 * GIGABYTE  # that CloudFront's Free plan is for


@dataclass(frozen=True)
class Use:
    """Pictures that are shown in a month.

    Args:
        pictures: how often one is shown.
        hit_rate: the share that a CDN has, from 0 to 1.
        milliseconds: a function's time for one that it draws.
        memory: of a function, in MB.
        size: of a picture, in bytes.
        architecture: of the functions.
    """

    pictures: int
    hit_rate: float
    milliseconds: float
    memory: int
    size: int
    architecture: str = "x86_64"


@dataclass(frozen=True)
class Cost:
    """Dollars of a month."""

    name: str
    compute: float
    requests: float
    transfer: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.compute + self.requests + self.transfer


def costs(use: Use) -> list[Cost]:
    """Each way of hosting, for the same pictures."""
    sent = use.pictures * use.size / GIGABYTE
    drawn = round(use.pictures * (1 - use.hit_rate))
    at_the_edge = use.pictures * (CLOUDFRONT_REQUEST + CLOUDFRONT_FUNCTION)
    found = [
        Cost("HTTP API and Lambda", _drawing(use, use.pictures), _asking(use, use.pictures), sent * TRANSFER_GB),
        Cost("the same with CloudFront", _drawing(use, drawn), _asking(use, drawn) + at_the_edge, sent * CLOUDFRONT_GB),
    ]
    if use.pictures <= PLAN_REQUESTS and use.pictures * use.size <= PLAN_BYTES:
        found.append(Cost("the same with CloudFront's Free plan", _drawing(use, drawn), _asking(use, drawn), 0))
    server = HOURS * (SERVER_CPUS * FARGATE_CPU_HOUR + SERVER_GB * FARGATE_GB_HOUR)
    return [*found, Cost("one container that is always on", server, 0, sent * TRANSFER_GB)]


def _drawing(use: Use, pictures: int) -> float:
    gigabyte_seconds = pictures * use.milliseconds / 1000 * use.memory / 1024
    return gigabyte_seconds * LAMBDA_GB_SECOND[use.architecture] + pictures * LAMBDA_REQUEST


def _asking(use: Use, pictures: int) -> float:
    units = -(-use.size // HTTP_API_UNIT)
    return pictures * max(1, units) * HTTP_API_REQUEST
