"""The command line of the private PostgreSQL; batikportal/devdb/__init__.py describes its verbs."""

import contextlib
import os
import signal
import subprocess
import sys

from batikportal import devdb


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command, pass on what the outside tells us to it, and return its exit status as a shell would."""
    child: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        if child is None:
            early.append(number)
        else:
            child.send_signal(number)

    # Before the command starts: it may be told to end as soon as it has shown a sign of life.
    for kind in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, pass_on)
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        raise devdb.DevdbError(f"Cannot run {command[0]}: {error.strerror}.") from error
    for number in early:
        child.send_signal(number)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the terminal told the child too; it decides when to end
            status = child.wait()
            return status if status >= 0 else 128 - status


def main(arguments: list[str]) -> int:
    """The command line described at the top."""
    verb, *rest = arguments or ["help"]
    command = rest[rest.index("--") + 1 :] if "--" in rest else []
    options = rest[: rest.index("--")] if "--" in rest else rest
    if (
        verb not in ("run", "start", "stop", "remove", "url")
        or set(options) - {"--fast"}
        or bool(command) != (verb == "run")
    ):
        print(devdb.__doc__, file=sys.stderr)
        return 2
    try:
        if given := os.environ.get("DATABASE_URL"):
            if verb == "run":
                return run(command, dict(os.environ))
            print(given)
            return 0
        cluster = devdb.Cluster(devdb.default_data("--fast" in options), "--fast" in options)
        if verb == "run":
            with cluster.in_use() as url:
                return run(command, {**os.environ, "DATABASE_URL": url})
        if verb in ("stop", "remove"):
            (cluster.release if verb == "stop" else cluster.remove)()
            return 0
        if verb == "start":
            cluster.keep()
        print(cluster.url)
    except devdb.DevdbError as error:
        print(f"devdb: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
