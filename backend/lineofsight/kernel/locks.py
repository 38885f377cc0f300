"""Locks between processes on one SQLite file; the system drops them when a process dies, however it dies.

They lie on files of their own beside the database: closing any descriptor of the database file itself would
drop SQLite's own locks on it.
"""

import asyncio
import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """A lock on the file ``database`` + ``suffix``, held until ``release``."""

    def __init__(self, database: Path, suffix: str) -> None:
        self._path = f"{database.resolve()}{suffix}"
        self._descriptor: int | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Takes the lock if it is free (``shared``: with others who share it); whether it was."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    async def wait(self, seconds: float, *, shared: bool = False) -> bool:
        """Takes the lock as soon as it is free, for so long at most."""
        end = time.monotonic() + seconds
        while not self.take(shared=shared):
            if time.monotonic() >= end:
                return False
            await asyncio.sleep(0.05)
        return True

    def release(self) -> None:
        """Lets go; does nothing when the lock is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def use_lock(database: Path) -> FileLock:
    """Shared by every process that is connected; a migration takes it alone."""
    return FileLock(database, "-lock")


def serve_lock(database: Path) -> FileLock:
    """Held by the one server of the database."""
    return FileLock(database, "-serve")
