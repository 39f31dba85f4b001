"""Advisory locks of PostgreSQL: a connection holds them, and they are gone with it, whatever killed the process.

They need session pooling or no pooler: a pooler that shares connections between transactions would mix them up.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# The first half of the pair that PostgreSQL calls the key.
PERIODIC = 7501
TASK = 7502


def take(kind: int, name: str) -> bool:
    """Take the lock without waiting; False when another connection has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [kind, name])
        return cursor.fetchone()[0]


def give_back(kind: int, name: str) -> None:
    """Give the lock back; without effect when this connection does not hold it any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [kind, name])


@contextmanager
def held(kind: int, name: str) -> Iterator[bool]:
    """Hold the lock for the time of the block; the value says whether it was free."""
    got = take(kind, name)
    try:
        yield got
    finally:
        if got and connection.connection is not None:
            give_back(kind, name)
