"""Tables in S3 objects, or in stores that speak S3 (`AWS_ENDPOINT_URL_S3`)."""

import boto3

from plotgate.data.aws import AWS_CONFIG
from plotgate.data.columns import Columns
from plotgate.data.file import WholeSource


class S3Source(WholeSource):
    """An S3 object; boto3 finds region, credentials and endpoint in its own environment variables."""

    def __init__(self, address: str, columns: Columns, time: str | None) -> None:
        bucket, _, key = address.removeprefix("s3://").partition("/")
        super().__init__(key, columns, time)
        self._bucket = bucket
        self._client = boto3.client("s3", config=AWS_CONFIG)

    def version(self) -> str:
        return self._client.head_object(Bucket=self._bucket, Key=self._path)["ETag"]

    def _content(self) -> tuple[str, bytes]:
        answer = self._client.get_object(Bucket=self._bucket, Key=self._path)
        with answer["Body"] as body:
            return answer["ETag"], body.read()
