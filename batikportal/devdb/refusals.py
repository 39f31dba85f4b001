"""What the launcher cannot do here, said in one sentence that tells what to do instead."""

import contextlib
from collections.abc import Iterator

ASK_FOR_SERVER = "set DATABASE_URL to a PostgreSQL server that runs already"


class DevdbError(Exception):
    """The private server cannot run here; the message says what to do instead."""


@contextlib.contextmanager
def refusal_explained() -> Iterator[None]:
    """Say in one sentence what to do about files that another user left."""
    try:
        yield
    except PermissionError as error:
        sentence = f"{error.filename} belongs to another user: remove it, or name another folder in DEVDB_DATA."
        raise DevdbError(sentence) from error
