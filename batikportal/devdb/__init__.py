"""A private PostgreSQL for the demo and the tests: the server of a wheel (or of the machine), kept in one folder.

    python -m batikportal.devdb run [--fast] -- COMMAND…   start if needed, run the command, stop when nobody is left
    python -m batikportal.devdb start [--fast]             start and let it run until `stop`; prints the address
    python -m batikportal.devdb stop [--fast]
    python -m batikportal.devdb remove [--fast]            stop and delete the data
    python -m batikportal.devdb url [--fast]

A DATABASE_URL in the environment always wins: `run` then only runs the command. `--fast` gives up safety on power loss,
for throw-away test data. DEVDB_DATA names the folder (.devdb/demo, with --fast .devdb/test), DEVDB_BIN a folder with
other PostgreSQL binaries (15 or newer), DEVDB_USER the account that runs the server when root starts it (nobody).

The server listens on a socket in a folder that only its owner may enter, never on the network. POSIX only.
"""

import atexit
import contextlib
import os
from pathlib import Path

from batikportal.devdb.cluster import Cluster
from batikportal.devdb.refusals import DevdbError

__all__ = ["Cluster", "DevdbError", "default_data", "ensure"]


def default_data(fast: bool) -> Path:
    """DEVDB_DATA, else a folder of the working directory."""
    return Path(os.environ.get("DEVDB_DATA") or (".devdb/test" if fast else ".devdb/demo"))


def ensure(data: Path, fast: bool) -> str:
    """Start or reuse the server of this folder until this process ends; returns its DATABASE_URL."""
    using = contextlib.ExitStack()
    url = using.enter_context(Cluster(data, fast).in_use())
    atexit.register(using.close)
    return url
