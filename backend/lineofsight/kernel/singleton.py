"""One server for one SQLite file: its background work and its caches count on being alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from lineofsight.kernel.address import DatabaseError, DatabaseUrl
from lineofsight.kernel.locks import serve_lock


@contextmanager
def only_server(url: str) -> Iterator[None]:
    """Serves alone inside the block, or is refused. On PostgreSQL any number may serve."""
    address = DatabaseUrl.parse(url)
    if address.dialect == "postgres":
        yield
        return
    if not address.path.absolute().parent.is_dir():
        raise DatabaseError(f"Cannot open {address.path}: its folder does not exist.")
    lock = serve_lock(address.path)
    if not lock.take():
        raise DatabaseError(f"Another server is already running on {address.path}; stop it first.")
    try:
        yield
    finally:
        lock.release()
