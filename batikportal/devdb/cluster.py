"""One private PostgreSQL server with its data folder: created, started, shared and stopped."""

import contextlib
import fcntl
import hashlib
import os
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

from batikportal.devdb import machine
from batikportal.devdb.refusals import ASK_FOR_SERVER, DevdbError, refusal_explained

PATIENCE = 120  # seconds for a start (recovery after a crash takes its time) or a stop
LONGEST_SOCKET_FOLDER = 85  # bytes; a socket address holds 104 on macOS, 108 on Linux, and ours adds a file name
PRIVATE = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class Cluster:
    """One PostgreSQL server with its data folder, shared by every process that names the same folder."""

    @refusal_explained()
    def __init__(self, data: Path, fast: bool = False) -> None:
        self.asked = Path(os.path.realpath(data))
        self.data, self.fast, self.bin = self.asked, fast, machine.find_binaries()
        self.account = machine.unprivileged_account()
        self.server: subprocess.Popen[bytes] | None = None
        self.refuge = Path("/var/tmp") / f"devdb-{self._key()}"
        self.asked.parent.mkdir(parents=True, exist_ok=True)
        if self.account:
            self._move_within_reach()
        self.sockets = self._socket_folder()

    @property
    def url(self) -> str:
        """The address in a form that libpq and django-environ read alike."""
        return f"postgres://postgres@/postgres?host={quote(str(self.sockets))}"

    def _key(self) -> str:
        return hashlib.sha256(os.fsencode(self.asked)).hexdigest()[:12]

    def _move_within_reach(self) -> None:
        """Let the unprivileged account reach data and binaries without opening root's folders: copy, never chmod."""
        if not machine.everybody_may_enter(self.asked.parent):
            self.data = machine.folder_of_ours(self.refuge, 0o711, {0}) / "data"
        if not machine.everybody_may_enter(self.bin / "postgres"):
            self.bin = self._copy_of_binaries(machine.folder_of_ours(self.refuge, 0o711, {0}))

    def _copy_of_binaries(self, base: Path) -> Path:
        tree = self.bin.parent
        copy = base / f"server-{tree.stat().st_mtime_ns}"
        if not copy.exists():
            unfinished = Path(tempfile.mkdtemp(dir=base))
            shutil.copytree(tree, unfinished / "package" / tree.name, symlinks=True)
            libraries = tree.parent.parent / f"{machine.WHEEL}.libs"
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
        """The data folder itself; when its path is too long or holds a comma, a private folder with a short name."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_FOLDER and "," not in str(self.data):
            return self.data
        owner = self.account.pw_uid if self.account else os.geteuid()
        folder = machine.folder_of_ours(Path("/tmp") / f"devdb-{owner}-{self._key()}", 0o700, {owner, os.geteuid()})
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
        with refusal_explained():
            file = self._beside(suffix).open("a")
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
        question = [str(self.bin / "postgres"), "--version"]
        answer = subprocess.run(question, capture_output=True, check=False, **self._as_server())
        found = re.search(rb"\(PostgreSQL\) (\d+)", answer.stdout)
        if not found:
            said = answer.stderr.decode(errors="replace").strip()
            raise DevdbError(f"{question[0]} does not run here ({said}): {ASK_FOR_SERVER}.")
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
        command = [str(self.bin / "initdb"), "-D", str(new), "--username=postgres", "--auth=trust", "--encoding=UTF8"]
        made = subprocess.run([*command, "--no-sync", *locale], capture_output=True, check=False, **self._as_server())
        if made.returncode:
            raise DevdbError("PostgreSQL could not create its data folder:\n" + made.stderr.decode(errors="replace"))
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

    @refusal_explained()
    def start(self, patience: float = PATIENCE) -> None:
        """Create the cluster if there is none, start its server if it does not run, and wait until it answers."""
        with self._locked(".lock", fcntl.LOCK_EX):
            self._forget_orphan()
            if not (self.data / "PG_VERSION").exists():
                self._create()
            elif (written_by := (self.data / "PG_VERSION").read_text().strip()) != str(self._version()):
                raise DevdbError(
                    f"{self.data} was written by PostgreSQL {written_by}, but {self.bin} is {self._version()}: "
                    "remove the folder, or name another one in DEVDB_DATA."
                )
            deadline = time.monotonic() + patience
            self.server = None
            while not self._ready():
                if self.server and self.server.poll() is not None:
                    self._forgive_or_give_up()
                if not self.server and not self.process():
                    self._launch()
                if time.monotonic() > deadline:
                    raise DevdbError(
                        f"PostgreSQL did not answer within {patience} seconds; read {self._beside('.log')}."
                    )
                time.sleep(0.02)

    def _forget_orphan(self) -> None:
        """Data in the refuge end with the folder that asked for them, as they would if they lay in it."""
        if self.data != self.asked and not self._beside(".elsewhere").exists():
            self._halt()
            shutil.rmtree(self.data, ignore_errors=True)
            self._beside(".elsewhere").write_text(f"{self.data}\n")

    def _ready(self) -> bool:
        recorded = self._recorded()
        return len(recorded) > 7 and recorded[7].strip() == "ready" and bool(self.process())

    def _launch(self) -> None:
        # The owner of these files is gone, we hold the lock; PostgreSQL's shared-memory check still guards the data.
        socket = self.sockets / ".s.PGSQL.5432"
        for stale in (self.data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            stale.unlink(missing_ok=True)
        settings = [f"unix_socket_directories={self.sockets}", *PRIVATE, *(FAST if self.fast else [])]
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        command += [part for setting in settings for part in ("-c", setting)]
        # The log lies outside the data folder: inside, the server's account could put a link of its own in its place.
        with self._beside(".log").open("wb") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **self._as_server())

    def _forgive_or_give_up(self) -> None:
        """The server ended while starting: try again when the children of a killed one are still on their way out."""
        said = self._beside(".log").read_text(errors="replace")
        if "pre-existing shared memory" not in said:
            raise DevdbError("PostgreSQL did not start:\n" + said[-2000:])
        self.server = None
        time.sleep(0.2)

    @refusal_explained()
    def stop(self) -> None:
        """Stop the server, cutting its connections; quiet when it does not run."""
        with self._locked(".lock", fcntl.LOCK_EX):
            self._halt()

    def _halt(self) -> None:
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

    @refusal_explained()
    def remove(self) -> None:
        """Stop the server and delete its data and everything beside them."""
        self.release()
        for folder in (self.data, self.sockets, self.refuge):
            shutil.rmtree(folder, ignore_errors=True)
        for suffix in (".lock", ".users", ".log", ".keep", ".elsewhere"):
            self._beside(suffix).unlink(missing_ok=True)
