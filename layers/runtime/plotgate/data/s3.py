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

    def version(self) -> str:
        try:
            return within(TIMEOUT, self._head, lambda: None)
        except (BotoCoreError, ClientError) as error:
            raise UnavailableError(str(error)) from error

    def _content(self, kept: str | None) -> tuple[str, bytes] | None:
        download = Download()
        try:
            return within(TIMEOUT, lambda: self._get(kept, download), download.cut_off)
        except BotoCoreError as error:
            raise UnavailableError(str(error)) from error

    def _head(self) -> str:
        return self._client.head_object(Bucket=self._bucket, Key=self._path)["ETag"]

    def _get(self, kept: str | None, download: "Download") -> tuple[str, bytes] | None:
        try:
            if kept is None:
                answer = self._client.get_object(Bucket=self._bucket, Key=self._path)
            else:
                answer = self._client.get_object(Bucket=self._bucket, Key=self._path, IfNoneMatch=kept)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_MODIFIED:
                return None
            raise
        with answer["Body"]:
            self._declared.check_bytes(answer["ContentLength"])
            return answer["ETag"], download.read(answer["Body"])


class Download:
    """The read of a body that another thread may cut off, before it begins or while it goes on."""

    def __init__(self) -> None:
        self._body: StreamingBody | None = None
        self._is_cut_off = False

    def read(self, body: "StreamingBody") -> bytes:
        self._body = body
        if self._is_cut_off:
            self.cut_off()
        return body.read()

    def cut_off(self) -> None:
        """Let the read fail as soon as it has to wait again."""
        self._is_cut_off = True
        with suppress(AttributeError):  # what was read to its end has no socket
            if self._body is not None:
                self._body.set_socket_timeout(0.001)
