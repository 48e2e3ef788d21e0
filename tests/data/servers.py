"""Real servers for tests, each on a free port of this machine, that can be stopped and started again."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from moto.server import ThreadedMotoServer

from tests.tiers import unavailable

OWNER, PASSWORD = "owner", "correct horse battery staple"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgreSQL:
    """A cluster of its own with one database; PostgreSQL refuses to run as root."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="plotgate-postgresql-"))
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
        self.port = free_port()
        password = self._folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run("initdb", "--auth=scram-sha-256", f"--pwfile={password}", "--no-sync", "--encoding=UTF8", "-U", OWNER)
        self.start()

    @property
    def address(self) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text()

    def start(self) -> None:
        settings = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self._folder} -c fsync=off -c log_statement=all"
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self._folder}/log", f"--options={settings}")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=fast")

    def remove(self) -> None:
        if (self._folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder)

    def execute(self, statement: str, rows: list[tuple[Any, ...]] | None = None) -> None:
        with self.connect() as connection:
            if rows is None:
                connection.execute(statement.encode())
            else:
                connection.cursor().executemany(statement.encode(), rows)

    def connect(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self.address, password=PASSWORD, autocommit=True)

    def _run(self, program: str, *arguments: str) -> None:
        command: list[str | Path] = [self._binaries / program, "-D", self._folder / "data", *arguments]
        # Not captured: the server inherits the pipe, and the end of it would never come.
        subprocess.run(command, check=True, user=self._user, stdout=subprocess.DEVNULL, cwd=self._folder)


class AWS:
    """S3, Secrets Manager and SSM over HTTP; what they hold outlives a stop."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self._server.start()

    def stop(self) -> None:
        self._server.stop()


def postgresql_binaries() -> Path:
    """The newest installed; without one a skip on a laptop, and a failure in CI."""
    found = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found and not installed:
        unavailable("PostgreSQL is not installed: apt-get install postgresql")
    return Path(found or installed[-1]).parent
