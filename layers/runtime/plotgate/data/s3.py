"""Tables in S3 objects, or in stores that speak S3 (`AWS_ENDPOINT_URL_S3`)."""

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from plotgate.data.aws import AWS_CONFIG
from plotgate.data.deadline import within
from plotgate.data.source import TIMEOUT, Declaration, UnavailableError
from plotgate.data.whole import WholeSource

if TYPE_CHECKING:
    from botocore.response import StreamingBody


class S3Source(WholeSource):
    """An S3 object; boto3 finds region, credentials and endpoint in its own environment variables."""

    def __init__(self, address: str, declared: Declaration) -> None:
        self._bucket, _, key = address.removeprefix("s3://").partition("/")
        super().__init__(key, declared)
        self.address = address
        self._client = boto3.client("s3", config=AWS_CONFIG)
        self._body: StreamingBody | None = None

    def version(self) -> str:
        try:
            return within(TIMEOUT, self._head, lambda: None)
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError(str(error)) from error

    def _content(self, kept: str | None) -> tuple[str, bytes] | None:
        try:
            return within(TIMEOUT, lambda: self._get(kept), self._cut_off)
        except BotoCoreError as error:
            raise UnavailableError(str(error)) from error

    def _head(self) -> str:
        return self._client.head_object(Bucket=self._bucket, Key=self._path)["ETag"]

    def _get(self, kept: str | None) -> tuple[str, bytes] | None:
        try:
            if kept is None:
                answer = self._client.get_object(Bucket=self._bucket, Key=self._path)
            else:
                answer = self._client.get_object(Bucket=self._bucket, Key=self._path, IfNoneMatch=kept)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_MODIFIED:
                return None
            raise
        with answer["Body"] as body:
            self._declared.check_bytes(answer["ContentLength"])
            self._body = body
            content = body.read()
        return answer["ETag"], content

    def _cut_off(self) -> None:
        """End a read that goes on behind the deadline: it fails as soon as it has to wait again."""
        with suppress(AttributeError):  # there is no body yet, or it has no socket any more
            if self._body is not None:
                self._body.set_socket_timeout(0.001)
